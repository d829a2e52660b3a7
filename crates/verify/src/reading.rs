//! One reading of a bundle: which files were used, what was found.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use envelope::envelope::MessageId;
use i18n::{Language, text_with};
use model::digest::Digest;

use crate::archive::Archive;
use crate::layout::Place;
use crate::verdict::{Verdict, unreadable};

/// A bundle that is being read.
pub(crate) struct Reading<R> {
    pub(crate) language: Language,
    archive: Archive<R>,
    places: BTreeSet<Place>,
    /// Files that nothing has asked for yet.
    unused: BTreeSet<Place>,
    claims: Vec<String>,
    problems: Vec<String>,
}

impl<R: Read + Seek> Reading<R> {
    pub(crate) fn new(archive: Archive<R>, language: Language) -> Reading<R> {
        let mut places = BTreeSet::new();
        let mut problems = Vec::new();
        for name in archive.files().keys() {
            match Place::parse(name) {
                Some(place) => {
                    places.insert(place);
                }
                None => {
                    let file = plain(name);
                    let values = [("file", (&file).into())];
                    problems.push(text_with(language, "verify-file-unknown", &values));
                }
            }
        }
        let unused = places.clone();
        Reading { language, archive, places, unused, claims: Vec::new(), problems }
    }

    pub(crate) fn claim(&mut self, sentence: String) {
        self.claims.push(sentence);
    }

    pub(crate) fn problem(&mut self, sentence: String) {
        self.problems.push(sentence);
    }

    pub(crate) fn has(&self, place: &Place) -> bool {
        self.places.contains(place)
    }

    pub(crate) fn places(&self) -> impl Iterator<Item = &Place> {
        self.places.iter()
    }

    pub(crate) fn messages(&self) -> Vec<MessageId> {
        let ids = self.places.iter().filter_map(|place| match place {
            Place::Envelope(id) => Some(*id),
            _ => None,
        });
        ids.collect()
    }

    /// Names and digests of all files.
    pub(crate) fn files(&self) -> impl Iterator<Item = (String, Digest)> {
        self.archive.files().iter().map(|(name, stored)| (name.clone(), stored.sha256))
    }

    /// Length and digest of a file, which counts as used from now on.
    pub(crate) fn weigh(&mut self, place: &Place) -> Option<(u64, Digest)> {
        self.unused.remove(place);
        let stored = self.archive.files().get(&place.to_string())?;
        Some((stored.size, stored.sha256))
    }

    /// The bytes of a file, which counts as used from now on. `None`: it is not there, or its
    /// problem is told.
    pub(crate) fn take(&mut self, place: &Place, most: usize) -> Option<Vec<u8>> {
        self.unused.remove(place);
        match self.archive.read(&place.to_string(), most) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.problem(unreadable(self.language, &error));
                None
            }
        }
    }

    /// A file that has to be there.
    pub(crate) fn require(&mut self, place: &Place) {
        self.unused.remove(place);
        if !self.has(place) {
            self.file_problem("verify-file-missing", place);
        }
    }

    /// A problem that is told of one file.
    pub(crate) fn file_problem(&mut self, key: &str, place: &Place) {
        let file = plain(&place.to_string());
        self.problem(text_with(self.language, key, &[("file", (&file).into())]));
    }

    pub(crate) fn finish(mut self) -> Verdict {
        for place in std::mem::take(&mut self.unused) {
            self.file_problem("verify-file-alone", &place);
        }
        let Reading { claims, problems, .. } = self;
        Verdict { valid: problems.is_empty(), claims, problems }
    }
}

/// A foreign text in the middle of a sentence of ours: no control characters, and none that turn
/// the direction of writing.
pub(crate) fn plain(text: &str) -> String {
    let is_bad = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if is_bad(c) { ' ' } else { c }).collect()
}
