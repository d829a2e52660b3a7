//! The node itself: its outside and its state, and how one becomes the other.

use std::sync::{Arc, OnceLock};

use model::rates::Rates;
use tlog::frontier::Frontier;

use crate::error::NodeError;
use crate::event::Event;
use crate::exchange::Exchange;
use crate::matching::MatchOutside;
use crate::port::Ports;
use crate::state::{Case, Identity, State};

/// One agency's node.
pub struct Node {
    pub(crate) ports: Ports,
    pub(crate) state: State,
    pub(crate) rates: Rates,
    /// The node's own audit as a log that only grows: a leaf an event.
    pub(crate) audit: Frontier,
    pub(crate) exchange: Option<Arc<Exchange>>,
    pub(crate) matching: Option<MatchOutside>,
    /// The installed law pack, once it was read.
    pub(crate) law: OnceLock<law::Pack>,
}

impl Node {
    /// Reads the log and folds it.
    pub fn open(ports: Ports, rates: Rates) -> Result<Node, NodeError> {
        let (mut state, mut audit) = (State::default(), Frontier::default());
        for recorded in &ports.journal.events()? {
            state.apply(recorded);
            audit.add(recorded.leaf());
        }
        let (exchange, matching, law) = (None, None, OnceLock::new());
        Ok(Node { ports, state, rates, audit, exchange, matching, law })
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

    /// Records events and folds them; durable when this returns.
    pub(crate) fn record(&mut self, by: &str, events: &[Event]) -> Result<(), NodeError> {
        let recorded = self.ports.journal.append(self.ports.clock.now(), by, events)?;
        for event in &recorded {
            self.state.apply(event);
            self.audit.add(event.leaf());
        }
        if let Some(exchange) = &self.exchange {
            exchange.set_audit(self.audit.size(), self.audit.root());
        }
        Ok(())
    }
}
