//! A secret at rest, as text: wrapped under a passphrase, or plain.
//!
//! Three lines: the head, how it is wrapped, hexadecimal. Wrapped under a passphrase: Argon2id
//! (64 MiB, 3 passes, 1 lane; RFC 9106) gives the key of XChaCha20-Poly1305; salt (16 bytes),
//! nonce (24), ciphertext with its tag (16). The head is the data that the tag covers besides.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::passphrase::Passphrase;

const PLAIN: &str = "plain";
const WRAPPED: &str = "argon2id-xchacha20poly1305";
const SALT: usize = 16;
const NONCE: usize = 24;

/// Why a text gives no secret.
pub(crate) enum Closed {
    /// It is not such a text.
    Damaged,
    /// It needs a passphrase.
    Missing,
    /// The passphrase does not open it, or it was changed.
    Wrong,
    /// The machine could not do it.
    Failed(StoreError),
}

/// A secret as the text of a file; wrapped where there is a passphrase.
pub(crate) fn wrap(
    head: &str,
    secret: &[u8],
    passphrase: Option<&Passphrase>,
) -> Result<Zeroizing<String>, StoreError> {
    let Some(passphrase) = passphrase else {
        return Ok(Zeroizing::new(format!("{head}\n{PLAIN}\n{}\n", *hex(secret))));
    };
    let (salt, nonce) = (random::<SALT>()?, random::<NONCE>()?);
    let secret = Payload { msg: secret, aad: head.as_bytes() };
    let sealed = cipher(passphrase, &*salt)?.encrypt(XNonce::from_slice(&*nonce), secret);
    let sealed = sealed.map_err(|_| StoreError::Key("it could not be wrapped"))?;
    let body = [salt.as_slice(), nonce.as_slice(), &sealed].concat();
    Ok(Zeroizing::new(format!("{head}\n{WRAPPED}\n{}\n", *hex(&body))))
}

/// The secret of a text.
pub(crate) fn unwrap(
    head: &str,
    text: &str,
    passphrase: Option<&Passphrase>,
) -> Result<Zeroizing<Vec<u8>>, Closed> {
    let mut lines = text.lines();
    let (found, how, body) = (lines.next(), lines.next(), lines.next());
    let bytes = body.and_then(unhex).ok_or(Closed::Damaged)?;
    match (found, how) {
        (Some(found), Some(PLAIN)) if found == head => Ok(bytes),
        (Some(found), Some(WRAPPED)) if found == head => {
            let passphrase = passphrase.ok_or(Closed::Missing)?;
            let (salt, rest) = bytes.split_at_checked(SALT).ok_or(Closed::Damaged)?;
            let (nonce, sealed) = rest.split_at_checked(NONCE).ok_or(Closed::Damaged)?;
            let cipher = cipher(passphrase, salt).map_err(Closed::Failed)?;
            let sealed = Payload { msg: sealed, aad: head.as_bytes() };
            let opened = cipher.decrypt(XNonce::from_slice(nonce), sealed);
            opened.map(Zeroizing::new).map_err(|_| Closed::Wrong)
        }
        _ => Err(Closed::Damaged),
    }
}

/// Whether a text holds its secret plain.
pub(crate) fn is_plain(text: &str) -> bool {
    text.lines().nth(1) == Some(PLAIN)
}

/// Bytes that nobody can guess.
pub(crate) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, StoreError> {
    let mut bytes = Zeroizing::new([0_u8; N]);
    let filled = getrandom::fill(bytes.as_mut_slice());
    filled.map_err(|_| StoreError::Key("the system gives no randomness"))?;
    Ok(bytes)
}

fn cipher(passphrase: &Passphrase, salt: &[u8]) -> Result<XChaCha20Poly1305, StoreError> {
    let failed = |_| StoreError::Key("the passphrase could not be stretched");
    let params = Params::new(64 * 1024, 3, 1, Some(32)).map_err(failed)?;
    let mut key = Zeroizing::new([0_u8; 32]);
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(passphrase.bytes(), salt, key.as_mut_slice()).map_err(failed)?;
    Ok(XChaCha20Poly1305::new((&*key).into()))
}

fn hex(bytes: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn unhex(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let pairs = text.as_bytes().chunks(2);
    let bytes = pairs.map(|pair| {
        u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok().filter(|_| pair.len() == 2)
    });
    bytes.collect::<Option<Vec<u8>>>().map(Zeroizing::new)
}
