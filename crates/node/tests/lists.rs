//! Two lists compared by MATCH: what is found is what plain comparing finds, whatever stands there.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::sync::Mutex;

use formats::open::Source;
use i18n::Language;
use model::country::Country;
use model::identifier::{Context, Identifier, Kind};
use node::answer::ListsAnswer;
use node::matching::lists::{Tools, compare};
use node::port::{PortError, Progress, Random, Silent};
use proptest::prelude::*;

struct List(&'static str, String);

impl Source for List {
    fn reader(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.1.as_bytes()))
    }

    fn name(&self) -> &str {
        self.0
    }
}

/// Other bytes at each call.
#[derive(Default)]
struct Chance(Mutex<u64>);

impl Random for Chance {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), PortError> {
        let mut state = self.0.lock().unwrap();
        for byte in bytes {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(0x9e37);
            *byte = (*state >> 40) as u8;
        }
        Ok(())
    }
}

fn compared(published: &str, asked: &str, progress: &dyn Progress) -> ListsAnswer {
    let tools = Tools { random: &Chance::default(), cpu_seconds: &|| 0.0, progress, threads: 2 };
    let lists = [List("a.txt", published.to_owned()), List("b.txt", asked.to_owned())];
    let country = Country::parse("VN").ok();
    compare(&tools, [&lists[0], &lists[1]], country, Language::En).unwrap()
}

fn told(answer: &ListsAnswer) -> BTreeSet<String> {
    answer.hits.iter().map(|hit| format!("{}:{}", hit.kind, hit.value)).collect()
}

fn check(published: &str, asked: &str, hits: &[&str]) {
    let answer = compared(published, asked, &Silent);
    assert_eq!(answer.rejected_total, 0, "{:?}", answer.rejected);
    assert_eq!(told(&answer), hits.iter().map(|hit| (*hit).to_owned()).collect());
}

#[test]
fn each_side_writes_as_it_likes() {
    check("phone:0912 345 678", "phone:+84-912-345-678", &["phone:+84912345678"]);
    check(
        "account:vn/970436/0123456789",
        "ACCOUNT:VN/970436/0123 456 789",
        &["account:VN/970436/0123456789"],
    );
    check(
        "url:hxxps://evil[.]example/a",
        "url:https://EVIL.example/a",
        &["url:https://evil.example/a"],
    );
    check("email:Anna@Example.com", "email:anna@example.com", &["email:anna@example.com"]);
}

#[test]
fn the_same_value_of_another_kind_is_no_hit() {
    check("device:aabbccddeeff0011", "document:VN/cccd/001099000001", &[]);
    check("phone:+84912345678", "device:84912345678aaaaa", &[]);
}

#[test]
fn a_value_that_stands_many_times_is_one_hit() {
    check(
        "phone:0912345678\nphone:+84912345678\n",
        "phone:0912345678\nphone:0912345678\n",
        &["phone:+84912345678"],
    );
}

#[test]
fn empty_lists_have_nothing_in_common() {
    check("", "", &[]);
    check("phone:0912345678", "# nothing\n\n", &[]);
    check("", "phone:0912345678", &[]);
}

#[test]
fn lines_that_hold_nothing_are_named_with_their_list() {
    let answer = compared("phone:0912345678\nfax:1\n", "phone\nphone:0912345678", &Silent);
    let bad: Vec<_> = answer.rejected.iter().map(|bad| (bad.file.as_str(), bad.row)).collect();
    assert_eq!(bad, [("a.txt", 2), ("b.txt", 1)]);
    assert_eq!((answer.rejected_total, answer.hits.len()), (2, 1));
}

#[test]
fn a_list_of_several_batches_is_asked_about_whole() {
    struct Counted(RefCell<Vec<(String, u64)>>);
    impl Progress for Counted {
        fn rows(&self, file: &str, rows: u64) {
            self.0.borrow_mut().push((file.to_owned(), rows));
        }
    }
    let list = |first: u32, last: u32| {
        (first..last).map(|number| format!("phone:+849{number:08}\n")).collect::<String>()
    };
    let progress = Counted(RefCell::default());
    let answer = compared(&list(0, 100), &list(98, 16_500), &progress);
    assert_eq!(
        told(&answer),
        ["phone:+84900000098", "phone:+84900000099"].map(str::to_owned).into()
    );
    let told = progress.0.into_inner();
    let expected = [("a.txt", 100), ("b.txt", 16_384), ("b.txt", 16_402)];
    assert_eq!(told, expected.map(|(file, rows)| (file.to_owned(), rows)));
    // A whole batch, and 18 that are filled up to 64, with a proof each in what comes back.
    let asked = (16_384 + 64) * 32;
    assert_eq!((answer.bytes.query, answer.bytes.reply), (asked, asked + 2 * 64));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_found_is_what_plain_comparing_finds(
        published in proptest::collection::vec(0_u32..400, 0..150),
        asked in proptest::collection::vec(0_u32..400, 0..150),
    ) {
        let line = |number: &u32| match number % 4 {
            0 => format!("phone:09{number:08}"),
            1 => format!("email:user{number}@example.com"),
            2 => format!("domain:host{number}.example"),
            _ => format!("account:VN/970436/{number:010}"),
        };
        let list = |numbers: &[u32]| {
            numbers.iter().map(|number| line(number) + "\n").collect::<String>()
        };
        let country = Context { country: Country::parse("VN").ok() };
        let plain = |numbers: &[u32]| -> BTreeSet<Identifier> {
            let lines = numbers.iter().map(line);
            lines.filter_map(|line| {
                let (kind, value) = line.split_once(':').unwrap();
                Identifier::parse(Kind::parse(kind).unwrap(), value, country).ok()
            }).collect()
        };
        let answer = compared(&list(&published), &list(&asked), &Silent);
        let common: BTreeSet<String> =
            plain(&published).intersection(&plain(&asked)).map(ToString::to_string).collect();
        prop_assert_eq!(told(&answer), common);
    }
}
