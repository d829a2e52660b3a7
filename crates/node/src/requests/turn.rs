//! What comes from partners: requests, which are checked as ours are and lie on the desk, and steps
//! of requests of either side. Nobody has to be there.

use envelope::attachment::Attachment;
use envelope::card::AgencyId;
use envelope::content::Content;
use envelope::request::{Approved, File, Marks, REQUEST, Request, STEP, Step};
use model::digest::Digest;

use super::act::step_handling;
use super::deed::Deed;
use super::record::{Kept, Key};
use super::stage::{Act, Side};
use super::steps::taken;
use super::{approvals_in_all, clock};
use crate::error::NodeError;
use crate::event::Event;
use crate::exchange::{ExchangeError, Standing, hexadecimal};
use crate::node::Node;
use crate::port::record::MessageRow;

/// What cannot be taken, as a stable code that both sides see.
type Code = &'static str;

impl Node {
    /// Deals with requests and steps in the inbox; how many messages that were.
    pub fn request_turn(&mut self) -> Result<usize, NodeError> {
        self.deal_with(&[REQUEST, STEP], Node::take_in)
    }

    fn take_in(&mut self, row: &MessageRow) -> Result<(), NodeError> {
        let (partner, message) = (row.log.from, hexadecimal(row.id));
        if self.state.requests.done.contains(&(partner.0, message.clone())) {
            return Ok(());
        }
        let exchange = self.exchange()?.clone();
        let book = exchange.book();
        let known = book.partners.get(&partner);
        let Content { body, attachments, handling, .. } = exchange.open(row)?;
        let taken = match known.filter(|one| one.standing == Standing::Active) {
            None => Err((String::new(), "request_partner_closed")),
            Some(known) if row.kind == REQUEST => {
                let country = known.card.card().country;
                match Approved::parse(&body) {
                    Err(_) => Err((String::new(), "request_body_bad")),
                    Ok((approved, request)) if request.from != country => {
                        drop(approved);
                        Err((request.number, "request_country_wrong"))
                    }
                    // What officers approved is what holds, not what the envelope says beside it.
                    Ok((_, request)) if request.handling != handling => {
                        Err((request.number, "request_handling_differs"))
                    }
                    Ok((approved, request)) => {
                        let number = request.number.clone();
                        let taken = self.take_request(row, approved, request, &attachments)?;
                        taken.map_err(|code| (number, code))
                    }
                }
            }
            Some(_) => match Step::parse(&body) {
                Err(_) => Err((String::new(), "request_body_bad")),
                Ok(step) => {
                    let number = step.number.clone();
                    let taken = self.take_step(row, &step, &body, &attachments)?;
                    taken.map_err(|code| (number, code))
                }
            },
        };
        let Err((number, code)) = taken else { return Ok(()) };
        let what = Deed::TurnedAway { code: code.to_owned(), message };
        let turned = Event::Request { of: Some(partner.0), number: number.clone(), what };
        self.record("node", &[turned])?;
        // The receipt says why: who sent a step sees it beside the step.
        if let Err(error @ ExchangeError::Port(_)) = exchange.handle(row, Some(code.to_owned())) {
            return Err(error.into());
        }
        if row.kind == REQUEST && !number.is_empty() && code != "request_already" {
            return self.reject(row, number, &body, code);
        }
        Ok(())
    }

    /// Tells the partner that its request lies on nobody's desk, and why.
    fn reject(
        &mut self,
        row: &MessageRow,
        number: String,
        body: &[u8],
        code: Code,
    ) -> Result<(), NodeError> {
        let Ok((approved, request)) = Approved::parse(body) else { return Ok(()) };
        let step = Step {
            number,
            request: Digest::of(&approved.request),
            what: Act::Reject.as_str().to_owned(),
            ground: Some(code.to_owned()),
            text: None,
            marks: Marks::default(),
            files: Vec::new(),
            until: None,
            approval: None,
        };
        let body = envelope::cbor::write(&step);
        let about = (body, &request, step_handling(&request));
        self.send_about("node", row.log.from, (STEP, Some(row.id)), about, Vec::new())?;
        Ok(())
    }

    /// A request of a partner's.
    fn take_request(
        &mut self,
        row: &MessageRow,
        approved: Approved,
        request: Request,
        attachments: &[Attachment],
    ) -> Result<Result<(), Code>, NodeError> {
        let partner = row.log.from;
        if request.to != self.identity()?.country {
            return Ok(Err("request_country_wrong"));
        }
        // The law of its day is meant: one that the law knows, and that has come.
        let day_after = clock::later(1, self.ports.clock.now());
        if request.made > day_after || self.is_before_law(&request) {
            return Ok(Err("request_date_wrong"));
        }
        if !self.knows_kind(&request)? {
            return Ok(Err("request_kind_unknown"));
        }
        if !are_these(&request.files, attachments) {
            return Ok(Err("request_files_differ"));
        }
        let content = Digest::of(&approved.request);
        let key = Key { of: Some(partner.0), number: request.number.clone() };
        match self.state.requests.kept.get(&key) {
            // It came once more: its sender was stopped before he knew that it had left.
            Some(kept) if kept.content == content => return Ok(Err("request_already")),
            Some(_) => return Ok(Err("request_number_used")),
            None => {}
        }
        let case = match &request.handle {
            Some(handle) => {
                let found = self.behind_handle(partner, handle);
                found.ok().flatten().and_then(|(_, cases)| cases.into_iter().next())
            }
            None => None,
        };
        // Fewer approvals than such a request needs are few, whatever it says of itself.
        let is_half = approved.approvals.len() < approvals_in_all(&request.kind);
        let what = Deed::Came {
            content,
            message: hexadecimal(row.id),
            kind: request.kind,
            measure: request.measure,
            country: request.from,
            is_urgent: request.is_urgent,
            is_half: approved.is_half || is_half,
            follows: request.follows,
            case,
        };
        self.record("node", &[Event::Request { of: key.of, number: key.number, what }])?;
        Ok(Ok(()))
    }

