//! A law pack as it goes from one agency to another: a head that people can read, two signatures
//! over it, and the pack's files as they are.
//!
//! Bytes: text in UTF-8 whose lines end with a newline each.
//!
//! ```text
//! lienket law pack 1
//! name NAME                        what the pack calls itself, with its day
//! signed 2026-11-27T08:00:00Z      by the signer's clock
//! agency 64 HEXADECIMAL DIGITS     the signer: the digest over its root keys
//! pack 64 HEXADECIMAL DIGITS       SHA-256 over the listing that sha256sum prints for the files
//! SHA256 BYTES FILE                one line a file, in the order of the names' bytes
//! (an empty line: the head ends before it)
//! ed25519 KEY SIGNATURE            hexadecimal
//! ml-dsa-44 SIGNATURE              by the key that stands beside the other in the agency's card
//! (an empty line)
//! the files, one behind the other, and nothing behind them
//! ```
//!
//! Both sign `lienket/lk1/law-pack`, a newline, and the head. There is one way to write a pack.

use ed25519_dalek::{Signature, VerifyingKey};
use ml_dsa::{EncodedVerifyingKey, MlDsa44};
use model::digest::Digest;
use model::time::Timestamp;

use crate::card::{AgencyId, SigningEntry};

/// The first line: another version is another format.
const FIRST: &str = "lienket law pack 1";
const SIGNED: &[u8] = b"lienket/lk1/law-pack\n";
/// A pack has at most so many files.
pub const MAX_FILES: usize = 2_000;
/// One file has at most so many bytes.
pub const MAX_FILE_BYTES: usize = 1 << 20;
/// All files together have at most so many bytes.
pub const MAX_PACK_BYTES: usize = 16 << 20;
/// All has at most so many bytes: the files, a line for each, and the signatures.
pub const MAX_BYTES: usize = MAX_PACK_BYTES + (1 << 20);
/// A name has at most so many bytes.
const MAX_NAME: usize = 300;
/// Bytes of an ML-DSA-44 signature.
const ML_DSA_SIGNATURE_BYTES: usize = 2_420;

/// What a signer says of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What the pack calls itself. Invariant: one line.
    name: String,
    signed: Timestamp,
    agency: AgencyId,
    /// Invariant: names are plain and rise; there are no more and no longer ones than a pack may
    /// have.
    files: Vec<Listed>,
}

/// A line of the head's listing.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Listed {
    name: String,
    bytes: usize,
    digest: Digest,
}

/// A pack with its signatures; whose they are, `check` says. Invariant: the files are those that
/// the head lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedPack {
    head: Head,
    key: [u8; 32],
    ed25519: [u8; 64],
    ml_dsa: Vec<u8>,
    texts: Vec<String>,
}

/// Why bytes are no law pack, or nobody's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LawPackError {
    /// More than a pack may have.
    #[error("it is larger than a law pack may be")]
    Large,
    /// A line that is not as it has to be, counted from 1.
    #[error("line {0} is not as it has to be")]
    Line(usize),
    /// A file that is not the one that the head lists, or no text.
    #[error("{0} is not the file that the head lists")]
    File(String),
    /// The head names another digest than that of its listing.
    #[error("the digest is not that of the listing")]
    Listing,
    /// Something stands behind the last file.
    #[error("something stands behind the last file")]
    Left,
    /// Not signed by that key.
    #[error("the {0} signature does not hold")]
    Signature(&'static str),
}

impl Head {
    /// What an agency says of a pack's files, which are put into their order.
    pub fn new(
        name: &str,
        signed: Timestamp,
        agency: AgencyId,
        files: &[(&str, &str)],
    ) -> Result<Head, LawPackError> {
        let mut files: Vec<Listed> = files
            .iter()
            .map(|(name, text)| {
                let (digest, name) = (Digest::of(text.as_bytes()), (*name).to_owned());
                Listed { name, bytes: text.len(), digest }
            })
            .collect();
        files.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        let head = Head { name: name.to_owned(), signed, agency, files };
        head.check()?;
        Ok(head)
    }

    /// What the pack calls itself.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When it was signed, by its signer's clock.
    pub fn signed(&self) -> Timestamp {
        self.signed
    }

    /// Who signed it, as it says.
    pub fn agency(&self) -> AgencyId {
        self.agency
    }

