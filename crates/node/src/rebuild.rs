//! Rebuilding: a segment that is missing or damaged is made again from the kept original.
//!
//! The truth is the event: it holds the digest of the segment as the readers of that day made it.
//! The same readers give the same bytes again, and anything else is damage. Where a later version
//! of the readers (`PARSER_VERSION`) takes other rows, what the case holds changes: that is never
//! trusted in silence but recorded as an event of its own, and so are the files imported after it,
//! whose new rows were told apart from its rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use formats::kind::Kind;
use formats::open;
use i18n::Language;
use model::digest::Digest;

use crate::answer::FileAnswer;
use crate::case_data::{broken, is_sound};
use crate::error::NodeError;
use crate::event::{Event, ImportedFile};
use crate::import::{PARSER_VERSION, Rejects};
use crate::node::Node;
use crate::port::Bytes;
use crate::state::Case;

/// By whom the node's own doings are recorded.
const NODE: &str = "node";

/// What is wrong with a kept file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// The original is missing or cannot be read.
    OriginalMissing,
    /// The original has another digest.
    OriginalChanged,
    /// The segment was missing or changed; it is rebuilt at once where its original allows it.
    /// Otherwise whoever asks for its rows is told.
    Segment,
}

impl Node {
    /// Reads the original again, knowing only what the case held when it was first read.
    pub(crate) fn rebuild(&self, case: &Case, file: &ImportedFile) -> Result<Bytes, NodeError> {
        let files = case.files.iter().take_while(|other| *other != file).cloned().collect();
        let before = Case { files, ..case.clone() };
        let (now, bytes) = self.read_again(&before, file)?;
        if now.segment != file.segment {
            return Err(broken(file, &"the original gives other rows than before"));
        }
        self.ports.vault.keep_segment(&file.segment, &bytes)?;
        Ok(Arc::new(bytes))
    }

    /// The file as the readers of this version read it into a case, and its segment.
    fn read_again(
        &self,
        case: &Case,
        file: &ImportedFile,
    ) -> Result<(ImportedFile, Vec<u8>), NodeError> {
        let source = self.ports.vault.original(&file.original, &file.name)?;
        let (digest, _) = self.ports.vault.digest(&*source)?;
        if digest != file.original {
            return Err(broken(file, &"the kept original has another digest"));
        }
        let (kind, given) = (Kind::parse(&file.kind), file.given.as_ref());
        let mut options = self.options(kind, file.map.as_deref(), given)?;
        options.country = Some(file.country);
        let opened = open::detect(&*source, &options)?;
        let mut answer = FileAnswer::default();
        let mut rejects = Rejects::new(Language::En);
        let bytes = self.read_rows(case, &opened, &options, &*source, &mut answer, &mut rejects)?;
        let now = ImportedFile {
            parser: PARSER_VERSION,
            rows: answer.accepted + answer.already + answer.rejected_total,
            accepted: answer.accepted,
            already: answer.already,
            rejected: answer.rejected_total,
            segment: Digest::of(&bytes),
            ..file.clone()
        };
        Ok((now, bytes))
    }

    /// Reads again what earlier versions of the readers had read and what is lost since, and
    /// records what is other than before. To be called once, before anything is asked. Only
    /// segments of earlier versions are looked at, so that a start costs nothing more as a rule.
    pub fn mend(&mut self) -> Result<(), NodeError> {
        let mut events = Vec::new();
        for case in self.state.cases.values() {
            // A case of which something cannot be read again is left as it is, whole: who asks
            // for its rows, and `doctor`, gets told what is broken.
            events.extend(self.mended(case).unwrap_or_default());
        }
        if events.is_empty() { Ok(()) } else { self.record(NODE, &events) }
    }

    /// The events that make a case whole.
    fn mended(&self, case: &Case) -> Result<Vec<Event>, NodeError> {
        let mut events = Vec::new();
        let mut now = Case { files: Vec::new(), ..case.clone() };
        // Transfers and other records are told apart from their own sort only.
        let mut is_changed = [false; 2];
        for (place, file) in case.files.iter().enumerate() {
            let sort = usize::from(file.kind == Kind::Transfers.as_str());
            let follows_change = is_changed.get(sort).copied().unwrap_or_default();
            if !follows_change && !self.is_lost(file)? {
                now.files.push(file.clone());
                continue;
            }
            let (mut file_now, bytes) = self.read_again(&now, file)?;
            self.ports.vault.keep_segment(&file_now.segment, &bytes)?;
            if file_now.segment == file.segment {
                file_now.clone_from(file);
            } else {
                is_changed[sort] = true;
                let case = case.reference.clone();
                events.push(Event::FileReread { case, place, file: file_now.clone() });
            }
            now.files.push(file_now);
        }
        Ok(events)
    }

    /// Whether a segment of an earlier version's is missing or damaged.
    fn is_lost(&self, file: &ImportedFile) -> Result<bool, NodeError> {
        if file.parser == PARSER_VERSION {
            return Ok(false);
        }
        let bytes = self.ports.vault.segment(&file.segment)?;
        Ok(!bytes.is_some_and(|bytes| is_sound(file, (*bytes).as_ref())))
    }

    /// The originals that events name, with a name of each for people.
    pub fn originals(&self) -> BTreeMap<Digest, String> {
        let files = self.state.cases.values().flat_map(|case| &case.files);
        let mut all: BTreeMap<Digest, String> =
            files.map(|file| (file.original, file.name.clone())).collect();
        all.extend(self.request_files());
        all.extend(self.state.directory.files());
        all.extend(self.state.law.files.iter().map(|(file, name)| (*file, name.clone())));
        all
    }

    /// Every kept file with what was wrong with it, for `doctor`.
    pub fn check_files(&self) -> Result<Vec<(ImportedFile, Option<Damage>)>, NodeError> {
        let mut checked = Vec::new();
        for case in self.state.cases.values() {
            for file in &case.files {
                checked.push((file.clone(), self.check_file(case, file)?));
            }
        }
        Ok(checked)
    }

    fn check_file(&self, case: &Case, file: &ImportedFile) -> Result<Option<Damage>, NodeError> {
        let source = self.ports.vault.original(&file.original, &file.name)?;
        match self.ports.vault.digest(&*source) {
            Ok((digest, _)) if digest == file.original => {}
            Ok(_) => return Ok(Some(Damage::OriginalChanged)),
            Err(_) => return Ok(Some(Damage::OriginalMissing)),
        }
        let bytes = self.ports.vault.segment(&file.segment)?;
        if bytes.is_some_and(|bytes| is_sound(file, (*bytes).as_ref())) {
            return Ok(None);
        }
        // Commands look at the form only: what cannot be made again loses it, so that they are
        // told.
        if self.rebuild(case, file).is_err() {
            self.ports.vault.keep_segment(&file.segment, &[])?;
        }
        Ok(Some(Damage::Segment))
    }
}
