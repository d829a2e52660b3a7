//! Cards: what stands on an account, and the tag with the money that rests there.

use i18n::{Language, money, short_money, text, text_with};
use model::role::Role;

use crate::chart::Node;
use crate::ink::{Ink, bold_width, clean, fitted, fitted_middle, width};
use crate::layout::{CARD_WIDTH, Card, CardSize};
use crate::shape::{DARK, badge, colours, outline, resting_sign, sign};

/// Room between a card's side and its text.
const INSET: f64 = 9.0;
/// Height of the tag that says what rests in an account.
const TAG_HEIGHT: f64 = 17.0;
/// Size of bank and holder.
const NOTE_SIZE: f64 = 10.0;
/// Height of one line of them.
const NOTE_HEIGHT: f64 = 12.5;

/// How much room a node wants.
pub(crate) fn size(node: &Node, has_loop: bool) -> CardSize {
    CardSize {
        height: 40.0 + NOTE_HEIGHT * notes(node).len() as f64,
        above: if has_loop { 22.0 } else { 0.0 },
        below: if node.resting.is_some() { TAG_HEIGHT } else { 0.0 },
    }
}

/// The small lines under the number: bank and holder, in one line where both fit.
fn notes(node: &Node) -> Vec<String> {
    let parts = [clean(&node.bank), clean(&node.holder)];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let joint = parts.join(" · ");
    let room = CARD_WIDTH - 2.0 * INSET;
    match parts.is_empty() {
        true => Vec::new(),
        false if width(&joint, NOTE_SIZE) <= room => vec![joint],
        false => parts.iter().map(|part| fitted(part, NOTE_SIZE, room)).collect(),
    }
}

/// What the account is called in one line, in full.
pub(crate) fn name(node: &Node, language: Language) -> String {
    let (bank, number) = (clean(&node.bank), clean(&node.number));
    match (bank.is_empty(), number.is_empty()) {
        (true, true) => others(node, language),
        (true, false) => number,
        (false, true) => bank,
        (false, false) => format!("{bank}/{number}"),
    }
}

fn others(node: &Node, language: Language) -> String {
    let key = format!("chart-others-{}", node.role.as_str());
    text_with(language, &key, &[("count", node.accounts().into())])
}

/// Draws a card. `is_rest` says that others of its kind are drawn beside it: "+ 23 mules".
pub(crate) fn draw(ink: &mut Ink, node: &Node, card: Card, is_rest: bool, language: Language) {
    ink.open("g", format_args!(""));
    ink.title(&title(node, language));
    let (strong, _) = colours(node.role);
    let group = node.others > 1;
    if let Some(resting) = node.resting {
        let words = text_with(
            language,
            "chart-resting-short",
            &[("amount", short_money(language, &resting).as_str().into())],
        );
        tag(ink, card, &words);
    }
    for offset in [6.0, 3.0].into_iter().filter(|_| group) {
        // A pile seen from the front: the cards behind are narrower, so that no line ends in the
        // air.
        let behind = Card { x: card.x + offset, y: card.y - offset, height: card.height };
        outline(ink, node.role, behind, CARD_WIDTH - 2.0 * offset, 1.0);
    }
    outline(ink, node.role, card, CARD_WIDTH, if node.role == Role::Boss { 2.4 } else { 1.5 });
    let notes = notes(node);
    let top = card.y + (card.height - 27.0 - NOTE_HEIGHT * notes.len() as f64) / 2.0;
    first_line(ink, node, card.x + INSET, top + 9.5, language);
    let room = CARD_WIDTH - 2.0 * INSET;
    let sum = |words: String| if is_rest { format!("+ {words}") } else { words };
    let short = || text_with(language, "chart-accounts", &[("count", node.accounts().into())]);
    // A card with a bank and no number is a group that has a name of its own.
    let words = match node.number.is_empty() {
        true if node.bank.is_empty() => sum(others(node, language)),
        true => others(node, language),
        false => clean(&node.number),
    };
    let words = match group && bold_width(&words, 11.0) > room {
        true => sum(short()),
        false => words,
    };
    let words = match node.others > 1 {
        true => fitted(&words, 11.0 * 1.1, room),
        false => fitted_middle(&words, 11.5 * 1.08, room),
    };
    let number_size = if node.others > 1 { 11.0 } else { 11.5 };
    let attributes = format!(r#"font-size="{number_size}" font-weight="700" fill="{DARK}""#);
    ink.words(&words, card.x + INSET, top + 23.5, &attributes);
    for (index, note) in notes.iter().enumerate() {
        let baseline = top + 36.0 + NOTE_HEIGHT * index as f64;
        let attributes = format!(r#"font-size="{NOTE_SIZE}" fill="{DARK}""#);
        ink.words(note, card.x + INSET, baseline, &attributes);
    }
    if node.role == Role::Boss {
        ink.shape(
            "rect",
            format_args!(
                r#"x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}" fill="none" stroke="{strong}" stroke-width="0.8""#,
                card.x + 3.5, card.y + 3.5, CARD_WIDTH - 7.0, card.height - 7.0
            ),
        );
    }
    ink.close("g");
}

/// Country, sign and word of the role.
fn first_line(ink: &mut Ink, node: &Node, left: f64, baseline: f64, language: Language) {
    let (strong, _) = colours(node.role);
    let mut x = left;
    if let Some(country) = node.country {
        badge(ink, country.as_str(), x, baseline);
        x += 26.0;
    }
    sign(ink, node.role, x + 4.5, baseline - 3.7, 4.5);
    x += 12.0;
    let role = text(language, &format!("role-short-{}", node.role.as_str()));
    let role = fitted(&role, 10.6, left + CARD_WIDTH - 2.0 * INSET - x);
    let attributes = format!(r#"font-size="10" font-weight="700" fill="{strong}""#);
    ink.words(&role, x, baseline, &attributes);
}

/// The dark tag under a card: money that can still be stopped.
fn tag(ink: &mut Ink, card: Card, words: &str) {
    let wide = (bold_width(words, 10.0) + 22.0).min(CARD_WIDTH - 8.0);
    let (x, y) = (card.x + 4.0, card.y + card.height - 1.0);
    ink.shape(
        "path",
        format_args!(
            r#"d="M{x:.1} {y:.1}h{wide:.1}v{:.1}q0 3-3 3h-{:.1}q-3 0-3-3z" fill="{DARK}""#,
            TAG_HEIGHT - 3.0,
            wide - 6.0
        ),
    );
    resting_sign(ink, x + 9.0, y + 8.8, "#ffffff");
    let words = fitted(words, 11.0, wide - 20.0);
    let attributes = r##"font-size="10" font-weight="700" fill="#ffffff""##;
    ink.words(&words, x + 16.0, y + 12.6, attributes);
}

fn title(node: &Node, language: Language) -> String {
    let mut parts = vec![name(node, language)];
    let mut role = text(language, &format!("role-{}", node.role.as_str()));
    if let Some(country) = node.country {
        role = format!("{role}, {}", i18n::country(language, country));
    }
    parts.push(role);
    let holder = clean(&node.holder);
    if !holder.is_empty() {
        parts.push(text_with(language, "chart-holder", &[("holder", holder.as_str().into())]));
    }
    if let Some(resting) = node.resting {
        let amount = money(language, &resting);
        parts.push(text_with(language, "chart-resting", &[("amount", amount.as_str().into())]));
    }
    if node.others > 1 {
        parts.push(text_with(language, "chart-stands-for", &[("count", node.others.into())]));
    }
    parts.join(" · ")
}
