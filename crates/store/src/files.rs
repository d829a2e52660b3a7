//! Files on disk as sources, and the files of a folder.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use formats::open::Source;
use node::port::PortError;

use crate::error::at;

/// A folder given to `import` is searched this deep.
const MAX_DEPTH: usize = 8;
/// At most this many files are taken from folders.
pub const MAX_FILES: usize = 100_000;

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

/// The files meant by paths: each file itself, each folder's files in the order of their names.
/// Hidden files and README files of a folder are passed over.
pub fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>, PortError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, 0, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn walk(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), PortError> {
    let entries = fs::read_dir(folder).map_err(at("list", folder))?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(at("list", folder))?.path());
    }
    paths.sort();
    for path in paths {
        let name =
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_skipped = name.starts_with('.') || name.to_ascii_uppercase().starts_with("README");
        if is_skipped || files.len() >= MAX_FILES {
            continue;
        }
        if path.is_dir() {
            if depth < MAX_DEPTH {
                walk(&path, depth + 1, files)?;
            }
        } else {
            files.push(path);
        }
    }
    Ok(())
}
