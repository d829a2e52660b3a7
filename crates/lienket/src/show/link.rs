//! Entities, rings and places.

use i18n::Language;
use node::answer::{Found, ReadingAnswer, Resolved, RingAnswer, RingsAnswer};

use super::table::{more, plain, table};

/// At most this many entities, accounts or places are shown.
const MAX_SHOWN: usize = 20;
/// At most this many further readings of a value are named.
const MAX_READINGS: usize = 5;

pub(crate) fn found(answer: &Found, language: Language) -> String {
    let mut told = answer.readings.iter().filter(|reading| reading.found);
    let first = told.next().or(answer.readings.first());
    let value = first.map(|reading| worded(reading, language)).unwrap_or_default();
    let count = usize::try_from(answer.seen).unwrap_or(usize::MAX);
    let values = [("value", value.as_str().into()), ("count", count.into())];
    let mut text = format!("{}\n", i18n::text_with(language, "found-count", &values));
    // What else it may mean: held under another reading, too, or, where nobody knows it, sought.
    let is_else = |reading: &&ReadingAnswer| match answer.seen {
        0 => !matches!(reading.kind, "id" | "name") && Some(*reading) != first,
        _ => reading.found && Some(*reading) != first,
    };
    let others: Vec<String> = answer
        .readings
        .iter()
        .filter(is_else)
        .take(MAX_READINGS)
        .map(|reading| worded(reading, language))
        .collect();
    if !others.is_empty() {
        let others = others.join("; ");
        let values = [("list", others.as_str().into())];
        text.push_str(&format!("{}\n", i18n::text_with(language, "found-also", &values)));
    }
    if answer.places.is_empty() {
        return text;
    }
    let mut places = table(language, &["col-what", "col-id", "col-case", "col-file"], &[]);
    for place in answer.places.iter().take(MAX_SHOWN) {
        let what = i18n::text(language, &format!("what-{}", place.what));
        places.add_row([what, plain(&place.id), place.case.clone(), plain(&place.source)]);
    }
    text.push_str(&format!("{places}\n"));
    text + &more(language, count, answer.places.len().min(MAX_SHOWN))
}

/// Kind and value, and how it was read, where that is not plain.
fn worded(reading: &ReadingAnswer, language: Language) -> String {
    let kind = i18n::text(language, &format!("identifier-{}", reading.kind.replace('_', "-")));
    let country = reading.country.map(|country| i18n::country(language, country));
    let values = [("country", country.as_deref().unwrap_or_default().into())];
    let how = match reading.how {
        "as_written" => String::new(),
        how => {
            let key = format!("reading-{}", how.replace('_', "-"));
            format!(" ({})", i18n::text_with(language, &key, &values))
        }
    };
    format!("{kind} {}{how}", plain(&reading.value))
}

pub(crate) fn resolved(answer: &Resolved, language: Language) -> String {
    let values = [
        ("entities", answer.entities.len().into()),
        ("suppressed", answer.suppressed.len().into()),
    ];
    let mut text = format!("{}\n", i18n::text_with(language, "resolved-count", &values));
    for entity in answer.entities.iter().take(MAX_SHOWN) {
        let known =
            entity.identifiers.iter().take(8).map(|i| format!("{}:{}", i.kind, plain(&i.value)));
        text.push_str(&format!("{}  {}\n", entity.id, known.collect::<Vec<_>>().join("  ")));
        for reason in entity.because.iter().take(3) {
            text.push_str(&format!("    {}\n", plain(reason)));
        }
    }
    text.push_str(&more(language, answer.entities.len(), answer.entities.len().min(MAX_SHOWN)));
    if !answer.suppressed.is_empty() {
        let mut common = table(language, &["col-kind", "col-value", "col-seen"], &[2]);
        for value in answer.suppressed.iter().take(MAX_SHOWN) {
            let seen = i18n::number(language, value.seen as i64);
            common.add_row([value.kind.to_owned(), plain(&value.value), seen]);
        }
        text.push_str(&format!("{}\n{common}\n", i18n::text(language, "suppressed-heading")));
    }
    for disputed in answer.disputed.iter().take(MAX_SHOWN) {
        let persons = disputed.persons.iter().map(|p| format!("{} ({})", p.id, plain(&p.record)));
        let persons = persons.collect::<Vec<_>>().join(", ");
        let complaints = plain(&disputed.complaints.join(", "));
        let values =
            [("complaints", complaints.as_str().into()), ("persons", persons.as_str().into())];
        text.push_str(&format!("{}\n", i18n::text_with(language, "disputed-told", &values)));
    }
    let events = answer.events.as_deref().unwrap_or_default();
    for event in events.iter().rev().take(MAX_SHOWN).rev() {
        let (first, others) = event
            .ids
            .split_first()
            .map_or(("", String::new()), |(first, others)| (first.as_str(), others.join(", ")));
        let at = i18n::moment(language, event.at);
        let values = [
            ("at", at.as_str().into()),
            ("first", first.into()),
            ("others", others.as_str().into()),
            ("because", event.because.as_str().into()),
        ];
        let key = format!("entity-{}", event.kind);
        text.push_str(&format!("   {}\n", plain(&i18n::text_with(language, &key, &values))));
    }
    text
}

