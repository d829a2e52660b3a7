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

/// What a case knows of a suspect.
pub(super) struct Known<'c> {
    pub(super) identifier: Identifier,
    /// The case that knows it.
    pub(super) case: &'c str,
    /// Whether many people share it: then it is kept out, and counted.
    pub(super) is_common: bool,
}

/// Takes what is known, one after the other.
type Take<'t> = dyn FnMut(Known<'_>) -> Result<(), NodeError> + 't;

/// What a case knows, as it is told.
struct Telling<'t, 'c> {
    view: &'t View<'c>,
    is_publishing: bool,
    take: &'t mut Take<'t>,
}

impl Node {
    /// Tells what open cases know, one case after the other, and the same value as often as it is
    /// found: nothing is held here, for there may be very many. For publishing without what others'
    /// warnings keep to those addressed.
    pub(super) fn each_own(
        &self,
        is_publishing: bool,
        take: &mut dyn FnMut(Known<'_>) -> Result<(), NodeError>,
    ) -> Result<(), NodeError> {
        for case in self.state.cases.values().filter(|case| !case.is_closed) {
            let case = match is_publishing {
                true => &own_part(case),
                false => case,
            };
            self.view(case, |view| Telling { view, is_publishing, take: &mut *take }.tell())?;
        }
        Ok(())
    }

    /// The cases that know some identifiers now.
    pub(super) fn cases_of(
        &self,
        wanted: BTreeSet<Identifier>,
    ) -> Result<BTreeMap<Identifier, BTreeSet<String>>, NodeError> {
        let mut cases: BTreeMap<Identifier, BTreeSet<String>> =
            wanted.into_iter().map(|identifier| (identifier, BTreeSet::new())).collect();
        self.each_own(false, &mut |known| {
            if let Some(cases) = cases.get_mut(&known.identifier).filter(|_| !known.is_common) {
                cases.insert(known.case.to_owned());
            }
            Ok(())
        })?;
        Ok(cases)
    }
}

impl Telling<'_, '_> {
    fn tell(&mut self) -> Result<(), NodeError> {
        let (view, is_publishing) = (self.view, self.is_publishing);
        for complaint in &view.data.complaints {
            self.account(&complaint.paid_to)?;
            complaint.suspects.iter().try_for_each(|one| self.add(one))?;
        }
        if !view.data.complaints.is_empty() {
            for ring in &view.rings().rings {
                for member in ring.members.iter().filter(|one| is_suspect(one.role)) {
                    self.account(&view.ledger.account(member.account))?;
                }
            }
        }
        for indicator in &view.data.indicators {
            if !is_publishing || matches!(indicator.tlp, Tlp::Clear | Tlp::Green | Tlp::Amber) {
                self.add(&indicator.identifier)?;
            }
        }
        Ok(())
    }

    /// An account, and what its bank says of its holder.
    fn account(&mut self, account: &Account) -> Result<(), NodeError> {
        let holding = self.view.data.holding(account);
        let country = holding.as_ref().and_then(|holding| holding.country);
        let identifier = Identifier::of_account(account, country);
        // An exchange's own account is everybody's.
        if holding.as_ref().is_some_and(|holding| holding.kind == HoldingKind::Exchange) {
            return self.take(identifier, true);
        }
        self.add(&identifier)?;
        let known = holding.iter().flat_map(|holding| &holding.identifiers);
        known.into_iter().try_for_each(|known| self.add(known))
    }

    fn add(&mut self, identifier: &Identifier) -> Result<(), NodeError> {
        for one in std::iter::once(identifier.clone()).chain(identifier.leads_to()) {
            let is_common = is_common(&one);
            self.take(one, is_common)?;
        }
        Ok(())
    }

    fn take(&mut self, identifier: Identifier, is_common: bool) -> Result<(), NodeError> {
        let case = self.view.case.reference.as_str();
        (self.take)(Known { identifier, case, is_common })
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
