# Lỗi của chương trình: `error-<mã>` nêu nguyên nhân, `error-<mã>-hint` nêu cách xử lý.

error-ambiguous-partner = Có nhiều đối tác tại { $value } có thể nhận yêu cầu này.
error-ambiguous-partner-hint = Nêu tên đối tác thay vì tên quốc gia.
error-incomplete = Yêu cầu còn thiếu nội dung mà căn cứ pháp lý đòi hỏi: { $value }.
error-incomplete-hint = Bổ sung các nội dung còn thiếu rồi kiểm tra lại yêu cầu.
error-needs-approval = Yêu cầu còn cần { $count } lượt phê duyệt.
error-needs-approval-hint = Trình người không phải là người soạn thảo phê duyệt.
error-no-partner = Chưa có nút đối tác nào của { $value }.
error-no-partner-hint = Thêm thẻ của đối tác, hoặc in yêu cầu và gửi qua cơ quan trung ương.
error-own-draft = { $value } là người soạn thảo yêu cầu này nên không được tự phê duyệt.
error-own-draft-hint = Cần một người khác phê duyệt.

# Refusals of the node, the store and the command line.

error-no-node = Chưa có nút trong thư mục.
error-no-node-hint = Tạo bằng “lienket init” hoặc chỉ thư mục bằng --home.
error-node-exists = Thư mục đã có nút.
error-node-exists-hint = Dùng nút đó hoặc chỉ thư mục khác bằng --home.
error-unknown-user = Không có người dùng “{ $value }”.
error-unknown-user-hint = Xem “lienket user list”; chỉ huy thêm người bằng “lienket user add”.
error-user-exists = Đã có người dùng “{ $value }”.
error-user-exists-hint = Chọn tên khác.
error-bad-user-name = “{ $value }” không dùng làm tên người dùng được.
error-bad-user-name-hint = Dùng chữ, số, dấu chấm, gạch ngang, gạch dưới, tối đa 40 ký tự.
error-sums-too-large = Tổng số tiền vào tài khoản { $value } vượt quá mức có thể đếm chính xác (khoảng 9,2 × 10^18 đơn vị nhỏ nhất).
error-sums-too-large-hint = Số tiền như vậy là do tệp sai: hãy sửa số tiền hoặc loại tiền trong tệp rồi nhập vào một chuyên án mới.
error-not-allowed = { $value } không được làm việc này với vai trò { $other }.
error-not-allowed-hint = Người có vai trò phù hợp phải thực hiện: chỉ tên bằng --as.
error-unknown-case = Không có chuyên án “{ $value }”.
error-unknown-case-hint = Xem “lienket case list”.
error-case-closed = Chuyên án { $value } đã đóng.
error-case-closed-hint = Mở lại bằng “lienket case reopen”.
error-case-open = Chuyên án { $value } đang mở.
error-case-open-hint = Không cần làm gì.
error-bad-title = Tên trống hoặc dài quá 200 ký tự.
error-bad-title-hint = Đặt tên ngắn gọn và có nghĩa.
error-unknown-ring = Chuyên án không có đường dây “{ $value }”.
error-unknown-ring-hint = Xem “lienket rings”; chỉ chuyên án khác bằng --case.
error-unknown-account = Không giao dịch nào nêu tài khoản { $value }.
error-unknown-account-hint = Viết dạng NGÂN HÀNG/SỐ; “lienket find SỐ” cho biết số đó ở đâu.
error-bad-account = Không phải tài khoản: { $value }.
error-bad-account-hint = Viết account:NGÂN HÀNG/SỐ.
error-bad-subject = “{ $value }” không chỉ đối tượng nào vẽ hoặc báo cáo được.
error-bad-subject-hint = Viết ring:MÃ, case:MÃ hoặc, khi vẽ sơ đồ, account:NGÂN HÀNG/SỐ.
error-unknown-rule = Không có quy tắc truy vết “{ $value }”.
error-unknown-rule-hint = Chọn poison, haircut, fifo, lifo, libr, proceeds-first hoặc all.
error-unknown-transfer = Chuyên án không có giao dịch mã “{ $value }”.
error-unknown-transfer-hint = Dùng mã trong tệp đã nhập; tệp mã ghi là @TỆP, mỗi dòng một mã.
error-unknown-complaint = Chuyên án không có đơn tố giác mã “{ $value }”.
error-unknown-complaint-hint = Dùng mã, hoặc CƠ QUAN/MÃ, trong tệp đã nhập.
error-unreadable-value = Không đọc được “{ $value }”.
error-unreadable-value-hint = Nhập số điện thoại, tài khoản, ví, tên miền, thư điện tử, số giấy tờ, mã hoặc tên.
error-bad-map = Dòng { $other } của bảng ánh xạ cột không hiểu được: “{ $value }”.
error-bad-map-hint = Mỗi dòng viết “trường = tiêu đề cột”, ví dụ “amount = Số tiền”.
error-broken-segment = Dữ liệu đã nhập từ { $value } bị hỏng: { $other }.
error-broken-segment-hint = Khôi phục bản sao lưu gần nhất; “lienket doctor” liệt kê phần hỏng.
error-system = Lỗi hệ thống: { $value }
error-system-hint = Kiểm tra dung lượng và quyền trên đĩa rồi chạy lại: không lưu gì dở dang.
error-home-locked = Có tiến trình khác đang dùng nút: { $value }.
error-home-locked-hint = Chờ lệnh kia xong hoặc dừng nó.
error-sqlite-too-old = SQLite quá cũ: { $value }.
error-sqlite-too-old-hint = Dùng bản phát hành của chương trình: đã có sẵn SQLite.
error-database-too-new = Cơ sở dữ liệu do phiên bản mới hơn ghi: { $value }.
error-database-too-new-hint = Dùng phiên bản mới đã ghi dữ liệu này.
error-key-unreadable = Không mở được khóa của nút: { $value }.
error-key-unreadable-hint = Đặt LIENKET_PASSPHRASE_FILE trỏ tới tệp chứa đúng mật khẩu.
error-not-a-backup = Không phải bản sao lưu: { $value }.
error-not-a-backup-hint = Dùng bản sao lưu khác; tệp này thiếu hoặc đã bị sửa.
error-home-not-empty = Thư mục không trống: { $value }.
error-home-not-empty-hint = Chỉ một thư mục trống hoặc mới.
error-file-failed = { $value }: { $other }
error-file-failed-hint = Kiểm tra đường dẫn và quyền đọc, ghi.
error-unknown-kind = Không có loại tệp “{ $value }”.
error-unknown-kind-hint = Chọn complaints, transfers, accounts, misp, misp-feed, stix hoặc hosts, hoặc bỏ --kind.
error-unknown-role = Không có vai trò “{ $value }”.
error-unknown-role-hint = Chọn officer, supervisor, administrator hoặc auditor.
error-bad-output = Lệnh này không ghi loại tệp như { $value }.
error-bad-output-hint = Sơ đồ ghi dạng .svg hoặc .html, báo cáo dạng .html.
error-country-unknown = “{ $value }” không phải mã quốc gia.
error-country-unknown-hint = Dùng hai chữ cái theo ISO 3166-1, ví dụ VN hoặc SG.
error-bad-seed-file = { $value } lớn hơn 64 MiB.
error-bad-seed-file-hint = Dùng tệp mỗi dòng một mã giao dịch.
error-map-too-large = Bảng ánh xạ cột { $value } lớn hơn 1 MiB.
error-map-too-large-hint = Bảng ánh xạ chỉ gồm mỗi cột một dòng “trường = tiêu đề cột”: chỉ đúng tệp đó bằng --map.
error-map-not-text = Bảng ánh xạ cột { $value } không phải văn bản UTF-8.
error-map-not-text-hint = Lưu lại tệp dạng UTF-8 (trong trình soạn thảo: “Lưu thành”, bảng mã UTF-8) rồi chạy lại lệnh.
error-seed-file-not-text = Danh sách { $value } không phải văn bản UTF-8.
error-seed-file-not-text-hint = Lưu lại tệp dạng UTF-8, mỗi dòng một mã giao dịch.

