//! Rings on small made-up worlds: what is found, and what is left alone.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use graph::intake::Intake;
use graph::ledger::Ledger;
use graph::rings::sign::{LEAST_POINTS, Sign};
use graph::rings::{Evidence, Material, Rings, find};
use graph::seeds;
use graph::segment::Segment;
use model::account::Account;
use model::complaint::Complaint;
use model::holding::HoldingKind;
use model::money::{Currency, Money};
use model::rates::Rates;
use model::time::Timestamp;
use model::transfer::Transfer;

/// Four weeks of ordinary life, and whatever a test adds, in hours from the start.
#[derive(Default)]
struct World {
    flows: Vec<(i64, String, String, i64)>,
    complaints: Vec<(String, String, i64, i64)>,
}

impl World {
    fn new() -> World {
        let mut world = World::default();
        for person in 0..60_i64 {
            for week in 0..4_i64 {
                let hour = week * 168 + person * 7 % 160;
                let (from, shop) = (format!("p{person}"), format!("shop{}", person % 6));
                world.pay(hour, &from, &shop, 3_000 + person * 11);
                world.pay(hour + 3, &format!("boss{}", person % 3), &from, 40_000 + person);
            }
        }
        world
    }

    fn pay(&mut self, hour: i64, from: &str, to: &str, cents: i64) {
        self.flows.push((hour, from.into(), to.into(), cents));
    }

    /// A victim pays; half of them complain.
    fn cheat(&mut self, hour: i64, victim: &str, to: &str, cents: i64, complains: bool) {
        self.pay(hour, victim, to, cents);
        if complains {
            self.complaints.push((victim.into(), to.into(), cents, hour + 30));
        }
    }

    /// Two collectors, mules by twos, an exchange account, a wallet, a boss and a launderer.
    fn ring(&mut self, name: &str, start: i64, launderer: &str) {
        let of = |part: &str| format!("{name}{part}");
        for victim in 0..6_i64 {
            let collector = of(&format!("c{}", victim % 2));
            let cents = 200_000 + victim * 17_000;
            self.cheat(start + victim, &of(&format!("v{victim}")), &collector, cents, victim < 3);
        }
        for mule in 0..8_i64 {
            let (collector, mule_name) = (of(&format!("c{}", mule % 2)), of(&format!("m{mule}")));
            self.pay(start + 8 + mule, &collector, &mule_name, 150_000 + mule * 900);
            self.pay(start + 20 + mule, &mule_name, &of("x"), 144_000 + mule * 900);
        }
        self.pay(start + 40, &of("x"), &of("w"), 1_150_000);
        self.pay(start + 42, &of("w"), &of("boss"), 900_000);
        self.pay(start + 43, &of("w"), launderer, 220_000);
    }

