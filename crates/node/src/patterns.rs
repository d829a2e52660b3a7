//! `patterns`: shapes that laundered money takes, found without any complaint.

use std::collections::BTreeMap;

use graph::described::{self, Pattern};
use graph::patterns::{self, ALERT_POINTS, Because, Finding, Material, Reason, Shape, WINDOWS};
use i18n::Language;
use model::country::Country;
use model::money::{Currency, Money};
use model::time::Timestamp;

use crate::answer::{AccountAnswer, FindingAnswer, PatternsAnswer, PlayersAnswer};
use crate::error::NodeError;
use crate::node::Node;
use crate::view::View;
use crate::wording;

/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;
/// No window is longer than a year.
const MAX_HOURS: i64 = patterns::MAX_WINDOW / HOUR;

/// Reads a span of time: `6h`, `5d`, `30d`; in microseconds.
pub fn window(text: &str) -> Result<i64, NodeError> {
    let bad = || NodeError::BadWindow(text.to_owned());
    let (number, hours) = match text.trim().to_ascii_lowercase() {
        text if text.ends_with('d') => (text.trim_end_matches('d').to_owned(), 24),
        text => (text.strip_suffix('h').ok_or_else(bad)?.to_owned(), 1),
    };
    let number: i64 = number.trim().parse().map_err(|_| bad())?;
    let hours = number.checked_mul(hours).filter(|hours| (1..=MAX_HOURS).contains(hours));
    hours.map(|hours| hours * HOUR).ok_or_else(bad)
}

/// Reads a shape's name.
pub fn shape(name: &str) -> Result<Shape, NodeError> {
    Shape::parse(name).ok_or_else(|| NodeError::UnknownPattern(name.to_owned()))
}

/// What is looked for: one of the known shapes, or what an officer describes.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// A shape.
    Shape(Shape),
    /// A described pattern.
    Described(Pattern),
}

impl Node {
    /// Finds shapes in a case's transfers. `window`: no stretch is longer, in microseconds; without
    /// one, thirty days, or what the description says.
    pub fn patterns(
        &mut self,
        by: &str,
        case: Option<&str>,
        window: Option<i64>,
        wanted: Option<Wanted>,
        language: Language,
    ) -> Result<PatternsAnswer, NodeError> {
        let (about, described, shape) = match wanted {
            None => (String::new(), None, None),
            Some(Wanted::Shape(shape)) => (shape.as_str().to_owned(), None, Some(shape)),
            Some(Wanted::Described(pattern)) => (pattern.name().to_owned(), Some(pattern), None),
        };
        let case = self.enter(by, "patterns", case, &about)?;
        self.view(&case, |view| {
            Ok(match described {
                Some(pattern) => view.described(window, pattern, language),
                None => view.patterns(window, shape, language),
            })
        })
    }
}

