//! Bytes that the node itself keeps among the originals: under their digest, compared with it when
//! they are read, and in every backup.

use std::io::Read as _;

use model::digest::Digest;

use crate::error::NodeError;
use crate::node::Node;
use crate::port::Text;

impl Node {
    /// Keeps some bytes under their digest; durable when this returns.
    pub(crate) fn keep_bytes(&self, bytes: Vec<u8>) -> Result<Digest, NodeError> {
        let text = Text { name: "kept".to_owned(), bytes };
        let (digest, _) = self.ports.vault.take(&text)?;
        self.ports.vault.keep_original(&digest)?;
        Ok(digest)
    }

    /// Kept bytes, of which there are no more than this; else why they are not there.
    pub(crate) fn read_kept(&self, digest: &Digest, most: u64) -> Result<Vec<u8>, String> {
        let source =
            self.ports.vault.original(digest, "kept").map_err(|error| error.to_string())?;
        let mut bytes = Vec::new();
        let reader = source.reader().map_err(|error| error.to_string())?;
        reader.take(most).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        match Digest::of(&bytes) == *digest {
            true => Ok(bytes),
            false => Err("its bytes are not those that were kept".to_owned()),
        }
    }
}
