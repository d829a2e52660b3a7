//! Commands about requests.

use std::path::{Path, PathBuf};

use formats::open::Source;
use graph::trace::Rule;
use node::error::NodeError;
use node::messages::HandlingWords;
use node::requests::desks::Level;
use node::requests::freeze::Freeze;
use node::requests::stage::Act;
use node::requests::{Change, NewRequest, Said};
use store::files::FileSource;

use crate::cli::{
    ActArgs, AnswerArgs, AttachArgs, DeskCommand, FreezeArgs, HandlingArgs, NewArgs,
    RequestCommand, SetArgs,
};
use crate::document::Wanted;
use crate::failure::Failure;
use crate::run::Task;
use crate::show;
use crate::terminal::{DONE, ExitStatus, FAILED};
use crate::wiring::OpenNode;

impl Task {
    pub(crate) fn request(
        &self,
        open: &mut OpenNode,
        command: &RequestCommand,
    ) -> Result<ExitStatus, Failure> {
        open.join()?;
        let by = self.by()?;
        open.node.request_turn()?;
        let node = &mut open.node;
        match command {
            RequestCommand::New(args) => self.new_request(open, args),
            RequestCommand::Set(args) => self.set_request(open, args),
            RequestCommand::Check(one) => {
                self.print(&node.check_request(by, &one.request)?, show::request_checked)
            }
            RequestCommand::Approve(one) => {
                self.print(&node.approve_request(by, &one.request)?, show::request_approved)
            }
            RequestCommand::Send { request, paper, paper_on } => {
                let told = match paper {
                    None => node.send_request(by, request)?,
                    Some(paper) => node.send_on_paper(by, request, paper, paper_on.as_deref())?,
                };
                self.print(&told, show::request_state)
            }
            RequestCommand::List { incoming, outgoing, desk } => {
                let direction = match (incoming, outgoing) {
                    (true, _) => Some(true),
                    (_, true) => Some(false),
                    _ => None,
                };
                let listed = node.list_requests(by, direction, desk.as_deref())?;
                self.print(&listed, show::requests)
            }
            RequestCommand::Show { request, output, languages, place, addressee, font } => {
                let Some(path) = output else {
                    return self.print(&node.show_request(by, request)?, show::request);
                };
                let (place, addressee) = (place.as_deref(), addressee.as_deref());
                let wanted = Wanted { path, languages, place, addressee, fonts: font };
                self.document(open, request, &wanted)
            }
            RequestCommand::Assign { request, user } => {
                self.print(&node.assign_request(by, request, user)?, show::request_state)
            }
            RequestCommand::Acknowledge(args) => self.act(open, Act::Acknowledge, args, None),
            RequestCommand::AskMore(args) => self.act(open, Act::AskMore, args, None),
            RequestCommand::Supply(args) => self.answer(open, Act::Supply, args),
            RequestCommand::Accept(args) => self.act(open, Act::Accept, args, None),
            RequestCommand::Refuse(args) => self.act(open, Act::Refuse, args, None),
            RequestCommand::Execute(args) => self.act(open, Act::Execute, args, None),
            RequestCommand::Answer(args) => self.answer(open, Act::Answer, args),
            RequestCommand::Renew(args) => self.act(open, Act::Renew, args, None),
            RequestCommand::Release(args) => self.act(open, Act::Release, args, None),
            RequestCommand::Withdraw(args) => self.act(open, Act::Withdraw, args, None),
            RequestCommand::Close(args) => self.act(open, Act::Close, args, None),
            RequestCommand::Merge { request, case } => {
                let merged = node.merge_request(by, request, case.as_deref(), self.language)?;
                let has_failed = merged.files.iter().any(|file| file.error.is_some());
                self.print(&merged, show::imported)?;
                Ok(if has_failed { FAILED } else { DONE })
            }
        }
    }

    fn new_request(&self, open: &mut OpenNode, args: &NewArgs) -> Result<ExitStatus, Failure> {
        let files = sources(&args.with.attach)?;
        let new = NewRequest {
            kind: args.kind.clone(),
            to: args.to.clone(),
            measure: args.measure.clone(),
            conduct: args.conduct.clone(),
            clause: args.clause.clone(),
            case: args.case.clone(),
            hit: args.hit.clone(),
            follows: args.follows.clone(),
            is_urgent: args.urgent,
            handling: words(&args.handling),
        };
        let change = change(&args.set, &args.with);
        let checked = open.node.new_request(self.by()?, new, &change, &list(&files))?;
        self.print(&checked, show::request_checked)
    }

