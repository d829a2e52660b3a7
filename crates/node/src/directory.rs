//! The directory of competent authorities: what the law pack says and what the agency itself read
//! in, with source, day and age. Nothing stands in it without a source.
//!
//! The pack's part needs no node. What an agency reads in, confirms or takes out is an event.

mod change;
pub mod deed;
pub mod error;
mod kept;
pub(crate) mod known;
mod merge;
mod rebuild;
mod told;

pub use change::DirectoryImport;

use ::law::Pack;
use ::law::authority::{Sought, competent, every};
use ::law::question::QuestionError;
use i18n::Language;
use model::country::Country;
use model::day::Day;
use model::measure::Measure;
use model::request::RequestKind;

use self::error::DirectoryError;
use self::known::{Known, known};
use self::told::told;
use crate::answer::{
    Authorities, AuthorityAnswer, AuthorityChanged, AuthorityDone, AuthorityShown,
};
use crate::directory::deed::DirectoryDeed;
use crate::directory::kept::Held;
use crate::duty::Duty;
use crate::error::NodeError;
use crate::law::LawError;
use crate::node::Node;

/// A list shows at most so many authorities.
const MAX_LISTED: usize = 5_000;
/// A history looks back at most so many changes of the directory.
const MAX_HISTORY: usize = 200;

/// What `directory list` was asked.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'w> {
    /// Who asks; whoever where it is left out.
    pub from: Option<&'w str>,
    /// Whose; all where it is left out.
    pub country: Option<&'w str>,
    /// For which measure.
    pub measure: Option<&'w str>,
    /// For which kind of request.
    pub kind: Option<RequestKind>,
}

impl Wanted<'_> {
    fn sought(&self, on: Day) -> Result<Sought, LawError> {
        let country = |raw: &str| {
            let unknown = |_| QuestionError::Country(model::refusal::shown(raw).to_string());
            Country::parse(raw).map_err(unknown)
        };
        let measure = self.measure.map(|raw| {
            let unknown = |_| QuestionError::Measure(model::refusal::shown(raw).to_string());
            Measure::parse(raw).map_err(unknown)
        });
        let mut measures: Vec<Measure> = measure.transpose()?.into_iter().collect();
        if let Some(kind) = self.kind.filter(|_| measures.is_empty()) {
            measures.extend(kind.measures());
        }
        let (from, to) = (self.from.map(country).transpose()?, self.country.map(country));
        Ok(Sought { from, to: to.transpose()?, measures, on })
    }
}

/// `directory list` of the pack alone.
pub fn list(
    pack: &Pack,
    wanted: &Wanted<'_>,
    on: Day,
    language: Language,
) -> Result<Authorities, LawError> {
    let sought = wanted.sought(on)?;
    let found = known(&competent(pack, &sought), Vec::new(), &[], &sought);
    Ok(listed(pack, &sought, found, language))
}

/// `directory show` of the pack alone.
pub fn show(
    pack: &Pack,
    id: &str,
    on: Day,
    language: Language,
) -> Result<AuthorityShown, NodeError> {
    let all = everything(pack, Vec::new(), &[], on);
    let one = all.iter().find(|one| one.id == id.trim());
    let one = one.ok_or_else(|| DirectoryError::Unknown(id.to_owned()))?;
    Ok(AuthorityShown { authority: Some(told(one, on, language)), history: Vec::new() })
}

/// The pack's authorities for a question of the law.
pub(crate) fn of_pack(pack: &Pack, sought: &Sought, language: Language) -> Vec<AuthorityAnswer> {
    let found = known(&competent(pack, sought), Vec::new(), &[], sought);
    found.iter().map(|one| told(one, sought.on, language)).collect()
}

