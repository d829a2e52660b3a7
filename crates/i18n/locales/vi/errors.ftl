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
error-bad-user-name-hint = Dùng chữ, số, dấu chấm, gạch ngang, gạch dưới, tối đa 40 ký tự; “node” và “init” là tên riêng của chương trình.
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
error-unknown-record = Trong chuyên án không có đơn hoặc tài khoản “{ $value }”.
error-unknown-record-hint = Ghi đơn theo dạng CƠ_QUAN/MÃ và tài khoản theo dạng NGÂN_HÀNG/SỐ, như “lienket resolve” đã in ra.
error-one-record = “{ $value }” được nêu hai lần.
error-one-record-hint = Sau --join hoặc --split phải nêu hai bản ghi khác nhau.
error-bad-reason = Lý do để trống, dài quá 500 ký tự hoặc chứa ký tự điều khiển.
error-bad-reason-hint = Sau --because, nêu căn cứ trong một hoặc hai câu.
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
error-bad-opening = “{ $value }” không phải là số dư đầu kỳ có thể tính ở đây.
error-bad-opening-hint = Ghi NGÂNHÀNG/SỐ=SỐTIỀN LOẠITIỀN, mỗi tài khoản một lần, tài khoản có giao dịch trong chuyên án và theo loại tiền của tài khoản, hoặc @TỆP mỗi dòng một số dư.
error-unknown-pattern = Không có mẫu hình “{ $value }”.
error-unknown-pattern-hint = Chọn cycle, fan_in, fan_out, scatter_gather, gather_scatter, stack hoặc mule_chain, hoặc chỉ ra một TỆP.toml mô tả mẫu hình.
error-pattern-syntax = Dòng { $other } của tệp mẫu hình không đúng cú pháp TOML: { $value }
error-pattern-syntax-hint = Mỗi dòng viết một “từ = giá trị”, từ ngữ và khoảng thời gian đặt trong ngoặc kép; mỗi bước bắt đầu bằng [[step]].
error-pattern-key = Dòng { $other } của tệp mẫu hình: “{ $value }” không có nghĩa ở đó.
error-pattern-key-hint = Tệp có name, within, [role.TÊN] và [[step]]; mỗi bước có from, to, many, count, within, gap, part, usd_least, usd_most, border và complained; vai đã được một bước nêu tên có kind, country, outside, new và dormant.
error-pattern-missing = Dòng { $other } của tệp mẫu hình: thiếu “{ $value }”.
error-pattern-missing-hint = Đặt tên (name) cho mẫu hình, và cho mỗi bước from và to.
error-pattern-value = Dòng { $other } của tệp mẫu hình: không dùng được: { $value }
error-pattern-value-hint = Tên gồm chữ thường không dấu, chữ số, dấu gạch dưới và không trùng mẫu hình có sẵn; khoảng thời gian viết như "6h" hoặc "5d", dài nhất 366d; part = [0.8, 1.0]; many là "from" hoặc "to"; count từ 1 đến 1000; border là true hoặc false; complained là true; nước viết hai chữ cái như "VN"; kind là personal, business, exchange hoặc wallet.
error-pattern-steps = Tệp mẫu hình không mô tả bước nào, hoặc nhiều hơn tám bước.
error-pattern-steps-hint = Mỗi bước bắt đầu bằng [[step]] và có from, to.
error-pattern-sides = Dòng { $other } của tệp mẫu hình: bước { $value } đi từ một vai đến chính vai đó, hoặc cả hai bên đều có nhiều tài khoản.
error-pattern-sides-hint = Đặt tên khác nhau cho bên chuyển và bên nhận, và để một bên chỉ có một tài khoản.
error-pattern-unconnected = Dòng { $other } của tệp mẫu hình: bước { $value } không chung tài khoản nào với bước sau.
error-pattern-unconnected-hint = Dùng cùng một tên khi nói về cùng một tài khoản, hoặc tìm hai phần bằng hai tệp.
error-pattern-too-large = Tệp mẫu hình { $value } lớn hơn 64 KiB.
error-pattern-too-large-hint = Một mẫu hình có nhiều nhất tám bước: chỉ đúng tệp đó bằng --pattern.
error-pattern-not-text = Tệp mẫu hình { $value } không phải văn bản UTF-8.
error-pattern-not-text-hint = Lưu lại tệp dạng UTF-8 (trong trình soạn thảo: “Lưu thành”, bảng mã UTF-8) rồi chạy lại lệnh.
error-bad-window = “{ $value }” không phải là khoảng thời gian.
error-bad-window-hint = Ghi theo giờ hoặc ngày, ví dụ 6h, 24h, 5d hoặc 30d; nhiều nhất một năm.
error-unknown-transfer = Chuyên án không có giao dịch mã “{ $value }”.
error-unknown-transfer-hint = Dùng mã trong tệp đã nhập; tệp mã ghi là @TỆP, mỗi dòng một mã.
error-unknown-complaint = Chuyên án không có đơn tố giác mã “{ $value }”.
error-unknown-complaint-hint = Dùng mã, hoặc CƠ QUAN/MÃ, trong tệp đã nhập.
error-unreadable-value = Không đọc được “{ $value }”.
error-unreadable-value-hint = Nhập số điện thoại, tài khoản, ví, tên miền, thư điện tử, số giấy tờ, mã hoặc tên.
error-bad-map = Dòng { $other } của bảng ánh xạ cột không hiểu được: “{ $value }”.
error-bad-map-hint = Mỗi dòng viết “trường = tiêu đề cột”, ví dụ “amount = Số tiền”.
error-broken-segment = Dữ liệu đã nhập từ { $value } bị hỏng: { $other }.
error-broken-segment-hint = Nhập lại tệp đó từ bản còn nguyên vẹn hoặc khôi phục bản sao lưu gần nhất; “lienket doctor” liệt kê phần hỏng.
error-system = Lỗi hệ thống: { $value }
error-system-hint = Kiểm tra dung lượng và quyền trên đĩa rồi chạy lại: không lưu gì dở dang.
error-home-locked = Có tiến trình khác đang dùng nút: { $value }.
error-home-locked-hint = Chờ lệnh kia xong hoặc dừng nó.
error-sqlite-too-old = SQLite quá cũ: { $value }.
error-sqlite-too-old-hint = Dùng bản phát hành của chương trình: đã có sẵn SQLite.
error-database-too-new = Cơ sở dữ liệu do phiên bản mới hơn ghi: { $value }.
error-database-too-new-hint = Dùng phiên bản mới đã ghi dữ liệu này.
error-key-unreadable = Không tạo hoặc không mở được khóa của nút: { $value }.
error-key-unreadable-hint = Kiểm tra bộ nhớ còn trống của máy rồi chạy lại lệnh.
error-key-damaged = Tệp khóa { $value } bị hỏng.
error-key-damaged-hint = Khôi phục bản sao lưu gần nhất: không thể tạo lại khóa đã mất.
error-passphrase-wrong = Mật khẩu không mở được { $value }, hoặc tệp đó đã bị sửa.
error-passphrase-wrong-hint = Đặt LIENKET_PASSPHRASE_FILE trỏ tới tệp chứa đúng mật khẩu. Nếu chưa có nút và đã mất mật khẩu, hãy chuyển tệp khóa đi nơi khác rồi tạo lại nút.
error-passphrase-missing = Khóa của nút được bảo vệ bằng mật khẩu nhưng chưa có mật khẩu.
error-passphrase-missing-hint = Đặt LIENKET_PASSPHRASE_FILE trỏ tới tệp chứa mật khẩu.
error-passphrase-empty = Tệp { $value } không chứa mật khẩu.
error-passphrase-empty-hint = Ghi mật khẩu vào dòng đầu của tệp; nếu không bảo vệ khóa bằng mật khẩu thì bỏ biến LIENKET_PASSPHRASE_FILE.
error-passphrase-too-long = Tệp { $value } dài quá 4.096 byte, không phải tệp mật khẩu.
error-passphrase-too-long-hint = Đặt LIENKET_PASSPHRASE_FILE trỏ tới tệp chứa mật khẩu.
error-passphrase-not-text = Tệp { $value } không phải văn bản UTF-8.
error-passphrase-not-text-hint = Ghi lại mật khẩu dưới dạng văn bản UTF-8 hoặc đặt LIENKET_PASSPHRASE_FILE trỏ tới đúng tệp.
error-not-a-backup = Không phải bản sao lưu: { $value }.
error-not-a-backup-hint = Dùng bản sao lưu khác; tệp này thiếu hoặc đã bị sửa.
error-backup-exists = Tệp { $value } đã có; bản sao lưu không bao giờ ghi đè tệp cũ.
error-backup-exists-hint = Chỉ tên tệp mới hoặc chuyển tệp cũ đi nơi khác.
error-original-damaged = Bản gốc đang lưu của { $value } bị mất hoặc hư hỏng; chưa ghi bản sao lưu nào.
error-original-damaged-hint = Nhập lại tệp đó từ bản còn nguyên vẹn để thay bản hỏng; “lienket doctor” liệt kê phần hỏng.
error-blob-damaged = Tệp niêm phong { $value } bị mất hoặc hư hỏng; chưa ghi bản sao lưu nào.
error-blob-damaged-hint = Phục hồi một bản sao lưu cũ hơn sang thư mục khác rồi chép tệp này từ thư mục blobs ở đó, hoặc đề nghị đối tác gửi lại tệp.
error-backup-too-large = Nút đang lưu { $value } tệp, vượt mức 1.000.000 tệp của một bản sao lưu.
error-backup-too-large-hint = Dừng nút rồi sao chép toàn bộ thư mục của nút.
error-demo-folder-used = { $value } không do bản trình diễn tạo ra, hoặc đã có người làm việc trong đó; chưa xóa gì.
error-demo-folder-used-hint = Chỉ thư mục khác bằng --dir; nếu không cần gì trong thư mục này thì tự xóa nó.
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
error-bad-table-output = { $value }: bảng chỉ ghi được dạng .csv hoặc .parquet.
error-bad-table-output-hint = Đặt tên tệp kết thúc bằng .csv hoặc .parquet.
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
error-not-a-table = Đây là { $value ->
      [pdf] tệp PDF
      [program] một chương trình
      [jpeg] ảnh JPEG
      [png] ảnh PNG
      [gif] ảnh GIF
      [old_office] tệp Office cũ hoặc bị khóa: hãy lưu thành .xlsx không có mật khẩu
      [rar] tệp nén RAR
      [seven_zip] tệp nén 7z
      [bzip2] tệp nén bzip2
      [xz] tệp nén xz
      [zstd] tệp nén zstd
      [parquet] tệp Parquet
      [database] cơ sở dữ liệu
      [web_page] trang web hoặc XML
      [word] văn bản Word
      [presentation] bản trình chiếu
      [zip] tệp nén zip không có bảng tính
     *[binary] dữ liệu nhị phân
    }, không phải bảng, danh sách hay bản tin.
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
error-keys-closed = Khóa của nút chưa được mở.
error-keys-closed-hint = Đặt LIENKET_PASSPHRASE_FILE là tệp chứa mật khẩu.
error-bad-card-file = { $value } không phải thẻ đối tác: { $other }.
error-bad-card-file-hint = Đề nghị cơ quan đó gửi lại thẻ do chính chương trình của họ ghi.
error-fingerprint-mismatch = Mười hai từ không phải của thẻ “{ $value }”.
error-fingerprint-mismatch-hint = Đề nghị cán bộ của họ đọc lại các từ của nút mình qua kênh khác. Nếu vẫn khác, thẻ không phải của họ: không chấp nhận.
error-one-officer = “{ $value }” không thể một mình chấp nhận thẻ.
error-one-officer-hint = Hai cán bộ cùng chấp nhận thẻ: chỉ tên cả hai bằng --as.
error-own-card = Đây là thẻ của chính nút này.
error-own-card-hint = Đưa thẻ mà cơ quan kia đã gửi.
error-stale-card = Thẻ của “{ $value }” cũ hơn thẻ đã biết.
error-stale-card-hint = Đề nghị cơ quan đó gửi thẻ mới nhất.
error-needs-permission = Thông điệp { $value } không được dùng như vậy khi chưa có phép của bên gửi.
error-needs-permission-hint = Xin phép bên gửi; khi phép đã đến, chạy lại chính lệnh này.
error-bad-handling-word = “{ $value }” không phải từ dùng cho { $other }.
error-bad-handling-word-hint = Phần trợ giúp của lệnh liệt kê các từ.
error-one-acts = { $value } không thể cùng thực hiện lệnh này.
error-one-acts-hint = Chỉ nêu --as một lần; hai cán bộ chỉ cùng làm khi chấp nhận thẻ của đối tác.
error-two-act = { $value } là nhiều hơn hai người.
error-two-act-hint = Nêu --as hai lần: hai cán bộ đã đối chiếu các từ.
error-message-text-too-large = { $value } lớn hơn mức cho phép của nội dung thông điệp (256 KiB).
error-message-text-too-large-hint = Hãy gửi dưới dạng tệp kèm: --attach { $value }.
error-message-text-not-text = { $value } không phải văn bản UTF-8.
error-message-text-not-text-hint = Lưu lại dưới dạng UTF-8, hoặc gửi dưới dạng tệp kèm: --attach { $value }.
error-bundle-not-valid = Bộ chứng cứ sẽ không đứng vững trước tòa: { $value }
error-bundle-not-valid-hint = Chưa ghi gì. Hãy chạy “sync” với đối tác để hai bên cùng ký những gì đã có, rồi thử lại; nếu vẫn vậy, chạy “doctor”.
