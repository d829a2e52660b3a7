//! The pack that is built into the program.

use std::sync::OnceLock;

use crate::fault::PackFault;
use crate::pack::Pack;

/// The files of the built-in pack: names from its root, and texts.
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

impl Pack {
    /// The built-in pack, read once.
    pub fn builtin() -> Result<&'static Pack, &'static [PackFault]> {
        static PACK: OnceLock<Result<Pack, Vec<PackFault>>> = OnceLock::new();
        PACK.get_or_init(|| Pack::read(FILES)).as_ref().map_err(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_pack_has_no_fault() {
        let pack = Pack::builtin().unwrap();
        assert_eq!(pack.instruments().len(), 101);
    }
}
