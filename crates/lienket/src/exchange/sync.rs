//! `sync`: everything that waits goes, and everything that a partner has comes.

use delivery::carried;
use delivery::report::Report;
use delivery::visit::Visitor;
use envelope::card::AgencyId;
use node::answer::SyncAnswer;
use node::duty::Duty;
use node::exchange::Standing;

use super::report;
use crate::cli::SyncArgs;
use crate::failure::Failure;
use crate::run::Task;
use crate::show;
use crate::terminal::{DONE, ExitStatus, FAILED};
use crate::wiring::OpenNode;

/// So often at most a partner is visited again with what its messages have given rise to.
const MAX_ROUNDS: usize = 8;

impl Task {
    pub(crate) fn sync(&self, open: &mut OpenNode, args: &SyncArgs) -> Result<ExitStatus, Failure> {
        open.node.allow(self.by()?, Duty::Work)?;
        let exchange = open.exchange()?;
        let mut answer = SyncAnswer::default();
        let named = args.partner.as_deref().map(|name| open.node.partner(name)).transpose()?;
        let mut is_failed = false;
        if let (Some(path), Some(partner)) = (&args.carry_out, named) {
            let report = carried::write(&exchange, partner, path)?;
            report::add(&mut answer, &name(open, partner), &report, None, self.language);
        } else if let Some(path) = &args.carry_in {
            let mut report = Report::default();
            let (from, done) = carried::read(&exchange, path, &mut report);
            let from = named.or(from);
            record(open, from, &report)?;
            self.without_law(open.node.inbox_turn())?;
            // Where nothing of it could be taken, the failure is the answer.
            let failure = match done {
                Err(error) if report.taken.is_empty() => return Err(error.into()),
                done => done.err().map(Failure::from),
            };
            is_failed = failure.is_some();
            let name = from.map_or_else(String::new, |from| name(open, from));
            report::add(&mut answer, &name, &report, failure.as_ref(), self.language);
        } else {
            self.without_law(open.node.inbox_turn())?;
            for partner in named.map_or_else(|| active(open), |one| Ok(vec![one]))? {
                let mut report = Report::default();
                let mut failure = None;
                // What came may be answered by the node itself: the answer goes at once.
                for _ in 0..MAX_ROUNDS {
                    let mut round = Report::default();
                    failure = self.visit(open, partner, &mut round).err();
                    record(open, Some(partner), &round)?;
                    report.join(round);
                    if failure.is_some() || self.without_law(open.node.inbox_turn())? == 0 {
                        break;
                    }
                }
                is_failed |= failure.is_some();
                let name = name(open, partner);
                report::add(&mut answer, &name, &report, failure.as_ref(), self.language);
            }
        }
        self.print(&answer, show::synced)?;
        Ok(if is_failed { FAILED } else { DONE })
    }

    fn visit(
        &self,
        open: &mut OpenNode,
        partner: AgencyId,
        report: &mut Report,
    ) -> Result<(), Failure> {
        let mut visitor = Visitor::new(open.exchange()?, open.identities()?, partner, true);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(Failure::system("start the line"))?;
        Ok(runtime.block_on(visitor.visit(report))?)
    }
}

/// What came goes into the audit.
pub(crate) fn record(
    open: &mut OpenNode,
    from: Option<AgencyId>,
    report: &Report,
) -> Result<(), Failure> {
    if let Some(from) = from {
        for taken in &report.taken {
            open.node.took(from, taken)?;
        }
    }
    Ok(())
}

/// Partners that something goes to.
pub(crate) fn active(open: &mut OpenNode) -> Result<Vec<AgencyId>, Failure> {
    let book = open.exchange()?.book();
    let active = book.partners.iter().filter(|(_, one)| one.standing == Standing::Active);
    Ok(active.map(|(id, _)| *id).collect())
}

/// A partner's name.
fn name(open: &OpenNode, partner: AgencyId) -> String {
    let book = open.joined.as_ref().map(|joined| joined.exchange.book());
    let known = book.as_ref().and_then(|book| book.partners.get(&partner));
    known.map_or_else(|| partner.0.to_string(), |one| one.card.card().agency.clone())
}
