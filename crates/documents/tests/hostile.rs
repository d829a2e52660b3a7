//! What comes from outside prints literally and harmlessly, whatever it is.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../examples/sample/mod.rs"]
mod sample;

use documents::docx::docx;
use documents::letter::{Letter, MAX_ENTRIES, MAX_TEXT};
use documents::pdf::{pages, pdf};
use documents::{DocumentError, Edition, Fonts, Warning, Wording};
use model::request::RequestKind;
use proptest::prelude::*;

fn with_value(value: &str) -> Letter {
    let mut letter = sample::letter(RequestKind::Information);
    letter.elements.truncate(1);
    letter.elements[0].value = Wording::same(value);
    letter
}

fn printed(letter: &Letter) -> String {
    let runs = pages(letter, Edition::English, Fonts::built_in()).unwrap().concat();
    squeeze(&runs.iter().map(|run| run.text.as_str()).collect::<String>())
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn markup_is_not_obeyed() {
    for value in [
        "#read(\"/etc/passwd\")",
        "#import \"@preview/x:1.0.0\": *",
        "#panic(\"x\") #sys.inputs #eval(\"1+1\")",
        "$x^2$ $ sum_(i=1)^n $",
        "\\u{41} \\ \\\\ \\n",
        "*bold* _italic_ `code` ```raw```",
        "= Heading == x - item + item / term: x",
        "<label> @reference ~ -- --- ... 'single' \"double\"",
        "// comment /* comment */ https://example.com/x?y=z&w#f",
        "#{ #[ ] } { } [ ] ( ) #",
        "<script>alert(1)</script> &amp; &lt; ]]> <!-- --> <?xml?>",
        "{ $issuer } { addressee } {{ }} %s %n ${x} $(x) `x`",
    ] {
        let found = printed(&with_value(value));
        assert!(found.contains(&squeeze(value)), "{value}: {found}");
    }
}

#[test]
fn every_text_of_a_letter_is_held_to_it() {
    let evil = "#read(\"/etc/passwd\")$x$\\*a*";
    let mut letter = sample::letter(RequestKind::Mla);
    letter.number = evil.to_owned();
    for text in [&mut letter.place, &mut letter.issuer.name, &mut letter.addressee.name] {
        *text = Wording::same(evil);
    }
    letter.subject = Some(Wording::same(evil));
    letter.gap = Some(Wording::same(evil));
    letter.issuer.superior = Some(Wording::same(evil));
    letter.issuer.unit = Some(evil.to_owned());
    letter.issuer.address = vec![Wording::same(evil)];
    letter.addressee.address = vec![Wording::same(evil)];
    letter.handling.codes = vec![evil.to_owned()];
    letter.handling.limits = vec![Wording::same(evil)];
    letter.undertakings = vec![Wording::same(evil)];
    letter.copies = vec![Wording::same(evil)];
    letter.bases[0].instrument = Wording::same(evil);
    letter.bases[0].article = Some(evil.to_owned());
    letter.elements[0].label = Wording::same(evil);
    letter.elements[0].satisfies = vec![Wording::same(evil)];
    letter.attachments[0].name = evil.to_owned();
    letter.signatures[0].name = evil.to_owned();
    letter.signatures[0].office = Wording::same(evil);
    letter.signatures[0].capacity = Some(Wording::same(evil));
    let found = printed(&letter).to_lowercase();
    assert!(found.matches(evil).count() >= 25, "{}: {found}", found.matches(evil).count());
    assert!(!found.contains("root:"), "{found}");
    for edition in Edition::all() {
        pdf(&letter, edition, Fonts::built_in()).unwrap();
        docx(&letter, edition).unwrap();
    }
}

#[test]
fn controls_and_reversals_are_shown_and_named() {
    let letter = with_value("0754\u{202E}131\0\u{7}\u{1B}[31m\u{2066}x\u{FEFF}");
    let found = printed(&letter);
    let shown = "0754[U+202E]131[U+0000][U+0007][U+001B][31m[U+2066]x[U+FEFF]";
    assert!(found.contains(shown), "{found}");
    let invisible =
        Warning::Invisible(vec!['\0', '\u{7}', '\u{1B}', '\u{202E}', '\u{2066}', '\u{FEFF}']);
    for paper in [
        pdf(&letter, Edition::Both, Fonts::built_in()).unwrap(),
        docx(&letter, Edition::Both).unwrap(),
    ] {
        assert_eq!(paper.warnings, std::slice::from_ref(&invisible));
    }
}

#[test]
fn what_no_font_has_is_named_and_never_a_box() {
    let letter = with_value("李小龙 \u{1F600} 김 नमस्ते");
    let paper = pdf(&letter, Edition::English, Fonts::built_in()).unwrap();
    let [Warning::NoGlyph(missing)] = paper.warnings.as_slice() else {
        panic!("{:?}", paper.warnings)
    };
    for c in "李小龙\u{1F600}김नमस".chars() {
        assert!(missing.contains(&c), "{c}");
    }
    assert!(printed(&letter).contains("[U+674E][U+5C0F][U+9F99]"));
    // A reader's own machine has other fonts: there the characters are themselves.
    assert_eq!(docx(&letter, Edition::English).unwrap().warnings, []);
    assert_eq!(
        pdf(&with_value("Tiếng Việt"), Edition::Both, Fonts::built_in()).unwrap().warnings,
        []
    );
}

#[test]
fn very_long_values_print_whole_within_the_margins() {
    let words = "một hai ba bốn năm ".repeat(4_500);
    let word = "0123456789abcdef".repeat(6_400);
    for value in [words, word, "W".repeat(3_000), "\u{E01}".repeat(3_000)] {
        let letter = with_value(&value);
        let pages = pages(&letter, Edition::English, Fonts::built_in()).unwrap();
        let all: String = pages
            .iter()
            .flatten()
            .filter(|run| run.base > 25.0 && run.base < 272.0)
            .map(|run| run.text.as_str())
            .collect();
        assert!(squeeze(&all).contains(&squeeze(&value)), "{} pages", pages.len());
        for run in pages.iter().flatten() {
            assert!(run.right < 195.5, "{run:?}");
        }
    }
}

#[test]
fn what_is_beyond_all_measure_is_refused() {
    let refused = |letter: &Letter| {
        let error = pdf(letter, Edition::English, Fonts::built_in()).unwrap_err();
        assert_eq!(docx(letter, Edition::English).unwrap_err(), error);
        error
    };
    let bytes = MAX_TEXT + 1;
    let error = refused(&with_value(&"x".repeat(bytes)));
    assert_eq!(error, DocumentError::TooLong { what: "elements", bytes, limit: MAX_TEXT });
    let error = refused(&with_value(&"x\n".repeat(5_000)));
    assert_eq!(error, DocumentError::TooMany { what: "lines", count: 5_001 });
    let mut letter = with_value("x");
    letter.elements = vec![letter.elements[0].clone(); MAX_ENTRIES + 1];
    let count = MAX_ENTRIES + 1;
    assert_eq!(refused(&letter), DocumentError::TooMany { what: "elements", count });
    let mut letter = with_value("x");
    letter.number = "9".repeat(400);
    assert!(matches!(refused(&letter), DocumentError::TooLong { what: "number", .. }));
    let mut letter = with_value("x");
    letter.signatures[0].name = "9".repeat(700);
    assert!(matches!(refused(&letter), DocumentError::TooLong { what: "signatures", .. }));
    let mut letter = with_value("x");
    letter.elements = vec![letter.elements[0].clone(); 20];
    letter.elements.iter_mut().for_each(|e| e.value = Wording::same("x".repeat(MAX_TEXT / 2)));
    assert!(matches!(refused(&letter), DocumentError::TooLong { what: "letter", .. }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever text comes, there is a paper, and it is an archive.
    #[test]
    fn any_text_at_all_can_be_printed(
        value in any::<String>(), name in "\\PC{0,40}", marks in "[\u{E00}-\u{E7F}\u{1780}-\u{17FF}\u{300}-\u{36F}\u{900}-\u{97F}\u{5D0}-\u{64F} a\n]{0,80}"
    ) {
        let mut letter = with_value(&value);
        letter.addressee.name = Wording::same(name);
        letter.elements.push(letter.elements[0].clone());
        letter.elements[1].value = Wording::same(marks);
        for edition in [Edition::English, Edition::Both] {
            let paper = pdf(&letter, edition, Fonts::built_in());
            prop_assert!(paper.is_ok(), "{:?}", paper.err());
            prop_assert!(docx(&letter, edition).is_ok());
        }
    }
}
