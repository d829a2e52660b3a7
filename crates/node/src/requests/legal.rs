//! What the law says of a request: the base it rests on, what it has to contain, why there is no
//! plain yes, and which grounds for refusing it there are.

use std::collections::BTreeSet;

use envelope::request::{Basis, Request};
use law::gap::Gap;
use law::instrument::Instrument;
use law::question::{Asked, Question, QuestionError};
use law::rows::{Force, Level};
use law::{Advice, Answer, Pack};
use model::digest::Digest;
use model::measure::Measure;
use model::request::RequestKind;

use super::error::RequestError;
use crate::answer::{GapOfRequest, LeadAnswer, WarningAnswer};
use crate::error::NodeError;
use crate::law::{LawError, gap_texts};
use crate::node::Node;

/// A ground that lies in the request itself: every agency may say so of any request.
const ALWAYS: [&str; 1] = ["form"];

/// Something that a request has to contain.
pub(super) struct Needed {
    pub(super) element: String,
    pub(super) article: Option<String>,
    pub(super) instrument: String,
    /// What the instrument is called, Vietnamese and English; `None`: it is ours.
    pub(super) title: Option<[String; 2]>,
    /// Vietnamese and English.
    pub(super) name: [String; 2],
}

/// What the law says.
pub(super) struct Legal {
    pub(super) required: Vec<Needed>,
    pub(super) lead: Option<Basis>,
    title: [String; 2],
    pub(super) pack: Digest,
    pub(super) gaps: Vec<GapOfRequest>,
    /// What the asking state promises, Vietnamese and English.
    pub(super) undertakings: Vec<[String; 2]>,
    pub(super) warnings: Vec<WarningAnswer>,
}

impl Legal {
    /// The instrument on which it rests.
    pub(super) fn lead_instrument(&self) -> Option<&str> {
        self.lead.as_ref().map(|lead| lead.instrument.as_str())
    }

    pub(super) fn basis_answer(&self) -> Option<LeadAnswer> {
        let lead = self.lead.clone()?;
        let Basis { instrument, article, answer } = lead;
        Some(LeadAnswer { instrument, article, answer, title: self.title.clone() })
    }
}

impl Node {
    /// What the law of the day on which it was drawn up says of a request.
    pub(super) fn legal(&self, request: &Request) -> Result<Legal, NodeError> {
        kind_of(request)?;
        let pack = self.law_pack()?;
        let (question, warnings) = asked(pack, request)?;
        let advice = law::basis(pack, &question);
        let lead = advice.lead().map(|base| Basis {
            instrument: base.instrument.id.clone(),
            article: base.article.map(str::to_owned),
            answer: advice.answer.id().to_owned(),
        });
        let title = advice.lead().map(|base| titles(base.instrument));
        let mut required: Vec<Needed> = Vec::new();
        for one in advice.required.iter().filter(|one| one.level == Level::Required) {
            if required.iter().all(|known| known.element != one.element.id) {
                let text = &one.element.fact.text;
                required.push(Needed {
                    element: one.element.id.clone(),
                    article: one.article().map(str::to_owned),
                    instrument: one.instrument_id().to_owned(),
                    title: one.instrument.map(titles),
                    name: [text.vi.clone(), text.en.clone()],
                });
            }
        }
        Ok(Legal {
            required,
            lead,
            title: title.unwrap_or_default(),
            pack: advice.pack,
            gaps: gaps(pack, request, &advice),
            undertakings: undertakings(&advice),
            warnings,
        })
    }

    /// Whether any instrument, or the product, names an element.
    pub(super) fn knows_element(&self, id: &str) -> bool {
        self.element_text(id).is_some()
    }

    /// What an element is called, Vietnamese and English; its id where a partner's pack has a new
    /// one.
    pub(super) fn element_name(&self, id: &str) -> [String; 2] {
        self.element_text(id).unwrap_or_else(|| [id.to_owned(), id.to_owned()])
    }

    /// What a conduct is called, Vietnamese and English.
    pub(super) fn conduct_name(&self, id: &str) -> Result<[String; 2], NodeError> {
        let known = self.law_pack()?.conducts().iter().find(|one| one.id == id);
        let unknown = || [id.to_owned(), id.to_owned()];
        Ok(known.map_or_else(unknown, |one| [one.name.vi.clone(), one.name.en.clone()]))
    }

    fn element_text(&self, id: &str) -> Option<[String; 2]> {
        let pack = self.law_pack().ok()?;
        let of_treaties = pack.instruments().iter().flat_map(|one| &one.elements);
        let ours = pack.minimum().iter().map(|own| &own.element);
        let mut all = ours.chain(of_treaties);
        let text = &all.find(|element| element.id == id)?.fact.text;
        Some([text.vi.clone(), text.en.clone()])
    }

