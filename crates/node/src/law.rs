//! The pack of legal facts that the node answers from.

use law::Pack;

use crate::node::Node;

impl Node {
    /// The pack in force here.
    pub(crate) fn law_pack(&self) -> &Pack {
        let built_in = Pack::builtin();
        assert!(built_in.is_ok(), "a test reads the built-in pack and finds no fault");
        built_in.unwrap_or_else(|_| unreachable!("asserted just before"))
    }
}
