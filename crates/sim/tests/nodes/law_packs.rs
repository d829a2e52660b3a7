//! Law packs of agencies: two officers let a signed one answer, or nothing of it counts.

mod answering;
mod refused;

use envelope::law_pack::{Head, SignedPack};
use i18n::Language;
use law::builtin::FILES;
use model::digest::Digest;
use model::time::Timestamp;
use node::answer::PackAnswer;
use node::error::NodeError;
use node::event::Event;
use node::law::packs::Offered;
use node::port::{Clock as _, Keys as _};

use super::office::Office;
use super::{code, count, offices};

const TWO: [&str; 2] = ["first", "second"];

/// The built-in pack with another day, in which the treaty with Singapore is in force.
fn changed(day: &str) -> Vec<(String, String)> {
    let changed = FILES.iter().map(|(name, text)| {
        let text = match *name {
            "pack.toml" => text.replace("2026-11-26", day),
            "instruments/vn-mla-sg.toml" => text
                .replace(
                    "signed = \"2024-10-28\"\n",
                    "signed = \"2024-10-28\"\nin_force = \"2025-05-01\"\n",
                )
                .replace(
                    "\"signatory\", since = \"2024-10-28\"",
                    "\"party\", since = \"2025-05-01\"",
                ),
            _ => (*text).to_owned(),
        };
        ((*name).to_owned(), text)
    });
    changed.collect()
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// The changed pack of a day, signed by an office.
fn made(office: &Office, day: &str) -> Vec<u8> {
    office.node.make_law_pack("first", &borrowed(&changed(day))).unwrap().1
}

/// The same signed with an earlier key, at any moment and under any name.
fn forged(office: &Office, round: u8, at: Timestamp, name: &str) -> Vec<u8> {
    let files = changed("2026-12-01");
    let head = Head::new(name, at, office.id(), &borrowed(&files)).unwrap();
    let message = head.message();
    let key = office.keys.public().signing[usize::from(round)].key;
    let signature = office.keys.sign_as(round, &message);
    let (_, ml_dsa) = office.keys.sign_ml_dsa_as(round, &message);
    SignedPack::write(&head, (key, signature), &ml_dsa, &borrowed(&files))
}

fn install(
    office: &mut Office,
    officers: [&str; 2],
    bytes: &[u8],
) -> Result<PackAnswer, NodeError> {
    let offered = Offered { name: "a.lawpack", bytes, may_be_older: false };
    office.node.install_law_pack(officers, &offered, Language::En)
}

/// Which pack answers.
fn answers(office: &Office) -> Digest {
    office.node.law_pack().unwrap().digest()
}

fn built_in() -> Digest {
    law::Pack::builtin().unwrap().digest()
}

fn is_of_packs(event: &Event) -> bool {
    matches!(event, Event::LawPack { .. })
}

/// Where an office keeps an installed pack.
fn place(office: &Office, bytes: &[u8]) -> std::path::PathBuf {
    let name = Digest::of(bytes).to_string();
    office.home().join("originals").join(&name[..2]).join(name)
}