/// Of which authorities another pack says something else, by their ids.
pub(crate) fn changed_authorities(
    before: &Pack,
    after: &Pack,
    on: Day,
    language: Language,
) -> Vec<AuthorityChanged> {
    let [before, after] = [before, after].map(|pack| everything(pack, Vec::new(), &[], on));
    let mut ids: Vec<&String> = before.iter().chain(&after).map(|one| &one.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let changed = ids.into_iter().filter_map(|id| {
        let find = |all: &[Known]| all.iter().find(|one| one.id == *id).cloned();
        let (old, new) = (find(&before), find(&after));
        let change = match (&old, &new) {
            (None, _) => "added",
            (_, None) => "removed",
            (one, other) if one != other => "changed",
            _ => return None,
        };
        let told = |one: Option<Known>| one.map(|one| told(&one, on, language));
        Some(AuthorityChanged { id: id.clone(), change, before: told(old), after: told(new) })
    });
    changed.collect()
}

fn listed(pack: &Pack, sought: &Sought, found: Vec<Known>, language: Language) -> Authorities {
    let shown = found.iter().take(MAX_LISTED);
    let missing = found.is_empty().then(|| match sought.to {
        Some(country) => {
            let country = i18n::country(language, country);
            i18n::text_with(language, "directory-none-of", &[("country", (&country).into())])
        }
        None => i18n::text(language, "directory-none"),
    });
    Authorities {
        authorities: shown.map(|one| told(one, sought.on, language)).collect(),
        missing,
        on: sought.on.to_string(),
        pack: pack.digest().to_string(),
    }
}

/// Everybody, whatever holds on a day: a law that ended names nobody, but its entry is shown.
fn everything(pack: &Pack, own: Vec<Held>, history: &[deed::Done], on: Day) -> Vec<Known> {
    let sought = Sought { from: None, to: None, measures: Vec::new(), on };
    known(&every(pack, on), own, history, &sought)
}

impl Node {
    /// `directory list`.
    pub fn directory(
        &self,
        by: &str,
        wanted: &Wanted<'_>,
        on: Day,
        language: Language,
    ) -> Result<Authorities, NodeError> {
        self.allow(by, Duty::List)?;
        let sought = wanted.sought(on)?;
        let pack = self.law_pack()?;
        let history = self.state.directory.until(None);
        let own = self.kept_entries(history)?;
        let found = known(&competent(pack, &sought), own, history, &sought);
        Ok(listed(pack, &sought, found, language))
    }

    /// `directory show`: an entry with its history; one that was taken out has only that.
    pub fn authority(
        &self,
        by: &str,
        id: &str,
        on: Day,
        language: Language,
    ) -> Result<AuthorityShown, NodeError> {
        self.allow(by, Duty::List)?;
        let authority = self.found(id.trim(), on)?;
        let history = self.history_of(id.trim(), on, language)?;
        if authority.is_none() && history.is_empty() {
            return Err(DirectoryError::Unknown(id.to_owned()).into());
        }
        Ok(AuthorityShown { authority: authority.map(|one| told(&one, on, language)), history })
    }

    /// An entry by its id, as it stands.
    pub(crate) fn found(&self, id: &str, on: Day) -> Result<Option<Known>, NodeError> {
        let history = self.state.directory.until(None);
        let all = everything(self.law_pack()?, self.kept_entries(history)?, history, on);
        Ok(all.into_iter().find(|one| one.id == id))
    }

    fn history_of(
        &self,
        id: &str,
        on: Day,
        language: Language,
    ) -> Result<Vec<AuthorityDone>, NodeError> {
        let all = self.state.directory.until(None);
        let skipped = all.len().saturating_sub(MAX_HISTORY);
        let (earlier, looked_at) = all.split_at(skipped);
        let find = |entries: Vec<Held>| entries.into_iter().find(|held| held.id == id);
        let mut before = find(self.kept_entries(earlier)?);
        let mut history = Vec::new();
        for done in looked_at {
            let after = match done.deed.entries() {
                Some(digest) => find(self.entries_of(&digest)?),
                None => before.clone(),
            };
            let (what, because) = match (&done.deed, &before, &after) {
                (DirectoryDeed::Confirmed { id: of, source, .. }, ..) if of == id => {
                    ("confirmed", source)
                }
                (DirectoryDeed::Removed { id: of, because, .. }, ..) if of == id => {
                    ("removed", because)
                }
                (DirectoryDeed::Imported { file, .. }, None, Some(_)) => ("added", &file.name),
                (DirectoryDeed::Imported { file, .. }, Some(_), None) => ("withdrawn", &file.name),
                (DirectoryDeed::Imported { file, .. }, Some(old), Some(new)) if old != new => {
                    ("replaced", &file.name)
                }
                _ => {
                    before = after;
                    continue;
                }
            };
            let had = if before == after { None } else { before.take() };
            history.push(AuthorityDone {
                at: done.at,
                by: done.by.clone(),
                what,
                because: because.clone(),
                before: had.map(|held| told(&Known::of_own(held), on, language)),
            });
            before = after;
        }
        Ok(history)
    }
}
