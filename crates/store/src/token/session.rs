//! One visit to a token: the module is started, the PIN offered once, one thing done, all closed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Function, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::aead::GcmParams;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::{AuthPin, Ulong};
use model::digest::Digest;
use zeroize::Zeroizing;

use super::{KEY_BYTES, Token, WRAPPED_BYTES};
use crate::error::StoreError;
use crate::wrap::random;

const NONCE: usize = 12;
const TAG_BITS: Ulong = Ulong::new(128);
const LENGTH: Ulong = Ulong::new(KEY_BYTES as _);

/// Whoever visits holds it: a module knows one login a process, which a second visitor would end.
static VISITS: Mutex<Visits> = Mutex::new(Visits { modules: BTreeMap::new(), refused: None });

/// What one process remembers of its visits.
struct Visits {
    /// Modules stay loaded: many do not stand being unloaded.
    modules: BTreeMap<PathBuf, Pkcs11>,
    /// What a token refused last. It is not offered again: after a few a token locks itself.
    refused: Option<Digest>,
}

/// Makes the key where it is missing; a key that is there has to be fit.
pub(super) fn make_key(token: &Token) -> Result<(), StoreError> {
    visit(token, true, |session| match key(session, token) {
        Err(StoreError::TokenNotFound(_)) => {
            let made = session.generate_key(&Mechanism::AesKeyGen, &template(token));
            fit(session, token, made.map_err(failed)?)
        }
        found => fit(session, token, found?),
    })
}

/// Nonce, ciphertext and tag of a key.
pub(super) fn encrypt(
    token: &Token,
    secret: &[u8; KEY_BYTES],
    bound: &[u8],
) -> Result<[u8; WRAPPED_BYTES], StoreError> {
    visit(token, false, |session| {
        let key = key(session, token)?;
        fit(session, token, key)?;
        // Random nonces are few here, one each time that keys are written.
        let mut nonce = *random::<NONCE>()?;
        let parameters = GcmParams::new(&mut nonce, bound, TAG_BITS).map_err(failed)?;
        let sealed = session.encrypt(&Mechanism::AesGcm(parameters), key, secret);
        // A token that takes its own nonce has written it over ours.
        let wrapped = [nonce.as_slice(), &sealed.map_err(failed)?].concat();
        // Keys that could not be opened again would be lost: tried before anything is written.
        let unlike = |_| StoreError::TokenFailed("its AES-GCM is not the usual one".to_owned());
        let wrapped = wrapped.try_into().map_err(unlike)?;
        match open(session, token, key, &wrapped, bound)? == Zeroizing::new(*secret) {
            true => Ok(wrapped),
            false => Err(unlike(Vec::new())),
        }
    })
}

/// The key of its nonce, ciphertext and tag.
pub(super) fn decrypt(
    token: &Token,
    wrapped: &[u8; WRAPPED_BYTES],
    bound: &[u8],
) -> Result<Zeroizing<[u8; KEY_BYTES]>, StoreError> {
    visit(token, false, |session| open(session, token, key(session, token)?, wrapped, bound))
}

fn open(
    session: &Session,
    token: &Token,
    key: ObjectHandle,
    wrapped: &[u8; WRAPPED_BYTES],
    bound: &[u8],
) -> Result<Zeroizing<[u8; KEY_BYTES]>, StoreError> {
    let other = || StoreError::TokenOther(token.address.to_string());
    let (nonce, sealed) = wrapped.split_first_chunk::<NONCE>().ok_or_else(other)?;
    let mut nonce = *nonce;
    let parameters = GcmParams::new(&mut nonce, bound, TAG_BITS).map_err(failed)?;
    let opened = session.decrypt(&Mechanism::AesGcm(parameters), key, sealed);
    let opened = Zeroizing::new(opened.map_err(|error| match error {
        // What tokens say of a tag that is wrong differs.
        Error::Pkcs11(
            RvError::EncryptedDataInvalid
            | RvError::EncryptedDataLenRange
            | RvError::DataInvalid
            | RvError::GeneralError
            | RvError::FunctionFailed,
            Function::Decrypt,
        ) => other(),
        error => failed(error),
    })?);
    opened.as_slice().try_into().map(Zeroizing::new).map_err(|_| other())
}

