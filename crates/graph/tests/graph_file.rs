//! The graph file says what the segments say, and a damaged one is refused or read inside bounds.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use graph::columns::{self, GraphError};
use graph::intake::Intake;
use graph::ledger::{Entry, Ledger, LedgerError};
use graph::merge;
use graph::segment::Segment;
use graph::trace::{Rule, follow};
use model::account::Account;
use model::digest::Digest;
use model::money::{Currency, Money};
use model::rates::Rates;
use model::time::Timestamp;
use model::transfer::Transfer;
use proptest::prelude::*;

/// Bytes that begin where a map would: at a multiple of eight.
struct Aligned(Vec<u64>, usize);

impl Aligned {
    fn new(bytes: &[u8]) -> Aligned {
        let words = bytes.chunks(8).map(|chunk| {
            let mut word = [0_u8; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            u64::from_ne_bytes(word)
        });
        Aligned(words.collect(), bytes.len())
    }

    fn bytes(&self) -> &[u8] {
        &zerocopy::IntoBytes::as_bytes(self.0.as_slice())[..self.1]
    }
}

fn transfer(id: usize, (from, to, amount, at, sent, received): Row) -> Transfer {
    let currencies =
        [Currency::USD, Currency::parse("VND").unwrap(), Currency::parse("EUR").unwrap()];
    Transfer {
        id: format!("t{id}").into(),
        at: Timestamp::from_seconds(1_735_000_000 + at).unwrap(),
        from: Account::parse("VNB01", &from.to_string()).unwrap(),
        to: Account::parse("VNB01", &to.to_string()).unwrap(),
        sent: Money::new(amount, currencies[sent]),
        received: Money::new(amount + 1, currencies[received]),
        format: "card".into(),
    }
}

type Row = (u8, u8, i64, i64, usize, usize);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0_u8..9, 0_u8..9, 0_i64..5_000, 0_i64..40, 0_usize..3, 0_usize..3);
    proptest::collection::vec(row, 1..60)
}

/// The segments of a case into which so many files were imported, and its graph file.
fn case(rows: &[Row], files: usize) -> (Vec<Vec<u8>>, Vec<Digest>, Aligned) {
    let size = rows.len().div_ceil(files);
    let mut id = 0;
    let segments: Vec<Vec<u8>> = rows
        .chunks(size)
        .map(|rows| {
            let mut intake = Intake::new(Vec::new());
            for row in rows {
                intake.take(&transfer(id, *row));
                id += 1;
            }
            intake.finish()
        })
        .collect();
    let digests: Vec<Digest> = segments.iter().map(|bytes| Digest::of(bytes)).collect();
    let mut file = Vec::new();
    merge::write(open(&segments), &digests, &mut file).unwrap();
    (segments, digests, Aligned::new(&file))
}

fn open(segments: &[Vec<u8>]) -> Vec<Segment<'_>> {
    segments.iter().map(|bytes| Segment::parse(bytes).unwrap()).collect()
}

