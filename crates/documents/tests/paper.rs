//! What stands on paper: every kind, every edition, on every page.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../examples/sample/mod.rs"]
mod sample;

use documents::letter::{Letter, State, Urgency};
use documents::pdf::{Run, pages, pdf};
use documents::{Edition, Fonts, Wording};
use i18n::{Language, text};
use model::country::Country;
use model::request::RequestKind;

/// The edges of the text, in millimetres.
const LEFT: f64 = 30.0;
const RIGHT: f64 = 195.0;
const TOP: f64 = 25.0;
const BOTTOM: f64 = 272.0;
const MIDDLE: f64 = 112.0;

fn printed(letter: &Letter, edition: Edition) -> Vec<Vec<Run>> {
    pages(letter, edition, Fonts::built_in()).unwrap()
}

/// A page's text without spaces, so that it does not matter where lines end.
fn said(page: &[Run]) -> String {
    squeeze(&page.iter().map(|run| run.text.as_str()).collect::<String>())
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What a letter says below its head lines and above its foot lines: all of it, then the left
/// half alone and the right half alone, because a page may end in the middle of both columns.
fn all_said(letter: &Letter, edition: Edition) -> String {
    let runs = printed(letter, edition).concat();
    let body = runs.into_iter().filter(|run| run.base > TOP && run.base < BOTTOM);
    let body: Vec<Run> = body.filter(|run| !is_watermark(run)).collect();
    let half = |is_left: bool| {
        let runs = body.iter().filter(|run| (run.left < MIDDLE) == is_left).cloned();
        said(&runs.collect::<Vec<Run>>())
    };
    format!("{}|{}|{}", said(&body), half(true), half(false))
}

fn has(all: &str, expected: &str) {
    assert!(all.contains(&squeeze(expected)), "{expected:?} is not in {all}");
}

#[test]
fn every_kind_says_everything_in_every_edition() {
    for kind in RequestKind::ALL {
        let letter = sample::letter(kind);
        for edition in Edition::all() {
            let all = all_said(&letter, edition);
            for language in edition.languages() {
                let l = *language;
                has(&all, &text(l, &format!("document-title-{}", kind.id())));
                has(&all, &i18n::country(l, letter.addressee.country));
                let wordings = letter
                    .elements
                    .iter()
                    .flat_map(|element| [&element.label, &element.value])
                    .chain(&letter.undertakings)
                    .chain(&letter.handling.limits)
                    .chain(&letter.gap)
                    .chain(&letter.copies)
                    .chain(letter.bases.iter().map(|basis| &basis.instrument))
                    .chain([&letter.issuer.name, &letter.addressee.name]);
                for wording in wordings {
                    let text = squeeze(wording.given(l).unwrap());
                    let is_there = all.contains(&text) || all.contains(&text.to_uppercase());
                    assert!(is_there, "{kind:?} {edition:?}: {text:?} in {all}");
                }
            }
            for element in &letter.elements {
                element.satisfies.iter().for_each(|by| has(&all, by.given(Language::En).unwrap()));
            }
            for file in &letter.attachments {
                has(&all, &file.name);
                has(&all, &file.sha256.to_string());
            }
            has(&all, &letter.record.unwrap().to_string());
            letter.signatures.iter().for_each(|signature| has(&all, &signature.name));
        }
    }
}

#[test]
fn every_page_has_its_marks_at_top_and_bottom_and_keeps_its_margins() {
    for (name, letter) in sample::all() {
        for edition in Edition::all() {
            let marks = squeeze("TLP:AMBER+STRICT · PAP:AMBER · H1 · H2");
            for (index, page) in printed(&letter, edition).iter().enumerate() {
                let place = format!("{name} {edition:?} page {}", index + 1);
                let part = |inside: &dyn Fn(&Run) -> bool| {
                    said(&page.iter().filter(|run| inside(run)).cloned().collect::<Vec<Run>>())
                };
                let (top, bottom) = (part(&|run| run.base < TOP), part(&|run| run.base > BOTTOM));
                assert!(top.contains(&marks), "{place}: {top}");
                assert!(bottom.contains(&marks), "{place}: {bottom}");
                assert!(bottom.contains(&squeeze(&letter.number)), "{place}: {bottom}");
                // The page's number stands in the top margin, and not on the first page.
                let number = if index > 0 { (index + 1).to_string() } else { String::new() };
                let draft = if letter.state == State::Draft { draft_words(edition) } else { "" };
                assert_eq!(top.replace(&marks, "").replace(&squeeze(draft), ""), number, "{place}");
                for run in page.iter().filter(|run| !is_watermark(run)) {
                    assert!(run.left > LEFT - 0.5 && run.right < RIGHT + 0.5, "{place}: {run:?}");
                }
            }
        }
    }
}

fn draft_words(edition: Edition) -> &'static str {
    match edition {
        Edition::Vietnamese => "DỰ THẢO",
        Edition::English => "DRAFT",
        Edition::Both => "DỰ THẢO · DRAFT",
    }
}

