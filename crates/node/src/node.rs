//! The node itself: its outside and its state, and how one becomes the other.

use model::rates::Rates;

use crate::error::NodeError;
use crate::event::{Event, UserRole};
use crate::port::Ports;
use crate::state::{Case, Identity, State};

/// One agency's node.
pub struct Node {
    pub(crate) ports: Ports,
    pub(crate) state: State,
    pub(crate) rates: Rates,
}

impl Node {
    /// Reads the log and folds it.
    pub fn open(ports: Ports, rates: Rates) -> Result<Node, NodeError> {
        let mut state = State::default();
        ports.journal.events()?.iter().for_each(|recorded| state.apply(recorded));
        Ok(Node { ports, state, rates })
    }

    /// What the events add up to.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The node's outside.
    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    /// The rates with which sums are compared.
    pub fn rates(&self) -> &Rates {
        &self.rates
    }

    /// Who this node is.
    pub fn identity(&self) -> Result<&Identity, NodeError> {
        self.state.identity.as_ref().ok_or(NodeError::NoNode)
    }

    /// The case of a reference, or the default case.
    pub fn case(&self, reference: Option<&str>) -> Result<&Case, NodeError> {
        self.identity()?;
        match reference {
            Some(reference) => {
                let found = self.state.cases.get(&reference.to_ascii_uppercase());
                found.ok_or_else(|| NodeError::UnknownCase(reference.to_owned()))
            }
            None => {
                let default = self.state.default_case();
                default.ok_or_else(|| NodeError::UnknownCase(String::new()))
            }
        }
    }

    /// Makes sure that somebody may do what changes cases.
    pub(crate) fn allow_work(&self, by: &str) -> Result<(), NodeError> {
        let role = self.role(by)?;
        if role.may_work() { Ok(()) } else { Err(not_allowed(by, role)) }
    }

    /// Makes sure that somebody may add users.
    pub(crate) fn allow_administration(&self, by: &str) -> Result<(), NodeError> {
        let role = self.role(by)?;
        let may = matches!(role, UserRole::Supervisor | UserRole::Administrator);
        if may { Ok(()) } else { Err(not_allowed(by, role)) }
    }

    fn role(&self, name: &str) -> Result<UserRole, NodeError> {
        self.identity()?;
        let role = self.state.users.get(name).copied();
        role.ok_or_else(|| NodeError::UnknownUser(name.to_owned()))
    }

    /// Records events and folds them; durable when this returns.
    pub(crate) fn record(&mut self, by: &str, events: &[Event]) -> Result<(), NodeError> {
        let recorded = self.ports.journal.append(self.ports.clock.now(), by, events)?;
        recorded.iter().for_each(|event| self.state.apply(event));
        Ok(())
    }
}

fn not_allowed(user: &str, role: UserRole) -> NodeError {
    NodeError::NotAllowed { user: user.to_owned(), role: role.as_str() }
}
