# Vì sao một dòng trong tệp bị từ chối hoặc bị cảnh báo: nguyên nhân, rồi cách khắc phục.

reason-account-bad = “{ $value }” không phải là số tài khoản: chỉ gồm chữ cái và chữ số, tối đa 128 ký tự. Chép đúng số trên sao kê của ngân hàng, không kèm nội dung khác.
reason-account-empty = Thiếu số tài khoản. Nhập số tài khoản hoặc bỏ dòng này.
reason-amount-ambiguous = Số tiền “{ $value }” có thể đọc theo hai cách. Viết dấu chấm cho phần thập phân và không dùng dấu phân cách hàng nghìn, ví dụ 1234.567.
reason-amount-empty = Thiếu số tiền. Nhập số tiền đã chuyển.
reason-amount-negative = Số tiền “{ $value }” nhỏ hơn không. Viết không có dấu âm; bên chuyển và bên nhận đã cho biết chiều của dòng tiền.
reason-amount-too-fine = Số tiền “{ $value }” có nhiều chữ số thập phân hơn mức của loại tiền. Kiểm tra lại số tiền và loại tiền.
reason-amount-too-large = Số tiền “{ $value }” lớn bất thường. Kiểm tra lại số chữ số và loại tiền.
reason-amount-unreadable = “{ $value }” không phải là số tiền. Viết bằng chữ số, dấu chấm cho phần thập phân, ví dụ 1234.56.
reason-bank-bad = “{ $value }” không phải là mã ngân hàng: chỉ gồm chữ cái, chữ số, dấu chấm và gạch ngang, tối đa 40 ký tự. Dùng mã ngân hàng trong hệ thống thanh toán.
reason-bank-empty = Thiếu ngân hàng. Nhập mã của ngân hàng, sàn giao dịch hoặc chuỗi khối quản lý tài khoản.
reason-country-unknown = “{ $value }” không phải là mã quốc gia đang dùng. Viết hai chữ cái theo ISO 3166, ví dụ VN hoặc TH.
reason-currency-unknown = “{ $value }” không phải là loại tiền hoặc tài sản ảo đã biết. Viết mã theo ISO 4217, ví dụ VND, hoặc mã tài sản ảo, ví dụ USDT.
reason-time-milliseconds = Thời gian “{ $value }” có vẻ tính bằng mili giây. Ghi số giây kể từ năm 1970, hoặc ghi dạng 2025-01-03T12:40:58+07:00.
reason-time-no-offset = Thời gian “{ $value }” không nêu múi giờ. Thêm độ lệch múi giờ, ví dụ +07:00, hoặc Z nếu là giờ UTC.
reason-time-out-of-range = Thời gian “{ $value }” nằm ngoài khoảng từ năm 1970 đến năm 2099. Kiểm tra lại ngày tháng.
reason-time-unreadable = “{ $value }” không phải là thời gian. Viết dạng 2025-01-03T12:40:58+07:00, hoặc số giây kể từ năm 1970.
reason-value-empty = Thiếu giá trị. Nhập giá trị hoặc bỏ hẳn trường này.

# Định danh các loại.
reason-value-control-character = “{ $value }” có ký tự điều khiển. Gõ lại giá trị thay vì sao chép.
reason-value-not-canonical = “{ $value }” chưa ở dạng chuẩn. Viết đúng dạng mà chương trình đưa ra.
reason-value-too-long = Giá trị dài quá 2.048 ký tự: “{ $value }”. Chỉ ghi định danh, không kèm nội dung khác.
reason-kind-missing = “{ $value }” không nêu loại: hãy ghi phone:+84912345678, email:ten@example.com, v.v.
reason-kind-unknown = “{ $value }” không phải là loại định danh. Dùng phone, iban, account, email, domain, url, ip, wallet, imei, device, messaging hoặc document.

