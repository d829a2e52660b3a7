# Danh bạ cơ quan có thẩm quyền: lệnh, mục, điểm còn nghi vấn, từ chối.

help-directory = Cơ quan có thẩm quyền và đầu mối liên lạc, mỗi mục có nguồn và độ mới
help-directory-import = Nhập bảng cơ quan vào danh bạ riêng của đơn vị
help-directory-import-file = Bảng dữ liệu, .csv hoặc .xlsx
help-directory-import-map = Tệp gồm các dòng “trường = tên cột”
help-directory-import-whole = Tệp là toàn bộ thông tin về các nước có trong đó: mục nào không có trong tệp sẽ bị rút
help-directory-import-dry-run = Chỉ xem, không thay đổi gì
help-directory-list = Cơ quan nào có thẩm quyền, theo điều nào; phần của bộ dữ liệu luật không cần nút
help-directory-list-country = Cơ quan của nước nào; không nêu thì là tất cả
help-directory-list-from = Đối với nước yêu cầu nào
help-directory-list-measure = Có thẩm quyền về biện pháp này
help-directory-list-kind = Có thẩm quyền về các biện pháp của loại yêu cầu này
help-directory-list-on = Vào ngày nào; không nêu thì là hôm nay
help-directory-show = Toàn bộ thông tin về một cơ quan và những thay đổi của mục đó
help-directory-show-id = Mã của cơ quan
help-directory-confirm = Ghi nhận đã kiểm tra lại và kiểm tra ở đâu: mục được coi là mới kể từ ngày đó
help-directory-confirm-id = Mã của cơ quan
help-directory-confirm-source = Tra cứu ở đâu, hoặc ai cho biết
help-directory-confirm-on = Vào ngày nào; không nêu thì là hôm nay
help-directory-remove = Bỏ một mục khỏi danh bạ riêng của đơn vị
help-directory-remove-id = Mã của cơ quan
help-directory-remove-because = Lý do
help-request-show-addressee = Gửi ai: mã trong danh bạ hoặc tên

kind-authorities = danh bạ cơ quan
authority-role-central-authority = cơ quan trung ương
authority-role-contact-point-24-7 = đầu mối liên lạc 24/7
authority-role-fiu = đơn vị tình báo tài chính
authority-role-prosecution = cơ quan công tố
authority-role-ministry = bộ
authority-role-police = cảnh sát
channel-direct = trực tiếp giữa các cơ quan
channel-diplomatic = qua bộ ngoại giao

directory-who = { $country } · { $role }
directory-local = Tên tự gọi: { $name }
directory-for = Biện pháp: { $measures }
directory-for-nothing = Chưa ai nêu biện pháp: không yêu cầu nào được tự động gửi tới cơ quan này.
directory-article = Căn cứ: { $title }, Điều { $article }
directory-instrument = Căn cứ: { $title }; chưa đọc số điều
directory-channel = Kênh gửi: { $channel }
directory-languages = Ngôn ngữ: { $languages }
directory-reached = { $text }
directory-source = Nguồn: { $source } · tính đến { $day }
directory-file = Nhập từ { $file }, dòng { $row }
directory-confirmed = { $by } xác nhận lúc { $at }; nguồn đọc đầu tiên: { $first }
directory-caveat = Lưu ý: { $caveat }
directory-unverified = Chưa ai xác minh trong nguồn. Hỏi lại rồi dùng: lienket directory confirm { $id } --source NGUỒN
directory-applies-check = Chưa ai xác minh căn cứ này có hiệu lực ở đây vào ngày này.
directory-applies-no = Căn cứ này không có hiệu lực vào ngày này.
directory-stale = Đã cũ: đọc cách đây { $days } ngày. Hỏi lại rồi dùng: lienket directory confirm { $id } --source NGUỒN
directory-contradicts = Mục khác nói khác về cơ quan này: { $ids }
directory-gone = Mục này đã bị bỏ; nội dung cũ ở dưới.
directory-before = Trước đó:
directory-did-added = thêm
directory-did-replaced = thay bằng tệp mới hơn
directory-did-withdrawn = rút theo tệp không còn mục này
directory-did-removed = bỏ
directory-did-confirmed = xác nhận
directory-now = Danh bạ riêng của đơn vị có { $entries } mục; { $replaced } mục được thay bằng mục mới hơn, { $withdrawn } mục bị rút.
directory-would = Chưa thay đổi gì. Danh bạ riêng của đơn vị sẽ có { $entries } mục; { $replaced } mục sẽ được thay bằng mục mới hơn, { $withdrawn } mục sẽ bị rút.
directory-none-of = Không nguồn nào nêu cơ quan có thẩm quyền của { $country } về việc này. Hỏi cơ quan đại diện của nước đó, văn phòng INTERPOL hoặc danh bạ của ban thư ký công ước, rồi nhập câu trả lời: lienket directory import TỆP (docs/directory.vi.md).
directory-none = Không nguồn nào nêu cơ quan có thẩm quyền về việc này. Hỏi các nước liên quan rồi nhập câu trả lời: lienket directory import TỆP (docs/directory.vi.md).

