//! Progress of long work, on standard error and only where that is a terminal.

use std::cell::RefCell;

use i18n::Language;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use node::port::Progress;

/// A line that counts rows.
pub(crate) struct Bar {
    language: Language,
    bar: RefCell<Option<(String, ProgressBar)>>,
}

impl Bar {
    /// A line that is drawn when the first rows are told.
    pub(crate) fn new(language: Language) -> Bar {
        Bar { language, bar: RefCell::new(None) }
    }
}

impl Progress for Bar {
    fn rows(&self, file: &str, rows: u64) {
        let mut current = self.bar.borrow_mut();
        let is_same = current.as_ref().is_some_and(|(name, _)| name == file);
        if !is_same {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let rows = i18n::text(self.language, "progress-rows");
            let template =
                format!("{{spinner}} {{msg}} {{human_pos}} {rows} · {{per_sec}} · {{elapsed}}");
            if let Ok(style) = ProgressStyle::with_template(&template) {
                bar.set_style(style);
            }
            bar.set_message(file.to_owned());
            *current = Some((file.to_owned(), bar));
        }
        if let Some((_, bar)) = current.as_ref() {
            bar.set_position(rows);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some((_, bar)) = self.bar.borrow().as_ref() {
            bar.finish_and_clear();
        }
    }
}
