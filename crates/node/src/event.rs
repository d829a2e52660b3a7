//! What happened, in the words of the field. The list of events is the node's one truth.

use i18n::Language;
use model::agency::AgencyKind;
use model::country::Country;
use model::digest::Digest;
use model::time::Timestamp;
use serde::{Deserialize, Serialize};
use tlog::merkle;

use crate::directory::deed::DirectoryDeed;
use crate::exchange::Standing;
use crate::law::installed::PackDeed;
use crate::matching::step::Step;
use crate::requests::deed::Deed;
use crate::requests::desks::DeskDeed;

/// One event as it lies in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its place in the log, from 1.
    pub seq: u64,
    /// When it was recorded, by this node's clock.
    pub at: Timestamp,
    /// Who did it.
    pub by: String,
    /// What was done.
    pub event: Event,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// The node came into being.
    NodeMade {
        /// The agency's name.
        agency: String,
        /// The agency's country.
        country: Country,
        /// What sort of agency it is.
        kind: AgencyKind,
        /// The node's public signing key, Ed25519, hexadecimal.
        public_key: String,
        /// Twelve words that stand for that key.
        fingerprint: String,
    },
    /// Somebody may act at this node.
    UserAdded {
        /// The name given with `--as`.
        name: String,
        /// What he may do.
        role: UserRole,
    },
    /// A case was opened.
    CaseOpened {
        /// Its reference, `VN-C-2026-0001`.
        case: String,
        /// Its title.
        title: String,
    },
    /// A case was closed: nothing more goes in.
    CaseClosed {
        /// Its reference.
        case: String,
    },
    /// A closed case was opened again.
    CaseReopened {
        /// Its reference.
        case: String,
    },
    /// Somebody looked into what the node holds.
    Looked {
        /// The command: `find`, `rings` …
        command: String,
        /// At what: the value asked for, or a case and a part of it.
        about: String,
    },
    /// Somebody asked for a backup.
    BackedUp {
        /// The file that was named.
        file: String,
    },
    /// This log came out of a backup: what was recorded after that was made is lost.
    Restored {
        /// The backup's file.
        file: String,
    },
    /// This agency's own card, from now on.
    CardIssued {
        /// Its sequence.
        sequence: u64,
        /// The digest of the signed card.
        card: Digest,
    },
    /// Two officers accepted an agency's card.
    PartnerAccepted {
        /// Which agency: the digest over its root keys.
        agency: Digest,
        /// Its name, as the card says it.
        name: String,
        /// Its country.
        country: Country,
        /// The card's sequence.
        sequence: u64,
        /// The second officer; the first one recorded it.
        second: String,
    },
    /// An agency has a new card, signed by the root that two officers accepted.
    PartnerFollowed {
        /// Which agency.
        agency: Digest,
        /// The card's sequence.
        sequence: u64,
    },
    /// An officer decided how a partner stands.
    PartnerStands {
        /// Which agency.
        agency: Digest,
        /// How.
        standing: Standing,
        /// Why; may be empty.
        because: String,
    },
    /// Two officers decided whether a partner is asked to witness this agency's records.
    WitnessNamed {
        /// Which agency.
        agency: Digest,
        /// Whether it is asked; else not any more.
        is_asked: bool,
        /// The second officer; the first one recorded it.
        second: String,
    },
    /// A partner has shown two histories of a record of which this agency is the witness.
    WitnessedFork {
        /// The record's writer.
        agency: Digest,
        /// For whom it is.
        reader: Digest,
        /// How many leaves the second one has.
        size: u64,
    },
    /// Somebody sends a message.
    MessageSent {
        /// Its number, hexadecimal.
        message: String,
        /// To which agency.
        to: Digest,
        /// What the receiver's node does with it.
        kind: String,
    },
    /// Somebody said that a message was dealt with.
    MessageHandled {
        /// Its number, hexadecimal.
        message: String,
    },
    /// A message's content was destroyed.
    MessageErased {
        /// Its number, hexadecimal.
        message: String,
    },
    /// A file became visible in a case, whole.
    FileImported {
        /// The case's reference.
        case: String,
        /// What was in it.
        file: ImportedFile,
    },
    /// An officer decided whether two records speak of the same person.
    RecordsRuled {
        /// The case's reference.
        case: String,
        /// One record's key: `A05/C1`, `VNB01/12345`.
        left: String,
        /// The other's.
        right: String,
        /// Whether they are the same.
        same: bool,
        /// Why.
        because: String,
    },
    /// The agency's own directory of authorities changed.
    Directory {
        /// How.
        what: DirectoryDeed,
    },
    /// Something happened in MATCH.
    Match {
        /// With which agency.
        partner: Digest,
        /// What.
        what: Step,
    },
    /// Something happened with a request.
    Request {
        /// The agency that numbered it; `None`: this one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<Digest>,
        /// Its number there.
        number: String,
        /// What.
        what: Deed,
    },
    /// Something happened with a desk.
    Desk {
        /// Its name.
        desk: String,
        /// What.
        what: DeskDeed,
    },
    /// Two officers decided which law pack answers.
    LawPack {
        /// What.
        what: PackDeed,
    },
    /// A file's segment was lost and a later version of the readers, reading the original again,
    /// took other rows: from now on these count.
    FileReread {
        /// The case's reference.
        case: String,
        /// Which of the case's files, from 0 in the order of their import.
        place: usize,
        /// What is in it now.
        file: ImportedFile,
    },
}