    /// A step of a request, ours or the partner's: which of them its digest says.
    fn take_step(
        &mut self,
        row: &MessageRow,
        step: &Step,
        body: &[u8],
        attachments: &[Attachment],
    ) -> Result<Result<(), Code>, NodeError> {
        let Some((key, kept)) = self.stepped(row.log.from, step) else {
            return Ok(Err("request_unknown"));
        };
        let side = if key.of.is_none() { Side::Asked } else { Side::Asking };
        let Some(act) = Act::parse(&step.what) else { return Ok(Err("request_body_bad")) };
        let Some((_, skipped)) = taken(kept.stage, side, act, kept.holds()) else {
            return Ok(Err("request_step_late"));
        };
        if !are_these(&step.files, attachments) {
            return Ok(Err("request_files_differ"));
        }
        // A refusal says why, and an approval who.
        let is_whole = match act {
            Act::Refuse => step.ground.is_some() && step.text.is_some(),
            Act::Approve => kept.is_half && self.is_another(&kept, step)?,
            _ => true,
        };
        if !is_whole {
            return Ok(Err("request_body_bad"));
        }
        let what = Deed::Stepped {
            act,
            is_theirs: true,
            skipped,
            ground: step.ground.clone(),
            body: Some(Digest::of(body)),
            until: step.until.filter(|_| act.has_term()),
            message: Some(hexadecimal(row.id)),
            paper: None,
        };
        self.record("node", &[Event::Request { of: key.of, number: key.number, what }])?;
        Ok(Ok(()))
    }

    /// Whether an officer approves a partner's request who has not done so before.
    fn is_another(&self, kept: &Kept, step: &Step) -> Result<bool, NodeError> {
        let Some(approval) = &step.approval else { return Ok(false) };
        let first = self.approved_text(kept)?.map(|(Approved { approvals, .. }, _)| approvals);
        Ok(first.into_iter().flatten().all(|one| one.by.trim() != approval.by.trim()))
    }

    /// The request that a partner's step is about.
    fn stepped(&self, partner: AgencyId, step: &Step) -> Option<(Key, Kept)> {
        let keys =
            [Key::own(&step.number), Key { of: Some(partner.0), number: step.number.clone() }];
        keys.into_iter().find_map(|key| {
            let kept = self.state.requests.kept.get(&key)?;
            let is_it = kept.partner == Some(partner.0) && kept.content == step.request;
            is_it.then(|| (key.clone(), kept.clone()))
        })
    }
}

/// Whether the files that came are those that were named, each once.
fn are_these(named: &[File], came: &[Attachment]) -> bool {
    let mut named: Vec<_> = named.iter().map(|one| (&one.name, one.size, one.sha256)).collect();
    let mut came: Vec<_> = came.iter().map(|one| (&one.name, one.size, one.sha256)).collect();
    named.sort_unstable();
    came.sort_unstable();
    let is_once = named.windows(2).all(|pair| pair[0].0 != pair[1].0);
    is_once && named == came
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(named: &[u8], came: &[u8], expected: bool) {
        let named: Vec<File> = named.iter().map(|byte| file(*byte)).collect();
        let came: Vec<Attachment> = came.iter().map(|byte| attachment(*byte)).collect();
        assert_eq!(are_these(&named, &came), expected);
    }

    fn file(byte: u8) -> File {
        let sha256 = Digest([byte; 32]);
        File { name: "order.pdf".to_owned(), size: 3, sha256, marks: Marks::default() }
    }

    fn attachment(byte: u8) -> Attachment {
        let (name, size, sha256) = ("order.pdf".to_owned(), 3, Digest([byte; 32]));
        Attachment { name, size, sha256, key: [0; 32], blob: Digest([0; 32]) }
    }

    #[test]
    fn what_is_named_came_and_nothing_else() {
        check(&[1], &[1], true);
        check(&[], &[], true);
        check(&[1], &[], false);
        check(&[], &[1], false);
    }

    #[test]
    fn two_of_one_name_are_not_told_apart_and_not_taken() {
        check(&[1, 2], &[2], false);
        check(&[1, 2], &[1, 2], false);
        check(&[1, 1], &[1, 1], false);
    }
}
