//! Cards: how an account looks. Outline, colour, sign and word all say the role, so that the chart
//! can be read in grey and by people who see colours differently.
//!
//! Source of the colours: Okabe and Ito (2008), darkened so that text on white has a contrast of
//! at least 4.5 to 1 (WCAG 2.1, 1.4.3).

use i18n::{Language, money, short_money, text, text_with};
use model::role::Role;

use crate::chart::Node;
use crate::ink::{Ink, bold_width, clean, fitted, fitted_middle, width};
use crate::layout::{CARD_WIDTH, Card, CardSize};

/// Ink of all dark text.
pub(crate) const DARK: &str = "#16202b";
/// Ink of side notes.
pub(crate) const GREY: &str = "#56616d";
/// Room between a card's side and its text.
const INSET: f64 = 9.0;
/// Height of the tag that says what rests in an account.
const TAG_HEIGHT: f64 = 17.0;
/// Size of bank and holder.
const NOTE_SIZE: f64 = 10.0;
/// Height of one line of them.
const NOTE_HEIGHT: f64 = 12.5;

/// The strong and the light colour of a role.
pub(crate) fn colours(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Victim => ("#4a5560", "#ffffff"),
        Role::Collector => ("#a85a00", "#fdefd8"),
        Role::Mule => ("#1c6ea4", "#e4f1fa"),
        Role::Exchange => ("#00735a", "#d8f0e8"),
        Role::Wallet => ("#6f6300", "#faf5c8"),
        Role::Launderer => ("#93386f", "#f7e2ef"),
        Role::Boss => ("#8c1d0f", "#f6d6cf"),
    }
}