# Số điện thoại và đầu số ngắn.
reason-phone-bad-character = “{ $value }” có ký tự không thuộc số điện thoại. Viết bằng chữ số, phía trước là dấu + và mã quốc gia.
reason-phone-impossible = “{ $value }” có độ dài không đúng với số điện thoại của quốc gia đó. Kiểm tra lại số chữ số và quốc gia.
reason-phone-no-country = “{ $value }” không có mã quốc gia và chưa rõ quốc gia nào. Viết kèm dấu + và mã quốc gia, ví dụ +84.
reason-short-code-no-country = “{ $value }” là đầu số ngắn nhưng chưa rõ quốc gia. Ghi quốc gia phía trước, ví dụ VN/113.
reason-short-code-shape = “{ $value }” không phải là đầu số ngắn: gồm 3 đến 6 chữ số, hoặc đầu số 1900, 1800 của Việt Nam. Kiểm tra lại số.

# Tài khoản, IBAN và mã thanh toán.
reason-bank-account-bank = “{ $value }” không có mã ngân hàng. Viết NGÂN-HÀNG/SỐ hoặc QUỐC-GIA/NGÂN-HÀNG/SỐ.
reason-bank-account-country = “{ $value }” bắt đầu bằng mã quốc gia không có. Viết hai chữ cái theo ISO 3166, ví dụ VN.
reason-bank-account-no-bank = “{ $value }” không nêu ngân hàng. Viết NGÂN-HÀNG/SỐ hoặc QUỐC-GIA/NGÂN-HÀNG/SỐ.
reason-bank-account-number = “{ $value }” có số mà ngân hàng của quốc gia đó không cấp. Đối chiếu lại với sao kê.
reason-iban-checksum = Số kiểm tra của IBAN “{ $value }” không khớp. Đối chiếu với bản gốc; có chữ số sai hoặc bị đảo.
reason-iban-country = IBAN “{ $value }” bắt đầu bằng quốc gia không cấp IBAN. Ghi dưới dạng tài khoản, NGÂN-HÀNG/SỐ.
reason-iban-shape = “{ $value }” không phải là IBAN: gồm hai chữ cái, hai chữ số, sau đó là số tài khoản. Số khác thì ghi dưới dạng tài khoản.
reason-iban-structure = IBAN “{ $value }” không đúng độ dài hoặc cấu trúc của quốc gia đó. Kiểm tra lại số ký tự.
reason-qr-checksum = Mã kiểm tra của mã QR thanh toán “{ $value }” không khớp. Quét lại mã.
reason-qr-nobody-named = Mã QR thanh toán “{ $value }” không nêu người nhận theo hệ thống mà chương trình đọc được. Đọc thông tin người nhận và nhập tài khoản.
reason-qr-not-payment = “{ $value }” không phải là mã QR thanh toán. Nhập nội dung của mã theo đúng loại định danh.
reason-qr-structure = Mã QR thanh toán “{ $value }” bị hỏng: có trường sai độ dài. Quét lại mã.
reason-qr-too-long = Mã QR thanh toán dài quá 1.024 ký tự: “{ $value }”. Quét lại mã.

# Địa chỉ trên mạng.
reason-domain-bad-character = “{ $value }” có ký tự không thuộc tên miền. Chỉ chép tên miền.
reason-domain-bad-label = Tên miền “{ $value }” có phần để trống, quá dài, hoặc bắt đầu hay kết thúc bằng dấu gạch nối. Kiểm tra lại cách viết.
reason-domain-is-email = “{ $value }” là địa chỉ thư điện tử. Nhập vào trường thư điện tử.
reason-domain-no-dot = “{ $value }” chỉ là một từ, không phải là tên miền. Viết đủ phần đuôi, ví dụ example.com.
reason-domain-numeric-top = “{ $value }” kết thúc bằng số và không phải là địa chỉ IP. Kiểm tra lại cách viết.
reason-domain-too-long = Tên miền dài quá 253 ký tự: “{ $value }”. Chỉ chép tên miền.
reason-email-bad-domain = “{ $value }” không có tên miền sau dấu @. Kiểm tra lại cách viết.
reason-email-bad-local-part = “{ $value }” có phần trước dấu @ không hợp lệ. Kiểm tra lại cách viết.
reason-email-no-at = “{ $value }” không có dấu @ hoặc có nhiều hơn một dấu. Mỗi trường chỉ ghi một địa chỉ thư điện tử.
reason-ip-names-nobody = “{ $value }” là địa chỉ không chỉ máy nào. Bỏ giá trị này.
reason-ip-unreadable = “{ $value }” không phải là địa chỉ IP. Viết dạng 203.0.113.7 hoặc 2001:db8::7.
reason-url-bad-host = “{ $value }” không nêu máy chủ có thể truy cập từ bên ngoài. Kiểm tra phần sau http://.
reason-url-bad-scheme = “{ $value }” không bắt đầu bằng http hoặc https. Nhập tên miền hoặc tài khoản của dịch vụ.
reason-url-no-scheme = “{ $value }” không ghi http hoặc https. Viết đầy đủ địa chỉ, hoặc nhập dưới dạng tên miền.
reason-url-unreadable = “{ $value }” không phải là địa chỉ trang web. Sao chép lại từ trình duyệt.

