# Lỗi của chương trình: `error-<mã>` nêu nguyên nhân, `error-<mã>-hint` nêu cách xử lý.

error-ambiguous-partner = Có nhiều đối tác tại { $value } có thể nhận yêu cầu này.
error-ambiguous-partner-hint = Nêu tên đối tác thay vì tên quốc gia.

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
error-database-too-new = Cơ sở dữ liệu của nút do phiên bản mới hơn ghi (dạng số { $value }); chưa có gì bị thay đổi.
error-database-too-new-hint = Dùng phiên bản mới đó. Muốn trở lại phiên bản này, hãy khôi phục bản sao lưu từ trước khi nâng cấp.
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
error-protection-twice = Khóa của nút được chỉ định bảo vệ bằng cả mật khẩu lẫn token.
error-protection-twice-hint = Bỏ biến LIENKET_PASSPHRASE_FILE, hoặc bỏ mọi biến bắt đầu bằng LIENKET_PKCS11_.
error-token-incomplete = Khóa của nút được chỉ định bảo vệ bằng token nhưng chưa đặt { $value }.
error-token-incomplete-hint = Đặt đủ LIENKET_PKCS11_MODULE (tệp mô-đun), LIENKET_PKCS11_TOKEN (nhãn token) và LIENKET_PKCS11_PIN_FILE (tệp chứa mã PIN).
error-token-pin-unreadable = Tệp { $value } không chứa mã PIN: tệp trống, dài quá 256 byte hoặc không phải văn bản UTF-8.
error-token-pin-unreadable-hint = Ghi mã PIN của token vào dòng đầu, hoặc đặt LIENKET_PKCS11_PIN_FILE trỏ tới đúng tệp.
error-token-missing = Khóa của nút được bảo vệ bằng token ({ $value }) nhưng chưa chỉ định token nào.
error-token-missing-hint = Cắm token rồi đặt LIENKET_PKCS11_MODULE, LIENKET_PKCS11_TOKEN và LIENKET_PKCS11_PIN_FILE; bỏ biến LIENKET_PASSPHRASE_FILE.
error-token-module = Không dùng được mô-đun của token: { $value }.
error-token-module-hint = Đặt LIENKET_PKCS11_MODULE là đường dẫn đầy đủ tới mô-đun (thư viện dùng chung) của hãng sản xuất token.
error-token-not-found = Không có token này, hoặc token không có khóa này: { $value }.
error-token-not-found-hint = Cắm token, kiểm tra LIENKET_PKCS11_TOKEN và LIENKET_PKCS11_KEY. Nếu khóa đã mất, hãy khôi phục từ bản sao lưu của chính token: thiếu khóa đó thì không mở được khóa của nút nữa.
error-token-ambiguous = Có nhiều token, hoặc nhiều khóa trong token, cùng tên: { $value }.
error-token-ambiguous-hint = Rút các token khác ra hoặc đổi nhãn.
error-token-pin-wrong = Token { $value } từ chối mã PIN.
error-token-pin-wrong-hint = Ghi đúng mã PIN vào tệp mà LIENKET_PKCS11_PIN_FILE trỏ tới rồi mới thử lại: sai vài lần thì token tự khóa.
error-token-pin-locked = Token { $value } đã bị khóa, hoặc sẽ bị khóa nếu sai mã PIN thêm một lần.
error-token-pin-locked-hint = Đăng nhập một lần với đúng mã PIN bằng chương trình của token, hoặc nhờ người quản trị token đặt mã mới; sau đó chạy lại lệnh.
error-token-key-unfit = Khóa { $value } có thể bị lấy ra khỏi token, hoặc không phải khóa AES-256.
error-token-key-unfit-hint = Đặt tên khóa khác trong LIENKET_PKCS11_KEY; nếu chưa có khóa tên đó, “lienket init” sẽ tạo.
error-token-other = Khóa của nút được bảo vệ bằng khóa khác với khóa trong token này, hoặc tệp khóa đã bị sửa: { $value }.
error-token-other-hint = Cắm token đã dùng khi tạo nút, đặt nhãn token trong LIENKET_PKCS11_TOKEN và tên khóa trong LIENKET_PKCS11_KEY; hoặc khôi phục bản sao lưu gần nhất.
error-token-failed = Token không thực hiện được yêu cầu: { $value }.
error-token-failed-hint = Kiểm tra token bằng chương trình của nó; token cần có AES-GCM với khóa 256 bit. Sau đó chạy lại lệnh.
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
error-keys-closed-hint = Đặt LIENKET_PASSPHRASE_FILE là tệp chứa mật khẩu, hoặc đặt các biến của token (LIENKET_PKCS11_…).
error-bad-card-file = { $value } không phải thẻ đối tác: { $other }.
error-bad-card-file-hint = Đề nghị cơ quan đó gửi lại thẻ do chính chương trình của họ ghi.
error-fingerprint-mismatch = Mười hai từ không phải của thẻ “{ $value }”.
error-fingerprint-mismatch-hint = Đề nghị cán bộ của họ đọc lại các từ của nút mình qua kênh khác. Nếu vẫn khác, thẻ không phải của họ: không chấp nhận.
error-one-officer = “{ $value }” không thể một mình chấp nhận thẻ.
error-one-officer-hint = Hai cán bộ cùng chấp nhận thẻ: chỉ tên cả hai bằng --as.
error-own-card = Đây là thẻ của chính nút này.
error-own-card-hint = Đưa thẻ mà cơ quan kia đã gửi.
error-tls-key-taken = Thẻ của “{ $value }” nêu một khóa đường truyền mà “{ $other }” đã nêu.
error-tls-key-taken-hint = Một trong hai bên đã chép khóa của bên kia. Hỏi cả hai cơ quan qua kênh khác xem khóa là của ai; thu hồi đối tác đã chép khóa, hoặc đề nghị làm lại thẻ với khóa mới.
error-stale-card = Thẻ của “{ $value }” cũ hơn thẻ đã biết.
error-stale-card-hint = Đề nghị cơ quan đó gửi thẻ mới nhất.
error-long-answer = Câu trả lời dài quá 1.000 byte.
error-long-answer-hint = Viết gọn trong một hai câu; nội dung dài hơn gửi thành thông điệp trả lời.
error-needs-permission = Thông điệp { $value } không được dùng như vậy khi chưa có phép của bên gửi.
error-needs-permission-hint = Xin phép cơ quan đã gửi đầu tiên; khi phép đã đến, chạy lại chính lệnh này. Bên chuyển tiếp không có quyền cho phép.
error-bad-handling-word = “{ $value }” không phải từ dùng cho { $other }.
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
error-bad-handling-word-hint = Phần trợ giúp của lệnh liệt kê các từ. Thời điểm ghi dạng 2027-01-31 hoặc 2027-01-31T17:00:00+07:00 và phải chưa qua.

