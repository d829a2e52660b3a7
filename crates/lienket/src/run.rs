//! Carries out a command: opens the node, asks it, prints the answer.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

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
use node::resolve::{Decision, Question};
use node::trace::{Asked, Seeds};
use serde::Serialize;
use store::feature_file::{FeatureFile, Format};

use crate::cli::{
    AgencyKindArg, CaseCommand, ChartArgs, Cli, Command, FeaturesArgs, FollowArgs, ImportArgs,
    InitArgs, MatchOpenArgs, ReportArgs, ResolveArgs, TraceArgs, UserCommand,
};
use crate::failure::Failure;
use crate::serve::socket;
use crate::terminal::{DONE, ExitStatus, FAILED, Terminal};
use crate::wiring::{self, OpenNode};
use crate::{demo, doctor, follow, import, manual, serve, show};

/// A file of transfer ids may be this large.
const MAX_SEED_FILE_BYTES: u64 = 64 << 20;

/// Carries out one command and says how it went.
pub(crate) fn run(cli: Cli, language: Language, arguments: &[OsString]) -> ExitStatus {
    let is_json = cli.json;
    let task = Task { cli, language, terminal: Terminal::Own };
    match task.carry_out(arguments) {
        Ok(status) => status,
        Err(failure) => task.terminal.failure(&failure, is_json, language),
    }
}

/// A command, with those for whom it is carried out.
pub(crate) struct Task {
    pub(crate) cli: Cli,
    pub(crate) language: Language,
    pub(crate) terminal: Terminal,
}

impl Task {
    /// Here, or in the process that serves the node.
    fn carry_out(&self, arguments: &[OsString]) -> Result<ExitStatus, Failure> {
        let language = self.language;
        match &self.cli.command {
            Command::Demo(args) => demo::demo(&args.dir, self.cli.json, language),
            Command::Init(args) => self.init(args),
            Command::Completions { shell } => {
                let script = manual::completions(*shell, language);
                Ok(self.terminal.told(&script, self.cli.json))
            }
            Command::Manual { output: folder } => {
                let count = manual::pages(folder, language)?;
                Ok(self.done("manual-written", folder, count))
            }
            Command::Restore { file } => {
                let home = self.home_path();
                let count = store::restore::restore(file, &home)?;
                let mut open = wiring::open(&home, language)?;
                open.node.restored(&file.display().to_string())?;
                Ok(self.done("restore-done", &home, count))
            }
            Command::Verify { file } => self.verify(file),
            Command::MatchFiles(args) => self.match_files(args),
            Command::MatchOpen(MatchOpenArgs { check: Some(path), .. }) => self.check_opening(path),
            Command::Law(args) if !args.is_of_node(self.has_node()) => self.law(args),
            Command::Directory(command) if command.is_question() && !self.has_node() => {
                self.directory_of_pack(command)
            }
            Command::Serve(args) => serve::serve(self, args),
            _ => match socket::ask(&self.home_path(), arguments, language)? {
                Some(status) => Ok(status),
                None => self.on(&mut wiring::open(&self.home_path(), language)?),
            },
        }
    }

