//! Help for tests of two nodes: one of Viet Nam, one of Singapore, who have accepted each other's
//! cards, and a process that serves one of them.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::process::{Child, Stdio};

use envelope::card::AgencyId;
use model::digest::Digest;
use serde_json::Value;

use crate::common::World;

/// Two nodes in one folder.
pub(crate) struct Pair {
    pub(crate) world: World,
    /// Where Singapore's node answers when it is served.
    pub(crate) address: String,
}

/// A node that is served; ends with the test.
pub(crate) struct Served {
    pub(crate) child: Child,
}

impl Pair {
    /// A folder for two nodes.
    pub(crate) fn nowhere() -> Pair {
        let world = World::empty();
        // Free a moment ago; nobody else on this machine takes ports at random.
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        Pair { world, address }
    }

    /// Two nodes who do not know each other.
    pub(crate) fn strangers() -> Pair {
        let Pair { world, address } = Pair::nowhere();
        for (home, agency, country) in [("vn", "A05", "VN"), ("sg", "SPF", "SG")] {
            let made = world.json(&[
                "--home",
                home,
                "init",
                "--agency",
                agency,
                "--country",
                country,
                "--kind",
                "police",
            ]);
            assert_eq!(made["agency"], agency);
        }
        Pair { world, address }
    }

    /// Two nodes who have accepted each other's cards.
    pub(crate) fn new() -> Pair {
        let pair = Pair::strangers();
        pair.introduce();
        pair
    }

    /// They accept each other's cards.
    pub(crate) fn introduce(&self) {
        let vn = self.vn(&["partner", "card", "-o", "vn.card"]);
        let sg = self.sg(&["partner", "card", "-o", "sg.card", "--endpoint", &self.address]);
        let words = |card: &Value| card["fingerprint"].as_str().unwrap().to_owned();
        let added = self.vn(&["partner", "add", "sg.card", "--fingerprint", &words(&sg)]);
        assert_eq!((&added["partner"], &added["state"]), (&"SPF".into(), &"active".into()));
        let added = self.sg(&["partner", "add", "vn.card", "--fingerprint", &words(&vn)]);
        assert_eq!(added["partner"], "A05");
    }

    /// A third node, which Singapore's and itself accept.
    pub(crate) fn join(&self, home: &str, agency: &str, country: &str) {
        let words = ["--home", home, "init", "--agency", agency, "--country", country];
        self.world.json(&[words.as_slice(), &["--kind", "police"]].concat());
        for (one, other) in [(home, "sg"), ("sg", home)] {
            let card = self.world.json(&["--home", other, "partner", "card", "-o", "a.card"]);
            let words = card["fingerprint"].as_str().unwrap();
            let add = ["--home", one, "partner", "add", "a.card", "--fingerprint", words];
            assert_eq!(self.world.json(&add)["state"], "active");
        }
    }

    /// Which agency a home is.
    pub(crate) fn agency(&self, home: &str) -> AgencyId {
        let card = self.world.json(&["--home", home, "partner", "card", "-o", "own.card"]);
        AgencyId(Digest::parse(card["agency"].as_str().unwrap()).unwrap())
    }

    /// A command at Viet Nam's node.
    pub(crate) fn vn(&self, arguments: &[&str]) -> Value {
        self.world.json(&[&["--home", "vn"], arguments].concat())
    }

    /// A command at Singapore's node.
    pub(crate) fn sg(&self, arguments: &[&str]) -> Value {
        self.world.json(&[&["--home", "sg"], arguments].concat())
    }

    /// A message with careful handling from one home to a partner; its number.
    pub(crate) fn send(&self, home: &str, to: &str, text: &str, more: &[&str]) -> String {
        let handling = ["--purpose", "case 1", "--basis", "agreement of 2020"];
        let command = ["--home", home, "message", "send", to, "--text", text];
        let sent = self.world.json(&[&command, handling.as_slice(), more].concat());
        sent["message"].as_str().unwrap_or_else(|| panic!("{sent}")).to_owned()
    }

    /// Serves Singapore's node, and waits until it answers.
    pub(crate) fn serve(&self) -> Served {
        let mut child = self
            .world
            .program()
            .args(["--home", "sg", "--json", "serve", "--listen", &self.address])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let told: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(told["listening"], self.address.as_str());
        Served { child }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
