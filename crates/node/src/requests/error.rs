//! Why something cannot be done with a request.

/// A refused command about a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// No such request.
    #[error("there is no request {0:?}")]
    Unknown(String),
    /// Several requests fit.
    #[error("{0:?} may be {1}")]
    Ambiguous(String, String),
    /// Somebody who has no part in it.
    #[error("request {0} is known to those who work on it")]
    NeedToKnow(String),
    /// Elements are missing: the request, and which.
    #[error("request {0} lacks {1}")]
    Incomplete(String, String),
    /// Officers have to approve it first: the request, and how many have.
    #[error("request {0} has {1} approvals")]
    NeedsApproval(String, String),
    /// Nobody to send it to: the request, and the country.
    #[error("request {0} goes to {1}, where no partner is")]
    NoPartner(String, String),
    /// Nobody approves what he has written.
    #[error("{0:?} has written this request")]
    OwnDraft(String),
    /// Nobody approves twice.
    #[error("{0:?} has approved this request already")]
    ApprovedAlready(String),
    /// It has left.
    #[error("request {0:?} has left")]
    Sent(String),
    /// It is a partner's.
    #[error("request {0:?} is a partner's")]
    NotOwn(String),
    /// It is closed.
    #[error("request {0} is closed")]
    Closed(String),
    /// An act that its stage does not allow: the request, the act, the stage.
    #[error("request {0} takes no {1} while it is {2}")]
    Stage(String, &'static str, &'static str),
    /// A refusal without a ground.
    #[error("request {0} is refused without a ground")]
    NoGround(String),
    /// A ground that no instrument names.
    #[error("{0:?} is no ground for refusal")]
    UnknownGround(String),
    /// A ground that the basis forbids: the ground, and the article.
    #[error("{0} may not be a ground under {1}")]
    ForbiddenGround(String, String),
    /// An act that says nothing.
    #[error("{0} says nothing")]
    NothingSaid(&'static str),
    /// Not of the shape `ELEMENT=TEXT`, or a name that no file may have.
    #[error("{0:?} is no element with a text")]
    BadElement(String),
    /// An element that no instrument names.
    #[error("{0:?} is no element of a request")]
    UnknownElement(String),
    /// More than a request may say.
    #[error("request {0} says more than it may")]
    Large(String),
    /// A file is not the one that was approved.
    #[error("file {0:?} is not what was approved")]
    AttachmentChanged(String),
    /// A partner gave it, and not for others: the file, and who gave it.
    #[error("file {0:?} was given by {1}, and not for others")]
    NotOnward(String, String),
    /// No such kind.
    #[error("{0:?} is no kind of request")]
    UnknownKind(String),
    /// A measure that requests of this kind do not carry: the measure, and the kind.
    #[error("{0} is no measure of {1}")]
    MeasureOfKind(String, String),
    /// Not a name that a desk may have.
    #[error("{0:?} is no name of a desk")]
    BadDesk(String),
    /// Somebody or something here has this name.
    #[error("there is somebody or a desk {0:?} already")]
    DeskExists(String),
    /// No such desk.
    #[error("there is no desk {0:?}")]
    UnknownDesk(String),
    /// It has a partner: nothing of it goes on paper.
    #[error("request {0} goes to {1}, which has a node")]
    HasPartner(String, String),
    /// It went on paper, and what is recorded of it rests on papers.
    #[error("request {0} went on paper, and no paper is named")]
    PaperMissing(String),
    /// Not a paper's reference or day.
    #[error("{0:?} is no reference or day of a paper")]
    BadPaper(String),
    /// It did not go on paper.
    #[error("request {0} did not go on paper")]
    NotOnPaper(String),
    /// What it says was destroyed, as its sender or its date of destruction wanted.
    #[error("what request {0} says was destroyed")]
    Erased(String),
    /// Nothing of these complaints' money rests abroad.
    #[error("nothing of the money of {0} rests on an account abroad")]
    NothingAbroad(String),
    /// Nobody has said in which country an account is held.
    #[error("the country of account {0} is not known")]
    PlaceUnknown(String),
    /// Files of this request went into a case already, or it has none.
    #[error("request {0} has no files of an answer to take")]
    NothingToMerge(String),
}

