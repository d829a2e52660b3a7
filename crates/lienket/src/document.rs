//! A request on paper: what the node tells of it, laid out as a letter, written as PDF or DOCX.

use std::path::{Path, PathBuf};

use documents::letter::{
    Agency, Attachment, Basis, Day, Element, Handling, Letter, Signature, State, Urgency,
};
use documents::{Edition, Fonts, Paper, Wording};
use i18n::Language;
use model::country::Country;
use model::digest::Digest;
use model::request::RequestKind;
use node::answer::{ElementAnswer, HandlingAnswer, RequestAnswer};
use node::error::NodeError;
use node::requests::error::RequestError;

use crate::failure::Failure;
use crate::run::Task;
use crate::show::{self, Written};
use crate::terminal::{DONE, ExitStatus};
use crate::wiring::OpenNode;

/// A font file may be this large.
const MAX_FONT: u64 = 64 << 20;
/// The codes of handling have three words at most; a limit's own text is another line.
const LIMITS: [&str; 4] = ["H0", "H1", "H2", "H3"];

/// How a document is wanted.
pub(crate) struct Wanted<'w> {
    pub(crate) path: &'w Path,
    pub(crate) languages: &'w str,
    pub(crate) place: Option<&'w str>,
    pub(crate) addressee: Option<&'w str>,
    pub(crate) fonts: &'w [PathBuf],
}

impl Task {
    /// Writes a request's document.
    pub(crate) fn document(
        &self,
        open: &mut OpenNode,
        request: &str,
        wanted: &Wanted<'_>,
    ) -> Result<ExitStatus, Failure> {
        let mut told = open.node.show_request(self.by()?, request)?;
        // What came is addressed to us, whoever prints it.
        if let Some(said) = wanted.addressee.filter(|_| told.direction == "out") {
            let (addressee, warnings) = open.node.addressed_to(said)?;
            told.addressee = Some(addressee);
            told.warnings.retain(|one| !one.code.starts_with("authority_"));
            told.warnings.extend(warnings);
        }
        // Whoever prints it sees what is doubtful about the one to whom it goes.
        for warning in show::addressee_warnings(&told.warnings, self.language) {
            self.terminal.note(&format!("! {warning}"));
        }
        let letter = letter(open, &told, wanted.place)?;
        let paper = print(&letter, wanted)?;
        for warning in &paper.warnings {
            self.terminal.note(&warning.text(self.language));
        }
        std::fs::write(wanted.path, &paper.bytes).map_err(Failure::file(wanted.path))?;
        if self.cli.json {
            let path = wanted.path.display().to_string();
            let count = paper.bytes.len();
            self.terminal.json(&Written { path, count, warnings: told.warnings });
            return Ok(DONE);
        }
        Ok(self.done("document-written", wanted.path, paper.bytes.len()))
    }
}

/// The bytes of a letter, by the path's ending.
pub(crate) fn print(letter: &Letter, wanted: &Wanted<'_>) -> Result<Paper, Failure> {
    let edition = match wanted.languages {
        "vi" => Edition::Vietnamese,
        "en" => Edition::English,
        "both" => Edition::Both,
        other => return Err(Failure::word("bad_document_languages", other)),
    };
    let ending = wanted.path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let paper = match ending.as_deref() {
        Some("pdf") if wanted.fonts.is_empty() => {
            documents::pdf::pdf(letter, edition, Fonts::built_in())
        }
        Some("pdf") => documents::pdf::pdf(letter, edition, &fonts(wanted.fonts)?),
        Some("docx") => documents::docx::docx(letter, edition),
        _ => {
            let path = wanted.path.display().to_string();
            return Err(Failure::word("bad_document_output", &path));
        }
    };
    paper.map_err(Failure::Document)
}

fn fonts(paths: &[PathBuf]) -> Result<Fonts, Failure> {
    let mut files = Vec::new();
    for path in paths {
        let size = std::fs::metadata(path).map_err(Failure::file(path))?.len();
        if size > MAX_FONT {
            return Err(Failure::word("font_too_large", &path.display().to_string()));
        }
        files.push(std::fs::read(path).map_err(Failure::file(path))?);
    }
    Fonts::with(files).map_err(Failure::Document)
}

/// A request as a letter.
pub(crate) fn letter(
    open: &OpenNode,
    told: &RequestAnswer,
    place: Option<&str>,
) -> Result<Letter, Failure> {
    let identity = open.node.identity()?;
    let own = agency(&identity.agency, identity.country);
    let is_out = told.direction == "out";
    let is_draft = is_out && matches!(told.state, "draft" | "checked");
    let other = addressee(told, is_draft);
    let (issuer, addressee) = if is_out { (own, other) } else { (other, own) };
    let number = match is_out {
        true => format!("{}/{}", identity.agency, told.request),
        false => told.request.clone(),
    };
    let place = match place {
        Some(place) => Wording::same(place),
        None => both(|language| i18n::country(language, issuer.country)),
    };
    let unknown = |_| NodeError::from(RequestError::UnknownKind(told.kind.clone()));
    // What was destroyed is on no paper either.
    let erased = || NodeError::from(RequestError::Erased(told.request.clone()));
    let handled = told.handling.as_ref().ok_or_else(erased)?;
    let day: String = told.made.to_string().chars().take(10).collect();
    Ok(Letter {
        state: if is_draft { State::Draft } else { State::Final },
        kind: RequestKind::parse(&told.kind).map_err(unknown)?,
        issuer,
        number,
        place,
        day: Day::parse(&day).map_err(Failure::Document)?,
        addressee,
        subject: told.case.as_ref().filter(|_| is_out).map(Wording::same),
        urgency: if told.is_urgent { Urgency::Urgent } else { Urgency::Ordinary },
        handling: handling(handled),
        bases: bases(told),
        gap: gap(told),
        elements: told.elements.iter().map(element).collect(),
        undertakings: told.undertakings.iter().map(pair).collect(),
        attachments: attachments(told),
        signatures: signatures(told),
        copies: Vec::new(),
        record: Some(told.digest),
    })
}

