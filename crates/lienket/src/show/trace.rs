//! Where money rests, where it can still be stopped, and what transfers were fed from.

use i18n::Language;
use model::money::{Currency, Money};
use node::answer::{FromAnswer, RuleAnswer, StopAnswer, TraceAnswer};

use super::table::{more, table};

/// At most this many accounts of a rule are shown.
const MAX_SHOWN: usize = 15;
/// At most this many of the payments and accounts behind a transfer are shown.
const MAX_VICTIMS: usize = 5;

pub(crate) fn traced(answer: &TraceAnswer, language: Language) -> String {
    let mut text = match answer.rules.values().any(|rule| !rule.fed.is_empty()) {
        true => backward(answer, language),
        false => forward(answer, language),
    };
    if !answer.unmatched.is_empty() {
        let list = answer.unmatched.join(", ");
        let values = [("count", answer.unmatched.len().into()), ("list", list.as_str().into())];
        text.push_str(&format!("\n{}\n", i18n::text_with(language, "unmatched-line", &values)));
    }
    if answer.unrated > 0 {
        let values = [("count", answer.unrated.into())];
        text.push_str(&format!("{}\n", i18n::text_with(language, "note-unrated", &values)));
    }
    text.push('\n');
    if answer.opening_balances > 0 {
        let values = [("count", answer.opening_balances.into())];
        text.push_str(&format!("{}\n", i18n::text_with(language, "trace-declared", &values)));
    }
    let values = [("day", answer.rates_as_of.as_str().into())];
    text.push_str(&format!("{}\n", i18n::text(language, "trace-assumption")));
    text.push_str(&format!("{}\n", i18n::text_with(language, "rates-line", &values)));
    text
}

/// Where money rests, under each rule.
fn forward(answer: &TraceAnswer, language: Language) -> String {
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
    let mut text = format!("{summary}\n{}", cut_lines(answer, language));
    if !answer.stop_payment.is_empty() {
        text.push_str(&stop_payment(&answer.stop_payment, language));
    }
    for (name, rule) in answer.rules.iter().filter(|(name, _)| **name != "poison") {
        text.push_str(&format!("\n{}\n{}", rule_name(name, language), one_rule(rule, language)));
    }
    text
}

/// Says of each rule whose trace was cut short from when on it knows nothing.
fn cut_lines(answer: &TraceAnswer, language: Language) -> String {
    let line = |(name, rule): (&&str, &RuleAnswer)| {
        let moment = rule.cut_at.map(|at| i18n::moment(language, at));
        let key = if moment.is_some() { "trace-cut" } else { "trace-cut-backward" };
        let (rule, moment) = (rule_name(name, language), moment.unwrap_or_default());
        let values = [("rule", rule.as_str().into()), ("moment", moment.as_str().into())];
        format!("{}\n", i18n::text_with(language, key, &values))
    };
    answer.rules.iter().filter(|(_, rule)| rule.truncated).map(line).collect()
}

fn stop_payment(stops: &[StopAnswer], language: Language) -> String {
    let headings = ["col-account", "col-country", "col-low-high", "col-since", "col-urgency"];
    let mut list = table(language, &headings, &[2, 4]);
    for stop in stops.iter().take(MAX_SHOWN) {
        let [low, high] = [stop.low, stop.high].map(|usd| i18n::money(language, &usd));
        list.add_row([
            format!("{}/{}", stop.bank, stop.account),
            stop.country.map(|country| country.to_string()).unwrap_or_default(),
            if low == high { high } else { format!("{low} – {high}") },
            i18n::moment(language, stop.since),
            i18n::number(language, stop.urgency as i64),
        ]);
    }
    let title = i18n::text(language, "stop-payment-title");
    let shown = stops.len().min(MAX_SHOWN);
    format!("\n{title}\n{list}\n{}", more(language, stops.len(), shown))
}

/// What given transfers were fed from, under each rule.
fn backward(answer: &TraceAnswer, language: Language) -> String {
    let mut text = cut_lines(answer, language);
    for (name, rule) in answer.rules.iter().filter(|(_, rule)| !rule.fed.is_empty()) {
        let rule_text = rule_name(name, language);
        let values = [("rule", rule_text.as_str().into())];
        let title = i18n::text_with(language, "trace-fed-title", &values);
        let headings = ["col-transfer", "col-amount", "col-from-victims", "col-other-money"];
        let mut fed = table(language, &headings, &[1, 3]);
        for transfer in rule.fed.iter().take(MAX_SHOWN) {
            fed.add_row([
                transfer.tx_id.clone(),
                i18n::money(language, &transfer.amount),
                victims(&transfer.from, language),
                i18n::money(language, &transfer.other),
            ]);
        }
        let shown = rule.fed.len().min(MAX_SHOWN);
        text.push_str(&format!("\n{title}\n{fed}\n{}", more(language, rule.fed.len(), shown)));
        let values = [("count", rule.transfers.len().into())];
        text.push_str(&format!("{}\n", i18n::text_with(language, "trace-way-line", &values)));
        for origin in rule.origins.iter().take(MAX_VICTIMS) {
            let account = format!("{}/{}", origin.bank, origin.account);
            let amount = i18n::money(language, &origin.amount);
            let values = [("account", account.as_str().into()), ("amount", amount.as_str().into())];
            let line = i18n::text_with(language, "trace-origin-line", &values);
            text.push_str(&format!("{line}\n"));
        }
        text.push_str(&more(language, rule.origins.len(), rule.origins.len().min(MAX_VICTIMS)));
    }
    text
}

/// The victims' payments in a transfer, a few of them.
fn victims(from: &[FromAnswer], language: Language) -> String {
    if from.is_empty() {
        return i18n::text(language, "trace-no-victims");
    }
    let told = |from: &FromAnswer| {
        let complaints = from.complaints.join(", ");
        format!("{} ({complaints}): {}", from.tx_id, i18n::money(language, &from.amount))
    };
    let mut lines: Vec<String> = from.iter().take(MAX_VICTIMS).map(told).collect();
    if from.len() > MAX_VICTIMS {
        lines.push("…".to_owned());
    }
    lines.join("\n")
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
