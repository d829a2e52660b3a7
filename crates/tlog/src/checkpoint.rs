//! Checkpoints: how long a log is and what its root is, as its writer signs it.
//!
//! Source: C2SP tlog-checkpoint v1.0.0. Lines: the log's name, its size, its root in Base64, then
//! lines of the writer's own; the node's own record of reading and doing stands in one of them.

use base64ct::{Base64, Encoding as _};
use model::digest::Digest;

use crate::note::{Note, is_name};

/// A checkpoint has at most so many lines of the writer's own.
const MAX_EXTENSIONS: usize = 8;

/// A log at some length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: String,
    /// How many leaves it has.
    pub size: u64,
    /// The root over them.
    pub root: Digest,
    /// Lines of the writer's own.
    pub extensions: Vec<String>,
}

/// Why a note is no checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// The first line is no name.
    #[error("the first line names no log")]
    Origin,
    /// The second line is no number as it is written.
    #[error("the second line is no size")]
    Size,
    /// The third line is no hash.
    #[error("the third line is no root")]
    Root,
    /// An empty line, or too many of them.
    #[error("the lines after the third are not as they may be")]
    Extensions,
}

impl Checkpoint {
    /// Reads a note's text. There is one way to write a checkpoint: what is written otherwise is
    /// none.
    pub fn parse(note: &Note) -> Result<Checkpoint, CheckpointError> {
        let mut lines = note.text().lines();
        let origin = lines.next().filter(|line| is_name(line)).ok_or(CheckpointError::Origin)?;
        let written = lines.next().ok_or(CheckpointError::Size)?;
        let size: u64 = written.parse().map_err(|_| CheckpointError::Size)?;
        if size.to_string() != written {
            return Err(CheckpointError::Size);
        }
        let root = lines.next().and_then(|line| Base64::decode_vec(line).ok());
        let root = root.and_then(|root| root.try_into().ok()).ok_or(CheckpointError::Root)?;
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if extensions.len() > MAX_EXTENSIONS || extensions.iter().any(String::is_empty) {
            return Err(CheckpointError::Extensions);
        }
        Ok(Checkpoint { origin: origin.to_owned(), size, root: Digest(root), extensions })
    }

    /// The text that is signed.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n{}\n{}\n", self.origin, self.size, base64(&self.root));
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        text
    }
}

fn base64(root: &Digest) -> String {
    Base64::encode_string(&root.0)
}
