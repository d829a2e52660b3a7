//! Law packs of agencies: signed with this node's keys, or taken from who signed one, by two
//! officers. The pack that answers is kept as the file that came; the log names its digest.
//!
//! A partner's pack is no order: nothing of it counts here before two officers have seen who signed
//! it and what it changes. Once they have, it is this agency's own decision, and stays when the
//! partner is suspended later; `doctor` says so.

use envelope::card::{Revocation, SigningEntry};
use envelope::law_pack::{self, Head, SignedPack};
use i18n::Language;
use law::{Pack, read};
use model::day::Day;
use model::digest::Digest;
use model::time::{MICROSECONDS, Timestamp};

use super::installed::{InstalledPack, PackDeed, Taken};
use super::refusal::PackRefusal;
use super::{LawError, builtin};
use crate::answer::{PackAnswer, PackSignature, PackTaken};
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::Event;
use crate::exchange::Standing;
use crate::node::Node;

/// A clock may be ahead of ours by so much (microseconds).
const MAX_AHEAD: i64 = 86_400 * MICROSECONDS;

// What fits into a pack fits into its file, and the other way round.
const _: () = assert!(
    read::MAX_FILES == law_pack::MAX_FILES
        && read::MAX_FILE_BYTES == law_pack::MAX_FILE_BYTES
        && read::MAX_PACK_BYTES == law_pack::MAX_PACK_BYTES
);

/// A pack that somebody offers.
pub struct Offered<'o> {
    /// The file's name.
    pub name: &'o str,
    /// Its bytes.
    pub bytes: &'o [u8],
    /// Whether it may be older than the one that answers.
    pub may_be_older: bool,
}

/// A pack that was read, and what will be recorded of it.
pub(super) struct Examined {
    pub(super) pack: Pack,
    pub(super) listing: Vec<(String, Digest)>,
    pub(super) entry: InstalledPack,
}

impl Node {
    /// The pack in force here. It is read once; one that is missing or damaged is told, and the
    /// built-in one never answers in its place.
    pub fn law_pack(&self) -> Result<&Pack, LawError> {
        let Some(Taken { pack: entry, .. }) = &self.state.law.installed else { return builtin() };
        match self.law.get() {
            Some(pack) => Ok(pack),
            None => {
                let file = self.installed_file(entry)?;
                let pack = Pack::read(&file.files()).map_err(|faults| {
                    let first = faults.first().map(ToString::to_string).unwrap_or_default();
                    LawError::Unfit(entry.name.clone(), first)
                })?;
                Ok(self.law.get_or_init(|| pack))
            }
        }
    }

    /// The file of an installed pack, whose digest vouches for all of it.
    pub(super) fn installed_file(&self, entry: &InstalledPack) -> Result<SignedPack, LawError> {
        let lost = |cause| LawError::Lost(entry.name.clone(), cause);
        let bytes = self.read_kept(&entry.file, law_pack::MAX_BYTES as u64).map_err(lost)?;
        SignedPack::parse(&bytes).map_err(|error| lost(error.to_string()))
    }

    /// A pack's files, signed with the node's keys; one with faults is refused.
    pub fn make_law_pack(
        &self,
        by: &str,
        files: &[(&str, &str)],
    ) -> Result<(PackAnswer, Vec<u8>), NodeError> {
        self.allow(by, Duty::Work)?;
        let pack = Pack::read(files).map_err(|faults| LawError::faulty(&faults))?;
        let (exchange, now) = (self.exchange()?, self.ports.clock.now());
        let made = Head::new(pack.name(), now, exchange.me(), files);
        let head =
            made.map_err(|error| PackRefusal::File("pack.toml".to_owned(), error.to_string()))?;
        let message = head.message();
        let (_, ml_dsa) = exchange.keys().sign_ml_dsa(&message);
        let bytes = SignedPack::write(&head, exchange.keys().sign(&message), &ml_dsa, files);
        // What nobody would take is not handed out: a key's time may be over.
        let examined = self.examine("law pack", &bytes)?;
        let signature = Some(signature(&examined.entry));
        Ok((PackAnswer { signature, ..super::shown(&pack, "file") }, bytes))
    }