/// Whom an officer names or the directory knows; the partner; or nobody by name. A draft says on
/// its face what those who approve it have to look at; nothing of this goes to the other state.
fn addressee(told: &RequestAnswer, is_draft: bool) -> Agency {
    let address = |text: &str| text.lines().map(Wording::same).collect();
    match &told.addressee {
        Some(one) => {
            let [vi, en] = &one.name;
            let name = match is_draft && (one.stale || !one.verified) {
                true => both(|language| {
                    let name = if language == Language::Vi { vi } else { en };
                    format!("{name} [{}]", i18n::text(language, "document-authority-doubt"))
                }),
                false => pair(&one.name),
            };
            Agency { name, address: address(&one.address), ..agency("", told.country) }
        }
        None if told.partner != told.country.to_string() => agency(&told.partner, told.country),
        // Nobody here knows the authority's name, and none is made up.
        None => {
            let name = both(|language| i18n::text(language, "document-authority"));
            Agency { name, ..agency("", told.country) }
        }
    }
}

/// A text in both languages.
fn both(make: impl Fn(Language) -> String) -> Wording {
    Wording::both(make(Language::Vi), make(Language::En))
}

/// A pair of texts, Vietnamese and English.
fn pair([vi, en]: &[String; 2]) -> Wording {
    Wording::both(vi, en)
}

fn agency(name: &str, country: Country) -> Agency {
    let (superior, address, unit) = (None, Vec::new(), None);
    Agency { superior, name: Wording::same(name), country, address, unit }
}

fn handling(handling: &HandlingAnswer) -> Handling {
    let mut codes = vec![handling.tlp.to_owned(), format!("PAP:{}", handling.pap)];
    codes.extend(handling.limits.iter().map(|limit| (*limit).to_owned()));
    let of_limits = handling.limits.iter().filter(|limit| LIMITS.contains(limit));
    let limits = of_limits.map(|limit| match (*limit, &handling.limit_text) {
        ("H3", Some(text)) => Wording::same(format!("H3: {text}")),
        (limit, _) => {
            let key = format!("limit-{}", limit.to_lowercase());
            both(|language| format!("{limit}: {}", i18n::text(language, &key)))
        }
    });
    Handling { codes, limits: limits.collect() }
}

fn bases(told: &RequestAnswer) -> Vec<Basis> {
    let lead = told.basis.iter().map(|basis| Basis {
        instrument: pair(&basis.title),
        article: basis.article.clone(),
        verified: basis.answer == "yes",
    });
    lead.collect()
}

/// What is missing in law, as the other state is told it. What an officer still has to look at
/// (conditions, scope of other treaties) stands in `request check` and in no letter; treaties that
/// are not in force are named where nothing else carries the request.
fn gap(told: &RequestAnswer) -> Option<Wording> {
    let is_bare = told.gaps.iter().any(|gap| gap.what == "no_instrument");
    let is_told = |what: &str| match what {
        "no_instrument" | "no_treaty_basis" | "unverified" | "no_provision" => true,
        "not_in_force" => is_bare,
        _ => false,
    };
    let gaps: Vec<_> = told.gaps.iter().filter(|gap| is_told(&gap.what)).collect();
    let all = |place: usize| {
        let texts = gaps.iter().filter_map(|gap| gap.text.get(place).map(String::as_str));
        texts.collect::<Vec<_>>().join("\n")
    };
    (!gaps.is_empty()).then(|| Wording::both(all(0), all(1)))
}

fn element(one: &ElementAnswer) -> Element {
    let article = one.article.as_deref();
    let cited = one.title.as_ref().map(|[vi, en]| {
        let say = |language, title| i18n::cited(language, title, article);
        Wording::both(say(Language::Vi, vi), say(Language::En, en))
    });
    let evidence = format!("evidence-{}", one.evidence);
    let person = format!("person-{}", one.person);
    // What goes with a datum stands under it, where somebody has said more than nothing.
    let value = match (one.person, one.evidence) {
        ("unknown", "ask") => Wording::same(&one.text),
        _ => both(|language| {
            let marks = [&person, &evidence].map(|key| i18n::text(language, key));
            format!("{}\n({})", one.text, marks.join("; "))
        }),
    };
    Element { label: pair(&one.name), value, satisfies: cited.into_iter().collect() }
}

fn attachments(told: &RequestAnswer) -> Vec<Attachment> {
    let files = told.attachments.iter().filter_map(|file| {
        let sha256 = Digest::parse(&file.sha256).ok()?;
        Some(Attachment { name: file.name.clone(), sha256, size: file.size })
    });
    files.collect()
}

fn signatures(told: &RequestAnswer) -> Vec<Signature> {
    let office = || both(|language| i18n::text(language, "user-supervisor").to_uppercase());
    let signed = told.approvals.iter().map(|(by, at)| Signature {
        capacity: None,
        office: office(),
        name: by.clone(),
        approved: Some(*at),
    });
    let signed: Vec<Signature> = signed.collect();
    match signed.is_empty() {
        false => signed,
        // Room for a hand.
        true => vec![Signature {
            capacity: None,
            office: office(),
            name: String::new(),
            approved: None,
        }],
    }
}
