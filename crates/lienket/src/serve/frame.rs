//! What goes over the node's own socket, between a command and the process that serves.
//!
//! The command sends 4 bytes length (most significant first) and that many bytes of JSON, its
//! request; what follows is its standard input. It gets frames of 1 byte kind, 4 bytes length and
//! so many bytes: 1 for standard output, 2 for standard error; 0, the last one, holds the exit
//! status.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

/// A request has at most so many bytes: command lines are no longer than that.
const MAX_REQUEST: u32 = 4 << 20;
/// A frame has at most so many bytes; longer texts go in several.
const MAX_FRAME: usize = 1 << 20;

/// What a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The exit status, one byte.
    Status,
    /// For standard output.
    Out,
    /// For standard error.
    Error,
}

/// What a command asks.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Request {
    /// Its words, the program's own name first: whatever bytes the system has.
    pub(crate) arguments: Vec<Vec<u8>>,
    /// The language of its texts.
    pub(crate) language: String,
    /// The folder that it was given in.
    pub(crate) folder: Vec<u8>,
}

/// Sends a request.
pub(crate) fn ask(mut to: impl Write, request: &Request) -> io::Result<()> {
    let bytes = serde_json::to_vec(request)?;
    let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= MAX_REQUEST);
    let length = length.ok_or_else(too_long)?;
    to.write_all(&length.to_be_bytes())?;
    to.write_all(&bytes)
}

/// Reads a request.
pub(crate) fn asked(mut from: impl Read) -> io::Result<Request> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length);
    if length > MAX_REQUEST {
        return Err(too_long());
    }
    let mut bytes = Vec::new();
    from.take(u64::from(length)).read_to_end(&mut bytes)?;
    Ok(serde_json::from_slice(&bytes)?)
}

/// Sends bytes as frames of a kind.
pub(crate) fn write(mut to: impl Write, kind: Kind, bytes: &[u8]) -> io::Result<()> {
    let kind = match kind {
        Kind::Status => 0,
        Kind::Out => 1,
        Kind::Error => 2,
    };
    for part in bytes.chunks(MAX_FRAME) {
        let length = u32::try_from(part.len()).unwrap_or(0).to_be_bytes();
        let frame = [&[kind], length.as_slice(), part].concat();
        to.write_all(&frame)?;
    }
    Ok(())
}

/// Reads a frame.
pub(crate) fn read(mut from: impl Read) -> io::Result<(Kind, Vec<u8>)> {
    let mut head = [0; 5];
    from.read_exact(&mut head)?;
    let [kind, length @ ..] = head;
    let length = u32::from_be_bytes(length) as usize;
    let kind = match kind {
        0 => Kind::Status,
        1 => Kind::Out,
        2 => Kind::Error,
        _ => return Err(io::ErrorKind::InvalidData.into()),
    };
    if length > MAX_FRAME {
        return Err(too_long());
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    Ok((kind, bytes))
}

fn too_long() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "longer than it may be")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        let mut bytes = Vec::new();
        let long = vec![7; MAX_FRAME + 1];
        write(&mut bytes, Kind::Out, &long).unwrap();
        write(&mut bytes, Kind::Status, &[1]).unwrap();
        let mut from = bytes.as_slice();
        assert_eq!(read(&mut from).unwrap().1.len(), MAX_FRAME);
        assert_eq!(read(&mut from).unwrap(), (Kind::Out, vec![7]));
        assert_eq!(read(&mut from).unwrap(), (Kind::Status, vec![1]));
        assert!(read(&mut from).is_err(), "there is nothing more");
        assert!(read([9, 0, 0, 0, 0].as_slice()).is_err(), "no such kind");
        assert!(read([1, 255, 255, 255, 255].as_slice()).is_err(), "nothing is that long");
        assert!(asked([255; 8].as_slice()).is_err());
        assert!(asked([0, 0, 0, 2, b'{', b'}'].as_slice()).is_err(), "no request");
    }
}
