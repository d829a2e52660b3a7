//! The asking side: identifiers are blinded, and outputs come of what is answered.
//!
//! Source: RFC 9497 sections 3.3.1 and 3.3.2 (`Blind`, `Finalize`). All blinds of a session come of
//! one random seed, so that whoever was stopped in the middle takes a batch up again from the seed
//! and what was sent.

use curve25519_dalek::scalar::Scalar;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::curve::{By, elements_of_uniform, mapped, twice_raised};
use crate::element::{BYTES, Element, ElementError};
use crate::hash::{Messages, Wide};
use crate::key::{Answer, KeyError, MAX_BATCH, check_lengths};
use crate::output::Output;
use crate::suite::Mode;
use crate::threads::spread;

/// What blinds of one batch are derived under.
const BLIND: &[u8] = b"lienket/match/v1/blind";
/// The same for elements that only fill a batch up.
const FILLER: &[u8] = b"lienket/match/v1/filler";

/// The seed of a session's blinds.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Seed(pub [u8; 32]);

/// One batch that was blinded and waits for its answer.
pub struct Asking {
    mode: Mode,
    blinds: Blinds,
    asked: Vec<Element>,
}

/// The blinds of a batch.
#[derive(Zeroize, ZeroizeOnDrop)]
struct Blinds(Vec<Scalar>);

/// Why an answer is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerError {
    /// It does not have as many elements as were asked about.
    #[error("{answered} elements are answered, {asked} were asked about")]
    Count {
        /// How many were asked about.
        asked: usize,
        /// How many came.
        answered: usize,
    },
    /// Something in it is no element.
    #[error("{0}")]
    Element(#[from] ElementError),
    /// It was not the published key.
    #[error("the proof does not hold")]
    Proof,
    /// These are not the inputs that were blinded.
    #[error("{inputs} inputs for a batch of {asked}")]
    Inputs {
        /// How many inputs were given.
        inputs: usize,
        /// How many were asked about.
        asked: usize,
    },
}

impl Seed {
    /// The blind of one place of a batch: who has it can see which input an element stands for.
    pub fn danger_blind(&self, number: u32, place: u64) -> [u8; 32] {
        let mut messages = Messages::new(1, 128);
        messages.push(&[BLIND, &self.0, &number.to_be_bytes()], &[&place.to_be_bytes()]);
        let wide = Zeroizing::new(messages.digests());
        Scalar::from_bytes_mod_order_wide(&wide[0]).to_bytes()
    }
}

impl Asking {
    /// Blinds a batch, and fills it up to `size` with elements that belong to nobody: number and
    /// seed tell the blinds.
    pub fn blind<I: AsRef<[u8]> + Sync>(
        mode: Mode,
        inputs: &[I],
        size: usize,
        (seed, number): (&Seed, u32),
        threads: usize,
    ) -> Result<Asking, KeyError> {
        let size = size.max(inputs.len());
        if size == 0 || size > MAX_BATCH {
            return Err(KeyError::Batch(size));
        }
        let blinds = Blinds::of(seed, number, inputs.len());
        let mut asking = Asking::with(mode, inputs, blinds, threads)?;
        let uniform = wide(FILLER, seed, number, size - inputs.len());
        let fillers = spread(&uniform, threads, |_, uniform| mapped(uniform));
        // A hash that is neutral is not found by chance.
        let fillers = fillers.into_iter().map(|filler| filler.ok_or(KeyError::Batch(size)));
        asking.asked.extend(fillers.collect::<Result<Vec<_>, _>>()?);
        Ok(asking)
    }

    /// Blinds a batch with blinds that somebody chose: for published vectors.
    pub fn danger_blind<I: AsRef<[u8]> + Sync>(
        mode: Mode,
        inputs: &[I],
        blinds: &[[u8; 32]],
    ) -> Result<Asking, KeyError> {
        let blinds = blinds.iter().map(|bytes| {
            let blind = Option::<Scalar>::from(Scalar::from_canonical_bytes(*bytes));
            blind.filter(|blind| *blind != Scalar::ZERO).ok_or(KeyError::Secret)
        });
        let blinds = Blinds(blinds.collect::<Result<_, _>>()?);
        if blinds.0.len() != inputs.len() {
            return Err(KeyError::Batch(blinds.0.len()));
        }
        Asking::with(mode, inputs, blinds, 1)
    }

