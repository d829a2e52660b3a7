//! What a later version of the readers reads otherwise is recorded, and a clock that goes back
//! changes no default: a whole node in memory, its log written by another hand.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use formats::open::Source;
use i18n::Language;
use model::agency::AgencyKind;
use model::country::Country;
use model::digest::Digest;
use model::rates::Rates;
use model::time::Timestamp;
use node::answer::Imported;
use node::error::NodeError;
use node::event::{Event, ImportedFile, Recorded};
use node::import::{Import, PARSER_VERSION};
use node::node::Node;
use node::people::NewNode;
use node::port::{Bytes, Clock, Fill, Journal, PortError, Ports, Silent, Text, Vault};
use node::rebuild::Damage;

const HEADER: &str = "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n";
const FIRST: &str = "t1,1735689916,VNB01,1,VNB02,2,100,VND\n";
const SECOND: &str = "t2,1735689917,VNB01,1,VNB02,2,200,VND\n";
const THIRD: &str = "t3,1735689918,VNB01,1,VNB02,2,300,VND\n";

/// A disk and a log in memory, shared by the nodes that are opened on them.
#[derive(Clone, Default)]
struct Memory {
    events: Rc<RefCell<Vec<Recorded>>>,
    originals: Rc<RefCell<BTreeMap<Digest, Vec<u8>>>>,
    segments: Rc<RefCell<BTreeMap<Digest, Vec<u8>>>>,
    graphs: Rc<RefCell<BTreeMap<Digest, Vec<u8>>>>,
    taken: Rc<RefCell<Vec<u8>>>,
    seconds: Rc<RefCell<i64>>,
}

