//! A secret at rest, as text: plain, wrapped under a passphrase, or by a token.
//!
//! Three lines: the head, how it is wrapped, hexadecimal.
//!
//! - Wrapped under a passphrase: Argon2id (64 MiB, 3 passes, 1 lane; RFC 9106) gives the key of
//!   XChaCha20-Poly1305; salt (16 bytes), nonce (24), ciphertext with its tag (16). The head is the
//!   data that the tag covers besides.
//! - Wrapped by a token: the second line also names its key. A new key of XChaCha20-Poly1305 as the
//!   token wrapped it (`crate::token`: 60 bytes), nonce (24), ciphertext with its tag (16). The
//!   first two lines are the data that both tags cover besides.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::passphrase::Passphrase;
use crate::protection::{Form, Protection};
use crate::token::{Address, KEY_BYTES, WRAPPED_BYTES};

const PLAIN: &str = "plain";
const PASSPHRASE: &str = "argon2id-xchacha20poly1305";
/// A space and the key's address follow.
const TOKEN: &str = "pkcs11-aes256gcm-xchacha20poly1305";
const SALT: usize = 16;
const NONCE: usize = 24;

/// Why a text gives no secret.
pub(crate) enum Closed {
    /// It is not such a text, or it was changed.
    Damaged,
    /// It needs a passphrase.
    PassphraseMissing,
    /// It needs this key of a token.
    TokenMissing(Address),
    /// The passphrase does not open it, or it was changed.
    PassphraseWrong,
    /// The machine or the token could not do it.
    Failed(StoreError),
}

/// A secret as the text of a file.
pub(crate) fn wrap(
    head: &str,
    secret: &[u8],
    protection: &Protection,
) -> Result<Zeroizing<String>, StoreError> {
    let (how, body) = match protection {
        Protection::Plain => (PLAIN.to_owned(), hex(secret)),
        Protection::Passphrase(passphrase) => {
            let salt = random::<SALT>()?;
            let sealed = seal(&*stretch(passphrase, &*salt)?, head, secret)?;
            (PASSPHRASE.to_owned(), hex(&[salt.as_slice(), &sealed].concat()))
        }
        Protection::Token(token) => {
            let how = format!("{TOKEN} {}", token.address());
            let bound = format!("{head}\n{how}");
            let key = random::<KEY_BYTES>()?;
            let wrapped = token.wrap(&key, bound.as_bytes())?;
            let body = hex(&[wrapped.as_slice(), &seal(&key, &bound, secret)?].concat());
            (how, body)
        }
    };
    Ok(Zeroizing::new(format!("{head}\n{how}\n{}\n", *body)))
}

/// The secret of a text.
pub(crate) fn unwrap(
    head: &str,
    text: &str,
    protection: &Protection,
) -> Result<Zeroizing<Vec<u8>>, Closed> {
    let (form, how, body) = parts(head, text).ok_or(Closed::Damaged)?;
    match form {
        Form::Plain => Ok(body),
        Form::Passphrase => {
            let Protection::Passphrase(passphrase) = protection else {
                return Err(Closed::PassphraseMissing);
            };
            let (salt, sealed) = body.split_at_checked(SALT).ok_or(Closed::Damaged)?;
            let key = stretch(passphrase, salt).map_err(Closed::Failed)?;
            open(&key, head, sealed).ok_or(Closed::PassphraseWrong)
        }
        Form::Token => open_by_token(head, how, &body, protection),
    }
}

/// What protects the secret of a text.
pub(crate) fn form(head: &str, text: &str) -> Option<Form> {
    parts(head, text).map(|(form, ..)| form)
}

/// The form of a text, the line that says it, and the bytes of the third line.
fn parts<'a>(head: &str, text: &'a str) -> Option<(Form, &'a str, Zeroizing<Vec<u8>>)> {
    let mut lines = text.lines();
    let (found, how, body) = (lines.next()?, lines.next()?, lines.next()?);
    let form = match how {
        PLAIN => Form::Plain,
        PASSPHRASE => Form::Passphrase,
        how if how.strip_prefix(TOKEN)?.starts_with(' ') => Form::Token,
        _ => return None,
    };
    (found == head).then_some((form, how, unhex(body)?))
}

fn open_by_token(
    head: &str,
    how: &str,
    body: &[u8],
    protection: &Protection,
) -> Result<Zeroizing<Vec<u8>>, Closed> {
    let address = how.split_once(' ').and_then(|(_, address)| Address::read(address));
    let address = address.ok_or(Closed::Damaged)?;
    let (wrapped, sealed) = body.split_first_chunk::<WRAPPED_BYTES>().ok_or(Closed::Damaged)?;
    let Protection::Token(token) = protection else {
        return Err(Closed::TokenMissing(address));
    };
    let bound = format!("{head}\n{how}");
    let key = token.unwrap(&address, wrapped, bound.as_bytes()).map_err(Closed::Failed)?;
    // The token knew its key again: what does not open now was changed.
    open(&key, &bound, sealed).ok_or(Closed::Damaged)
}

/// Nonce and ciphertext.
fn seal(key: &[u8; 32], bound: &str, secret: &[u8]) -> Result<Vec<u8>, StoreError> {
    let nonce = random::<NONCE>()?;
    let secret = Payload { msg: secret, aad: bound.as_bytes() };
    let sealed = XChaCha20Poly1305::new(key.into()).encrypt(XNonce::from_slice(&*nonce), secret);
    let sealed = sealed.map_err(|_| StoreError::Key("it could not be wrapped"))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn open(key: &[u8; 32], bound: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let sealed = Payload { msg: sealed, aad: bound.as_bytes() };
    let opened = XChaCha20Poly1305::new(key.into()).decrypt(XNonce::from_slice(nonce), sealed);
    opened.ok().map(Zeroizing::new)
}

/// Bytes that nobody can guess.
pub(crate) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, StoreError> {
    let mut bytes = Zeroizing::new([0_u8; N]);
    let filled = getrandom::fill(bytes.as_mut_slice());
    filled.map_err(|_| StoreError::Key("the system gives no randomness"))?;
    Ok(bytes)
}

fn stretch(passphrase: &Passphrase, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, StoreError> {
    let failed = |_| StoreError::Key("the passphrase could not be stretched");
    let params = Params::new(64 * 1024, 3, 1, Some(32)).map_err(failed)?;
    let mut key = Zeroizing::new([0_u8; 32]);
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(passphrase.bytes(), salt, key.as_mut_slice()).map_err(failed)?;
    Ok(key)
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