    /// Whether a partner's request is of a kind and measure that are known here. That our own law
    /// pack cannot be read says nothing of it.
    pub(super) fn knows_kind(&self, request: &Request) -> Result<bool, LawError> {
        let pack = self.law_pack()?;
        Ok(kind_of(request).is_ok() && asked(pack, request).is_ok())
    }

    /// Whether a partner's request is of a day before all that is known of the law.
    pub(super) fn is_before_law(&self, request: &Request) -> bool {
        let before = |error: &LawError| error.code() == "date_before_instruments";
        matches!(self.legal(request), Err(NodeError::Law(error)) if before(&error))
    }

    /// Whether a request may be refused on a ground: one that some instrument of its advice names,
    /// and that none in force between the two states forbids.
    pub(super) fn may_refuse(&self, request: &Request, ground: &str) -> Result<(), NodeError> {
        let pack = self.law_pack()?;
        let (question, _) = asked(pack, request)?;
        let advice = law::basis(pack, &question);
        // Who asks may rest on any of the treaties that bind both states, not on the lead alone.
        let binding = advice.bases.iter().filter(|base| base.answer == Answer::Yes);
        let binding: BTreeSet<&String> = binding.map(|base| &base.instrument.id).collect();
        let of_ground = advice.refusal.iter().filter(|one| one.ground.id == ground);
        let forbidden = of_ground.clone().find(|one| {
            one.force == Force::Forbidden
                && one.ground.fact.verified
                && binding.contains(&one.instrument.id)
        });
        if let Some(one) = forbidden {
            let article = format!("{} {}", one.instrument.id, one.ground.article);
            return Err(RequestError::ForbiddenGround(ground.to_owned(), article).into());
        }
        let grounds = pack.instruments().iter().flat_map(|one| &one.grounds);
        let mut allowed =
            grounds.filter(|one| matches!(one.force, Force::Mandatory | Force::Optional));
        match ALWAYS.contains(&ground) || allowed.any(|one| one.id == ground) {
            true => Ok(()),
            false => Err(RequestError::UnknownGround(ground.to_owned()).into()),
        }
    }
}

/// The kind and the measure, which have to go together.
fn kind_of(request: &Request) -> Result<(RequestKind, Measure), NodeError> {
    let unknown = |_| RequestError::UnknownKind(request.kind.clone());
    let kind = RequestKind::parse(&request.kind).map_err(unknown)?;
    let measure = Measure::parse(&request.measure);
    let measure = measure.map_err(|error| LawError::from(QuestionError::Measure(error.0)))?;
    match kind.carries(measure) {
        true => Ok((kind, measure)),
        false => {
            let carried: Vec<&str> = kind.measures().iter().map(|one| one.id()).collect();
            let kind = format!("{kind} ({})", carried.join(", "));
            Err(RequestError::MeasureOfKind(request.measure.clone(), kind).into())
        }
    }
}

/// The question that a request puts to the law. A clause that the pack does not know is left out
/// and told: most states' penal codes are in no pack.
fn asked<'p>(
    pack: &'p Pack,
    request: &Request,
) -> Result<(Question<'p>, Vec<WarningAnswer>), NodeError> {
    let on: String = request.made.to_string().chars().take(10).collect();
    let (from, to) = (request.from.to_string(), request.to.to_string());
    let asked = Asked {
        from: &from,
        to: &to,
        conduct: &request.conduct,
        measure: &request.measure,
        kind: RequestKind::parse(&request.kind).ok(),
        clause: request.clause.as_deref(),
        on: &on,
        organised: None,
        transnational: None,
    };
    match Question::parse(pack, &asked) {
        Ok(question) => Ok((question, Vec::new())),
        Err(QuestionError::Clause(clause, _)) => {
            let question = Question::parse(pack, &Asked { clause: None, ..asked });
            let question = question.map_err(LawError::from)?;
            let (code, element) = ("clause_unknown", None);
            Ok((question, vec![WarningAnswer { code, element, value: clause }]))
        }
        Err(error) => Err(LawError::from(error).into()),
    }
}

fn titles(instrument: &Instrument) -> [String; 2] {
    [instrument.title.vi.clone(), instrument.title.en.clone()]
}

/// Of the lead alone: what other treaties want is not promised to somebody who rests on this one.
fn undertakings(advice: &Advice<'_>) -> Vec<[String; 2]> {
    let lead = advice.lead().map(|base| &base.instrument.id);
    let of_lead = advice.undertakings.iter().filter(|one| Some(&one.instrument.id) == lead);
    of_lead.map(|one| [one.fact.text.vi.clone(), one.fact.text.en.clone()]).collect()
}

fn gaps(pack: &Pack, request: &Request, advice: &Advice<'_>) -> Vec<GapOfRequest> {
    let gap = |gap: &Gap<'_>| GapOfRequest {
        what: gap.id().to_owned(),
        text: gap_texts(pack, (request.from, request.to), gap),
    };
    advice.gaps.iter().map(gap).collect()
}
