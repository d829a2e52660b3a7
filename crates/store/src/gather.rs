//! What paths on the command line mean: files, the files of folders, and pipes copied aside.
//!
//! A folder's files come in the order of their names; hidden files and README files are passed
//! over, and so is the node's own home. A folder that a link leads back to is read once. Nothing
//! else is dropped in silence: what cannot be taken is a fault beside what can.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// A folder is searched this deep.
const MAX_DEPTH: usize = 8;
/// At most this many files are taken from one folder and what it holds.
const MAX_FILES: usize = 100_000;
/// At most this much is taken from a pipe: it lies on the disk twice while it is imported.
const MAX_PIPE_BYTES: u64 = 4 << 30;

/// One thing found under a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A file, or a path that leads nowhere: reading it says why.
    File(PathBuf),
    /// A pipe: it can be read once only.
    Pipe(PathBuf),
    /// Something that cannot be taken, and why.
    Fault(PathBuf, Fault),
}

/// Why a path, or a part of what it holds, was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A folder that cannot be listed.
    #[error("the folder cannot be listed: {0}")]
    Unlisted(String),
    /// A folder below the limit.
    #[error("folders are searched {0} deep")]
    TooDeep(usize),
    /// More files than the limit; the rest was not looked at.
    #[error("the folder holds more than {0} files")]
    TooManyFiles(usize),
    /// A folder without anything to take.
    #[error("the folder holds no file to take")]
    NothingFound,
    /// A device, a socket, or a pipe inside a folder.
    #[error("neither a file nor a folder")]
    NotAFile,
    /// A pipe that gives more than the limit.
    #[error("the pipe gives more than {0} bytes")]
    PipeTooLong(u64),
    /// A pipe that could not be copied.
    #[error("the pipe cannot be copied: {0}")]
    PipeFailed(String),
}

impl Fault {
    /// Stable snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Fault::Unlisted(_) => "folder_unreadable",
            Fault::TooDeep(_) => "folder_too_deep",
            Fault::TooManyFiles(_) => "too_many_files",
            Fault::NothingFound => "folder_empty",
            Fault::NotAFile => "not_a_file",
            Fault::PipeTooLong(_) => "pipe_too_long",
            Fault::PipeFailed(_) => "pipe_failed",
        }
    }

    /// All codes of this module, for the check that each has its texts.
    pub const CODES: &[&str] = &[
        "folder_unreadable",
        "folder_too_deep",
        "too_many_files",
        "folder_empty",
        "not_a_file",
        "pipe_too_long",
        "pipe_failed",
    ];

    /// The variable `value` of the text for people; may be empty.
    pub fn value(&self) -> String {
        match self {
            Fault::Unlisted(cause) | Fault::PipeFailed(cause) => cause.clone(),
            Fault::TooDeep(limit) | Fault::TooManyFiles(limit) => limit.to_string(),
            Fault::PipeTooLong(limit) => (limit >> 30).to_string(),
            Fault::NothingFound | Fault::NotAFile => String::new(),
        }
    }
}

/// Everything under a path that somebody named, but for the node's own home.
pub fn gather(path: &Path, home: &Path) -> Vec<Found> {
    gather_up_to(path, home, MAX_FILES)
}

fn gather_up_to(path: &Path, home: &Path, limit: usize) -> Vec<Found> {
    if !path.is_dir() {
        return vec![one(path, Found::Pipe)];
    }
    // The home counts as read before: keys and kept files are nothing to import.
    let folders = fs::canonicalize(home).into_iter().collect();
    let mut walk = Walk { found: Vec::new(), files: 0, limit, folders };
    if !walk.folder(path, 0) {
        walk.found.push(Found::Fault(path.to_owned(), Fault::TooManyFiles(limit)));
    } else if walk.found.is_empty() {
        walk.found.push(Found::Fault(path.to_owned(), Fault::NothingFound));
    }
    walk.found
}

/// What a path that is no folder is. A pipe is opened only where somebody named it: one that is
/// found in a folder may wait for ever.
fn one(path: &Path, pipe: impl FnOnce(PathBuf) -> Found) -> Found {
    let path = path.to_owned();
    match fs::metadata(&path).map(|metadata| metadata.file_type()) {
        Ok(kind) if is_pipe(kind) => pipe(path),
        Ok(kind) if !kind.is_file() => Found::Fault(path, Fault::NotAFile),
        _ => Found::File(path),
    }
}

#[cfg(unix)]
fn is_pipe(kind: fs::FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&kind)
}

#[cfg(not(unix))]
fn is_pipe(_kind: fs::FileType) -> bool {
    false
}

struct Walk {
    found: Vec<Found>,
    files: usize,
    limit: usize,
    /// Folders that were read, by their real paths: links may lead back.
    folders: BTreeSet<PathBuf>,
}

impl Walk {
    /// `false` where the limit was reached and the walk has ended.
    fn folder(&mut self, folder: &Path, depth: usize) -> bool {
        if fs::canonicalize(folder).is_ok_and(|real| !self.folders.insert(real)) {
            return true;
        }
        let listed = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = match listed {
            Ok(entries) => entries,
            Err(error) => {
                let fault = Fault::Unlisted(error.to_string());
                self.found.push(Found::Fault(folder.to_owned(), fault));
                return true;
            }
        };
        let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
        paths.sort();
        paths.iter().filter(|path| !is_passed_over(path)).all(|path| self.entry(path, depth))
    }