    fn set_request(&self, open: &mut OpenNode, args: &SetArgs) -> Result<ExitStatus, Failure> {
        let files = sources(&args.with.attach)?;
        let change = change(&args.set, &args.with);
        let checked = open.node.set_request(self.by()?, &args.request, &change, &list(&files))?;
        self.print(&checked, show::request_checked)
    }

    /// The desks to which requests are given.
    pub(crate) fn desk(
        &self,
        open: &mut OpenNode,
        command: &DeskCommand,
    ) -> Result<ExitStatus, Failure> {
        let (by, node) = (self.by()?, &mut open.node);
        let desks = match command {
            DeskCommand::New { name, level } => {
                let level =
                    Level::parse(level).ok_or_else(|| Failure::word("unknown_level", level))?;
                node.new_desk(by, name, level)?
            }
            DeskCommand::Add { name, user } => node.seat(by, name, user, true)?,
            DeskCommand::Remove { name, user } => node.seat(by, name, user, false)?,
            DeskCommand::List => node.desks(by)?,
        };
        self.print(&desks, show::desks)
    }

    /// From complaints to freeze requests, with the drafts for banks.
    pub(crate) fn freeze(
        &self,
        open: &mut OpenNode,
        args: &FreezeArgs,
    ) -> Result<ExitStatus, Failure> {
        open.join()?;
        let unknown = || NodeError::UnknownRule(args.rule.clone());
        let freeze = Freeze {
            complaints: args.complaints.clone(),
            case: args.case.clone(),
            rule: Rule::parse(&args.rule).ok_or_else(unknown)?,
            conduct: args.conduct.clone(),
            clause: args.clause.clone(),
            to: args.to.clone(),
            accounts: args.account.clone(),
            days: args.days,
        };
        let mut answer = open.node.freeze(self.by()?, &freeze, self.language)?;
        if let Some(folder) = &args.output {
            std::fs::create_dir_all(folder).map_err(Failure::file(folder))?;
            for one in &mut answer.accounts {
                let (Some(xml), Some(request)) = (&one.camt056, &one.request) else { continue };
                let path = folder.join(format!("{}.camt.056.xml", request.request));
                std::fs::write(&path, xml).map_err(Failure::file(&path))?;
                one.camt056 = Some(path.display().to_string());
            }
        }
        self.print(&answer, show::frozen)
    }

    fn answer(
        &self,
        open: &mut OpenNode,
        act: Act,
        args: &AnswerArgs,
    ) -> Result<ExitStatus, Failure> {
        self.act(open, act, &args.act, Some(&args.handling))
    }

    fn act(
        &self,
        open: &mut OpenNode,
        act: Act,
        args: &ActArgs,
        handling: Option<&HandlingArgs>,
    ) -> Result<ExitStatus, Failure> {
        let files = sources(&args.with.attach)?;
        let said = Said {
            ground: args.ground.clone(),
            text: args.text.clone(),
            until: args.until.clone(),
            person: args.with.person.clone(),
            evidence: args.with.evidence.clone(),
            paper: args.paper.clone(),
            on: args.paper_on.clone(),
            handling: handling.map(words).unwrap_or_default(),
        };
        let by = self.by()?;
        let told = open.node.act_on_request(by, &args.request, act, said, &list(&files))?;
        self.print(&told, show::request_state)
    }
}

fn change(set: &[String], with: &AttachArgs) -> Change {
    let (person, evidence) = (with.person.clone(), with.evidence.clone());
    Change { set: set.to_vec(), person, evidence }
}

fn words(args: &HandlingArgs) -> HandlingWords {
    HandlingWords {
        tlp: args.tlp.clone(),
        pap: args.pap.clone(),
        purpose: args.purpose.clone().unwrap_or_default(),
        basis: args.basis.clone().unwrap_or_default(),
        limits: args.limit.clone(),
        limit_text: args.limit_text.clone(),
        source: None,
        information: None,
        retain_until: args.retain_until.clone(),
    }
}

/// Files that are there, each by its own name.
fn sources(paths: &[PathBuf]) -> Result<Vec<FileSource>, Failure> {
    paths.iter().map(|path| source(path)).collect()
}

fn source(path: &Path) -> Result<FileSource, Failure> {
    std::fs::File::open(path).map_err(Failure::file(path))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(FileSource::named(path, &name.unwrap_or_default()))
}

fn list(files: &[FileSource]) -> Vec<&dyn Source> {
    files.iter().map(|file| file as &dyn Source).collect()
}
