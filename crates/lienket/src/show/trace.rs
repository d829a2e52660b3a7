//! Where money rests.

use i18n::Language;
use model::money::{Currency, Money};
use node::answer::{RuleAnswer, TraceAnswer};

use super::table::{more, table};

/// At most this many accounts of a rule are shown.
const MAX_SHOWN: usize = 15;

pub(crate) fn traced(answer: &TraceAnswer, language: Language) -> String {
    let mut text = String::new();
    let headings = ["col-rule", "col-accounts", "col-transfers", "col-resting-usd"];
    let mut summary = table(language, &headings, &[1, 2, 3]);
    for (name, rule) in &answer.rules {
        let sum = match *name {
            "poison" => "–".to_owned(),
            _ => i18n::money(language, &resting(rule)),
        };
        summary.add_row([
            rule_name(name, language),
            i18n::number(language, rule.resting.len() as i64),
            i18n::number(language, rule.transfers.len() as i64),
            sum,
        ]);
    }
    text.push_str(&format!("{summary}\n"));
    for (name, rule) in answer.rules.iter().filter(|(name, _)| **name != "poison") {
        text.push_str(&format!("\n{}\n{}", rule_name(name, language), one_rule(rule, language)));
    }
    if !answer.unmatched.is_empty() {
        let list = answer.unmatched.join(", ");
        let values = [("count", answer.unmatched.len().into()), ("list", list.as_str().into())];
        text.push_str(&format!("\n{}\n", i18n::text_with(language, "unmatched-line", &values)));
    }
    if answer.unrated > 0 {
        let values = [("count", answer.unrated.into())];
        text.push_str(&format!("{}\n", i18n::text_with(language, "note-unrated", &values)));
    }
    let values = [("day", answer.rates_as_of.as_str().into())];
    text.push_str(&format!("\n{}\n", i18n::text_with(language, "rates-line", &values)));
    text
}

fn rule_name(name: &str, language: Language) -> String {
    i18n::text(language, &format!("rule-{name}"))
}

/// The sum in US dollars of what rests.
pub(crate) fn resting(rule: &RuleAnswer) -> Money {
    let cents = rule.resting.iter().filter_map(|resting| resting.tainted_usd);
    Money::new(cents.fold(0, |sum, usd| usd.amount_minor.saturating_add(sum)), Currency::USD)
}

fn one_rule(rule: &RuleAnswer, language: Language) -> String {
    let headings = ["col-account", "col-country", "col-resting", "col-resting-usd", "col-since"];
    let mut accounts = table(language, &headings, &[2, 3]);
    for resting in rule.resting.iter().take(MAX_SHOWN) {
        accounts.add_row([
            format!("{}/{}", resting.bank, resting.account),
            resting.country.map(|country| country.to_string()).unwrap_or_default(),
            i18n::money(language, &resting.tainted),
            resting.tainted_usd.map(|usd| i18n::money(language, &usd)).unwrap_or_default(),
            i18n::moment(language, resting.since),
        ]);
    }
    let shown = rule.resting.len().min(MAX_SHOWN);
    format!("{accounts}\n{}", more(language, rule.resting.len(), shown))
}
