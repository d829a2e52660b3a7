//! The commands about requests.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum RequestCommand {
    /// Draw up a request
    New(Box<NewArgs>),
    /// Write elements of a request that has not left
    Set(SetArgs),
    /// See what a request lacks
    Check(RequestArg),
    /// Approve a request that somebody else has written
    Approve(RequestArg),
    /// Send an approved request; or record that it left on paper
    Send {
        /// The request's number
        request: String,
        /// The paper's reference
        #[arg(long, value_name = "REFERENCE")]
        paper: Option<String>,
        /// The paper's day
        #[arg(long = "on", value_name = "DAY", requires = "paper")]
        paper_on: Option<String>,
    },
    /// List requests, those that are due first
    List {
        /// Only those that came
        #[arg(long = "in", conflicts_with = "outgoing")]
        incoming: bool,
        /// Only those that go
        #[arg(long = "out")]
        outgoing: bool,
        /// Only those of a desk, or of an officer
        #[arg(long, value_name = "DESK|USER")]
        desk: Option<String>,
    },
    /// Everything about a request; or its document
    Show {
        /// The request's number
        request: String,
        /// The document to write: .pdf or .docx
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// The document's languages: vi, en or both
        #[arg(long, value_name = "LANGUAGES", default_value = "both")]
        languages: String,
        /// The place of issue
        #[arg(long, value_name = "TEXT")]
        place: Option<String>,
        /// To whom: an id of the directory, or a name
        #[arg(long, value_name = "ID|TEXT", requires = "output")]
        addressee: Option<String>,
        /// A font file for Chinese, Korean, Devanagari and others
        #[arg(long, value_name = "FILE")]
        font: Vec<PathBuf>,
    },
    /// Give a request to an officer or a desk
    Assign {
        /// The request's number
        request: String,
        /// Whom
        #[arg(value_name = "USER|DESK")]
        user: String,
    },
    /// Say that it has come
    Acknowledge(ActArgs),
    /// Ask for more
    AskMore(ActArgs),
    /// Give what was asked for
    Supply(AnswerArgs),
    /// Say that it will be done
    Accept(ActArgs),
    /// Refuse it, with a ground and a reason
    Refuse(ActArgs),
    /// Say that it is done
    Execute(ActArgs),
    /// Answer it, or give what was asked for
    Answer(AnswerArgs),
    /// Prolong what was done
    Renew(ActArgs),
    /// Free what was frozen or preserved
    Release(ActArgs),
    /// Take it back
    Withdraw(ActArgs),
    /// End it
    Close(ActArgs),
    /// Take the files of the answers into a case
    Merge {
        /// The request's number
        request: String,
        /// The case; the request's own where it is left out
        #[arg(long, value_name = "REF")]
        case: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct RequestArg {
    /// The request's number
    pub(crate) request: String,
}

#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    /// Its kind
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: String,
    /// A partner, or a country
    #[arg(long, value_name = "PARTNER|CC")]
    pub(crate) to: String,
    /// The measure that is asked for
    #[arg(long, value_name = "ID")]
    pub(crate) measure: String,
    /// The conduct that it is about
    #[arg(long, value_name = "CODE")]
    pub(crate) conduct: String,
    /// The clause that is charged
    #[arg(long, value_name = "TEXT")]
    pub(crate) clause: Option<String>,
    /// The case that it is for
    #[arg(long, value_name = "REF")]
    pub(crate) case: Option<String>,
    /// The hit that it follows
    #[arg(long, value_name = "ID")]
    pub(crate) hit: Option<String>,
    /// An earlier request that it follows
    #[arg(long, value_name = "REQUEST")]
    pub(crate) follows: Option<String>,
    /// Go by the urgent way: one approval now, the second within a day
    #[arg(long)]
    pub(crate) urgent: bool,
    /// What it says
    #[arg(long, value_name = "ELEMENT=TEXT")]
    pub(crate) set: Vec<String>,
    #[command(flatten)]
    pub(crate) with: AttachArgs,
    #[command(flatten)]
    pub(crate) handling: HandlingArgs,
}

#[derive(Debug, Args)]
pub(crate) struct SetArgs {
    /// The request's number
    pub(crate) request: String,
    /// What it says
    #[arg(value_name = "ELEMENT=TEXT")]
    pub(crate) set: Vec<String>,
    #[command(flatten)]
    pub(crate) with: AttachArgs,
}