    /// What two officers would see of a pack, installing nothing.
    pub fn try_law_pack(
        &self,
        by: &str,
        offered: &Offered<'_>,
        language: Language,
    ) -> Result<PackAnswer, NodeError> {
        self.allow(by, Duty::Work)?;
        self.weigh(&self.examine(offered.name, offered.bytes)?, language)
    }

    /// Lets a pack answer from now on, in the name of two officers.
    pub fn install_law_pack(
        &mut self,
        officers: [&str; 2],
        offered: &Offered<'_>,
        language: Language,
    ) -> Result<PackAnswer, NodeError> {
        let [by, second] = self.allow_two(officers)?;
        let examined = self.examine(offered.name, offered.bytes)?;
        let mut answer = self.weigh(&examined, language)?;
        if let Some(known) = self.newer_than(&examined.entry)?.filter(|_| !offered.may_be_older) {
            return Err(PackRefusal::Older(examined.entry.name, known).into());
        }
        let Examined { pack, entry, .. } = examined;
        let installed = self.state.law.installed.as_ref();
        if installed.is_none_or(|known| known.pack != entry) || self.law_pack().is_err() {
            // A file that was damaged is mended by the good one.
            self.keep_bytes(offered.bytes.to_vec())?;
            let is_new = self.state.law.installed.as_ref().is_none_or(|one| one.pack != entry);
            if is_new {
                let second = second.to_owned();
                let what = PackDeed::Installed { pack: entry, second };
                self.record(by, &[Event::LawPack { what }])?;
            }
            self.law = pack.into();
        }
        answer.installed = self.state.law.installed.as_ref().map(taken);
        answer.origin = "installed";
        Ok(answer)
    }

    /// Lets the built-in pack answer again, in the name of two officers.
    pub fn remove_law_pack(&mut self, officers: [&str; 2]) -> Result<PackAnswer, NodeError> {
        let [by, second] = self.allow_two(officers)?;
        let installed = self.state.law.installed.as_ref();
        let pack = installed.map(|one| one.pack.pack).ok_or(PackRefusal::NoneInstalled)?;
        let what = PackDeed::Removed { pack, second: second.to_owned() };
        self.record(by, &[Event::LawPack { what }])?;
        self.law = std::sync::OnceLock::new();
        self.shown_law_pack().map_err(NodeError::from)
    }

    /// Which pack answers here, who signed it and who let it.
    pub fn shown_law_pack(&self) -> Result<PackAnswer, LawError> {
        let pack = self.law_pack()?;
        let Some(one) = &self.state.law.installed else {
            return Ok(self.aged(super::shown(pack, "built_in"), pack.made()));
        };
        let (signature, installed) = (Some(signature(&one.pack)), Some(taken(one)));
        let answer = PackAnswer { signature, installed, ..super::shown(pack, "installed") };
        Ok(self.aged(answer, one.pack.made))
    }

    /// Reads a pack that somebody offers, and asks who signed it.
    fn examine(&self, name: &str, bytes: &[u8]) -> Result<Examined, NodeError> {
        let bad = |cause: String| PackRefusal::File(name.to_owned(), cause);
        let signed = SignedPack::parse(bytes).map_err(|error| bad(error.to_string()))?;
        let signer = self.signer(&signed)?;
        let pack = Pack::read(&signed.files()).map_err(|faults| LawError::faulty(&faults))?;
        let head = signed.head();
        if head.name() != pack.name() {
            return Err(bad("its head gives it another name".to_owned()).into());
        }
        let files = signed.files();
        let listing =
            files.iter().map(|(name, text)| ((*name).to_owned(), Digest::of(text.as_bytes())));
        let entry = InstalledPack {
            file: Digest::of(bytes),
            pack: pack.digest(),
            name: pack.name().to_owned(),
            made: pack.made(),
            signed: head.signed(),
            agency: head.agency().0,
            signer,
            key: Digest::of(signed.key()),
        };
        Ok(Examined { listing: listing.collect(), pack, entry })
    }

