//! Files mapped into memory: one of the two places of the house where `unsafe` may stand.

use std::fs::File;
use std::path::Path;

use node::port::{Bytes, PortError};
use std::sync::Arc;

use crate::error::at;

/// A whole file as bytes that the system reads when they are touched.
pub fn map(path: &Path) -> Result<Bytes, PortError> {
    let file = File::open(path).map_err(at("open", path))?;
    let length = file.metadata().map_err(at("read", path))?.len();
    if length == 0 {
        return Ok(Arc::new(Vec::new()));
    }
    // SAFETY: the map is sound while nobody shortens or rewrites the file. Segments are written
    // under another name, synced, renamed into place and never opened for writing again, inside a
    // directory that one process holds by its lock; so are graph files; drafts take nothing
    // more once they were mapped. Somebody who edits them by
    // hand can make this process fail; `doctor` finds what was changed by digest.
    #[expect(unsafe_code, reason = "a graph of 100 million transfers has to open at once")]
    let mapped = unsafe { memmap2::Mmap::map(&file) }.map_err(at("map", path))?;
    Ok(Arc::new(mapped))
}