/// Everything that a ledger tells, in words that two ledgers can be compared by.
fn told(ledger: &Ledger<'_>) -> Vec<String> {
    let mut told = vec![format!("{} unrated", ledger.unrated())];
    for (number, entry) in (0..).zip(ledger.entries()) {
        assert_eq!(ledger.entry(number), Some(entry));
        let Entry { at, sent, received, out_minor, in_minor, .. } = entry;
        let (from, to) = (ledger.account(entry.from), ledger.account(entry.to));
        let (id, format) = (ledger.id(number), ledger.format(number));
        told.push(format!(
            "{id} {format} {at} {from} {to} {sent:?} {received:?} {out_minor} {in_minor}"
        ));
    }
    for number in 0..ledger.account_count() as u32 {
        let account = ledger.account(number);
        assert_eq!(ledger.number(&account), Some(number));
        let lists = (ledger.outgoing(number), ledger.incoming(number));
        told.push(format!("{account} {:?} {lists:?}", ledger.currency(number)));
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_file_tells_what_the_segments_tell(rows in rows(), files in 1_usize..5) {
        let (segments, digests, file) = case(&rows, files);
        let rates = Rates::default();
        let made = Ledger::new(open(&segments), &rates).unwrap();
        let opened = Ledger::open(file.bytes(), open(&segments), &digests, &rates).unwrap();
        prop_assert_eq!(told(&made), told(&opened));
        prop_assert!(columns::checksum_is_right(file.bytes()));
        let times: Vec<i64> = opened.entries().map(|entry| entry.at).collect();
        prop_assert!(times.is_sorted());
        for number in 0..opened.account_count() as u32 {
            prop_assert!(opened.outgoing(number).is_sorted());
            prop_assert!(opened.incoming(number).is_sorted());
        }
    }

    #[test]
    fn a_damaged_file_is_refused_or_read_inside(rows in rows(), place: usize, bit in 0_u8..8) {
        let (segments, digests, file) = case(&rows, 2);
        let mut bytes = file.bytes().to_vec();
        let place = place % bytes.len();
        bytes[place] ^= 1 << bit;
        prop_assert!(!columns::checksum_is_right(&bytes));
        let damaged = Aligned::new(&bytes);
        let rates = Rates::default();
        if let Ok(ledger) = Ledger::open(damaged.bytes(), open(&segments), &digests, &rates) {
            for number in 0..ledger.len() as u32 {
                let entry = ledger.entry(number).unwrap();
                let _ = (ledger.id(number), ledger.account(entry.from), ledger.account(entry.to));
            }
            for number in 0..ledger.account_count() as u32 {
                let _ = ledger.number(&ledger.account(number));
            }
            let all: Vec<u32> = (0..ledger.len() as u32).collect();
            for rule in Rule::ALL {
                follow(&ledger, &[0], rule);
                follow(&ledger, &all, rule);
            }
        }
    }
}

#[test]
fn a_file_of_other_segments_is_refused() {
    let (_, digests, file) = case(&[(1, 2, 5, 0, 0, 0)], 1);
    assert_eq!(columns::check(file.bytes(), &digests), Ok(()));
    let other = [Digest::of(b"other")];
    assert_eq!(columns::check(file.bytes(), &other), Err(GraphError::Segments));
}

#[test]
fn a_file_cut_short_is_refused_at_every_length() {
    let (_, digests, file) = case(&[(1, 2, 5, 0, 0, 0), (2, 3, 5, 1, 0, 1)], 1);
    for length in 0..file.bytes().len() {
        let cut = Aligned::new(&file.bytes()[..length]);
        assert!(columns::check(cut.bytes(), &digests).is_err(), "{length} bytes");
    }
}

#[test]
fn a_transfer_takes_48_bytes_and_an_account_at_most_41() {
    let size = |transfers: usize| {
        let rows: Vec<Row> = (0..transfers).map(|n| (1, 2, 5, n as i64, 0, 0)).collect();
        case(&rows, 1).2.bytes().len()
    };
    assert_eq!(size(60) - size(10), 50 * 48);
    let accounts = |accounts: u8| {
        let rows: Vec<Row> = (0..200).map(|n| (n % accounts, 0, 5, 0, 0, 0)).collect();
        case(&rows, 1).2.bytes().len()
    };
    assert!(accounts(129) - accounts(1) <= 128 * 41);
}

#[test]
fn a_sum_beyond_64_bits_is_no_file() {
    let huge = |id, to: &str| Transfer {
        sent: Money::new(i64::MAX, Currency::USD),
        received: Money::new(i64::MAX, Currency::USD),
        to: Account::parse("VNB01", to).unwrap(),
        ..transfer(id, (1, 2, 0, 0, 0, 0))
    };
    let made = |transfers: &[Transfer]| {
        let mut intake = Intake::new(Vec::new());
        for transfer in transfers {
            intake.take(transfer);
        }
        let bytes = intake.finish();
        Ledger::new(vec![Segment::parse(&bytes).unwrap()], &Rates::default()).err()
    };
    let error = made(&[huge(1, "2"), huge(2, "2")]);
    assert_eq!(error, Some(LedgerError::Sum("VNB01/2".to_owned())));
    // Each account's own sum fits, all together in US cents do not.
    let error = made(&[huge(1, "2"), huge(2, "3")]);
    assert_eq!(error, Some(LedgerError::Sum("VNB01/3".to_owned())));
    assert_eq!(made(&[huge(1, "2")]), None);
}
