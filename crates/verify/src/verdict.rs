//! The verdict on a bundle: what it proves, and what is wrong with it, in whole sentences.
//!
//! Nothing that lies in a bundle is believed because it lies there. What is believed are the cards'
//! root keys: who holds the bundle compares their words with those that the agencies told him.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use envelope::envelope::MessageId;
use i18n::{Language, text, text_with};
use serde::Serialize;

use crate::agencies;
use crate::archive::{Archive, ArchiveError};
use crate::layout::Place;
use crate::list;
use crate::messages;
use crate::reading::{Reading, plain};
use crate::records::Records;

/// What a bundle proves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether there is no problem at all.
    pub valid: bool,
    /// What was checked and holds.
    pub claims: Vec<String>,
    /// What does not hold.
    pub problems: Vec<String>,
}

/// Checks the bundle at a path; one that cannot be read is not valid.
pub fn verify_file(path: &Path, language: Language) -> Verdict {
    match File::open(path) {
        Ok(file) => verify(BufReader::new(file), language),
        Err(error) => {
            let error = error.to_string();
            let values = [("value", (&error).into())];
            let problems = vec![text_with(language, "verify-archive-disk", &values)];
            Verdict { valid: false, claims: Vec::new(), problems }
        }
    }
}

/// Checks a bundle from its first byte to its last one.
pub fn verify(from: impl Read + Seek, language: Language) -> Verdict {
    let archive = match Archive::open(from) {
        Ok(archive) => archive,
        Err(error) => {
            let problems = vec![unreadable(language, &error)];
            return Verdict { valid: false, claims: Vec::new(), problems };
        }
    };
    let mut reading = Reading::new(archive, language);
    compare_list(&mut reading);
    for language in Language::all() {
        reading.require(&Place::Readme(language));
    }
    let agencies = agencies::read(&mut reading);
    let mut records = Records::default();
    let messages: Vec<MessageId> = reading.messages();
    if messages.is_empty() {
        reading.problem(text(language, "verify-nothing"));
    }
    for id in messages {
        messages::check(&mut reading, &agencies, &mut records, id);
    }
    reading.finish()
}

/// Holds the list against the files.
fn compare_list<R: Read + Seek>(reading: &mut Reading<R>) {
    let language = reading.language;
    let Some(bytes) = reading.take(&Place::List, list::MAX_BYTES) else {
        return reading.require(&Place::List);
    };
    let Some(mut listed) = list::parse(&bytes) else {
        return reading.problem(text(language, "verify-list-form"));
    };
    let own = Place::List.to_string();
    let found: Vec<_> = reading.files().filter(|(name, _)| *name != own).collect();
    for (name, digest) in found {
        let key = match listed.remove(&name) {
            None => "verify-list-unnamed",
            Some(listed) if listed != digest => "verify-list-differs",
            Some(_) => continue,
        };
        let name = plain(&name);
        reading.problem(text_with(language, key, &[("file", (&name).into())]));
    }
    for name in listed.keys().map(|name| plain(name)) {
        let sentence = text_with(language, "verify-list-absent", &[("file", (&name).into())]);
        reading.problem(sentence);
    }
}

/// Why an archive is none, in words.
pub(crate) fn unreadable(language: Language, error: &ArchiveError) -> String {
    let key = format!("verify-{}", error.code().replace('_', "-"));
    let value = match error {
        ArchiveError::Disk(value)
        | ArchiveError::Checksum(value)
        | ArchiveError::Twice(value)
        | ArchiveError::Name(value)
        | ArchiveError::Size(value) => value.clone(),
        ArchiveError::Form(at) => at.to_string(),
        ArchiveError::Many => crate::archive::MAX_FILES.to_string(),
    };
    text_with(language, &key, &[("value", value.as_str().into())])
}