event-directory-imported = nhập tệp vào danh bạ: { $value }
event-directory-confirmed = xác nhận một cơ quan: { $value }
event-directory-removed = bỏ một cơ quan khỏi danh bạ: { $value }

document-authority-doubt = phải hỏi lại

law-page-authorities = Cơ quan có thẩm quyền
law-page-authorities-none = Không nguồn nào nêu cơ quan có thẩm quyền về việc này.

law-pack-authorities = Nói khác về { $count } cơ quan; công văn có thể được gửi tới nơi khác:

request-addressee = Gửi: { $name } [{ $id }], tính đến { $day }
request-addressee-said = Gửi: { $name }, theo cán bộ nêu
request-warning-authority-unknown = Không nguồn nào nêu cơ quan có thẩm quyền của { $value }. Ghi tên (requested_authority=…) hoặc nhập bằng “lienket directory import”.
request-warning-authority-several = Có thể là nhiều cơ quan: { $value }. Ghi rõ cơ quan nào (requested_authority=…).
request-warning-authority-stale = Cơ quan có thẩm quyền được tra cứu cách đây hơn một năm: { $value }. Hỏi lại rồi xác nhận bằng “lienket directory confirm”.
request-warning-authority-unverified = Chưa ai xác minh cơ quan có thẩm quyền: { $value }. Hỏi lại rồi xác nhận bằng “lienket directory confirm”.
request-warning-authority-differs = Danh bạ riêng của đơn vị nêu cơ quan khác với bộ dữ liệu luật, trong đó có: { $value }.
request-warning-authority-contradicted = Các mục trong danh bạ mâu thuẫn nhau: { $value }. Xem bằng “lienket directory show”.

error-authority-not-found = Không có cơ quan nào mang mã “{ $value }”.
error-authority-not-found-hint = “lienket directory list” liệt kê mọi mã.
error-authority-of-pack = “{ $value }” là mục của bộ dữ liệu luật, không thuộc danh bạ riêng của đơn vị.
error-authority-of-pack-hint = Nhập thông tin đơn vị biết rõ hơn: mục riêng được ưu tiên hơn mục của bộ dữ liệu.
error-bad-source = Nguồn để trống hoặc dài quá 500 ký tự.
error-bad-source-hint = Ghi một dòng: tra cứu ở đâu hoặc ai cho biết, ví dụ số công văn, trang, cuộc gọi và ngày.
error-bad-confirmation-day = Ngày { $value } không thể xác nhận thông tin tính đến { $other }.
error-bad-confirmation-day-hint = Nêu ngày đã đến và không sớm hơn ngày đã biết.
error-directory-not-a-case = Danh bạ cơ quan không phải là bản ghi của chuyên án.
error-directory-not-a-case-hint = Nhập bằng “lienket directory import TỆP”.

reason-authority-role-unknown = “{ $value }” không phải là vai trò của cơ quan. Viết central_authority, contact_point_24_7, fiu, prosecution, ministry hoặc police.
reason-authority-name-missing = Cơ quan không có tên tiếng Anh. Ghi tên mà cơ quan đó tự dùng.
reason-source-missing = Không nêu đã đọc ở đâu hoặc ai cho biết. Không có nguồn thì không vào danh bạ.
reason-day-unreadable = “{ $value }” không phải là ngày, tháng hoặc năm. Viết dạng 2026-07-01, 2026-07 hoặc 2026.
reason-measure-word-unknown = “{ $value }” không phải là biện pháp hoặc loại yêu cầu nên bị bỏ qua. Xem danh sách trong docs/directory.vi.md.
reason-measures-missing = Dòng này không nêu biện pháp: không yêu cầu nào được tự động gửi tới cơ quan này.
reason-language-unreadable = “{ $value }” không phải là mã ngôn ngữ nên bị bỏ qua. Viết hai hoặc ba chữ cái theo ISO 639, ví dụ vi hoặc en.
reason-channel-unknown = “{ $value }” không phải là kênh gửi đã biết nên bị bỏ qua. Viết direct hoặc diplomatic.
reason-yes-or-no-unreadable = “{ $value }” không phải có hoặc không; được coi là không.
reason-as-of-in-future = Ngày “{ $value }” chưa đến theo đồng hồ của máy này. Kiểm tra lại năm.
reason-newer-entry-held = Đã có mục mới hơn về cơ quan này ({ $value }). Mục mới hơn được giữ.
reason-too-many-entries = Danh bạ không còn chỗ cho “{ $value }” và các mục sau: tối đa 2.000 mục. Bỏ bớt mục không cần.
reason-nothing-withdrawn = Có dòng bị loại ({ $value }) nên không rút mục nào: sửa các dòng đó rồi nhập lại tệp.