# Paths that cannot be taken (codes of store::gather).

error-folder-unreadable = Không liệt kê được thư mục: { $value }.
error-folder-unreadable-hint = Kiểm tra quyền đọc rồi nhập lại thư mục này; các tệp khác vẫn được xử lý.
error-folder-too-deep = Chỉ tìm trong { $value } cấp thư mục; nội dung thư mục này chưa được xem.
error-folder-too-deep-hint = Nhập riêng thư mục này.
error-too-many-files = Thư mục có hơn { $value } tệp; các tệp sau tệp cuối đã liệt kê chưa được xem.
error-too-many-files-hint = Nhập từng thư mục con, hoặc gộp các tệp nhỏ lại.
error-folder-empty = Thư mục không có gì để nhập; tệp ẩn và tệp README được bỏ qua.
error-folder-empty-hint = Kiểm tra xem có đúng thư mục không.
error-not-a-file = Đây là thiết bị, socket hoặc ống dẫn (pipe) nằm trong thư mục nên không được đọc.
error-not-a-file-hint = Lưu dữ liệu thành tệp rồi nhập tệp đó.
error-pipe-too-long = Ống dẫn (pipe) trả về hơn { $value } GiB.
error-pipe-too-long-hint = Lưu dữ liệu thành tệp rồi nhập tệp đó: tệp không có giới hạn này.
error-pipe-failed = Không sao chép được dữ liệu từ ống dẫn (pipe): { $value }.
error-pipe-failed-hint = Kiểm tra dung lượng đĩa, hoặc lưu dữ liệu thành tệp rồi nhập tệp đó.

