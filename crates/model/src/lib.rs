//! Floor 1, the words of the house: typed values that everything else is said in.
//!
//! A value that exists is right: every constructor parses and returns a typed error.
//! Nothing here does IO, reads a clock or draws randomness.

pub mod account;
pub mod agency;
pub mod agreement;
pub mod authority;
pub mod common;
pub mod complaint;
pub mod country;
pub mod currency;
pub mod day;
pub mod digest;
pub mod holding;
pub mod identifier;
pub mod indicator;
pub mod measure;
pub mod money;
pub mod rates;
pub mod refusal;
pub mod request;
pub mod role;
pub mod text;
pub mod time;
pub mod transfer;