    fn entry(&mut self, path: &Path, depth: usize) -> bool {
        if !path.is_dir() {
            if self.files >= self.limit {
                return false;
            }
            self.files += 1;
            self.found.push(one(path, |path| Found::Fault(path, Fault::NotAFile)));
            return true;
        }
        if depth >= MAX_DEPTH {
            self.found.push(Found::Fault(path.to_owned(), Fault::TooDeep(MAX_DEPTH)));
            return true;
        }
        self.folder(path, depth + 1)
    }
}

fn is_passed_over(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    name.starts_with('.') || name.to_ascii_uppercase().starts_with("README")
}

/// A pipe's content in a file of its own, which goes when this does.
pub struct Aside {
    path: PathBuf,
}

impl Aside {
    /// Reads a pipe to its end into `work/` of a home, where a crash leaves nothing behind: what
    /// lies there is swept away when the node is opened.
    pub fn copy(pipe: &Path, home: &Path, number: usize) -> Result<Aside, Fault> {
        Aside::copy_up_to(pipe, home, number, MAX_PIPE_BYTES)
    }

    fn copy_up_to(pipe: &Path, home: &Path, number: usize, limit: u64) -> Result<Aside, Fault> {
        let failed = |error: io::Error| Fault::PipeFailed(error.to_string());
        let aside = Aside { path: home.join("work").join(format!("pipe-{number}")) };
        let mut file = File::create(&aside.path).map_err(failed)?;
        let mut pipe = File::open(pipe).map_err(failed)?.take(limit + 1);
        let copied = io::copy(&mut pipe, &mut file).map_err(failed)?;
        file.flush().map_err(failed)?;
        if copied > limit { Err(Fault::PipeTooLong(limit)) } else { Ok(aside) }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // What could not be removed is swept away at the next start.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    /// What is found under a folder, one a line: its path and the fault's code.
    fn check(folder: &Path, limit: usize, expected: &str) {
        let name = |path: &Path| match path.strip_prefix(folder) {
            Ok(rest) if !rest.as_os_str().is_empty() => rest.display().to_string(),
            _ => ".".to_owned(),
        };
        let line = |found: &Found| match found {
            Found::File(path) => name(path),
            Found::Pipe(path) => format!("{} pipe", name(path)),
            Found::Fault(path, fault) => format!("{} {}", name(path), fault.code()),
        };
        let found: Vec<String> =
            gather_up_to(folder, &folder.join("node"), limit).iter().map(line).collect();
        assert_eq!(found.join("\n"), expected);
    }

    #[test]
    fn the_nodes_own_home_is_nothing_to_import() {
        let world = world(&["a.csv", "node/node.db", "node/keys/node.key"]);
        check(world.path(), 10, "a.csv");
    }

    fn world(files: &[&str]) -> tempfile::TempDir {
        let world = tempfile::tempdir().unwrap();
        for file in files {
            let path = world.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        world
    }

    #[test]
    fn hidden_files_and_readme_files_are_passed_over() {
        let world = world(&["b.csv", "a/2.csv", "a/1.csv", ".hidden", "README.md"]);
        check(world.path(), 10, "a/1.csv\na/2.csv\nb.csv");
    }

    #[test]
    fn a_folder_without_files_is_said_to_be_empty() {
        check(world(&["README", "a/.hidden"]).path(), 10, ". folder_empty");
    }

    #[test]
    fn files_beyond_the_limit_are_said() {
        check(world(&["1", "2", "3"]).path(), 2, "1\n2\n. too_many_files");
        check(world(&["1", "2"]).path(), 2, "1\n2");
    }

    #[test]
    fn folders_below_the_limit_are_said() {
        let deep = ["d"; MAX_DEPTH + 1].join("/");
        let world = world(&["1", &format!("{deep}/2")]);
        check(world.path(), 10, &format!("1\n{deep} folder_too_deep"));
    }

    #[test]
    fn a_link_that_leads_back_ends() {
        let world = world(&["a/1"]);
        symlink(world.path(), world.path().join("a/up")).unwrap();
        symlink("self", world.path().join("self")).unwrap();
        check(world.path(), 10, "a/1\nself");
    }

    #[test]
    fn sockets_and_devices_are_never_read() {
        let world = world(&["a"]);
        let _socket = UnixListener::bind(world.path().join("socket")).unwrap();
        symlink("/dev/zero", world.path().join("zero")).unwrap();
        check(world.path(), 10, "a\nsocket not_a_file\nzero not_a_file");
        check(Path::new("/dev/zero"), 10, ". not_a_file");
    }

    #[test]
    fn a_pipe_that_never_ends_is_refused() {
        let world = world(&["work/other"]);
        let copied = Aside::copy_up_to(Path::new("/dev/zero"), world.path(), 0, 1 << 20);
        assert_eq!(copied.err(), Some(Fault::PipeTooLong(1 << 20)));
        assert!(!world.path().join("work/pipe-0").exists());
    }
}
