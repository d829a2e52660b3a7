//! The legend of a chart: only what the chart shows, in as many lines as it takes.

use i18n::{Language, text};
use model::country::Country;
use model::role::Role;

use crate::chart::{Chart, EdgeKind};
use crate::ink::{Ink, bold_width, width};
use crate::layer::Course;
use crate::layout::Card;
use crate::line::{LineLook, look};
use crate::shape::{DARK, GREY, badge, outline, resting_sign, sign};

/// Height of one line of the legend.
const LINE_HEIGHT: f64 = 21.0;
/// Room for the word before each group.
const HEAD_ROOM: f64 = 96.0;

enum Sign {
    Role(Role),
    Line(LineLook),
    Width,
    Resting,
    Country(Country),
}

/// The legend's entries, by group.
pub(crate) struct Legend {
    groups: Vec<(String, Vec<(Sign, String)>)>,
}

impl Legend {
    /// Collects what the chart shows.
    pub(crate) fn new(chart: &Chart, courses: &[Course], language: Language) -> Legend {
        let shows = |role: &Role| chart.nodes.iter().any(|node| node.role == *role);
        let capital = |key: &str| capitalised(&text(language, key));
        let roles = Role::all().into_iter().filter(shows);
        let role = |role: Role| (Sign::Role(role), capital(&format!("role-{}", role.as_str())));
        let mut lines: Vec<(Sign, String)> = Vec::new();
        for (kind, course, key) in [
            (EdgeKind::Money, Course::Forward, "chart-line-money"),
            (EdgeKind::Money, Course::Back, "chart-line-back"),
            (EdgeKind::HookUp, Course::Forward, "chart-line-hookup"),
        ] {
            let wanted = look(kind, course);
            let mut looks = chart.edges.iter().zip(courses).map(|(edge, c)| look(edge.kind, *c));
            if looks.any(|found| found == wanted) {
                lines.push((Sign::Line(wanted), text(language, key)));
            }
        }
        if chart.edges.len() > 1 {
            lines.push((Sign::Width, text(language, "chart-line-width")));
        }
        if chart.nodes.iter().any(|node| node.resting.is_some()) {
            lines.push((Sign::Resting, text(language, "chart-resting-sign")));
        }
        let mut countries: Vec<Country> = chart.nodes.iter().filter_map(|n| n.country).collect();
        countries.sort();
        countries.dedup();
        let country = |found: Country| (Sign::Country(found), i18n::country(language, found));
        let groups = [
            ("chart-roles", roles.map(role).collect()),
            ("chart-lines", lines),
            ("chart-countries", countries.into_iter().map(country).collect()),
        ];
        let groups = groups.into_iter().filter(|(_, entries): &(_, Vec<_>)| !entries.is_empty());
        Legend { groups: groups.map(|(key, entries)| (text(language, key), entries)).collect() }
    }

    /// How high it is at a width.
    pub(crate) fn height(&self, room: f64) -> f64 {
        let lines: usize = self.groups.iter().map(|(_, entries)| rows(entries, room).len()).sum();
        lines as f64 * LINE_HEIGHT + self.groups.len().saturating_sub(1) as f64 * 4.0
    }