# Refusals of the exchange (codes of node::exchange).

error-unknown-partner = Không có đối tác “{ $value }”.
error-unknown-partner-hint = “lienket partner list” liệt kê các đối tác. Nếu cơ quan đó chưa có tên, hai bên trao đổi thẻ trước: hai cán bộ cùng chấp nhận thẻ.
error-partner-suspended = { $value } đang bị tạm ngừng: không gửi gì đi và không nhận gì về.
error-partner-suspended-hint = “lienket audit” cho biết ai đã tạm ngừng và vì sao. Khi lý do không còn, cán bộ cho đối tác hoạt động lại; những gì đang chờ sẽ tự được gửi.
error-partner-revoked = { $value } đã bị thu hồi tư cách đối tác: không bao giờ gửi đi hay nhận về nữa.
error-partner-revoked-hint = Cơ quan đã bị thu hồi phải có khóa gốc mới: họ tạo nút mới và hai cán bộ chấp nhận thẻ của nút đó.
error-no-sealing-key = Thẻ của { $value } không có khóa niêm phong nào dùng được vào lúc này.
error-no-sealing-key-hint = Kiểm tra ngày giờ của máy. Nếu đúng thì thẻ đã hết hạn: chạy “lienket sync” để nhận thẻ mới nhất của đối tác, hoặc đề nghị họ gửi thẻ đó.
error-record-frozen = Sổ ghi của { $value } đã bị phong tỏa: { $value } đã ký hai đầu sổ ghi mâu thuẫn nhau.
error-record-frozen-hint = Sổ ghi này không được nhận thêm gì; cả hai đầu sổ ghi được giữ làm chứng cứ. Hỏi cơ quan đó qua kênh khác: thường là nút của họ đã chạy lại từ bản sao cũ của ổ đĩa, xấu nhất là họ giữ hai sổ. Tạm ngừng đối tác cho đến khi rõ nguyên nhân; muốn tiếp tục, họ phải tạo nút mới và hai cán bộ chấp nhận thẻ của nút đó.
error-record-forked = Hai đầu sổ ghi có chữ ký mâu thuẫn nhau.
error-record-forked-hint = Cả hai được giữ làm chứng cứ. Sổ ghi này không được nhận thêm gì: hỏi cơ quan đã ký qua kênh khác và tạm ngừng cho đến khi rõ nguyên nhân.
error-record-behind = Bên đọc có thể giữ sổ ghi dài hơn chính nút viết sổ, như sau khi khôi phục từ bản sao lưu. Sổ ghi đó chưa nhận thêm gì cho đến khi hai nút đã liên lạc qua đường truyền.
error-record-behind-hint = Chạy “lienket sync” khi nút của đối tác đang trả lời: phần đã mất tự trở lại, sau đó chạy lại lệnh. Tệp chuyển tay không giải quyết được việc này vì tệp có thể đã cũ.
error-bad-handling = Điều kiện sử dụng của thông điệp chưa đầy đủ.
error-bad-handling-hint = Phải nêu mục đích và căn cứ pháp lý, mỗi phần không quá 2.000 byte; hạn chế H3 phải có nội dung và chỉ H3 mới có; phải có nhãn TLP. Thông điệp nhận được mà như vậy thì bên gửi phải gửi lại.
error-bad-content = Nội dung thông điệp không đúng quy cách.
error-bad-content-hint = Văn bản phải ngắn hơn 1 MiB: phần dài hơn gửi thành tệp. Mỗi thông điệp có nhiều nhất 256 tệp kèm, tên tệp không chứa đường dẫn hay ký tự điều khiển. Nếu thông điệp nhận được bị từ chối như vậy, báo cho bên gửi để gửi lại.
error-bad-envelope = Không niêm phong hoặc không mở được thông điệp: phong bì không đúng dạng hoặc đã bị sửa.
error-bad-envelope-hint = Thông điệp mới đến thì đề nghị bên gửi gửi lại. Nếu thông điệp đã lưu không mở được nữa, chạy “lienket doctor”: có phần hỏng thì khôi phục bản sao lưu gần nhất.
error-unknown-message = Không có thông điệp nào, hoặc có nhiều thông điệp, có số bắt đầu bằng “{ $value }”, hoặc thông điệp đó không thuộc loại dùng được ở đây.
error-unknown-message-hint = “lienket message list” cho biết các số: ghi ít nhất bốn chữ số, thêm chữ số nếu nhiều số bắt đầu giống nhau. Chỉ thu hồi hoặc cho phép được với thông điệp do nút này gửi; trả lời chỉ gửi cho đối tác đang có thông điệp được trả lời.
error-no-content = Nội dung thông điệp { $value } không còn ở đây: đã bị hủy hoặc chưa từng được nhận.
error-no-content-hint = Bên gửi đã thu hồi, thời hạn lưu giữ đã hết, hoặc thông điệp đã bị từ chối. Phần đã ký và vị trí trong sổ ghi vẫn còn; nếu cần lại nội dung thì đề nghị bên gửi.
error-message-not-open = Thông điệp { $value } không phải là thông điệp đang chờ xử lý ở đây.
error-message-not-open-hint = Chỉ đánh dấu được thông điệp đã nhận đủ cả tệp kèm và chưa được xử lý; “lienket message list” cho biết tình trạng.
error-bad-parcel = Dữ liệu đến không phải gói tin của một nút.
error-bad-parcel-hint = Chưa nhận gì. Chạy lại “lienket sync”, hoặc đề nghị ghi lại tệp chuyển tay. Nếu vẫn vậy, hai bên so phiên bản chương trình.
error-not-for-us = Nội dung này gửi cho cơ quan khác, hoặc giữa các cơ quan khác với bên chuyển.
error-not-for-us-hint = Không nhận gì trong đó. Đưa tệp chuyển tay cho đúng cơ quan mà tệp được ghi cho; thông điệp thì phải gửi lại đúng cho cơ quan này.
error-not-the-sender = Gói tin là của cơ quan khác với cơ quan đã gửi qua đường truyền.
error-not-the-sender-hint = Chưa nhận gì. Mỗi nút chỉ được chuyển gói tin của chính mình: báo cho đối tác đã gửi.
error-bad-card = Đối tác đã gửi một thẻ không nối tiếp thẻ đang được tin cậy.
error-bad-card-hint = Thẻ đang dùng được giữ nguyên. Nếu thiếu các thẻ ở giữa, đề nghị cơ quan đó gửi tệp thẻ mới nhất: hai cán bộ đối chiếu lại các từ rồi chấp nhận. Nếu là thẻ khác cùng số thứ tự, hỏi qua kênh khác xem ai đã tạo thẻ đó.
error-head-wrong = Đầu sổ ghi của { $value } không có chữ ký hợp lệ.
error-head-wrong-hint = Chưa nhận gì. Chạy lại “lienket sync”. Nếu vẫn vậy, cơ quan đó ký bằng khóa không có trên thẻ: đề nghị gửi thẻ mới nhất.
error-watch-wrong = Đầu sổ được nhờ chứng kiến không thuộc sổ ghi của chính bên gửi, hoặc không nối tiếp đầu sổ trước.
error-watch-wrong-hint = Chưa ký đối chứng. Chạy lại “lienket sync” qua đường truyền.
error-watch-forked = Hai lịch sử của cùng một sổ ghi đã được đưa cho bên chứng kiến.
error-watch-forked-hint = Bên chứng kiến không ký đối chứng sổ đó nữa và giữ cả hai đầu sổ làm bằng chứng. Cơ quan có sổ phải giải thích; hãy báo cho bên mà sổ dành cho.
error-watch-many = Hơn 1.024 sổ ghi của một cơ quan được nhờ chứng kiến.
error-watch-many-hint = Các sổ khác vẫn được ký đối chứng như trước.
error-daily-head-wrong = Đầu sổ hằng ngày của { $value } có chữ ký hậu lượng tử (ML-DSA-44) không đúng.
error-daily-head-wrong-hint = Chưa nhận gì. Chạy lại “lienket sync”. Nếu vẫn vậy, cơ quan đó ký bằng khóa không có trên thẻ: đề nghị gửi thẻ mới nhất.
error-leaves-wrong = Phần sổ ghi nhận được không dẫn đến đầu sổ ghi mà bên viết đã ký.
error-leaves-wrong-hint = Chưa nhận gì. Lần “lienket sync” sau sẽ yêu cầu lại toàn bộ sổ ghi. Nếu qua đường truyền và qua tệp chuyển tay đều như vậy, báo cho đối tác: sổ ghi của họ bị hỏng.
error-entry-wrong = Mục nhận được cho một vị trí trong sổ ghi không phải là mục mà bên viết đã ký ở đó.
error-entry-wrong-hint = Mục đó không được nhận và sẽ được yêu cầu lại ở lần “lienket sync” sau. Nếu vẫn vậy, báo cho đối tác: sổ ghi của họ bị hỏng hoặc đã bị sửa trên đường đi.
error-entry-beyond = Mục nhận được nằm sau phần cuối của sổ ghi hiện có ở đây.
error-entry-beyond-hint = Mục đó sẽ đến lại ở lần “lienket sync” sau. Với tệp chuyển tay, nạp tệp ghi trước trước.
error-entry-lost = Cơ quan viết sổ đã mất một mục trong sổ ghi của mình mà mục đó chưa đến đây: không còn ai có nó.
error-entry-lost-hint = Vị trí trong sổ vẫn còn, để trống. Hỏi đối tác nội dung mục đó; họ có thể gửi lại.
error-envelope-suite = Thông điệp được niêm phong theo phiên bản định dạng mà chương trình này chưa biết.
error-envelope-suite-hint = Hai bên dùng cùng một phiên bản mới hơn của chương trình; thông điệp sẽ tự đến lại.
error-wrong-place = Thông điệp được ký cho vị trí khác trong sổ ghi với vị trí nó đang đứng.
error-wrong-place-hint = Thông điệp đã bị từ chối và bên gửi được báo. Bên gửi phải gửi lại; nếu tái diễn, nút của họ đã chạy lại từ bản sao cũ hoặc chương trình của họ có lỗi.
error-signature-wrong = Không khóa nào trên thẻ của bên gửi tạo ra chữ ký này.
error-signature-wrong-hint = Đã từ chối. Nếu bên gửi có khóa mới thì ở đây còn thiếu thẻ mới nhất của họ: chạy “lienket sync” hoặc xin thẻ, rồi bên gửi gửi lại.
error-key-expired = Chữ ký dùng khóa chưa đến hạn hoặc đã hết hạn sử dụng.
error-key-expired-hint = Hai bên kiểm tra ngày giờ của máy. Nếu đúng, bên ký phải thay khóa; thẻ mới của họ đến cùng lần “lienket sync” sau. Thông điệp phải được gửi lại.
error-key-revoked = Chữ ký dùng khóa mà chủ khóa đã thu hồi.
error-key-revoked-hint = Không tin chữ ký này dù mang ngày nào: khóa đó có thể đang ở tay người khác. Hỏi cơ quan đó qua kênh khác xem có phải họ gửi không; nội dung thật thì họ gửi lại bằng khóa mới.
error-not-sealed-to-us = Thông điệp không được niêm phong cho khóa nào của nút nhận.
error-not-sealed-to-us-hint = Thẻ mới nhất của bên nhận phải đến được bên gửi: chạy “lienket sync” hoặc gửi thẻ; sau đó bên gửi gửi lại thông điệp.
error-content-damaged = Phần niêm phong trong thông điệp không mở được: bị hỏng hoặc được tạo sai.
error-content-damaged-hint = Thông điệp đã bị từ chối và bên gửi được báo. Bên gửi phải gửi lại.
error-commitment-wrong = Nội dung niêm phong trong thông điệp không phải là nội dung mà bên gửi đã ký.
error-commitment-wrong-hint = Thông điệp đã bị từ chối và bên gửi được báo. Hỏi bên gửi: chương trình của họ có lỗi, hoặc có người ký một đằng gửi một nẻo.
error-number-used = Số của thông điệp đã là số của một thông điệp khác.
error-number-used-hint = Thông điệp đã bị từ chối và bên gửi được báo; thông điệp đang mang số đó giữ nguyên. Bên gửi phải gửi lại với số mới.
error-message-kind-unknown = Chương trình của bên nhận chưa biết loại thông điệp này.
error-message-kind-unknown-hint = Bên nhận cài phiên bản mới hơn; sau đó bên gửi gửi lại thông điệp.
error-receipt-wrong = Biên nhận đến không ứng với thông điệp nào đã gửi cho cơ quan đó, hoặc không đúng dạng.
error-receipt-wrong-hint = Ở đây không có gì thay đổi. Báo cho đối tác; nếu nút này vừa khôi phục từ bản sao lưu, “lienket sync” đưa trở lại thông điệp mà biên nhận nói đến.
error-file-missing = Tệp { $value } chưa có ở đây hoặc chưa đủ.
error-file-missing-hint = Chạy “lienket sync” để nhận các phần còn thiếu. Tệp của thông điệp đã hủy nội dung thì không trở lại.
error-file-damaged = Tệp { $value } bị hỏng hoặc không phải tệp đã gửi.
error-file-damaged-hint = Đừng dùng phần đã lưu ra: phần đó chưa đủ. Đề nghị bên gửi gửi lại; “lienket doctor” cho biết ổ đĩa của nút này có hỏng không.
error-attachment-too-large = Tệp { $value } lớn hơn mức một thông điệp được phép mang.
error-attachment-too-large-hint = Chia tệp thành nhiều phần và gửi từng phần.
error-quota-used = { $value } đã dùng hết phần dành cho mình: số thông điệp và dung lượng trong ngày, hoặc chỗ cho các tệp chưa đủ.
error-quota-used-hint = Phần còn lại tự đến vào ngày hôm sau (UTC), hoặc khi các tệp đang gửi dở đã đủ. Nếu đối tác gửi dồn dập bất thường, tạm ngừng và hỏi qua kênh khác.

