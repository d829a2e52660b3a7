//! `doctor`: what is well with the node, and what is not.

use i18n::Language;
use model::time::Timestamp;
use node::error::NodeError;
use node::port::{Clock as _, Keys as _};
use node::rebuild::Damage;
use serde::Serialize;
use store::clock::SystemClock;
use store::error::StoreError;
use store::keys::{self, KeyRing};
use store::protection::Form;

use crate::failure::Failure;
use crate::wiring::{OpenNode, protection};

/// Keys whose time ends within thirty days are worth a word (microseconds).
const WARNING: i64 = 30 * 86_400 * model::time::MICROSECONDS;

/// The answer.
#[derive(Serialize)]
pub(crate) struct Health {
    /// Whether no check failed; a warning does not fail.
    pub(crate) ok: bool,
    /// One entry a check.
    pub(crate) checks: Vec<Check>,
}

/// One check.
#[derive(Serialize)]
pub(crate) struct Check {
    /// Stable snake_case.
    pub(crate) name: &'static str,
    /// Whether it passed.
    pub(crate) ok: bool,
    /// Whether it is worth a word all the same.
    pub(crate) warning: bool,
    /// What was found, in the chosen language.
    pub(crate) detail: String,
}

/// Looks at everything that can be looked at from here.
pub(crate) fn examine(open: &mut OpenNode, language: Language) -> Result<Health, Failure> {
    let mut checks = Vec::new();
    let mut add = |name, ok, warning, key: &str, value: &str| {
        let detail = i18n::text_with(language, key, &[("value", value.into())]);
        checks.push(Check { name, ok, warning, detail });
    };
    match open.node.identity() {
        Ok(identity) => add("node", true, false, "doctor-node", &identity.agency),
        Err(NodeError::NoNode) => add("node", false, false, "doctor-no-node", ""),
        Err(error) => return Err(error.into()),
    }
    let sqlite = store::database::sqlite_version();
    add("sqlite", true, false, "doctor-sqlite", sqlite);
    add("event_log", true, false, "doctor-events", &open.node.state().events.to_string());
    let home = open.home.path().to_owned();
    let mut is_open = false;
    let key = protection().and_then(|protection| Ok(KeyRing::open(&home, &protection)?));
    match key {
        Err(Failure::Store(StoreError::PassphraseMissing)) => {
            add("key", true, true, "doctor-key-closed", "");
        }
        Err(Failure::Store(StoreError::TokenMissing(address))) => {
            add("key", true, true, "doctor-key-token-closed", &address);
        }
        Err(error) => {
            let told = error.answer(language);
            add("key", false, false, "doctor-key-bad", &format!("{} {}", told.message, told.hint));
        }
        Ok(ring)
            if open
                .node
                .identity()
                .is_ok_and(|node| node.fingerprint != ring.public().root.agency().words()) =>
        {
            add("key", false, false, "doctor-key-other", "");
        }
        Ok(ring) => {
            is_open = true;
            if let Some(end) = soon_over(&ring) {
                add("keys_end", true, true, "doctor-keys-end", &i18n::moment(language, end));
            }
            let form = keys::form(&home)?;
            let key = match form {
                Form::Plain => "doctor-key-plain",
                Form::Passphrase => "doctor-key",
                Form::Token => "doctor-key-token",
            };
            add("key", true, form == Form::Plain, key, "");
        }
    }
    if is_open {
        for Exchanged { name, ok, key, value } in exchanged(open, language) {
            add(name, ok, ok && !value.is_empty(), key, &value);
        }
    }
    for (ok, warning, key, value) in law_pack(open, language) {
        add("law_pack", ok, warning, key, &value);
    }
    let files = open.node.check_files()?;
    let count = files.len().to_string();
    let bad: Vec<String> = files
        .iter()
        .filter_map(|(file, damage)| {
            let key = match (*damage)? {
                Damage::OriginalMissing => "doctor-original-missing",
                Damage::OriginalChanged => "doctor-original-changed",
                Damage::Segment => "doctor-segment",
            };
            Some(i18n::text_with(language, key, &[("value", file.name.as_str().into())]))
        })
        .collect();
    match bad.is_empty() {
        true => add("files", true, false, "doctor-files", &count),
        false => add("files", false, false, "doctor-files-bad", &bad.join("; ")),
    }
    let graphs = open.node.check_graphs()?;
    if !graphs.is_empty() {
        add("graphs", false, false, "doctor-graph", &graphs.join("; "));
    }
    let reread: Vec<String> = open.node.state().reread().map(|file| file.name.clone()).collect();
    if !reread.is_empty() {
        add("readers", true, true, "doctor-reread", &reread.join("; "));
    }
    let rates = &open.node.rates().as_of;
    add("rates", true, false, "doctor-rates", rates);
    add("curve", true, false, "doctor-curve", psi::machine::curve());
    let ok = checks.iter().all(|check| check.ok);
    Ok(Health { ok, checks })
}

/// The law pack that answers: whether that is well, whether it is worth a word, the text.
fn law_pack(open: &OpenNode, language: Language) -> Vec<(bool, bool, &'static str, String)> {
    match open.node.check_law_pack() {
        Ok(found) => {
            let found = found.into_iter();
            found
                .map(|one| (one.is_ok(), one.is_warning(), one.key(), one.value().to_owned()))
                .collect()
        }
        Err(error) => {
            let told = Failure::from(error).answer(language);
            let told = format!("{} {}", told.message, told.hint);
            vec![(false, false, "doctor-law-pack-bad", told)]
        }
    }
}

/// A check of what is exchanged with partners.
struct Exchanged {
    name: &'static str,
    ok: bool,
    key: &'static str,
    value: String,
}

/// Whether the record is sound, and whether the audit is the one that partners have countersigned.
fn exchanged(open: &mut OpenNode, language: Language) -> Vec<Exchanged> {
    // Who only looks makes nothing: a node without partners has no record yet.
    if !open.home.path().join("record.db").exists() {
        return Vec::new();
    }
    let told = |failure: Failure| {
        let answer = failure.answer(language);
        format!("{} {}", answer.message, answer.hint)
    };
    let check = |name, ok, key, value| Exchanged { name, ok, key, value };
    let record = open.join().and_then(|joined| Ok(joined.record.check()?));
    if let Err(failure) = record {
        return vec![check("record", false, "doctor-record-bad", told(failure))];
    }
    let audit = match open.node.check_audit() {
        Err(error) => check("audit", false, "doctor-audit-bad", told(error.into())),
        Ok(found) if !found.changed.is_empty() => {
            check("audit", false, "doctor-audit-bad", found.changed.join(", "))
        }
        Ok(found) if !found.lost.is_empty() => {
            check("audit", true, "doctor-audit-lost", found.lost.join(", "))
        }
        Ok(_) => check("audit", true, "doctor-audit", String::new()),
    };
    vec![check("record", true, "doctor-record", String::new()), audit]
}

/// When nothing can be signed, sealed to us or dialled any more, where that is soon: keys are used
/// for a time, and somebody has to renew them.
fn soon_over(ring: &KeyRing) -> Option<Timestamp> {
    let public = ring.public();
    let signing = public.signing.iter().map(|entry| entry.until).max();
    let sealing = public.sealing.iter().map(|entry| entry.until).max();
    let tls = public.tls.iter().map(|entry| entry.until).max();
    let end = [signing, tls, sealing].into_iter().flatten().min()?;
    let left = end.microseconds().saturating_sub(SystemClock.now().microseconds());
    (left < WARNING).then_some(end)
}
