//! The command line of partners, messages, the line, and the court's bundle.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum PartnerCommand {
    /// Write this agency's card, for partners to accept
    Card(CardArgs),
    /// Accept an agency's card: two officers have compared its twelve words by another channel
    Add(AddArgs),
    /// List all partners
    List,
    /// Let nothing go to a partner or come from it for now
    Suspend(StandArgs),
    /// Let messages go and come again
    Resume(StandArgs),
    /// Never again exchange anything with an agency under these keys
    Revoke(StandArgs),
    /// Make new signing, sealing and TLS keys, and a card that names them
    Rotate(RotateArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CardArgs {
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Where partners reach this node: host:port; those of the card before where it is left out
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) endpoint: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// The agency's card
    pub(crate) file: PathBuf,
    /// The twelve words that its officer has spoken
    #[arg(long, value_name = "WORDS")]
    pub(crate) fingerprint: String,
}

#[derive(Debug, Args)]
pub(crate) struct StandArgs {
    /// The partner: its name, its country, or the first digits of its id
    pub(crate) partner: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) because: String,
}

#[derive(Debug, Args)]
pub(crate) struct RotateArgs {
    /// The keys got into wrong hands: those before are not believed from now on
    #[arg(long)]
    pub(crate) compromised: bool,
    /// Where partners reach this node: host:port
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) endpoint: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MessageCommand {
    /// Send a text with its handling to a partner
    Send(Box<SendArgs>),
    /// List messages, the newest first
    List(ListArgs),
    /// Read a message; its sender is told that it was opened
    Show {
        /// The first digits of its number
        message: String,
    },
    /// Write a message's files into a folder
    Save(SaveArgs),
    /// Say that a message was dealt with
    Handled(HandledArgs),
    /// Pass a message on to a third agency, where its sender allows it
    Forward(ForwardArgs),
    /// Let the receiver pass a message of ours on, or use it as evidence
    Permit(PermitArgs),
    /// Have a message of ours destroyed at its receiver's
    Erase {
        /// The first digits of its number
        message: String,
    },
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("body").required(true).args(["text", "file"]))]
pub(crate) struct SendArgs {
    /// The partner: its name, its country, or the first digits of its id
    pub(crate) partner: String,
    /// The text
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// A file that holds the text
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// A file that goes with it; of any size
    #[arg(long, value_name = "FILE")]
    pub(crate) attach: Vec<PathBuf>,
    /// The message that this one answers: the first digits of its number
    #[arg(long, value_name = "MESSAGE")]
    pub(crate) reply_to: Option<String>,
    /// What it is given for
    #[arg(long, value_name = "TEXT")]
    pub(crate) purpose: String,
    /// The article or the consent on which it is given
    #[arg(long, value_name = "TEXT")]
    pub(crate) basis: String,
    /// Who may see it: CLEAR, GREEN, AMBER, AMBER+STRICT or RED
    #[arg(long, value_name = "LABEL", default_value = "AMBER+STRICT")]
    pub(crate) tlp: String,
    /// What may be done that suspects could notice: CLEAR, GREEN, AMBER or RED
    #[arg(long, value_name = "LABEL", default_value = "AMBER")]
    pub(crate) pap: String,
    /// Limits of use: H0 only against crime, H1 no evidence without asking, H2 not passed on
    /// without permission, H3 as its text says
    #[arg(long, value_name = "H0..H3")]
    pub(crate) limit: Vec<String>,
    /// What the limit H3 says
    #[arg(long, value_name = "TEXT")]
    pub(crate) limit_text: Option<String>,
    /// How far the source can be relied on: A, B, C or X
    #[arg(long, value_name = "GRADE")]
    pub(crate) source: Option<String>,
    /// How far the information can be relied on: 1, 2, 3 or 4
    #[arg(long, value_name = "GRADE")]
    pub(crate) information: Option<String>,
    /// When the receiver has to destroy it: a day or a moment
    #[arg(long, value_name = "TIME")]
    pub(crate) retain_until: Option<String>,
    /// When it is worth nothing any more; what is due first goes first
    #[arg(long, value_name = "TIME")]
    pub(crate) due: Option<String>,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("direction").args(["incoming", "outgoing"]))]
pub(crate) struct ListArgs {
    /// Only those that came
    #[arg(long = "in")]
    pub(crate) incoming: bool,
    /// Only those that went
    #[arg(long = "out")]
    pub(crate) outgoing: bool,
    /// Only those of one partner
    #[arg(long, value_name = "PARTNER")]
    pub(crate) partner: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SaveArgs {
    /// The first digits of its number
    pub(crate) message: String,
    /// The folder to write into
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct HandledArgs {
    /// The first digits of its number
    pub(crate) message: String,
    /// What was done
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ForwardArgs {
    /// The first digits of its number
    pub(crate) message: String,
    /// The partner that it goes to
    #[arg(long, value_name = "PARTNER")]
    pub(crate) to: String,
}

#[derive(Debug, Args)]
pub(crate) struct PermitArgs {
    /// The first digits of its number
    pub(crate) message: String,
    /// It may be used as evidence; else it may be passed on
    #[arg(long, conflicts_with = "to")]
    pub(crate) evidence: bool,
    /// The only agency that it may be passed on to; any where it is left out
    #[arg(long, value_name = "PARTNER")]
    pub(crate) to: Option<String>,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("carried").args(["carry_out", "carry_in"]))]
pub(crate) struct SyncArgs {
    /// The partner; all of them where it is left out
    pub(crate) partner: Option<String>,
    /// Write what there is for the partner into a file, to be carried there
    #[arg(long, value_name = "FILE", requires = "partner")]
    pub(crate) carry_out: Option<PathBuf>,
    /// Take what a carried file brings
    #[arg(long, value_name = "FILE")]
    pub(crate) carry_in: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct BundleArgs {
    /// The message: the first digits of its number
    pub(crate) message: String,
    /// The file to write, .zip
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Prove that it was sent and when, without showing what is in it
    #[arg(long)]
    pub(crate) sealed: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Where partners are answered: address:port
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<std::net::SocketAddr>,
}
