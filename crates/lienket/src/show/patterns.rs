//! Shapes of money laundering: what, who, when and why.

use i18n::Language;
use node::answer::{AccountAnswer, FindingAnswer, PatternsAnswer};

use super::table::more;

/// At most this many shapes are shown.
const MAX_SHOWN: usize = 10;
/// At most this many transfers of a shape are named.
const MAX_TRANSFERS: usize = 8;

pub(crate) fn patterns(answer: &PatternsAnswer, language: Language) -> String {
    let count = answer.findings.len();
    let (none, counted) = match answer.described {
        Some(_) => ("described-none", "described-count"),
        None => ("patterns-none", "patterns-count"),
    };
    let name = answer.described.as_deref().unwrap_or_default();
    let key = if count == 0 { none } else { counted };
    let values = [("count", count.into()), ("name", name.into())];
    let mut text = i18n::text_with(language, key, &values);
    text.push('\n');
    for finding in answer.findings.iter().take(MAX_SHOWN) {
        text.push_str(&one(finding, language));
    }
    text.push_str(&more(language, count, count.min(MAX_SHOWN)));
    if answer.truncated {
        text.push_str(&format!("\n{}\n", i18n::text(language, "patterns-cut")));
    }
    text
}

pub(super) fn one(finding: &FindingAnswer, language: Language) -> String {
    let mut text = if finding.roles.is_empty() {
        let key = format!("pattern-{}", finding.pattern.replace('_', "-"));
        let name = i18n::text(language, &key);
        let score = i18n::percent(language, finding.score);
        let values = [("name", name.as_str().into()), ("score", score.as_str().into())];
        format!("\n{}\n", i18n::text_with(language, "patterns-line", &values))
    } else {
        "\n".to_owned()
    };
    let mut list = finding.transfers.iter().take(MAX_TRANSFERS).cloned().collect::<Vec<_>>();
    if finding.transfers.len() > MAX_TRANSFERS {
        list.push("…".to_owned());
    }
    let list = list.join(", ");
    let moment = |at| i18n::moment(language, at);
    let (from, to) =
        (finding.from.map(moment).unwrap_or_default(), finding.to.map(moment).unwrap_or_default());
    let values = [
        ("transfers", finding.transfers.len().into()),
        ("accounts", finding.accounts.len().into()),
        ("from", from.as_str().into()),
        ("to", to.as_str().into()),
        ("list", list.as_str().into()),
    ];
    text.push_str(&format!("  {}\n", i18n::text_with(language, "patterns-what", &values)));
    for players in &finding.roles {
        let named = |account: &AccountAnswer| format!("{}/{}", account.bank, account.account);
        let mut list: Vec<String> =
            players.accounts.iter().take(MAX_TRANSFERS).map(named).collect();
        if players.accounts.len() > MAX_TRANSFERS {
            list.push("…".to_owned());
        }
        text.push_str(&format!("    {}: {}\n", players.role, list.join(", ")));
    }
    for reason in &finding.because {
        text.push_str(&format!("    {reason}\n"));
    }
    text
}