    /// Draws it from a corner on.
    pub(crate) fn draw(&self, ink: &mut Ink, left: f64, top: f64, room: f64) {
        let mut baseline = top + 14.0;
        for (head, entries) in &self.groups {
            let attributes = format!(r#"font-size="11" font-weight="700" fill="{GREY}""#);
            ink.words(head, left, baseline, &attributes);
            for row in rows(entries, room) {
                let mut x = left + HEAD_ROOM;
                for index in row {
                    let Some((sign, words)) = entries.get(index) else {
                        continue;
                    };
                    let sign_room = draw_sign(ink, sign, x, baseline);
                    let attributes = format!(r#"font-size="11" fill="{DARK}""#);
                    ink.words(words, x + sign_room, baseline, &attributes);
                    x += entry_width(sign, words);
                }
                baseline += LINE_HEIGHT;
            }
            baseline += 4.0;
        }
    }
}

/// The entries that stand in each line.
fn rows(entries: &[(Sign, String)], room: f64) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = vec![Vec::new()];
    let mut x = HEAD_ROOM;
    for (index, (sign, words)) in entries.iter().enumerate() {
        let wide = entry_width(sign, words);
        let is_first = rows.last().is_none_or(Vec::is_empty);
        if x + wide > room && !is_first {
            rows.push(Vec::new());
            x = HEAD_ROOM;
        }
        x += wide;
        if let Some(row) = rows.last_mut() {
            row.push(index);
        }
    }
    rows
}

fn entry_width(sign: &Sign, words: &str) -> f64 {
    sign_width(sign) + width(words, 11.0) + 20.0
}

fn sign_width(sign: &Sign) -> f64 {
    match sign {
        Sign::Role(_) => 37.0,
        Sign::Line(_) | Sign::Width => 42.0,
        Sign::Resting => 26.0,
        Sign::Country(_) => 28.0,
    }
}

fn draw_sign(ink: &mut Ink, what: &Sign, x: f64, baseline: f64) -> f64 {
    let middle = baseline - 4.0;
    match what {
        Sign::Role(role) => {
            let stroke = if *role == Role::Boss { 2.4 } else { 1.4 };
            outline(ink, *role, Card { x, y: middle - 8.0, height: 16.0 }, 30.0, stroke);
            sign(ink, *role, x + 15.0, middle, 4.5);
        }
        Sign::Line(look) => {
            let path = format!("M{x:.1} {middle:.1}h27");
            look.stroke(ink, &path, 2.4);
            look.head(ink, (x + 35.0, middle, 1.0), 2.4);
        }
        Sign::Width => {
            for (step, wide) in [1.2, 2.6, 4.4, 6.4].into_iter().enumerate() {
                let path = format!("M{:.1} {middle:.1}h9", x + step as f64 * 9.0);
                look(EdgeKind::Money, Course::Forward).stroke(ink, &path, wide);
            }
        }
        Sign::Resting => {
            ink.shape(
                "rect",
                format_args!(
                    r#"x="{x:.1}" y="{:.1}" width="19" height="14" rx="2.5" fill="{DARK}""#,
                    middle - 7.0
                ),
            );
            resting_sign(ink, x + 9.9, middle, "#ffffff");
        }
        Sign::Country(country) => badge(ink, country.as_str(), x, baseline),
    }
    sign_width(what)
}

/// Room for the widest head; the groups' words are short.
pub(crate) fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    characters
        .next()
        .map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}

/// Draws the handling code so that its right edge stands at a place.
pub(crate) fn handling(ink: &mut Ink, code: &str, right: f64, baseline: f64) {
    if code.is_empty() {
        return;
    }
    let code = crate::ink::fitted(code, 13.0, 420.0);
    let wide = bold_width(&code, 13.0) + 20.0;
    ink.shape(
        "rect",
        format_args!(
            r##"x="{:.1}" y="{:.1}" width="{wide:.1}" height="22" fill="#000000""##,
            right - wide,
            baseline - 15.5
        ),
    );
    let attributes = format!(
        r#"font-size="13" font-weight="700" text-anchor="middle" fill="{}""#,
        handling_colour(&code)
    );
    ink.words(&code, right - wide / 2.0, baseline, &attributes);
}

/// Source: FIRST, Traffic Light Protocol 2.0, "TLP in RGB": the code in its colour on black.
pub(crate) fn handling_colour(code: &str) -> &'static str {
    let code = code.trim().to_ascii_uppercase();
    let name = code.strip_prefix("TLP:").unwrap_or_default();
    match name {
        _ if name.starts_with("RED") => "#ff2b2b",
        _ if name.starts_with("AMBER") => "#ffc000",
        _ if name.starts_with("GREEN") => "#33ff00",
        _ => "#ffffff",
    }
}
