//! What happened in MATCH, as it lies in the event log: the one truth about budgets, runs and hits.

use model::digest::Digest;
use model::identifier::{Identifier, Kind};
use model::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One thing that happened between this node and a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Step {
    /// We asked the partner to publish.
    Wished {
        /// What for.
        purpose: String,
        /// The legal basis.
        basis: String,
        /// The message's number, hexadecimal; the same in all steps.
        message: String,
    },
    /// We published a set for the partner.
    Published {
        /// What for.
        purpose: String,
        /// The legal basis.
        basis: String,
        /// Which epoch.
        epoch: u32,
        /// Which publication of it.
        number: u32,
        /// Whether it holds only what was new.
        is_delta: bool,
        /// When the epoch ends.
        until: Timestamp,
        /// How many identifiers of ours are in it.
        identifiers: u64,
        /// How many entries the partner sees.
        size: u64,
        /// The root over them.
        root: Digest,
        /// The manifest.
        manifest: Digest,
        /// The list of what was published in this epoch.
        list: Digest,
        /// The wish that it answers.
        wish: String,
    },
    /// A set of the partner's is here.
    SetCame {
        /// What for.
        purpose: String,
        /// Which epoch.
        epoch: u32,
        /// Which publication of it.
        number: u32,
        /// Whether it holds only what was new.
        is_delta: bool,
        /// When the epoch ends.
        until: Timestamp,
        /// The manifest.
        manifest: Digest,
        /// The set's bytes.
        set: Digest,
        /// The message.
        message: String,
        /// What it holds of what we asked about before.
        hits: Vec<Found>,
    },
    /// We ask about identifiers of ours.
    Asked {
        /// What for.
        purpose: String,
        /// The legal basis.
        basis: String,
        /// The session, hexadecimal.
        session: String,
        /// The manifest whose keys are meant.
        manifest: Digest,
        /// Its epoch.
        epoch: u32,
        /// How many batches it has.
        batches: u32,
        /// How many identifiers of each kind, without what fills the batches up.
        counts: Vec<(Kind, u64)>,
        /// The root over them.
        commitment: Digest,
        /// The file that holds them.
        list: Digest,
        /// How many values that many people share were kept out.
        suppressed: u64,
    },
    /// We raised a batch of the partner's.
    Evaluated {
        /// What for.
        purpose: String,
        /// The kind of identifiers.
        kind: Kind,
        /// The session, hexadecimal.
        session: String,
        /// Which batch.
        number: u32,
        /// Of how many.
        batches: u32,
        /// How many elements.
        elements: u64,
        /// What the partner has committed itself to.
        commitment: Digest,
        /// The query's body.
        query: Digest,
        /// The query's message.
        message: String,
    },
    /// A batch of ours was answered.
    Answered {
        /// The session, hexadecimal.
        session: String,
        /// Which batch.
        number: u32,
        /// Why nothing was raised.
        refused: Option<String>,
        /// How many elements of its kind may still be asked about.
        left: u64,
        /// The outputs that we hold of the partner's function now.
        outputs: Option<Digest>,
        /// The answer's message.
        message: String,
        /// What the partner knows.
        hits: Vec<Found>,
    },
    /// We refused what the partner sent.
    Refused {
        /// What for; empty where that could not be read.
        purpose: String,
        /// Why.
        code: String,
        /// The message.
        message: String,
    },
    /// Two officers say how much the partner may ask.
    BudgetSet {
        /// What for.
        purpose: String,
        /// The kind of identifiers.
        kind: Kind,
        /// Elements within thirty days.
        limit: u64,
        /// The second officer.
        second: String,
    },
    /// Two officers showed a part of what a session asked about to those who oversee the agency.
    Opened {
        /// The session, hexadecimal.
        session: String,
        /// How many identifiers.
        count: u64,
        /// By what they were chosen.
        challenge: String,
        /// The second officer.
        second: String,
    },
    /// An officer put a hit aside.
    HitDismissed {
        /// The hit's id.
        hit: String,
        /// Why.
        because: String,
    },
}

/// An identifier of ours that a partner knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Which.
    pub identifier: Identifier,
    /// Under what the partner finds its own case by it, hexadecimal.
    pub handle: String,
    /// The manifest under which it was found.
    pub manifest: Digest,
}

impl Step {
    /// Its name, and what it is about, for the audit.
    pub(crate) fn told(&self) -> (&'static str, String) {
        match self {
            Step::Wished { purpose, basis, .. } => ("match-wished", format!("{purpose}, {basis}")),
            Step::Published { purpose, epoch, number, identifiers, size, .. } => {
                ("match-published", format!("{purpose} {epoch}.{number}: {identifiers}/{size}"))
            }
            Step::SetCame { purpose, epoch, number, hits, .. } => {
                ("match-set-came", format!("{purpose} {epoch}.{number} (+{})", hits.len()))
            }
            Step::Asked { purpose, session, counts, .. } => {
                let count: u64 = counts.iter().map(|(_, count)| count).sum();
                ("match-asked", format!("{purpose} {}: {count}", short(session)))
            }
            Step::Evaluated { purpose, kind, session, number, elements, .. } => {
                let kind = kind.as_str();
                let told = format!("{purpose} {}.{number}: {kind} {elements}", short(session));
                ("match-evaluated", told)
            }
            Step::Answered { session, number, refused, hits, .. } => {
                let result = refused.clone().unwrap_or_else(|| format!("+{}", hits.len()));
                ("match-answered", format!("{}.{number}: {result}", short(session)))
            }
            Step::Refused { purpose, code, .. } => {
                ("match-refused", format!("{purpose} {code}").trim().to_owned())
            }
            Step::BudgetSet { purpose, kind, limit, second } => {
                ("match-budget", format!("{purpose} {} {limit} + {second}", kind.as_str()))
            }
            Step::Opened { session, count, second, .. } => {
                ("match-opened", format!("{}: {count} + {second}", short(session)))
            }
            Step::HitDismissed { hit, because } => {
                ("match-dismissed", format!("{hit} ({because})"))
            }
        }
    }
}

/// The first digits of a session.
fn short(session: &str) -> &str {
    session.get(..8).unwrap_or(session)
}
