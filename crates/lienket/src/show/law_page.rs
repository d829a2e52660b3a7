//! The page of a legal officer: the lead basis first, why, what must go in, what may be refused,
//! the clock, the gaps.

use i18n::Language;
use node::answer::{AuthorityAnswer, BaseAnswer, BasisAnswer, RequiredAnswer};

use super::law::named;

/// Lines are broken at this width.
const WIDTH: usize = 96;
/// At most this many further rules are shown.
const MAX_RULES: usize = 12;

/// The page.
pub(crate) fn law_basis(answer: &BasisAnswer, language: Language) -> String {
    let mut page = Page { language, text: String::new() };
    let (from, to) = (named(language, &answer.from), named(language, &answer.to));
    let asks = page.say("law-page-asks", &[("from", (&from).into()), ("to", (&to).into())]);
    let day = model::day::VagueDay::parse(&answer.on)
        .map_or_else(|_| answer.on.clone(), |day| i18n::day(language, day));
    page.line(0, &format!("{asks} · {} · {} · {day}", answer.measure_name, answer.conduct_name));
    let lead = answer.bases.iter().find(|base| base.lead);
    let word = page.answer(answer.answer).to_uppercase();
    let label = page.word("law-page-answer");
    page.line(0, &format!("{label}: {word}"));
    match lead {
        Some(base) => {
            page.heading("law-page-lead");
            page.base(base);
        }
        None => {
            let none = page.word("law-page-no-lead");
            page.line(0, &none);
        }
    }
    page.gaps(answer);
    page.authorities(answer);
    page.elements(answer, "required", "law-page-required");
    page.elements(answer, "recommended", "law-page-recommended");
    page.refusal(answer);
    page.clock(answer);
    page.undertakings(answer);
    let others: Vec<&BaseAnswer> = answer.bases.iter().filter(|base| !base.lead).collect();
    if !others.is_empty() {
        page.heading("law-page-other");
    }
    for base in others {
        page.base(base);
    }
    page.rules(answer);
    page.unverified(answer);
    let digest = page.say("law-page-pack", &[("digest", (&answer.pack).into())]);
    page.text.push('\n');
    page.line(0, &digest);
    page.text
}

struct Page {
    language: Language,
    text: String,
}

impl Page {
    fn word(&self, key: &str) -> String {
        i18n::text(self.language, key)
    }