/// How much room a node wants.
pub(crate) fn size(node: &Node, has_loop: bool) -> CardSize {
    CardSize {
        height: 40.0 + NOTE_HEIGHT * notes(node).len() as f64,
        above: if has_loop { 22.0 } else { 0.0 },
        below: if node.resting.is_some() {
            TAG_HEIGHT
        } else {
            0.0
        },
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
        false => parts
            .iter()
            .map(|part| fitted(part, NOTE_SIZE, room))
            .collect(),
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
        // A pile seen from the front: the cards behind are narrower, so that no line ends in the air.
        let behind = Card {
            x: card.x + offset,
            y: card.y - offset,
            height: card.height,
        };
        outline(ink, node.role, behind, CARD_WIDTH - 2.0 * offset, 1.0);
    }
    outline(
        ink,
        node.role,
        card,
        CARD_WIDTH,
        if node.role == Role::Boss { 2.4 } else { 1.5 },
    );
    let notes = notes(node);
    let top = card.y + (card.height - 27.0 - NOTE_HEIGHT * notes.len() as f64) / 2.0;
    first_line(ink, node, card.x + INSET, top + 9.5, language);
    let room = CARD_WIDTH - 2.0 * INSET;
    let sum = |words: String| if is_rest { format!("+ {words}") } else { words };
    let short = || {
        text_with(
            language,
            "chart-accounts",
            &[("count", node.accounts().into())],
        )
    };
    let words = match node.number.is_empty() && node.bank.is_empty() {
        true => sum(others(node, language)),
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

/// The two letters of a country in a small frame.
pub(crate) fn badge(ink: &mut Ink, letters: &str, x: f64, baseline: f64) {
    ink.shape(
        "rect",
        format_args!(
            r##"x="{x:.1}" y="{:.1}" width="22" height="13" rx="2.5" fill="#ffffff" stroke="{DARK}" stroke-width="0.9""##,
            baseline - 10.2
        ),
    );
    let attributes =
        format!(r#"font-size="9.5" font-weight="700" text-anchor="middle" fill="{DARK}""#);
    ink.words(letters, x + 11.0, baseline - 0.3, &attributes);
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

/// Two upright bars: standing still.
pub(crate) fn resting_sign(ink: &mut Ink, x: f64, y: f64, colour: &str) {
    for shift in [-3.4, 0.6] {
        ink.shape(
            "rect",
            format_args!(
                r#"x="{:.1}" y="{:.1}" width="2.4" height="7.6" fill="{colour}""#,
                x + shift,
                y - 3.8
            ),
        );
    }
}

/// The card's outline, of its role's own shape; the sides stay straight where lines end.
pub(crate) fn outline(ink: &mut Ink, role: Role, card: Card, wide: f64, stroke: f64) {
    let (strong, light) = colours(role);
    let cut = 10.0_f64.min(card.height / 3.0);
    // Corners from the top left on, clockwise: 0 square, 1 cut off, 2 round.
    let corners = match role {
        Role::Victim => [2, 2, 2, 2],
        Role::Collector => [1, 0, 0, 1],
        Role::Mule | Role::Boss => [0, 0, 0, 0],
        Role::Exchange => [1, 1, 1, 1],
        Role::Wallet => [0, 2, 2, 0],
        Role::Launderer => [1, 0, 1, 0],
    };
    let (left, top, right, bottom) = (card.x, card.y, card.x + wide, card.y + card.height);
    let turns = [
        ((left, top + cut), (left, top), (left + cut, top)),
        ((right - cut, top), (right, top), (right, top + cut)),
        (
            (right, bottom - cut),
            (right, bottom),
            (right - cut, bottom),
        ),
        ((left + cut, bottom), (left, bottom), (left, bottom - cut)),
    ];
    let mut path = String::new();
    for (corner, (before, at, behind)) in corners.into_iter().zip(turns) {
        let letter = if path.is_empty() { 'M' } else { 'L' };
        path.push_str(&match corner {
            0 => format!("{letter}{:.1} {:.1}", at.0, at.1),
            1 => format!(
                "{letter}{:.1} {:.1}L{:.1} {:.1}",
                before.0, before.1, behind.0, behind.1
            ),
            _ => format!(
                "{letter}{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}",
                before.0, before.1, at.0, at.1, behind.0, behind.1
            ),
        });
    }
    ink.shape(
        "path",
        format_args!(r#"d="{path}Z" fill="{light}" stroke="{strong}" stroke-width="{stroke}""#),
    );
}

/// A small filled sign of the role round a middle.
pub(crate) fn sign(ink: &mut Ink, role: Role, x: f64, y: f64, r: f64) {
    let (strong, _) = colours(role);
    let points: &[(f64, f64)] = match role {
        Role::Victim => {
            ink.shape(
                "circle",
                format_args!(r#"cx="{x:.1}" cy="{y:.1}" r="{r:.1}" fill="{strong}""#),
            );
            return;
        }
        Role::Collector => &[(-0.9, -1.0), (1.1, 0.0), (-0.9, 1.0)],
        Role::Mule => &[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        Role::Exchange => &[
            (-0.55, -1.0),
            (0.55, -1.0),
            (1.1, 0.0),
            (0.55, 1.0),
            (-0.55, 1.0),
            (-1.1, 0.0),
        ],
        Role::Wallet => &[(0.0, -1.15), (1.0, 0.0), (0.0, 1.15), (-1.0, 0.0)],
        Role::Launderer => &[
            (-0.4, -1.1),
            (0.4, -1.1),
            (0.4, -0.4),
            (1.1, -0.4),
            (1.1, 0.4),
            (0.4, 0.4),
            (0.4, 1.1),
            (-0.4, 1.1),
            (-0.4, 0.4),
            (-1.1, 0.4),
            (-1.1, -0.4),
            (-0.4, -0.4),
        ],
        Role::Boss => &[
            (0.0, -1.2),
            (0.32, -0.39),
            (1.14, -0.37),
            (0.5, 0.15),
            (0.71, 0.97),
            (0.0, 0.5),
            (-0.71, 0.97),
            (-0.5, 0.15),
            (-1.14, -0.37),
            (-0.32, -0.39),
        ],
    };
    let place = |(dx, dy): &(f64, f64)| format!("{:.1},{:.1}", x + dx * r, y + dy * r);
    let points = points.iter().map(place).collect::<Vec<_>>().join(" ");
    ink.shape(
        "polygon",
        format_args!(r#"points="{points}" fill="{strong}""#),
    );
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
        parts.push(text_with(
            language,
            "chart-holder",
            &[("holder", holder.as_str().into())],
        ));
    }
    if let Some(resting) = node.resting {
        let amount = money(language, &resting);
        parts.push(text_with(
            language,
            "chart-resting",
            &[("amount", amount.as_str().into())],
        ));
    }
    if node.others > 1 {
        parts.push(text_with(
            language,
            "chart-stands-for",
            &[("count", node.others.into())],
        ));
    }
    parts.join(" · ")
}
