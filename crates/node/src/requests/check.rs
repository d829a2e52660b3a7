//! Checking: what the instruments that apply want and the request does not say yet, and what an
//! officer should know before he approves it.

use envelope::request::Request;
use model::time::Timestamp;

use super::deed::Deed;
use super::record::Key;
use super::stage::Stage;
use crate::answer::{MissingAnswer, RequestChecked, WarningAnswer};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::node::Node;

/// Elements that name a day, by how their ids end.
const DAYS: [&str; 4] = ["deadline", "expiry", "date", "time_of_transaction"];
/// Elements that name a sum of money.
const SUMS: [&str; 2] = ["amount", "tainted_amount"];
/// An answer lists at most so many earlier requests that may be the same.
const MAX_DUPLICATES: usize = 20;

impl Node {
    /// Checks a request, and records it where nothing is missing.
    pub fn check_request(&mut self, by: &str, text: &str) -> Result<RequestChecked, NodeError> {
        self.allow(by, Duty::Work)?;
        let (key, kept) = self.request(by, text)?;
        let request = self.whole_request(&key, &kept)?;
        let answer = self.examined(&key, &request)?;
        if answer.complete && kept.stage == Stage::Draft {
            let what = Deed::Checked { content: kept.content, pack: self.legal(&request)?.pack };
            self.record(by, &[Event::Request { of: key.of, number: key.number.clone(), what }])?;
            return self.examined(&key, &request);
        }
        Ok(answer)
    }

    /// What a request lacks, and what is to be said of it. One that came from a partner is looked
    /// at in the same way.
    pub(super) fn examined(
        &self,
        key: &Key,
        request: &Request,
    ) -> Result<RequestChecked, NodeError> {
        let legal = self.legal(request)?;
        let says = |id: &str| request.elements.iter().any(|element| element.id == id);
        let missing: Vec<MissingAnswer> = legal
            .required
            .iter()
            .filter(|needed| !says(&needed.element))
            .map(|needed| MissingAnswer {
                element: needed.element.clone(),
                article: needed.article.clone(),
                instrument: needed.instrument.clone(),
                title: needed.title.clone(),
                name: needed.name.clone(),
            })
            .collect();
        let mut warnings: Vec<WarningAnswer> = legal.warnings.clone();
        let stage = self.state.requests.kept.get(key).map_or(Stage::Draft, |kept| kept.stage);
        // A partner has a pack of its own, and what has left was checked when it left.
        if key.of.is_none() && stage.is_draft() && request.pack != legal.pack {
            let value = request.pack.to_string().chars().take(12).collect();
            warnings.push(WarningAnswer { code: "pack_changed", element: None, value });
        }
        warnings.extend(unreadable(request));
        let same = self.same_requests(key, request)?;
        warnings.extend(same.iter().take(MAX_DUPLICATES).map(|other| WarningAnswer {
            code: "same_request",
            element: None,
            value: other.clone(),
        }));
        let addressed = self.addressed(key, request, &legal)?;
        warnings.extend(addressed.warnings);
        Ok(RequestChecked {
            request: self.shown_number(key),
            complete: missing.is_empty(),
            missing,
            warnings,
            state: stage.as_str(),
            basis: legal.basis_answer(),
            addressee: addressed.addressee,
            gaps: legal.gaps.clone(),
        })
    }
}

/// Elements whose texts cannot be read as what they are: a hint, never a reason to stop.
fn unreadable(request: &Request) -> Vec<WarningAnswer> {
    let warning = |code, element: &str, value: &str| WarningAnswer {
        code,
        element: Some(element.to_owned()),
        value: model::refusal::shown(value).to_string(),
    };
    let mut warnings = Vec::new();
    for element in &request.elements {
        let (id, text) = (element.id.as_str(), element.text.trim());
        if DAYS.contains(&id) {
            match day(text) {
                None => warnings.push(warning("unclear_date", id, text)),
                Some(at) if at < request.made && id != "date" && id != "time_of_transaction" => {
                    warnings.push(warning("date_is_over", id, text));
                }
                Some(_) => {}
            }
        }
        if SUMS.contains(&id) && !is_sum(text) {
            warnings.push(warning("unclear_amount", id, text));
        }
    }
    warnings
}

/// A moment, or the end of a day (2027-01-31).
pub(super) fn day(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let is_day = text.len() == 10 && text.matches('-').count() == 2;
    let whole = if is_day { format!("{text}T23:59:59Z") } else { text.to_owned() };
    Timestamp::parse(&whole).ok()
}

/// Whether a text is a sum with its currency: `12345.67 USD`.
fn is_sum(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(amount), Some(code), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let currency = model::money::Currency::parse(code);
    currency.is_ok_and(|currency| model::money::Money::parse(amount, currency).is_ok())
}