    fn with<I: AsRef<[u8]> + Sync>(
        mode: Mode,
        inputs: &[I],
        blinds: Blinds,
        threads: usize,
    ) -> Result<Asking, KeyError> {
        let halves = blinds.halves();
        let asked = spread(inputs, threads, |first, part| {
            let by = By::Each(&halves.0[first..first + part.len()]);
            if let Err(error) = check_lengths(first, part) {
                return vec![Err(error)];
            }
            let elements = elements_of_uniform(&mode.uniform(part), by).into_iter().enumerate();
            // No blind is zero: what comes out neutral was hashed to the neutral element.
            elements.map(|(at, element)| element.ok_or(KeyError::Input(first + at))).collect()
        });
        let asked = asked.into_iter().collect::<Result<_, _>>()?;
        Ok(Asking { mode, blinds, asked })
    }

    /// Takes a batch up again that was blinded from this seed and sent, as it was sent; it holds
    /// `inputs` inputs and is filled up behind them.
    pub fn resume(
        mode: Mode,
        inputs: usize,
        sent: &[[u8; BYTES]],
        (seed, number): (&Seed, u32),
        threads: usize,
    ) -> Result<Asking, AnswerError> {
        if inputs > sent.len() || sent.len() > MAX_BATCH {
            return Err(AnswerError::Inputs { inputs, asked: sent.len() });
        }
        let asked = Element::parse_all(sent, threads)?;
        Ok(Asking { mode, blinds: Blinds::of(seed, number, inputs), asked })
    }

    /// What is sent.
    pub fn elements(&self) -> impl ExactSizeIterator<Item = &[u8; BYTES]> {
        self.asked.iter().map(Element::bytes)
    }

    /// The outputs of the inputs that were blinded, once the proof was seen to hold.
    pub fn finish<I: AsRef<[u8]> + Sync>(
        &self,
        inputs: &[I],
        public: &Element,
        answer: &Answer,
        threads: usize,
    ) -> Result<Vec<Output>, AnswerError> {
        let (asked, answered) = (self.asked.len(), answer.elements.len());
        if asked != answered {
            return Err(AnswerError::Count { asked, answered });
        }
        if inputs.len() != self.blinds.0.len() {
            return Err(AnswerError::Inputs { inputs: inputs.len(), asked });
        }
        let raised = Element::parse_all(&answer.elements, threads)?;
        if !answer.proof.holds(self.mode, public, &self.asked, &raised, threads) {
            return Err(AnswerError::Proof);
        }
        Ok(self.unblind(inputs, &raised, threads))
    }

    /// The outputs by an answer that carries no proof, in the mode that has none.
    pub fn danger_finish<I: AsRef<[u8]> + Sync>(
        &self,
        inputs: &[I],
        elements: &[[u8; BYTES]],
    ) -> Result<Vec<Output>, AnswerError> {
        let (asked, answered) = (self.asked.len(), elements.len());
        if asked != answered || inputs.len() != self.blinds.0.len() {
            return Err(AnswerError::Count { asked, answered });
        }
        Ok(self.unblind(inputs, &Element::parse_all(elements, 1)?, 1))
    }

    fn unblind<I: AsRef<[u8]> + Sync>(
        &self,
        inputs: &[I],
        raised: &[Element],
        threads: usize,
    ) -> Vec<Output> {
        spread(inputs, threads, |first, part| {
            let mut inverse = Blinds(self.blinds.0[first..first + part.len()].to_vec());
            if !part.is_empty() {
                Scalar::invert_batch_alloc(&mut inverse.0);
            }
            let raised = &raised[first..first + part.len()];
            Output::of(part, &twice_raised(raised, By::Each(&inverse.halves().0)))
        })
    }
}

impl Blinds {
    /// The blinds of a batch; zero, which no seed gives, would be seen by everybody.
    fn of(seed: &Seed, number: u32, count: usize) -> Blinds {
        let wide = wide(BLIND, seed, number, count);
        let blinds = Blinds(wide.iter().map(Scalar::from_bytes_mod_order_wide).collect());
        assert!(blinds.0.iter().all(|blind| *blind != Scalar::ZERO), "a blind is never zero");
        blinds
    }

    /// Half of each: see [`twice_raised`].
    fn halves(&self) -> Blinds {
        let half = Scalar::from(2_u8).invert();
        Blinds(self.0.iter().map(|blind| blind * half).collect())
    }
}

/// 64 bytes of a seed for each place of a batch.
fn wide(name: &[u8], seed: &Seed, number: u32, count: usize) -> Zeroizing<Vec<Wide>> {
    let mut messages = Messages::new(count, 128);
    for place in 0..count as u64 {
        let (number, place) = (number.to_be_bytes(), place.to_be_bytes());
        messages.push(&[name, &seed.0, &number], &[&place]);
    }
    Zeroizing::new(messages.digests())
}