fn bytes_of(source: &dyn Source) -> Vec<u8> {
    let mut bytes = Vec::new();
    source.reader().unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

fn text(name: &str, bytes: Vec<u8>) -> Box<dyn Source> {
    Box::new(Text { name: name.to_owned(), bytes })
}

impl Clock for Memory {
    fn now(&self) -> Timestamp {
        Timestamp::from_seconds(*self.seconds.borrow()).unwrap()
    }
}

impl Journal for Memory {
    fn events(&self) -> Result<Vec<Recorded>, PortError> {
        Ok(self.events.borrow().clone())
    }

    fn append(
        &self,
        at: Timestamp,
        by: &str,
        events: &[Event],
    ) -> Result<Vec<Recorded>, PortError> {
        let mut log = self.events.borrow_mut();
        let first = log.len();
        for event in events {
            let seq = log.len() as u64 + 1;
            log.push(Recorded { seq, at, by: by.to_owned(), event: event.clone() });
        }
        Ok(log[first..].to_vec())
    }
}

impl Vault for Memory {
    fn take(&self, source: &dyn Source) -> Result<(Digest, u64), PortError> {
        *self.taken.borrow_mut() = bytes_of(source);
        self.digest(source)
    }

    fn taken(&self, name: &str) -> Result<Box<dyn Source>, PortError> {
        Ok(text(name, self.taken.borrow().clone()))
    }

    fn keep_original(&self, digest: &Digest) -> Result<(), PortError> {
        self.originals.borrow_mut().insert(*digest, self.taken.borrow().clone());
        Ok(())
    }

    fn digest(&self, source: &dyn Source) -> Result<(Digest, u64), PortError> {
        let bytes = bytes_of(source);
        Ok((Digest::of(&bytes), bytes.len() as u64))
    }

    fn original(&self, digest: &Digest, name: &str) -> Result<Box<dyn Source>, PortError> {
        Ok(text(name, self.originals.borrow().get(digest).cloned().unwrap_or_default()))
    }

    fn keep_segment(&self, name: &Digest, bytes: &[u8]) -> Result<(), PortError> {
        self.segments.borrow_mut().insert(*name, bytes.to_vec());
        Ok(())
    }

    fn segment(&self, name: &Digest) -> Result<Option<Bytes>, PortError> {
        let found = self.segments.borrow().get(name).cloned();
        Ok(found.map(|bytes| Arc::new(bytes) as Bytes))
    }

    fn keep_graph(&self, name: &Digest, fill: &mut Fill<'_>) -> Result<(), PortError> {
        let mut bytes = Vec::new();
        fill(&mut bytes).unwrap();
        self.graphs.borrow_mut().insert(*name, bytes);
        Ok(())
    }

    fn graph(&self, name: &Digest) -> Result<Option<Bytes>, PortError> {
        let found = self.graphs.borrow().get(name).cloned();
        Ok(found.map(|bytes| Arc::new(bytes) as Bytes))
    }

    fn drop_graph(&self, name: &Digest) -> Result<(), PortError> {
        self.graphs.borrow_mut().remove(name);
        Ok(())
    }

    fn keep_only_graphs(&self, names: &[Digest]) -> Result<(), PortError> {
        self.graphs.borrow_mut().retain(|name, _| names.contains(name));
        Ok(())
    }

    fn keep_rejects(&self, name: &str, _bytes: &[u8]) -> Result<String, PortError> {
        Ok(name.to_owned())
    }
}

impl Memory {
    /// The node as a start of the program opens it.
    fn open(&self) -> Node {
        let mut node = self.open_unmended();
        node.mend().unwrap();
        node
    }

    fn open_unmended(&self) -> Node {
        let ports = Ports {
            clock: Box::new(self.clone()),
            journal: Box::new(self.clone()),
            vault: Box::new(self.clone()),
            progress: Box::new(Silent),
        };
        Node::open(ports, Rates::default()).unwrap()
    }

    fn with_node() -> Memory {
        let memory = Memory::default();
        let new = NewNode {
            agency: "A05".to_owned(),
            country: Country::VN,
            kind: AgencyKind::Police,
            public_key: String::new(),
            fingerprint: String::new(),
            home: String::new(),
            case_title: "first".to_owned(),
        };
        memory.open().init(new).unwrap();
        memory
    }

    fn import(&self, name: &str, rows: &[&str]) -> Imported {
        let source = text(name, format!("{HEADER}{}", rows.concat()).into_bytes());
        let request = Import::default();
        self.open().import("first", &request, &[&*source], Language::En).unwrap()
    }

    /// Changes what the log says of an imported file, as if another version had written it.
    fn rewrite(&self, name: &str, change: impl Fn(&mut ImportedFile)) {
        for recorded in self.events.borrow_mut().iter_mut() {
            if let Event::FileImported { file, .. } = &mut recorded.event
                && file.name == name
            {
                change(file);
            }
        }
    }

    /// Name, reader and counts of each file of the default case.
    fn files(&self) -> String {
        let node = self.open();
        let files = node.case(None).unwrap().files.iter();
        let told = files.map(|f| {
            let age = if f.parser == PARSER_VERSION { "now" } else { "old" };
            format!("{} {age} {}+{}", f.name, f.accepted, f.already)
        });
        told.collect::<Vec<_>>().join(", ")
    }

    fn ids(&self) -> Result<Vec<String>, NodeError> {
        let node = self.open_unmended();
        let data = node.case_data(node.case(None)?)?;
        let segments = data.segments();
        let ids = segments.iter().flat_map(|s| (0..s.len()).map(|row| s.id(row).to_owned()));
        Ok(ids.collect())
    }

    /// A node whose first file was read by an older version, which took its first row only; the
    /// second file brought the other row, and a third one.
    fn read_by_an_older_version() -> (Memory, Digest) {
        let other = Memory::with_node();
        other.import("a.csv", &[FIRST]);
        let (name, segment) = other.segments.borrow_mut().pop_first().unwrap();
        let memory = Memory::with_node();
        memory.import("a.csv", &[FIRST, SECOND]);
        memory.segments.borrow_mut().clear();
        memory.segments.borrow_mut().insert(name, segment);
        memory.rewrite("a.csv", |file| {
            (file.parser, file.segment) = (PARSER_VERSION - 1, name);
            (file.accepted, file.rejected) = (1, 1);
        });
        memory.import("b.csv", &[SECOND, THIRD]);
        (memory, name)
    }
}

#[test]
fn what_an_older_version_read_stays_as_it_was_read() {
    let (memory, _) = Memory::read_by_an_older_version();
    let events = memory.events.borrow().len();
    assert_eq!(memory.files(), "a.csv old 1+0, b.csv now 2+0");
    assert_eq!(memory.ids().unwrap(), ["t1", "t2", "t3"]);
    assert_eq!(memory.events.borrow().len(), events);
}

#[test]
fn a_lost_segment_that_is_read_otherwise_is_recorded_with_all_that_follows() {
    let (memory, name) = Memory::read_by_an_older_version();
    memory.segments.borrow_mut().remove(&name);
    let error = memory.ids().unwrap_err();
    assert_eq!(error.code(), "broken_segment", "other rows are never taken in silence");
    let events = memory.events.borrow().len();
    assert_eq!(memory.files(), "a.csv now 2+0, b.csv now 1+1");
    assert_eq!(memory.ids().unwrap(), ["t1", "t2", "t3"], "no row is there twice");
    let node = memory.open();
    let reread: Vec<&str> = node.state().reread().map(|file| file.name.as_str()).collect();
    assert_eq!(reread, ["a.csv", "b.csv"]);
    assert!(node.check_files().unwrap().iter().all(|(_, damage)| damage.is_none()));
    let log = memory.events.borrow();
    let is_reread = |e: &Recorded| e.by == "node" && matches!(e.event, Event::FileReread { .. });
    assert_eq!(log[events..].iter().filter(|e| is_reread(e)).count(), 2, "recorded once");
    assert_eq!(log.len() - events, 2, "and nothing else");
}

#[test]
fn a_segment_of_an_older_version_is_not_trusted_for_its_count() {
    let (memory, name) = Memory::read_by_an_older_version();
    // Right in form and count, and with another amount.
    memory.segments.borrow_mut().get_mut(&name).unwrap()[24 + 8] ^= 1;
    let checked = memory.open_unmended().check_files().unwrap();
    assert_eq!(checked[0].1, Some(Damage::Segment));
    assert_eq!(memory.files(), "a.csv now 2+0, b.csv now 1+1");
}

#[test]
fn a_lost_segment_that_is_read_as_before_is_no_event() {
    let memory = Memory::with_node();
    memory.import("a.csv", &[FIRST, SECOND]);
    memory.rewrite("a.csv", |file| file.parser = PARSER_VERSION - 1);
    let events = memory.events.borrow().len();
    memory.segments.borrow_mut().clear();
    assert_eq!(memory.files(), "a.csv old 2+0");
    assert_eq!(memory.ids().unwrap(), ["t1", "t2"]);
    assert_eq!(memory.events.borrow().len(), events);
}

#[test]
fn a_case_that_cannot_be_read_again_is_left_whole() {
    let (memory, name) = Memory::read_by_an_older_version();
    memory.segments.borrow_mut().remove(&name);
    memory.originals.borrow_mut().values_mut().for_each(|bytes| bytes.push(b'x'));
    let events = memory.events.borrow().len();
    assert_eq!(memory.files(), "a.csv old 1+0, b.csv now 2+0");
    assert_eq!(memory.events.borrow().len(), events);
    let checked = memory.open().check_files().unwrap();
    assert_eq!(checked[0].1, Some(Damage::OriginalChanged));
    assert_eq!(memory.ids().unwrap_err().code(), "broken_segment");
}

#[test]
fn a_refused_file_and_a_file_without_news_keep_no_original() {
    let memory = Memory::with_node();
    memory.import("a.csv", &[FIRST, SECOND]);
    assert_eq!(memory.import("known.csv", &[FIRST]).files[0].already, 1);
    let refused = text("refused.csv", vec![b'a'; 8 << 20]);
    let mut node = memory.open();
    let answer = node.import("first", &Import::default(), &[&*refused], Language::En).unwrap();
    assert!(answer.files[0].error.is_some());
    assert_eq!(memory.originals.borrow().len(), 1);
}

#[test]
fn the_default_case_is_the_first_of_the_log_whatever_the_clock_said() {
    let memory = Memory::with_node();
    *memory.seconds.borrow_mut() = 86_400;
    let first = memory.open().case(None).unwrap().reference.clone();
    *memory.seconds.borrow_mut() = 0;
    for recorded in memory.events.borrow_mut().iter_mut() {
        recorded.at = Timestamp::from_seconds(1_000_000).unwrap();
    }
    memory.open().open_case("first", "later, by a clock that went back").unwrap();
    assert_eq!(memory.open().case(None).unwrap().reference, first);
}
