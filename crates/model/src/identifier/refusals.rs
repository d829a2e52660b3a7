//! The shape that all refusals of the identifiers share: a kind of refusal, its stable code, its
//! English text, and the value that was refused (shortened, since it may be hostile).

/// At most this many characters of a refused value are kept for the message.
const MAX_SHOWN_CHARACTERS: usize = 60;

/// The beginning of a refused value, as it stands in the refusal.
pub(super) fn shown(raw: &str) -> String {
    raw.chars().take(MAX_SHOWN_CHARACTERS).collect()
}

/// Declares an error enum whose variants each hold the refused value, its `code()`, and `CODES`
/// beside it, so that the list can never fall behind the enum.
macro_rules! refusals {
    ($(#[$meta:meta])* $name:ident { $($variant:ident $code:literal $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = $text] #[error($text)] $variant(String),)+
        }

        impl $name {
            /// The stable code of this refusal.
            pub fn code(&self) -> &'static str {
                match self { $($name::$variant(_) => $code,)+ }
            }
        }

        /// The codes of all refusals of this file, each of which has a text for people.
        pub const CODES: &[&str] = &[$($code),+];
    };
}

pub(super) use refusals;
