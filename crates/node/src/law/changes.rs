//! What a law pack that is offered would change here: which files are not the same, and for which
//! measures another treaty leads or the answer is another one.

use i18n::Language;
use law::{Pack, survey};
use model::day::Day;
use model::digest::Digest;

use super::LawError;
use super::installed::InstalledPack;
use super::packs::{Examined, signature};
use super::words::Words;
use crate::answer::{ComparedAnswer, FileChanged, PackAnswer, PackChanges};
use crate::directory::changed_authorities;
use crate::error::NodeError;
use crate::node::Node;

impl Node {
    /// A pack with what it changes here.
    pub(super) fn weigh(
        &self,
        examined: &Examined,
        language: Language,
    ) -> Result<PackAnswer, NodeError> {
        let Examined { pack, listing, entry } = examined;
        let answer = PackAnswer {
            signature: Some(signature(entry)),
            changes: self.changes(pack, listing, entry, language)?,
            ..super::shown(pack, "file")
        };
        Ok(self.aged(answer, entry.made))
    }

    /// What is other than in the pack that answers now; nothing where that cannot be read.
    fn changes(
        &self,
        pack: &Pack,
        listing: &[(String, Digest)],
        entry: &InstalledPack,
        language: Language,
    ) -> Result<Option<PackChanges>, NodeError> {
        let Ok(before) = self.law_pack() else { return Ok(None) };
        let today = Day::of(self.ports.clock.now());
        let words = Words { pack, language };
        let changed = survey::compare(before, pack, self.identity()?.country, today);
        let answers = changed.iter().map(|one| ComparedAnswer {
            from: one.from.to_string(),
            to: one.to.to_string(),
            measure: one.measure.id(),
            measure_name: words.measure(one.measure),
            before: one.before.0.id(),
            after: one.after.0.id(),
            lead_before: one.before.1.map(str::to_owned),
            lead_after: one.after.1.map(str::to_owned),
        });
        Ok(Some(PackChanges {
            pack: before.digest().to_string(),
            facts: before.facts().count(),
            is_older: self.newer_than(entry)?.is_some(),
            files: files_changed(&self.listing()?, listing),
            authorities: changed_authorities(before, pack, today, language),
            answers: answers.collect(),
        }))
    }

    /// The files of the pack that answers.
    fn listing(&self) -> Result<Vec<(String, Digest)>, LawError> {
        let of = |files: &[(&str, &str)]| {
            let files = files.iter();
            let files = files.map(|(name, text)| ((*name).to_owned(), Digest::of(text.as_bytes())));
            files.collect()
        };
        match &self.state.law.installed {
            None => Ok(of(law::builtin::FILES)),
            Some(one) => Ok(of(&self.installed_file(&one.pack)?.files())),
        }
    }
}

/// Files that only one of two packs has, or that are not the same in both; by their names.
fn files_changed(before: &[(String, Digest)], after: &[(String, Digest)]) -> Vec<FileChanged> {
    let find = |list: &[(String, Digest)], name: &str| {
        list.iter().find(|(other, _)| other == name).map(|(_, digest)| *digest)
    };
    let mut names: Vec<&String> = before.iter().chain(after).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    let changed = names.into_iter().filter_map(|name| {
        let change = match (find(before, name), find(after, name)) {
            (None, _) => "added",
            (_, None) => "removed",
            (one, other) if one != other => "changed",
            _ => return None,
        };
        Some(FileChanged { file: name.clone(), change })
    });
    changed.collect()
}
