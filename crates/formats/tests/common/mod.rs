//! What the tests share: sources in memory, rows as text, and a writer of small zip archives.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "every test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a broken helper is a broken test")]

use std::fmt::Write as _;
use std::io::{self, Read, Write as _};

use formats::error::FileError;
use formats::open::{self, Opened, Options, Row, Source};
use model::country::Country;
use model::refusal::RowError;

pub struct Memory(pub Vec<u8>);

impl Source for Memory {
    fn reader(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.0.as_slice()))
    }

    fn name(&self) -> &str {
        "memory"
    }
}

pub fn vietnam() -> Options {
    Options { country: Some(Country::VN), ..Options::default() }
}

pub fn rows(source: &dyn Source, options: &Options) -> (Vec<Row>, Result<Opened, FileError>) {
    let mut rows = Vec::new();
    let opened = open::detect(source, options).and_then(|opened| {
        open::read(source, &opened, options, &mut |row| rows.push(row)).map(|()| opened)
    });
    (rows, opened)
}

/// Every row on a line of its own, and the error at the end.
pub fn text(bytes: impl Into<Vec<u8>>, options: &Options) -> String {
    let (rows, opened) = rows(&Memory(bytes.into()), options);
    let mut text: String = rows.iter().map(|row| show(row) + "\n").collect();
    if let Err(error) = opened {
        writeln!(text, "error {} {}", error.code(), error.value()).unwrap();
    }
    text
}

pub fn show(row: &Row) -> String {
    let error = |word: &str, e: &RowError| {
        format!(
            "{} {word} {} {:?} {}",
            e.row,
            if e.field.is_empty() { "-" } else { &e.field },
            e.value,
            e.code
        )
    };
    match row {
        Row::Transfer(row, t) => {
            format!(
                "{row} {} {} {} > {} {} {} {}",
                t.id, t.at, t.from, t.to, t.sent, t.received, t.format
            )
        }
        Row::Complaint(row, c) => {
            let victim = c.victim.as_ref().map_or("-".to_owned(), ToString::to_string);
            let suspects: Vec<&str> = c.suspects.iter().map(|s| s.value()).collect();
            let (to, amount) = (&c.paid_to, c.amount);
            let at = c.reported_at;
            format!(
                "{row} {}/{} {at} {victim} > {to} {amount} {}",
                c.agency,
                c.id,
                suspects.join(" ")
            )
        }
        Row::Holding(row, h) => {
            let country = h.country.map_or("-".to_owned(), |c| c.to_string());
            let currency = h.currency.map_or("-".to_owned(), |c| c.to_string());
            let values: Vec<&str> = h.identifiers.iter().map(|i| i.value()).collect();
            let (account, kind, name) = (&h.account, h.kind, &h.holder_name);
            format!("{row} {account} {country} {currency} {kind:?} {name:?} {}", values.join(" "))
        }
        Row::Indicator(row, i) => {
            let at = i.at.map_or("-".to_owned(), |at| at.to_string());
            let value = i.identifier.value();
            format!("{row} {} {value} {} {:?} {at} {:?}", i.id, i.bulletin, i.title, i.tlp)
        }
        Row::Authority(row, a) => {
            let words = |words: Vec<String>| words.join(" ");
            let of = |one: &Option<model::identifier::Identifier>| {
                one.as_ref().map_or("-".to_owned(), |one| one.value().to_owned())
            };
            format!(
                "{row} {} {} {:?} {:?} {:?} {:?} {} {} [{}] {} [{}] {:?} {:?} {} {}",
                a.country,
                a.role,
                a.name_en,
                a.name_vi,
                a.name_local,
                a.address,
                of(&a.phone),
                of(&a.email),
                words(a.languages.clone()),
                a.channel.map_or("-", model::authority::Channel::id),
                words(a.measures.iter().map(ToString::to_string).collect()),
                a.hours,
                a.source,
                a.as_of,
                a.verified
            )
        }
        Row::Truth(row) => format!("{row} truth"),
        Row::Rejected(e) => error("rejected", e),
        Row::Warning(e) => error("warning", e),
    }
    .trim_end()
    .to_owned()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A zip archive of deflated parts; `lie` is added to the sizes that the directory declares.
pub fn zip(parts: &[(&str, &[u8])], lie: u32) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let mut encoder =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(content).unwrap();
        let packed = encoder.finish().unwrap();
        let offset = bytes.len() as u32;
        let mut fixed: Vec<u8> = vec![20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0x5a];
        for number in [crc.sum(), packed.len() as u32, (content.len() as u32).wrapping_add(lie)] {
            fixed.extend(number.to_le_bytes());
        }
        fixed.extend((name.len() as u16).to_le_bytes());
        fixed.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&fixed);
        bytes.extend(name.as_bytes());
        bytes.extend(&packed);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&fixed);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (count, start) = (parts.len() as u16, bytes.len() as u32);
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// A workbook with one sheet out of its rows; a cell's text is XML inside `<c …>`, see `cells`.
pub fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    workbook_of(&[("Sheet1", sheet(rows))])
}

pub fn workbook_of(sheets: &[(&str, String)]) -> Vec<u8> {
    let (mut list, mut links) = (String::new(), String::new());
    for (number, (name, _)) in (1..).zip(sheets) {
        write!(list, r#"<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>"#).unwrap();
        write!(
            links,
            r#"<Relationship Id="rId{number}"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
Target="worksheets/sheet{number}.xml"/>"#
        )
        .unwrap();
    }
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    let root = r#"<Relationships
xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
Target="xl/workbook.xml"/></Relationships>"#;
    let book = format!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets>{list}</sheets></workbook>"#
    );
    let links = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
{links}</Relationships>"#
    );
    // Style 1 is a date with a time (built-in format 22).
    let styles = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs>
</styleSheet>"#;
    let names: Vec<String> =
        (1..=sheets.len()).map(|n| format!("xl/worksheets/sheet{n}.xml")).collect();
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
    ];
    for (name, (_, content)) in names.iter().zip(sheets) {
        parts.push((name, content.as_bytes()));
    }
    zip(&parts, 0)
}

/// A cell is a text, or `#1.5` a number, `@45660.5` a date, `=1+1` a formula, `!#REF!` an error.
pub fn sheet(rows: &[&[&str]]) -> String {
    let mut xml = String::new();
    for (row, cells) in (1..).zip(rows) {
        write!(xml, r#"<row r="{row}">"#).unwrap();
        for (column, cell) in ('A'..).zip(*cells) {
            let at = format!(r#"r="{column}{row}""#);
            match (cell.chars().next(), cell.get(1..).unwrap_or("")) {
                (None, _) => Ok(()),
                (Some('#'), number) => write!(xml, "<c {at}><v>{number}</v></c>"),
                (Some('@'), number) => write!(xml, r#"<c {at} s="1"><v>{number}</v></c>"#),
                (Some('='), formula) => write!(xml, "<c {at}><f>{formula}</f><v>2</v></c>"),
                (Some('!'), error) => write!(xml, r#"<c {at} t="e"><v>{error}</v></c>"#),
                _ => write!(xml, r#"<c {at} t="inlineStr"><is><t>{cell}</t></is></c>"#),
            }
            .unwrap();
        }
        xml.push_str("</row>");
    }
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData>{xml}</sheetData></worksheet>"#
    )
}
