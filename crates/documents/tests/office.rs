//! A letter as DOCX: the same words, in files that an office program reads.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../examples/sample/mod.rs"]
mod sample;

use std::io::{Cursor, Read};

use documents::docx::docx;
use documents::letter::Letter;
use documents::pdf::pages;
use documents::{Edition, Fonts, Wording};
use model::request::RequestKind;

/// The parts of a file: its names and texts.
fn parts(letter: &Letter, edition: Edition) -> Vec<(String, String)> {
    let bytes = docx(letter, edition).unwrap().bytes;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut text = String::new();
        if file.name().ends_with(".xml") && file.read_to_string(&mut text).is_ok() {
            parts.push((file.name().to_owned(), text));
        }
    }
    parts
}

/// The words between the marks of a part.
fn words(xml: &str) -> String {
    let texts = xml
        .split("<w:t ")
        .skip(1)
        .filter_map(|rest| rest.split_once('>')?.1.split("</w:t>").next());
    let text: String = texts.collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&apos;", "'").replace("&amp;", "&")
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn body(letter: &Letter, edition: Edition) -> String {
    let parts = parts(letter, edition);
    words(&parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1)
}

#[test]
fn every_word_of_the_pdf_is_in_it() {
    for (name, letter) in sample::all() {
        for edition in Edition::all() {
            let all: String = parts(&letter, edition).iter().map(|(_, xml)| words(xml)).collect();
            let all = squeeze(&all).to_uppercase();
            if name == "names" {
                // What the PDF spells out for want of a font is itself here.
                assert!(all.contains("李小龙(LIXIAOLONG)") && all.contains("[U+202E]"), "{all}");
                continue;
            }
            let runs = pages(&letter, edition, Fonts::built_in()).unwrap().concat();
            // A page's number is a field here.
            for run in runs.iter().filter(|run| run.text.parse::<u32>().is_err()) {
                let text = squeeze(&run.text).to_uppercase();
                assert!(all.contains(&text), "{name} {edition:?}: {:?}", run.text);
            }
        }
    }
}

#[test]
fn handling_stands_in_all_heads_and_feet_and_a_draft_says_so() {
    for edition in Edition::all() {
        for (letter, is_draft) in
            [(sample::letter(RequestKind::Mla), false), (sample::draft(), true)]
        {
            let mut found = 0;
            for (name, xml) in parts(&letter, edition) {
                if name.starts_with("word/header") || name.starts_with("word/footer") {
                    let words = words(&xml);
                    assert!(words.contains("TLP:AMBER+STRICT · PAP:AMBER"), "{name}: {words}");
                    let says = words.contains("DỰ THẢO") || words.contains("DRAFT");
                    assert_eq!(says, is_draft, "{name}: {words}");
                    found += 1;
                }
            }
            assert_eq!(found, 4, "heads and feet of the first page and of the others");
        }
    }
}

#[test]
fn markup_in_a_value_is_text() {
    let evil = "</w:t></w:r><w:p/> & <!-- ]]> \"x\" 'y' \u{1F600} 李 &amp; {MERGEFIELD x}";
    let mut letter = sample::letter(RequestKind::Information);
    letter.elements[0].value = Wording::same(evil);
    letter.attachments[0].name = evil.to_owned();
    letter.signatures[0].name = evil.to_owned();
    letter.handling.codes = vec![evil.to_owned()];
    letter.number = evil.to_owned();
    for edition in Edition::all() {
        let found = body(&letter, edition);
        assert!(found.matches(evil).count() >= 4, "{found}");
        for (name, xml) in parts(&letter, edition) {
            assert_eq!(
                xml.matches("<w:p>").count() + xml.matches("<w:p ").count(),
                xml.matches("</w:p>").count(),
                "{name}"
            );
        }
    }
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let letter = sample::letter(RequestKind::Freeze);
    let first = docx(&letter, Edition::Both).unwrap();
    docx(&sample::foreign(), Edition::English).unwrap();
    assert_eq!(docx(&letter, Edition::Both).unwrap(), first);
    let parts = parts(&letter, Edition::Both);
    let core = &parts.iter().find(|(name, _)| name == "docProps/core.xml").unwrap().1;
    assert!(core.contains("2026-11-26T00:00:00Z"), "{core}");
}
