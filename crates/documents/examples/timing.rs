//! How long letters take to print: the first of a process, others after it, the same one again.
#![expect(clippy::disallowed_methods, reason = "a stopwatch looks at the clock")]

#[path = "sample/mod.rs"]
mod sample;

use std::io::Write as _;
use std::time::Instant;

use documents::{Edition, Fonts, docx, pdf};
use model::request::RequestKind;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout();
    let cases = [
        ("first letter", sample::letter(RequestKind::Mla), Edition::Both),
        ("the same again", sample::letter(RequestKind::Mla), Edition::Both),
        ("another kind", sample::letter(RequestKind::Freeze), Edition::Both),
        ("in Vietnamese", sample::letter(RequestKind::Preservation), Edition::Vietnamese),
        ("some twenty pages", sample::long(), Edition::Both),
    ];
    for (name, letter, edition) in cases {
        let start = Instant::now();
        let paper = pdf::pdf(&letter, edition, Fonts::built_in())?;
        let set = start.elapsed();
        let office = docx::docx(&letter, edition)?;
        let (bytes, more) = (paper.bytes.len(), office.bytes.len());
        let written = start.elapsed() - set;
        writeln!(out, "{name}: PDF {set:.1?}, {bytes} bytes; DOCX {written:.1?}, {more} bytes")?;
    }
    Ok(())
}
