# Gói chứng cứ cho toà án: tệp README và các câu của trình kiểm tra.

verify-usage = Cách dùng: lienket-verify [--json] [--lang vi|en] TỆP-GÓI…
verify-valid = hợp lệ: mọi thứ trong gói này đã được kiểm tra và đều đúng
verify-not-valid = KHÔNG HỢP LỆ: xem các dòng đánh dấu !
verify-readme =
    ĐÂY LÀ GÌ

    Tệp lưu trữ này trình bày các thông điệp mà cơ quan của các nước gửi cho nhau bằng Lienket và việc
    gì đã xảy ra với chúng. Mỗi thông điệp do bên gửi ký. Bên gửi và bên nhận mỗi bên giữ một sổ ghi
    chỉ có thể dài thêm; bên này đã ký vào sổ của bên kia. Vì vậy không bên nào có thể chối bỏ một
    thông điệp, bỏ sót, đổi chỗ hay lùi ngày của nó mà chữ ký của bên kia không phủ nhận.

    CÁC TỆP NẰM Ở ĐÂU

    cards          các cơ quan là ai và khoá nào là của họ
    messages       N.envelope: thông điệp đã niêm phong và ký, đúng như khi gửi
                   N.content: nội dung đã mở; có thể không có nếu nội dung là bí mật
    attachments    các tệp gửi kèm thông điệp, đã mở
    receipts       điều mà nút hoặc cán bộ của bên nhận xác nhận về thông điệp, có chữ ký
    records        đầu của mỗi sổ ghi, do bên viết ký và bên đọc ký đối chứng; mỗi ngày
                   một lần cả hai ký thêm bằng khoá mà máy tính lượng tử không phá được
    proofs         mỗi thông điệp và mỗi biên nhận nằm ở đâu trong sổ ghi
    bundle.txt     SHA-256 của mọi tệp khác; lệnh "sha256sum -c bundle.txt" kiểm tra chúng

    CÁCH KIỂM TRA

    1. Lấy trình kiểm tra từ nơi phát hành, không lấy từ người đưa cho bạn tệp này. Có hai trình,
       được viết độc lập với nhau; hãy dùng cả hai:
         lienket-verify --lang vi TỆP-NÀY.zip
         python3 verify.py TỆP-NÀY.zip
       Chúng không cần mạng và không hỏi ai. Chỉ cần Python 3.11, không cần gói nào thêm.
    2. Đưa cho chúng nguyên tệp này, không giải nén. Gói hợp lệ khi cả hai đều nói như vậy; khi đó mỗi
       dòng chúng in ra đều được chứng minh. Chỉ một bit bị đổi ở bất cứ đâu cũng làm gói không hợp lệ.
    3. So mười hai từ (hoặc số 64 chữ số) mà trình kiểm tra nêu cho mỗi cơ quan với điều chính cơ quan
       đó nói với bạn. Đây là điều duy nhất mà không chương trình nào kiểm tra được.

    Thời gian trong tệp này là theo đồng hồ của hai cơ quan. Cả hai trình kiểm tra được
    công bố kèm mã nguồn: verify.py là một tệp văn bản mà ai cũng đọc được.

verify-archive-disk = Không đọc được tệp: { $value }
verify-archive-form = Đây không phải là gói chứng cứ, hoặc nó đã bị thay đổi: byte ở vị trí { $value } không đúng như phải có.
verify-archive-checksum = Tệp { $value } trong gói đã bị thay đổi: các byte không khớp với tổng kiểm tra.
verify-archive-many = Gói có hơn { $value } tệp.
verify-archive-twice = Tệp { $value } có hai lần trong gói.
verify-archive-name = Tên { $value } không thể có trong gói.
verify-archive-size = Tệp { $value } lớn hơn hoặc nhỏ hơn mức mà tệp loại này có thể có.

verify-list-form = Danh sách bundle.txt không được viết đúng cách.
verify-list-unnamed = Tệp { $file } có trong gói nhưng không có trong danh sách bundle.txt.
verify-list-differs = Tệp { $file } không phải là tệp mà danh sách bundle.txt nêu.
verify-list-absent = Tệp { $file } có trong danh sách bundle.txt nhưng không có trong gói.
verify-file-missing = Thiếu tệp { $file }.
verify-file-unknown = Tệp { $file } không có chỗ trong gói chứng cứ.
verify-file-alone = Tệp { $file } không thuộc về điều nào mà gói này chứng minh.
verify-file-name = Tệp { $file } nói về thứ khác với tên của nó.
verify-nothing = Gói này không có thông điệp nào.

