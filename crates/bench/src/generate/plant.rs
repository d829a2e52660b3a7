//! Rings planted in a flow: victims pay collectors, the money goes through mules in one of eight
//! shapes to an exchange, from there to a wallet, and is paid out to bosses and a launderer.

use std::collections::{BTreeMap, BTreeSet};

use super::draw::Draw;
use super::habits::Habits;
use super::party::{Accounts, HOME, PLACES, Party, TOKENS};

const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;
const SHAPES: [&str; 8] = [
    "mule_chain",
    "stack",
    "scatter_gather",
    "gather_scatter",
    "fan_in",
    "fan_out",
    "cycle",
    "direct",
];

/// A planted transfer.
pub(super) struct Planted {
    /// Seconds since 1970.
    pub(super) at: f64,
    pub(super) from: Party,
    pub(super) to: Party,
    pub(super) usd: f64,
    /// The ring, or `None` for a lawful look-alike.
    pub(super) ring: Option<u32>,
    /// `R00001-0-stack`, or what look-alike it is; empty for payouts.
    pub(super) pattern: String,
    pub(super) role: String,
}

/// A complaint; the payment stands at `payment` in `World::planted`.
pub(super) struct Complaint {
    pub(super) payment: usize,
    pub(super) ring: u32,
    pub(super) phone: String,
    pub(super) domain: String,
}

/// What is planted.
pub(super) struct World<'w> {
    pub(super) draw: &'w mut Draw,
    pub(super) accounts: Accounts,
    pub(super) planted: Vec<Planted>,
    pub(super) complaints: Vec<Complaint>,
    /// Ring, account and role.
    pub(super) roles: BTreeSet<(u32, Party, &'static str)>,
    /// Ring, account and part of the profit.
    pub(super) shares: Vec<(u32, Party, f64)>,
    /// Launderers with their rings.
    pub(super) launderers: Vec<(Party, Vec<u32>)>,
    /// Ordinary people's numbers: from the first to below the second.
    pub(super) people: (u64, u64),
    /// When the flow begins and how long it lasts, in seconds.
    pub(super) time: (f64, f64),
}

/// Some money at an account.
#[derive(Clone, Copy)]
struct Parcel {
    at: f64,
    holder: Party,
    usd: f64,
}

/// One run of a ring.
struct Run<'r> {
    ring: u32,
    habits: &'r Habits,
    name: String,
    /// The ring's mules that were used before and may be used again.
    mules: &'r mut Vec<Party>,
    /// What each account was recruited as; one that never gets money has no part in the ring.
    roles: BTreeMap<Party, &'static str>,
}

