//! Turns the engines' typed reasons into sentences of the chosen language.

use graph::resolve::{Cause, Record};
use graph::rings::Evidence;
use i18n::Language;
use model::identifier::Identifier;
use model::money::{Currency, Money};
use model::refusal::RowError;

use crate::answer::{ErrorAnswer, IdentifierAnswer};
use crate::error::NodeError;
use crate::state::RuledPair;
use crate::view::View;

/// A sentence names at most this many transfers or complaints; then it says how many more.
const MAX_NAMED: usize = 5;

/// Cause and remedy of a refused command.
pub(crate) fn error(language: Language, error: &NodeError) -> ErrorAnswer {
    let (value, other) = error.values();
    let [message, hint] = i18n::refusal(language, error.code(), &value, &other);
    ErrorAnswer { code: error.code().to_owned(), message, hint }
}

/// Cause and remedy of a rejected row.
pub(crate) fn reason(language: Language, error: &RowError) -> String {
    let key = format!("reason-{}", error.code.replace('_', "-"));
    i18n::text_with(language, &key, &[("value", error.value.as_str().into())])
}

/// One piece of evidence, with its points.
pub(crate) fn evidence(language: Language, view: &View<'_>, evidence: &Evidence) -> String {
    let transfers = |numbers: &[u32]| named(language, numbers, |number| view.ledger.id(number));
    let usd = |cents: i64| i18n::money(language, &Money::new(cents, Currency::USD));
    let (key, list, count, amount) = match evidence {
        Evidence::PaidByVictims { complaints } => {
            let id = |number: u32| view.data.complaints.get(number as usize).map_or("", |c| &c.id);
            (
                "evidence-paid-by-victims",
                named(language, complaints, id),
                complaints.len(),
                String::new(),
            )
        }
        Evidence::ReceivedTraced { transfers: numbers, usd_cents } => {
            ("evidence-received-traced", transfers(numbers), numbers.len(), usd(*usd_cents))
        }
        Evidence::PassedOn { transfers: numbers, within_minutes } => {
            let wait = duration(language, *within_minutes);
            ("evidence-passed-on", transfers(numbers), numbers.len(), wait)
        }
        Evidence::PaidAlike { transfers: numbers } => {
            ("evidence-paid-alike", transfers(numbers), numbers.len(), String::new())
        }
        Evidence::ReceivedAlike { transfers: numbers, usd_cents } => {
            ("evidence-received-alike", transfers(numbers), numbers.len(), usd(*usd_cents))
        }
        Evidence::Gathers { members } => {
            ("evidence-gathers", String::new(), *members, String::new())
        }
        Evidence::Keeps { usd_cents } => ("evidence-keeps", String::new(), 0, usd(*usd_cents)),
        Evidence::Looks { transfer, signs } => {
            let signs = crate::signs::sentences(language, signs);
            ("evidence-looks", transfers(&[*transfer]), 1, signs)
        }
        _ => return String::new(),
    };
    let points = points_text(language, evidence.points());
    let values = [
        ("list", list.as_str().into()),
        ("count", count.into()),
        ("amount", amount.as_str().into()),
        ("points", points.as_str().into()),
    ];
    i18n::text_with(language, key, &values)
}

/// Points with one decimal, with the language's own comma.
pub(crate) fn points_text(language: Language, points: f64) -> String {
    let text = format!("{points:.1}");
    if language == Language::Vi { text.replace('.', ",") } else { text }
}

pub(crate) fn named<'t>(
    language: Language,
    numbers: &[u32],
    name: impl Fn(u32) -> &'t str,
) -> String {
    let first: Vec<&str> = numbers.iter().take(MAX_NAMED).map(|number| name(*number)).collect();
    let listed = first.join(", ");
    match numbers.len().saturating_sub(MAX_NAMED) {
        0 => listed,
        more => {
            let values = [("list", listed.as_str().into()), ("count", more.into())];
            i18n::text_with(language, "list-and-more", &values)
        }
    }
}

/// Minutes as minutes, hours or days.
pub(crate) fn duration(language: Language, minutes: i64) -> String {
    let (key, count) = match minutes {
        0..120 => ("duration-minutes", minutes),
        120..2_880 => ("duration-hours", minutes / 60),
        _ => ("duration-days", minutes / 1_440),
    };
    i18n::text_with(language, key, &[("count", count.into())])
}

/// Why two records are the same person or contact; `ruled` says it of an officer's decision.
pub(crate) fn joined(
    language: Language,
    [left, right]: [&Record; 2],
    cause: &Cause,
    ruled: Option<&RuledPair>,
) -> String {
    let kind = |known: &Identifier| {
        i18n::text(language, &format!("identifier-{}", known.kind().as_str().replace('_', "-")))
    };
    let told = |known: &Identifier| format!("{} {}", kind(known), known.value());
    let (key, first, second, counts) = match cause {
        Cause::Strong(known) => ("joined-strong", told(known), String::new(), [0, 0]),
        Cause::Two([first, second], counts) => ("joined-two", told(first), told(second), *counts),
        Cause::Named(known, _, counts) => {
            // As the banks wrote it, not as it was compared.
            let names = [left, right].map(|record| format!("“{}”", record.holder));
            ("joined-named", told(known), names.join(", "), *counts)
        }
        _ => {
            let by = ruled.map_or_else(String::new, |ruled| ruled.by.clone());
            ("joined-ruled", by, ruled.map_or_else(String::new, |r| r.because.clone()), [0, 0])
        }
    };
    let values = [
        ("left", left.name.as_str().into()),
        ("right", right.name.as_str().into()),
        ("first", first.as_str().into()),
        ("second", second.as_str().into()),
        ("count", counts[0].into()),
        ("other", counts[1].into()),
    ];
    i18n::text_with(language, key, &values)
}

pub(crate) fn identifier(identifier: &Identifier) -> IdentifierAnswer {
    IdentifierAnswer { kind: identifier.kind().as_str(), value: identifier.value().to_owned() }
}
