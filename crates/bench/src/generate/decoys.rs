//! Lawful look-alikes: what ordinary people and firms do that has a launderer's shape.

use super::party::{Party, TOKENS};
use super::plant::{Planted, World};

const DAY: f64 = 86_400.0;

impl World<'_> {
    /// Plants one look-alike of each kind.
    pub(super) fn decoys(&mut self) {
        self.payroll();
        self.rosca();
        self.loops("supply_loop", 3, 5_000.0);
        self.loops("family_loop", 1, 150.0);
        self.merchant();
        self.trader();
    }

    fn people(&mut self, count: u64) -> Vec<Party> {
        (0..count).map(|_| Party::Person(self.draw_person())).collect()
    }

    fn draw_person(&mut self) -> u64 {
        self.people.0 + self.draw.below(self.people.1 - self.people.0)
    }

    fn lawful(&mut self, kind: &str, days: f64, from: Party, to: Party, usd: f64) {
        let at = self.time.0 + days * DAY;
        let (pattern, role) = (kind.to_owned(), kind.to_owned());
        self.planted.push(Planted { at, from, to, usd, ring: None, pattern, role });
    }

    fn days(&self) -> f64 {
        self.time.1 / DAY
    }

    /// A firm is paid by a customer and pays its people within the hour.
    fn payroll(&mut self) {
        let count = 8 + self.draw.below(40);
        let (firm, staff) = (self.people(2), self.people(count));
        let [customer, firm] = firm.as_slice() else { return };
        let day = self.draw.unit() * self.days() * 0.8;
        let wages: Vec<f64> = staff.iter().map(|_| self.draw.around(400.0, 0.4)).collect();
        self.lawful("payroll", day, *customer, *firm, wages.iter().sum::<f64>() * 1.1);
        for (person, usd) in staff.into_iter().zip(wages) {
            let later = self.draw.unit() / 12.0;
            self.lawful("payroll", day + 0.05 + later, *firm, person, usd);
        }
    }

    /// A savings circle (hụi): all pay the head, the head pays one of them.
    fn rosca(&mut self) {
        let count = 6 + self.draw.below(14);
        let members = self.people(count);
        let Some((head, members)) = members.split_first() else { return };
        let (usd, first) = (self.draw.around(200.0, 0.5), self.draw.unit() * 7.0);
        let rounds = (self.days() / 7.0) as usize;
        for (round, winner) in members.iter().enumerate().take(rounds) {
            let day = first + round as f64 * 7.0;
            for member in members.iter().filter(|member| *member != winner) {
                let late = self.draw.unit();
                self.lawful("rosca", day + late, *member, *head, usd);
            }
            self.lawful("rosca", day + 1.1, *head, *winner, usd * (members.len() - 1) as f64);
        }
    }

    /// Money that goes round among a few who know each other.
    fn loops(&mut self, kind: &str, keeps_percent: u64, middle: f64) {
        let count = 3 + self.draw.below(3);
        let members = self.people(count);
        let mut day = self.draw.unit() * self.days() * 0.5;
        let mut usd = self.draw.around(middle, 0.6);
        for _ in 0..2 + self.draw.below(3) {
            for (from, to) in members.iter().zip(members.iter().cycle().skip(1)) {
                self.lawful(kind, day, *from, *to, usd);
                day += self.draw.between((0.05, 1.5));
                usd *= 1.0 - keeps_percent as f64 / 100.0 * self.draw.unit();
            }
            usd = self.draw.around(middle, 0.6);
            day += self.draw.between((0.5, 4.0));
        }
    }

    /// A shop: many strangers pay it, every evening it pays its supplier.
    fn merchant(&mut self) {
        let pair = self.people(2);
        let [shop, supplier] = pair.as_slice() else { return };
        let per_day = 3 + self.draw.below(10);
        for day in 0..self.days() as u64 {
            let mut sum = 0.0;
            for buyer in self.people(per_day) {
                let (usd, hour) = (self.draw.around(60.0, 0.7), self.draw.unit() * 0.7);
                sum += usd;
                self.lawful("merchant", day as f64 + hour, buyer, *shop, usd);
            }
            self.lawful("merchant", day as f64 + 0.85, *shop, *supplier, sum * 0.8);
        }
    }

    /// Somebody who sells tokens to strangers: their money goes to an exchange the same day.
    fn trader(&mut self) {
        let Some(trader) = self.people(1).first().copied() else { return };
        let exchange = self.accounts.make(self.draw, TOKENS, "exchange");
        let per_day = 1 + self.draw.below(4);
        for day in 0..self.days() as u64 {
            for buyer in self.people(per_day) {
                let (usd, hour) = (self.draw.around(500.0, 0.8), self.draw.unit() * 0.6);
                self.lawful("trader", day as f64 + hour, buyer, trader, usd);
                self.lawful("trader", day as f64 + hour + 0.1, trader, exchange, usd * 0.99);
            }
        }
    }
}
