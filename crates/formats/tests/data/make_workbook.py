"""Makes complaints.xlsx with openpyxl 3.1 (MIT); run once, the result is committed."""

from datetime import date, datetime

from openpyxl import Workbook

book = Workbook()
sheet = book.active
sheet.title = "Tố giác"
sheet.append(["DANH SÁCH ĐƠN TỐ GIÁC (made up for a test)"])
sheet.append([])
sheet.append(["Số đơn", "Ngày trình báo", "Đơn vị", "Người bị hại", "Ngân hàng bị hại", "STK bị hại",
              "Ngân hàng nhận", "STK nhận", "Số tiền (VNĐ)", "Website"])
sheet.append(["Đ-01", datetime(2025, 1, 3, 12, 40), "PC06-HN", "Nguyễn Thị A", "VCB", "0011002233445",
              "TCB", 19036789012, 45015000, "vay-nhanh.example"])
sheet.append(["Đ-02", date(2025, 1, 4), "PC06-HN", "Trần Văn B", None, None, "ACB", "123456", "1.500.000", None])
sheet.append(["Đ-03", datetime(2025, 1, 5, 8, 0), "PC06-HN", None, None, None, "ACB", "123456", "=1+1", None])
book.save("complaints.xlsx")