verify-card-shape = Tệp { $file } không phải là thẻ cơ quan.
verify-card-signature = Thẻ { $file } không có đủ chữ ký của cả hai khoá gốc.
verify-card-chain = Thẻ { $file } không nối tiếp thẻ trước nó.
verify-agency-unknown = Tệp { $file } nêu một cơ quan mà thẻ bị thiếu hoặc không đúng.
verify-signer-unknown = Chữ ký của { $agency } trên { $what } không đúng: không khoá nào trên các thẻ của cơ quan này tạo ra nó.
verify-signer-untimely = Khoá của { $agency } đã ký { $what } không được dùng vào thời điểm đó.
verify-signer-revoked = Khoá của { $agency } đã ký { $what } khi ấy đã bị thu hồi.

verify-envelope-shape = Tệp { $file } không phải là thông điệp, hoặc phần niêm phong không phải là phần đã ký.
verify-content-other = Nội dung { $file } không phải là nội dung đã ký.
verify-content-shape = Không đọc được nội dung { $file }, dù đó là nội dung đã ký.
verify-attachment-other = Tệp { $file } không phải là tệp đã niêm phong.
verify-receipt-shape = Tệp { $file } không phải là biên nhận.
verify-receipt-other = Biên nhận { $file } nói về những byte khác, hoặc giữa các cơ quan khác, so với thông điệp trong gói này.
verify-checkpoint-shape = Tệp { $file } không phải là đầu sổ ghi.
verify-checkpoint-alone = Đầu sổ ghi { $file } chưa được bên đọc ký đối chứng.
verify-daily-wrong = Chữ ký hậu lượng tử (ML-DSA-44) của { $agency } dưới { $what } không đúng.
verify-proof-shape = Tệp { $file } không phải là bằng chứng về vị trí.
verify-proof-other = Bằng chứng { $file } nói về sổ khác, độ dài khác hoặc vị trí khác.
verify-proof-fails = Bằng chứng không đúng: { $what } không nằm trong sổ ghi ở vị trí đó.
verify-proof-before = Phần sổ ghi đứng trước { $what } không phải là phần mà chính thông điệp nêu.

verify-what-message = thông điệp { $id }
verify-what-receipt = biên nhận “{ $kind }” cho thông điệp { $id }
verify-what-record = sổ ghi của { $writer } dành cho { $reader }
verify-what-cosignature = chữ ký đối chứng dưới { $what }
verify-what-daily = đầu sổ hằng ngày của { $what }
verify-no-limits = không có

verify-claim-agency = { $agency } có số { $id }. { $cards } thẻ của cơ quan này nối tiếp nhau và do các khoá gốc của cơ quan ký. Hãy so mười hai từ sau với các từ mà cơ quan đó nói với bạn: { $words }.
verify-claim-message = Thông điệp { $id } ngày { $at } do { $from } niêm phong và ký để gửi { $to }.
verify-claim-leaf = Trong sổ ghi của { $writer } dành cho { $reader }, { $what } là lá số { $index } (đếm từ 0); { $reader } đã ký đối chứng sổ đó lúc { $at } khi sổ có { $size } lá.
verify-claim-daily = { $agency } đã ký { $record } bằng cả khoá hậu lượng tử (ML-DSA-44) lúc { $at }, khi sổ có { $size } lá.
verify-claim-witness = { $agency } đã thấy { $record } lúc { $at } với tư cách bên chứng kiến, khi sổ có { $size } lá (ML-DSA-44).
verify-claim-accepted = Nút của { $agency } xác nhận lúc { $at } rằng nó đang giữ thông điệp { $id }.
verify-claim-rejected = Nút của { $agency } từ chối thông điệp { $id } lúc { $at }; mã { $code }; lời: { $text }
verify-claim-opened = { $agency } xác nhận lúc { $at } rằng thông điệp { $id } đã được mở tại đó; người mở: { $text }
verify-claim-handled = { $agency } xác nhận lúc { $at } rằng thông điệp { $id } đã được giải quyết; trả lời: { $text }
verify-claim-closed = Nội dung của { $what } không có trong gói này; điều đã chứng minh vẫn đúng khi không có nó.
verify-claim-content = Nội dung trong gói này là nội dung đã ký ({ $what }): loại { $kind }, xử lý { $tlp }, { $pap }, giới hạn sử dụng { $limits }; mục đích: { $purpose }; căn cứ: { $basis }.
verify-claim-limit = Giới hạn H3 ghi: { $text }
verify-claim-retain = Bên nhận phải huỷ nội dung trước { $at }.
verify-claim-text = Nguyên văn: { $text }
verify-claim-bytes = Phần thân có { $size } byte không phải là chữ; SHA-256 { $digest }.
verify-claim-attachment = Tệp kèm { $file }, { $size } byte, đúng là tệp đã niêm phong.
verify-claim-attachment-absent = Tệp kèm { $file }, { $size } byte, đã được gửi kèm thông điệp và không có trong gói này.
