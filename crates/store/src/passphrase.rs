//! The passphrase of the node's key, read from a file that the agency keeps.

use std::path::Path;

use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::secret_file::{self, Unfit};

/// A passphrase file may be this large: whoever names another file by mistake is told so.
const MAX_BYTES: usize = 4_096;

/// A passphrase: never empty, without the end of its line.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Reads the passphrase of a file.
    pub fn read(path: &Path) -> Result<Passphrase, StoreError> {
        let named = path.display().to_string();
        let text = secret_file::read(path, MAX_BYTES).map_err(|unfit| match unfit {
            Unfit::TooLong => StoreError::PassphraseTooLong(named),
            Unfit::NotText => StoreError::PassphraseNotText(named),
            Unfit::Empty => StoreError::PassphraseEmpty(named),
            Unfit::Port(error) => error.into(),
        })?;
        Ok(Passphrase(text))
    }

    /// Its bytes, from which the key's key is made.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("passphrase");
        std::fs::write(&path, bytes).unwrap();
        let found = match Passphrase::read(&path) {
            Ok(passphrase) => passphrase.0.to_string(),
            Err(error) => error.code().to_owned(),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn the_end_of_the_line_is_no_part_of_it() {
        check("mật khẩu dài\r\n".as_bytes(), "mật khẩu dài");
    }

    #[test]
    fn an_empty_file_is_refused() {
        check(b"\n", "passphrase_empty");
        check(b"  \n", "passphrase_empty");
    }

    #[test]
    fn a_large_file_is_refused() {
        check(&[b'a'; 4_096], &"a".repeat(4_096));
        check(&[b'a'; 4_097], "passphrase_too_long");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        check(b"\xff\xfe\x00", "passphrase_not_text");
    }
}
