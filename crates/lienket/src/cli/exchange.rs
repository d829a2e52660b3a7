//! The commands that deal with other agencies: partners, messages, the line, the court's bundle.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum PartnerCommand {
    /// Write the agency's own card, to be handed to others
    Card {
        /// The file to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// Where the node answers, host:port; as before where it is left out
        #[arg(long, value_name = "HOST:PORT")]
        endpoint: Vec<String>,
    },
    /// Accept another agency's card, as two officers who have heard its words from its owner
    Add {
        /// The card
        file: PathBuf,
        /// The twelve words that the owner has spoken
        #[arg(long, required = true, num_args = 1.., value_name = "WORDS")]
        fingerprint: Vec<String>,
    },
    /// List all partners
    List,
    /// Let nothing go to a partner or come from it for now
    Suspend(StandArgs),
    /// Let messages go and come again
    Resume(StandArgs),
    /// Never believe an agency again under its present root keys
    Revoke(StandArgs),
    /// Ask a partner to witness the daily heads of the agency's records, as two officers
    Witness {
        /// The partner: its name, its country or the first digits of its id
        partner: String,
        /// Do not ask it any more
        #[arg(long)]
        stop: bool,
    },
    /// Renew the agency's own keys and tell all partners
    Rotate {
        /// The keys got into wrong hands: those before are revoked at once
        #[arg(long)]
        compromised: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct MatchOpenArgs {
    /// The session, as `match` names it
    #[arg(required_unless_present = "check")]
    pub(crate) session: Option<String>,
    /// What the overseeing body says, so that it chooses
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) challenge: String,
    /// At most so many identifiers
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) sample: usize,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Check such a file instead; needs no node
    #[arg(long, value_name = "FILE", conflicts_with_all = ["session", "output"])]
    pub(crate) check: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct StandArgs {
    /// The partner: its name, its country or the first digits of its id
    pub(crate) partner: String,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(crate) because: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MessageCommand {
    /// Send a message
    Send(Box<SendArgs>),
    /// List messages, the newest first
    List {
        /// Only those that came
        #[arg(long = "in", conflicts_with = "outgoing")]
        incoming: bool,
        /// Only those that went
        #[arg(long = "out")]
        outgoing: bool,
        /// Only those of a partner
        #[arg(long, value_name = "PARTNER")]
        partner: Option<String>,
    },
    /// Open a message; its sender is told
    Show {
        /// The first digits of its number
        message: String,
    },
    /// Save a message's files into a folder
    Save {
        /// The first digits of its number
        message: String,
        /// The folder
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
    },
    /// Say that a message was dealt with; its sender is told
    Handled {
        /// The first digits of its number
        message: String,
        /// The answer, in a few words
        #[arg(long, value_name = "TEXT")]
        text: Option<String>,
    },
    /// Pass a message on to a third agency
    Forward {
        /// The first digits of its number
        message: String,
        /// To whom
        #[arg(long, value_name = "PARTNER")]
        to: String,
    },
    /// Let the receiver of a message pass it on, or use it as evidence
    Permit(PermitArgs),
    /// Have a message destroyed at its receiver's
    Erase {
        /// The first digits of its number
        message: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct SendArgs {
    /// To whom: a partner's name, its country or the first digits of its id
    pub(crate) partner: String,
    /// The text, or @FILE
    #[arg(long, value_name = "TEXT|@FILE")]
    pub(crate) text: String,
    /// What it is given for
    #[arg(long, value_name = "TEXT")]
    pub(crate) purpose: String,
    /// On what law or agreement it is given
    #[arg(long, value_name = "TEXT")]
    pub(crate) basis: String,
    /// A file that goes with it
    #[arg(long, value_name = "FILE")]
    pub(crate) attach: Vec<PathBuf>,
    /// The message that it answers
    #[arg(long, value_name = "MESSAGE")]
    pub(crate) reply_to: Option<String>,
    /// When it is worth nothing any more: a day or a moment
    #[arg(long, value_name = "TIME")]
    pub(crate) due: Option<String>,
    /// Who may see it: CLEAR, GREEN, AMBER, AMBER+STRICT or RED; without it AMBER+STRICT
    #[arg(long, value_name = "TLP")]
    pub(crate) tlp: Option<String>,
    /// What suspects could notice may be done: CLEAR, GREEN, AMBER or RED; without it AMBER
    #[arg(long, value_name = "PAP")]
    pub(crate) pap: Option<String>,
    /// H0 prevention of crime only, H1 ask before evidence, H2 not to be passed on, H3 other
    #[arg(long, value_name = "H0|H1|H2|H3")]
    pub(crate) limit: Vec<String>,
    /// What H3 says
    #[arg(long, value_name = "TEXT")]
    pub(crate) limit_text: Option<String>,
    /// How reliable its source is: A, B, C or X
    #[arg(long, value_name = "A|B|C|X")]
    pub(crate) source: Option<String>,
    /// How sure the information is: 1 to 4
    #[arg(long, value_name = "1-4")]
    pub(crate) information: Option<String>,
    /// When the receiver has to destroy it: a day or a moment
    #[arg(long, value_name = "TIME")]
    pub(crate) retain_until: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct PermitArgs {
    /// The first digits of the message's number
    pub(crate) message: String,
    /// It may be used as evidence; else it may be passed on
    #[arg(long, conflicts_with = "to")]
    pub(crate) evidence: bool,
    /// To whom it may be passed on; to anybody where it is left out
    #[arg(long, value_name = "PARTNER")]
    pub(crate) to: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SyncArgs {
    /// With whom; with all partners where it is left out
    pub(crate) partner: Option<String>,
    /// Write what there is for the partner into a file instead
    #[arg(long, value_name = "FILE", conflicts_with = "carry_in", requires = "partner")]
    pub(crate) carry_out: Option<PathBuf>,
    /// Read such a file that a partner has written
    #[arg(long, value_name = "FILE")]
    pub(crate) carry_in: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct BundleArgs {
    /// A request's number, or the first digits of a message's; one or several
    #[arg(required = true, value_name = "REQUEST|MESSAGE")]
    pub(crate) messages: Vec<String>,
    /// The file to write
    #[arg(short, long, value_name = "FILE.zip")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct MatchArgs {
    /// The partner, or all
    #[arg(value_name = "PARTNER|all")]
    pub(crate) partner: String,
    /// What for; without it online-fraud
    #[arg(long, value_name = "TEXT")]
    pub(crate) purpose: Option<String>,
    /// The legal basis, by its id
    #[arg(long, value_name = "ID")]
    pub(crate) basis: Option<String>,
    /// So many seconds are waited for a partner that answers
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub(crate) wait: u64,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct HitsArgs {
    /// Only those with one partner
    #[arg(long, value_name = "P")]
    pub(crate) partner: Option<String>,
    /// What to do with a hit
    #[command(subcommand)]
    pub(crate) command: Option<HitsCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum HitsCommand {
    /// Put a hit aside
    Dismiss {
        /// Its id
        id: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum BudgetCommand {
    /// How much partners may ask, and what is left
    Show {
        /// Only one partner
        #[arg(value_name = "PARTNER")]
        partner: Option<String>,
    },
    /// Say how much a partner may ask; two officers do it together
    Raise {
        /// The partner
        partner: String,
        /// So many elements of a kind within thirty days
        #[arg(long, value_name = "N")]
        to: u64,
        /// The kind of identifiers; without it every kind
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// What for; without it online-fraud
        #[arg(long, value_name = "TEXT")]
        purpose: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Where partners reach the node
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:7470")]
    pub(crate) listen: SocketAddr,
}
