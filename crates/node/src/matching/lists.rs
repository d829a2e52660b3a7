//! Two lists in one process: both parties' work over them, for measuring and for trying out.
//!
//! What two nodes do over the line is done here step by step, through the same bytes: the first
//! list is published, the second asked about in batches. There is no budget, and no list of common
//! values.

use std::collections::BTreeSet;

use formats::identifiers;
use formats::open::Source;
use i18n::Language;
use model::country::Country;
use model::identifier::Identifier;
use model::refusal::RowError;
use psi::asking::{Asking, Seed};
use psi::element::Element;
use psi::input::input;
use psi::key::{Answer, Key, MAX_BATCH};
use psi::output::Output;
use psi::proof::PROOF_BYTES;
use psi::set::{Builder, Entry, Set};
use psi::size::bucket;
use psi::suite::Mode;

use crate::answer::{BytesAnswer, ListsAnswer, RejectedLineAnswer, SecondsAnswer};
use crate::error::NodeError;
use crate::port::{PortError, Progress, Random};
use crate::wording;

/// The answer names at most so many rejected lines.
const MAX_REJECTED: usize = 1_000;

/// What it needs from outside.
pub struct Tools<'t> {
    /// Randomness.
    pub random: &'t dyn Random,
    /// CPU seconds of this process so far.
    pub cpu_seconds: &'t dyn Fn() -> f64,
    /// Who is told how far it has come.
    pub progress: &'t dyn Progress,
    /// So many threads work.
    pub threads: usize,
}

/// Which identifiers stand in both lists; national numbers are read by the rules of `country`.
pub fn compare(
    tools: &Tools<'_>,
    [published, asked]: [&dyn Source; 2],
    country: Option<Country>,
    language: Language,
) -> Result<ListsAnswer, NodeError> {
    let start = (tools.cpu_seconds)();
    let mut answer = ListsAnswer::default();
    let key = derived(tools)?;
    let set = publish(tools, &key, published, country, &mut |bad| {
        answer.reject(language, published.name(), &bad);
    })?;
    let middle = (tools.cpu_seconds)();
    let mut rejected = Vec::new();
    let mut query = Query::new(tools, &key, &set)?;
    let mut done = 0;
    each_batch(asked, country, &mut |bad| rejected.push(bad), &mut |batch| {
        done += batch.len() as u64;
        tools.progress.rows(asked.name(), done);
        query.ask(batch)
    })?;
    rejected.iter().for_each(|bad| answer.reject(language, asked.name(), bad));
    let end = (tools.cpu_seconds)();
    answer.hits = query.hits.iter().map(wording::identifier).collect();
    answer.bytes = BytesAnswer { set: set.len() as u64, query: query.sent, reply: query.received };
    let (publish, query) = (middle - start, end - middle);
    answer.seconds = SecondsAnswer { publish, query, total: publish + query };
    Ok(answer)
}

fn derived(tools: &Tools<'_>) -> Result<Key, NodeError> {
    let seed = random(tools)?;
    Key::derive(Mode::Voprf, &seed, b"lists").map_err(broken)
}

/// The set that the first list makes.
fn publish(
    tools: &Tools<'_>,
    key: &Key,
    list: &dyn Source,
    country: Option<Country>,
    reject: &mut dyn FnMut(RowError),
) -> Result<Vec<u8>, NodeError> {
    let mut builder = Builder::for_about(lines(list));
    let mut done = 0;
    each_batch(list, country, reject, &mut |batch| {
        done += batch.len() as u64;
        tools.progress.rows(list.name(), done);
        let inputs: Vec<Vec<u8>> = batch.iter().map(input).collect();
        for output in key.outputs(&inputs, tools.threads).map_err(broken)? {
            // Nobody looks anything up by a handle here; the same value has the same one.
            let Ok(()) = builder.put(Entry::new(&output.stem(), [0; 8]));
        }
        Ok(())
    })?;
    builder.bytes().map_err(broken)
}

/// About how many identifiers a list has; what is wrong here costs memory and nothing else.
fn lines(list: &dyn Source) -> u64 {
    let Ok(mut reader) = list.reader() else { return 0 };
    let (mut buffer, mut count) = (vec![0; 1 << 16], 0);
    while let Ok(read @ 1..) = reader.read(&mut buffer) {
        let part = buffer.iter().take(read);
        count += part.filter(|byte| **byte == b'\n').count() as u64;
    }
    count
}