/// Goes to the token, does one thing there, and leaves nothing open.
fn visit<T>(
    token: &Token,
    writes: bool,
    act: impl FnOnce(&Session) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut visits = VISITS.lock().unwrap_or_else(PoisonError::into_inner);
    let offer = token.offer();
    if visits.refused == Some(offer) {
        return Err(StoreError::TokenPinWrong(token.address.token.clone()));
    }
    let unusable = |error: Error| StoreError::TokenModule {
        module: token.module.display().to_string(),
        cause: error.to_string(),
    };
    let module = match visits.modules.get(&token.module) {
        Some(module) => module.clone(),
        None => Pkcs11::new(&token.module).map_err(unusable)?,
    };
    visits.modules.insert(token.module.clone(), module.clone());
    let locking = CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK);
    match module.initialize(locking) {
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
        Err(error) => return Err(unusable(error)),
    }
    let done = log_in(&module, token, writes).and_then(|session| act(&session));
    if matches!(done, Err(StoreError::TokenPinWrong(_))) {
        visits.refused = Some(offer);
    }
    // What was done counts, also where the module cannot end well.
    let _ = module.finalize();
    done
}

/// A session with the token, the PIN taken. The session ends when it is dropped.
fn log_in(module: &Pkcs11, token: &Token, writes: bool) -> Result<Session, StoreError> {
    let label = &token.address.token;
    let slot = slot(module, token)?;
    let told = module.get_token_info(slot).map_err(failed)?;
    // The last attempt is left to a person, who can see what he types.
    if told.user_pin_locked() || told.user_pin_final_try() {
        return Err(StoreError::TokenPinLocked(label.clone()));
    }
    let session = match writes {
        true => module.open_rw_session(slot),
        false => module.open_ro_session(slot),
    };
    let session = session.map_err(failed)?;
    let pin = AuthPin::new(token.pin.0.as_str().into());
    session.login(UserType::User, Some(&pin)).map_err(|error| match error {
        Error::Pkcs11(RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange, _) => {
            StoreError::TokenPinWrong(label.clone())
        }
        Error::Pkcs11(RvError::PinLocked, _) => StoreError::TokenPinLocked(label.clone()),
        error => failed(error),
    })?;
    Ok(session)
}

/// The slot where the token of this label is.
fn slot(module: &Pkcs11, token: &Token) -> Result<Slot, StoreError> {
    let slots = module.get_slots_with_token().map_err(failed)?;
    // A token that says nothing of itself is not the one that is meant.
    let is_meant = |slot: &Slot| {
        let told = module.get_token_info(*slot);
        told.is_ok_and(|told| told.token_initialized() && told.label() == token.address.token)
    };
    one(slots.into_iter().filter(is_meant).collect(), token)
}

/// The key of this label.
fn key(session: &Session, token: &Token) -> Result<ObjectHandle, StoreError> {
    let wanted = [
        Attribute::Class(ObjectClass::SECRET_KEY),
        Attribute::Token(true),
        Attribute::Label(token.address.key.clone().into_bytes()),
    ];
    one(session.find_objects(&wanted).map_err(failed)?, token)
}

/// The only one of its label.
fn one<T: Copy>(found: Vec<T>, token: &Token) -> Result<T, StoreError> {
    match found.as_slice() {
        [] => Err(StoreError::TokenNotFound(token.address.to_string())),
        [one] => Ok(*one),
        _ => Err(StoreError::TokenAmbiguous(token.address.to_string())),
    }
}

/// A key that never leaves the token, for nothing but this.
fn template(token: &Token) -> [Attribute; 12] {
    [
        Attribute::Class(ObjectClass::SECRET_KEY),
        Attribute::KeyType(KeyType::AES),
        Attribute::ValueLen(LENGTH),
        Attribute::Label(token.address.key.clone().into_bytes()),
        Attribute::Token(true),
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
        Attribute::Encrypt(true),
        Attribute::Decrypt(true),
        Attribute::Wrap(false),
        Attribute::Unwrap(false),
    ]
}

/// Refuses a key that somebody could take out of the token.
fn fit(session: &Session, token: &Token, key: ObjectHandle) -> Result<(), StoreError> {
    let asked = [
        AttributeType::KeyType,
        AttributeType::ValueLen,
        AttributeType::Sensitive,
        AttributeType::Extractable,
    ];
    let told = session.get_attributes(key, &asked).map_err(failed)?;
    let wanted = [
        Attribute::KeyType(KeyType::AES),
        Attribute::ValueLen(LENGTH),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
    ];
    match wanted.iter().all(|attribute| told.contains(attribute)) {
        true => Ok(()),
        false => Err(StoreError::TokenKeyUnfit(token.address.to_string())),
    }
}

fn failed(error: Error) -> StoreError {
    StoreError::TokenFailed(error.to_string())
}