# Ví, thiết bị, tài khoản nhắn tin, giấy tờ.
reason-wallet-checksum = Mã kiểm tra của địa chỉ ví “{ $value }” không khớp. Sao chép lại địa chỉ, không gõ tay.
reason-wallet-network = Địa chỉ ví “{ $value }” thuộc mạng thử nghiệm hoặc chuỗi khác. Kiểm tra lại mạng.
reason-wallet-unknown = “{ $value }” không có dạng địa chỉ ví nào kiểm tra được. Kiểm tra lại địa chỉ và mạng.
reason-imei-blank = “{ $value }” là số mặc định của nhiều máy chưa cài đặt IMEI. Bỏ giá trị này.
reason-imei-checksum = Số kiểm tra của IMEI “{ $value }” không khớp. Đối chiếu với máy (*#06#).
reason-imei-shape = “{ $value }” không phải là IMEI: gồm 14, 15 hoặc 16 chữ số. Xem trên máy (*#06#).
reason-device-blank = “{ $value }” là mã chung của mọi thiết bị không cung cấp mã. Bỏ giá trị này.
reason-device-shape = “{ $value }” không phải là mã thiết bị: gồm 8 đến 64 chữ số thập lục phân, hoặc UUID. Sao chép lại từ văn bản trả lời của bên cung cấp dịch vụ.
reason-messaging-bad-handle = “{ $value }” có tên tài khoản mà dịch vụ đó không cấp. Kiểm tra lại cách viết.
reason-messaging-no-handle = “{ $value }” chỉ nêu dịch vụ, không nêu tài khoản. Viết dạng telegram/tên.
reason-messaging-no-service = “{ $value }” không nêu dịch vụ nhắn tin đã biết. Ghi tên dịch vụ phía trước, ví dụ telegram/tên.
reason-document-checksum = Số kiểm tra của số giấy tờ “{ $value }” không khớp. Đối chiếu với giấy tờ.
reason-document-impossible = Số giấy tờ “{ $value }” có mã nơi cấp, ngày hoặc chữ số không thể có. Đối chiếu với giấy tờ.
reason-document-no-country = “{ $value }” không nêu quốc gia cấp. Viết dạng VN/cccd/SỐ.
reason-document-other-country = Chương trình chưa biết các loại giấy tờ của quốc gia trong “{ $value }”. Ghi số này vào phần ghi chú.
reason-document-shape = “{ $value }” không đúng dạng giấy tờ nào của quốc gia đó. Kiểm tra lại loại giấy tờ và số chữ số.

# Dòng và ô.
reason-wrong-field-count = Dòng có nhiều hoặc ít trường hơn dòng tiêu đề. Tìm dấu phân cách bị thiếu hoặc thừa, hoặc nội dung chứa dấu phân cách mà không đặt trong dấu nháy.
reason-row-empty = Mọi trường của dòng đều trống. Không cần xử lý.
reason-field-too-long = Trường quá dài: “{ $value }”. Tìm dấu nháy mở mà không đóng.
reason-text-not-utf8 = Dòng không được mã hóa UTF-8 như phần còn lại của tệp: “{ $value }”. Lưu cả tệp theo UTF-8.
reason-id-empty = Dòng không có mã số riêng. Nhập mã số của tố giác hoặc giao dịch.
reason-id-control-character = Mã số “{ $value }” có ký tự điều khiển hoặc không đọc được. Gõ lại.
reason-id-too-long = Mã số dài quá 128 ký tự: “{ $value }”. Kiểm tra xem các cột có bị lệch không.
reason-formula-in-cell = Ô chứa công thức, không phải giá trị: “{ $value }”. Thay công thức bằng giá trị trước khi lưu.
reason-error-in-cell = Ô chứa lỗi của bảng tính: “{ $value }”. Sửa trong bảng tính rồi lưu lại.
reason-date-in-cell = Bảng tính đã đổi giá trị thành ngày tháng: “{ $value }”. Định dạng cột là văn bản rồi nhập lại giá trị.
reason-number-lost-digits = Bảng tính đã làm tròn số “{ $value }”, làm mất chữ số. Định dạng cột là văn bản rồi lấy lại số từ bản gốc.
reason-amount-zero = Số tiền bằng không. Kiểm tra xem có bị thiếu hay không.
reason-transfer-to-self = Tài khoản chuyển và tài khoản nhận trùng nhau: “{ $value }”. Kiểm tra lại hai cột.
reason-date-without-time = “{ $value }” chỉ có ngày, không có giờ. Khi đó thứ tự giao dịch trong ngày không chắc chắn; ghi thêm giờ nếu biết.
reason-control-characters = Đã bỏ ký tự điều khiển trong “{ $value }”. Kiểm tra lại tên.
reason-text-cut = Nội dung quá dài nên đã bị cắt: “{ $value }”. Kiểm tra xem có thể ghi ngắn hơn không.
reason-account-kind-unknown = “{ $value }” không phải là loại tài khoản đã biết nên được ghi là chưa rõ. Dùng personal, business, exchange hoặc wallet.

# Nguồn cảnh báo, bảng tính và tệp ánh xạ cột.
reason-type-not-kept = Giá trị thuộc loại “{ $value }” không định danh được đối tượng nên không lấy vào. Không cần xử lý.
reason-pattern-not-read = Mẫu “{ $value }” phức tạp hơn phép so sánh đơn nên không lấy vào. Nhập tay các giá trị nếu cần.
reason-object-revoked = Đối tượng dữ liệu “{ $value }” đã được nơi tạo thu hồi nên không lấy vào. Không cần xử lý.
reason-object-unreadable = Cần một đối tượng dữ liệu nhưng tại đó là nội dung khác: “{ $value }”. Đề nghị nơi cung cấp gửi lại tệp.
reason-sheet-not-read = Trang tính “{ $value }” không được đọc; mỗi lần chỉ nhập một trang tính. Lưu thành tệp riêng nếu cần.
reason-line-unreadable = Dòng không nêu máy chủ nào: “{ $value }”. Mỗi dòng ghi một máy chủ.
reason-map-line-bad = Không hiểu dòng này của tệp ánh xạ cột: “{ $value }”. Viết dạng “trường = tên cột”.
reason-map-field-unknown = Tệp ánh xạ cột nêu trường không tồn tại: “{ $value }”. Xem danh sách trường trong phần trợ giúp.
reason-map-field-twice = Tệp ánh xạ cột nêu trường “{ $value }” hai lần. Chỉ giữ một dòng.
reason-map-timezone-bad = Múi giờ “{ $value }” trong tệp ánh xạ cột không phải là độ lệch. Viết dạng +07:00.
reason-map-dates-bad = Không rõ thứ tự ngày tháng “{ $value }” trong tệp ánh xạ cột. Dùng một trong các thứ tự nêu ở phần trợ giúp.
reason-same-id-other-content = Đã có bản ghi mã “{ $value }” với nội dung khác. So sánh hai nguồn; bản ghi trước được giữ.
reason-too-many-rows = Tệp có nhiều bản ghi hơn mức cho phép; “{ $value }” và các bản ghi sau bị bỏ. Hãy chia nhỏ tệp.
reason-wrong-kind = “{ $value }” là bản ghi khác loại với tệp. Dùng --kind hoặc tách tệp.
reason-transfer-in-future = Thời điểm “{ $value }” muộn hơn đồng hồ của máy này. Kiểm tra lại năm, múi giờ của tệp và đồng hồ của máy.
reason-rate-far-off = Hai số tiền “{ $value }” chênh nhau hơn hai mươi lần theo tỷ giá đã biết. Kiểm tra lại hai số tiền và hai loại tiền: thường do ghi thừa hoặc thiếu ba chữ số.
reason-truth-not-imported = Tệp này là đáp án diễn tập gồm { $value } dòng: chỉ đếm, không nhập.
