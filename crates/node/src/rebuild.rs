//! Rebuilding: a segment that is missing or broken is made again from the kept original.

use std::sync::Arc;

use formats::kind::Kind;
use formats::open;
use i18n::Language;

use crate::answer::FileAnswer;
use crate::case_data::{broken, is_sound};
use crate::error::NodeError;
use crate::event::ImportedFile;
use crate::import::Rejects;
use crate::node::Node;
use crate::port::Bytes;
use crate::state::Case;

impl Node {
    /// Reads the original again, knowing only what the case held when it was first read.
    pub(crate) fn rebuild(&self, case: &Case, file: &ImportedFile) -> Result<Bytes, NodeError> {
        let source = self.ports.vault.original(&file.original, &file.name)?;
        let (digest, _) = self.ports.vault.digest(&*source)?;
        if digest != file.original {
            return Err(broken(file, &"the kept original has another digest"));
        }
        let kind = Kind::parse(&file.kind);
        let mut options = self.options(kind, file.map.as_deref())?;
        options.country = Some(file.country);
        let opened = open::detect(&*source, &options)?;
        let before = case.files.iter().take_while(|other| *other != file).cloned().collect();
        let case = Case { files: before, ..case.clone() };
        let mut answer = FileAnswer::default();
        let mut rejects = Rejects::new(Language::En);
        let bytes =
            self.read_rows(&case, &opened, &options, &*source, &mut answer, &mut rejects)?;
        let bytes = bytes.unwrap_or_default();
        if !is_sound(file, &bytes) {
            return Err(broken(file, &"the original gives other rows than before"));
        }
        self.ports.vault.keep_segment(&file.segment, &bytes)?;
        Ok(Arc::new(bytes))
    }

    /// Every kept file with what is wrong with it, for `doctor`.
    pub fn check_files(&self) -> Result<Vec<(ImportedFile, Option<String>)>, NodeError> {
        let mut checked = Vec::new();
        for file in self.state.cases.values().flat_map(|case| &case.files) {
            checked.push((file.clone(), self.check_file(file)?));
        }
        Ok(checked)
    }

    fn check_file(&self, file: &ImportedFile) -> Result<Option<String>, NodeError> {
        let source = self.ports.vault.original(&file.original, &file.name)?;
        match self.ports.vault.digest(&*source) {
            Ok((digest, _)) if digest == file.original => {}
            Ok(_) => return Ok(Some("the original was changed".to_owned())),
            Err(error) => return Ok(Some(error.to_string())),
        }
        let bytes = self.ports.vault.segment(&file.segment)?;
        let sound = bytes.is_some_and(|bytes| is_sound(file, (*bytes).as_ref()));
        Ok((!sound).then(|| "the segment is missing or changed; it will be rebuilt".to_owned()))
    }
}
