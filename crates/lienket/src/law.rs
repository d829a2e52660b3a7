//! The commands of LAW. Questions need no node; where there is one, its law pack answers.

mod packs;

use law::{Asked, Pack};
use model::day::Day;
use model::request::RequestKind;
use node::duty::Duty;
use node::law::LawError;
use node::node::Node;
use node::port::Clock as _;
use store::clock::SystemClock;

use crate::cli::{BasisArgs, Command, LawArgs, LawCommand, PackCommand, Said, SupposeArgs};
use crate::failure::Failure;
use crate::run::Task;
use crate::show;
use crate::terminal::ExitStatus;
use crate::wiring::OpenNode;

impl Task {
    /// Answers a question to the law pack.
    pub(crate) fn law(&self, args: &LawArgs) -> Result<ExitStatus, Failure> {
        if let LawCommand::Pack(PackCommand::Check { folder }) = &args.command {
            return self.law_check(folder);
        }
        match &args.pack {
            Some(path) => self.ask(&packs::other(path)?, &args.command, None),
            None => self.ask(node::law::builtin()?, &args.command, None),
        }
    }

    /// The same at a node: its pack answers, and its own requests may wait for a treaty.
    pub(crate) fn law_on(
        &self,
        open: &mut OpenNode,
        args: &LawArgs,
    ) -> Result<ExitStatus, Failure> {
        if let LawCommand::Pack(command) = &args.command {
            return self.law_pack_on(open, command);
        }
        let node = &open.node;
        if args.command.is_suppose() {
            node.allow(self.by()?, Duty::List)?;
        }
        match &args.pack {
            Some(path) => self.ask(&packs::other(path)?, &args.command, Some(node)),
            None => self.ask(node.law_pack()?, &args.command, Some(node)),
        }
    }

    fn ask(
        &self,
        pack: &Pack,
        command: &LawCommand,
        node: Option<&Node>,
    ) -> Result<ExitStatus, Failure> {
        let language = self.language;
        match command {
            LawCommand::Basis(args) => self.law_basis(pack, args),
            LawCommand::Gaps(args) => {
                let on = day(args.on.as_deref())?;
                let answer = node::law::gaps(pack, &args.country, on, language)?;
                self.print(&answer, show::law_gaps)
            }
            LawCommand::Suppose(SupposeArgs { instrument, party, country, on }) => {
                let on = day(on.as_deref())?;
                let mut answer =
                    node::law::suppose(pack, instrument, party, country, on, language)?;
                answer.unblocked_requests = node.map_or(0, |node| node.unblocked(&answer.changed));
                self.print(&answer, show::law_supposed)
            }
            LawCommand::Pack(_) => {
                let is_other =
                    matches!(&self.cli.command, Command::Law(args) if args.pack.is_some());
                let origin = if is_other { "file" } else { "built_in" };
                self.print(&node::law::shown(pack, origin), show::law_pack)
            }
        }
    }

    fn law_basis(&self, pack: &Pack, args: &BasisArgs) -> Result<ExitStatus, Failure> {
        let kind = args.kind.as_deref().map(RequestKind::parse).transpose();
        let kind = kind.map_err(|error| Failure::word("unknown_request_kind", &error.0))?;
        let today = today().to_string();
        let said = |said: Option<Said>| said.map(|said| said == Said::Yes);
        let asked = Asked {
            from: &args.from,
            to: &args.to,
            conduct: &args.conduct,
            measure: &args.measure,
            kind,
            clause: args.clause.as_deref(),
            on: args.on.as_deref().unwrap_or(&today),
            organised: said(args.group),
            transnational: said(args.transnational),
        };
        self.print(&node::law::basis(pack, &asked, self.language)?, show::law_basis)
    }
}

pub(crate) fn today() -> Day {
    Day::of(SystemClock.now())
}

/// A day of the command line; today where it is left out.
pub(crate) fn day(raw: Option<&str>) -> Result<Day, Failure> {
    let Some(raw) = raw else { return Ok(today()) };
    Ok(Day::parse(raw.trim()).map_err(|error| LawError::from(law::QuestionError::from(error)))?)
}

impl From<LawError> for Failure {
    fn from(error: LawError) -> Failure {
        Failure::Law(error)
    }
}
