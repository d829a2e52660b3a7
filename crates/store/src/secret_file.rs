//! The one line of a small file that holds a secret: a passphrase, a PIN.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use node::port::PortError;
use zeroize::Zeroizing;

use crate::error::at;

/// Why a file gives no secret.
pub(crate) enum Unfit {
    /// It is larger than such a file is.
    TooLong,
    /// It is not UTF-8.
    NotText,
    /// It holds nothing.
    Empty,
    /// It could not be read.
    Port(PortError),
}

/// The text of a file without the end of its line; never empty. No copy of it is left in memory.
pub(crate) fn read(path: &Path, max_bytes: usize) -> Result<Zeroizing<String>, Unfit> {
    let file = File::open(path).map_err(|error| Unfit::Port(at("open", path)(error)))?;
    // Room for all of it from the start: a buffer that grows leaves its old bytes behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(max_bytes + 2));
    let mut file = file.take(max_bytes as u64 + 1);
    file.read_to_end(&mut bytes).map_err(|error| Unfit::Port(at("read", path)(error)))?;
    if bytes.len() > max_bytes {
        return Err(Unfit::TooLong);
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| Unfit::NotText)?;
    let text = text.trim_end_matches(['\r', '\n']);
    if text.trim().is_empty() {
        return Err(Unfit::Empty);
    }
    Ok(Zeroizing::new(text.to_owned()))
}
