//! `partner`: the agency's own card, and other agencies' cards.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use envelope::card::MAX_BYTES;
use node::answer::CardAnswer;
use node::duty::Duty;
use node::exchange::Standing;
use node::port::Clock as _;
use store::clock::SystemClock;

use crate::cli::{PartnerCommand, StandArgs};
use crate::failure::Failure;
use crate::run::Task;
use crate::show;
use crate::terminal::ExitStatus;
use crate::wiring::{OpenNode, protection};

/// The two who act together where nobody else is named.
const OFFICERS: [&str; 2] = ["first", "second"];

impl Task {
    pub(crate) fn partner(
        &self,
        open: &mut OpenNode,
        command: &PartnerCommand,
    ) -> Result<ExitStatus, Failure> {
        open.join()?;
        match command {
            PartnerCommand::Card { output, endpoint } => {
                for endpoint in endpoint {
                    let wrong = |_| Failure::word("peer_endpoint_bad", endpoint);
                    peer::endpoint::Endpoint::parse(endpoint).map_err(wrong)?;
                }
                let (answer, card) = open.node.card(self.by()?, endpoint)?;
                fs::write(output, card.bytes()).map_err(Failure::file(output))?;
                let card = output.display().to_string();
                self.print(&CardAnswer { card, ..answer }, show::card)
            }
            PartnerCommand::Add { file, fingerprint } => {
                let officers = self.officers()?;
                let (name, bytes) = (file.display().to_string(), card(file)?);
                let words = fingerprint.join(" ");
                let answer = open.node.accept(officers, &name, &bytes, &words)?;
                self.print(&answer, show::partner)
            }
            PartnerCommand::List => self.print(&open.node.partners(self.by()?)?, show::partners),
            PartnerCommand::Suspend(args) => self.stand(open, args, Standing::Suspended),
            PartnerCommand::Resume(args) => self.stand(open, args, Standing::Active),
            PartnerCommand::Revoke(args) => self.stand(open, args, Standing::Revoked),
            PartnerCommand::Witness { partner, stop } => {
                let answer = open.node.witness(self.officers()?, partner, !stop)?;
                self.print(&answer, show::partner)
            }
            PartnerCommand::Rotate { compromised } => self.rotate(open, *compromised),
        }
    }

    /// The two who act together.
    pub(crate) fn officers(&self) -> Result<[&str; 2], Failure> {
        match self.cli.by.as_slice() {
            [one] if one == OFFICERS[0] => Ok(OFFICERS),
            [one] => Ok([one.as_str(), one.as_str()]),
            [one, other] => Ok([one.as_str(), other.as_str()]),
            several => Err(Failure::word("two_act", &several.join(", "))),
        }
    }

    fn stand(
        &self,
        open: &mut OpenNode,
        args: &StandArgs,
        standing: Standing,
    ) -> Result<ExitStatus, Failure> {
        let StandArgs { partner, because } = args;
        self.print(&open.node.stand(self.by()?, partner, standing, because)?, show::partner)
    }

    /// New keys first, then the card that names them: cut off between the two, the node issues that
    /// card when it next opens its keys.
    fn rotate(&self, open: &mut OpenNode, is_compromised: bool) -> Result<ExitStatus, Failure> {
        let by = self.by()?;
        open.node.allow(by, Duty::Work)?;
        let (home, keys) = (open.home.path().to_owned(), open.join()?.keys.clone());
        keys.renew(&home, &protection()?, SystemClock.now(), is_compromised)?;
        let (answer, _) = open.node.card(by, &[])?;
        self.print(&answer, show::rotated)
    }
}

/// A card's bytes; never more than a card has.
fn card(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(Failure::file(path))?;
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(Failure::file(path))?;
    Ok(bytes)
}
