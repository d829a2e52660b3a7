//! Files on disk as sources.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use formats::open::Source;

/// A file on disk.
pub struct FileSource {
    path: PathBuf,
    name: String,
}

impl FileSource {
    /// The file at a path, named as the path was given.
    pub fn new(path: &Path) -> FileSource {
        FileSource { path: path.to_owned(), name: path.display().to_string() }
    }

    /// The file at a path under another name.
    pub fn named(path: &Path, name: &str) -> FileSource {
        FileSource { path: path.to_owned(), name: name.to_owned() }
    }
}

impl Source for FileSource {
    fn reader(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(BufReader::with_capacity(1 << 18, File::open(&self.path)?)))
    }

    fn name(&self) -> &str {
        &self.name
    }
}