# The line to a partner (codes of peer::error).

error-peer-no-endpoint = Thẻ của đối tác không có địa chỉ nào.
error-peer-no-endpoint-hint = Đề nghị đối tác gửi thẻ có địa chỉ, chờ nút của họ kết nối đến, hoặc ghi tệp chuyển tay bằng “lienket sync --carry-out”.
error-peer-endpoint-bad = “{ $value }” không phải địa chỉ của một nút.
error-peer-endpoint-bad-hint = Ghi MÁY:CỔNG, ví dụ node.example.vn:8443; số IPv6 đặt trong ngoặc vuông.
error-peer-unreachable = Không ai trả lời tại { $value }.
error-peer-unreachable-hint = Những gì cần gửi vẫn nằm trong sổ ghi và đi ở lần “lienket sync” sau. Kiểm tra mạng của máy này và hỏi đối tác nút có đang chạy không; việc khẩn thì dùng tệp chuyển tay (“lienket sync --carry-out”).
error-peer-wrong-key = Máy trả lời tại { $value } không có khóa nào ghi trên thẻ của đối tác.
error-peer-wrong-key-hint = Chưa gửi gì đến đó. Hỏi đối tác qua kênh khác: địa chỉ dẫn đến nơi khác, có kẻ chen giữa đường truyền, hoặc họ có khóa mới mà ở đây chưa có thẻ.
error-peer-refused = Nút của đối tác từ chối ({ $value }).
error-peer-refused-hint = Hỏi cán bộ bên đó qua kênh khác và nêu mã trong ngoặc. Những gì cần gửi vẫn nằm trong sổ ghi.
error-peer-cut = Kết nối đến đối tác bị đứt.
error-peer-cut-hint = Chạy lại “lienket sync”: việc gửi tiếp tục từ chỗ dừng và không có gì được nhận hai lần.
error-peer-timed-out = Đối tác không trả lời trong thời gian cho phép.
error-peer-timed-out-hint = Chạy lại “lienket sync”: việc gửi tiếp tục từ chỗ dừng và không có gì được nhận hai lần. Nếu đường truyền quá chậm, dùng tệp chuyển tay (“lienket sync --carry-out”).
error-peer-large = Dài hơn { $value } byte được phép truyền một lần.
error-peer-large-hint = Một trong hai chương trình có lỗi hoặc khác phiên bản: hai bên so phiên bản.
error-peer-protocol = Máy trả lời không nói giao thức của nút: { $value }
error-peer-protocol-hint = Cùng đối tác kiểm tra địa chỉ và cổng có đúng là của nút không, và hai bên có dùng cùng phiên bản không.
error-peer-listen = Máy này không lắng nghe được tại { $value }.
error-peer-listen-hint = Có thể chương trình khác đang dùng địa chỉ đó, địa chỉ không thuộc máy này, hoặc cổng bị hạn chế: chọn địa chỉ khác hoặc dừng chương trình kia.
error-peer-identity = Không tạo được khóa TLS của nút: { $value }
error-peer-identity-hint = Chạy “lienket doctor”: nếu tệp khóa bị hỏng thì khôi phục bản sao lưu gần nhất.

