//! The command line. Help is written here in English; other languages replace it by key (`help-…`).

mod directory;
mod exchange;
mod law;
mod requests;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgGroup, Args, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use i18n::Language;

pub(crate) use directory::{DirectoryCommand, DirectoryImportArgs, DirectoryListArgs};
pub(crate) use exchange::{
    BudgetCommand, BundleArgs, HitsArgs, HitsCommand, MatchArgs, MatchOpenArgs, MessageCommand,
    PartnerCommand, SendArgs, ServeArgs, StandArgs, SyncArgs,
};

pub(crate) use law::{BasisArgs, LawArgs, LawCommand, PackCommand, Said, SupposeArgs};
pub(crate) use requests::{
    ActArgs, AnswerArgs, AttachArgs, DeskCommand, FreezeArgs, HandlingArgs, NewArgs,
    RequestCommand, SetArgs,
};

use crate::help;

/// Lienket: agencies of different countries work together against online fraud, each keeping its
/// data
#[derive(Debug, Parser)]
#[command(name = "lienket", version, max_term_width = 100)]
pub(crate) struct Cli {
    /// The node's directory
    #[arg(long, global = true, env = "LIENKET_HOME", value_name = "DIR")]
    pub(crate) home: Option<PathBuf>,
    /// Language of texts: vi or en
    #[arg(long, global = true, env = "LIENKET_LANG", value_name = "vi|en")]
    pub(crate) lang: Option<String>,
    /// Print one JSON document on standard output
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Who acts; twice where two officers act together
    #[arg(long = "as", global = true, value_name = "NAME", default_value = "first")]
    pub(crate) by: Vec<String>,
    /// What to do
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// All commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Walk the whole journey on made-up data that is built in
    Demo(DemoArgs),
    /// Make a node
    Init(InitArgs),
    /// Open, list, close and reopen cases
    #[command(subcommand)]
    Case(CaseCommand),
    /// Import complaints, transfers, accounts, MISP events, STIX bundles and host lists
    Import(ImportArgs),
    /// Tell of transfers as they come what they bring to light, and import them when they end
    Follow(FollowArgs),
    /// Who knows this value, in any spelling
    Find {
        /// A phone, account, wallet, domain, e-mail, id or name
        value: String,
    },
    /// Join records that speak of the same person or contact
    Resolve(ResolveArgs),
    /// Find the rings behind the complaints
    Rings(CaseArg),
    /// Find shapes of money laundering, with or without complaints
    Patterns(PatternsArgs),
    /// Follow the money
    Trace(TraceArgs),
    /// Write a row of figures for each transfer, for those who train models
    Features(FeaturesArgs),
    /// Draw a ring, a case or an account
    Chart(ChartArgs),
    /// Write a report on a ring or a case
    Report(ReportArgs),
    /// Which treaty carries a request, and where there is none; needs no node
    Law(LawArgs),
    /// Competent authorities and contact points, each with its source and age
    #[command(subcommand)]
    Directory(DirectoryCommand),
    /// The agency's own card, and other agencies' cards
    #[command(subcommand)]
    Partner(PartnerCommand),
    /// Send, read and answer messages
    #[command(subcommand)]
    Message(MessageCommand),
    /// Send and fetch what there is, over the line or by a carried file
    Sync(SyncArgs),
    /// Write what proves messages to a court into one file
    Bundle(BundleArgs),
    /// Check such a file; needs no node
    Verify {
        /// The file
        file: PathBuf,
    },
    /// Destroy the contents whose time is over
    Retention,
    /// Learn what a partner knows too, without showing it what it does not
    Match(MatchArgs),
    /// Show a part of what a match asked about to those who oversee the agency, as two officers
    MatchOpen(MatchOpenArgs),
    /// What partners know too
    Hits(HitsArgs),
    /// How much partners may ask
    #[command(subcommand)]
    Budget(BudgetCommand),
    /// Requests that go and come: drawn up, checked, approved, sent, answered
    #[command(subcommand)]
    Request(Box<RequestCommand>),
    /// Desks, to which requests are given
    #[command(subcommand)]
    Desk(DeskCommand),
    /// Draw up freeze requests for victims' money that rests abroad
    Freeze(FreezeArgs),
    /// What two lists of identifiers have in common, as two agencies would find it; needs no node
    MatchFiles(MatchFilesArgs),
    /// Answer partners, and send what there is as soon as there is something
    Serve(ServeArgs),
    /// Add and list the people who act at this node
    #[command(subcommand)]
    User(UserCommand),
    /// Who did what
    Audit,
    /// Write everything the node holds into one file
    Backup {
        /// The file to write
        file: PathBuf,
    },
    /// Unpack a backup into an empty home
    Restore {
        /// The file to read
        file: PathBuf,
    },
    /// Check the node's health
    Doctor,
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write manual pages
    Manual {
        /// The folder to write into
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Where charts, reports and the demo's node are left
    #[arg(long, value_name = "DIR", default_value = "lienket-demo")]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The agency's name
    #[arg(long, value_name = "NAME")]
    pub(crate) agency: String,
    /// The agency's country, two letters
    #[arg(long, value_name = "CC")]
    pub(crate) country: String,
    /// What sort of agency it is
    #[arg(long, value_enum)]
    pub(crate) kind: AgencyKindArg,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum AgencyKindArg {
    Police,
    CentralAuthority,
    Fiu,
    ContactPoint,
    Organisation,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CaseCommand {
    /// Open a case
    New {
        /// Its title
        title: String,
    },
    /// List all cases
    List,
    /// Close a case: nothing more goes in
    Close {
        /// Its reference
        case: String,
    },
    /// Open a closed case again
    Reopen {
        /// Its reference
        case: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct CaseArg {
    /// The case; the default case where it is left out
    #[arg(long, value_name = "REF")]
    pub(crate) case: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ResolveArgs {
    /// Keep two records apart: complaints as AGENCY/ID, accounts as BANK/NUMBER
    #[arg(long, num_args = 2, value_names = ["A", "B"], requires = "because")]
    pub(crate) split: Option<Vec<String>>,
    /// Say that two records speak of the same person
    #[arg(long, num_args = 2, value_names = ["A", "B"], requires = "because")]
    #[arg(conflicts_with = "split")]
    pub(crate) join: Option<Vec<String>>,
    /// Why the two are the same or are not
    #[arg(long, value_name = "TEXT")]
    pub(crate) because: Option<String>,
    /// Tell how the entities came about
    #[arg(long)]
    pub(crate) history: bool,
    /// The case; the default case where it is left out
    #[arg(long, value_name = "REF")]
    pub(crate) case: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Files or folders
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The case; the default case where it is left out
    #[arg(long, value_name = "REF")]
    pub(crate) case: Option<String>,
    /// What the files hold: complaints, transfers, accounts, misp, stix or hosts
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// A file with lines `field = column header`
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// Look, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MatchFilesArgs {
    /// The list that is published: one `kind:value` a line
    pub(crate) published: PathBuf,
    /// The list that is asked about
    pub(crate) asked: PathBuf,
    /// The country by whose rules national telephone numbers are read
    #[arg(long, value_name = "CC")]
    pub(crate) country: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct PatternsArgs {
    /// No stretch is longer: hours or days, 6h, 24h, 5d; without it 30d
    #[arg(long, value_name = "SPAN")]
    pub(crate) window: Option<String>,
    /// One shape, or a file that describes a pattern
    #[arg(long, value_name = "NAME|FILE.toml")]
    pub(crate) pattern: Option<String>,
    /// The case; the default case where it is left out
    #[arg(long, value_name = "REF")]
    pub(crate) case: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct FollowArgs {
    /// Transfers as a table in text, in the order of time: a file, or - for standard input
    pub(crate) input: PathBuf,
    /// A file with lines `field = column header`
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// The case; the default case where it is left out
    #[arg(long, value_name = "REF")]
    pub(crate) case: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct FeaturesArgs {
    /// The file to write, .csv or .parquet
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// How far every kind looks back: hours or days; without it 6h for scatter-gather, 24h for all
    /// others
    #[arg(long, value_name = "SPAN")]
    pub(crate) window: Option<String>,
    /// The case; the default case where it is left out
    #[arg(long, value_name = "REF")]
    pub(crate) case: Option<String>,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("seeds").required(true).args(["complaints", "transfer"]))]
pub(crate) struct TraceArgs {
    /// `all`, or ids of complaints
    #[arg(long, num_args = 1.., value_name = "all|ID")]
    pub(crate) complaints: Vec<String>,
    /// Ids of transfers, or @FILE with one id a line
    #[arg(long, num_args = 1.., value_name = "ID|@FILE")]
    pub(crate) transfer: Vec<String>,
    /// The rule, or all six
    #[arg(long, default_value = "all", value_name = "RULE")]
    pub(crate) rule: String,
    /// From the given transfers back to the payments that fed them
    #[arg(long, conflicts_with = "complaints")]
    pub(crate) backward: bool,
    /// What an account held before: BANK/NUMBER=AMOUNT CURRENCY, or @FILE with one a line
    #[arg(long, num_args = 1.., value_name = "BALANCE|@FILE")]
    pub(crate) opening: Vec<String>,
    /// The case; the default case where it is left out
    #[arg(long, value_name = "REF")]
    pub(crate) case: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ChartArgs {
    /// ring:ID, case:REF or account:BANK/NUMBER
    pub(crate) subject: String,
    /// The file to write, .svg or .html
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// The case; the default case where it is left out
    #[arg(long, value_name = "REF")]
    pub(crate) case: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// ring:ID or case:REF
    pub(crate) subject: String,
    /// The file to write, .html
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Show only the last digits of victims' accounts
    #[arg(long)]
    pub(crate) mask_victims: bool,
    /// The case; the default case where it is left out
    #[arg(long, value_name = "REF")]
    pub(crate) case: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Let somebody act at this node
    Add {
        /// The name given with --as
        name: String,
        /// What he may do: officer, supervisor, administrator or auditor
        #[arg(long)]
        role: String,
    },
    /// List everybody
    List,
}

/// The language asked for before anything is parsed, so that help and errors can speak it.
pub(crate) fn language(arguments: &[OsString]) -> Language {
    let text = |argument: &OsString| argument.to_string_lossy().into_owned();
    let position = arguments.iter().position(|argument| argument == "--lang");
    let asked = position.and_then(|position| arguments.get(position + 1).map(text)).or_else(|| {
        arguments.iter().find_map(|a| text(a).strip_prefix("--lang=").map(str::to_owned))
    });
    let variables = ["LIENKET_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
    let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let asked = asked.or_else(|| variables.iter().find_map(set));
    asked.and_then(|asked| Language::parse(&asked)).unwrap_or(Language::En)
}

/// Reads the command line.
pub(crate) fn parse(arguments: &[OsString], language: Language) -> Result<Cli, clap::Error> {
    let matches = help::command(language).try_get_matches_from(arguments)?;
    let cli = Cli::from_arg_matches(&matches)?;
    match &cli.lang {
        Some(lang) if Language::parse(lang).is_none() => Err(bad_language(lang, language)),
        _ => Ok(cli),
    }
}

fn bad_language(lang: &str, language: Language) -> clap::Error {
    let error = clap::Error::new(ErrorKind::InvalidValue);
    let mut error = error.with_cmd(&help::command(language));
    let values = vec!["vi".to_owned(), "en".to_owned()];
    error.insert(ContextKind::InvalidArg, ContextValue::String("--lang".to_owned()));
    error.insert(ContextKind::InvalidValue, ContextValue::String(lang.to_owned()));
    error.insert(ContextKind::ValidValue, ContextValue::Strings(values));
    error
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn keys(command: &clap::Command, key: &str, found: &mut Vec<String>) {
        found.push(key.to_owned());
        for argument in command.get_arguments() {
            found.push(help::key(key, argument.get_id().as_str()));
        }
        command.get_subcommands().for_each(|c| keys(c, &format!("{key}-{}", c.get_name()), found));
    }

    #[test]
    fn every_command_and_option_is_explained_in_both_languages() {
        let mut found = Vec::new();
        keys(&Cli::command(), "help", &mut found);
        let missing: Vec<&String> = found
            .iter()
            .filter(|key| Language::all().into_iter().any(|language| !i18n::has(language, key)))
            .collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn the_commands_are_consistent() {
        help::command(Language::Vi).debug_assert();
    }
}
