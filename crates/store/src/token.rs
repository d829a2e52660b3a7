//! The PKCS#11 token whose key wraps the node's keys: its address, its PIN, what it does.
//!
//! Source: PKCS#11 2.40 (OASIS); addresses as RFC 7512 writes them, `token` and `object` alone.
//!
//! No token signs with ML-DSA-65 or opens X-Wing yet, so that it cannot hold the node's keys
//! themselves. It holds an AES-256 key that never leaves it, and encrypts with it the key under
//! which `node.key` lies. Who has the disk and not the token has nothing; who may use the token
//! while the node works gets what the node gets.
//!
//! The mechanism is CKM_AES_GCM over 32 bytes. CKM_AES_KEY_WRAP_PAD would wrap nothing but key
//! objects, which had to be put into the token and taken out again as plain values: many tokens
//! forbid just that, and their keys then need not stay in them either.

mod session;

use std::fmt;
use std::path::{Path, PathBuf};

use model::digest::Digest;
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::secret_file::{self, Unfit};

/// A PIN file may be this large.
const MAX_PIN_BYTES: usize = 256;
/// Bytes of a key that a token wraps.
pub(crate) const KEY_BYTES: usize = 32;
/// Bytes of such a key as the token gives it back: nonce (12), ciphertext, tag (16).
pub(crate) const WRAPPED_BYTES: usize = 12 + KEY_BYTES + 16;

/// A token with the key in it, and what it takes to use it.
pub struct Token {
    module: PathBuf,
    address: Address,
    pin: Pin,
}

/// Which key in which token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The token's label.
    pub token: String,
    /// The key's label.
    pub key: String,
}

/// The PIN of a token's user; never empty.
pub struct Pin(Zeroizing<String>);

impl Token {
    /// A token that a module finds.
    pub fn new(module: PathBuf, address: Address, pin: Pin) -> Token {
        Token { module, address, pin }
    }

    /// Which key in which token.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Sees to it that the token is there and holds the key; makes it where it is missing.
    pub(crate) fn prepare(&self) -> Result<(), StoreError> {
        session::make_key(self)
    }

    /// Wraps a key; `bound` is what has to be the same when it is unwrapped.
    pub(crate) fn wrap(
        &self,
        key: &[u8; KEY_BYTES],
        bound: &[u8],
    ) -> Result<[u8; WRAPPED_BYTES], StoreError> {
        session::encrypt(self, key, bound)
    }

    /// Unwraps a key that the key at `address` wrapped.
    pub(crate) fn unwrap(
        &self,
        address: &Address,
        wrapped: &[u8; WRAPPED_BYTES],
        bound: &[u8],
    ) -> Result<Zeroizing<[u8; KEY_BYTES]>, StoreError> {
        // Told before the token is asked: a PIN that belongs to another token is not spent here.
        if *address != self.address {
            return Err(StoreError::TokenOther(address.to_string()));
        }
        session::decrypt(self, wrapped, bound)
    }

    /// What tells whether the same PIN was offered to the same token before.
    fn offer(&self) -> Digest {
        let module = self.module.to_string_lossy();
        let parts = [&*module, &self.address.token, self.pin.0.as_str()];
        Digest::of(Zeroizing::new(parts.join("\0")).as_bytes())
    }
}

impl Pin {
    /// Reads the PIN of a file.
    pub fn read(path: &Path) -> Result<Pin, StoreError> {
        let pin = secret_file::read(path, MAX_PIN_BYTES).map_err(|unfit| match unfit {
            Unfit::TooLong | Unfit::NotText | Unfit::Empty => {
                StoreError::TokenPinUnreadable(path.display().to_string())
            }
            Unfit::Port(error) => error.into(),
        })?;
        Ok(Pin(pin))
    }
}

impl Address {
    /// Reads what `Display` writes, and nothing else.
    pub(crate) fn read(text: &str) -> Option<Address> {
        let (token, key) = text.strip_prefix("pkcs11:token=")?.split_once(";object=")?;
        let address = Address { token: decoded(token)?, key: decoded(key)? };
        (address.to_string() == text).then_some(address)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "pkcs11:token={};object={}", encoded(&self.token), encoded(&self.key))
    }
}

/// Percent-encoded, but for the unreserved characters (RFC 3986, section 2.3).
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

fn decoded(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (byte, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(byte, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(token: &str, key: &str, expected: &str) {
        let address = Address { token: token.to_owned(), key: key.to_owned() };
        assert_eq!(address.to_string(), expected);
        assert_eq!(Address::read(expected), Some(address));
    }

    #[test]
    fn an_address_is_read_as_it_is_written() {
        check("agency", "lienket", "pkcs11:token=agency;object=lienket");
        check("A05 HSM;object=x", "100%", "pkcs11:token=A05%20HSM%3Bobject%3Dx;object=100%25");
        check("Cục", "", "pkcs11:token=C%E1%BB%A5c;object=");
    }

    #[test]
    fn what_nobody_writes_is_no_address() {
        for text in [
            "",
            "pkcs11:token=a",
            "pkcs11:object=b;token=a",
            "pkcs11:token=a b;object=c",
            "pkcs11:token=%4;object=c",
            "pkcs11:token=%zz;object=c",
            "pkcs11:token=%61;object=c",
            "pkcs11:token=a%c3;object=c",
            "pkcs11:token=a;object=c;type=secret-key",
        ] {
            assert_eq!(Address::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_file_that_holds_no_pin_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pin");
        let code = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            Pin::read(&path).map_or_else(|error| error.code().to_owned(), |pin| pin.0.to_string())
        };
        assert_eq!(code(b"1234\r\n"), "1234");
        assert_eq!(code(b"\n"), "token_pin_unreadable");
        assert_eq!(code(b"\xff\xfe"), "token_pin_unreadable");
        assert_eq!(code(&[b'1'; 257]), "token_pin_unreadable");
    }
}
