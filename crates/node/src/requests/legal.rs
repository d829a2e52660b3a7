//! What the law says of a request.

use envelope::request::{Basis, Request};
use model::digest::Digest;

use super::error::RequestError;
use crate::answer::{BasisAnswer, GapOfRequest, WarningAnswer};
use crate::error::NodeError;
use crate::node::Node;

pub(super) struct Needed {
    pub(super) element: String,
    pub(super) article: Option<String>,
    pub(super) instrument: String,
    pub(super) name: [String; 2],
}

pub(super) struct Legal {
    pub(super) required: Vec<Needed>,
    pub(super) lead: Option<Basis>,
    pub(super) pack: Digest,
    pub(super) gaps: Vec<GapOfRequest>,
    pub(super) warnings: Vec<WarningAnswer>,
}
impl Legal {
    pub(super) fn basis_answer(&self) -> Option<BasisAnswer> {
        None
    }
}
impl Node {
    pub(super) fn legal(&self, _request: &Request) -> Result<Legal, NodeError> {
        todo!()
    }
    pub(super) fn knows_element(&self, _id: &str) -> bool {
        true
    }
    pub(super) fn element_name(&self, _id: &str) -> [String; 2] {
        todo!()
    }
    pub(super) fn knows_kind(&self, _r: &Request) -> bool {
        true
    }
    pub(super) fn may_refuse(&self, _request: &Request, ground: &str) -> Result<(), NodeError> {
        Err(RequestError::UnknownGround(ground.to_owned()).into())
    }
}
