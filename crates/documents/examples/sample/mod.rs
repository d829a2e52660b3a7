//! Invented letters, said to be so on every page, for pictures and tests.
#![allow(dead_code, clippy::unwrap_used, reason = "each user takes a part; a sample is right")]

use documents::letter::{
    Agency, Attachment, Basis, Day, Element, Handling, Letter, Signature, State, Urgency,
};
use documents::{Edition, Wording};
use i18n::Language;
use model::country::Country;
use model::digest::Digest;
use model::request::RequestKind;
use model::time::Timestamp;

/// The word of an edition in file names.
pub(crate) fn word(edition: Edition) -> &'static str {
    match edition {
        Edition::Vietnamese => "vi",
        Edition::English => "en",
        Edition::Both => "both",
    }
}

/// All samples: each kind out of Viet Nam, and special cases.
pub(crate) fn all() -> Vec<(String, Letter)> {
    let kinds = RequestKind::ALL.into_iter();
    let mut all: Vec<(String, Letter)> =
        kinds.map(|kind| (kind.id().to_owned(), letter(kind))).collect();
    all.push(("foreign".to_owned(), foreign()));
    all.push(("draft".to_owned(), draft()));
    all.push(("long".to_owned(), long()));
    all.push(("names".to_owned(), names()));
    all
}

fn b(vi: &str, en: &str) -> Wording {
    Wording::both(vi, en)
}

fn element(label: (&str, &str), value: (&str, &str), by: &[&str]) -> Element {
    Element {
        label: b(label.0, label.1),
        value: b(value.0, value.1),
        satisfies: by.iter().map(|by| Wording::same(*by)).collect(),
    }
}

fn signature(capacity: Option<Wording>, office: (&str, &str), name: &str) -> Signature {
    let approved = Timestamp::parse("2026-11-26T03:12:00Z").unwrap();
    Signature {
        capacity,
        office: b(office.0, office.1),
        name: name.to_owned(),
        approved: Some(approved),
    }
}