/// One imported file: what was taken from it, and where it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedFile {
    /// The file's own name, without folders.
    pub name: String,
    /// What was in it (`formats::kind`).
    pub kind: String,
    /// The digest of the original, under which it is kept.
    pub original: Digest,
    /// The original's length in bytes.
    pub bytes: u64,
    /// The version of the reader that read it.
    pub parser: u32,
    /// The country by whose rules national forms were read.
    pub country: Country,
    /// The column map that was given, as its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<String>,
    /// Records in the file.
    pub rows: u64,
    /// Records taken.
    pub accepted: u64,
    /// Records that were held already.
    pub already: u64,
    /// Records rejected.
    pub rejected: u64,
    /// The segment that holds what was taken.
    pub segment: Digest,
    /// The partner that gave it; `None`: the agency's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<GivenBy>,
}

/// A partner that gave a file, and how that may be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenBy {
    /// Which agency.
    pub partner: Digest,
    /// Its name then.
    pub name: String,
    /// Its country, by whose rules national forms are read.
    pub country: Country,
    /// The request that it answers.
    pub request: String,
    /// Who may see it: the label.
    pub tlp: String,
    /// H0 to H3.
    pub limits: Vec<String>,
}

impl GivenBy {
    /// Whether others may learn of it without asking its giver.
    pub fn may_go_onward(&self) -> bool {
        let is_open = matches!(self.tlp.as_str(), "TLP:CLEAR" | "TLP:GREEN");
        is_open && !self.limits.iter().any(|limit| limit == "H2")
    }
}

impl ImportedFile {
    /// Its name, and who gave it under which handling.
    pub fn source(&self) -> String {
        match &self.given {
            None => self.name.clone(),
            Some(given) => {
                let limits = given.limits.join(" ");
                let handling = format!("{} {limits}", given.tlp);
                format!("{} ← {} ({})", self.name, given.request, handling.trim())
            }
        }
    }
}

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserRole {
    /// Works on cases and drafts.
    Officer,
    /// Also approves.
    Supervisor,
    /// Installs, backs up, restores; sees no case.
    Administrator,
    /// Reads, and changes nothing.
    Auditor,
}

impl UserRole {
    /// The role of a name on the command line.
    pub fn parse(name: &str) -> Option<UserRole> {
        match name {
            "officer" => Some(UserRole::Officer),
            "supervisor" => Some(UserRole::Supervisor),
            "administrator" => Some(UserRole::Administrator),
            "auditor" => Some(UserRole::Auditor),
            _ => None,
        }
    }

    /// The role's name.
    pub fn as_str(self) -> &'static str {
        match self {
            UserRole::Officer => "officer",
            UserRole::Supervisor => "supervisor",
            UserRole::Administrator => "administrator",
            UserRole::Auditor => "auditor",
        }
    }
}

impl Recorded {
    /// The hash of its leaf in the node's audit: over the event as JSON, as it was recorded.
    pub fn leaf(&self) -> Digest {
        merkle::leaf(&serde_json::to_vec(self).unwrap_or_default())
    }
}

