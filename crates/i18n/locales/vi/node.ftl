# Câu chữ của nút: chứng cứ, sự kiện, ghi chú sơ đồ và báo cáo.

evidence-paid-by-victims = { $count } bị hại khai đã chuyển tiền vào đây: { $list } (+{ $points })
evidence-received-traced = nhận { $amount } tiền của bị hại qua { $count } giao dịch: { $list } (+{ $points })
evidence-passed-on = chuyển tiếp qua { $count } giao dịch, lâu nhất sau { $amount }: { $list } (+{ $points })
evidence-paid-alike = thêm { $count } khoản tiền chuyển vào giống như của bị hại nhưng chưa có ai trình báo, người chuyển có thể là bị hại khác: { $list } (+{ $points })
evidence-received-alike = nhận { $amount } từ các tài khoản của đường dây qua { $count } giao dịch chưa có trình báo nào bao quát, được coi là của đường dây vì có dấu hiệu giống: { $list } (+{ $points })
evidence-gathers = { $count } tài khoản của đường dây chuyển tiền vào đây (+{ $points })
evidence-keeps = { $amount } dừng lại ở đây (+{ $points })
evidence-looks = giao dịch { $list } là giao dịch có nhiều dấu hiệu của đường dây nhất; { $amount } (+{ $points })
signs = đạt { $sum } điểm, cần { $least } điểm: { $signs }
sign-new-relation = bên chuyển và bên nhận vốn không giao dịch với nhau
sign-rested = tiền nằm lại { $amount } trước khi chuyển đi
sign-passes-on = bên chuyển đã chuyển tiếp phần lớn số tiền nhận được
sign-keeps-most = bên chuyển giữ lại phần lớn số tiền nhận được
sign-more-than-came = số tiền chuyển đi nhiều hơn số tiền đã biết là nhận được
sign-habit = theo thói quen thường ngày, trong khoảng thời gian đó có khoảng { $amount } giao dịch như vậy
sign-passed-on-whole = bên nhận chuyển tiếp trọn số tiền { $count ->
      [1] trong giao dịch chuyển đi duy nhất
     *[other] trong một trong { $count } giao dịch chuyển đi
    } vào thời gian đó
sign-meets-ring = chuyển tiếp đến một tài khoản của đường dây
sign-also-paid-by = có thêm { $count } tài khoản khác của đường dây chuyển tiền cho cùng bên nhận
sign-mostly-the-rings = phần lớn số tiền bên nhận có được trong thời gian đó là của đường dây
sign-mostly-others = phần lớn số tiền bên nhận có được trong thời gian đó không phải của đường dây
sign-serves-the-public = nhiều người lạ chuyển tiền vào tài khoản này: có thể là tài khoản phục vụ khách hàng
sign-repeated = { $count } giao dịch đến cùng một bên nhận mới
sign-gathers = { $count } tài khoản của đường dây chuyển tiền cho bên nhận này
sign-emptied = số tiền tương đương đã rời tài khoản trong vòng { $count } ngày
sign-not-emptied = số tiền tương đương không rời tài khoản ngay sau đó
sign-near-victims = trong vòng một ngày so với giao dịch mà bị hại đã trình báo
sign-handed-whole = bên chuyển vừa nhận trọn số tiền này từ người lạ ({ $count ->
      [1] khoản nhận duy nhất kể từ đó
     *[other] một trong { $count } khoản nhận kể từ đó
    })
sign-handed-sum = bên chuyển vừa nhận đủ tổng số tiền này từ những người lạ
sign-handed-parts = bên chuyển chia nhỏ số tiền vừa nhận từ người lạ ({ $count ->
      [1] khoản nhận duy nhất kể từ đó
     *[other] một trong { $count } khoản nhận kể từ đó
    })