pub(crate) fn rings(answer: &RingsAnswer, language: Language) -> String {
    let values = [
        ("rings", answer.rings.len().into()),
        ("hookups", answer.hookups.len().into()),
        ("unmatched", answer.unmatched.len().into()),
    ];
    let mut text = format!("{}\n", i18n::text_with(language, "rings-count", &values));
    text.push_str(&summary(&answer.rings, language));
    for hookup in &answer.hookups {
        let via = format!("{}/{}", hookup.via.bank, hookup.via.account);
        let [left, right] = &hookup.rings;
        let values = [
            ("left", left.as_str().into()),
            ("right", right.as_str().into()),
            ("via", via.as_str().into()),
        ];
        text.push_str(&format!("{}\n", i18n::text_with(language, "hookup-line", &values)));
    }
    for ring in &answer.rings {
        text.push_str(&format!("\n{}", one_ring(ring, language)));
    }
    text
}

/// One line a ring.
pub(crate) fn summary(rings: &[RingAnswer], language: Language) -> String {
    let headings = ["col-ring", "col-complaints", "col-accounts", "col-countries", "col-lost"];
    let mut table = table(language, &headings, &[1, 2, 4]);
    for ring in rings {
        let countries: Vec<&str> = ring.countries.iter().map(|country| country.as_str()).collect();
        let lost: Vec<String> =
            ring.lost.iter().map(|money| i18n::money(language, money)).collect();
        table.add_row([
            ring.id.clone(),
            i18n::number(language, ring.complaints.len() as i64),
            i18n::number(language, ring.accounts.len() as i64),
            countries.join(" "),
            lost.join(" + "),
        ]);
    }
    format!("{table}\n")
}

fn one_ring(ring: &RingAnswer, language: Language) -> String {
    let headings = ["col-account", "col-country", "col-role", "col-score", "col-evidence"];
    let mut accounts = table(language, &headings, &[3]);
    for account in ring.accounts.iter().take(MAX_SHOWN) {
        accounts.add_row([
            format!("{}/{}", account.bank, account.account),
            account.country.map(|country| country.to_string()).unwrap_or_default(),
            i18n::text(language, &format!("role-{}", account.role.as_str())),
            i18n::percent(language, account.score),
            plain(account.evidence.first().map_or("", String::as_str)),
        ]);
    }
    let mut text = format!("{}\n{accounts}\n", ring.id);
    text.push_str(&more(language, ring.accounts.len(), ring.accounts.len().min(MAX_SHOWN)));
    for share in &ring.shares {
        let account = format!("{}/{}", share.bank, share.account);
        let (low, high) = (i18n::percent(language, share.low), i18n::percent(language, share.high));
        let values = [
            ("account", account.as_str().into()),
            ("low", low.as_str().into()),
            ("high", high.as_str().into()),
        ];
        text.push_str(&format!("  {}\n", i18n::text_with(language, "share-line", &values)));
    }
    text
}