    /// On a node that is open here.
    pub(crate) fn on(&self, open: &mut OpenNode) -> Result<ExitStatus, Failure> {
        let language = self.language;
        match &self.cli.command {
            Command::Partner(command) => return self.partner(open, command),
            Command::Budget(command) => return self.budget(open, command),
            Command::Law(args) => return self.law_on(open, args),
            Command::MatchOpen(args) => return self.match_open(open, args),
            _ => {}
        }
        let by = self.by()?;
        match &self.cli.command {
            Command::Message(command) => return self.message(open, command),
            Command::Sync(args) => return self.sync(open, args),
            Command::Bundle(args) => return self.bundle(open, args),
            Command::Match(args) => return self.match_with(open, args),
            Command::Hits(args) => return self.hits(open, args),
            Command::Request(command) => return self.request(open, command),
            Command::Desk(command) => return self.desk(open, command),
            // What partners ask can be opened with the keys alone.
            Command::Find { .. } if open.node.has_closed_requests() && open.join().is_err() => {
                self.terminal.note(&i18n::text(self.language, "find-requests-closed"));
            }
            Command::Freeze(args) => return self.freeze(open, args),
            Command::Retention => {
                open.exchange()?;
                return self.print(&open.node.retention(by)?, show::erased);
            }
            Command::Backup { file } => {
                open.node.begin_backup(by, &file.display().to_string())?;
                let count = store::backup::backup(&open.home, &open.node.originals(), file)?;
                return Ok(self.done("backup-done", file, count));
            }
            Command::Doctor => {
                open.node.allow(by, Duty::Oversee)?;
                let answer = doctor::examine(open, language)?;
                let is_ok = answer.ok;
                self.print(&answer, show::doctor)?;
                return Ok(if is_ok { DONE } else { FAILED });
            }
            _ => {}
        }
        let node = &mut open.node;
        let case = |case: &Option<String>| case.clone();
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
            Command::Directory(command) => self.directory(node, command),
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
            // All others have returned.
            _ => Ok(DONE),
        }
    }

    /// Prints an answer as JSON or as text.
    pub(crate) fn print<A: Serialize>(
        &self,
        answer: &A,
        show: impl FnOnce(&A, Language) -> String,
    ) -> Result<ExitStatus, Failure> {
        if self.cli.json {
            self.terminal.json(answer);
        } else {
            self.terminal.text(&show(answer, self.language));
        }
        Ok(DONE)
    }

    /// Says what was written where.
    pub(crate) fn done(&self, key: &str, path: &Path, count: usize) -> ExitStatus {
        let path = path.display().to_string();
        if self.cli.json {
            self.terminal.json(&show::Written { path, count, warnings: Vec::new() });
        } else {
            let values = [("path", path.as_str().into()), ("count", count.into())];
            self.terminal.text(&format!("{}\n", i18n::text_with(self.language, key, &values)));
        }
        DONE
    }

    /// Whether there is a node in the home.
    fn has_node(&self) -> bool {
        self.home_path().join("node.db").is_file()
    }

    pub(crate) fn home_path(&self) -> PathBuf {
        self.cli.home.clone().unwrap_or_else(wiring::default_home)
    }

    /// The one who acts, where one acts.
    pub(crate) fn by(&self) -> Result<&str, Failure> {
        match self.cli.by.as_slice() {
            [one] => Ok(one),
            several => Err(Failure::word("one_acts", &several.join(", "))),
        }
    }

    fn init(&self, args: &InitArgs) -> Result<ExitStatus, Failure> {
        let country = Country::parse(&args.country);
        let country = country.map_err(|_| Failure::word("country_unknown", &args.country))?;
        let kind = match args.kind {
            AgencyKindArg::Police => AgencyKind::Police,
            AgencyKindArg::CentralAuthority => AgencyKind::CentralAuthority,
            AgencyKindArg::Fiu => AgencyKind::Fiu,
            AgencyKindArg::ContactPoint => AgencyKind::ContactPoint,
            AgencyKindArg::Organisation => AgencyKind::Organisation,
        };
        let made = wiring::init(&self.home_path(), &args.agency, country, kind, self.language)?.1;
        self.print(&made, show::made)
    }

    fn import(&self, node: &mut Node, args: &ImportArgs) -> Result<ExitStatus, Failure> {
        let home = self.home_path();
        self.told(&import::import(node, &home, self.by()?, args, self.language)?)
    }

    /// What was imported; a file that was refused is a failure.
    fn told(&self, answer: &Imported) -> Result<ExitStatus, Failure> {
        let is_failed = answer.files.iter().any(|file| file.error.is_some());
        self.print(answer, show::imported)?;
        Ok(if is_failed { FAILED } else { DONE })
    }

    /// First what an officer decides, then who is who by that.
    fn resolve(&self, node: &mut Node, args: &ResolveArgs) -> Result<ExitStatus, Failure> {
        let (by, case) = (self.by()?, args.case.as_deref());
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

    fn trace(&self, node: &mut Node, args: &TraceArgs) -> Result<ExitStatus, Failure> {
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
        self.print(&node.trace(self.by()?, args.case.as_deref(), &asked)?, show::traced)
    }

    fn follow(&self, node: &mut Node, args: &FollowArgs) -> Result<ExitStatus, Failure> {
        let (followed, imported) = follow::follow(node, &self.home_path(), self, args)?;
        if !self.cli.json {
            let values =
                [("count", followed.looked_at.into()), ("passed", followed.passed_over.into())];
            let key = if followed.passed_over > 0 { "followed-some" } else { "followed" };
            self.terminal.text(&format!("\n{}\n", i18n::text_with(self.language, key, &values)));
        }
        self.told(&imported)
    }

    fn features(&self, node: &mut Node, args: &FeaturesArgs) -> Result<ExitStatus, Failure> {
        let format = match ending(&args.output).as_str() {
            "csv" => Format::Csv,
            "parquet" => Format::Parquet,
            _ => return Err(Failure::word("bad_table_output", &args.output.display().to_string())),
        };
        let window = args.window.as_deref().map(patterns::window).transpose()?;
        let mut table = FeatureFile::new(&args.output, format);
        let answer = node.features(self.by()?, args.case.as_deref(), window, &mut table)?;
        let bytes = table.finish()?;
        let path = args.output.display().to_string();
        self.print(&show::FeaturesWritten { file: path, bytes, answer }, show::features)
    }

    fn chart(&self, node: &mut Node, args: &ChartArgs) -> Result<ExitStatus, Failure> {
        let subject = Subject::parse(&args.subject)?;
        let ending = ending(&args.output);
        if !["svg", "html"].contains(&ending.as_str()) {
            return Err(Failure::output(&args.output));
        }
        let svg = node.chart(self.by()?, args.case.as_deref(), &subject, self.language)?;
        let page =
            if ending == "svg" { svg } else { show::page(&args.subject, &svg, self.language) };
        fs::write(&args.output, &page).map_err(Failure::file(&args.output))?;
        Ok(self.done("chart-written", &args.output, page.len()))
    }

    fn report(&self, node: &mut Node, args: &ReportArgs) -> Result<ExitStatus, Failure> {
        let subject = Subject::parse(&args.subject)?;
        if ending(&args.output) != "html" {
            return Err(Failure::output(&args.output));
        }
        let page = node.report(
            self.by()?,
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