/// What goes with whatever is said, and how all of it is marked.
#[derive(Debug, Args)]
pub(crate) struct AttachArgs {
    /// A file that goes with it
    #[arg(long, value_name = "FILE")]
    pub(crate) attach: Vec<PathBuf>,
    /// The legal status of the person whom this is about
    #[arg(long, value_name = "STATUS")]
    pub(crate) person: Option<String>,
    /// Whether this may be used as evidence: yes, ask or no
    #[arg(long, value_name = "USE")]
    pub(crate) evidence: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct HandlingArgs {
    /// Who may see it: CLEAR, GREEN, AMBER, AMBER+STRICT, RED
    #[arg(long, value_name = "LABEL")]
    pub(crate) tlp: Option<String>,
    /// What may be done that suspects could notice: CLEAR, GREEN, AMBER, RED
    #[arg(long, value_name = "LABEL")]
    pub(crate) pap: Option<String>,
    /// What it is given for
    #[arg(long, value_name = "TEXT")]
    pub(crate) purpose: Option<String>,
    /// On what law or agreement it is given
    #[arg(long, value_name = "TEXT")]
    pub(crate) basis: Option<String>,
    /// A limit of use: H0, H1, H2, H3
    #[arg(long, value_name = "LIMIT")]
    pub(crate) limit: Vec<String>,
    /// What the limit H3 says
    #[arg(long, value_name = "TEXT")]
    pub(crate) limit_text: Option<String>,
    /// When the receiver has to destroy it
    #[arg(long, value_name = "DAY")]
    pub(crate) retain_until: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ActArgs {
    /// The request's number
    pub(crate) request: String,
    /// Why it is refused, by the ground's id
    #[arg(long, value_name = "ID")]
    pub(crate) ground: Option<String>,
    /// In words
    #[arg(long, value_name = "TEXT")]
    pub(crate) text: Option<String>,
    /// Until when it holds now
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,
    /// The paper that says it, of a request that went on paper
    #[arg(long, value_name = "REFERENCE")]
    pub(crate) paper: Option<String>,
    /// The paper's day
    #[arg(long = "on", value_name = "DAY", requires = "paper")]
    pub(crate) paper_on: Option<String>,
    #[command(flatten)]
    pub(crate) with: AttachArgs,
}

#[derive(Debug, Args)]
pub(crate) struct AnswerArgs {
    #[command(flatten)]
    pub(crate) act: ActArgs,
    #[command(flatten)]
    pub(crate) handling: HandlingArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DeskCommand {
    /// Make a desk
    New {
        /// Its name
        name: String,
        /// Where it stands: central or provincial
        #[arg(long, value_name = "LEVEL")]
        level: String,
    },
    /// Let an officer work at a desk
    Add {
        /// The desk
        name: String,
        /// The officer
        user: String,
    },
    /// Let an officer not work at a desk any more
    Remove {
        /// The desk
        name: String,
        /// The officer
        user: String,
    },
    /// List the desks
    List,
}

#[derive(Debug, Args)]
pub(crate) struct FreezeArgs {
    /// The complaints
    #[arg(required = true, value_name = "COMPLAINT")]
    pub(crate) complaints: Vec<String>,
    /// The case
    #[arg(long, value_name = "REF")]
    pub(crate) case: Option<String>,
    /// The tracing rule
    #[arg(long, value_name = "RULE", default_value = "fifo")]
    pub(crate) rule: String,
    /// The conduct
    #[arg(long, value_name = "CODE", default_value = "computer_fraud")]
    pub(crate) conduct: String,
    /// The clause that is charged
    #[arg(long, value_name = "TEXT")]
    pub(crate) clause: Option<String>,
    /// The partner, where a country has several
    #[arg(long, value_name = "PARTNER")]
    pub(crate) to: Option<String>,
    /// Only this account, also where its country is not known
    #[arg(long, value_name = "BANK/NUMBER")]
    pub(crate) account: Vec<String>,
    /// After how many days it lapses
    #[arg(long, value_name = "DAYS")]
    pub(crate) days: Option<i64>,
    /// The folder for the drafts to banks
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
}
