//! Partners, messages, what went and came, and what a bundle proves.

use i18n::Language;
use node::answer::{
    CardAnswer, HandlingAnswer, MessageAnswer, Messages, OpenedAnswer, PartnerAnswer, Partners,
    SyncAnswer,
};
use verify::Verdict;

use super::table::{plain, table};
use crate::exchange::messages::Saved;

/// So much of a message's number is enough to name it.
const DIGITS: usize = 8;

fn text(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).into())).collect();
    i18n::text_with(language, key, &values)
}

pub(crate) fn card(card: &CardAnswer, language: Language) -> String {
    let endpoints = endpoints(&card.endpoints, language);
    let sequence = card.sequence.to_string();
    let values = [
        ("path", card.card.as_str()),
        ("sequence", &sequence),
        ("endpoints", &endpoints),
        ("fingerprint", &card.fingerprint),
    ];
    format!("{}\n", text(language, "card-written", &values))
}

pub(crate) fn rotated(card: &CardAnswer, language: Language) -> String {
    let sequence = card.sequence.to_string();
    format!("{}\n", text(language, "keys-rotated", &[("sequence", &sequence)]))
}

fn endpoints(endpoints: &[String], language: Language) -> String {
    match endpoints.is_empty() {
        true => i18n::text(language, "endpoint-none"),
        false => plain(&endpoints.join(", ")),
    }
}

pub(crate) fn partner(partner: &PartnerAnswer, language: Language) -> String {
    let country = i18n::country(language, partner.country);
    let mut state = i18n::text(language, &format!("partner-{}", partner.state));
    if partner.witness {
        state = format!("{state} · {}", i18n::text(language, "partner-witness"));
    }
    format!(
        "{} · {country} · {state}\n  {}\n  {}\n",
        plain(&partner.partner),
        partner.fingerprint,
        endpoints(&partner.endpoints, language)
    )
}

pub(crate) fn partners(answer: &Partners, language: Language) -> String {
    match answer.partners.is_empty() {
        true => format!("{}\n", i18n::text(language, "partners-none")),
        false => answer.partners.iter().map(|one| partner(one, language)).collect(),
    }
}

pub(crate) fn message(message: &MessageAnswer, language: Language) -> String {
    let state = state(message, language);
    let key = if message.direction == "in" { "message-from" } else { "message-to" };
    let partner = plain(&message.partner);
    let number: String = message.message.chars().take(DIGITS).collect();
    let values = [("number", number.as_str()), ("partner", &partner), ("state", &state)];
    format!("{}\n", text(language, key, &values))
}

fn state(message: &MessageAnswer, language: Language) -> String {
    let state = i18n::text(language, &format!("message-{}", message.state));
    match &message.code {
        Some(code) => format!("{state}: {}", refusal(code, language)),
        None => state,
    }
}

/// Why something was refused: in words, or the code where another node has a new one.
fn refusal(code: &str, language: Language) -> String {
    match crate::failure::has_text(code) {
        true => {
            let [message, hint] = i18n::refusal(language, code, "", "");
            format!("{message} {hint}")
        }
        false => plain(code),
    }
}

pub(crate) fn messages(answer: &Messages, language: Language) -> String {
    let headings =
        ["col-number", "col-direction", "col-partner", "col-kind", "col-state", "col-when"];
    let mut rows = table(language, &headings, &[]);
    for one in &answer.messages {
        let number: String = one.message.chars().take(DIGITS).collect();
        rows.add_row([
            number,
            i18n::text(language, &format!("direction-{}", one.direction)),
            plain(&one.partner),
            kind(&one.kind, language),
            state(one, language),
            i18n::moment(language, one.made),
        ]);
    }
    format!("{rows}\n")
}

/// What a message is; of one that was not opened nobody knows it.
fn kind(kind: &str, language: Language) -> String {
    let key = format!("message-kind-{kind}");
    if i18n::has(language, &key) { i18n::text(language, &key) } else { plain(kind) }
}

pub(crate) fn erased(answer: &Messages, language: Language) -> String {
    let values = [("count", answer.messages.len().into())];
    format!("{}\n", i18n::text_with(language, "messages-erased", &values))
}

