//! The inbox of messages that the node itself deals with, oldest first, nobody being there.

use std::collections::BTreeSet;

use crate::error::NodeError;
use crate::exchange::ExchangeError;
use crate::node::Node;
use crate::port::record::{MessageRow, MessageState, Wanted};

/// So many messages of a kind are dealt with in one turn.
const MAX_MESSAGES: usize = 1_000;

impl Node {
    /// Deals with everything in the inbox that the node itself deals with; how many messages that
    /// were.
    pub fn inbox_turn(&mut self) -> Result<usize, NodeError> {
        // Requests first: a case that MATCH cannot read keeps none of them waiting. Nor does a law
        // pack that cannot be read keep MATCH waiting.
        let requests = match self.request_turn() {
            Err(error @ NodeError::Law(_)) => Err(error),
            done => Ok(done?),
        };
        let matched = self.match_turn()?;
        Ok(requests? + matched)
    }

    /// Deals with the messages of some kinds, one kind after the other.
    pub(crate) fn deal_with(
        &mut self,
        kinds: &[&'static str],
        mut deal: impl FnMut(&mut Node, &MessageRow) -> Result<(), NodeError>,
    ) -> Result<usize, NodeError> {
        let exchange = self.exchange()?.clone();
        let is_of_port = |error: &ExchangeError| matches!(error, ExchangeError::Port(_));
        // Who sent a request that waits: its steps wait for it.
        let (mut count, mut told, mut held) = (0, None, BTreeSet::new());
        for kind in kinds {
            let mut waiting = BTreeSet::new();
            // What somebody opened before the node dealt with it is dealt with all the same.
            let states = vec![MessageState::Accepted, MessageState::Opened];
            let to = Some(exchange.me());
            let (kind, most) = (Some(*kind), MAX_MESSAGES);
            let mut rows =
                exchange.messages(&Wanted { to, states, kind, most, ..Wanted::default() })?;
            rows.sort_by_key(|row| (row.recorded, row.index));
            for row in rows {
                if waiting.contains(&row.log.from) || held.contains(&row.log.from) {
                    continue;
                }
                match deal(self, &row) {
                    Ok(()) => count += 1,
                    // Nothing can be said to this partner now: its message waits, others do not.
                    Err(NodeError::Exchange(error)) if !is_of_port(&error) => continue,
                    // Nothing can be said of a request before its law pack is mended: it waits, and
                    // is refused by nobody.
                    Err(error @ NodeError::Law(_)) => {
                        held.insert(row.log.from);
                        told.get_or_insert(error);
                        continue;
                    }
                    // A set waits until there is room, and what its sender sent after it, which may
                    // go on from it. Nobody else waits, and it is told at the end.
                    Err(error @ NodeError::MatchNoRoom(_)) => {
                        waiting.insert(row.log.from);
                        told.get_or_insert(error);
                        continue;
                    }
                    Err(error) => return Err(error),
                }
                // Its sender sees that it was dealt with; where that cannot be said, the log knows.
                if let Err(error) = exchange.handle(&row, None)
                    && is_of_port(&error)
                {
                    return Err(error.into());
                }
            }
        }
        told.map_or(Ok(count), Err)
    }
}