/// A request of a kind, from Viet Nam to Thailand.
pub(crate) fn letter(kind: RequestKind) -> Letter {
    let facts = (
        "Từ ngày 03-11-2026 đến ngày 21-11-2026, 26 người tại Việt Nam bị lừa chuyển 1.734.910.000 đồng \
         vào các tài khoản trung gian; một phần tiền được chuyển tiếp sang tài khoản nêu dưới đây. \
         Tình tiết này là VÍ DỤ, không có thật.\nCác tài khoản được mở bằng giấy tờ của người khác.",
        "From 3 to 21 November 2026, 26 people in Viet Nam were deceived into paying 1,734,910,000 VND \
         into mule accounts; part of it was passed on to the account named below. \
         These facts are an EXAMPLE and invented.\nThe accounts were opened with papers of other people.",
    );
    let mut elements = vec![
        element(
            ("Cơ quan yêu cầu", "Requesting authority"),
            (
                "Cục VÍ DỤ, Việt Nam; đầu mối 24/7: +84 00 0000 0000",
                "EXAMPLE Department, Viet Nam; 24/7 contact: +84 00 0000 0000",
            ),
            &["UNTOC 18(15)(a)"],
        ),
        element(("Tóm tắt tình tiết", "Summary of facts"), facts, &["UNTOC 18(15)(c)"]),
    ];
    elements.extend(of_kind(kind));
    Letter {
        state: State::Final,
        kind,
        issuer: Agency {
            superior: Some(b("Bộ Ví dụ", "Ministry of Examples")),
            name: b("Cục Ví dụ", "Example Department"),
            country: Country::VN,
            address: vec![b("Số 0 đường Ví dụ, Hà Nội", "0 Example Street, Ha Noi"), Wording::same("vidu@example.vn")],
            unit: Some("P0".to_owned()),
        },
        number: "A05/VN-2026-0001".to_owned(),
        place: b("Hà Nội", "Ha Noi"),
        day: Day::parse("2026-11-26").unwrap(),
        addressee: Agency {
            superior: None,
            name: b("Cơ quan Ví dụ của Thái Lan", "Example Authority of Thailand"),
            country: Country::TH,
            address: vec![Wording::same("0 Example Road, Bangkok")],
            unit: None,
        },
        subject: Some(b("vụ VÍ DỤ", "EXAMPLE case")),
        urgency: match kind {
            RequestKind::Freeze | RequestKind::ProvisionalArrest => Urgency::Immediate,
            RequestKind::Preservation => Urgency::VeryUrgent,
            RequestKind::Disclosure => Urgency::Urgent,
            _ => Urgency::Ordinary,
        },
        handling: Handling {
            codes: ["TLP:AMBER+STRICT", "PAP:AMBER", "H1", "H2"].map(str::to_owned).to_vec(),
            limits: vec![
                b("H1: phải hỏi cơ quan gửi trước khi dùng làm chứng cứ.", "H1: the sender is to be asked before use in evidence."),
                b("H2: không chuyển tiếp khi chưa được cơ quan gửi cho phép.", "H2: not to be passed on without the sender's permission."),
            ],
        },
        bases: vec![
            Basis {
                instrument: b("Công ước của Liên hợp quốc về chống tội phạm có tổ chức xuyên quốc gia", "the United Nations Convention against Transnational Organized Crime"),
                article: Some("18".to_owned()),
                verified: true,
            },
            Basis {
                instrument: b("Hiệp định Ví dụ giữa Việt Nam và Thái Lan", "the Example Agreement between Viet Nam and Thailand"),
                article: None,
                verified: false,
            },
        ],
        gap: (kind == RequestKind::Preservation).then(|| {
            b(
                "Không có điều ước quốc tế nào giữa hai nước quy định việc bảo quản khẩn cấp dữ liệu; yêu cầu này dựa trên sự hợp tác tự nguyện.",
                "No treaty between the two states provides for expedited preservation; this request relies on voluntary cooperation.",
            )
        }),
        elements,
        undertakings: vec![
            b("Chỉ sử dụng kết quả cho mục đích đã nêu trong yêu cầu này.", "To use the results for the purpose stated in this request alone."),
            b("Bồi thường thiệt hại do việc phong tỏa không đúng gây ra theo quy định của pháp luật Việt Nam.", "To make good damage done by a wrongful freeze as the law of Viet Nam provides."),
        ],
        attachments: vec![
            Attachment { name: "sao-ke-vi-du.csv".to_owned(), sha256: Digest::of(b"example"), size: 5_243_751 },
            Attachment { name: "quyet-dinh-khoi-to-vu-an-vi-du-co-ten-rat-dai-de-thu-xuong-dong.pdf".to_owned(), sha256: Digest::of(b"order"), size: 84_213 },
        ],
        signatures: vec![
            signature(Some(b("KT. Cục trưởng", "For the Director")), ("Phó Cục trưởng", "Deputy Director"), "Nguyễn Văn Ví Dụ"),
        ],
        copies: vec![b("Văn phòng Ví dụ (để phối hợp)", "Example Office (for coordination)")],
        record: Some(Digest::of(kind.id().as_bytes())),
    }
}

