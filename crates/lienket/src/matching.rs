//! Commands of MATCH.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

use delivery::report::Report;
use delivery::visit::Visitor;
use envelope::card::AgencyId;
use model::country::Country;
use model::identifier::Kind;
use node::answer::Runs;
use node::matching::Purpose;
use node::matching::budget::USUAL_PURPOSE;
use node::matching::lists::{Tools, compare};
use node::matching::open::{Opening, check};
use store::chance::SystemRandom;
use store::clock::cpu_seconds;
use store::files::FileSource;

use crate::cli::{BudgetCommand, HitsArgs, HitsCommand, MatchArgs, MatchFilesArgs, MatchOpenArgs};
use crate::exchange::sync::{active, record};
use crate::failure::Failure;
use crate::import;
use crate::progress::Bar;
use crate::run::Task;
use crate::show;
use crate::terminal::{DONE, ExitStatus, FAILED};
use crate::wiring::OpenNode;

/// A partner that has nothing new is waited for so long at a time, in seconds.
const STANDING: u64 = 5;

/// An opening's file may be this large.
const MAX_OPENING: u64 = 64 << 20;

impl Task {
    /// Asks partners what they know too, and waits a while for those that answer.
    pub(crate) fn match_with(
        &self,
        open: &mut OpenNode,
        args: &MatchArgs,
    ) -> Result<ExitStatus, Failure> {
        open.join()?;
        let by = self.by()?;
        let partners = match args.partner.as_str() {
            "all" => active(open)?,
            name => vec![open.node.partner(name)?],
        };
        let purpose = Purpose { purpose: args.purpose.clone(), basis: args.basis.clone() };
        open.node.match_turn()?;
        let mut runs = Vec::new();
        for partner in partners {
            open.node.begin_match(by, partner, &purpose)?;
            let reached = self.attend(open, partner, &purpose, args.wait);
            let mut run = open.node.run(partner, &purpose)?;
            if let Err(failure) = reached {
                let told = failure.answer(self.language);
                self.terminal.note(&format!("{}: {} {}", run.partner, told.message, told.hint));
                if run.state == "asked" {
                    run.state = "queued";
                }
            }
            runs.push(run);
        }
        self.print(&Runs { runs }, show::runs)
    }

    /// Goes to a partner until all is answered or the time is over.
    #[expect(clippy::disallowed_methods, reason = "an officer waits here, by his own clock")]
    fn attend(
        &self,
        open: &mut OpenNode,
        partner: AgencyId,
        purpose: &Purpose,
        seconds: u64,
    ) -> Result<(), Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(Failure::system("start the line"))?;
        let mut visitor = Visitor::new(open.exchange()?, open.identities()?, partner, true);
        let end = Instant::now() + Duration::from_secs(seconds);
        let mut waits = None;
        loop {
            let mut report = Report::default();
            let done = match waits {
                None => runtime.block_on(visitor.visit(&mut report)),
                Some(wait) => runtime.block_on(visitor.wait(wait, &mut report)),
            };
            record(open, Some(partner), &report)?;
            let dealt = open.node.match_turn()?;
            done?;
            let state = open.node.run(partner, purpose)?.state;
            let left = end.saturating_duration_since(Instant::now()).as_secs();
            // What the turn has written still goes, also at the end.
            match (state, dealt) {
                (_, 1..) => waits = None,
                ("asked", 0) if left > 0 => waits = Some(left.min(STANDING)),
                _ => return Ok(()),
            }
        }
    }

    /// What partners know too.
    pub(crate) fn hits(&self, open: &mut OpenNode, args: &HitsArgs) -> Result<ExitStatus, Failure> {
        open.join()?;
        let by = self.by()?;
        let hits = match &args.command {
            Some(HitsCommand::Dismiss { id, reason }) => open.node.dismiss_hit(by, id, reason)?,
            None => open.node.hits(by, args.partner.as_deref())?,
        };
        self.print(&hits, show::hits)
    }

    /// A part of what a session asked about, for those who oversee the agency.
    pub(crate) fn match_open(
        &self,
        open: &mut OpenNode,
        args: &MatchOpenArgs,
    ) -> Result<ExitStatus, Failure> {
        open.join()?;
        let (officers, session) = (self.officers()?, args.session.as_deref().unwrap_or_default());
        let opening = open.node.open_session(officers, session, args.sample, &args.challenge)?;
        if let Some(path) = &args.output {
            let bytes = serde_json::to_vec_pretty(&opening).unwrap_or_default();
            std::fs::write(path, bytes).map_err(Failure::file(path))?;
        }
        self.print(&opening, show::opening)
    }

    /// Whether what is shown was committed to and asked about.
    pub(crate) fn check_opening(&self, path: &Path) -> Result<ExitStatus, Failure> {
        let codes = ["opening_too_large", "opening_unreadable"];
        let text = import::text(path, MAX_OPENING, codes)?;
        let opening: Opening = serde_json::from_str(&text)
            .map_err(|_| Failure::word("opening_unreadable", &path.display().to_string()))?;
        let checked = check(&opening);
        let is_valid = checked.valid;
        self.print(&checked, show::opening_checked)?;
        Ok(if is_valid { DONE } else { FAILED })
    }

    /// How much partners may ask.
    pub(crate) fn budget(
        &self,
        open: &mut OpenNode,
        command: &BudgetCommand,
    ) -> Result<ExitStatus, Failure> {
        open.join()?;
        let budgets = match command {
            BudgetCommand::Show { partner } => open.node.budgets(self.by()?, partner.as_deref())?,
            BudgetCommand::Raise { partner, to, kind, purpose } => {
                let wrong = |kind: &String| Failure::word("unknown_identifier_kind", kind);
                let parse = |kind: &String| Kind::parse(kind).map_err(|_| wrong(kind));
                let kind = kind.as_ref().map(parse).transpose()?;
                let purpose = purpose.as_deref().unwrap_or(USUAL_PURPOSE);
                open.node.set_budget(self.officers()?, partner, purpose, kind, *to)?
            }
        };
        self.print(&budgets, show::budgets)
    }

    /// What two lists have in common.
    pub(crate) fn match_files(&self, args: &MatchFilesArgs) -> Result<ExitStatus, Failure> {
        let country = |text: &String| {
            Country::parse(text).map_err(|_| Failure::word("country_unknown", text))
        };
        let country = args.country.as_ref().map(country).transpose()?;
        let progress = Bar::new(self.language);
        let tools = Tools {
            random: &SystemRandom,
            cpu_seconds: &cpu_seconds,
            progress: &progress,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
        };
        let [published, asked] = [source(&args.published)?, source(&args.asked)?];
        let answer = compare(&tools, [&published, &asked], country, self.language)?;
        drop(progress);
        self.print(&answer, show::lists)
    }
}

/// A list that is there; its errors name its whole path.
fn source(path: &Path) -> Result<FileSource, Failure> {
    File::open(path).map_err(Failure::file(path))?;
    Ok(FileSource::named(path, &path.display().to_string()))
}
