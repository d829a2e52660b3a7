//! Floor 2: every text that people read, in Vietnamese and English.
//!
//! The texts stand in Fluent files under `locales/`, compiled in; see the README there.

pub mod language;
pub mod number;
pub mod text;
pub mod time;

pub use language::Language;
pub use number::{money, number, percent, short_money};
pub use text::{Value, article, cited, country, has, refusal, text, text_with};
pub use time::{date, day, moment};
