# Từ dùng chung: vai trò tài khoản, mức bảo mật khi chia sẻ, quy tắc truy vết, tháng, số tiền viết gọn.

role-victim = bị hại
role-collector = tài khoản nhận đầu tiên
role-mule = tài khoản trung gian
role-exchange = sàn giao dịch tài sản ảo
role-wallet = ví
role-boss = đối tượng cầm đầu
role-launderer = đầu mối rửa tiền

# Dùng trên sơ đồ, nơi chỗ viết hẹp.
role-short-victim = Bị hại
role-short-collector = Nhận đầu tiên
role-short-mule = Trung gian
role-short-exchange = Sàn giao dịch
role-short-wallet = Ví
role-short-boss = Cầm đầu
role-short-launderer = Rửa tiền

role-meaning-victim = Người đã chuyển tiền đi do bị lừa đảo.
role-meaning-collector = Tài khoản đầu tiên nhận tiền của bị hại.
role-meaning-mule = Tài khoản nhận tiền rồi chuyển tiếp.
role-meaning-exchange = Nơi tiền được đổi thành tài sản ảo hoặc từ tài sản ảo đổi lại thành tiền.
role-meaning-wallet = Ví trên chuỗi khối, do người giữ khóa kiểm soát.
role-meaning-boss = Giữ lại khoản thu lợi của đường dây.
role-meaning-launderer = Luân chuyển tiền cho từ hai đường dây trở lên.

# FIRST, Traffic Light Protocol 2.0.
handling-clear = TLP:CLEAR – được phổ biến công khai.
handling-green = TLP:GREEN – được chia sẻ trong cộng đồng các cơ quan đối tác, không công bố.
handling-amber = TLP:AMBER – chỉ dùng trong cơ quan nhận và những đơn vị phục vụ cơ quan đó cần phải biết.
handling-amber-strict = TLP:AMBER+STRICT – chỉ dùng trong cơ quan nhận.
handling-red = TLP:RED – chỉ dành cho người được gửi đích danh.
handling-unmarked = Nguồn không ghi mức chia sẻ: xử lý như TLP:RED cho đến khi cán bộ có thẩm quyền quyết định.

rule-poison = Nhiễm toàn bộ
rule-haircut = Theo tỷ lệ
rule-fifo = Vào trước, ra trước (FIFO)
rule-lifo = Vào sau, ra trước (LIFO)
rule-libr = Số dư trung gian thấp nhất
rule-proceeds-first = Tiền phạm tội ra trước

rule-law-poison = Mọi tài khoản có tiền chiếm đoạt đi qua đều bị tính toàn bộ số dư: dùng để phát hiện tài khoản, không dùng làm căn cứ xác định số tiền được yêu cầu thu hồi.
rule-law-haircut = Mỗi khoản chuyển đi từ tài khoản có tiền lẫn lộn mang theo tiền chiếm đoạt và tiền khác đúng theo tỷ lệ đang có; đây là cách chia theo tỷ lệ mà tòa án áp dụng khi nhiều bị hại cùng yêu cầu trên một khoản tiền.
rule-law-fifo = Tiền vào trước thì ra trước, theo án lệ Clayton (1816) về tài khoản vãng lai; với từng đồng đều chỉ ra được khoản chuyển ban đầu.
rule-law-lifo = Tiền vào sau thì ra trước; cơ quan chức năng Hoa Kỳ đã dùng để truy vết trong vụ kiện tịch thu 225,3 triệu USDT năm 2025.
rule-law-libr = Coi như chủ tài khoản tiêu tiền khác trước, nên số tiền được yêu cầu không vượt quá số dư thấp nhất của tài khoản kể từ khi nhận; là quy tắc chủ đạo đối với tiền lẫn lộn tại tòa án Hoa Kỳ (In re Dameron).
rule-law-proceeds-first = Coi như tiền chiếm đoạt rời tài khoản trước; theo tài liệu, một tòa phúc thẩm liên bang Hoa Kỳ (vụ Erker) chấp nhận bên cạnh quy tắc số dư trung gian thấp nhất.

month-1 = tháng 1
month-2 = tháng 2
month-3 = tháng 3
month-4 = tháng 4
month-5 = tháng 5
month-6 = tháng 6
month-7 = tháng 7
month-8 = tháng 8
month-9 = tháng 9
month-10 = tháng 10
month-11 = tháng 11
month-12 = tháng 12

# Đứng sau số tiền viết gọn: 1,25 tỷ VND.
short-thousand = {" "}nghìn
short-million = {" "}triệu
short-billion = {" "}tỷ
short-trillion = {" "}nghìn tỷ
role-bystander = tài khoản
role-short-bystander = Tài khoản
role-meaning-bystander = Không có nhận định gì: chỉ có giao dịch với các tài khoản được vẽ.