# What a node says to another one on the line (codes of peer::refusal).

error-request-bad = Yêu cầu của nút không đúng quy cách.
error-request-bad-hint = Hai bên so phiên bản chương trình: các phiên bản không khớp nhau.
error-path-unknown = Nút không biết điều được yêu cầu.
error-path-unknown-hint = Hai bên so phiên bản chương trình và kiểm tra địa chỉ có đúng là của nút không.
error-method-wrong = Không thể yêu cầu nút theo cách này.
error-method-wrong-hint = Hai bên so phiên bản chương trình: các phiên bản không khớp nhau.
error-body-unwanted = Yêu cầu kèm dữ liệu ở chỗ không được kèm.
error-body-unwanted-hint = Hai bên so phiên bản chương trình: các phiên bản không khớp nhau.
error-body-slow = Dữ liệu gửi đến quá chậm.
error-body-slow-hint = Việc gửi được tự thử lại. Nếu đường truyền vẫn chậm, dùng tệp chuyển tay (“lienket sync --carry-out”).
error-body-cut = Dữ liệu gửi đến bị đứt giữa chừng.
error-body-cut-hint = Chạy lại “lienket sync”: không có gì được nhận hai lần.
error-length-missing = Yêu cầu không nêu độ dài dữ liệu.
error-length-missing-hint = Có thể máy trung gian (proxy) đã sửa yêu cầu: các nút phải nói chuyện trực tiếp với nhau. Nếu không, hai bên so phiên bản chương trình.
error-body-large = Dữ liệu gửi đến dài hơn mức cho phép một lần.
error-body-large-hint = Hai bên so phiên bản chương trình: các phiên bản không khớp nhau.
error-node-failed = Nút được yêu cầu tự gặp lỗi.
error-node-failed-hint = Không mất gì: việc gửi được tự thử lại. Nếu vẫn vậy, cán bộ của nút đó kiểm tra ổ đĩa bằng “lienket doctor”.