sign-handed-all = trong những ngày đó bên chuyển đã chuyển tiếp, theo nhiều phần, toàn bộ số tiền do người lạ chuyển đến
sign-feeds = bên nhận chuyển tiếp khoản này trong một giao dịch của đường dây
sign-in-season = nằm trong khoảng thời gian của các đơn tố giác
sign-out-of-season = không nằm trong khoảng thời gian của các đơn tố giác
sign-lives-on-it = ít nhất một nửa số tiền bên nhận có được trong những tuần đó là của đường dây
sign-known-payer = bên chuyển đã được xác định là tài khoản của đường dây
sign-seldom-fits = ít khoản nhận khác của bên nhận có dấu hiệu chuyển tiếp như vậy, nên có thể là ngẫu nhiên
because-kept = tiền nhận được chuyển tiếp gần như trọn vẹn: { $list } ({ $points })
because-kept-not = một phần tiền nhận được không chuyển tiếp: { $list } ({ $points })
because-quick = chuyển tiếp nhanh hơn thói quen của các tài khoản này: { $list } ({ $points })
because-burst = trong thời gian ngắn có nhiều giao dịch hơn bình thường của các tài khoản này: { $list } ({ $points })
because-amounts = số tiền lớn hơn phần lớn giao dịch của chuyên án: { $list } ({ $points })
because-strangers = giữa các tài khoản chưa từng giao dịch với nhau: { $list } ({ $points })
because-strangers-not = một số tài khoản này thường xuyên giao dịch với nhau ({ $points })
because-border = chuyển qua biên giới: { $list } ({ $points })
because-fresh = tài khoản chưa có giao dịch nào trước đó: { $list } ({ $points })
because-form = chính hình dạng dòng tiền, tiền gặp lại nhau hoặc quay về: { $list } ({ $points })
because-complaints = có khoản tiền bị hại đã tố giác: { $list } ({ $points })
because-chance = trừ điểm vì giữa rất nhiều giao dịch có thể ngẫu nhiên tạo thành mẫu hình ({ $points })
because-step = bước { $number }: { $count } giao dịch, tổng cộng { $usd }: { $list }
because-step-unrated = bước { $number }: { $count } giao dịch: { $list }
joined-strong = { $left } và { $right } có cùng { $first }; giá trị loại này thông thường chỉ thuộc về một người
joined-two = { $left } và { $right } có cùng { $first } (xuất hiện trong { $count } bản ghi) và cùng { $second } (trong { $other } bản ghi)
joined-named = { $left } và { $right } có cùng { $first } (xuất hiện trong { $count } bản ghi) và trùng họ tên chủ tài khoản, được ghi là { $second } (trong { $other } bản ghi); chỉ trùng họ tên thì chưa đủ căn cứ
joined-ruled = { $left } và { $right }: { $first } kết luận là cùng một người, lý do: { $second }
entity-import = do nhập tệp { $file }
entity-same = do { $by } kết luận { $left } và { $right } là cùng một người: { $because }
entity-apart = do { $by } kết luận { $left } và { $right } không phải cùng một người: { $because }
list-and-more = { $list } và { $count } mục nữa
duration-minutes = { $count } phút
duration-hours = { $count } giờ
duration-days = { $count } ngày
chart-ring = Đường dây { $ring }
chart-case = Chuyên án { $case }
chart-account = Tài khoản { $account }
chart-note-lifo = Số tiền trên mũi tên: toàn bộ giao dịch được coi là của đường dây, kể cả khi chưa có bị hại trình báo; báo cáo nêu rõ từng loại và truy vết tiền của bị hại theo từng quy tắc.
chart-note-alike = Không vẽ { $count } khoản tiền giống như của bị hại nhưng chưa có ai trình báo.
chart-note-rests = Số tiền còn đọng trong tài khoản chỉ tính tiền từ các đơn tố giác thuộc đường dây này, theo quy tắc vào sau ra trước.
chart-note-overview = Mỗi ô là các tài khoản cùng vai trò của một đường dây; mũi tên chấm dẫn tới đối tượng rửa tiền mà các đường dây dùng chung.
chart-note-account = Mọi giao dịch của tài khoản này, dù khả nghi hay không.
chart-note-left-out = Còn { $count } tài khoản không vẽ.
summary-lost = Thiệt hại theo lời khai
summary-resting = Còn nằm trong tài khoản (ít nhất – nhiều nhất theo các quy tắc)
summary-accounts = Tài khoản của đường dây
summary-complaints = Đơn tố giác
summary-countries = Quốc gia
summary-rings = Đường dây
note-unmatched = { $count } đơn tố giác của chuyên án không khớp giao dịch nào nên không truy vết được.
note-unrated = { $count } đầu giao dịch dùng loại tiền không có tỷ giá nên tính bằng không.
note-drawn = Sơ đồ vẽ riêng tối đa { $count } tài khoản; các tài khoản nhỏ nhất được gộp.
note-ring-only = Mọi số tiền, cả trong sơ đồ và trong bảng, chỉ tính tiền từ các đơn tố giác thuộc đường dây này; các đơn khác của chuyên án không được tính.
event-node-made = tạo nút của { $value }
event-user-added = thêm { $value }
event-case-opened = mở { $value }
event-records-ruled = kết luận về hai bản ghi: { $value }
event-case-closed = đóng { $value }
event-case-reopened = mở lại { $value }
event-looked = tra cứu: { $value }
event-backed-up = yêu cầu sao lưu vào { $value }
event-file-imported = nhập { $value }
event-file-reread = đọc lại { $value } bằng phiên bản mới hơn, số dòng dữ liệu thay đổi
event-card-issued = phát hành thẻ { $value } của cơ quan
event-partner-accepted = chấp nhận thẻ của { $value }
event-partner-followed = nhận thẻ mới của đối tác: { $value }
event-witness-named = nhờ đối tác chứng kiến sổ ghi của mình: { $value }
event-witness-stopped = thôi nhờ đối tác chứng kiến sổ ghi của mình: { $value }
event-witnessed-fork = đối tác đã đưa ra hai lịch sử của một sổ ghi: { $value }
event-partner-stands = quyết định về đối tác: { $value }
event-message-sent = gửi { $value }
event-message-handled = đã xử lý thông điệp { $value }
event-message-erased = hủy nội dung thông điệp { $value }
standing-active = đang hoạt động
standing-suspended = tạm ngừng
standing-revoked = đã thu hồi
event-restored = khôi phục từ bản sao lưu { $value }
