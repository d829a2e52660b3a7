//! The command line of LAW.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct LawArgs {
    /// Another pack that answers instead: its folder, or a signed file
    #[arg(long, global = true, value_name = "DIR|FILE")]
    pub(crate) pack: Option<PathBuf>,
    /// What to ask
    #[command(subcommand)]
    pub(crate) command: LawCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LawCommand {
    /// Which treaty carries a request, what it must contain, what may be refused, or the gap
    Basis(BasisArgs),
    /// Where a country has no verified treaty: partner by partner, measure by measure
    Gaps(GapsArgs),
    /// What would change if these states had joined an instrument
    Suppose(SupposeArgs),
    /// The pack of facts behind these answers
    #[command(subcommand)]
    Pack(PackCommand),
}

#[derive(Debug, Args)]
pub(crate) struct BasisArgs {
    /// The state that asks
    #[arg(long, value_name = "CC")]
    pub(crate) from: String,
    /// The state that is asked
    #[arg(long, value_name = "CC")]
    pub(crate) to: String,
    /// The conduct, such as computer_fraud
    #[arg(long, value_name = "CODE")]
    pub(crate) conduct: String,
    /// The measure, such as preserve
    #[arg(long, value_name = "ID")]
    pub(crate) measure: String,
    /// The charged clause, such as "VN Penal Code 174(2)"
    #[arg(long, value_name = "CLAUSE")]
    pub(crate) clause: Option<String>,
    /// The day of the request; today where it is left out
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// The kind of request, where the measure goes with several
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Whether an organized criminal group is involved
    #[arg(long, value_enum)]
    pub(crate) group: Option<Said>,
    /// Whether the offence is transnational
    #[arg(long, value_enum)]
    pub(crate) transnational: Option<Said>,
}

/// What an officer says of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Said {
    Yes,
    No,
}

#[derive(Debug, Args)]
pub(crate) struct GapsArgs {
    /// The country
    #[arg(long, value_name = "CC")]
    pub(crate) country: String,
    /// The day; today where it is left out
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SupposeArgs {
    /// The instrument's id, such as budapest
    #[arg(long, value_name = "ID")]
    pub(crate) instrument: String,
    /// The states that would join
    #[arg(long, value_name = "CC", required = true, num_args = 1.., value_delimiter = ',')]
    pub(crate) party: Vec<String>,
    /// For whom the answers would change
    #[arg(long, value_name = "CC")]
    pub(crate) country: String,
    /// The day; today where it is left out
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PackCommand {
    /// Look for faults in a pack's folder, or in a signed file
    Check {
        /// The folder with pack.toml and instruments/, or the file
        folder: PathBuf,
    },
    /// Sign a pack's folder with the node's keys, into one file
    Make {
        /// The folder with pack.toml and instruments/
        folder: PathBuf,
        /// The file to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Let a signed pack answer at this node from now on, as two officers
    Install {
        /// The file
        file: PathBuf,
        /// Also where it is older than the pack that answers
        #[arg(long)]
        older: bool,
        /// Show who signed it and what it changes, and install nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Which pack answers here
    Show,
    /// Let the built-in pack answer again, as two officers
    Remove,
}

impl LawCommand {
    /// Whether it asks what a treaty would change.
    pub(crate) fn is_suppose(&self) -> bool {
        matches!(self, LawCommand::Suppose(_))
    }
}

impl LawArgs {
    /// Whether it is carried out at a node, where there is one or there has to be one.
    pub(crate) fn is_of_node(&self, has_node: bool) -> bool {
        match &self.command {
            LawCommand::Pack(PackCommand::Check { .. }) => false,
            LawCommand::Pack(PackCommand::Show) => has_node && self.pack.is_none(),
            LawCommand::Pack(_) => true,
            // Whoever supposes a treaty at a node learns which of its requests wait for it.
            LawCommand::Suppose(_) => has_node,
            _ => has_node && self.pack.is_none(),
        }
    }
}
