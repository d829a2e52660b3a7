//! Who may do what with partners and messages: every command, every role.

use node::exchange::Standing;
use node::node::Node;

use super::{code, draft, offices, sent};

/// A command as somebody gives it: its code.
type Command = fn(&mut Node, by: &str, theirs: &str, ours: &str) -> &'static str;

/// Each command, and whether officer, supervisor, administrator and auditor may give it.
const COMMANDS: &[(&str, [bool; 4], Command)] = &[
    ("partner card", [true, true, false, false], |node, by, _, _| code(node.card(by, &[]))),
    ("partner list", [true, true, true, true], |node, by, _, _| code(node.partners(by))),
    ("partner suspend", [true, true, false, false], |node, by, _, _| {
        code(node.stand(by, "CCIB", Standing::Suspended, "a"))
    }),
    ("partner revoke", [true, true, false, false], |node, by, _, _| {
        let answered = code(node.stand(by, "CCIB", Standing::Revoked, "a"));
        if answered == "partner_revoked" { "done" } else { answered }
    }),
    ("message list", [true, true, false, true], |node, by, _, _| {
        code(node.messages(by, None, None))
    }),
    ("message send", [true, true, false, false], |node, by, _, _| {
        code(node.send(by, "SPF", draft("a")))
    }),
    ("message show", [true, true, false, false], |node, by, theirs, _| {
        code(node.read_message(by, theirs))
    }),
    ("message save", [true, true, false, false], |node, by, theirs, _| {
        code(node.message_files(by, theirs))
    }),
    ("message forward", [true, true, false, false], |node, by, theirs, _| {
        code(node.forward(by, theirs, "SPF"))
    }),
    ("message permit", [true, true, false, false], |node, by, _, ours| {
        code(node.permit(by, ours, true, None))
    }),
    ("message recall", [true, true, false, false], |node, by, _, ours| code(node.recall(by, ours))),
    ("message handle", [true, true, false, false], |node, by, theirs, _| {
        let answered = code(node.handle_message(by, theirs, None));
        if answered == "message_not_open" { "done" } else { answered }
    }),
    ("retention", [true, true, true, false], |node, by, _, _| code(node.retention(by))),
];

#[test]
fn every_command_knows_its_roles() {
    let (mut all, _folder) = offices();
    let theirs = sent(&mut all, 1, 0, draft("from Singapore"));
    let ours = sent(&mut all, 0, 1, draft("from Viet Nam"));
    let node = &mut all[0].node;
    for (name, allowed, command) in COMMANDS {
        // Who may not comes first, so that what he was refused is still there to be done.
        let mut people: Vec<_> =
            ["first", "second", "admin", "audit"].into_iter().zip(allowed).collect();
        people.sort_by_key(|(_, may)| **may);
        for (by, may) in people {
            let before = node.audit("audit").unwrap().len();
            let expected = if *may { "done" } else { "not_allowed" };
            assert_eq!(command(node, by, &theirs, &ours), expected, "{name} by {by}");
            let is_silent = node.audit("audit").unwrap().len() == before;
            assert!(*may || is_silent, "{name} by {by} left something");
        }
        for by in ["nobody", "", "init"] {
            assert_eq!(command(node, by, &theirs, &ours), "unknown_user", "{name} by {by:?}");
        }
    }
}

#[test]
fn nothing_goes_before_the_keys_are_open() {
    let (mut all, _folder) = offices();
    let [vn, ..] = &mut all;
    let journal = store::journal::SqliteJournal::open(&vn.home().join("node.db")).unwrap();
    let vault = store::vault::FileVault::open(vn.home()).unwrap();
    let ports = node::port::Ports {
        clock: Box::new(vn.clock.clone()),
        journal: Box::new(journal),
        vault: Box::new(vault),
        progress: Box::new(node::port::Silent),
    };
    let mut closed = Node::open(ports, model::rates::Rates::default()).unwrap();
    for (name, _, command) in COMMANDS {
        let answered = command(&mut closed, "second", "abcd", "abcd");
        assert_eq!(answered, "keys_closed", "{name}");
    }
}
