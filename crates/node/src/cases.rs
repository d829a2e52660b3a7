//! Cases: opened, listed, closed, reopened.

use crate::answer::{CaseAnswer, Cases};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::node::Node;
use crate::state::Case;

/// A title has at most this many characters.
const MAX_TITLE_CHARACTERS: usize = 200;

impl Node {
    /// Opens a case.
    pub fn open_case(&mut self, by: &str, title: &str) -> Result<CaseAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let title = title.trim();
        if title.is_empty() || title.chars().count() > MAX_TITLE_CHARACTERS {
            return Err(NodeError::BadTitle);
        }
        let prefix = format!("{}-C-{}-", self.identity()?.country, self.year());
        let highest = self.state.cases.keys().filter_map(|reference| {
            reference.strip_prefix(&prefix).and_then(|number| number.parse::<u32>().ok())
        });
        let case = format!("{prefix}{:04}", highest.max().unwrap_or(0) + 1);
        self.record(by, &[Event::CaseOpened { case: case.clone(), title: title.to_owned() }])?;
        self.case(Some(&case)).map(answer)
    }

    /// Closes a case: nothing more goes in.
    pub fn close_case(&mut self, by: &str, reference: &str) -> Result<CaseAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let case = self.case(Some(reference))?;
        if case.is_closed {
            return Err(NodeError::CaseClosed(case.reference.clone()));
        }
        let case = case.reference.clone();
        self.record(by, &[Event::CaseClosed { case: case.clone() }])?;
        self.case(Some(&case)).map(answer)
    }

    /// Opens a closed case again.
    pub fn reopen_case(&mut self, by: &str, reference: &str) -> Result<CaseAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        let case = self.case(Some(reference))?;
        if !case.is_closed {
            return Err(NodeError::CaseOpen(case.reference.clone()));
        }
        let case = case.reference.clone();
        self.record(by, &[Event::CaseReopened { case: case.clone() }])?;
        self.case(Some(&case)).map(answer)
    }

    /// All cases, by reference.
    pub fn cases(&self, by: &str) -> Result<Cases, NodeError> {
        self.allow(by, Duty::List)?;
        Ok(Cases { cases: self.state.cases.values().map(answer).collect() })
    }
}

fn answer(case: &Case) -> CaseAnswer {
    CaseAnswer {
        case: case.reference.clone(),
        title: case.title.clone(),
        opened_at: case.opened_at,
        state: if case.is_closed { "closed" } else { "open" },
        files: case.files.len(),
        rows: case.files.iter().map(|file| file.accepted).sum(),
    }
}
