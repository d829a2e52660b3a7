//! The commands of LAW: they need no node.

use std::fs;
use std::path::Path;

use law::read::{MAX_FILE_BYTES, MAX_FILES};
use law::{Asked, Pack};
use model::day::Day;
use model::request::RequestKind;
use node::duty::Duty;
use node::law::LawError;
use node::node::Node;
use node::port::Clock as _;
use store::clock::SystemClock;

use crate::cli::{BasisArgs, LawArgs, LawCommand, PackCommand, Said, SupposeArgs};
use crate::failure::Failure;
use crate::run::Task;
use crate::show;
use crate::terminal::{DONE, ExitStatus, FAILED};

impl Task {
    /// Answers a question to the law pack.
    pub(crate) fn law(&self, args: &LawArgs) -> Result<ExitStatus, Failure> {
        if let LawCommand::Pack(PackCommand::Check { folder }) = &args.command {
            return self.law_check(folder);
        }
        match &args.pack {
            Some(folder) => self.ask(&other_pack(folder)?, &args.command, None),
            None => self.ask(node::law::builtin()?, &args.command, None),
        }
    }

    /// What a treaty would change, with the node's own requests: they wait for it.
    pub(crate) fn law_on(&self, node: &Node, args: &LawArgs) -> Result<ExitStatus, Failure> {
        node.allow(self.by()?, Duty::List)?;
        match &args.pack {
            Some(folder) => self.ask(&other_pack(folder)?, &args.command, Some(node)),
            None => self.ask(node::law::builtin()?, &args.command, Some(node)),
        }
    }

    fn ask(
        &self,
        pack: &Pack,
        command: &LawCommand,
        node: Option<&Node>,
    ) -> Result<ExitStatus, Failure> {
        let language = self.language;
        match command {
            LawCommand::Basis(args) => self.law_basis(pack, args),
            LawCommand::Gaps(args) => {
                let on = day(args.on.as_deref())?;
                let answer = node::law::gaps(pack, &args.country, on, language)?;
                self.print(&answer, show::law_gaps)
            }
            LawCommand::Suppose(SupposeArgs { instrument, party, country, on }) => {
                let on = day(on.as_deref())?;
                let mut answer =
                    node::law::suppose(pack, instrument, party, country, on, language)?;
                answer.unblocked_requests = node.map_or(0, |node| node.unblocked(&answer.changed));
                self.print(&answer, show::law_supposed)
            }
            LawCommand::Pack(_) => self.print(&node::law::shown(pack), show::law_pack),
        }
    }

    fn law_basis(&self, pack: &Pack, args: &BasisArgs) -> Result<ExitStatus, Failure> {
        let kind = args.kind.as_deref().map(RequestKind::parse).transpose();
        let kind = kind.map_err(|error| Failure::word("unknown_request_kind", &error.0))?;
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
        self.print(&node::law::basis(pack, &asked, self.language)?, show::law_basis)
    }

    fn law_check(&self, folder: &Path) -> Result<ExitStatus, Failure> {
        let files = pack_files(folder)?;
        let answer = node::law::check(&borrowed(&files), self.language);
        let is_good = answer.ok;
        self.print(&answer, show::law_pack)?;
        Ok(if is_good { DONE } else { FAILED })
    }
}

/// A pack out of its folder; one with faults answers nothing.
fn other_pack(folder: &Path) -> Result<Pack, Failure> {
    let files = pack_files(folder)?;
    Ok(Pack::read(&borrowed(&files)).map_err(|faults| LawError::faulty(&faults))?)
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

pub(crate) fn today() -> Day {
    Day::of(SystemClock.now())
}

/// A day of the command line; today where it is left out.
pub(crate) fn day(raw: Option<&str>) -> Result<Day, Failure> {
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
