//! Gaps of a country, what a treaty would change, and the law pack itself.

use std::collections::BTreeMap;

use i18n::Language;
use model::country::Country;
use node::answer::{GapsAnswer, PackAnswer, SupposedAnswer};

use super::law_pack::more_of;
use super::table::{more, plain};

/// At most this many changed answers are shown.
const MAX_SHOWN: usize = 40;

/// A country's name; what is no country stays as it is.
pub(super) fn named(language: Language, code: &str) -> String {
    Country::parse(code).map_or_else(|_| code.to_owned(), |known| i18n::country(language, known))
}

/// Measures with the partners with whom each has no treaty.
pub(crate) fn law_gaps(answer: &GapsAnswer, language: Language) -> String {
    let country = named(language, &answer.country);
    let count = answer.gaps.len();
    let key = if count == 0 { "law-gaps-none" } else { "law-gaps-count" };
    let values = [("country", (&country).into()), ("count", count.into())];
    let mut text = format!("{}\n", i18n::text_with(language, key, &values));
    let mut measures: BTreeMap<&str, (&str, Vec<&str>)> = BTreeMap::new();
    for gap in &answer.gaps {
        let (Some(measure), Some(partner)) = (gap.measure, gap.partner.as_deref()) else {
            continue;
        };
        let named = measures.entry(measure).or_insert((&gap.measure_name, Vec::new()));
        named.1.push(partner);
    }
    for (measure, (name, partners)) in measures {
        let values = [("count", partners.len().into())];
        let counted = i18n::text_with(language, "law-gaps-partners", &values);
        text.push_str(&format!("\n{name} [{measure}]: {counted}\n"));
        for line in partners.chunks(24) {
            text.push_str(&format!("  {}\n", line.join(" ")));
        }
    }
    text
}

/// What would change.
pub(crate) fn law_supposed(answer: &SupposedAnswer, language: Language) -> String {
    let country = named(language, &answer.country);
    let count = answer.changed.len();
    let key = if count == 0 { "law-suppose-none" } else { "law-suppose-count" };
    let values = [("country", (&country).into()), ("count", count.into())];
    let mut text = format!("{}\n", i18n::text_with(language, key, &values));
    for one in answer.changed.iter().take(MAX_SHOWN) {
        let word = |answer: &str| i18n::text(language, &format!("law-answer-{answer}"));
        let (before, after) = (word(one.before), word(one.after));
        let (from, to) = (named(language, &one.from), named(language, &one.to));
        let values = [
            ("from", (&from).into()),
            ("to", (&to).into()),
            ("measure", (&one.measure_name).into()),
            ("before", (&before).into()),
            ("after", (&after).into()),
        ];
        text.push_str(&format!("  {}\n", i18n::text_with(language, "law-suppose-line", &values)));
    }
    text.push_str(&more(language, count, count.min(MAX_SHOWN)));
    if !answer.provided.is_empty() {
        let values = [("count", answer.provided.len().into())];
        let said = i18n::text_with(language, "law-suppose-provided", &values);
        text.push_str(&format!("{said}\n"));
        for one in answer.provided.iter().take(MAX_SHOWN) {
            let (from, to) = (named(language, &one.from), named(language, &one.to));
            let article = one.article.as_deref();
            let article = article.map_or("–".to_owned(), |one| i18n::article(language, one));
            let values = [
                ("from", (&from).into()),
                ("to", (&to).into()),
                ("measure", (&one.measure_name).into()),
                ("article", (&article).into()),
            ];
            let line = i18n::text_with(language, "law-suppose-article", &values);
            text.push_str(&format!("  {line}\n"));
        }
        let provided = answer.provided.len();
        text.push_str(&more(language, provided, provided.min(MAX_SHOWN)));
    }
    if answer.unblocked_requests > 0 {
        let values = [("count", answer.unblocked_requests.into())];
        text.push_str(&format!(
            "{}\n",
            i18n::text_with(language, "law-suppose-unblocked", &values)
        ));
    }
    text
}

/// A pack, or what is wrong with it.
pub(crate) fn law_pack(answer: &PackAnswer, language: Language) -> String {
    if answer.ok {
        let digest = answer.pack.as_deref().unwrap_or_default();
        let values = [
            ("name", (&answer.name).into()),
            ("count", answer.facts.into()),
            ("instruments", answer.instruments.into()),
            ("verified", answer.verified.into()),
            ("digest", digest.into()),
        ];
        let shown = i18n::text_with(language, "law-pack-shown", &values);
        return format!("{}\n{}", plain(&shown), more_of(answer, language));
    }
    let values = [("count", answer.faults.len().into())];
    let mut text = format!("{}\n", i18n::text_with(language, "law-pack-faults", &values));
    for fault in &answer.faults {
        let place = match fault.line {
            0 => fault.file.clone(),
            line => format!("{}:{line}", fault.file),
        };
        let (message, hint) = (plain(&fault.message), plain(&fault.hint));
        text.push_str(&format!("  {}: {message}\n    {hint}\n", plain(&place)));
    }
    text
}
