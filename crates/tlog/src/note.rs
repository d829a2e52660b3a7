//! Signed notes: a text and the lines of those who signed it.
//!
//! Source: C2SP signed-note v1.0.0. A text of lines, an empty line, then a line each:
//! `— NAME BASE64(4 bytes key id, signature)`.

use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256};

/// A note has at most so many bytes.
pub const MAX_BYTES: usize = 64 * 1024;
/// A note has at most so many signatures.
pub const MAX_SIGNATURES: usize = 16;
/// What a signature line begins with: an em dash and a space.
const DASH: &str = "\u{2014} ";

/// How a signature was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// Ed25519 over the text (0x01).
    Ed25519,
    /// Ed25519 over the time and the text (0x04).
    Ed25519Cosignature,
    /// ML-DSA-44 over the name, the time and the tree (0x06).
    MlDsa44Cosignature,
}

impl Scheme {
    /// The byte that stands for it.
    pub fn byte(self) -> u8 {
        match self {
            Scheme::Ed25519 => 0x01,
            Scheme::Ed25519Cosignature => 0x04,
            Scheme::MlDsa44Cosignature => 0x06,
        }
    }

    /// The short name of a key: the first four bytes of a hash over its name, the scheme and the
    /// public key.
    pub fn key_id(self, name: &str, public: &[u8]) -> [u8; 4] {
        let hash = Sha256::new()
            .chain_update(name)
            .chain_update([b'\n', self.byte()])
            .chain_update(public)
            .finalize();
        let mut id = [0; 4];
        id.iter_mut().zip(hash).for_each(|(slot, byte)| *slot = byte);
        id
    }
}

/// A text and who signed it. Nothing of it is trusted before a signature is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text, with its last newline.
    text: String,
    signatures: Vec<Signature>,
}

/// A line under a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who says that he signed.
    pub name: String,
    /// With which key, in short.
    pub key_id: [u8; 4],
    /// What the scheme makes of it.
    pub bytes: Vec<u8>,
}

/// Why bytes are no note.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoteError {
    /// Longer than a note may be.
    #[error("{0} bytes are too many for a note")]
    Large(usize),
    /// No UTF-8, or a control character.
    #[error("no plain text")]
    Text,
    /// Without a text, an empty line or a signature.
    #[error("no text and signatures, an empty line between them")]
    Parts,
    /// A line that is no signature.
    #[error("line {0} of the signatures is none")]
    Signature(usize),
    /// More signatures than a note may have.
    #[error("more than {MAX_SIGNATURES} signatures")]
    Many,
}

impl Note {
    /// A text that nobody has signed yet; `None`: not plain lines with a newline at the end.
    pub fn new(text: String) -> Option<Note> {
        is_text(&text).then_some(Note { text, signatures: Vec::new() })
    }

    /// Reads a note.
    pub fn parse(bytes: &[u8]) -> Result<Note, NoteError> {
        if bytes.len() > MAX_BYTES {
            return Err(NoteError::Large(bytes.len()));
        }
        let all = std::str::from_utf8(bytes).map_err(|_| NoteError::Text)?;
        let end = all.rfind("\n\n").ok_or(NoteError::Parts)?;
        let (text, lines) = all.split_at_checked(end + 1).ok_or(NoteError::Parts)?;
        if !is_text(text) {
            return Err(NoteError::Text);
        }
        let lines = lines.strip_prefix('\n').and_then(|lines| lines.strip_suffix('\n'));
        let mut signatures = Vec::new();
        for (number, line) in lines.ok_or(NoteError::Parts)?.split('\n').enumerate() {
            if number == MAX_SIGNATURES {
                return Err(NoteError::Many);
            }
            signatures.push(Signature::parse(line).ok_or(NoteError::Signature(number + 1))?);
        }
        Ok(Note { text: text.to_owned(), signatures })
    }

    /// The text, with its last newline.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Those who signed, in the order of their lines.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// The signature by a key, by its name and id.
    pub fn signature(&self, name: &str, key_id: [u8; 4]) -> Option<&Signature> {
        self.signatures.iter().find(|one| one.name == name && one.key_id == key_id)
    }

    /// Puts a signature under the note, in the place of an earlier one by the same key.
    pub fn sign(&mut self, signature: Signature) {
        self.signatures.retain(|one| one.name != signature.name || one.key_id != signature.key_id);
        self.signatures.push(signature);
    }

    /// The note as it is written.
    pub fn write(&self) -> String {
        let mut all = format!("{}\n", self.text);
        for Signature { name, key_id, bytes } in &self.signatures {
            let line = Base64::encode_string(&[key_id.as_slice(), bytes].concat());
            all.push_str(&format!("{DASH}{name} {line}\n"));
        }
        all
    }
}

impl Signature {
    fn parse(line: &str) -> Option<Signature> {
        let (name, line) = line.strip_prefix(DASH)?.split_once(' ')?;
        let bytes = Base64::decode_vec(line).ok()?;
        let (key_id, bytes) = bytes.split_first_chunk::<4>()?;
        let signature =
            Signature { name: name.to_owned(), key_id: *key_id, bytes: bytes.to_owned() };
        (is_name(name) && !bytes.is_empty()).then_some(signature)
    }
}

/// Whether somebody may be called so: no space, no plus, no control character.
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
}

fn is_text(text: &str) -> bool {
    text.ends_with('\n') && !text.contains(|c: char| c < ' ' && c != '\n')
}