fn of_kind(kind: RequestKind) -> Vec<Element> {
    let account =
        ("Tài khoản THB05/1000007041, Ngân hàng Ví dụ", "Account THB05/1000007041, Example Bank");
    match kind {
        RequestKind::Information => vec![
            element(
                ("Thông tin cần cung cấp", "What is asked"),
                (
                    "Chủ tài khoản và sao kê của tài khoản nêu trên.",
                    "The holder and the statement of the account named.",
                ),
                &[],
            ),
            element(
                ("Lý do cho rằng thông tin ở nước được yêu cầu", "Why it is thought to be there"),
                account,
                &[],
            ),
        ],
        RequestKind::SpontaneousInformation => vec![
            element(
                ("Thông tin", "Information"),
                (
                    "Tài khoản THB05/1000007041 nhận tiền của 26 bị hại.",
                    "Account THB05/1000007041 received money of 26 victims.",
                ),
                &["UNTOC 18(4)"],
            ),
            element(("Đề nghị trả lời", "Whether an answer is wished"), ("Có", "Yes"), &[]),
        ],
        RequestKind::Preservation => vec![
            element(
                ("Dữ liệu và tài khoản", "Data and account"),
                ("Nhật ký đăng nhập của vi-du@example.com", "Log-in records of vi-du@example.com"),
                &["Budapest 29(2)(c)"],
            ),
            element(
                ("Thời hạn bảo quản", "Period of preservation"),
                ("60 ngày, đến ngày 25-01-2027", "60 days, until 25 January 2027"),
                &["Budapest 29(7)"],
            ),
            element(
                ("Yêu cầu chính thức tiếp theo", "Formal request to follow"),
                ("Có, trong thời hạn bảo quản", "Yes, within the period of preservation"),
                &["Budapest 29(2)(f)"],
            ),
        ],
        RequestKind::Disclosure => vec![element(
            ("Số tham chiếu bảo quản", "Reference of the preservation"),
            ("A05/VN-2026-0000", "A05/VN-2026-0000"),
            &["Budapest 30"],
        )],
        RequestKind::Freeze => vec![
            element(
                ("Tài khoản hoặc ví", "Account or wallet"),
                (
                    "0x24d6839d7541a11a3952f775fa22f23bf0673f5c",
                    "0x24d6839d7541a11a3952f775fa22f23bf0673f5c",
                ),
                &[],
            ),
            element(("Số tiền", "Amount"), ("12.345,67 USD", "12,345.67 USD"), &[]),
            element(("Hết hạn", "Expiry"), ("29-11-2026 17:00 UTC", "29 Nov 2026 17:00 UTC"), &[]),
        ],
        RequestKind::Mla => vec![
            element(
                ("Biện pháp tương trợ", "Assistance sought"),
                ("Thu thập hồ sơ ngân hàng; lấy lời khai.", "Bank records; taking of statements."),
                &["UNTOC 18(15)(d)"],
            ),
            element(
                ("Mục đích", "Purpose"),
                (
                    "Điều tra tội lừa đảo chiếm đoạt tài sản, Điều 174 Bộ luật Hình sự.",
                    "Investigation of fraudulent appropriation of property, article 174 of the Penal Code.",
                ),
                &["UNTOC 18(15)(f)"],
            ),
        ],
        RequestKind::Extradition => vec![
            element(
                ("Người bị yêu cầu dẫn độ", "Person sought"),
                ("TRẦN VĂN VÍ DỤ, sinh 01-01-1990", "TRAN VAN VI DU, born 1 January 1990"),
                &["UNTOC 16"],
            ),
            element(
                ("Lệnh bắt", "Warrant of arrest"),
                ("Số 00/LB-VÍ DỤ", "No. 00/LB-EXAMPLE"),
                &[],
            ),
        ],
        RequestKind::ProvisionalArrest => vec![element(
            ("Người cần giữ", "Person to be held"),
            ("TRẦN VĂN VÍ DỤ, sinh 01-01-1990", "TRAN VAN VI DU, born 1 January 1990"),
            &["UNTOC 16(9)"],
        )],
        RequestKind::JointInvestigation => vec![
            element(
                ("Các bên", "Parties"),
                (
                    "Cục Ví dụ; Cơ quan Ví dụ của Thái Lan",
                    "Example Department; Example Authority of Thailand",
                ),
                &["UNTOC 19"],
            ),
            element(
                ("Trưởng nhóm, địa điểm, thời hạn", "Leader, place, period"),
                ("Nguyễn Văn Ví Dụ; Hà Nội; 06 tháng", "Nguyen Van Vi Du; Ha Noi; six months"),
                &[],
            ),
        ],
    }
}

