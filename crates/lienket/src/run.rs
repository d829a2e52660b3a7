//! Carries out a command: opens the node, asks it, prints the answer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use graph::trace::Rule;
use i18n::Language;
use model::agency::AgencyKind;
use model::country::Country;
use node::answer::Imported;
use node::chart::Subject;
use node::duty::Duty;
use node::error::NodeError;
use node::event::UserRole;
use node::node::Node;
use node::opening::Opening;
use node::pattern_file;
use node::patterns::{self, Wanted};
use node::people::{self, NewNode};
use node::port::{Keys as _, Ports};
use node::resolve::{Decision, Question};
use node::trace::{Asked, Seeds};
use serde::Serialize;
use store::clock::SystemClock;
use store::feature_file::{FeatureFile, Format};
use store::home::Home;
use store::journal::SqliteJournal;
use store::keys::KeyRing;
use store::passphrase::Passphrase;
use store::vault::FileVault;

use crate::cli::{
    AgencyKindArg, CaseCommand, ChartArgs, Cli, Command, FeaturesArgs, FollowArgs, ImportArgs,
    InitArgs, ReportArgs, ResolveArgs, TraceArgs, UserCommand,
};
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{demo, doctor, follow, import, manual, output, show};

/// A file of transfer ids may be this large.
const MAX_SEED_FILE_BYTES: u64 = 64 << 20;

/// Carries out one command and says how it went.
pub(crate) fn run(cli: Cli, language: Language) -> ExitCode {
    let is_json = cli.json;
    match (Task { cli, language }).carry_out() {
        Ok(status) => status,
        Err(failure) => output::failure(&failure, is_json, language),
    }
}

struct Task {
    cli: Cli,
    language: Language,
}

/// A node open in its home; the home's lock is held as long.
pub(crate) struct OpenNode {
    pub(crate) node: Node,
    pub(crate) home: Home,
}

impl Task {
    fn carry_out(&self) -> Result<ExitCode, Failure> {
        let language = self.language;
        let case = |case: &Option<String>| case.clone();
        match &self.cli.command {
            Command::Demo(args) => return demo::demo(&args.dir, self.cli.json, language),
            Command::Init(args) => return self.init(args),
            Command::Completions { shell } => {
                let script = manual::completions(*shell, language);
                return Ok(output::told(&script, self.cli.json));
            }
            Command::Manual { output: folder } => {
                let count = manual::pages(folder, language)?;
                return Ok(self.done("manual-written", folder, count));
            }
            Command::Restore { file } => {
                let home = self.home_path();
                let count = store::restore::restore(file, &home)?;
                return Ok(self.done("restore-done", &home, count));
            }
            _ => {}
        }
        let mut open = open(&self.home_path(), language)?;
        let node = &mut open.node;
        let by = self.cli.by.as_str();
        match &self.cli.command {
            Command::Case(CaseCommand::New { title }) => {
                self.print(&node.open_case(by, title)?, show::case)
            }
            Command::Case(CaseCommand::List) => self.print(&node.cases(by)?, show::cases),
            Command::Case(CaseCommand::Close { case }) => {
                self.print(&node.close_case(by, case)?, show::case)
            }
            Command::Case(CaseCommand::Reopen { case }) => {
                self.print(&node.reopen_case(by, case)?, show::case)
            }
            Command::Import(args) => self.import(node, args),
            Command::Follow(args) => self.follow(node, args),
            Command::Find { value } => self.print(&node.find(by, value)?, show::found),
            Command::Resolve(args) => self.resolve(node, args),
            Command::Rings(args) => {
                self.print(&node.rings(by, case(&args.case).as_deref(), language)?, show::rings)
            }
            Command::Patterns(args) => {
                let window = args.window.as_deref().map(patterns::window).transpose()?;
                let wanted = args.pattern.as_deref().map(wanted).transpose()?;
                let found =
                    node.patterns(by, case(&args.case).as_deref(), window, wanted, language)?;
                self.print(&found, show::patterns)
            }
            Command::Trace(args) => self.trace(node, args),
            Command::Features(args) => self.features(node, args),
            Command::Chart(args) => self.chart(node, args),
            Command::Report(args) => self.report(node, args),
            Command::User(UserCommand::Add { name, role }) => {
                let role =
                    UserRole::parse(role).ok_or_else(|| Failure::word("unknown_role", role))?;
                self.print(&node.add_user(by, name, role)?, show::user)
            }
            Command::User(UserCommand::List) => {
                self.print(&show::Users { users: node.users(by)? }, show::users)
            }
            Command::Audit => self.print(&show::Audit { events: node.audit(by)? }, show::audit),
            Command::Backup { file } => {
                node.begin_backup(by, &file.display().to_string())?;
                let count = store::backup::backup(&open.home, &node.originals(), file)?;
                Ok(self.done("backup-done", file, count))
            }
            Command::Doctor => {
                node.allow(by, Duty::Oversee)?;
                let answer = doctor::examine(&open, language)?;
                let is_ok = answer.ok;
                self.print(&answer, show::doctor)?;
                Ok(ExitCode::from(u8::from(!is_ok)))
            }
            // Those above that need no node have returned.
            _ => Ok(ExitCode::SUCCESS),
        }
    }

