//! Changes of the directory: a file is read in, an entry is confirmed or taken out.

use formats::kind::Kind;
use formats::open::{self, Options, Row, Source};
use i18n::Language;
use model::day::Day;
use model::refusal::RowError;

use super::deed::{DirectoryDeed, DirectoryFile};
use super::error::DirectoryError;
use super::merge::{Merge, Outcome};
use crate::answer::{AuthorityShown, DirectoryImported, FileAnswer};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::import::{PARSER_VERSION, Rejects, file_name, rejects_name};
use crate::node::Node;

/// A source or a reason has at most so many characters.
const MAX_SAID: usize = 500;

/// What `directory import` was asked to do.
#[derive(Debug, Clone, Default)]
pub struct DirectoryImport {
    /// The column map's text, where one was given.
    pub map: Option<String>,
    /// Whether the file is all that is known of its countries: the rest is withdrawn.
    pub is_whole: bool,
    /// Look, and change nothing.
    pub dry_run: bool,
}

impl Node {
    /// Reads a file into the agency's own directory: one event, or none where nothing changes.
    pub fn import_directory(
        &mut self,
        by: &str,
        asked: &DirectoryImport,
        source: &dyn Source,
        language: Language,
    ) -> Result<DirectoryImported, NodeError> {
        self.allow(by, Duty::Work)?;
        let options = self.options(Some(Kind::Authorities), asked.map.as_deref(), None)?;
        let history = self.state.directory.until(None);
        let held = self.kept_entries(history)?;
        // What is read is what is kept: the file outside may change while we read it.
        let taken;
        let (original, from): (_, &dyn Source) = if asked.dry_run {
            (self.ports.vault.digest(source)?.0, source)
        } else {
            let (original, _) = self.ports.vault.take(source)?;
            taken = self.ports.vault.taken(source.name())?;
            (original, &*taken)
        };
        let mut answer = FileAnswer {
            path: source.name().to_owned(),
            kind: Some(Kind::Authorities.as_str()),
            sha256: Some(original),
            ..FileAnswer::default()
        };
        let today = Day::of(self.ports.clock.now());
        let mut merge = Merge::new(&file_name(source.name()), today, held);
        let mut rejects = Rejects::new(language);
        read(from, &options, &mut merge, &mut answer, &mut rejects)?;
        answer.rows = answer.accepted + answer.already + answer.rejected_total;
        let mut withdrawn = 0;
        if asked.is_whole && answer.rejected_total == 0 {
            withdrawn = merge.withdraw_others();
        } else if asked.is_whole {
            // Who stands in a row that could not be read would be withdrawn by mistake.
            let count = answer.rejected_total.to_string();
            rejects.warn(&mut answer, &RowError::new(0, "", &count, "nothing_withdrawn"));
        }
        let replaced = merge.replaced;
        let entries = merge.finish();
        let count = entries.len();
        let is_changed = !asked.dry_run && answer.accepted + withdrawn > 0;
        if !asked.dry_run
            && let Some(text) = rejects.file()
        {
            let name = rejects_name("directory", &original, &text);
            answer.rejects_file = Some(self.ports.vault.keep_rejects(&name, text.as_bytes())?);
        }
        let mut kept = None;
        if is_changed {
            // Before the entries are laid in the place where it was copied aside.
            self.ports.vault.keep_original(&original)?;
            let entries = self.keep_entries(&entries)?;
            let file = DirectoryFile {
                name: file_name(source.name()),
                original,
                parser: PARSER_VERSION,
                map: asked.map.clone(),
                rows: answer.rows,
                accepted: answer.accepted,
                already: answer.already,
                rejected: answer.rejected_total,
                replaced,
                withdrawn,
            };
            let what = DirectoryDeed::Imported { file, entries };
            self.record(by, &[Event::Directory { what }])?;
            kept = Some(entries);
        }
        let dry_run = asked.dry_run;
        Ok(DirectoryImported { file: answer, dry_run, replaced, withdrawn, entries: count, kept })
    }

    /// Somebody looked again, and it still says so.
    pub fn confirm_authority(
        &mut self,
        by: &str,
        id: &str,
        source: &str,
        on: Option<Day>,
        language: Language,
    ) -> Result<AuthorityShown, NodeError> {
        self.allow(by, Duty::Work)?;
        let source = said(source).ok_or(DirectoryError::BadSource)?;
        let today = Day::of(self.ports.clock.now());
        let day = on.unwrap_or(today);
        let id = id.trim();
        let known = self.found(id, today)?;
        let known = known.ok_or_else(|| DirectoryError::Unknown(id.to_owned()))?;
        let is_before = known.as_of.is_some_and(|known| day < known.earliest());
        if day > today || is_before {
            let known = known.as_of.map(|day| day.to_string()).unwrap_or_default();
            return Err(DirectoryError::BadDay(day.to_string(), known).into());
        }
        let says = known.says_digest();
        let what = DirectoryDeed::Confirmed { id: id.to_owned(), says, source, as_of: day };
        self.record(by, &[Event::Directory { what }])?;
        self.authority(by, id, today, language)
    }

    /// Takes one of the agency's own entries out.
    pub fn remove_authority(
        &mut self,
        by: &str,
        id: &str,
        because: &str,
        language: Language,
    ) -> Result<AuthorityShown, NodeError> {
        self.allow(by, Duty::Work)?;
        let because = said(because).ok_or(NodeError::BadReason)?;
        let today = Day::of(self.ports.clock.now());
        let id = id.trim();
        let unknown = || DirectoryError::Unknown(id.to_owned());
        let known = self.found(id, today)?.ok_or_else(unknown)?;
        if !known.is_own {
            return Err(DirectoryError::OfPack(id.to_owned()).into());
        }
        let mut entries = self.kept_entries(self.state.directory.until(None))?;
        entries.retain(|held| held.id != id);
        let entries = self.keep_entries(&entries)?;
        let what = DirectoryDeed::Removed { id: id.to_owned(), because, entries };
        self.record(by, &[Event::Directory { what }])?;
        self.authority(by, id, today, language)
    }
}

/// Reads all rows into the entries.
fn read(
    source: &dyn Source,
    options: &Options,
    merge: &mut Merge,
    answer: &mut FileAnswer,
    rejects: &mut Rejects,
) -> Result<(), NodeError> {
    let opened = open::detect(source, options)?;
    open::read(source, &opened, options, &mut |row| match row {
        Row::Authority(row, entry) => match merge.take(row, *entry) {
            Outcome::Taken => answer.accepted += 1,
            Outcome::Already => answer.already += 1,
            Outcome::Refused(field, value, code) => {
                rejects.reject(answer, &RowError::new(row, field, &value, code));
            }
        },
        Row::Rejected(error) => rejects.reject(answer, &error),
        Row::Warning(warning) => rejects.warn(answer, &warning),
        // The kind was asked for: the reader gives no other rows.
        _ => {}
    })?;
    Ok(())
}

/// What somebody said, in one line; nothing where it is too little or too much.
fn said(raw: &str) -> Option<String> {
    let text: String = raw.trim().chars().filter(|c| !c.is_control()).collect();
    (!text.is_empty() && text.chars().count() <= MAX_SAID).then_some(text)
}
