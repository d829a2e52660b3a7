//! The machine's randomness.

use node::port::{PortError, Random};

/// The system's own source.
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), PortError> {
        getrandom::fill(bytes).map_err(|error| PortError {
            operation: "draw randomness from",
            object: "the system".to_owned(),
            cause: error.to_string(),
        })
    }
}
