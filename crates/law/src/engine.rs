//! The engine: the stack of bases for a question, the lead, and what follows from them.

pub(crate) mod bind;
mod condition;
mod contents;
mod gap;
mod provide;
mod stack;

use std::collections::BTreeSet;

use crate::advice::{Advice, Base};
use crate::answer::Answer;
use crate::pack::Pack;
use crate::question::Question;

pub use stack::{Pair, stack};
pub(crate) use stack::{finish, prepare};

/// The advice on a question.
pub fn basis<'p>(pack: &'p Pack, question: &Question<'p>) -> Advice<'p> {
    let bases = stack(&Pair::of(pack, question.from, question.to, question.on), question);
    let lead = bases.iter().find(|base| base.lead);
    let answer = lead.map_or(Answer::No, Base::lowered);
    let gaps = gap::gaps(&bases, answer);
    let contents = contents::Contents { pack, question, bases: &bases };
    let unverified = {
        let mut seen = BTreeSet::new();
        let used = bases.iter().filter(|base| base.answer != Answer::No);
        let cited = used.flat_map(|base| &base.facts).map(|cited| cited.fact());
        cited.filter(|fact| !fact.verified && seen.insert(&fact.id)).collect()
    };
    Advice {
        answer,
        required: contents.required(),
        refusal: contents.refusal(),
        deadlines: contents.deadlines(),
        undertakings: contents.undertakings(),
        rules: contents.rules(),
        gaps,
        unverified,
        pack: pack.digest(),
        bases,
    }
}
