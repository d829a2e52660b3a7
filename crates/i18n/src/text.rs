//! Texts by key, with their variables, out of the Fluent files compiled in.
//!
//! Source: Project Fluent syntax 1.0; plural rules of Unicode CLDR. Left out on purpose: isolating
//! marks round variables (they break copying), and falling back to the other language (a missing
//! key is a mistake of ours, shown as `⟦key⟧`, that tests catch).

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::memoizer::MemoizerKind;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use model::country::Country;
use unic_langid::langid;

use crate::language::Language;
use crate::number;

type Bundle = FluentBundle<FluentResource>;

/// What stands in for a variable of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// Shown as it is.
    Text(&'a str),
    /// Grouped as the language groups digits; chooses between singular and plural.
    Number(i64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Value<'a> {
        Value::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Value<'a> {
        Value::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Value::Number(number)
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Value::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// The text of a key.
pub fn text(language: Language, key: &str) -> String {
    text_with(language, key, &[])
}

/// The text of a key with its variables filled in.
pub fn text_with(language: Language, key: &str, values: &[(&str, Value<'_>)]) -> String {
    let bundle = bundle(language);
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return format!("⟦{key}⟧");
    };
    let mut arguments = FluentArgs::with_capacity(values.len());
    for (name, value) in values {
        let value = match value {
            Value::Text(text) => FluentValue::from(*text),
            Value::Number(number) => FluentValue::from(*number),
        };
        arguments.set(*name, value);
    }
    let mut errors: Vec<FluentError> = Vec::new(); // a missing variable shows itself as {$name}
    bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned()
}

/// Whether the language has a text for this key.
pub fn has(language: Language, key: &str) -> bool {
    bundle(language).get_message(key).is_some_and(|message| message.value().is_some())
}

/// Cause and remedy of a refusal: the texts `error-<code>` and `error-<code>-hint`.
pub fn refusal(language: Language, code: &str, value: &str, other: &str) -> [String; 2] {
    let key = format!("error-{}", code.replace('_', "-"));
    let values = [("value", value.into()), ("other", other.into())];
    [key.clone(), format!("{key}-hint")].map(|key| text_with(language, &key, &values))
}

/// A country's name.
pub fn country(language: Language, country: Country) -> String {
    text(language, &format!("country-{country}"))
}

/// An article as it is cited: `Article 18(3)`; what is no number (`I-GRIP`) stands as it is.
pub fn article(language: Language, article: &str) -> String {
    match article.starts_with(|first: char| first.is_ascii_digit()) {
        true => text_with(language, "cited-article", &[("article", article.into())]),
        false => article.to_owned(),
    }
}

/// An article of an instrument; without an article, the instrument alone.
pub fn cited(language: Language, title: &str, article: Option<&str>) -> String {
    let Some(article) = article else { return title.to_owned() };
    let article = self::article(language, article);
    let values = [("title", title.into()), ("article", article.as_str().into())];
    text_with(language, "cited", &values)
}

/// The Fluent files of a language: name and content.
pub fn files(language: Language) -> [(&'static str, &'static str); 14] {
    macro_rules! files {
        ($folder:literal) => {
            [
                ("chart.ftl", include_str!(concat!("../locales/", $folder, "/chart.ftl"))),
                ("cli.ftl", include_str!(concat!("../locales/", $folder, "/cli.ftl"))),
                ("countries.ftl", include_str!(concat!("../locales/", $folder, "/countries.ftl"))),
                ("directory.ftl", include_str!(concat!("../locales/", $folder, "/directory.ftl"))),
                ("documents.ftl", include_str!(concat!("../locales/", $folder, "/documents.ftl"))),
                ("errors.ftl", include_str!(concat!("../locales/", $folder, "/errors.ftl"))),
                ("help.ftl", include_str!(concat!("../locales/", $folder, "/help.ftl"))),
                ("law.ftl", include_str!(concat!("../locales/", $folder, "/law.ftl"))),
                ("node.ftl", include_str!(concat!("../locales/", $folder, "/node.ftl"))),
                ("reasons.ftl", include_str!(concat!("../locales/", $folder, "/reasons.ftl"))),
                ("report.ftl", include_str!(concat!("../locales/", $folder, "/report.ftl"))),
                ("requests.ftl", include_str!(concat!("../locales/", $folder, "/requests.ftl"))),
                ("roles.ftl", include_str!(concat!("../locales/", $folder, "/roles.ftl"))),
                ("verify.ftl", include_str!(concat!("../locales/", $folder, "/verify.ftl"))),
            ]
        };
    }
    match language {
        Language::Vi => files!("vi"),
        Language::En => files!("en"),
    }
}

fn bundle(language: Language) -> &'static Bundle {
    static VI: OnceLock<Bundle> = OnceLock::new();
    static EN: OnceLock<Bundle> = OnceLock::new();
    match language {
        Language::Vi => VI.get_or_init(|| read(Language::Vi)),
        Language::En => EN.get_or_init(|| read(Language::En)),
    }
}

/// What Fluent cannot read is left out here; `tests/texts.rs` sees to it that there is none.
fn read(language: Language) -> Bundle {
    let identifier = match language {
        Language::Vi => langid!("vi"),
        Language::En => langid!("en"),
    };
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Vi => grouped_vi,
        Language::En => grouped_en,
    }));
    for (_, content) in files(language) {
        let resource = FluentResource::try_new(content.to_owned());
        bundle.add_resource_overriding(resource.unwrap_or_else(|(readable, _)| readable));
    }
    bundle
}

fn grouped_vi<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(Language::Vi, value)
}

fn grouped_en<M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(Language::En, value)
}

/// Whole numbers are grouped; beyond 2^53 Fluent's own number would no longer be exact, but no
/// count of ours is that large.
fn grouped(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(number::number(language, number.value as i64)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_key_is_shown_in_brackets() {
        assert_eq!(text(Language::Vi, "no-such-key"), "⟦no-such-key⟧");
        assert!(!has(Language::En, "no-such-key"));
    }

    #[test]
    fn plural_forms_follow_the_language() {
        let others = |language, count: usize| {
            text_with(language, "chart-others-mule", &[("count", count.into())])
        };
        assert_eq!(others(Language::En, 1), "1 mule");
        assert_eq!(others(Language::En, 1_234), "1,234 mules");
        assert_eq!(others(Language::Vi, 1), "1 tài khoản trung gian");
        assert_eq!(others(Language::Vi, 1_234), "1.234 tài khoản trung gian");
    }

    #[test]
    fn variables_carry_no_isolating_marks() {
        let found = text_with(Language::En, "reason-currency-unknown", &[("value", "XYZ".into())]);
        assert!(found.contains("XYZ") && !found.contains(['\u{2068}', '\u{2069}']), "{found}");
    }

    #[test]
    fn every_country_has_a_name_in_both_languages() {
        for language in Language::all() {
            for known in Country::all() {
                assert!(has(language, &format!("country-{known}")), "{language} {known}");
            }
        }
        assert_eq!(country(Language::Vi, Country::VN), "Việt Nam");
        assert_eq!(country(Language::En, Country::VN), "Viet Nam");
    }
}
