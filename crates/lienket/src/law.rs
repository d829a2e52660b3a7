//! The commands of LAW: they need no node.

use std::fs;
use std::path::Path;

use law::Asked;
use law::read::{MAX_FILE_BYTES, MAX_FILES};
use model::day::Day;
use model::request::RequestKind;
use node::law::LawError;
use node::port::Clock as _;
use store::clock::SystemClock;

use crate::cli::{BasisArgs, GapsArgs, LawCommand, PackCommand, Said, SupposeArgs};
use crate::failure::Failure;
use crate::run::Task;
use crate::show;
use crate::terminal::{DONE, ExitStatus, FAILED};

impl Task {
    /// Answers a question to the law pack.
    pub(crate) fn law(&self, command: &LawCommand) -> Result<ExitStatus, Failure> {
        match command {
            LawCommand::Basis(args) => self.law_basis(args),
            LawCommand::Gaps(args) => self.law_gaps(args),
            LawCommand::Suppose(args) => self.law_suppose(args),
            LawCommand::Pack(PackCommand::Check { folder }) => self.law_check(folder),
            LawCommand::Pack(PackCommand::Show) => {
                self.print(&node::law::shown(node::law::builtin()?), show::law_pack)
            }
        }
    }

    fn law_basis(&self, args: &BasisArgs) -> Result<ExitStatus, Failure> {
        let kind = args.kind.as_deref().map(RequestKind::parse).transpose();
        let kind = kind.map_err(|error| Failure::word("unknown_kind", &error.0))?;
        let today = today().to_string();
        let said = |said: Option<Said>| said.map(|said| said == Said::Yes);
        let asked = Asked {
            from: &args.from,
            to: &args.to,
            conduct: &args.conduct,
            measure: &args.measure,
            kind,
            clause: args.clause.as_deref(),
            on: args.on.as_deref().unwrap_or(&today),
            organised: said(args.group),
            transnational: said(args.transnational),
        };
        let answer = node::law::basis(node::law::builtin()?, &asked, self.language)?;
        self.print(&answer, show::law_basis)
    }

    fn law_gaps(&self, args: &GapsArgs) -> Result<ExitStatus, Failure> {
        let on = day(args.on.as_deref())?;
        let pack = node::law::builtin()?;
        let answer = node::law::gaps(pack, &args.country, on, self.language)?;
        self.print(&answer, show::law_gaps)
    }

    fn law_suppose(&self, args: &SupposeArgs) -> Result<ExitStatus, Failure> {
        let on = day(args.on.as_deref())?;
        let pack = node::law::builtin()?;
        let SupposeArgs { instrument, party, country, .. } = args;
        let answer = node::law::suppose(pack, instrument, party, country, on, self.language)?;
        self.print(&answer, show::law_supposed)
    }

    fn law_check(&self, folder: &Path) -> Result<ExitStatus, Failure> {
        let files = pack_files(folder)?;
        let files: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let answer = node::law::check(&files, self.language);
        let is_good = answer.ok;
        self.print(&answer, show::law_pack)?;
        Ok(if is_good { DONE } else { FAILED })
    }
}

fn today() -> Day {
    Day::of(SystemClock.now())
}

fn day(raw: Option<&str>) -> Result<Day, Failure> {
    let Some(raw) = raw else { return Ok(today()) };
    Ok(Day::parse(raw.trim()).map_err(|error| LawError::from(law::QuestionError::from(error)))?)
}

/// The files of a pack's folder: names from its root, and texts. Other files are left for the
/// checker to refuse, unread.
fn pack_files(root: &Path) -> Result<Vec<(String, String)>, Failure> {
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
            files.push((name, text_of(&path)?));
        }
    }
    files.sort();
    Ok(files)
}

/// A file's text, or as much more than the limit as shows that it is too large.
fn text_of(path: &Path) -> Result<String, Failure> {
    use std::io::Read as _;
    let file = fs::File::open(path).map_err(unreadable(path))?;
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    file.take(limit).read_to_end(&mut bytes).map_err(unreadable(path))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn unreadable(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    let path = path.display().to_string();
    move |error| Failure::Pack { path: path.clone(), cause: error.to_string() }
}

impl From<LawError> for Failure {
    fn from(error: LawError) -> Failure {
        Failure::Law(error)
    }
}