/// From another country: a plain letterhead.
pub(crate) fn foreign() -> Letter {
    let mut letter = letter(RequestKind::Mla);
    std::mem::swap(&mut letter.issuer, &mut letter.addressee);
    letter.issuer.superior = Some(b("Bộ Ví dụ Thái Lan", "Ministry of Examples, Thailand"));
    letter.number = "OAG/TH-2026-0042".to_owned();
    letter.place = Wording::same("Bangkok");
    letter.signatures =
        vec![signature(None, ("Giám đốc", "Director"), "สมชาย ตัวอย่าง (Somchai Example)")];
    letter
}

/// Not approved yet, one signature of two, no record.
pub(crate) fn draft() -> Letter {
    let mut letter = letter(RequestKind::Preservation);
    letter.state = State::Draft;
    letter.record = None;
    letter.signatures.push(signature(None, ("Trưởng phòng", "Head of division"), "Lê Thị Ví Dụ"));
    for signature in letter.signatures.iter_mut().skip(1) {
        signature.approved = None;
    }
    letter
}

/// Some twenty pages: long facts, many elements and files, values in one language alone.
pub(crate) fn long() -> Letter {
    let mut letter = letter(RequestKind::Mla);
    let line =
        "Bị hại VÍ DỤ chuyển tiền vào tài khoản trung gian theo lời của người tự xưng là cán bộ. ";
    let english = "An EXAMPLE victim paid into a mule account as told by somebody who claimed to be an officer. ";
    let (vi, en): (Vec<String>, Vec<String>) = (1..=110)
        .map(|n| (format!("({n}) {}", line.repeat(2)), format!("({n}) {}", english.repeat(2))))
        .unzip();
    letter.elements[1].value = Wording::both(vi.join("\n"), en.join("\n"));
    for number in 1..=25 {
        letter.elements.push(Element {
            label: Wording::both(
                format!("Tài khoản thứ {number}"),
                format!("Account number {number}"),
            ),
            value: Wording::only(
                Language::En,
                format!(
                    "TRON wallet TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeB{number}, known as {}",
                    "https://example.com/".repeat(6)
                ),
            ),
            satisfies: vec![Wording::same("UNTOC 18(15)(e)")],
        });
    }
    for number in 1..=40_u64 {
        letter.attachments.push(Attachment {
            name: format!("phu-luc-{number:02}.pdf"),
            sha256: Digest::of(&number.to_be_bytes()),
            size: number * 977_321,
        });
    }
    letter
}

/// Names of neighbours, and characters that no built-in font has.
pub(crate) fn names() -> Letter {
    let mut letter = letter(RequestKind::Information);
    for (vi, en, name) in [
        ("Tên tiếng Thái", "Thai name", "นายสมชาย ใจดี และ นางสาวน้ำฝน รุ่งเรืองวัฒนากุล กรุงเทพมหานคร"),
        (
            "Tên tiếng Khmer",
            "Khmer name",
            "លោក សុខ សាន្ត និង លោកស្រី ចាន់ ស្រីនាង រាជធានីភ្នំពេញ ព្រះរាជាណាចក្រកម្ពុជា",
        ),
        ("Tên tiếng Trung", "Chinese name", "李小龙 (Li Xiaolong)"),
        ("Ký tự ẩn", "Hidden characters", "0754\u{202E}131\u{200B}632\0 \u{1F600}"),
        (
            "Tiếng Nga, Hy Lạp, Do Thái",
            "Russian, Greek, Hebrew",
            "Иван Петров, Ελένη Παπαδοπούλου, דוד כהן",
        ),
    ] {
        letter.elements.push(Element {
            label: b(vi, en),
            value: Wording::same(name),
            satisfies: vec![],
        });
    }
    letter
}