impl Event {
    /// The event in one sentence.
    pub fn told(&self, language: Language) -> String {
        let (key, about) = match self {
            Event::NodeMade { agency, .. } => ("event-node-made", agency.clone()),
            Event::UserAdded { name, role } => {
                let role = i18n::text(language, &format!("user-{}", role.as_str()));
                ("event-user-added", format!("{name} ({role})"))
            }
            Event::CaseOpened { case, title } => ("event-case-opened", format!("{case} {title}")),
            Event::CaseClosed { case } => ("event-case-closed", case.clone()),
            Event::CaseReopened { case } => ("event-case-reopened", case.clone()),
            Event::Looked { command, about } => ("event-looked", format!("{command} {about}")),
            Event::RecordsRuled { case, left, right, same, because } => {
                let sign = if *same { '=' } else { '≠' };
                ("event-records-ruled", format!("{case}, {left} {sign} {right}: {because}"))
            }
            Event::BackedUp { file } => ("event-backed-up", file.clone()),
            Event::Restored { file } => ("event-restored", file.clone()),
            Event::CardIssued { sequence, card } => {
                ("event-card-issued", format!("{sequence} ({})", short(card)))
            }
            Event::PartnerAccepted { agency, name, country, second, .. } => {
                let told = format!("{name} ({country}, {}) + {second}", short(agency));
                ("event-partner-accepted", told)
            }
            Event::PartnerFollowed { agency, sequence } => {
                ("event-partner-followed", format!("{} → {sequence}", short(agency)))
            }
            Event::PartnerStands { agency, standing, because } => {
                let standing = i18n::text(language, &format!("standing-{}", standing.as_str()));
                let because = in_brackets(because);
                ("event-partner-stands", format!("{}: {standing}{because}", short(agency)))
            }
            Event::WitnessNamed { agency, is_asked, second } => {
                let key = if *is_asked { "event-witness-named" } else { "event-witness-stopped" };
                (key, format!("{} + {second}", short(agency)))
            }
            Event::WitnessedFork { agency, reader, size } => {
                ("event-witnessed-fork", format!("{} → {}, {size}", short(agency), short(reader)))
            }
            Event::MessageSent { message, to, kind } => {
                ("event-message-sent", format!("{kind} {message} → {}", short(to)))
            }
            Event::MessageHandled { message } => ("event-message-handled", message.clone()),
            Event::MessageErased { message } => ("event-message-erased", message.clone()),
            Event::Directory { what } => {
                let (key, told) = what.told();
                let values = [("value", told.as_str().into())];
                return i18n::text_with(language, &format!("event-directory-{key}"), &values);
            }
            Event::Match { partner, what } => {
                let (key, told) = what.told();
                return i18n::text_with(
                    language,
                    &format!("event-{key}"),
                    &[("value", told.as_str().into()), ("partner", (&short(partner)).into())],
                );
            }
            Event::Request { of, number, what } => {
                let (key, told) = what.told();
                let of = of.as_ref().map(|of| format!("{}/", short(of)));
                let about = of.unwrap_or_default() + number;
                let values = [("value", told.as_str().into()), ("request", about.as_str().into())];
                return i18n::text_with(language, &format!("event-request-{key}"), &values);
            }
            Event::Desk { desk, what } => {
                let (key, told) = what.told();
                let values = [("value", told.as_str().into()), ("desk", desk.as_str().into())];
                return i18n::text_with(language, &format!("event-desk-{key}"), &values);
            }
            Event::LawPack { what } => what.told(),
            Event::FileReread { case, file, .. } => {
                let told = format!("{} → {case}: {}/{}", file.name, file.accepted, file.rows);
                ("event-file-reread", told)
            }
            Event::FileImported { case, file } => {
                let digest = short(&file.original);
                let told =
                    format!("{} → {case}: {}/{} ({digest}…)", file.name, file.accepted, file.rows);
                ("event-file-imported", told)
            }
        };
        i18n::text_with(language, key, &[("value", about.as_str().into())])
    }
}

/// A reason, where one was given.
fn in_brackets(because: &str) -> String {
    match because {
        "" => String::new(),
        because => format!(" ({because})"),
    }
}

/// The first digits of a digest: enough for a reader to tell agencies apart.
fn short(digest: &Digest) -> String {
    digest.to_string().chars().take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_that_was_left_out_leaves_no_brackets() {
        let told = |because: &str| {
            let (agency, because) = (Digest::of(b"SPF"), because.to_owned());
            let standing = Standing::Suspended;
            Event::PartnerStands { agency, standing, because }.told(Language::En)
        };
        assert!(told("").ends_with(": suspended"), "{}", told(""));
        assert!(told("a fax").ends_with(": suspended (a fax)"), "{}", told("a fax"));
    }
}
