//! MATCH: what two agencies both know, found without either showing its list.

pub mod lists;
