//! Foreign text made fit for a drawing: cleaned, escaped, measured, shortened.

use std::fmt::Write as _;

use model::text::is_invisible;

/// At most this many characters of a foreign text get into a drawing or a page.
pub(crate) const MAX_TEXT_CHARACTERS: usize = 400;
/// At most this many characters of a sentence of our own: evidence must be read whole.
const MAX_SENTENCE_CHARACTERS: usize = 4_000;

/// What may stand in XML and looks like what it is: control characters and line breaks become
/// blanks, directional and zero-width characters go, the rest is cut at the limit.
pub(crate) fn clean(raw: &str) -> String {
    clean_up_to(raw, MAX_TEXT_CHARACTERS)
}

/// The same for a sentence of our own, which names what is foreign: it may be longer.
pub(crate) fn clean_sentence(raw: &str) -> String {
    clean_up_to(raw, MAX_SENTENCE_CHARACTERS)
}

fn clean_up_to(raw: &str, limit: usize) -> String {
    let mut cleaned = String::with_capacity(raw.len().min(limit));
    let mut taken = 0;
    for c in raw.chars().filter(|c| !is_invisible(*c) && !matches!(c, '\u{fffe}' | '\u{ffff}')) {
        let is_blank = c.is_whitespace() || c.is_control();
        if is_blank && (cleaned.is_empty() || cleaned.ends_with(' ')) {
            continue;
        }
        if taken == limit {
            cleaned.push('…');
            break;
        }
        cleaned.push(if is_blank { ' ' } else { c });
        taken += 1;
    }
    cleaned.truncate(cleaned.trim_end().len());
    cleaned
}

/// A cleaned text with the five characters that mean something in XML written out.
pub(crate) fn escaped(raw: &str) -> String {
    let mut escaped = String::with_capacity(raw.len());
    for c in clean(raw).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// How wide a text is at a size in pixels, in a wide sans-serif (DejaVu Sans): narrower fonts
/// leave some room, none runs over.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(character_width).sum::<f64>() * size
}

/// The same in bold.
pub(crate) fn bold_width(text: &str, size: f64) -> f64 {
    width(text, size) * 1.1
}

fn character_width(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' => 0.30,
        'I' | ' ' | '.' | ',' | ':' | ';' | '·' | '!' | '/' | '\\' | '(' | ')' | '[' | ']'
        | '-' => 0.36,
        'f' | 't' | 'r' => 0.41,
        'm' | 'M' | 'W' | 'w' | '@' | '…' | '%' => 0.98,
        '\u{300}'..='\u{36f}' => 0.0,
        '<' | '>' | '=' | '+' | '~' | '#' | '×' | '&' | '→' => 0.84,
        'A'..='Z' | 'Đ' => 0.72,
        '0'..='9' => 0.64,
        '\u{0}'..='\u{2fff}' => 0.63,
        _ => 1.0,
    }
}

/// Cuts a text at its end so that it fits.
pub(crate) fn fitted(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = width("…", size);
    for c in text.chars() {
        used += character_width(c) * size;
        if used > room {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// Cuts a text in its middle so that it fits: numbers and wallets are known by both their ends.
pub(crate) fn fitted_middle(text: &str, size: f64, room: f64) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut kept = characters.len();
    loop {
        let shown: String = if kept >= characters.len() {
            text.to_owned()
        } else {
            let (head, tail) = (kept - kept / 2, kept / 2);
            let tail = characters.iter().skip(characters.len() - tail);
            characters.iter().take(head).chain(['…'].iter()).chain(tail).collect()
        };
        if kept <= 2 || width(&shown, size) <= room {
            return shown;
        }
        kept -= 1;
    }
}

/// Breaks a text into lines that fit; at most `most` of them, the last one cut.
pub(crate) fn wrapped(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if line.is_empty() || width(&longer, size) <= room || lines.len() + 1 == most {
            line = longer;
        } else {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        }
    }
    lines.push(line);
    lines.iter().map(|line| fitted(line, size, room)).collect()
}

/// An SVG being written. Texts are cleaned and escaped here and nowhere else.
#[derive(Default)]
pub(crate) struct Ink {
    out: String,
}

impl Ink {
    /// Writes an empty element: its name and its attributes, which hold no foreign text.
    pub(crate) fn shape(&mut self, element: &str, attributes: std::fmt::Arguments<'_>) {
        let _ = write!(self.out, "<{element} {attributes}/>"); // writing to a String cannot fail
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, element: &str, attributes: std::fmt::Arguments<'_>) {
        let _ = write!(self.out, "<{element} {attributes}>");
    }

    /// Closes an element.
    pub(crate) fn close(&mut self, element: &str) {
        let _ = writeln!(self.out, "</{element}>");
    }

    /// The words that show when the pointer rests on a group, and that screen readers say.
    pub(crate) fn title(&mut self, words: &str) {
        let _ = write!(self.out, "<title>{}</title>", escaped(words));
    }

    /// A longer description for screen readers.
    pub(crate) fn description(&mut self, words: &str) {
        let _ = write!(self.out, "<desc>{}</desc>", escaped(words));
    }

    /// Words at a place.
    pub(crate) fn words(&mut self, words: &str, x: f64, y: f64, attributes: &str) {
        let words = escaped(words);
        let _ = write!(self.out, r#"<text x="{x:.1}" y="{y:.1}" {attributes}>{words}</text>"#);
    }

    /// What was written.
    pub(crate) fn finish(self) -> String {
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_is_cleaned_and_escaped() {
        assert_eq!(escaped("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
        assert_eq!(clean(" a\u{0}\u{7}\tb\n\u{202e}c\u{ffff} "), "a b c");
        assert_eq!(clean(&"x".repeat(999)).chars().count(), MAX_TEXT_CHARACTERS + 1);
    }

    #[test]
    fn texts_are_shortened_to_the_room_there_is() {
        assert_eq!(fitted("short", 10.0, 100.0), "short");
        let cut = fitted("a rather long name of a holder", 10.0, 80.0);
        assert!(cut.ends_with('…') && width(&cut, 10.0) <= 80.0, "{cut}");
        let wallet = fitted_middle("TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", 10.0, 90.0);
        assert!(wallet.starts_with("TJR") && wallet.ends_with("Tv8"), "{wallet}");
        assert!(width(&wallet, 10.0) <= 90.0, "{wallet}");
    }

    #[test]
    fn long_lines_are_broken_at_blanks() {
        assert_eq!(wrapped("one two three", 10.0, 50.0, 3), ["one two", "three"]);
        assert_eq!(wrapped(&"word ".repeat(50), 10.0, 60.0, 2).len(), 2);
    }
}
