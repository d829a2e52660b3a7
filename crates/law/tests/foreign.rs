//! Packs that come from somebody else: whatever stands in them, they are read or refused, and what
//! was read answers.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use law::builtin::FILES;
use law::fault::{PackFault, Problem};
use law::question::{Asked, Question};
use law::read::{MAX_FAULTS, MAX_ROWS, TABLES};
use law::{Pack, basis};

/// So many packs are bent; the built-in one's tables and a few of its instruments.
const ROUNDS: u64 = 150;
const KEPT: [&str; 14] = [
    "asean-ext",
    "budapest",
    "uncc",
    "untoc",
    "vn-cyber-2025",
    "vn-decree-333-2026",
    "vn-ext-2025",
    "vn-lla-2007",
    "vn-mla-2025",
    "vn-mla-cn",
    "vn-mla-jp",
    "vn-mla-kr",
    "vn-pdpl-2025",
    "vn-penal-2015",
];

/// Numbers that follow from a seed (xorshift64*).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(drawn).unwrap() % end.max(1)
    }
}

/// A text with one line bent: left out, doubled, swapped, or one of its values made another.
fn bent(text: &str, chance: &mut Chance) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let place = chance.below(lines.len());
    let other = chance.below(lines.len());
    let values = [
        "4294967295",
        "-1",
        "1e308",
        "nan",
        "true",
        "\"\"",
        "[]",
        "{}",
        "\"2099-12-31\"",
        "\"1900\"",
        "[\"mla\", \"mla\"]",
        "\"ZZ\"",
        "0x7fffffff",
        "\"𝔘ạ\u{300}\"",
        "[[[]]]",
    ];
    match chance.below(5) {
        0 => drop(lines.remove(place)),
        1 => lines.insert(other, lines[place].clone()),
        2 => lines.swap(place, other),
        3 => {
            let line = lines[place].clone();
            let cut = line.char_indices().nth(chance.below(line.chars().count()));
            lines[place] = line[..cut.map_or(0, |(at, _)| at)].to_owned();
        }
        _ => {
            if let Some((word, _)) = lines[place].clone().split_once(" = ") {
                lines[place] = format!("{word} = {}", values[chance.below(values.len())]);
            }
        }
    }
    lines.join("\n")
}

#[test]
fn a_bent_pack_is_refused_or_answers() {
    let instrument = |name: &str| KEPT.iter().any(|id| name == format!("instruments/{id}.toml"));
    let kept = FILES.iter().filter(|(name, _)| !name.contains('/') || instrument(name));
    let whole: Vec<(&str, &str)> = kept.copied().collect();
    assert!(whole.len() == TABLES.len() + 1 + KEPT.len() && Pack::read(&whole).is_ok());
    let (mut chance, mut read, mut refused) = (Chance(20_261_127), 0, 0);
    for _ in 0..ROUNDS {
        let place = chance.below(whole.len());
        let text = bent(whole[place].1, &mut chance);
        let mut files = whole.clone();
        files[place].1 = &text;
        match Pack::read(&files) {
            Err(faults) => {
                assert!(!faults.is_empty() && faults.len() <= MAX_FAULTS);
                refused += 1;
            }
            Ok(pack) => {
                read += 1;
                let asked = Asked {
                    from: "VN",
                    to: "KR",
                    conduct: "computer_fraud",
                    measure: "docs_records",
                    kind: None,
                    clause: Some("VN Penal Code 174(2)"),
                    on: "2026-11-26",
                    organised: None,
                    transnational: None,
                };
                if let Ok(question) = Question::parse(&pack, &asked) {
                    assert_eq!(basis(&pack, &question).pack, pack.digest());
                }
            }
        }
    }
    assert!(read > 0 && refused > read, "{read} read, {refused} refused");
}

/// Every table has its limit, and one of rows that are all wrong tells no more than it may.
#[test]
fn a_table_of_too_many_rows_is_refused() {
    let text = "{ en = \"\", vi = \"\" }";
    let measure = format!(
        "[[measure]]\nid = \"jit\"\nname = {text}\nusual_channel = {text}\nplanning_unit = \"\"\n\
         coercive = true\n"
    );
    let element = "[[element]]\nkind = \"mla\"\nid = \"a\"\nen = \"\"\nvi = \"\"\n".to_owned();
    let conflict = "[[conflict]]\nen = \"\"\nvi = \"\"\nsource = \"x\"\n".to_owned();
    for (file, row) in [
        ("measures.toml", measure),
        ("minimum.toml", element),
        ("instruments/vn-mla-kr.toml", conflict),
    ] {
        for (rows, is_long) in [(MAX_ROWS + 1, true), (MAX_ROWS - 200, false)] {
            let mut files = FILES.to_vec();
            let found = files.iter().position(|(name, _)| *name == file).unwrap();
            let (before, sources) = match files[found].1.split_once("\n[sources]") {
                Some((before, sources)) => (before, format!("\n[sources]{sources}")),
                None => (files[found].1, String::new()),
            };
            let text = format!("{before}\n{}{sources}", row.repeat(rows));
            files[found].1 = &text;
            let faults = Pack::read(&files).err().unwrap();
            let is_told = |fault: &PackFault| {
                fault.file == file && fault.problem == Problem::TooLarge && fault.other == "5000"
            };
            assert_eq!(faults.iter().any(is_told), is_long, "{file}: {:?}", faults.first());
            assert!(faults.len() <= MAX_FAULTS);
        }
    }
}