# Carried files (codes of envelope::carried).

error-carried-head = Đây không phải tệp chuyển tay.
error-carried-head-hint = Chỉ đúng tệp mà đối tác đã ghi bằng “lienket sync --carry-out”.
error-carried-cut = Tệp chuyển tay bị cụt giữa chừng.
error-carried-cut-hint = Phần còn nguyên trong tệp đã được nhận. Sao chép lại tệp rồi nạp lần nữa: không có gì được nhận hai lần.
error-carried-frame = Một phần của tệp chuyển tay không đúng quy cách.
error-carried-frame-hint = Phần đứng trước đã được nhận. Sao chép lại tệp hoặc đề nghị ghi lại; nếu vẫn vậy, hai bên so phiên bản chương trình.
error-carried-changed = Tệp chuyển tay đã bị sửa sau khi ghi.
error-carried-changed-hint = Những gì đã nhận đều có chữ ký và đúng; phần còn lại có thể thiếu. Đề nghị ghi lại tệp và làm rõ ai đã giữ thiết bị mang tệp.
error-carried-io = Không đọc hoặc không ghi được tệp chuyển tay: { $value }
error-carried-io-hint = Kiểm tra thiết bị mang tệp, chỗ trống và quyền truy cập rồi chạy lại lệnh: không có gì được nhận hai lần.
error-key-unknown = Nút của đối tác không biết khóa TLS của nút này.
error-key-unknown-hint = Họ chưa chấp nhận thẻ của cơ quan này, hoặc có thẻ cũ: trao cho họ thẻ mới nhất (“lienket partner card”) để hai cán bộ của họ chấp nhận.
error-not-countersigned = Đối tác chưa cùng ký vị trí của thông điệp { $value }.
error-not-countersigned-hint = Chạy “lienket sync” với đối tác rồi thử lại: trước tòa chỉ trình những gì hai bên cùng ký.
error-bad-budget = Hạn mức { $other } cho “{ $value }” là không thể.
error-bad-budget-hint = Nêu mục đích dài 1 đến 200 byte và tối đa 1.000.000.000 phần tử.
error-match-no-room = Không lập hoặc không nhận được một tập của đối chiếu kín: { $value }
error-match-no-room-hint = Cần chỗ trống trong thư mục nút, khoảng 150 byte mỗi định danh trong khi lập. Hãy giải phóng chỗ; nút đang phục vụ tự thử lại trong vòng mười lăm phút, nút khác thử lại khi chạy “lienket sync”. Các thông điệp khác không phải chờ.
error-unknown-session = Không mở được phiên “{ $value }”.
error-unknown-session-hint = Xem “session” trong: match ĐỐI-TÁC --json. Những gì đã hỏi mở được trong một năm, và không mở được sau khi khôi phục nút.
error-opening-too-large = “{ $value }” lớn quá mức cho phép.
error-opening-too-large-hint = Cho xem ít định danh hơn bằng --sample.
error-opening-unreadable = “{ $value }” không phải tệp của match-open.
error-opening-unreadable-hint = Ghi lại bằng: match-open PHIÊN -o TỆP.
error-unknown-hit = Không có kết quả trùng { $value }.
error-unknown-hit-hint = Xem “lienket hits”.
error-bad-purpose = “{ $value }” không phải là mục đích hay căn cứ pháp lý.
error-bad-purpose-hint = Nêu mục đích và căn cứ, mỗi mục dài 1 đến 200 byte.
error-unknown-identifier-kind = “{ $value }” không phải là loại định danh.
error-unknown-identifier-kind-hint = Dùng phone, short_code, iban, account, email, domain, url, ip, wallet, imei, device, messaging hoặc document.
error-match-answer-unasked = Có câu trả lời cho điều không hề hỏi.
error-match-answer-unasked-hint = Không cần làm gì. Nếu lặp lại, hãy hỏi cán bộ liên lạc của đối tác.
error-match-body-bad = Nội dung đối chiếu nhận được không viết đúng quy cách.
error-match-body-bad-hint = Hai bên so phiên bản chương trình với nhau.
error-match-budget-spent = Hạn mức cho việc này đã hết.
error-match-budget-spent-hint = Chờ hết ba mươi ngày, hoặc đề nghị đối tác: hai cán bộ của họ có thể nâng hạn mức.
error-match-differs = Hai nút đưa định danh về dạng chuẩn khác nhau: đối chiếu sẽ bỏ sót điều cả hai cùng biết.
error-match-differs-hint = Hai bên cài cùng một phiên bản chương trình rồi đối chiếu lại.
error-match-element-bad = Câu hỏi chứa thứ không phải là phần tử của nhóm.
error-match-element-bad-hint = Chương trình bên gửi bị hỏng hoặc bị sửa; hãy hỏi cán bộ liên lạc của họ.
error-match-epoch-old = Tập công bố cũ hơn tập đang có.
error-match-epoch-old-hint = Không cần làm gì; tập mới hơn được giữ.
error-match-epoch-over = Tập công bố đã hết thời hạn.
error-match-epoch-over-hint = Đối chiếu lại: một tập mới sẽ được công bố.
error-match-manifest-unknown = Câu hỏi nhắm vào tập mà nút này không công bố, hoặc không còn công bố.
error-match-manifest-unknown-hint = Đối chiếu lại: một tập mới sẽ được công bố.
error-match-nothing-new = Không có gì mới kể từ lần công bố trước.
error-match-nothing-new-hint = Không cần làm gì.
error-match-partner-closed = Không trả lời đối tác đã bị tạm dừng hoặc thu hồi.
error-match-partner-closed-hint = Cán bộ bên trả lời quyết định đối tác có hoạt động lại hay không.
error-match-proof-false = Câu trả lời không được tạo bằng khóa đã công bố.
error-match-proof-false-hint = Không dùng gì trong đó. Hãy hỏi cán bộ liên lạc của đối tác: chương trình của họ bị hỏng, hoặc có người đối xử khác nhau với các bên hỏi.
error-match-published-lately = Đối tác đã công bố trong vòng một ngày qua; điều mới sẽ có ở lần công bố sau.
error-match-published-lately-hint = Ngày mai đối chiếu lại. Công bố dày hơn sẽ để lộ từng vụ việc đến lúc nào.
error-match-purpose-closed = Đối tác không trả lời cho mục đích này.
error-match-purpose-closed-hint = Nêu mục đích đã thỏa thuận, hoặc đề nghị đối tác: hai cán bộ của họ có thể cấp hạn mức.
error-match-replayed = Một lô đến lại với cùng số hiệu nhưng nội dung khác.
error-match-replayed-hint = Đối chiếu lại; một phiên mới bắt đầu.
error-match-session-changed = Một câu hỏi nói khác câu hỏi đầu tiên của phiên.
error-match-session-changed-hint = Đối chiếu lại; một phiên mới bắt đầu.
error-match-session-lost = Nội dung đã hỏi không còn ở đây, nên không đọc được câu trả lời.
error-match-session-lost-hint = Đối chiếu lại; điều chưa biết sẽ được hỏi lần nữa.
error-match-set-damaged = Tập công bố không phải là tập mà bản kê nêu.
error-match-set-damaged-hint = Ngày mai đối chiếu lại; nếu vẫn vậy, hãy hỏi cán bộ liên lạc của đối tác.