    fn say(&self, key: &str, values: &[(&str, i18n::Value<'_>)]) -> String {
        i18n::text_with(self.language, key, values)
    }

    fn answer(&self, answer: &str) -> String {
        self.word(&format!("law-answer-{answer}"))
    }

    fn heading(&mut self, key: &str) {
        self.text.push_str(&format!("\n{}\n", self.word(key)));
    }

    /// A line, broken between words and indented further where it goes on.
    fn line(&mut self, indent: usize, text: &str) {
        let text = super::table::plain(text);
        let mut column = 0;
        for word in text.split_whitespace() {
            let length = word.chars().count();
            if column == 0 {
                self.text.push_str(&" ".repeat(indent));
                column = indent;
            } else if column + 1 + length > WIDTH {
                self.text.push('\n');
                self.text.push_str(&" ".repeat(indent + 2));
                column = indent + 2;
            } else {
                self.text.push(' ');
                column += 1;
            }
            self.text.push_str(word);
            column += length;
        }
        self.text.push('\n');
    }

    fn base(&mut self, base: &BaseAnswer) {
        let title = i18n::cited(self.language, &base.title, base.article.as_deref());
        let answer = self.answer(base.answer);
        self.line(2, &format!("{title} [{}]: {answer}", base.instrument));
        self.line(4, &base.because.join(" "));
        for one in &base.conditions {
            let answer = self.answer(one.answer);
            self.line(4, &format!("• {}: {answer}. {}", one.name, one.because));
        }
    }

    fn gaps(&mut self, answer: &BasisAnswer) {
        if answer.gaps.is_empty() {
            return;
        }
        self.heading("law-page-gaps");
        for gap in &answer.gaps {
            self.line(2, &format!("• {}", gap.text));
        }
    }

    /// Who is competent, and what is doubtful about that.
    fn authorities(&mut self, answer: &BasisAnswer) {
        self.heading("law-page-authorities");
        if answer.authorities.is_empty() {
            let none = self.word("law-page-authorities-none");
            self.line(2, &none);
        }
        for one in &answer.authorities {
            // All are for the measure that was asked about.
            let one = AuthorityAnswer { measures: vec![answer.measure], ..one.clone() };
            for line in super::directory::lines(&one, self.language).lines() {
                let indent = 2 + line.len() - line.trim_start().len();
                self.line(indent, line);
            }
        }
    }

    /// Each element once, with everyone who wants it.
    fn elements(&mut self, answer: &BasisAnswer, level: &str, heading: &str) {
        let mut shown: Vec<(&RequiredAnswer, Vec<String>)> = Vec::new();
        for one in &answer.required {
            let by = self.wanted_by(one);
            if let Some((_, wanted)) = shown.iter_mut().find(|(first, _)| {
                first.element == one.element && (first.level == level || one.level != level)
            }) {
                wanted.push(by);
            } else if one.level == level {
                shown.push((one, vec![by]));
            }
        }
        // What has to go in is not listed once more among what helps.
        let above = |id: &str| {
            let mut required = answer.required.iter().filter(|one| one.level == "required");
            level != "required" && required.any(|one| one.element == id)
        };
        shown.retain(|(one, _)| !above(&one.element));
        if shown.is_empty() {
            return;
        }
        self.heading(heading);
        for (one, by) in shown {
            let when = match one.when.as_str() {
                "" => String::new(),
                when => format!(", {when}"),
            };
            let ours = one.instrument == "product";
            let doubt = self.doubt(one.verified || ours);
            let by = by.join("; ");
            self.line(2, &format!("□ {}: {}{when} ({by}){doubt}", one.element, one.text));
        }
    }

    fn wanted_by(&self, one: &RequiredAnswer) -> String {
        match &one.article {
            Some(article) => self.cited(&one.instrument, article),
            None => self.word("law-page-product"),
        }
    }

    /// Says of what nobody has verified that it is so.
    fn doubt(&self, verified: bool) -> String {
        match verified {
            true => String::new(),
            false => format!(" [{}]", self.word("law-page-doubt")),
        }
    }

    fn cited(&self, instrument: &str, article: &str) -> String {
        if instrument == article {
            return article.to_owned();
        }
        let values = [("instrument", instrument.into()), ("article", article.into())];
        self.say("law-page-article-short", &values)
    }

    fn refusal(&mut self, answer: &BasisAnswer) {
        if answer.refusal.is_empty() {
            return;
        }
        self.heading("law-page-refusal");
        for one in &answer.refusal {
            let force = self.word(&format!("law-force-{}", one.force));
            let by = self.cited(&one.instrument, &one.article);
            let doubt = self.doubt(one.verified);
            self.line(2, &format!("• {force}: {} ({by}){doubt}", one.text));
        }
    }

    fn clock(&mut self, answer: &BasisAnswer) {
        if answer.deadlines.is_empty() {
            return;
        }
        self.heading("law-page-clock");
        for one in &answer.deadlines {
            let bound = self.word(&format!("law-bound-{}", one.bound.replace('_', "-")));
            let unit = format!("law-unit-{}", one.unit.replace(' ', "-"));
            let span = self.say(&unit, &[("count", i64::from(one.value).into())]);
            let by = match (&one.instrument, &one.article) {
                (Some(instrument), Some(article)) => {
                    format!(" ({})", self.cited(instrument, article))
                }
                _ => String::new(),
            };
            let doubt = self.doubt(one.verified);
            self.line(2, &format!("• {bound} {span}: {}{by}{doubt}", one.text));
        }
    }

    fn undertakings(&mut self, answer: &BasisAnswer) {
        if answer.undertakings.is_empty() {
            return;
        }
        self.heading("law-page-undertakings");
        for one in &answer.undertakings {
            let id = one.undertaking.replace('_', "-");
            let name = self.word(&format!("law-undertaking-{id}"));
            let by = self.cited(&one.instrument, &one.article);
            let doubt = self.doubt(one.verified);
            self.line(2, &format!("• {name}: {} ({by}){doubt}", one.text));
        }
    }

    fn rules(&mut self, answer: &BasisAnswer) {
        if answer.rules.is_empty() {
            return;
        }
        self.heading("law-page-rules");
        for one in answer.rules.iter().take(MAX_RULES) {
            let topic = self.word(&format!("law-topic-{}", one.topic.replace('_', "-")));
            let by = self.cited(&one.instrument, &one.article);
            let doubt = self.doubt(one.verified);
            self.line(2, &format!("• {topic}: {} ({by}){doubt}", one.text));
        }
        let more = answer.rules.len().saturating_sub(MAX_RULES);
        if more > 0 {
            let more = self.say("law-page-rules-more", &[("count", more.into())]);
            self.line(2, &more);
        }
    }

    fn unverified(&mut self, answer: &BasisAnswer) {
        if answer.unverified.is_empty() {
            return;
        }
        self.heading("law-page-unverified");
        self.line(2, &answer.unverified.join(", "));
    }
}