    /// The pack's digest.
    pub fn pack(&self) -> Digest {
        Digest::of_listing(self.files.iter().map(|one| (one.name.as_str(), one.digest)))
    }

    /// What both keys sign.
    pub fn message(&self) -> Vec<u8> {
        [SIGNED, self.write().as_bytes()].concat()
    }

    fn write(&self) -> String {
        let Head { name, signed, agency, files } = self;
        let mut text = format!(
            "{FIRST}\nname {name}\nsigned {signed}\nagency {}\npack {}\n",
            agency.0,
            self.pack()
        );
        for Listed { name, bytes, digest } in files {
            text.push_str(&format!("{digest} {bytes} {name}\n"));
        }
        text
    }

    fn check(&self) -> Result<(), LawPackError> {
        let name = self.name.as_str();
        if name.is_empty() || name.len() > MAX_NAME || name.contains(char::is_control) {
            return Err(LawPackError::Line(2));
        }
        let total = self.files.iter().map(|one| one.bytes).fold(0, usize::saturating_add);
        let is_long = self.files.iter().any(|one| one.bytes > MAX_FILE_BYTES);
        if self.files.len() > MAX_FILES || is_long || total > MAX_PACK_BYTES {
            return Err(LawPackError::Large);
        }
        let rises = self.files.windows(2).all(|two| match two {
            [one, other] => one.name < other.name,
            _ => true,
        });
        match self.files.iter().find(|one| !is_name(&one.name)) {
            Some(one) => Err(LawPackError::File(model::refusal::shown(&one.name).to_string())),
            None if !rises => Err(LawPackError::Listing),
            None => Ok(()),
        }
    }

    /// Reads the lines of a head.
    fn parse(lines: &[&str]) -> Result<Head, LawPackError> {
        let line = |place: usize, word: &str| {
            let rest = lines.get(place).and_then(|line| line.strip_prefix(word));
            rest.ok_or(LawPackError::Line(place + 1))
        };
        if !line(0, FIRST)?.is_empty() {
            return Err(LawPackError::Line(1));
        }
        let name = line(1, "name ")?.to_owned();
        let signed = Timestamp::parse(line(2, "signed ")?).map_err(|_| LawPackError::Line(3))?;
        let agency = Digest::parse(line(3, "agency ")?).map_err(|_| LawPackError::Line(4))?;
        let pack = Digest::parse(line(4, "pack ")?).map_err(|_| LawPackError::Line(5))?;
        let listing = lines.get(5..).unwrap_or_default();
        if listing.len() > MAX_FILES {
            return Err(LawPackError::Large);
        }
        let mut files = Vec::new();
        for (place, line) in listing.iter().enumerate() {
            files.push(listed(line).ok_or(LawPackError::Line(place + 6))?);
        }
        let head = Head { name, signed, agency: AgencyId(agency), files };
        head.check()?;
        if head.pack() == pack { Ok(head) } else { Err(LawPackError::Listing) }
    }
}

fn listed(line: &str) -> Option<Listed> {
    let mut words = line.splitn(3, ' ');
    let digest = Digest::parse(words.next()?).ok()?;
    let bytes = words.next()?.parse().ok()?;
    Some(Listed { name: words.next()?.to_owned(), bytes, digest })
}

/// Whether a file may be called so: `NAME.toml`, or the same in one folder. Nothing leads elsewhere
/// where somebody unpacks it.
fn is_name(name: &str) -> bool {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("files", name));
    let is_plain = |text: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        !text.is_empty() && text.bytes().all(plain)
    };
    name.len() <= MAX_NAME && is_plain(folder) && file.strip_suffix(".toml").is_some_and(is_plain)
}

impl SignedPack {
    /// A pack's files, a head for them and its two signatures, as bytes.
    pub fn write(
        head: &Head,
        (key, ed25519): ([u8; 32], [u8; 64]),
        ml_dsa: &[u8],
        files: &[(&str, &str)],
    ) -> Vec<u8> {
        let (key, ed25519) = (hexadecimal(&key), hexadecimal(&ed25519));
        let ml_dsa = hexadecimal(ml_dsa);
        let mut text = head.write();
        text.push_str(&format!("\ned25519 {key} {ed25519}\nml-dsa-44 {ml_dsa}\n\n"));
        let mut files = files.to_vec();
        files.sort_unstable();
        files.iter().for_each(|(_, file)| text.push_str(file));
        text.into_bytes()
    }

