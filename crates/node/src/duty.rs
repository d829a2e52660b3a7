//! Who may do what, and the trail that reading leaves: whoever looks into a case is in the log
//! before he sees anything.

use crate::error::NodeError;
use crate::event::{Event, UserRole};
use crate::node::Node;
use crate::state::Case;

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Open, close and fill cases.
    Work,
    /// See what is in them.
    Look,
    /// See which there are.
    List,
    /// See who did what, who may act, and whether the node is well.
    Oversee,
    /// Let others act.
    Administer,
    /// Write a backup.
    Keep,
    /// Approve what others have written.
    Approve,
}

impl UserRole {
    /// Whether the role goes with a duty.
    pub fn may(self, duty: Duty) -> bool {
        use UserRole::{Administrator, Auditor, Officer, Supervisor};
        match duty {
            Duty::Work | Duty::Look => matches!(self, Officer | Supervisor),
            Duty::List => matches!(self, Officer | Supervisor | Auditor),
            Duty::Oversee => true,
            Duty::Administer => matches!(self, Supervisor | Administrator),
            Duty::Approve => self == Supervisor,
            Duty::Keep => matches!(self, Officer | Supervisor | Administrator),
        }
    }
}

impl Node {
    /// Makes sure that somebody is known here and may do something.
    pub fn allow(&self, by: &str, duty: Duty) -> Result<(), NodeError> {
        self.identity()?;
        let unknown = || NodeError::UnknownUser(by.to_owned());
        let role = self.state.users.get(by).copied().ok_or_else(unknown)?;
        match role.may(duty) {
            true => Ok(()),
            false => Err(NodeError::NotAllowed { user: by.to_owned(), role: role.as_str() }),
        }
    }

    /// Lets somebody look into a case, and records that he did.
    pub(crate) fn enter(
        &mut self,
        by: &str,
        command: &str,
        case: Option<&str>,
        about: &str,
    ) -> Result<Case, NodeError> {
        self.allow(by, Duty::Look)?;
        let case = self.case(case)?.clone();
        let about = match about {
            "" => case.reference.clone(),
            about => format!("{}, {about}", case.reference),
        };
        self.look(by, command, &about)?;
        Ok(case)
    }

    /// Records that somebody who may looked at something.
    pub(crate) fn look(&mut self, by: &str, command: &str, about: &str) -> Result<(), NodeError> {
        self.allow(by, Duty::Look)?;
        let about = model::refusal::shown(about).to_string();
        self.record(by, &[Event::Looked { command: command.to_owned(), about }])
    }

    /// Records that this log came out of a backup; who had that file could restore it.
    pub fn restored(&mut self, file: &str) -> Result<(), NodeError> {
        self.record("node", &[Event::Restored { file: model::refusal::shown(file).to_string() }])
    }

    /// Records that somebody who may asks for a backup, so that the backup itself tells it.
    pub fn begin_backup(&mut self, by: &str, file: &str) -> Result<(), NodeError> {
        self.allow(by, Duty::Keep)?;
        self.record(by, &[Event::BackedUp { file: model::refusal::shown(file).to_string() }])
    }
}