impl RequestError {
    /// Stable snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            RequestError::Unknown(_) => "unknown_request",
            RequestError::Ambiguous(..) => "ambiguous_request",
            RequestError::NeedToKnow(_) => "need_to_know",
            RequestError::Incomplete(..) => "incomplete",
            RequestError::NeedsApproval(..) => "needs_approval",
            RequestError::NoPartner(..) => "no_partner",
            RequestError::OwnDraft(_) => "own_draft",
            RequestError::ApprovedAlready(_) => "approved_already",
            RequestError::Sent(_) => "request_sent",
            RequestError::NotOwn(_) => "request_not_own",
            RequestError::Closed(_) => "request_closed",
            RequestError::Stage(..) => "request_stage",
            RequestError::NoGround(_) => "no_ground",
            RequestError::UnknownGround(_) => "unknown_ground",
            RequestError::ForbiddenGround(..) => "forbidden_ground",
            RequestError::NothingSaid(_) => "nothing_said",
            RequestError::BadElement(_) => "bad_element",
            RequestError::UnknownElement(_) => "unknown_element",
            RequestError::Large(_) => "request_large",
            RequestError::AttachmentChanged(_) => "attachment_changed",
            RequestError::NotOnward(..) => "not_onward",
            RequestError::UnknownKind(_) => "unknown_request_kind",
            RequestError::MeasureOfKind(..) => "measure_of_kind",
            RequestError::BadDesk(_) => "bad_desk",
            RequestError::DeskExists(_) => "desk_exists",
            RequestError::UnknownDesk(_) => "unknown_desk",
            RequestError::HasPartner(..) => "request_has_partner",
            RequestError::PaperMissing(_) => "paper_missing",
            RequestError::BadPaper(_) => "bad_paper",
            RequestError::NotOnPaper(_) => "not_on_paper",
            RequestError::Erased(_) => "request_erased",
            RequestError::NothingAbroad(_) => "nothing_abroad",
            RequestError::PlaceUnknown(_) => "place_unknown",
            RequestError::NothingToMerge(_) => "nothing_to_merge",
        }
    }

    /// All codes of this module, for the check that each has its texts.
    pub const CODES: &[&str] = &[
        "unknown_request",
        "ambiguous_request",
        "need_to_know",
        "incomplete",
        "needs_approval",
        "no_partner",
        "own_draft",
        "approved_already",
        "request_sent",
        "request_not_own",
        "request_closed",
        "request_stage",
        "no_ground",
        "unknown_ground",
        "forbidden_ground",
        "nothing_said",
        "bad_element",
        "unknown_element",
        "request_large",
        "attachment_changed",
        "not_onward",
        "unknown_request_kind",
        "measure_of_kind",
        "nothing_to_merge",
        "bad_desk",
        "desk_exists",
        "unknown_desk",
        "request_has_partner",
        "paper_missing",
        "bad_paper",
        "not_on_paper",
        "request_erased",
        "nothing_abroad",
        "place_unknown",
    ];

    /// What the texts are about.
    pub fn values(&self) -> (String, String) {
        let shown = |text: &str| model::refusal::shown(text).to_string();
        match self {
            RequestError::Ambiguous(one, other)
            | RequestError::Incomplete(one, other)
            | RequestError::NeedsApproval(one, other)
            | RequestError::NoPartner(one, other)
            | RequestError::ForbiddenGround(one, other)
            | RequestError::HasPartner(one, other)
            | RequestError::NotOnward(one, other)
            | RequestError::MeasureOfKind(one, other) => (shown(one), other.clone()),
            RequestError::Stage(one, act, stage) => (shown(one), format!("{act} / {stage}")),
            RequestError::NothingSaid(act) => ((*act).to_owned(), String::new()),
            RequestError::Unknown(one)
            | RequestError::NeedToKnow(one)
            | RequestError::OwnDraft(one)
            | RequestError::ApprovedAlready(one)
            | RequestError::Sent(one)
            | RequestError::NotOwn(one)
            | RequestError::Closed(one)
            | RequestError::NoGround(one)
            | RequestError::UnknownGround(one)
            | RequestError::BadElement(one)
            | RequestError::UnknownElement(one)
            | RequestError::Large(one)
            | RequestError::AttachmentChanged(one)
            | RequestError::UnknownKind(one)
            | RequestError::BadDesk(one)
            | RequestError::DeskExists(one)
            | RequestError::UnknownDesk(one)
            | RequestError::PaperMissing(one)
            | RequestError::BadPaper(one)
            | RequestError::NotOnPaper(one)
            | RequestError::Erased(one)
            | RequestError::NothingAbroad(one)
            | RequestError::PlaceUnknown(one)
            | RequestError::NothingToMerge(one) => (shown(one), String::new()),
        }
    }
}
