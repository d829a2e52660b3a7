//! A law pack beside what it says: where it comes from, who signed it, what it changes.

use i18n::Language;
use node::answer::{ComparedAnswer, PackAnswer, PackChanges};

use super::directory::lines;
use super::law::named;
use super::table::{more, plain};

/// At most this many files are named.
const MAX_FILES: usize = 20;
/// At most this many answers are shown.
const MAX_SHOWN: usize = 40;

/// Everything about a pack but what it is called and how large it is.
pub(super) fn more_of(answer: &PackAnswer, language: Language) -> String {
    let say = |key: &str, values: &[(&str, i18n::Value<'_>)]| {
        format!("{}\n", i18n::text_with(language, key, values))
    };
    let mut text = match answer.origin {
        "installed" | "built_in" => {
            let key = format!("law-pack-{}", answer.origin.replace('_', "-"));
            say(&key, &[])
        }
        _ => String::new(),
    };
    if let Some(one) = &answer.signature {
        let (signer, at) = (plain(&one.signer), i18n::moment(language, one.at));
        let agency: String = one.agency.chars().take(12).collect();
        let values =
            [("signer", (&signer).into()), ("agency", (&agency).into()), ("at", (&at).into())];
        text.push_str(&say("law-pack-signed", &values));
    }
    if let Some(one) = &answer.installed {
        let (at, officers) = (i18n::moment(language, one.at), one.officers.join(", "));
        let values = [("at", (&at).into()), ("officers", (&officers).into())];
        text.push_str(&say("law-pack-installed-by", &values));
    }
    if let Some(days) = answer.age_days {
        text.push_str(&say("law-pack-age", &[("count", days.into())]));
    }
    if let Some(changes) = &answer.changes {
        text.push_str(&told(changes, language));
    }
    text
}

/// What is other than in the pack that answered before.
fn told(changes: &PackChanges, language: Language) -> String {
    let say = |key: &str, values: &[(&str, i18n::Value<'_>)]| {
        format!("{}\n", i18n::text_with(language, key, values))
    };
    let before: String = changes.pack.chars().take(12).collect();
    let values = [("pack", (&before).into()), ("count", changes.facts.into())];
    let mut text = format!("\n{}", say("law-pack-compared", &values));
    if changes.is_older {
        text.push_str(&say("law-pack-is-older", &[]));
    }
    for one in changes.files.iter().take(MAX_FILES) {
        let key = format!("law-pack-file-{}", one.change);
        text.push_str(&format!("  {}: {}\n", plain(&one.file), i18n::text(language, &key)));
    }
    text.push_str(&more(language, changes.files.len(), changes.files.len().min(MAX_FILES)));
    if !changes.authorities.is_empty() {
        text.push_str(&say("law-pack-authorities", &[("count", changes.authorities.len().into())]));
    }
    for one in changes.authorities.iter().take(MAX_SHOWN) {
        let change = i18n::text(language, &format!("law-pack-file-{}", one.change));
        text.push_str(&format!("  {}: {change}\n", plain(&one.id)));
        for (sign, said) in [("−", &one.before), ("+", &one.after)] {
            let lines = said.iter().map(|said| lines(said, language)).collect::<String>();
            lines.lines().for_each(|line| text.push_str(&format!("    {sign} {line}\n")));
        }
    }
    text.push_str(&more(
        language,
        changes.authorities.len(),
        changes.authorities.len().min(MAX_SHOWN),
    ));
    text.push_str(&say("law-pack-answers", &[("count", changes.answers.len().into())]));
    let answers = changes.answers.iter().take(MAX_SHOWN);
    answers.for_each(|one| text.push_str(&compared(one, language)));
    text.push_str(&more(language, changes.answers.len(), changes.answers.len().min(MAX_SHOWN)));
    text
}

fn compared(one: &ComparedAnswer, language: Language) -> String {
    let said = |answer: &str, lead: Option<&str>| {
        let answer = i18n::text(language, &format!("law-answer-{answer}"));
        lead.map_or(answer.clone(), |lead| format!("{answer} ({})", plain(lead)))
    };
    let before = said(one.before, one.lead_before.as_deref());
    let after = said(one.after, one.lead_after.as_deref());
    let (from, to) = (named(language, &one.from), named(language, &one.to));
    let measure = plain(&one.measure_name);
    let values = [
        ("from", (&from).into()),
        ("to", (&to).into()),
        ("measure", (&measure).into()),
        ("before", (&before).into()),
        ("after", (&after).into()),
    ];
    format!("  {}\n", i18n::text_with(language, "law-suppose-line", &values))
}
