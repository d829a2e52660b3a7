//! One record as its fields, whatever it came out of.

use csv::ByteRecord;

/// A record's fields by column.
pub(crate) trait Cells {
    /// How many there are.
    fn count(&self) -> usize;
    /// The text of a column; empty where there is none.
    fn cell(&self, column: usize) -> &str;
}

/// A record of a text table whose bytes are known to be UTF-8.
pub(crate) struct TextCells<'a> {
    record: &'a ByteRecord,
    text: &'a str,
}

impl<'a> TextCells<'a> {
    /// `None` where some field is no UTF-8.
    pub(crate) fn new(record: &'a ByteRecord) -> Option<TextCells<'a>> {
        let text = std::str::from_utf8(record.as_slice()).ok()?;
        // Two broken fields may make one good text: each border must be a character's border.
        let is_whole = text.is_ascii()
            || (0..record.len()).filter_map(|column| record.range(column)).all(|range| {
                text.is_char_boundary(range.start) && text.is_char_boundary(range.end)
            });
        is_whole.then_some(TextCells { record, text })
    }
}

impl Cells for TextCells<'_> {
    fn count(&self) -> usize {
        self.record.len()
    }

    fn cell(&self, column: usize) -> &str {
        self.record.range(column).and_then(|range| self.text.get(range)).unwrap_or("")
    }
}

impl Cells for [String] {
    fn count(&self) -> usize {
        self.len()
    }

    fn cell(&self, column: usize) -> &str {
        self.get(column).map_or("", String::as_str)
    }
}