impl World<'_> {
    /// Plants one ring.
    pub(super) fn ring(&mut self, ring: u32, habits: &Habits) {
        let begin = self.time.0 + self.draw.between((0.02, 0.7)) * self.time.1;
        let exchange = self.accounts.make(self.draw, TOKENS, "exchange");
        self.roles.insert((ring, exchange, "exchange"));
        let runs = self.draw.among(&habits.runs);
        let victims = self.draw.among(&habits.victims).max(runs);
        let (mut mules, mut arrived) = (Vec::new(), Vec::new());
        let phone = format!("0{}", 900_000_000 + self.draw.below(99_999_999));
        let domain = format!("r{ring}-{:06x}.example", self.draw.below(1 << 24));
        for number in 0..runs {
            let shape = self.draw.one(&SHAPES).unwrap_or("direct");
            let name = format!("R{ring:05}-{number}-{shape}");
            let roles = BTreeMap::new();
            let mut run = Run { ring, habits, name, mules: &mut mules, roles };
            let starts = begin + number as f64 * self.draw.between((0.0, 3.0)) * DAY;
            let collected = self.collect(&mut run, starts, victims / runs, &phone, &domain);
            let ends = self.shape(&mut run, shape, collected);
            for parcel in ends {
                arrived.push(self.pay(&run, parcel, exchange, "cash_in_exchange", 1.0));
            }
        }
        self.pay_out(ring, habits, exchange, &mut arrived);
    }

    /// Victims pay collectors, who gather some payments before they pass them on.
    fn collect(
        &mut self,
        run: &mut Run<'_>,
        begin: f64,
        victims: u64,
        phone: &str,
        domain: &str,
    ) -> Vec<Parcel> {
        let count = self.draw.among(&run.habits.collectors).min(victims.max(1));
        let collectors: Vec<Party> = (0..count).map(|_| self.recruit(run, "collector")).collect();
        let mut payments: Vec<Parcel> = Vec::new();
        for _ in 0..victims.max(1) {
            let victim = Party::Person(self.person());
            self.roles.insert((run.ring, victim, "victim"));
            let complains = self.draw.chance(run.habits.complain);
            let times = if self.draw.chance(0.25) { 2 + self.draw.below(3) } else { 1 };
            for _ in 0..times {
                let Some(collector) = self.draw.one(&collectors) else { continue };
                let (middle, spread) = run.habits.payment_usd;
                let usd = self.draw.around(middle, spread).clamp(30.0, 200_000.0);
                let at = begin + self.draw.between((0.0, 3.0)) * DAY;
                if complains {
                    let domain = if self.draw.chance(0.5) { domain } else { "facebook.com" };
                    let phone = if self.draw.chance(0.6) { phone } else { "" };
                    self.complaints.push(Complaint {
                        payment: self.planted.len(),
                        ring: run.ring,
                        phone: phone.to_owned(),
                        domain: domain.to_owned(),
                    });
                }
                self.put(run, (at, victim, collector, usd), "victim_payment");
                payments.push(Parcel { at, holder: collector, usd });
            }
        }
        self.pool(run, payments)
    }

    /// Joins what one account passes on together.
    fn pool(&mut self, run: &Run<'_>, mut parcels: Vec<Parcel>) -> Vec<Parcel> {
        parcels.sort_by(|a, b| a.holder.cmp(&b.holder).then(a.at.total_cmp(&b.at)));
        let mut pooled: Vec<Parcel> = Vec::new();
        let mut left = 0;
        for parcel in parcels {
            match pooled.last_mut() {
                Some(last) if left > 0 && last.holder == parcel.holder => {
                    last.usd += parcel.usd;
                    last.at = parcel.at;
                    left -= 1;
                }
                _ => {
                    pooled.push(parcel);
                    left = self.draw.among(&run.habits.pooled) - 1;
                }
            }
        }
        pooled
    }

    fn shape(&mut self, run: &mut Run<'_>, shape: &str, parcels: Vec<Parcel>) -> Vec<Parcel> {
        let wide = self.draw.among(&run.habits.width);
        match shape {
            "mule_chain" => self.chain(run, parcels),
            "cycle" => {
                let starts: Vec<Party> = parcels.iter().map(|parcel| parcel.holder).collect();
                let ends = self.chain(run, parcels);
                let back = ends.into_iter().zip(starts.iter().cycle());
                back.map(|(end, start)| self.pay(run, end, *start, "back", 1.0)).collect()
            }
            "fan_in" => self.gather(run, parcels, "fan_in"),
            "fan_out" => self.scatter(run, &parcels, wide, "fan_out"),
            "scatter_gather" => {
                let parts = self.scatter(run, &parcels, wide, "scatter");
                self.gather(run, parts, "gather")
            }
            "gather_scatter" => {
                let whole = self.gather(run, parcels, "gather");
                self.scatter(run, &whole, wide, "scatter")
            }
            "stack" => {
                let first = self.scatter(run, &parcels, wide.min(8), "layer1");
                let first = self.pool(run, first);
                self.scatter(run, &first, wide.min(8), "layer2")
            }
            _ => parcels,
        }
    }

    /// Each parcel goes along one way of mules; the first ways are used again by later parcels.
    fn chain(&mut self, run: &mut Run<'_>, parcels: Vec<Parcel>) -> Vec<Parcel> {
        let hops = self.draw.among(&run.habits.hops);
        let ways = 1 + self.draw.below(3);
        let mut way: Vec<Vec<Party>> = Vec::new();
        for _ in 0..ways {
            let mules = (0..hops).map(|_| self.recruit(run, "mule")).collect();
            way.push(mules);
        }
        let mut parcels = parcels;
        for hop in 0..hops {
            let mut moved = Vec::new();
            for parcel in parcels {
                let along = way.get(self.draw.below(ways) as usize);
                if let Some(next) = along.and_then(|way| way.get(hop as usize)) {
                    moved.push(self.pay(run, parcel, *next, &format!("hop{}", hop + 1), 1.0));
                }
            }
            parcels = self.pool(run, moved);
        }
        parcels
    }

    fn scatter(
        &mut self,
        run: &mut Run<'_>,
        parcels: &[Parcel],
        wide: u64,
        role: &str,
    ) -> Vec<Parcel> {
        let mules: Vec<Party> = (0..wide).map(|_| self.recruit(run, "mule")).collect();
        let mut moved = Vec::new();
        for parcel in parcels {
            // Small money is not cut into crumbs.
            let parts = (parcel.usd / 150.0).clamp(1.0, wide as f64) as usize;
            let weights: Vec<f64> = (0..parts).map(|_| self.draw.between((0.7, 1.3))).collect();
            let sum: f64 = weights.iter().sum();
            let skip = self.draw.below(wide) as usize;
            for (weight, mule) in weights.iter().zip(mules.iter().cycle().skip(skip)) {
                moved.push(self.pay(run, *parcel, *mule, role, weight / sum));
            }
        }
        moved
    }

    fn gather(&mut self, run: &mut Run<'_>, parcels: Vec<Parcel>, role: &str) -> Vec<Parcel> {
        let hub = self.recruit(run, "mule");
        let parcels = self.pool(run, parcels);
        let moved: Vec<Parcel> =
            parcels.into_iter().map(|parcel| self.pay(run, parcel, hub, role, 1.0)).collect();
        self.pool(run, moved)
    }

    /// An account of the ring: one used before, an ordinary person's, or one opened for this.
    fn recruit(&mut self, run: &mut Run<'_>, role: &'static str) -> Party {
        let known = if self.draw.chance(0.1) { self.draw.one(run.mules) } else { None };
        let party = known.unwrap_or_else(|| {
            if self.draw.chance(run.habits.busy) {
                Party::Person(self.person())
            } else {
                let away = self.draw.chance(run.habits.abroad);
                let place =
                    if away { 1 + self.draw.below(PLACES.len() as u64 - 2) as usize } else { HOME };
                self.accounts.make(self.draw, place, "personal")
            }
        });
        run.roles.entry(party).or_insert(role);
        run.mules.push(party);
        party
    }

    /// Whether an account has a role in a ring.
    fn plays(&self, ring: u32, party: Party) -> bool {
        let next = self.roles.range((ring, party, "")..).next();
        next.is_some_and(|(of, account, _)| (*of, *account) == (ring, party))
    }

    fn person(&mut self) -> u64 {
        self.people.0 + self.draw.below(self.people.1 - self.people.0)
    }

    /// Passes a part of a parcel on, some time later and less a commission.
    fn pay(&mut self, run: &Run<'_>, parcel: Parcel, to: Party, role: &str, part: f64) -> Parcel {
        if parcel.holder == to {
            return Parcel { usd: parcel.usd * part, ..parcel };
        }
        let (middle, spread) = run.habits.rest_hours;
        let at = parcel.at + self.draw.around(middle, spread).clamp(0.02, 400.0) * HOUR;
        let mut usd = parcel.usd * part * (1.0 - self.draw.between(run.habits.commission));
        if usd > 300.0 && self.draw.chance(run.habits.rounded) {
            usd = (usd / 100.0).floor() * 100.0;
        }
        self.put(run, (at, parcel.holder, to, usd), role);
        Parcel { at, holder: to, usd }
    }

    fn put(&mut self, run: &Run<'_>, (at, from, to, usd): (f64, Party, Party, f64), role: &str) {
        if let Some(role) = run.roles.get(&to)
            && !self.plays(run.ring, to)
        {
            self.roles.insert((run.ring, to, role));
        }
        self.planted.push(Planted {
            at,
            from,
            to,
            usd,
            ring: Some(run.ring),
            pattern: run.name.clone(),
            role: role.to_owned(),
        });
    }

    /// The exchange pays a wallet, the wallet the bosses and the launderer.
    fn pay_out(&mut self, ring: u32, habits: &Habits, exchange: Party, arrived: &mut [Parcel]) {
        arrived.sort_by(|a, b| a.at.total_cmp(&b.at));
        let wallet = self.accounts.make(self.draw, TOKENS, "wallet");
        self.roles.insert((ring, wallet, "wallet"));
        let launderer = self.launderer(ring, habits);
        let mut parts = vec![(launderer, "launderer", self.draw.between((0.08, 0.25)))];
        let bosses = 1 + self.draw.below(4);
        let weights: Vec<f64> = (0..bosses).map(|_| self.draw.between((0.1, 1.0))).collect();
        let sum: f64 = weights.iter().sum();
        let rest = 1.0 - parts.iter().map(|part| part.2).sum::<f64>();
        for weight in weights {
            let boss = self.accounts.make(self.draw, TOKENS, "wallet");
            parts.push((boss, "boss", rest * weight / sum));
        }
        for (account, role, part) in &parts {
            self.roles.insert((ring, *account, *role));
            self.shares.push((ring, *account, *part));
        }
        let payouts = self.draw.among(&habits.payouts) as usize;
        for lot in arrived.chunks(arrived.len().div_ceil(payouts).max(1)) {
            let usd: f64 = lot.iter().map(|parcel| parcel.usd).sum::<f64>() * 0.998;
            let last = lot.last().map_or(0.0, |parcel| parcel.at);
            let at = last + self.draw.between((0.3, 12.0)) * HOUR;
            self.paid_out(ring, (at, exchange, wallet, usd), "withdraw");
            for (account, _, part) in &parts {
                let at = at + self.draw.between((0.1, 5.0)) * HOUR;
                self.paid_out(ring, (at, wallet, *account, usd * part), "profit_share");
            }
        }
    }

    fn paid_out(&mut self, ring: u32, (at, from, to, usd): (f64, Party, Party, f64), role: &str) {
        let (pattern, role) = (String::new(), role.to_owned());
        self.planted.push(Planted { at, from, to, usd, ring: Some(ring), pattern, role });
    }

    fn launderer(&mut self, ring: u32, habits: &Habits) -> Party {
        let known: Vec<usize> = (0..self.launderers.len()).collect();
        let shared = if self.draw.chance(habits.hooked) { self.draw.one(&known) } else { None };
        if let Some((party, rings)) = shared.and_then(|place| self.launderers.get_mut(place)) {
            rings.push(ring);
            return *party;
        }
        let party = self.accounts.make(self.draw, TOKENS, "wallet");
        self.launderers.push((party, vec![ring]));
        party
    }
}
