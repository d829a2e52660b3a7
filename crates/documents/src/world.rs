//! The world of the typesetter: one template, one letter, its fonts, and nothing else.
//!
//! There is no way out: any other file, any package and the day of today are refused.

use std::sync::OnceLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::error::DocumentError;
use crate::fonts::Fonts;

/// The form of a letter; what a letter says comes to it as data alone.
static TEMPLATE: &str = include_str!("../template/letter.typ");

/// What the typesetter sees.
pub(crate) struct Desk<'a> {
    main: Source,
    data: (FileId, Bytes),
    picture: (FileId, Bytes),
    fonts: &'a Fonts,
}

impl<'a> Desk<'a> {
    /// With a letter as JSON, the picture of its QR code, and fonts.
    pub(crate) fn new(
        json: Vec<u8>,
        picture: String,
        fonts: &'a Fonts,
    ) -> Result<Desk<'a>, DocumentError> {
        let main = Source::new(file("letter.typ")?, TEMPLATE.to_owned());
        let data = (file("letter.json")?, Bytes::new(json));
        let picture = (file("record.svg")?, Bytes::from_string(picture));
        Ok(Desk { main, data, picture, fonts })
    }
}

fn file(name: &str) -> Result<FileId, DocumentError> {
    let path = VirtualPath::new(name)
        .map_err(|error| DocumentError::Typesetter(format!("{name}: {error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
        LIBRARY.get_or_init(|| LazyHash::new(Library::default()))
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let files = [&self.data, &self.picture];
        let found = files.into_iter().find(|(known, _)| *known == id);
        found.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.face(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
