//! Floor 3: requests on paper, as PDF/A-2a and DOCX, in Vietnamese, English or both side by side.
//!
//! Plain data comes in (`letter`), bytes go out (`pdf`, `docx`): no files, no clock, no node.

pub mod docx;
pub mod error;
pub mod fonts;
pub mod letter;
pub mod pdf;
pub mod wording;

mod pen;
mod plain;
mod qr;
mod sheet;
mod world;

pub use error::{DocumentError, Paper, Warning};
pub use fonts::Fonts;
pub use letter::Letter;
pub use wording::{Edition, Wording};
