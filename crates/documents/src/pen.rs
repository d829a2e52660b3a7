//! Writes a letter's words, in the order and with the fixed words that its form wants.
//!
//! Source of the order and the fixed words for Viet Nam: Decree 30/2020/ND-CP, Annex I, part I,
//! section II (boxes 1 to 9 of its plan) and III(2), read in a copy of its text in a public
//! repository. The plan itself, a drawing, was not there: the stamp of urgency (box 10b) stands
//! below the subject. Left out on purpose: stamps of state secrets, which are made by hand; and
//! the forms that laws on mutual assistance and extradition may prescribe beside this one.

use i18n::{Language, text, text_with};
use model::country::Country;

use crate::error::Warning;
use crate::fonts::Fonts;
use crate::letter::{Attachment, Element, Letter, Signature, State, Urgency};
use crate::plain::{self, Breaks, Spelled};
use crate::sheet::{Body, Entry, File, Head, Said, Section, Sheet, Sign, Signer, Text};
use crate::wording::{Edition, Wording};
use model::request::RequestKind;

impl Sheet {
    /// The words of a letter in an edition, and what had to be spelled out. Without fonts every
    /// character that can be seen is taken to have a glyph.
    pub(crate) fn of(
        letter: &Letter,
        edition: Edition,
        fonts: Option<&Fonts>,
        breaks: Breaks,
    ) -> (Sheet, Vec<Warning>) {
        let mut pen = Pen { letter, edition, fonts, breaks, spelled: Spelled::default() };
        let decree = letter.issuer.country == Country::VN;
        let head = pen.head(decree);
        let title = title(letter);
        let code = letter.record.map(|digest| format!("{} sha256:{digest}", letter.number));
        let draft = (letter.state == State::Draft).then(|| pen.plain("document-draft"));
        let day = letter.day;
        let sheet = Sheet {
            decree,
            langs: edition.languages().iter().map(|language| language.as_str()).collect(),
            families: fonts.map(|fonts| fonts.families().to_vec()).unwrap_or_default(),
            title: pen.one_line(&Wording::of(|l| {
                text_with(
                    l,
                    "document-file-title",
                    &[
                        ("title", (&wording_in(&title, l)).into()),
                        ("number", (&letter.number).into()),
                    ],
                )
            })),
            author: pen.one_line(&letter.issuer.name),
            day: [day.year(), u16::from(day.month()), u16::from(day.day())],
            draft,
            marks: pen.one_line(&Wording::same(letter.handling.codes.join(" · "))),
            number: pen.one_line(&Wording::same(&letter.number)),
            head,
            addressee: pen.addressed("document-to"),
            address: letter.addressee.address.iter().map(|line| pen.say(line)).collect(),
            intro: pen.addressed(match letter.kind {
                RequestKind::SpontaneousInformation => "document-intro-spontaneous",
                _ => "document-intro",
            }),
            sections: pen.sections(),
            sign: pen.sign(),
            record: pen.record(),
            code,
            code_alt: pen.plain("document-code-alt"),
        };
        (sheet, pen.spelled.warnings())
    }

    /// What tells this document from all others, for the PDF's own identifier.
    pub(crate) fn identity(&self) -> String {
        format!("{} {} {}", self.author, self.number, self.langs.join("+"))
    }
}

/// The text in this language or, where it was not given in it, in the other.
fn wording_in(wording: &Wording, language: Language) -> String {
    wording.best(language).map(|(_, text)| text.to_owned()).unwrap_or_default()
}

/// The title of a request: its kind and what it is about.
fn title(letter: &Letter) -> Wording {
    Wording::of(|language| {
        let kind = text(language, &format!("document-title-{}", letter.kind.id()));
        match letter.subject.as_ref().and_then(|subject| subject.best(language)) {
            Some((_, more)) => format!("{kind}: {more}"),
            None => kind,
        }
    })
}

/// Writes one letter's words in one edition.
struct Pen<'a> {
    letter: &'a Letter,
    edition: Edition,
    fonts: Option<&'a Fonts>,
    breaks: Breaks,
    spelled: Spelled,
}