/// The asking party, with the answering one at its side.
struct Query<'q> {
    tools: &'q Tools<'q>,
    key: &'q Key,
    set: Set<'q>,
    seed: Seed,
    number: u32,
    hits: BTreeSet<Identifier>,
    sent: u64,
    received: u64,
}

impl<'q> Query<'q> {
    fn new(tools: &'q Tools<'q>, key: &'q Key, set: &'q [u8]) -> Result<Query<'q>, NodeError> {
        let (set, seed) = (Set::parse(set).map_err(broken)?, Seed(random(tools)?));
        let (hits, number, sent, received) = (BTreeSet::new(), 0, 0, 0);
        Ok(Query { tools, key, set, seed, number, hits, sent, received })
    }

    fn ask(&mut self, batch: &[Identifier]) -> Result<(), NodeError> {
        let threads = self.tools.threads;
        let inputs: Vec<Vec<u8>> = batch.iter().map(input).collect();
        let size = bucket(batch.len() as u64) as usize;
        let session = (&self.seed, self.number);
        let asking = Asking::blind(Mode::Voprf, &inputs, size, session, threads).map_err(broken)?;
        let sent: Vec<[u8; 32]> = asking.elements().copied().collect();
        let answer = self.answered(&sent)?;
        self.number += 1;
        self.sent += (sent.len() * 32) as u64;
        self.received += (answer.elements.len() * 32 + PROOF_BYTES) as u64;
        let outputs = asking.finish(&inputs, self.key.public(), &answer, threads);
        let is_known = |output: &Output| self.set.find(&output.stem()).is_some();
        let both = batch.iter().zip(outputs.map_err(broken)?);
        let hits = both.filter(|(_, output)| is_known(output)).map(|(one, _)| one.clone());
        self.hits.extend(hits);
        Ok(())
    }

    /// What the answering party makes of what was sent.
    fn answered(&self, sent: &[[u8; 32]]) -> Result<Answer, NodeError> {
        let mut chance = [0; 64];
        self.tools.random.fill(&mut chance)?;
        let asked = Element::parse_all(sent, self.tools.threads).map_err(broken)?;
        self.key.answer(&asked, &chance, self.tools.threads).map_err(broken)
    }
}

/// Reads a list in batches; one that stands twice in a batch is asked about once.
fn each_batch(
    list: &dyn Source,
    country: Option<Country>,
    reject: &mut dyn FnMut(RowError),
    work: &mut dyn FnMut(&[Identifier]) -> Result<(), NodeError>,
) -> Result<(), NodeError> {
    let (mut batch, mut failed) = (BTreeSet::new(), None);
    let mut carry_out = |batch: &mut BTreeSet<Identifier>| {
        let whole: Vec<Identifier> = std::mem::take(batch).into_iter().collect();
        if whole.is_empty() { Ok(()) } else { work(&whole) }
    };
    identifiers::read(list, country, &mut |_, row| match row {
        Err(bad) => reject(bad),
        // What failed once fails again: the rest of the list is only read.
        Ok(_) if failed.is_some() => {}
        Ok(identifier) => {
            batch.insert(identifier);
            if batch.len() == MAX_BATCH {
                failed = carry_out(&mut batch).err();
            }
        }
    })
    .map_err(|error| NodeError::ListUnreadable(list.name().to_owned(), error))?;
    match failed {
        Some(error) => Err(error),
        None => carry_out(&mut batch),
    }
}

fn random(tools: &Tools<'_>) -> Result<[u8; 32], NodeError> {
    let mut bytes = [0; 32];
    tools.random.fill(&mut bytes)?;
    Ok(bytes)
}

/// The engine refuses what this file gave it.
fn broken(error: impl std::fmt::Display) -> NodeError {
    PortError { operation: "match", object: "lists".to_owned(), cause: error.to_string() }.into()
}

impl ListsAnswer {
    fn reject(&mut self, language: Language, file: &str, bad: &RowError) {
        self.rejected_total += 1;
        if self.rejected.len() < MAX_REJECTED {
            let (file, value) = (file.to_owned(), bad.value.to_string());
            let reason = wording::reason(language, bad);
            self.rejected.push(RejectedLineAnswer { file, row: bad.row, value, reason });
        }
    }
}
