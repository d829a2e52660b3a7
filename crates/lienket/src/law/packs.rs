//! `law pack`: packs as folders and as signed files, and the one that answers at a node.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use envelope::law_pack::{self, SignedPack};
use law::Pack;
use law::read::{MAX_FILE_BYTES, MAX_FILES};
use node::law::packs::Offered;
use node::law::{LawError, PackRefusal};

use crate::cli::PackCommand;
use crate::failure::Failure;
use crate::run::Task;
use crate::show;
use crate::terminal::{DONE, ExitStatus, FAILED};
use crate::wiring::OpenNode;

impl Task {
    pub(super) fn law_check(&self, path: &Path) -> Result<ExitStatus, Failure> {
        let files = files_of(path)?;
        let answer = node::law::check(&borrowed(&files), self.language);
        let is_good = answer.ok;
        self.print(&answer, show::law_pack)?;
        Ok(if is_good { DONE } else { FAILED })
    }

    /// What is done with packs at a node.
    pub(super) fn law_pack_on(
        &self,
        open: &mut OpenNode,
        command: &PackCommand,
    ) -> Result<ExitStatus, Failure> {
        match command {
            PackCommand::Check { folder } => self.law_check(folder),
            PackCommand::Make { folder, output } => {
                open.join()?;
                let files = files_of(folder)?;
                let (answer, bytes) = open.node.make_law_pack(self.by()?, &borrowed(&files))?;
                fs::write(output, bytes).map_err(Failure::file(output))?;
                self.print(&answer, show::law_pack)
            }
            PackCommand::Install { file, older, dry_run } => {
                open.join()?;
                let (name, bytes) = (file.display().to_string(), bytes_of(file)?);
                let offered = Offered { name: &name, bytes: &bytes, may_be_older: *older };
                let language = self.language;
                let answer = match (dry_run, self.cli.by.as_slice()) {
                    (true, [by, ..]) => open.node.try_law_pack(by, &offered, language)?,
                    _ => open.node.install_law_pack(self.officers()?, &offered, language)?,
                };
                self.print(&answer, show::law_pack)
            }
            PackCommand::Show => self.print(&open.node.shown_law_pack()?, show::law_pack),
            PackCommand::Remove => {
                let answer = open.node.remove_law_pack(self.officers()?)?;
                self.print(&answer, show::law_pack)
            }
        }
    }
}

/// A pack out of its folder, or out of a signed file; one with faults answers nothing. Who signed
/// it is not asked: it answers whoever names it, once.
pub(super) fn other(path: &Path) -> Result<Pack, Failure> {
    let files = files_of(path)?;
    Ok(Pack::read(&borrowed(&files)).map_err(|faults| LawError::faulty(&faults))?)
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// The files of a pack: names from its root, and texts.
fn files_of(path: &Path) -> Result<Vec<(String, String)>, Failure> {
    if !path.is_file() {
        return files_in(path);
    }
    let signed = SignedPack::parse(&bytes_of(path)?).map_err(|error| {
        let refusal = PackRefusal::File(path.display().to_string(), error.to_string());
        Failure::Node(refusal.into())
    })?;
    let files = signed.files().into_iter();
    Ok(files.map(|(name, text)| (name.to_owned(), text.to_owned())).collect())
}

/// A signed file's bytes, or as many more than the limit as show that it is too large.
fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    read(path, law_pack::MAX_BYTES).map_err(Failure::file(path))
}

/// The files of a pack's folder. Other files are left for the checker to refuse, unread.
fn files_in(root: &Path) -> Result<Vec<(String, String)>, Failure> {
    let mut files = Vec::new();
    for folder in ["", "instruments"] {
        let path = root.join(folder);
        let entries = fs::read_dir(&path).map_err(unreadable(&path))?;
        for entry in entries.take(MAX_FILES + 1) {
            let path = entry.map_err(unreadable(&path))?.path();
            if path.is_dir() {
                continue;
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let name = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            let bytes = read(&path, MAX_FILE_BYTES).map_err(unreadable(&path))?;
            files.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    files.sort();
    Ok(files)
}

/// A file, or as much more than the limit as shows that it is too large.
fn read(path: &Path, most: usize) -> std::io::Result<Vec<u8>> {
    let (file, mut bytes) = (File::open(path)?, Vec::new());
    file.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    let path = path.display().to_string();
    move |error| Failure::Pack { path: path.clone(), cause: error.to_string() }
}