# Files that cannot be read (codes of formats::error).

error-read-failed = Không đọc được tệp: { $value }.
error-read-failed-hint = Hãy kiểm tra tệp có tồn tại, quyền đọc và ổ đĩa.
error-empty-file = Tệp rỗng.
error-empty-file-hint = Hãy đề nghị bên gửi gửi lại.
error-not-a-table = Đây là { $value }, không phải bảng, danh sách hay bản tin.
error-not-a-table-hint = Hãy xuất dữ liệu ra CSV, XLSX, MISP hoặc STIX rồi nhập lại.
error-encoding-unknown = Văn bản không phải Unicode và không đọc được theo Windows-1258 hay TCVN3.
error-encoding-unknown-hint = Hãy lưu tệp ở dạng UTF-8 (trong Excel: "CSV UTF-8") rồi nhập lại.
error-file-too-large = Tệp lớn hơn giới hạn { $value } byte của định dạng này.
error-file-too-large-hint = Hãy chia nhỏ tệp, hoặc xuất ra CSV vì CSV không có giới hạn này.
error-inflates-too-much = { $value } được nén quá mức, giải nén sẽ làm đầy máy.
error-inflates-too-much-hint = Đừng mở tệp này ở nơi khác; hãy đề nghị bên gửi gửi CSV thường.
error-gzip-truncated = Tệp gzip bị cụt sau { $value } dòng.
error-gzip-truncated-hint = Chưa nhập gì; hãy sao chép hoặc tải lại tệp.
error-gzip-damaged = Tệp gzip bị hỏng sau { $value } dòng.
error-gzip-damaged-hint = Chưa nhập gì; hãy sao chép hoặc tải lại tệp.
error-record-too-long = Bản ghi { $value } dài hơn 1 MiB, thường do dấu ngoặc kép chưa đóng.
error-record-too-long-hint = Hãy sửa bản ghi đó rồi nhập lại.
error-too-many-columns = Bảng có { $value } cột, nhiều hơn 200.
error-too-many-columns-hint = Hãy xóa các cột không cần.
error-missing-columns = Thiếu cột: { $value }.
error-missing-columns-hint = Hãy dùng --map FILE để chỉ ra tiêu đề nào là cột nào ("field = Tên tiêu đề").
error-column-twice = Có nhiều cột cùng nghĩa: { $value }.
error-column-twice-hint = Hãy dùng --map FILE để chỉ ra cột đúng.
error-map-header-missing = Tệp map nêu một tiêu đề không có trong tệp: { $value }.
error-map-header-missing-hint = Hãy sửa tệp map.
error-kind-unknown = Không nhận ra bảng hay bản tin; tệp bắt đầu bằng: { $value }.
error-kind-unknown-hint = Hãy nêu loại bằng --kind, và dùng --map nếu tiêu đề khác thường.
error-kind-mismatch = Tệp không đúng loại nêu ở --kind ({ $value }).
error-kind-mismatch-hint = Hãy bỏ --kind hoặc sửa lại.
error-json-bad = Tệp không phải JSON hợp lệ (dòng và cột { $value }).
error-json-bad-hint = Hãy đề nghị bên gửi xuất lại.
error-json-too-deep = JSON lồng nhau sâu hơn mọi bản tin.
error-json-too-deep-hint = Hãy đề nghị bên gửi xuất lại cách khác.
error-too-many-objects = Tệp có hơn { $value } đối tượng.
error-too-many-objects-hint = Hãy chia thành nhiều tệp.
error-workbook-damaged = Không đọc được sổ tính: { $value }.
error-workbook-damaged-hint = Hãy mở bằng chương trình bảng tính, lưu lại dạng .xlsx hoặc CSV rồi nhập.
