//! The words of headers: the standard name of each column, and what banks and police call it.
//!
//! The list itself is `data/headers.tsv`. A header is folded before it is compared: small letters,
//! no Vietnamese marks, letters and digits alone, so `Số tài khoản`, `so_tai_khoan` and `SO TAI
//! KHOAN` are one. A header in two languages (`Số tiền/Amount`, `Amount (Số tiền)`) is known by any
//! of its parts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use model::money::Currency;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::kind::Kind;

/// One column that a table may have.
#[derive(Debug)]
pub struct Field {
    /// In which table.
    pub kind: Kind,
    /// The standard name.
    pub name: &'static str,
    /// Whether the table cannot be read without it.
    pub required: bool,
    /// What else it is called, `|` between.
    pub words: &'static str,
}

/// The fields of a table, in the order of interfaces.md.
pub fn fields(kind: Kind) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.kind == kind)
}

/// Which field of a table a header names.
pub(crate) fn named_field(kind: Kind, header: &str) -> Option<usize> {
    readings(header).into_iter().find_map(|folded| WORDS.get(&(kind, folded)).copied())
}

/// Every folded word of every table, and the place of its field.
static WORDS: LazyLock<BTreeMap<(Kind, String), usize>> = LazyLock::new(|| {
    let mut words = BTreeMap::new();
    for kind in Kind::ALL {
        for (index, field) in fields(kind).enumerate() {
            let all = field.words.split('|').filter(|word| !word.is_empty());
            for word in all.chain([field.name]) {
                words.insert((kind, fold(word)), index);
            }
        }
    }
    words
});

/// A header as it stands, without its bracket, each half of a double name, and its bracket.
fn readings(header: &str) -> Vec<String> {
    let (outside, bracket) = match header.split_once(['(', '[']) {
        Some((outside, rest)) => (outside, rest.split([')', ']']).next().unwrap_or("")),
        None => (header, ""),
    };
    let mut readings = vec![fold(header), fold(outside)];
    readings.extend(outside.split(['/', '\n', '|']).map(fold));
    readings.push(fold(bracket));
    readings
}

/// A header's letters and digits, small and without marks.
pub(crate) fn fold(header: &str) -> String {
    let letters = header.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    letters.map(|c| if c == 'đ' { 'd' } else { c }).filter(|c| c.is_alphanumeric()).collect()
}

/// `Số tiền (VND)`, `Amount USD`: the currency named behind the word.
pub(crate) fn currency_in(header: &str) -> Option<Currency> {
    let words: Vec<&str> =
        header.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let last = words.last().filter(|_| words.len() > 1)?;
    if matches!(fold(last).as_str(), "vnd" | "dong") {
        return Currency::parse("VND").ok();
    }
    // A small word could be anything (all, top, try): codes stand in capitals.
    (**last == last.to_uppercase()).then(|| Currency::parse(last).ok()).flatten()
}

/// Every column of every table. Within a table no word stands twice.
pub static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let lines = include_str!("../data/headers.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(field).collect()
});

fn field(line: &'static str) -> Option<Field> {
    let mut parts = line.split('\t');
    let kind = Kind::parse(parts.next()?)?;
    let (name, need) = (parts.next()?, parts.next()?);
    Some(Field { kind, name, required: need == "required", words: parts.next().unwrap_or("") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_of_words_is_read() {
        let lines =
            include_str!("../data/headers.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(FIELDS.len(), lines.count());
        // The readers of rows count on these places.
        let names = |kind| fields(kind).map(|field| field.name).collect::<Vec<_>>().join(",");
        assert_eq!(
            names(Kind::Complaints),
            "complaint_id,reported_at,agency,victim_bank,victim_account,paid_to_bank,\
paid_to_account,amount,currency,suspect_phone,suspect_domain,suspect_email,suspect_wallet,device_id"
        );
        assert_eq!(
            names(Kind::Transfers),
            "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency,\
amount_received,currency_received,payment_format"
        );
        assert_eq!(
            names(Kind::Accounts),
            "account,bank,country,currency,kind,holder_name,phone,email,device_id"
        );
        assert_eq!(names(Kind::Truth), "scope,ring,pattern,item,role,value");
        assert_eq!(
            names(Kind::Authorities),
            "country,role,name_en,name_vi,name_local,address,phone,email,languages,channel,\
measures,hours,source,as_of,verified"
        );
    }

    #[test]
    fn no_word_stands_twice_in_a_table() {
        for kind in Kind::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for field in fields(kind) {
                let words = field.words.split('|').filter(|word| !word.is_empty()).map(fold);
                for word in words.filter(|word| *word != fold(field.name)) {
                    assert!(seen.insert(word.clone()), "{kind} {} {word}", field.name);
                }
            }
        }
    }
}
