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
