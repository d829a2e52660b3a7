//! A letter as PDF/A-2a: archivable, tagged, with its fonts inside, the same bytes every time.
//!
//! Source: ISO 19005-2 level A, as typst holds its output to it.

use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::error::{DocumentError, Paper, Warning};
use crate::fonts::Fonts;
use crate::letter::{Day, Letter};
use crate::plain::Breaks;
use crate::qr;
use crate::sheet::Sheet;
use crate::wording::Edition;
use crate::world::Desk;

/// Prints a letter. The same letter, edition and fonts give the same bytes.
pub fn pdf(letter: &Letter, edition: Edition, fonts: &Fonts) -> Result<Paper, DocumentError> {
    let (sheet, document, warnings) = typeset(letter, edition, fonts)?;
    let options = options(letter.day, &sheet)?;
    let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| told(&errors));
    // What was computed for this letter is kept for a few more, not for ever.
    typst::comemo::evict(4);
    Ok(Paper { bytes: bytes?, warnings })
}

/// A run of text on a page, and where it stands: millimetres from the left and top edges.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// What it says.
    pub text: String,
    /// Where it begins.
    pub left: f64,
    /// Where it ends.
    pub right: f64,
    /// Its base line.
    pub base: f64,
}

/// What each page says, in the order of drawing: for previews and for tests.
pub fn pages(
    letter: &Letter,
    edition: Edition,
    fonts: &Fonts,
) -> Result<Vec<Vec<Run>>, DocumentError> {
    let (_, document, _) = typeset(letter, edition, fonts)?;
    let runs = |page: &Page| {
        let mut runs = Vec::new();
        collect(&page.frame, Transform::identity(), &mut runs);
        runs
    };
    Ok(document.pages().iter().map(runs).collect())
}

fn collect(frame: &Frame, at: Transform, runs: &mut Vec<Run>) {
    for (position, item) in frame.items() {
        let here = at.pre_concat(Transform::translate(position.x, position.y));
        match item {
            FrameItem::Group(group) => {
                collect(&group.frame, here.pre_concat(group.transform), runs);
            }
            FrameItem::Text(text) => {
                let start = Point::zero().transform(here);
                let end = Point::with_x(text.width()).transform(here);
                let (left, right, base) = (start.x.to_mm(), end.x.to_mm(), start.y.to_mm());
                runs.push(Run { text: text.text.to_string(), left, right, base });
            }
            _ => {}
        }
    }
}

fn typeset(
    letter: &Letter,
    edition: Edition,
    fonts: &Fonts,
) -> Result<(Sheet, PagedDocument, Vec<Warning>), DocumentError> {
    letter.check()?;
    let mut breaks = Breaks::LongWords;
    loop {
        let (sheet, warnings) = Sheet::of(letter, edition, Some(fonts), breaks);
        let json = serde_json::to_vec(&sheet).map_err(|error| refused(&error.to_string()))?;
        let picture = sheet.code.as_deref().and_then(qr::svg).unwrap_or_default();
        let desk = Desk::new(json, picture, fonts)?;
        let Warned { output, .. } = typst::compile::<PagedDocument>(&desk);
        let document = output.map_err(|errors| told(&errors))?;
        if breaks == Breaks::Everywhere || !runs_over(&document) {
            return Ok((sheet, document, warnings));
        }
        breaks = Breaks::Everywhere;
    }
}

/// The right margin in millimetres, less what a sign may hang over.
const MARGIN: f64 = 14.0;

/// Whether a text runs over the right margin of its page.
fn runs_over(document: &PagedDocument) -> bool {
    document.pages().iter().any(|page| {
        let mut runs = Vec::new();
        collect(&page.frame, Transform::identity(), &mut runs);
        let edge = page.frame.width().to_mm() - MARGIN;
        runs.iter().any(|run| run.right > edge)
    })
}

fn options(day: Day, sheet: &Sheet) -> Result<PdfOptions, DocumentError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a])
        .map_err(|error| refused(error.message().as_str()))?;
    let midnight = Datetime::from_ymd_hms(i32::from(day.year()), day.month(), day.day(), 0, 0, 0);
    Ok(PdfOptions {
        ident: Smart::Custom(sheet.identity()),
        creator: Smart::Custom(Some("Lienket".to_owned())),
        timestamp: midnight.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    })
}

fn told(errors: &[SourceDiagnostic]) -> DocumentError {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    refused(&messages.join("; "))
}

fn refused(message: &str) -> DocumentError {
    DocumentError::Typesetter(message.chars().take(2_000).collect())
}