impl View<'_> {
    fn patterns(
        &self,
        window: Option<i64>,
        shape: Option<Shape>,
        language: Language,
    ) -> PatternsAnswer {
        let longest = WINDOWS.last().copied().unwrap_or(patterns::MAX_WINDOW);
        let borders = self.borders();
        let complained = self.paid_by_victims();
        let material = Material {
            ledger: self.ledger,
            borders: &borders,
            complained: &complained,
            rates: self.rates,
        };
        let found = patterns::find(&material, window.unwrap_or(longest), ALERT_POINTS);
        let wanted = |finding: &&Finding| shape.is_none_or(|shape| finding.name == shape.as_str());
        let findings = found.findings.iter().filter(wanted);
        PatternsAnswer {
            described: None,
            findings: findings.map(|finding| self.finding(finding, language)).collect(),
            truncated: found.is_truncated,
        }
    }

    fn described(
        &self,
        window: Option<i64>,
        pattern: Pattern,
        language: Language,
    ) -> PatternsAnswer {
        let complained = self.paid_by_victims();
        let material = described::Material {
            ledger: self.ledger,
            country: &|account| self.data.country(&self.ledger.account(account)),
            kind: &|account| self.kind(account),
            complained: &complained,
            rates: self.rates,
        };
        let pattern = match window {
            Some(window) => pattern.narrowed(window),
            None => pattern,
        };
        let found = described::find(&material, &pattern);
        let findings = found.findings.iter();
        PatternsAnswer {
            described: Some(pattern.name().to_owned()),
            findings: findings.map(|found| self.description(&pattern, found, language)).collect(),
            truncated: found.is_truncated,
        }
    }

    /// Payments of which victims complained, by number, rising.
    pub(crate) fn paid_by_victims(&self) -> Vec<u32> {
        let mut complained: Vec<u32> = self.payments.iter().flatten().copied().collect();
        complained.sort_unstable();
        complained.dedup();
        complained
    }

    /// For each account of the ledger a number that stands for its country.
    fn borders(&self) -> Vec<Option<u32>> {
        let mut numbers: BTreeMap<Country, u32> = BTreeMap::new();
        let mut borders = Vec::with_capacity(self.ledger.account_count());
        for account in 0..self.ledger.account_count() as u32 {
            let country = self.data.country(&self.ledger.account(account));
            let next = numbers.len() as u32;
            borders.push(country.map(|country| *numbers.entry(country).or_insert(next)));
        }
        borders
    }

    pub(crate) fn finding(&self, finding: &Finding, language: Language) -> FindingAnswer {
        let because = finding.reasons.iter().map(|reason| self.reason(reason, language));
        FindingAnswer {
            score: (patterns::score(finding.points) * 10_000.0).round() / 10_000.0,
            because: because.collect(),
            ..self.shown(finding.name.clone(), &finding.transfers, &finding.accounts)
        }
    }

    /// A description holds or it does not: what is found has all of it.
    fn description(
        &self,
        pattern: &Pattern,
        finding: &described::Finding,
        language: Language,
    ) -> FindingAnswer {
        let steps = (1_usize..).zip(&finding.steps);
        let because = steps.map(|(number, step)| self.step(number, step, language)).collect();
        let players = pattern.roles().iter().zip(&finding.roles).map(|(role, accounts)| {
            let accounts = accounts.iter().map(|account| self.named(*account)).collect();
            PlayersAnswer { role: role.name.clone(), accounts }
        });
        FindingAnswer {
            score: 1.0,
            roles: players.collect(),
            because,
            ..self.shown(pattern.name().to_owned(), &finding.transfers(), &finding.accounts())
        }
    }

    fn step(&self, number: usize, transfers: &[u32], language: Language) -> String {
        let list = wording::named(language, transfers, |number| self.ledger.id(number));
        let entries = transfers.iter().filter_map(|number| self.ledger.entry(*number));
        let usd = entries.map(|entry| self.usd(entry.sent).map(|usd| usd.amount_minor));
        // Without a rate for one of them no sum is told.
        let sum = usd.sum::<Option<i64>>().map(|cents| Money::new(cents, Currency::USD));
        let key = if sum.is_some() { "because-step" } else { "because-step-unrated" };
        let sum = sum.map(|sum| i18n::money(language, &sum)).unwrap_or_default();
        let values = [
            ("number", number.into()),
            ("count", transfers.len().into()),
            ("usd", sum.as_str().into()),
            ("list", list.as_str().into()),
        ];
        i18n::text_with(language, key, &values)
    }

    fn named(&self, number: u32) -> AccountAnswer {
        AccountAnswer::from(&self.ledger.account(number))
    }

    /// What and who; why is left open.
    fn shown(&self, pattern: String, transfers: &[u32], accounts: &[u32]) -> FindingAnswer {
        let at = |number: Option<&u32>| {
            let at = self.ledger.at(number.copied().unwrap_or(u32::MAX));
            Timestamp::from_microseconds(at).ok()
        };
        let (first, last) = (at(transfers.first()), at(transfers.last()));
        let span = first.zip(last).map_or(0, |(from, to)| to.microseconds() - from.microseconds());
        let hours = WINDOWS.iter().find(|window| span <= **window).map(|window| window / HOUR);
        let id = |number: &u32| self.ledger.id(*number).to_owned();
        FindingAnswer {
            pattern,
            transfers: transfers.iter().map(id).collect(),
            accounts: accounts.iter().map(|account| self.named(*account)).collect(),
            roles: Vec::new(),
            from: first,
            to: last,
            window_hours: hours,
            score: 0.0,
            because: Vec::new(),
        }
    }

    fn reason(&self, reason: &Reason, language: Language) -> String {
        let list = wording::named(language, &reason.transfers, |number| self.ledger.id(number));
        let points = wording::points_text(language, reason.points.abs());
        let plus = if reason.points < 0.0 { "−" } else { "+" };
        let points = format!("{plus}{points}");
        let mut key = format!("because-{}", word(reason.because));
        // What is held against a finding is said in words of its own.
        if reason.points < 0.0 && i18n::has(language, &format!("{key}-not")) {
            key.push_str("-not");
        }
        let values = [("list", list.as_str().into()), ("points", points.as_str().into())];
        i18n::text_with(language, &key, &values)
    }
}

fn word(because: Because) -> &'static str {
    match because {
        Because::Kept => "kept",
        Because::Quick => "quick",
        Because::Burst => "burst",
        Because::Amounts => "amounts",
        Because::Strangers => "strangers",
        Because::Border => "border",
        Because::Fresh => "fresh",
        Because::Form => "form",
        Because::Complaints => "complaints",
        _ => "chance",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_read_in_hours_or_days_and_is_a_year_at_most() {
        let read = |text| window(text).ok().map(|window| window / HOUR);
        assert_eq!(read("6h"), Some(6));
        assert_eq!(read(" 5D "), Some(120));
        assert_eq!(read("366d"), Some(8_784));
        for bad in ["", "h", "0h", "-1d", "367d", "5", "5m", "1.5h", "99999999999999999999d"] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }
}
