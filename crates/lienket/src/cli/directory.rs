//! The command line of the directory of authorities.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum DirectoryCommand {
    /// Read authorities from a table into the agency's own directory
    Import(DirectoryImportArgs),
    /// Who is competent where, by which article; the law pack's part needs no node
    List(DirectoryListArgs),
    /// Everything about one authority, and what was done to its entry
    Show {
        /// The authority's id
        id: String,
    },
    /// Say that somebody looked again, and where: the entry is fresh from that day on
    Confirm {
        /// The authority's id
        id: String,
        /// Where it was looked up, or who said so
        #[arg(long, value_name = "TEXT")]
        source: String,
        /// On which day; today where it is left out
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    /// Take one of the agency's own entries out
    Remove {
        /// The authority's id
        id: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        because: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct DirectoryImportArgs {
    /// The table, .csv or .xlsx
    pub(crate) file: PathBuf,
    /// A file with lines `field = column header`
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// The file is all that is known of its countries: what it does not have is withdrawn
    #[arg(long)]
    pub(crate) whole: bool,
    /// Look, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DirectoryListArgs {
    /// Whose authorities; all where it is left out
    #[arg(long, value_name = "CC")]
    pub(crate) country: Option<String>,
    /// For whom: the state that asks
    #[arg(long, value_name = "CC")]
    pub(crate) from: Option<String>,
    /// Competent for this measure
    #[arg(long, value_name = "ID", conflicts_with = "kind")]
    pub(crate) measure: Option<String>,
    /// Competent for what this kind of request carries
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// On which day; today where it is left out
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
}

impl DirectoryCommand {
    /// Whether it asks what the law pack can answer alone.
    pub(crate) fn is_question(&self) -> bool {
        matches!(self, DirectoryCommand::List(_) | DirectoryCommand::Show { .. })
    }
}
