//! The identifiers that a node publishes and asks about: whom it suspects, and nobody else.
//!
//! Taken are accounts that victims paid, what victims say of those who took their money, the
//! accounts of rings, what a bank says of the holders of all these, and values that somebody warned
//! of; of each also the wider values that it leads to. Left out are victims and everybody else who
//! only stands in a file, and values that many people share.

use std::collections::{BTreeMap, BTreeSet};

use model::account::Account;
use model::common::is_common;
use model::holding::HoldingKind;
use model::identifier::Identifier;
use model::indicator::Tlp;
use model::role::Role;

use crate::error::NodeError;
use crate::event::{GivenBy, ImportedFile};
use crate::node::Node;
use crate::state::Case;
use crate::view::View;

/// What is known of suspects.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// Each identifier with the cases that know it.
    pub(super) identifiers: BTreeMap<Identifier, BTreeSet<String>>,
    /// Values that many people share: they are kept out, and counted.
    pub(super) suppressed: BTreeSet<Identifier>,
}

impl Node {
    /// What open cases know; for publishing without what others' warnings keep to those addressed.
    pub(super) fn own_identifiers(&self, is_publishing: bool) -> Result<Own, NodeError> {
        let mut own = Own::default();
        for case in self.state.cases.values().filter(|case| !case.is_closed) {
            let case = match is_publishing {
                true => &own_part(case),
                false => case,
            };
            self.view(case, |view| {
                own.gather(view, is_publishing);
                Ok(())
            })?;
        }
        Ok(own)
    }
}

impl Own {
    fn gather(&mut self, view: &View<'_>, is_publishing: bool) {
        let case = &view.case.reference;
        for complaint in &view.data.complaints {
            self.account(view, &complaint.paid_to);
            complaint.suspects.iter().for_each(|one| self.add(one, case));
        }
        if !view.data.complaints.is_empty() {
            for ring in &view.rings().rings {
                for member in ring.members.iter().filter(|one| is_suspect(one.role)) {
                    self.account(view, &view.ledger.account(member.account));
                }
            }
        }
        for indicator in &view.data.indicators {
            if !is_publishing || matches!(indicator.tlp, Tlp::Clear | Tlp::Green | Tlp::Amber) {
                self.add(&indicator.identifier, case);
            }
        }
    }

    /// An account, and what its bank says of its holder.
    fn account(&mut self, view: &View<'_>, account: &Account) {
        let holding = view.data.holding(account);
        let country = holding.as_ref().and_then(|holding| holding.country);
        let identifier = Identifier::of_account(account, country);
        // An exchange's own account is everybody's.
        if holding.as_ref().is_some_and(|holding| holding.kind == HoldingKind::Exchange) {
            self.suppressed.insert(identifier);
            return;
        }
        self.add(&identifier, &view.case.reference);
        for known in holding.iter().flat_map(|holding| &holding.identifiers) {
            self.add(known, &view.case.reference);
        }
    }

    fn add(&mut self, identifier: &Identifier, case: &str) {
        let all = std::iter::once(identifier.clone()).chain(identifier.leads_to());
        for one in all {
            if is_common(&one) {
                self.suppressed.insert(one);
            } else {
                self.identifiers.entry(one).or_default().insert(case.to_owned());
            }
        }
    }
}

/// A case without what partners gave and others may not learn of: a published set tells each that
/// asks.
fn own_part(case: &Case) -> Case {
    let stays = |file: &ImportedFile| file.given.as_ref().is_none_or(GivenBy::may_go_onward);
    let mut part = case.clone();
    let files = case.files.iter().zip(&case.imported_at).filter(|(file, _)| stays(file));
    (part.files, part.imported_at) = files.map(|(file, at)| (file.clone(), *at)).unzip();
    part
}

/// Whether a ring's account is one of those who are looked for.
fn is_suspect(role: Role) -> bool {
    matches!(role, Role::Collector | Role::Mule | Role::Wallet | Role::Boss | Role::Launderer)
}