    fn rings<T>(&self, look: impl FnOnce(&Rings, &Ledger<'_>) -> T) -> T {
        let moment = |hour: i64| Timestamp::from_seconds(1_735_000_000 + hour * 3_600).unwrap();
        let account = |name: &str| Account::parse("VNB01", name).unwrap();
        let mut intake = Intake::new(Vec::new());
        for (number, (hour, from, to, cents)) in self.flows.iter().enumerate() {
            let money = Money::new(*cents, Currency::USD);
            intake.take(&Transfer {
                id: number.to_string().into(),
                at: moment(*hour),
                from: account(from),
                to: account(to),
                sent: money,
                received: money,
                format: "".into(),
            });
        }
        let bytes = intake.finish();
        let rates = Rates::default();
        let ledger = Ledger::new(vec![Segment::parse(&bytes).unwrap()], &rates).unwrap();
        let complaints: Vec<Complaint> = self
            .complaints
            .iter()
            .enumerate()
            .map(|(number, (victim, to, cents, hour))| Complaint {
                id: format!("C{number}").into(),
                reported_at: moment(*hour),
                agency: "A".into(),
                victim: Some(account(victim)),
                paid_to: account(to),
                amount: Money::new(*cents, Currency::USD),
                suspects: Vec::new(),
            })
            .collect();
        let kind = |number: u32| match ledger.account(number).number() {
            name if name.ends_with('x') => HoldingKind::Exchange,
            name if name.ends_with('w') => HoldingKind::Wallet,
            _ => HoldingKind::Unknown,
        };
        let payments = seeds::payments(&ledger, &complaints, &rates);
        let found = find(&Material {
            ledger: &ledger,
            complaints: &complaints,
            payments: &payments,
            kind: &kind,
            rates: &rates,
        });
        look(&found, &ledger)
    }
}

/// The members of the first ring, by name.
fn members(rings: &Rings, ledger: &Ledger<'_>) -> BTreeSet<String> {
    let ring = rings.rings.first().unwrap();
    ring.members.iter().map(|m| ledger.account(m.account).number().to_owned()).collect()
}

#[test]
fn the_whole_ring_is_found_though_half_of_the_victims_are_silent() {
    let mut world = World::new();
    world.ring("r", 200, "l");
    let names = ["c0", "c1", "m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "x", "w", "boss"];
    let mut expected: BTreeSet<String> = names.iter().map(|name| format!("r{name}")).collect();
    expected.insert("l".into());
    world.rings(|rings, ledger| {
        assert_eq!(rings.rings.len(), 1);
        assert_eq!(members(rings, ledger), expected);
    });
}

#[test]
fn a_silent_victim_is_told_apart_from_those_who_complained() {
    let mut world = World::new();
    world.ring("r", 200, "l");
    world.rings(|rings, ledger| {
        let ring = rings.rings.first().unwrap();
        let guessed = ring.transfers.iter().filter(|transfer| transfer.is_guessed_victims());
        let payers: BTreeSet<String> = guessed
            .map(|transfer| ledger.entry(transfer.entry).unwrap().from)
            .map(|payer| ledger.account(payer).number().to_owned())
            .collect();
        assert_eq!(payers, BTreeSet::from(["rv3", "rv4", "rv5"].map(str::to_owned)));
        let evidence = ring.members.iter().flat_map(|member| &member.evidence);
        let alike = evidence.filter(|fact| matches!(fact, Evidence::PaidAlike { .. })).count();
        assert_eq!(alike, 2, "each collector's evidence says so");
    });
}

#[test]
fn rings_that_share_a_launderer_are_two_and_hooked_up() {
    let mut world = World::new();
    world.ring("a", 150, "l");
    world.ring("b", 320, "l");
    world.rings(|rings, ledger| {
        assert_eq!(rings.rings.len(), 2);
        let via: Vec<String> = rings
            .hookups
            .iter()
            .map(|hookup| ledger.account(hookup.via).number().to_owned())
            .collect();
        assert_eq!(via, ["l"]);
    });
}

#[test]
fn a_mule_paying_a_stranger_of_another_ring_joins_no_rings() {
    let mut world = World::new();
    world.ring("a", 150, "la");
    world.ring("b", 160, "lb");
    world.pay(175, "am0", "bm1", 20_000);
    world.rings(|rings, _| assert_eq!(rings.rings.len(), 2));
}

#[test]
fn one_cheated_buyer_is_no_ring() {
    let mut world = World::new();
    world.cheat(300, "p1", "p2", 9_000, true);
    world.pay(310, "p2", "p3", 4_000);
    world.rings(|rings, _| assert!(rings.rings.is_empty(), "{rings:?}"));
}

#[test]
fn a_ring_that_lets_money_rest_for_a_week_is_found() {
    let mut world = World::new();
    for victim in 0..4_i64 {
        world.cheat(100 + victim, &format!("v{victim}"), "c", 200_000, true);
    }
    for mule in 0..4_i64 {
        world.pay(270 + mule, "c", &format!("m{mule}"), 190_000);
        world.pay(440 + mule, &format!("m{mule}"), "x", 180_000);
    }
    let expected = ["c", "m0", "m1", "m2", "m3", "x"].map(str::to_owned);
    world.rings(|rings, ledger| assert_eq!(members(rings, ledger), BTreeSet::from(expected)));
}

#[test]
fn a_mules_own_shopping_is_not_the_rings() {
    let mut world = World::new();
    world.ring("r", 200, "l");
    // After receiving 1,500.00 and passing on 1,440.00 the mule pays 300.00 to somebody new.
    world.pay(224, "rm0", "friend", 30_000);
    world.rings(|rings, ledger| assert!(!members(rings, ledger).contains("friend")));
}

#[test]
fn shares_do_not_depend_on_the_rule_where_all_money_is_the_rings() {
    let mut world = World::new();
    world.ring("r", 200, "l");
    world.rings(|rings, ledger| {
        let shares = &rings.rings.first().unwrap().shares;
        let told: Vec<(String, i64, i64)> = shares
            .iter()
            .map(|share| {
                let points = |part: f64| (part * 10_000.0).round() as i64;
                let name = ledger.account(share.account).number().to_owned();
                (name, points(share.low), points(share.high))
            })
            .collect();
        // 9,000.00 and 2,200.00 of 11,200.00.
        assert!(told.contains(&("rboss".to_owned(), 8_036, 8_036)), "{told:?}");
        assert!(told.contains(&("l".to_owned(), 1_964, 1_964)), "{told:?}");
    });
}

#[test]
fn what_a_transfer_looks_like_is_told_with_points_that_reach_the_least() {
    let mut world = World::new();
    world.ring("r", 200, "l");
    world.rings(|rings, _| {
        let members = rings.rings.iter().flat_map(|ring| &ring.members);
        let looks: Vec<f64> = members
            .flat_map(|member| &member.evidence)
            .filter_map(|fact| match fact {
                Evidence::Looks { signs, .. } => Some(signs.iter().map(Sign::points).sum()),
                _ => None,
            })
            .collect();
        assert!(looks.len() >= 8, "{looks:?}");
        assert!(looks.iter().all(|sum| *sum >= LEAST_POINTS), "{looks:?}");
    });
}