    /// The name of who signed a pack: this agency, or a partner in good standing, by a key that is
    /// believed. Whoever got hold of a revoked key can write any date.
    fn signer(&self, signed: &SignedPack) -> Result<String, NodeError> {
        let (exchange, now) = (self.exchange()?, self.ports.clock.now());
        let (agency, at) = (signed.head().agency(), signed.head().signed());
        let (name, entries, revoked): (String, Vec<SigningEntry>, Vec<Revocation>) =
            if agency == exchange.me() {
                let public = exchange.keys().public();
                (self.identity()?.agency.clone(), public.signing, public.revoked)
            } else {
                let book = exchange.book();
                let digits = || agency.0.to_string().chars().take(12).collect();
                let partner = book.partners.get(&agency);
                let partner = partner.ok_or_else(|| PackRefusal::UnknownSigner(digits()))?;
                let card = partner.card.card();
                let name = card.agency.clone();
                match partner.standing {
                    Standing::Active => {}
                    Standing::Suspended => return Err(PackRefusal::Suspended(name).into()),
                    Standing::Revoked => return Err(PackRefusal::Revoked(name).into()),
                }
                (name, card.signing.clone(), card.revoked.clone())
            };
        let entry = entries.iter().find(|one| one.key == *signed.key());
        let entry = entry.ok_or_else(|| PackRefusal::UnknownKey(name.clone()))?;
        signed.check(entry).map_err(|error| match error {
            law_pack::LawPackError::Signature(kind) => PackRefusal::Signature(name.clone(), kind),
            other => PackRefusal::File(name.clone(), other.to_string()),
        })?;
        let key = Digest::of(&entry.key);
        if revoked.iter().any(|one| one.key == key && one.from <= now) {
            return Err(PackRefusal::KeyRevoked(name).into());
        }
        if at.microseconds().saturating_sub(now.microseconds()) > MAX_AHEAD {
            return Err(PackRefusal::Future(at).into());
        }
        match entry.from <= at && at < entry.until {
            true => Ok(name),
            false => Err(PackRefusal::KeyExpired(name).into()),
        }
    }

    /// The pack that answers, where it is newer: by the day of its facts, then by when it was
    /// signed. Its bytes are not asked for: they may be lost.
    pub(super) fn newer_than(&self, offered: &InstalledPack) -> Result<Option<String>, NodeError> {
        let (made, signed, name) = match &self.state.law.installed {
            Some(Taken { pack, .. }) => (pack.made, Some(pack.signed), pack.name.clone()),
            None => (builtin()?.made(), None, builtin()?.name().to_owned()),
        };
        let is_newer = offered.made < made
            || (offered.made == made && signed.is_some_and(|signed| offered.signed < signed));
        Ok(is_newer.then_some(name))
    }

    pub(super) fn aged(&self, answer: PackAnswer, made: Day) -> PackAnswer {
        PackAnswer { age_days: Some(age_days(made, self.ports.clock.now())), ..answer }
    }
}

/// How many days ago a day was; none where it is yet to come.
pub(super) fn age_days(made: Day, now: Timestamp) -> i64 {
    let begin = Timestamp::parse(&format!("{made}T00:00:00Z")).unwrap_or(now);
    let passed = now.microseconds().saturating_sub(begin.microseconds());
    (passed / (86_400 * MICROSECONDS)).max(0)
}

pub(super) fn signature(entry: &InstalledPack) -> PackSignature {
    PackSignature {
        agency: entry.agency.to_string(),
        signer: entry.signer.clone(),
        key: entry.key.to_string(),
        at: entry.signed,
    }
}

fn taken(one: &Taken) -> PackTaken {
    PackTaken { file: one.pack.file.to_string(), at: one.at, officers: one.officers.clone() }
}
