//! What protects the node's keys at rest: nothing, a passphrase, or the key of a PKCS#11 token.

use std::path::PathBuf;

use crate::error::StoreError;
use crate::passphrase::Passphrase;
use crate::token::{Address, Pin, Token};

/// Names the file with the passphrase.
pub const PASSPHRASE_FILE: &str = "LIENKET_PASSPHRASE_FILE";
/// Names the module (a shared library) that speaks to the token.
pub const MODULE: &str = "LIENKET_PKCS11_MODULE";
/// The label of the token.
pub const TOKEN: &str = "LIENKET_PKCS11_TOKEN";
/// Names the file with the token's PIN.
pub const PIN_FILE: &str = "LIENKET_PKCS11_PIN_FILE";
/// The label of the key in the token; where it is not set, "lienket".
pub const KEY: &str = "LIENKET_PKCS11_KEY";

/// The label of the key where none is named.
const DEFAULT_KEY: &str = "lienket";

/// What keys are wrapped with when they are written, and opened with when they are read.
pub enum Protection {
    /// Nothing: the file's mode alone.
    Plain,
    /// A passphrase.
    Passphrase(Passphrase),
    /// A key that never leaves its token.
    Token(Token),
}

/// What protects a key file that lies there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Nothing.
    Plain,
    /// A passphrase.
    Passphrase,
    /// A token.
    Token,
}

/// What was named to protect keys with, each under the name of its variable.
#[derive(Debug, Clone, Default)]
pub struct Named {
    /// [`PASSPHRASE_FILE`]
    pub passphrase_file: Option<PathBuf>,
    /// [`MODULE`]
    pub module: Option<PathBuf>,
    /// [`TOKEN`]
    pub token: Option<String>,
    /// [`PIN_FILE`]
    pub pin_file: Option<PathBuf>,
    /// [`KEY`]
    pub key: Option<String>,
}

impl Named {
    /// The protection that is meant. What is named twice or by halves is refused: a guess could
    /// leave keys less protected than somebody believes.
    pub fn read(&self) -> Result<Protection, StoreError> {
        let Named { passphrase_file, module, token, pin_file, key } = self;
        let is_token = module.is_some() || token.is_some() || pin_file.is_some() || key.is_some();
        match passphrase_file {
            Some(_) if is_token => return Err(StoreError::ProtectionTwice),
            Some(path) => return Ok(Protection::Passphrase(Passphrase::read(path)?)),
            None if !is_token => return Ok(Protection::Plain),
            None => {}
        }
        let module = module.as_ref().ok_or(StoreError::TokenIncomplete(MODULE))?;
        let token = token.as_ref().ok_or(StoreError::TokenIncomplete(TOKEN))?;
        let pin_file = pin_file.as_ref().ok_or(StoreError::TokenIncomplete(PIN_FILE))?;
        let key = key.as_deref().unwrap_or(DEFAULT_KEY);
        let address = Address { token: token.clone(), key: key.to_owned() };
        Ok(Protection::Token(Token::new(module.clone(), address, Pin::read(pin_file)?)))
    }
}

impl Protection {
    /// Sees to it that keys can be wrapped, before anything is made: a token has to be there, take
    /// the PIN and hold the key. Where it has no such key, one is made in it.
    pub fn prepare(&self) -> Result<(), StoreError> {
        match self {
            Protection::Plain | Protection::Passphrase(_) => Ok(()),
            Protection::Token(token) => token.prepare(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(named: &[&str], expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret");
        std::fs::write(&secret, "1234\n").unwrap();
        let is = |name: &str| named.contains(&name);
        let named = Named {
            passphrase_file: is("passphrase").then(|| secret.clone()),
            module: is("module").then(|| secret.clone()),
            token: is("token").then(|| "agency".to_owned()),
            pin_file: is("pin").then(|| secret.clone()),
            key: is("key").then(|| "other".to_owned()),
        };
        let found = match named.read() {
            Ok(Protection::Plain) => "plain".to_owned(),
            Ok(Protection::Passphrase(_)) => "passphrase".to_owned(),
            Ok(Protection::Token(token)) => token.address().to_string(),
            Err(error) => format!("{} {}", error.code(), error.value()),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_named_decides() {
        check(&[], "plain");
        check(&["passphrase"], "passphrase");
        check(&["module", "token", "pin"], "pkcs11:token=agency;object=lienket");
        check(&["module", "token", "pin", "key"], "pkcs11:token=agency;object=other");
    }

    #[test]
    fn a_token_named_by_halves_is_refused() {
        check(&["token", "pin"], "token_incomplete LIENKET_PKCS11_MODULE");
        check(&["module", "pin"], "token_incomplete LIENKET_PKCS11_TOKEN");
        check(&["module", "token"], "token_incomplete LIENKET_PKCS11_PIN_FILE");
        check(&["key"], "token_incomplete LIENKET_PKCS11_MODULE");
    }

    #[test]
    fn a_passphrase_beside_a_token_is_refused() {
        let told = "protection_twice both a passphrase and a token are named";
        for beside in ["module", "token", "pin", "key"] {
            check(&["passphrase", beside], told);
        }
    }
}