/// The word across the page stands at a slant: it begins low and ends high.
fn is_watermark(run: &Run) -> bool {
    ["DỰ THẢO", "DRAFT", "DỰ THẢO · DRAFT"].contains(&run.text.as_str())
        && run.base > TOP
        && run.base < BOTTOM
}

#[test]
fn a_draft_says_so_across_every_page_and_a_final_letter_nowhere() {
    for edition in Edition::all() {
        let word = draft_words(edition);
        for page in printed(&sample::draft(), edition) {
            assert_eq!(page.iter().filter(|run| is_watermark(run)).count(), 1, "{edition:?}");
            assert_eq!(said(&page).matches(&squeeze(word)).count(), 3, "{edition:?}");
        }
        let all = all_said(&sample::letter(RequestKind::Mla), edition);
        assert!(!all.contains(&squeeze(word)), "{edition:?}");
    }
    let all = all_said(&sample::draft(), Edition::English);
    has(&all, "Lê Thị Ví Dụ, Head of division: not yet approved");
    has(&all, "This request has not been entered");
}

/// Decree 30/2020/ND-CP, Annex I, section II.
#[test]
fn a_letter_from_viet_nam_has_the_form_of_its_decree() {
    let letter = sample::letter(RequestKind::Freeze);
    let pages = printed(&letter, Edition::Vietnamese);
    let first = said(&pages[0]);
    for expected in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BỘ VÍ DỤ",
        "CỤC VÍ DỤ",
        "Số: A05/VN-2026-0001",
        "Hà Nội, ngày 26 tháng 11 năm 2026",
        "V/v yêu cầu ngăn chặn thanh toán, phong tỏa tài sản: vụ VÍ DỤ",
        "HỎA TỐC",
        "Kính gửi: Cơ quan Ví dụ của Thái Lan, Thái Lan",
        "tổ chức xuyên quốc gia;",
        "[chưa kiểm chứng, phải đối chiếu với văn bản gốc].",
    ] {
        has(&first, expected);
    }
    let all = all_said(&letter, Edition::Vietnamese);
    for expected in [
        "Nơi nhận:",
        "- Như trên;",
        "- Văn phòng Ví dụ (để phối hợp);",
        "- Lưu: VT, P0.",
        "KT. CỤC TRƯỞNG PHÓ CỤC TRƯỞNG Nguyễn Văn Ví Dụ",
    ] {
        has(&all, expected);
    }
    // The national title stands on the right half, the agency on the left.
    let at = |text: &str| pages[0].iter().find(|run| run.text == text).unwrap();
    assert!(at("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").left > 95.0);
    assert!(at("CỤC VÍ DỤ").right < 100.0);
    let signer = pages.iter().flatten().find(|run| run.text == "Nguyễn Văn Ví Dụ").unwrap();
    assert!(signer.left > MIDDLE, "{signer:?}");
    // A day or a month is written as the decree says: 05 and 01 and 02, but 3.
    for (day, expected) in [("2026-01-05", "ngày 05 tháng 01"), ("2026-03-31", "ngày 31 tháng 3 ")]
    {
        let mut letter = letter.clone();
        letter.day = documents::letter::Day::parse(day).unwrap();
        has(&all_said(&letter, Edition::Vietnamese), expected);
    }
}

#[test]
fn a_letter_from_elsewhere_has_a_plain_head() {
    for edition in Edition::all() {
        let all = all_said(&sample::foreign(), edition);
        for absent in ["CỘNG HÒA", "SOCIALIST", "Hạnh phúc"] {
            assert!(!all.contains(&squeeze(absent)), "{edition:?} {absent}");
        }
        has(&all, "OAG/TH-2026-0042");
        has(&all, "สมชาย ตัวอย่าง (Somchai Example)");
    }
    assert_eq!(sample::foreign().issuer.country, Country::TH);
}