impl Pen<'_> {
    /// What was given, in each language of the edition where it was given in all of them and
    /// differs, else once.
    fn say(&mut self, wording: &Wording) -> Said {
        let languages = self.edition.languages();
        let given: Vec<(Language, &str)> =
            languages.iter().filter_map(|l| Some((*l, wording.given(*l)?))).collect();
        let is_same = given.iter().all(|(_, text)| given.first().is_some_and(|f| f.1 == *text));
        let first = languages.first().copied().unwrap_or(Language::Vi);
        let chosen = if given.len() == languages.len() && !is_same {
            given
        } else {
            wording.best(first).into_iter().collect()
        };
        if chosen.is_empty() {
            return self.word("document-empty");
        }
        let mut said = Said::new();
        for (language, text) in chosen {
            let lines = plain::lines(text, self.fonts, self.breaks, &mut self.spelled);
            said.push(Text { lang: language.as_str(), lines });
        }
        said
    }

    /// A text of the house.
    fn word(&mut self, key: &str) -> Said {
        self.say(&Wording::of(|language| text(language, key)))
    }

    /// A text of the house in the languages of the edition, one behind the other.
    fn plain(&self, key: &str) -> String {
        let words: Vec<String> =
            self.edition.languages().iter().map(|language| text(*language, key)).collect();
        words.join(" · ")
    }

    /// The first language's text, on one line.
    fn one_line(&mut self, wording: &Wording) -> String {
        let first = self.edition.languages().first().copied().unwrap_or(Language::Vi);
        let text = wording_in(wording, first);
        let lines = plain::lines(&text, self.fonts, self.breaks, &mut self.spelled);
        lines.iter().map(|line| line.concat()).collect::<Vec<String>>().join(" ")
    }

    fn head(&mut self, decree: bool) -> Head {
        let letter = self.letter;
        let upper = |wording: &Wording| {
            Wording::of(|l| {
                let text = wording_in(wording, l);
                if decree { text.to_uppercase() } else { text }
            })
        };
        let issuer = &letter.issuer;
        let (key, subject) = ("document-subject", title(letter));
        let urgency = match letter.urgency {
            Urgency::Ordinary => None,
            Urgency::Urgent => Some("document-urgent"),
            Urgency::VeryUrgent => Some("document-very-urgent"),
            Urgency::Immediate => Some("document-immediate"),
        };
        let day = letter.day;
        Head {
            nation: self.word("document-nation"),
            motto: self.word("document-motto"),
            superior: issuer.superior.as_ref().map(|name| self.say(&upper(name))),
            agency: self.say(&upper(&issuer.name)),
            contact: issuer.address.iter().map(|line| self.say(line)).collect(),
            number: self.say(&Wording::of(|l| {
                text_with(l, "document-number", &[("number", (&letter.number).into())])
            })),
            dated: self.say(&Wording::of(|l| {
                let month = text(l, &format!("document-month-{}", day.month()));
                let place = wording_in(&letter.place, l);
                text_with(
                    l,
                    "document-dated",
                    &[
                        ("place", (&place).into()),
                        ("day", (&day_number(l, day.day())).into()),
                        ("month", (&month).into()),
                        ("year", (&day.year().to_string()).into()),
                    ],
                )
            })),
            subject: self.say(&Wording::of(|l| {
                text_with(l, key, &[("title", (&wording_in(&subject, l)).into())])
            })),
            urgency: urgency.map(|key| self.word(key)),
        }
    }

    /// A sentence with the two agencies in it.
    fn addressed(&mut self, key: &str) -> Said {
        let letter = self.letter;
        self.say(&Wording::of(|l| {
            text_with(
                l,
                key,
                &[
                    ("issuer", (&wording_in(&letter.issuer.name, l)).into()),
                    ("addressee", (&wording_in(&letter.addressee.name, l)).into()),
                    ("country", (&i18n::country(l, letter.addressee.country)).into()),
                ],
            )
        }))
    }

    fn sections(&mut self) -> Vec<Section> {
        let letter = self.letter;
        let mut sections = Vec::new();
        let mut add = |pen: &mut Self, key: &str, body: Body| {
            sections.push(Section { title: pen.word(key), body });
        };
        if !letter.bases.is_empty() {
            let items = self.bases();
            add(self, "document-section-bases", Body::Bases { items });
        }
        if let Some(gap) = &letter.gap {
            let items = vec![self.say(gap)];
            add(self, "document-section-gap", Body::Notice { items });
        }
        if !letter.elements.is_empty() {
            let entries = letter.elements.iter().enumerate();
            let items = entries.map(|(index, element)| self.entry(index + 1, element)).collect();
            let key = match letter.kind {
                RequestKind::SpontaneousInformation => "document-section-information",
                _ => "document-section-elements",
            };
            add(self, key, Body::Elements { items });
        }
        if !letter.undertakings.is_empty() {
            let items = letter.undertakings.iter().map(|text| self.say(text)).collect();
            add(self, "document-section-undertakings", Body::List { items });
        }
        if !letter.handling.limits.is_empty() {
            let items = letter.handling.limits.iter().map(|text| self.say(text)).collect();
            add(self, "document-section-handling", Body::List { items });
        }
        if !letter.attachments.is_empty() {
            let files = letter.attachments.iter().enumerate();
            let items = files.map(|(index, file)| self.file(index + 1, file)).collect();
            let head = ["document-file-name", "document-file-size", "document-file-sha256"]
                .map(|key| self.word(key));
            add(self, "document-section-attachments", Body::Files { head, items });
        }
        sections
    }

    /// Source: Annex I, II(6)(a): each basis on its own line in italics, a semicolon behind each,
    /// a full stop behind the last.
    fn bases(&mut self) -> Vec<Said> {
        let bases = &self.letter.bases;
        let mut items = Vec::new();
        for (index, basis) in bases.iter().enumerate() {
            let end = if index + 1 == bases.len() { "." } else { ";" };
            items.push(self.say(&Wording::of(|l| {
                let instrument = wording_in(&basis.instrument, l);
                let mut line = match &basis.article {
                    Some(article) => text_with(
                        l,
                        "document-basis-article",
                        &[
                            ("article", (&i18n::article(l, article)).into()),
                            ("instrument", (&instrument).into()),
                        ],
                    ),
                    None => text_with(l, "document-basis", &[("instrument", (&instrument).into())]),
                };
                if !basis.verified {
                    line.push(' ');
                    line.push_str(&text(l, "document-basis-unverified"));
                }
                line + end
            })));
        }
        items
    }

    fn entry(&mut self, number: usize, element: &Element) -> Entry {
        let by = (!element.satisfies.is_empty()).then(|| {
            self.say(&Wording::of(|l| {
                let articles: Vec<String> =
                    element.satisfies.iter().map(|article| wording_in(article, l)).collect();
                let articles = articles.join("; ");
                text_with(l, "document-by", &[("articles", (&articles).into())])
            }))
        });
        let label = self.say(&element.label);
        let value = self.say(&element.value);
        Entry { number, label, by, value }
    }

    fn file(&mut self, number: usize, file: &Attachment) -> File {
        let size = i64::try_from(file.size).unwrap_or(i64::MAX);
        File {
            number,
            name: self.say(&Wording::same(&file.name)),
            size: self.say(&Wording::same(i18n::number(self.first(), size))),
            sha256: self.say(&Wording::same(file.sha256.to_string())),
        }
    }

    fn first(&self) -> Language {
        self.edition.languages().first().copied().unwrap_or(Language::Vi)
    }

    fn record(&mut self) -> Section {
        let letter = self.letter;
        let mut items = Vec::new();
        if let Some(digest) = letter.record {
            let digest = digest.to_string();
            items.push(self.say(&Wording::of(|l| {
                text_with(l, "document-record-digest", &[("digest", (&digest).into())])
            })));
        } else {
            items.push(self.word("document-record-none"));
        }
        for signature in &letter.signatures {
            items.push(self.say(&Wording::of(|l| approval(l, signature))));
        }
        Section { title: self.word("document-section-record"), body: Body::Record { items } }
    }

    /// Source: Annex I, II(9): "Như trên" first, "Lưu: VT" last, a semicolon behind each line, a
    /// full stop behind the last.
    fn sign(&mut self) -> Sign {
        let letter = self.letter;
        let mut lines = vec![Wording::of(|l| text(l, "document-copies-above"))];
        lines.extend(letter.copies.iter().cloned());
        lines.push(Wording::of(|l| match &letter.issuer.unit {
            Some(unit) => text_with(l, "document-copies-unit", &[("unit", unit.into())]),
            None => text(l, "document-copies-kept"),
        }));
        let count = lines.len();
        let mut copies = Vec::new();
        for (index, line) in lines.into_iter().enumerate() {
            let end = if index + 1 == count { "." } else { ";" };
            copies.push(self.say(&Wording::of(|l| format!("- {}{end}", wording_in(&line, l)))));
        }
        let mut signatures = Vec::new();
        for signature in &letter.signatures {
            signatures.push(Signer {
                capacity: signature.capacity.as_ref().map(|text| self.say(text)),
                office: self.say(&signature.office),
                name: self.say(&Wording::same(&signature.name)),
            });
        }
        Sign { copies_label: self.word("document-copies"), copies, signatures }
    }
}

/// Source: Annex I, II(4)(b): days below 10 have a nought before them, and so have months 1 and 2.
fn day_number(language: Language, day: u8) -> String {
    match language {
        Language::Vi => format!("{day:02}"),
        Language::En => day.to_string(),
    }
}

fn approval(language: Language, signature: &Signature) -> String {
    let office = wording_in(&signature.office, language);
    let name = &signature.name;
    match signature.approved {
        Some(at) => text_with(
            language,
            "document-approved",
            &[
                ("name", name.into()),
                ("office", (&office).into()),
                ("at", (&i18n::moment(language, at)).into()),
            ],
        ),
        None if name.is_empty() => {
            text_with(language, "document-not-approved-by-anyone", &[("office", (&office).into())])
        }
        None => text_with(
            language,
            "document-not-approved",
            &[("name", name.into()), ("office", (&office).into())],
        ),
    }
}
