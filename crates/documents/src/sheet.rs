//! A letter with all its words, ready for paper: what both forms, PDF and DOCX, print.

use serde::Serialize;

use crate::plain::Line;

/// A text on paper in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Text {
    /// `vi` or `en`.
    pub(crate) lang: &'static str,
    /// Its paragraphs.
    pub(crate) lines: Vec<Line>,
}

/// A text on paper: one for each column, or one alone across all of them.
pub(crate) type Said = Vec<Text>;

/// A letter with all its words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Sheet {
    /// Whether it has the form of Decree 30/2020/ND-CP.
    pub(crate) decree: bool,
    /// The languages of its columns.
    pub(crate) langs: Vec<&'static str>,
    pub(crate) families: Vec<String>,
    pub(crate) title: String,
    pub(crate) author: String,
    /// Year, month, day.
    pub(crate) day: [u16; 3],
    pub(crate) draft: Option<String>,
    pub(crate) marks: String,
    pub(crate) number: String,
    pub(crate) head: Head,
    pub(crate) addressee: Said,
    pub(crate) address: Vec<Said>,
    pub(crate) intro: Said,
    pub(crate) sections: Vec<Section>,
    pub(crate) sign: Sign,
    pub(crate) record: Section,
    /// What the QR code says.
    pub(crate) code: Option<String>,
    pub(crate) code_alt: String,
}

/// What stands at the top of the first page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Head {
    pub(crate) nation: Said,
    pub(crate) motto: Said,
    pub(crate) superior: Option<Said>,
    pub(crate) agency: Said,
    pub(crate) contact: Vec<Said>,
    pub(crate) number: Said,
    pub(crate) dated: Said,
    pub(crate) subject: Said,
    pub(crate) urgency: Option<Said>,
}

/// A part of a letter under its own title.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Section {
    pub(crate) title: Said,
    pub(crate) body: Body,
}

/// What stands under a title.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub(crate) enum Body {
    /// Paragraphs in italics, as a legal basis is written.
    Bases { items: Vec<Said> },
    /// Numbered paragraphs.
    List { items: Vec<Said> },
    /// Words in a frame.
    Notice { items: Vec<Said> },
    /// What a request has to say.
    Elements { items: Vec<Entry> },
    /// Files.
    Files { head: [Said; 3], items: Vec<File> },
    /// What proves the letter, beside its QR code.
    Record { items: Vec<Said> },
}

/// One thing that a request has to say.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    pub(crate) number: usize,
    pub(crate) label: Said,
    pub(crate) by: Option<Said>,
    pub(crate) value: Said,
}

/// A file that comes with it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct File {
    pub(crate) number: usize,
    pub(crate) name: Said,
    pub(crate) size: Said,
    pub(crate) sha256: Said,
}

/// What stands at the end.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Sign {
    pub(crate) copies_label: Said,
    pub(crate) copies: Vec<Said>,
    pub(crate) signatures: Vec<Signer>,
}

/// Who signs.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Signer {
    pub(crate) capacity: Option<Said>,
    pub(crate) office: Said,
    pub(crate) name: Said,
}
