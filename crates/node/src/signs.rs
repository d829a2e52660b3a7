//! The signs by which a transfer was taken for a ring's, as sentences that can be read out.

use graph::rings::sign::{self, Handed, LEAST_POINTS, Sign};
use i18n::Language;

use crate::wording::{duration, points_text};

/// All signs of a transfer with their points, and what they come to.
pub(crate) fn sentences(language: Language, signs: &[Sign]) -> String {
    let said: Vec<String> = signs.iter().map(|sign| sentence(language, *sign)).collect();
    let said = said.join("; ");
    let sum = points_text(language, sign::sum(signs));
    let least = points_text(language, LEAST_POINTS);
    let values = [
        ("signs", said.as_str().into()),
        ("sum", sum.as_str().into()),
        ("least", least.as_str().into()),
    ];
    i18n::text_with(language, "signs", &values)
}

/// One sign with its points.
fn sentence(language: Language, sign: Sign) -> String {
    let (key, count, amount) = match sign {
        Sign::NewRelation => ("sign-new-relation", 0, String::new()),
        Sign::Rested { minutes } => ("sign-rested", 0, duration(language, minutes)),
        Sign::PassesOn { most: true } => ("sign-passes-on", 0, String::new()),
        Sign::PassesOn { most: false } => ("sign-keeps-most", 0, String::new()),
        Sign::MoreThanCame => ("sign-more-than-came", 0, String::new()),
        Sign::Habit { expected } => ("sign-habit", 0, points_text(language, expected)),
        Sign::PassedOnWhole { among } => ("sign-passed-on-whole", among, String::new()),
        Sign::MeetsRing => ("sign-meets-ring", 0, String::new()),
        Sign::AlsoPaidBy { members } => ("sign-also-paid-by", members, String::new()),
        Sign::MostlyTheRings { mostly: true } => ("sign-mostly-the-rings", 0, String::new()),
        Sign::MostlyTheRings { mostly: false } => ("sign-mostly-others", 0, String::new()),
        Sign::ServesThePublic => ("sign-serves-the-public", 0, String::new()),
        Sign::Repeated { times } => ("sign-repeated", times, String::new()),
        Sign::Gathers { members } => ("sign-gathers", members, String::new()),
        Sign::EmptiedWithin { days: Some(days) } => {
            ("sign-emptied", usize::from(days), String::new())
        }
        Sign::EmptiedWithin { days: None } => ("sign-not-emptied", 0, String::new()),
        Sign::NearVictims => ("sign-near-victims", 0, String::new()),
        Sign::HandedOn { how, among } => (handed(how), among, String::new()),
        Sign::Feeds => ("sign-feeds", 0, String::new()),
        Sign::InSeason { is_near: true } => ("sign-in-season", 0, String::new()),
        Sign::InSeason { is_near: false } => ("sign-out-of-season", 0, String::new()),
        Sign::LivesOnIt => ("sign-lives-on-it", 0, String::new()),
        Sign::KnownPayer => ("sign-known-payer", 0, String::new()),
        Sign::SeldomFits => ("sign-seldom-fits", 0, String::new()),
        _ => return String::new(),
    };
    let values = [("count", count.into()), ("amount", amount.as_str().into())];
    let said = i18n::text_with(language, key, &values);
    let points = sign.points();
    let plus = if points < 0.0 { "−" } else { "+" };
    format!("{said} ({plus}{})", points_text(language, points.abs()))
}

fn handed(how: Handed) -> &'static str {
    match how {
        Handed::Whole => "sign-handed-whole",
        Handed::Sum => "sign-handed-sum",
        Handed::Parts => "sign-handed-parts",
        Handed::All => "sign-handed-all",
    }
}
