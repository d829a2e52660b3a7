//! Shapes and colours by role: outline, colour and sign each say it, so that a chart can be read in
//! grey and by people who see colours differently.
//!
//! Source of the colours: Okabe and Ito (2008), darkened so that text on white has a contrast of
//! at least 4.5 to 1 (WCAG 2.1, 1.4.3).

use model::role::Role;

use crate::ink::Ink;
use crate::layout::Card;

/// Ink of all dark text.
pub(crate) const DARK: &str = "#16202b";
/// Ink of side notes.
pub(crate) const GREY: &str = "#56616d";

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
        Role::Bystander => ("#56616d", "#f3f5f7"),
    }
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
        Role::Mule | Role::Boss | Role::Bystander => [0, 0, 0, 0],
        Role::Exchange => [1, 1, 1, 1],
        Role::Wallet => [0, 2, 2, 0],
        Role::Launderer => [1, 0, 1, 0],
    };
    let (left, top, right, bottom) = (card.x, card.y, card.x + wide, card.y + card.height);
    let turns = [
        ((left, top + cut), (left, top), (left + cut, top)),
        ((right - cut, top), (right, top), (right, top + cut)),
        ((right, bottom - cut), (right, bottom), (right - cut, bottom)),
        ((left + cut, bottom), (left, bottom), (left, bottom - cut)),
    ];
    let mut path = String::new();
    for (corner, (before, at, behind)) in corners.into_iter().zip(turns) {
        let letter = if path.is_empty() { 'M' } else { 'L' };
        path.push_str(&match corner {
            0 => format!("{letter}{:.1} {:.1}", at.0, at.1),
            1 => format!("{letter}{:.1} {:.1}L{:.1} {:.1}", before.0, before.1, behind.0, behind.1),
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
        Role::Bystander => &[(-0.9, -0.25), (0.9, -0.25), (0.9, 0.25), (-0.9, 0.25)],
        Role::Exchange => {
            &[(-0.55, -1.0), (0.55, -1.0), (1.1, 0.0), (0.55, 1.0), (-0.55, 1.0), (-1.1, 0.0)]
        }
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
    ink.shape("polygon", format_args!(r#"points="{points}" fill="{strong}""#));
}