    /// Reads a pack; nothing is said yet about who made it.
    pub fn parse(bytes: &[u8]) -> Result<SignedPack, LawPackError> {
        if bytes.len() > MAX_BYTES {
            return Err(LawPackError::Large);
        }
        let text = str::from_utf8(bytes).map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            LawPackError::Line(before.iter().filter(|byte| **byte == b'\n').count() + 1)
        })?;
        let (head, rest) = text.split_once("\n\n").ok_or(LawPackError::Line(1))?;
        let lines: Vec<&str> = head.split('\n').take(MAX_FILES + 6).collect();
        let head_lines = lines.len();
        let head = Head::parse(&lines)?;
        let (signatures, mut content) =
            rest.split_once("\n\n").ok_or(LawPackError::Line(head_lines + 2))?;
        let (first, second) =
            signatures.split_once('\n').ok_or(LawPackError::Line(head_lines + 2))?;
        let (key, ed25519) = ed25519_line(first).ok_or(LawPackError::Line(head_lines + 2))?;
        let ml_dsa = second.strip_prefix("ml-dsa-44 ").and_then(bytes_of);
        let ml_dsa: Vec<u8> = ml_dsa
            .filter(|signature| signature.len() == ML_DSA_SIGNATURE_BYTES)
            .ok_or(LawPackError::Line(head_lines + 3))?;
        let mut texts = Vec::new();
        for Listed { name, bytes, digest } in &head.files {
            let (file, behind) = content
                .split_at_checked(*bytes)
                .filter(|(file, _)| Digest::of(file.as_bytes()) == *digest)
                .ok_or_else(|| LawPackError::File(name.clone()))?;
            texts.push(file.to_owned());
            content = behind;
        }
        if !content.is_empty() {
            return Err(LawPackError::Left);
        }
        let pack = SignedPack { head, key, ed25519, ml_dsa, texts };
        // Numbers, days and digits have more than one spelling; one of them is signed.
        let again =
            SignedPack::write(&pack.head, (pack.key, pack.ed25519), &pack.ml_dsa, &pack.files());
        if again == bytes {
            return Ok(pack);
        }
        let place = again.iter().zip(bytes).take_while(|(one, other)| one == other).count();
        let before = bytes.get(..place).unwrap_or_default();
        Err(LawPackError::Line(before.iter().filter(|byte| **byte == b'\n').count() + 1))
    }

    /// What its signer says of it.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The Ed25519 key that is said to have signed it.
    pub fn key(&self) -> &[u8; 32] {
        &self.key
    }

    /// Its files: names and texts.
    pub fn files(&self) -> Vec<(&str, &str)> {
        let names = self.head.files.iter().map(|one| one.name.as_str());
        names.zip(self.texts.iter().map(String::as_str)).collect()
    }

    /// Whether both keys of an entry of the signer's card made it.
    pub fn check(&self, entry: &SigningEntry) -> Result<(), LawPackError> {
        let message = self.head.message();
        let bad = LawPackError::Signature;
        let key = VerifyingKey::from_bytes(&entry.key).ok().filter(|key| !key.is_weak());
        let key = key.filter(|key| *key.as_bytes() == self.key).ok_or(bad("Ed25519"))?;
        let signature = Signature::from_bytes(&self.ed25519);
        key.verify_strict(&message, &signature).map_err(|_| bad("Ed25519"))?;
        let key = EncodedVerifyingKey::<MlDsa44>::try_from(entry.ml_dsa.as_slice());
        let key = ml_dsa::VerifyingKey::decode(&key.map_err(|_| bad("ML-DSA-44"))?);
        let signature = ml_dsa::Signature::<MlDsa44>::try_from(self.ml_dsa.as_slice());
        let signature = signature.map_err(|_| bad("ML-DSA-44"))?;
        match key.verify_with_context(&message, &[], &signature) {
            true => Ok(()),
            false => Err(bad("ML-DSA-44")),
        }
    }
}

fn ed25519_line(line: &str) -> Option<([u8; 32], [u8; 64])> {
    let (key, signature) = line.strip_prefix("ed25519 ")?.split_once(' ')?;
    Some((bytes_of(key)?.try_into().ok()?, bytes_of(signature)?.try_into().ok()?))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes_of(hexadecimal: &str) -> Option<Vec<u8>> {
    let digits = hexadecimal.as_bytes();
    if !digits.len().is_multiple_of(2) || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks_exact(2).map(byte).collect()
}
