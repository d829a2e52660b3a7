//! A whole case as one picture: for each ring one card a role, and the launderers that rings share.
//!
//! Drawing every account of every ring tells nobody anything; the rings' own charts do that.
//! Amounts are in US dollars, because a role's accounts keep their books in many currencies.

use std::collections::{BTreeMap, BTreeSet};

use graph::rings::{Ring, RingTransfer, Rings};
use i18n::Language;
use model::money::{Currency, Money};
use model::role::Role;
use model::time::Timestamp;
use print::chart::{Chart, Edge, EdgeKind, Node as Drawn};

use crate::view::View;

/// A card of the picture: a ring's accounts of one role, or a shared account by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Role { ring: usize, role: Role },
    Shared { account: u32 },
}

/// The money between two cards.
struct Flow {
    usd_cents: i64,
    transfers: usize,
    first: Timestamp,
    last: Timestamp,
}

impl View<'_> {
    /// The picture of all rings.
    pub(crate) fn overview(&self, rings: &Rings, made: String, language: Language) -> Chart {
        let shared: BTreeSet<u32> = rings.hookups.iter().map(|hookup| hookup.via).collect();
        let all: Vec<u32> = (0..self.payments.len() as u32).collect();
        let resting = self.resting(&all);
        let (mut nodes, mut places) = (Vec::new(), BTreeMap::new());
        let mut flows: BTreeMap<(Place, Place), Flow> = BTreeMap::new();
        for (number, ring) in rings.rings.iter().enumerate() {
            let roles = self.add_roles(number, ring, &shared, &resting, &mut nodes, &mut places);
            for account in ring.transfers.iter().filter_map(|transfer| {
                let entry = self.ledger.entry(transfer.entry)?;
                shared.contains(&entry.to).then_some(entry.to)
            }) {
                places.entry(Place::Shared { account }).or_insert_with(|| {
                    nodes.push(self.drawn(account, Role::Launderer, &resting));
                    nodes.len() - 1
                });
            }
            self.add_flows(number, ring, &roles, &shared, &mut flows);
        }
        let edges = flows.into_iter().filter_map(|((from, to), flow)| {
            let is_shared = matches!(to, Place::Shared { .. });
            Some(Edge {
                from: *places.get(&from)?,
                to: *places.get(&to)?,
                money: Money::new(flow.usd_cents, Currency::USD),
                transfers: flow.transfers,
                first: flow.first,
                last: flow.last,
                kind: if is_shared { EdgeKind::HookUp } else { EdgeKind::Money },
            })
        });
        let edges = edges.collect();
        let values = [("case", self.case.reference.as_str().into())];
        let title = i18n::text_with(language, "chart-case", &values);
        let notes = ["chart-note-overview", "chart-note-lifo"];
        let mut notes = notes.map(|key| i18n::text(language, key)).to_vec();
        let all: Vec<&Ring> = rings.rings.iter().collect();
        notes.extend(self.guessed_note(&all, language));
        self.chart_of(title, nodes, edges, notes, made, language)
    }

    /// Makes a ring's cards; says on which card each of its accounts stands.
    fn add_roles(
        &self,
        number: usize,
        ring: &Ring,
        shared: &BTreeSet<u32>,
        resting: &BTreeMap<u32, i64>,
        nodes: &mut Vec<Drawn>,
        places: &mut BTreeMap<Place, usize>,
    ) -> BTreeMap<u32, Place> {
        let mut roles: BTreeMap<u32, Place> = BTreeMap::new();
        let mut add = |place: Place, role: Role, count: usize, usd_cents: i64| {
            let node = *places.entry(place).or_insert_with(|| {
                nodes.push(Drawn {
                    bank: self.ring_id(ring),
                    number: String::new(),
                    country: None,
                    role,
                    holder: String::new(),
                    resting: None,
                    others: 0,
                });
                nodes.len() - 1
            });
            if let Some(node) = nodes.get_mut(node) {
                node.others += count;
                let rests = node.resting.map_or(0, |money| money.amount_minor) + usd_cents;
                node.resting = (rests > 0).then(|| Money::new(rests, Currency::USD));
            }
        };
        for member in &ring.members {
            if shared.contains(&member.account) {
                roles.insert(member.account, Place::Shared { account: member.account });
                continue;
            }
            let place = Place::Role { ring: number, role: member.role };
            roles.insert(member.account, place);
            let rests = resting.get(&member.account).copied().unwrap_or(0);
            let usd = self.usd(self.own_money(member.account, rests));
            add(place, member.role, 1, usd.map_or(0, |usd| usd.amount_minor));
        }
        let is_victims = |t: &&RingTransfer| t.from_victim && !t.is_guessed_victims();
        let payers = ring.transfers.iter().filter(is_victims);
        let payers: BTreeSet<u32> = payers
            .filter_map(|transfer| self.ledger.entry(transfer.entry))
            .map(|entry| entry.from)
            .collect();
        add(Place::Role { ring: number, role: Role::Victim }, Role::Victim, payers.len(), 0);
        roles
    }

    fn add_flows(
        &self,
        number: usize,
        ring: &Ring,
        roles: &BTreeMap<u32, Place>,
        shared: &BTreeSet<u32>,
        flows: &mut BTreeMap<(Place, Place), Flow>,
    ) {
        let place = |account: u32| match shared.contains(&account) {
            true => Some(Place::Shared { account }),
            false => roles.get(&account).copied(),
        };
        for transfer in ring.transfers.iter().filter(|transfer| !transfer.is_guessed_victims()) {
            let Some(entry) = self.ledger.entry(transfer.entry) else { continue };
            let from = match transfer.from_victim {
                true => Some(Place::Role { ring: number, role: Role::Victim }),
                false => place(entry.from),
            };
            let (Some(from), Some(to)) = (from, place(entry.to)) else { continue };
            let Ok(at) = Timestamp::from_microseconds(entry.at) else { continue };
            // Money among accounts of one role stays inside its card.
            if from == to {
                continue;
            }
            let usd = self.usd(self.own_money(entry.from, transfer.out_minor));
            let flow = flows.entry((from, to)).or_insert(Flow {
                usd_cents: 0,
                transfers: 0,
                first: at,
                last: at,
            });
            flow.usd_cents += usd.map_or(0, |usd| usd.amount_minor);
            flow.transfers += 1;
            flow.first = flow.first.min(at);
            flow.last = flow.last.max(at);
        }
    }
}
