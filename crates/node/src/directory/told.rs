//! What is known of an authority as an answer in a language.

use i18n::Language;
use model::authority::Channel;
use model::day::Day;
use model::measure::Measure;

use super::known::Known;
use crate::answer::{AuthorityAnswer, ConfirmedAnswer};

/// As it is on a day.
pub(super) fn told(one: &Known, on: Day, language: Language) -> AuthorityAnswer {
    let of = |pair: &[String; 2]| {
        let [vi, en] = pair;
        if language == Language::Vi { vi.clone() } else { en.clone() }
    };
    let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let [name_vi, name_en] = one.name.clone();
    let confirmed = one.confirmed.as_ref().map(|confirmed| ConfirmedAnswer {
        by: confirmed.by.clone(),
        at: confirmed.at,
        first_source: confirmed.first_source.clone(),
    });
    AuthorityAnswer {
        id: one.id.clone(),
        country: one.country,
        role: one.role.id(),
        name: of(&one.name),
        name_vi,
        name_en,
        name_local: one.local.clone(),
        measures: one.measures.iter().copied().map(Measure::id).collect(),
        article: one.article.clone(),
        instrument: one.instrument.as_ref().map(|(id, _)| id.clone()),
        instrument_title: one.instrument.as_ref().map(|(_, title)| of(title)),
        applies: one.answer.id(),
        channel: one.channel.map(Channel::id),
        languages: one.languages.clone(),
        address: filled(&one.address),
        phone: one.phone.clone(),
        email: one.email.clone(),
        hours: filled(&one.hours),
        text: of(&one.says),
        source: one.source.clone(),
        as_of: one.as_of.map(|day| day.to_string()).unwrap_or_default(),
        verified: one.verified,
        caveat: of(&one.caveat),
        age_days: one.age_days(on),
        stale: one.is_stale(on),
        origin: if one.is_own { "own" } else { "pack" },
        confirmed,
        contradicts: one.contradicts.clone(),
        file: one.file.as_ref().map(|(name, _)| name.clone()),
        row: one.file.as_ref().map(|(_, row)| *row),
    }
}
