//! The list of a bundle's files with their digests, as `sha256sum` writes it and checks it.

use std::collections::BTreeMap;

use model::digest::Digest;

use crate::archive::{MAX_FILES, MAX_NAME};

/// The list has at most so many bytes.
pub(crate) const MAX_BYTES: usize = MAX_FILES * (64 + 2 + MAX_NAME + 1);

/// Reads a list; `None`: not written in the one way, names rising.
pub(crate) fn parse(bytes: &[u8]) -> Option<BTreeMap<String, Digest>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut digests = BTreeMap::new();
    for line in text.lines() {
        let (digest, name) = line.split_once("  ")?;
        digests.insert(name.to_owned(), Digest::parse(digest).ok()?);
    }
    (write(&digests) == text).then_some(digests)
}

/// Writes a list.
pub(crate) fn write(digests: &BTreeMap<String, Digest>) -> String {
    digests.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect()
}