    /// Prints an answer as JSON or as text.
    fn print<A: Serialize>(
        &self,
        answer: &A,
        show: impl FnOnce(&A, Language) -> String,
    ) -> Result<ExitCode, Failure> {
        if self.cli.json {
            output::json(answer);
        } else {
            output::text(&show(answer, self.language));
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Says what was written where.
    fn done(&self, key: &str, path: &Path, count: usize) -> ExitCode {
        let path = path.display().to_string();
        if self.cli.json {
            output::json(&show::Written { path, count });
        } else {
            let values = [("path", path.as_str().into()), ("count", count.into())];
            output::text(&format!("{}\n", i18n::text_with(self.language, key, &values)));
        }
        ExitCode::SUCCESS
    }

    fn home_path(&self) -> PathBuf {
        let default = || {
            let data = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
            let home = std::env::var_os("HOME").map(PathBuf::from);
            let data = data.or_else(|| home.map(|home| home.join(".local").join("share")));
            data.unwrap_or_else(|| PathBuf::from(".")).join("lienket")
        };
        self.cli.home.clone().unwrap_or_else(default)
    }

    fn init(&self, args: &InitArgs) -> Result<ExitCode, Failure> {
        let country = Country::parse(&args.country);
        let country = country.map_err(|_| Failure::word("country_unknown", &args.country))?;
        let kind = match args.kind {
            AgencyKindArg::Police => AgencyKind::Police,
            AgencyKindArg::CentralAuthority => AgencyKind::CentralAuthority,
            AgencyKindArg::Fiu => AgencyKind::Fiu,
            AgencyKindArg::ContactPoint => AgencyKind::ContactPoint,
            AgencyKindArg::Organisation => AgencyKind::Organisation,
        };
        let made = init(&self.home_path(), &args.agency, country, kind, self.language)?.1;
        self.print(&made, show::made)
    }

    fn import(&self, node: &mut Node, args: &ImportArgs) -> Result<ExitCode, Failure> {
        let home = self.home_path();
        self.told(&import::import(node, &home, &self.cli.by, args, self.language)?)
    }

    /// What was imported; a file that was refused is a failure.
    fn told(&self, answer: &Imported) -> Result<ExitCode, Failure> {
        let is_failed = answer.files.iter().any(|file| file.error.is_some());
        self.print(answer, show::imported)?;
        Ok(ExitCode::from(u8::from(is_failed)))
    }

    /// First what an officer decides, then who is who by that.
    fn resolve(&self, node: &mut Node, args: &ResolveArgs) -> Result<ExitCode, Failure> {
        let (by, case) = (self.cli.by.as_str(), args.case.as_deref());
        let because = args.because.as_deref().unwrap_or_default();
        for (keys, is_same) in [(&args.split, false), (&args.join, true)] {
            if let Some([left, right]) = keys.as_deref() {
                let decision = Decision { keys: [left, right], is_same, because };
                node.rule(by, case, &decision)?;
            }
        }
        let question = Question { case, with_history: args.history };
        self.print(&node.resolve(by, &question, self.language)?, show::resolved)
    }

    fn trace(&self, node: &mut Node, args: &TraceArgs) -> Result<ExitCode, Failure> {
        let rules = match args.rule.as_str() {
            "all" => Rule::ALL.to_vec(),
            name => {
                let unknown = || node::error::NodeError::UnknownRule(name.to_owned());
                vec![Rule::parse(name).ok_or_else(unknown)?]
            }
        };
        let seeds = if !args.transfer.is_empty() {
            Seeds::Transfers(words(&args.transfer)?)
        } else if args.complaints.iter().any(|id| id == "all") {
            Seeds::AllComplaints
        } else {
            Seeds::Complaints(args.complaints.clone())
        };
        let openings = words(&args.opening)?;
        let openings =
            openings.iter().map(|text| Opening::parse(text)).collect::<Result<_, _>>()?;
        let asked = Asked { seeds, rules, backward: args.backward, openings };
        self.print(&node.trace(&self.cli.by, args.case.as_deref(), &asked)?, show::traced)
    }

    fn follow(&self, node: &mut Node, args: &FollowArgs) -> Result<ExitCode, Failure> {
        let who = (self.cli.by.as_str(), self.cli.json);
        let (followed, imported) =
            follow::follow(node, &self.home_path(), who, args, self.language)?;
        if !self.cli.json {
            let values =
                [("count", followed.looked_at.into()), ("passed", followed.passed_over.into())];
            let key = if followed.passed_over > 0 { "followed-some" } else { "followed" };
            output::text(&format!("\n{}\n", i18n::text_with(self.language, key, &values)));
        }
        self.told(&imported)
    }

    fn features(&self, node: &mut Node, args: &FeaturesArgs) -> Result<ExitCode, Failure> {
        let format = match ending(&args.output).as_str() {
            "csv" => Format::Csv,
            "parquet" => Format::Parquet,
            _ => return Err(Failure::word("bad_table_output", &args.output.display().to_string())),
        };
        let window = args.window.as_deref().map(patterns::window).transpose()?;
        let mut table = FeatureFile::new(&args.output, format);
        let answer = node.features(&self.cli.by, args.case.as_deref(), window, &mut table)?;
        let bytes = table.finish()?;
        let path = args.output.display().to_string();
        self.print(&show::FeaturesWritten { file: path, bytes, answer }, show::features)
    }

    fn chart(&self, node: &mut Node, args: &ChartArgs) -> Result<ExitCode, Failure> {
        let subject = Subject::parse(&args.subject)?;
        let ending = ending(&args.output);
        if !["svg", "html"].contains(&ending.as_str()) {
            return Err(Failure::output(&args.output));
        }
        let svg = node.chart(&self.cli.by, args.case.as_deref(), &subject, self.language)?;
        let page =
            if ending == "svg" { svg } else { show::page(&args.subject, &svg, self.language) };
        fs::write(&args.output, &page).map_err(Failure::file(&args.output))?;
        Ok(self.done("chart-written", &args.output, page.len()))
    }

    fn report(&self, node: &mut Node, args: &ReportArgs) -> Result<ExitCode, Failure> {
        let subject = Subject::parse(&args.subject)?;
        if ending(&args.output) != "html" {
            return Err(Failure::output(&args.output));
        }
        let page = node.report(
            &self.cli.by,
            args.case.as_deref(),
            &subject,
            args.mask_victims,
            self.language,
        )?;
        fs::write(&args.output, &page).map_err(Failure::file(&args.output))?;
        Ok(self.done("report-written", &args.output, page.len()))
    }
}

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// Ids given one by one or as @FILE, one a line.
fn words(given: &[String]) -> Result<Vec<String>, Failure> {
    let mut ids = Vec::new();
    for word in given {
        let Some(path) = word.strip_prefix('@') else {
            ids.push(word.clone());
            continue;
        };
        let path = Path::new(path);
        let codes = ["bad_seed_file", "seed_file_not_text"];
        let text = import::text(path, MAX_SEED_FILE_BYTES, codes)?;
        ids.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
    }
    Ok(ids)
}

/// A shape by its name, or a pattern by its file.
fn wanted(word: &str) -> Result<Wanted, Failure> {
    let path = Path::new(word);
    if ending(path) != "toml" {
        return Ok(Wanted::Shape(patterns::shape(word)?));
    }
    let codes = ["pattern_too_large", "pattern_not_text"];
    let text = import::text(path, pattern_file::MAX_BYTES, codes)?;
    Ok(Wanted::Described(pattern_file::parse(&text).map_err(NodeError::from)?))
}

/// The passphrase of the file that `LIENKET_PASSPHRASE_FILE` names.
pub(crate) fn passphrase() -> Result<Option<Passphrase>, Failure> {
    let path = std::env::var_os("LIENKET_PASSPHRASE_FILE").map(PathBuf::from);
    Ok(path.map(|path| Passphrase::read(&path)).transpose()?)
}

/// Opens the node of a home.
pub(crate) fn open(path: &Path, language: Language) -> Result<OpenNode, Failure> {
    let home = Home::open(path)?.ok_or(node::error::NodeError::NoNode)?;
    let mut node = Node::open(ports(path, language)?, home.rates()?)?;
    node.mend()?;
    node.sweep_graphs()?;
    Ok(OpenNode { node, home })
}

/// Makes a node in a home.
pub(crate) fn init(
    path: &Path,
    agency: &str,
    country: Country,
    kind: AgencyKind,
    language: Language,
) -> Result<(OpenNode, node::answer::Made), Failure> {
    if let Some(home) = Home::open(path)? {
        let node = Node::open(ports(path, language)?, home.rates()?)?;
        if node.identity().is_ok() {
            return Err(node::error::NodeError::NodeExists.into());
        }
    }
    // What can be wrong with the words is told before anything is made: no half home is left.
    let agency = people::agency_name(agency)?;
    let passphrase = passphrase()?;
    let home = Home::create(path)?;
    // An init that was cut off after its key and before its event goes on with that key.
    let ports = ports(path, language)?;
    let ring = KeyRing::open_or_create(path, passphrase.as_ref(), ports.clock.now())?;
    let root = &ring.public().root;
    let mut node = Node::open(ports, home.rates()?)?;
    let made = node.init(NewNode {
        agency,
        country,
        kind,
        public_key: root.ed25519.iter().map(|byte| format!("{byte:02x}")).collect(),
        fingerprint: root.agency().words(),
        home: path.display().to_string(),
        case_title: i18n::text(language, "default-case-title"),
    })?;
    Ok((OpenNode { node, home }, made))
}

fn ports(path: &Path, language: Language) -> Result<Ports, Failure> {
    Ok(Ports {
        clock: Box::new(SystemClock),
        journal: Box::new(SqliteJournal::open(&path.join("node.db"))?),
        vault: Box::new(FileVault::open(path)?),
        progress: Box::new(Bar::new(language)),
    })
}
