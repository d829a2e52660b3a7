//! Equivocation: two checkpoints that one writer signed and that cannot both be true. Whoever holds
//! them can prove it to anybody.

use crate::key::{Key, KeyError};
use crate::note::Note;

/// Two checkpoints of one log, of one size, with two roots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equivocation {
    /// The one that was seen first.
    pub first: Note,
    /// The other.
    pub second: Note,
}

/// Why two notes prove nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EquivocationError {
    /// One of them is not the writer's.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// They speak of two logs, of two sizes, or say the same.
    #[error("both can be true")]
    Agree,
}

impl Equivocation {
    /// Two notes that contradict each other.
    pub fn new(first: Note, second: Note, writer: &Key) -> Result<Equivocation, EquivocationError> {
        let (one, other) = (writer.checkpoint(&first)?, writer.checkpoint(&second)?);
        let is_proof =
            one.origin == other.origin && one.size == other.size && one.root != other.root;
        if is_proof { Ok(Equivocation { first, second }) } else { Err(EquivocationError::Agree) }
    }
}
