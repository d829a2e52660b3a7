//! What happened with a request, as it lies in the event log. The texts lie in the vault, under the
//! digests that are named here.

use model::country::Country;
use model::digest::Digest;
use model::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::stage::Act;

/// A paper on which something was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its reference: a number, a register's mark.
    pub reference: String,
    /// Its day.
    pub on: Timestamp,
}

/// One thing that happened with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Deed {
    /// It was written, or written anew: whatever was approved before is not this.
    Drafted {
        /// Its bytes.
        content: Digest,
        /// Its kind.
        kind: String,
        /// The measure.
        measure: String,
        /// The partner to whom it goes; `None`: the country has none here.
        partner: Option<Digest>,
        /// The country that is asked.
        country: Country,
        /// The case that it is for.
        case: String,
        /// Whether it goes by the urgent way.
        is_urgent: bool,
        /// An earlier request that it follows.
        follows: Option<String>,
        /// The hit that it follows.
        hit: Option<String>,
    },
    /// Somebody had it checked, and nothing was missing.
    Checked {
        /// Its bytes.
        content: Digest,
        /// The pack of legal facts.
        pack: Digest,
    },
    /// Somebody approved it.
    Approved {
        /// Its bytes.
        content: Digest,
    },
    /// It leaves.
    Sent {
        /// Its bytes.
        content: Digest,
        /// The message's number, hexadecimal.
        message: String,
    },
    /// It leaves on paper, to a country where no partner is.
    SentOnPaper {
        /// Its bytes.
        content: Digest,
        /// The paper.
        paper: Paper,
    },
    /// It came from a partner.
    Came {
        /// Its bytes.
        content: Digest,
        /// The message.
        message: String,
        /// Its kind.
        kind: String,
        /// The measure.
        measure: String,
        /// The country that asks.
        country: Country,
        /// Whether it goes by the urgent way.
        is_urgent: bool,
        /// Whether another officer of the partner's still has to approve it.
        is_half: bool,
        /// An earlier request that it follows.
        follows: Option<String>,
        /// The case of ours that its handle leads to.
        case: Option<String>,
    },
    /// Somebody of ours, or the partner, took a step.
    Stepped {
        /// Which.
        act: Act,
        /// Whether it was the partner.
        is_theirs: bool,
        /// Those between, which were skipped.
        skipped: Vec<Act>,
        /// Why it is refused.
        ground: Option<String>,
        /// The step's bytes.
        body: Option<Digest>,
        /// Until when what was asked for holds now.
        until: Option<Timestamp>,
        /// The message; `None`: the other side is not told.
        message: Option<String>,
        /// The paper that says so: one of ours wrote down what it says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        paper: Option<Paper>,
    },
    /// It is somebody's work now.
    Assigned {
        /// Whose: an officer's, or a desk's.
        to: String,
    },
    /// The files of an answer went into a case.
    Merged {
        /// Which case.
        case: String,
        /// The step's bytes.
        body: Digest,
    },
    /// We refused what the partner sent.
    TurnedAway {
        /// Why.
        code: String,
        /// The message.
        message: String,
    },
}

impl Deed {
    /// Its name, and what it is about, for the audit.
    pub(crate) fn told(&self) -> (String, String) {
        let short = |digest: &Digest| digest.to_string().chars().take(12).collect::<String>();
        match self {
            Deed::Drafted { content, kind, country, .. } => {
                ("drafted".to_owned(), format!("{kind} → {country} ({})", short(content)))
            }
            Deed::Checked { content, .. } => ("checked".to_owned(), short(content)),
            Deed::Approved { content } => ("approved".to_owned(), short(content)),
            Deed::Sent { message, .. } => ("sent".to_owned(), message.clone()),
            Deed::SentOnPaper { paper, .. } => {
                ("sent-on-paper".to_owned(), paper.reference.clone())
            }
            Deed::Came { kind, country, .. } => ("came".to_owned(), format!("{kind} ← {country}")),
            Deed::Stepped { act, is_theirs, ground, paper, .. } => {
                let paper =
                    paper.as_ref().map_or(String::new(), |one| format!(" ✉ {}", one.reference));
                let arrow = if *is_theirs { "←" } else { "→" };
                let ground = ground.as_deref().map_or(String::new(), |one| format!(" ({one})"));
                ("stepped".to_owned(), format!("{arrow} {}{ground}{paper}", act.as_str()))
            }
            Deed::Assigned { to } => ("assigned".to_owned(), to.clone()),
            Deed::Merged { case, .. } => ("merged".to_owned(), case.clone()),
            Deed::TurnedAway { code, .. } => ("turned-away".to_owned(), code.clone()),
        }
    }
}