#[test]
fn each_degree_of_urgency_has_its_stamp() {
    for (urgency, vi, en) in [
        (Urgency::Ordinary, None, None),
        (Urgency::Urgent, Some("KHẨN"), Some("URGENT")),
        (Urgency::VeryUrgent, Some("THƯỢNG KHẨN"), Some("VERY URGENT")),
        (Urgency::Immediate, Some("HỎA TỐC"), Some("IMMEDIATE")),
    ] {
        let mut letter = sample::letter(RequestKind::Mla);
        letter.urgency = urgency;
        for (edition, word) in [(Edition::Vietnamese, vi), (Edition::English, en)] {
            let pages = printed(&letter, edition);
            let stamps = ["KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "URGENT", "VERY URGENT", "IMMEDIATE"];
            let found = pages[0].iter().map(|run| run.text.as_str());
            let found: Vec<&str> = found.filter(|text| stamps.contains(text)).collect();
            assert_eq!(found, word.into_iter().collect::<Vec<&str>>(), "{urgency:?} {edition:?}");
        }
    }
}

#[test]
fn side_by_side_each_paragraph_stands_beside_its_translation() {
    let pages = printed(&sample::long(), Edition::Both);
    assert!(pages.len() >= 20, "{} pages", pages.len());
    let mut pairs = 0;
    for page in &pages {
        for number in 1..=110 {
            let start = format!("({number})");
            let starts: Vec<&Run> =
                page.iter().filter(|run| run.text.starts_with(&start)).collect();
            if let [left, right] = starts.as_slice() {
                assert!((left.base - right.base).abs() < 0.1, "{left:?} {right:?}");
                assert!(left.left < 60.0 && right.left > 110.0, "{left:?} {right:?}");
                pairs += 1;
            }
        }
    }
    assert_eq!(pairs, 110);
}

#[test]
fn a_value_in_one_language_stands_once_in_every_edition() {
    let mut letter = sample::letter(RequestKind::Mla);
    letter.elements[0].value = Wording::only(Language::En, "Only in English zzz");
    letter.elements[1].value = Wording::same("0754 632 131 zzz");
    letter.elements[2].value = Wording::default();
    for edition in Edition::all() {
        let all = all_said(&letter, edition);
        let whole = all.split('|').next().unwrap();
        assert_eq!(whole.matches("zzz").count(), 2, "{edition:?}");
        let empty = edition.languages().iter().map(|l| text(*l, "document-empty"));
        empty.for_each(|empty| has(&all, &empty));
    }
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let letter = sample::letter(RequestKind::Preservation);
    let first = pdf(&letter, Edition::Both, Fonts::built_in()).unwrap();
    pdf(&sample::names(), Edition::English, Fonts::built_in()).unwrap();
    assert_eq!(pdf(&letter, Edition::Both, Fonts::built_in()).unwrap(), first);
    let mut other = letter;
    other.number.push('9');
    assert_ne!(pdf(&other, Edition::Both, Fonts::built_in()).unwrap().bytes, first.bytes);
}

#[test]
fn the_file_says_that_it_is_an_archive_in_its_language() {
    for (edition, language) in [(Edition::Vietnamese, "vi"), (Edition::English, "en")] {
        let letter = sample::letter(RequestKind::Extradition);
        let bytes = pdf(&letter, edition, Fonts::built_in()).unwrap().bytes;
        assert!(bytes.starts_with(b"%PDF-1.7"));
        let file = String::from_utf8_lossy(&bytes);
        for expected in [
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<xmp:CreateDate>2026-11-26T00:00:00",
            "<xmp:CreatorTool>Lienket</xmp:CreatorTool>",
            "/OutputIntents",
            "/Marked true",
        ] {
            assert!(file.contains(expected), "{expected}");
        }
        assert!(
            file.contains(&format!("/Lang({language})"))
                || file.contains(&format!("/Lang ({language})"))
        );
        for absent in ["/JavaScript", "/URI", "/Launch", "/EmbeddedFile"] {
            assert!(!file.contains(absent), "{absent}");
        }
    }
}