# LAW: câu hỏi không có câu trả lời, và lỗi của bộ dữ liệu luật.

error-same-state = { $value } không thể tự yêu cầu chính mình.
error-same-state-hint = Nêu hai nước khác nhau với --from và --to.
error-measure-unknown = “{ $value }” không phải biện pháp nào.
error-measure-unknown-hint = Dùng một trong: { $other }.
error-measure-not-of-kind = Yêu cầu loại “{ $value }” không mang được biện pháp { $other }.
error-measure-not-of-kind-hint = Dùng loại khác, hoặc bỏ --kind.
error-conduct-unknown = “{ $value }” không có trong các hành vi của bộ dữ liệu luật.
error-conduct-unknown-hint = Dùng một trong: { $other }.
error-clause-unknown = Bộ dữ liệu luật không biết khoản “{ $value }”.
error-clause-unknown-hint = Viết như “VN Penal Code 174(2)”. Những gì đã biết: { $other }.
error-instrument-unknown = “{ $value }” không có trong các văn kiện của bộ dữ liệu luật.
error-instrument-unknown-hint = Dùng một trong: { $other }.
error-day-unreadable = “{ $value }” không phải ngày nào từ năm 1900 đến 2099.
error-day-unreadable-hint = Viết như 2026-07-01.
error-date-before-instruments = Ngày { $value } chưa có văn kiện nào trong bộ dữ liệu luật.
error-date-before-instruments-hint = Nêu ngày từ { $other } trở đi.
error-pack-unreadable = Không đọc được bộ dữ liệu luật trong { $value }: { $other }.
error-pack-unreadable-hint = Nêu thư mục có pack.toml và instruments/, như docs/law.md mô tả.
error-pack-faulty = Bộ dữ liệu luật có lỗi: { $value }.
error-pack-faulty-hint = Xem từng lỗi bằng “lienket law pack check DIR”.
error-pack-syntax = Không đọc được chỗ này: { $value }.
error-pack-syntax-hint = Viết như { $other } mô tả.
error-pack-unknown-word = “{ $value }” không được biết ở chỗ này.
error-pack-unknown-word-hint = Dùng một trong: { $other }.
error-pack-dangling = “{ $value }” không có trong bộ dữ liệu; “{ $other }” dẫn tới nó.
error-pack-dangling-hint = Thêm vào, hoặc sửa chỗ dẫn.
error-pack-no-source = Dữ kiện “{ $value }” không có nguồn đã đọc: “{ $other }”.
error-pack-no-source-hint = Ghi nguồn trong [sources], hoặc đặt verified = false.
error-pack-date = Ngày “{ $value }” mâu thuẫn với “{ $other }”, hoặc không phải ngày.
error-pack-date-hint = Đọc lại cả hai trong nguồn và sửa ngày sai.
error-pack-figures = Các số của “{ $value }” mâu thuẫn nhau: { $other }.
error-pack-figures-hint = Đọc lại trong nguồn và sửa số sai.
error-pack-duplicate = “{ $value }” có hai lần trong { $other }.
error-pack-duplicate-hint = Giữ một dòng, hoặc ghi điều khác cho dòng kia.
error-pack-too-large = “{ $value }” lớn hơn mức cho phép của bộ dữ liệu ({ $other }).
error-pack-too-large-hint = Rút ngắn, hoặc tách ra.
error-pack-missing-file = Thiếu tệp { $value }.
error-pack-missing-file-hint = Sao chép từ bộ dữ liệu ban đầu.
error-pack-unknown-file = Bộ dữ liệu không có tệp { $value }.
error-pack-unknown-file-hint = Bỏ tệp đó. Ngoài instruments/*.toml có: { $other }.
error-pack-parties = Các bên của “{ $value }” không hợp với loại văn kiện ({ $other }).
error-pack-parties-hint = Hiệp định song phương có đúng hai bên; luật hoặc nguyên tắc của một nước phải ghi nước đó, loại khác thì không.
