//! Answers as text for people. What a machine reads is the answer itself, as JSON.

mod directory;
mod exchange;
mod features;
mod import;
mod law;
mod law_pack;
mod law_page;
mod link;
mod matching;
mod news;
mod node;
mod patterns;
mod requests;
mod table;
mod trace;

pub(crate) use directory::{addressee_warnings, authorities, authority, directory_imported};
pub(crate) use exchange::{
    card, erased, message, messages, opened, partner, partners, rotated, saved, synced, verdict,
};
pub(crate) use features::{FeaturesWritten, features};
pub(crate) use import::imported;
pub(crate) use law::{law_gaps, law_pack, law_supposed};
pub(crate) use law_page::law_basis;
pub(crate) use link::{found, resolved, rings, summary};
pub(crate) use matching::{budgets, hits, lists, opening, opening_checked, runs};
pub(crate) use news::news;
pub(crate) use node::{Audit, Users, Written, audit, case, cases, doctor, made, page, user, users};
pub(crate) use patterns::patterns;
pub(crate) use requests::{
    desks, frozen, request, request_approved, request_checked, request_state, requests,
};
pub(crate) use table::more;
pub(crate) use trace::traced;