pub(crate) fn opened(answer: &OpenedAnswer, language: Language) -> String {
    let mut lines = message(&answer.message, language);
    if let Some(first) = &answer.origin {
        let agency = plain(&first.agency);
        let made = i18n::moment(language, first.made);
        let signature = i18n::text(language, &format!("origin-{}", first.signature));
        let values = [("agency", agency.as_str()), ("made", &made), ("signature", &signature)];
        lines.push_str(&format!("  {}\n", text(language, "message-origin", &values)));
    }
    if let Some(permission) = &answer.permission {
        let key = match (permission.evidence, &permission.to) {
            (true, _) => "permission-evidence",
            (false, Some(_)) => "permission-to",
            (false, None) => "permission-any",
        };
        let number: String = permission.message.chars().take(DIGITS).collect();
        let to = permission.to.as_deref().map(plain).unwrap_or_default();
        let values = [("number", number.as_str()), ("to", to.as_str())];
        lines.push_str(&format!("  {}\n", text(language, key, &values)));
    }
    lines.push_str(&handling(&answer.handling, language));
    let body = answer.text.lines().map(|line| format!("  {}\n", plain(line)));
    lines.push('\n');
    lines.extend(body);
    lines.push('\n');
    for file in &answer.attachments {
        let size = i18n::number(language, i64::try_from(file.size).unwrap_or(i64::MAX));
        let values = [("name", plain(&file.name)), ("size", size), ("sha256", file.sha256.clone())];
        let values: Vec<_> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
        lines.push_str(&format!("{}\n", text(language, "message-file", &values)));
    }
    for receipt in &answer.receipts {
        let kind = i18n::text(language, &format!("message-{}", receipt.kind));
        let why = receipt.code.as_deref().map(|code| refusal(code, language));
        // Who opened it is told by his role, a word of the program's own.
        let said = receipt.text.as_deref().map(|said| match receipt.kind {
            "opened" if i18n::has(language, &format!("user-{said}")) => {
                i18n::text(language, &format!("user-{said}"))
            }
            _ => plain(said),
        });
        let told = why.or(said).unwrap_or_default();
        let at = i18n::moment(language, receipt.at);
        lines.push_str(format!("  {at}  {kind}  {told}").trim_end());
        lines.push('\n');
    }
    lines
}

fn handling(handling: &HandlingAnswer, language: Language) -> String {
    let limits = handling.limits.iter().map(|limit| {
        let key = format!("limit-{}", limit.to_lowercase());
        format!("{limit} {}", i18n::text(language, &key))
    });
    let mut limits: Vec<String> = limits.collect();
    limits.extend(handling.limit_text.as_deref().map(plain));
    let until = handling.retain_until.map(|until| i18n::moment(language, until));
    let (source, information) =
        (handling.source.unwrap_or("–"), handling.information.unwrap_or("–"));
    let lines = [
        ("handling-marks", format!("{} · PAP:{}", handling.tlp, handling.pap)),
        ("handling-purpose", plain(&handling.purpose)),
        ("handling-basis", plain(&handling.basis)),
        ("handling-limits", limits.join("; ")),
        ("handling-grades", format!("{source}{information}")),
        ("handling-until", until.unwrap_or_default()),
    ];
    let lines = lines.iter().filter(|(_, value)| !value.is_empty() && value != "––");
    lines.map(|(key, value)| format!("  {}: {value}\n", i18n::text(language, key))).collect()
}

pub(crate) fn saved(saved: &Saved, language: Language) -> String {
    if saved.files.is_empty() {
        return format!("{}\n", i18n::text(language, "saved-none"));
    }
    saved.files.iter().map(|file| format!("{}  {}\n", file.sha256, file.path)).collect()
}

pub(crate) fn synced(answer: &SyncAnswer, language: Language) -> String {
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let values = [
        ("sent", count(answer.sent).into()),
        ("received", count(answer.received).into()),
        ("already", count(answer.already).into()),
    ];
    let mut lines = format!("{}\n", i18n::text_with(language, "synced", &values));
    for one in &answer.refused {
        lines.push_str(&format!("  ✗ {}: {} [{}]\n", plain(&one.id), plain(&one.text), one.code));
    }
    for one in answer.partners.iter().filter_map(|one| one.text.as_deref()) {
        lines.push_str(&format!("  {}\n", plain(one)));
    }
    lines
}

pub(crate) fn verdict(verdict: &Verdict, language: Language) -> String {
    let head = if verdict.valid { "verify-valid" } else { "verify-not-valid" };
    let mut told = format!("{}\n", i18n::text(language, head));
    verdict.claims.iter().for_each(|claim| told.push_str(&format!("  + {claim}\n")));
    verdict.problems.iter().for_each(|problem| told.push_str(&format!("  ! {problem}\n")));
    told
}
