# Công văn yêu cầu trên giấy: PDF và DOCX.

# Nghị định 30/2020/NĐ-CP, Phụ lục I.
document-nation = CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
document-motto = Độc lập - Tự do - Hạnh phúc
document-number = Số: { $number }
document-dated = { $place }, ngày { $day } tháng { $month } năm { $year }
document-month-1 = 01
document-month-2 = 02
document-month-3 = 3
document-month-4 = 4
document-month-5 = 5
document-month-6 = 6
document-month-7 = 7
document-month-8 = 8
document-month-9 = 9
document-month-10 = 10
document-month-11 = 11
document-month-12 = 12
document-subject = V/v { $title }
document-urgent = KHẨN
document-very-urgent = THƯỢNG KHẨN
document-immediate = HỎA TỐC
document-to = Kính gửi: { $addressee }, { $country }
document-copies = Nơi nhận:
document-copies-above = Như trên
document-copies-kept = Lưu: VT
document-copies-unit = Lưu: VT, { $unit }

document-title-information = yêu cầu cung cấp thông tin
document-title-spontaneous-information = chủ động cung cấp thông tin
document-title-preservation = yêu cầu bảo quản khẩn cấp dữ liệu lưu trữ
document-title-disclosure = yêu cầu cung cấp dữ liệu
document-title-freeze = yêu cầu ngăn chặn thanh toán, phong tỏa tài sản
document-title-mla = yêu cầu tương trợ tư pháp về hình sự
document-title-extradition = yêu cầu dẫn độ
document-title-provisional-arrest = yêu cầu giữ người khẩn cấp để dẫn độ
document-title-joint-investigation = đề nghị điều tra chung
document-file-title = { $number } – { $title }

document-intro = { $issuer } đề nghị { $addressee } ({ $country }) xem xét, thực hiện yêu cầu dưới đây.
document-intro-spontaneous = { $issuer } chủ động cung cấp cho { $addressee } ({ $country }) thông tin dưới đây.
document-section-bases = Căn cứ pháp lý
document-section-gap = Khoảng trống pháp lý
document-section-elements = Nội dung yêu cầu
document-section-information = Nội dung thông tin
document-section-undertakings = Cam kết của cơ quan yêu cầu
document-section-handling = Điều kiện sử dụng
document-section-attachments = Tài liệu kèm theo
document-section-record = Xác thực
document-basis = Căn cứ { $instrument }
document-basis-article = Căn cứ { $article } { $instrument }
document-basis-unverified = [chưa kiểm chứng, phải đối chiếu với văn bản gốc]
document-by = Theo { $articles }
document-empty = (chưa nêu)
document-file-name = Tên tệp
document-file-size = Số byte
document-file-sha256 = SHA-256
document-draft = DỰ THẢO
document-record-digest = Mã băm SHA-256 của yêu cầu này trong nhật ký của cơ quan yêu cầu:
    { $digest }
document-record-none = Yêu cầu này chưa được ghi vào nhật ký của cơ quan yêu cầu.
document-approved = { $name }, { $office }: phê duyệt lúc { $at }
document-not-approved = { $name }, { $office }: chưa phê duyệt
document-not-approved-by-anyone = { $office }: chưa phê duyệt
document-code-alt = Mã QR ghi số văn bản và mã băm SHA-256 của yêu cầu

# Cảnh báo và từ chối.
warning-document-no-glyph = { $count } ký tự không có trong phông chữ nào nên được in bằng mã số: { $value }. Cung cấp tệp phông chữ có các ký tự đó rồi in lại.
warning-document-invisible = { $count } ký tự không nhìn thấy được hoặc làm đảo chiều chữ nên được in bằng mã số: { $value }. Hãy kiểm tra nơi nhập nội dung.
error-document-too-long = Nội dung quá dài để in: { $value } ({ $other } byte).
error-document-too-long-hint = Chuyển phần dài vào một tệp kèm theo và dẫn chiếu đến tệp đó.
error-document-too-many = Có quá nhiều mục để in: { $value } ({ $other }).
error-document-too-many-hint = Chuyển danh sách vào một tệp kèm theo và dẫn chiếu đến tệp đó.
error-document-bad-day = “{ $value }” không phải là ngày có thật.
error-document-bad-day-hint = Ghi ngày theo dạng 2026-11-26, từ năm 1970 đến năm 2099.
error-document-bad-font = Không đọc được tệp phông chữ thứ { $value }.
error-document-bad-font-hint = Dùng tệp TTF, OTF hoặc TTC còn nguyên vẹn.
error-document-typesetter = Không dàn trang được văn bản: { $value }.
error-document-typesetter-hint = Đây là lỗi của chương trình: hãy in ra DOCX và báo cho người phát triển.
