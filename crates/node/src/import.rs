//! Import: a file in, one event out. The file becomes visible whole, when its event is recorded;
//! until then nothing of it is seen, and a killed import is resumed by giving the file again.

use formats::error::FileError;
use formats::kind::Kind;
use formats::map::ColumnMap;
use formats::open::{self, Opened, Options, Row, Source};
use i18n::Language;
use model::digest::Digest;
use model::money::Money;
use model::refusal::RowError;
use model::time::Timestamp;
use model::transfer::Transfer;

use crate::answer::{FileAnswer, Imported, RowAnswer};
use crate::case_data::holds;
use crate::directory::error::DirectoryError;
use crate::duty::Duty;
use crate::error::NodeError;
use crate::event::{Event, GivenBy, ImportedFile};
use crate::intake::{Intake, Verdict};
use crate::node::Node;
use crate::state::Case;
use crate::wording;

/// The version of the readers of `formats`. To be raised when the same file would give other rows,
/// or its segment another form.
pub const PARSER_VERSION: u32 = 2;
/// Clocks differ by this much at most, in microseconds: what is later is in the future.
const CLOCKS_DIFFER: i64 = 24 * 3_600_000_000;
/// A rate that differs by more than this factor from the one known is doubtful: no currency moves
/// so far between two dates of a case, and a slip of three digits goes beyond.
const RATE_OFF: i128 = 20;
/// An answer lists at most this many rejected rows and as many warnings of one file.
pub const MAX_LISTED: usize = 1_000;
/// A rejects file lists at most this many rows.
const MAX_REJECTS: usize = 1_000_000;
/// Progress is told every so many rows.
const PROGRESS_ROWS: u64 = 1 << 16;

/// What `import` was asked to do.
#[derive(Default)]
pub struct Import<'a> {
    /// The case's reference; the default case where it is missing.
    pub case: Option<&'a str>,
    /// What the files hold, where somebody says so.
    pub kind: Option<Kind>,
    /// The column map's text, where one was given.
    pub map: Option<String>,
    /// Look, and change nothing.
    pub dry_run: bool,
    /// The partner that gave the files.
    pub given: Option<GivenBy>,
}

impl Node {
    /// Imports files one after the other. Whatever goes wrong with one stops none of the others:
    /// those before it are recorded already, and the answer has to say so.
    pub fn import(
        &mut self,
        by: &str,
        request: &Import<'_>,
        sources: &[&dyn Source],
        language: Language,
    ) -> Result<Imported, NodeError> {
        self.allow(by, Duty::Work)?;
        if request.kind == Some(Kind::Authorities) {
            return Err(DirectoryError::NotACase.into());
        }
        let case = self.case(request.case)?;
        if case.is_closed {
            return Err(NodeError::CaseClosed(case.reference.clone()));
        }
        let case = case.reference.clone();
        let given = request.given.as_ref();
        let options = self.options(request.kind, request.map.as_deref(), given)?;
        let mut answer = Imported::default();
        for source in sources {
            let mut file = FileAnswer { path: source.name().to_owned(), ..FileAnswer::default() };
            let done = self.import_file(by, &case, request, &options, *source, &mut file, language);
            if let Err(error) = done {
                // Rows read before the error were not taken.
                let (path, kind, sha256) = (file.path, file.kind, file.sha256);
                file = FileAnswer { path, kind, sha256, ..FileAnswer::default() };
                file.error = Some(wording::error(language, &error));
            }
            answer.files.push(file);
        }
        Ok(answer)
    }

    pub(crate) fn options(
        &self,
        kind: Option<Kind>,
        map: Option<&str>,
        given: Option<&GivenBy>,
    ) -> Result<Options, NodeError> {
        let identity = self.identity()?;
        let map = map.map(ColumnMap::parse).transpose().map_err(NodeError::Map)?;
        // What a partner gives speaks of its own country's numbers.
        let (country, agency) = match given {
            Some(given) => (given.country, given.name.as_str()),
            None => (identity.country, identity.agency.as_str()),
        };
        Ok(Options { country: Some(country), agency: Some(agency.into()), kind, map })
    }

    #[expect(clippy::too_many_arguments, reason = "one step of one journey, called once")]
    fn import_file(
        &mut self,
        by: &str,
        case: &str,
        request: &Import<'_>,
        options: &Options,
        source: &dyn Source,
        answer: &mut FileAnswer,
        language: Language,
    ) -> Result<(), NodeError> {
        let opened = open::detect(source, options)?;
        answer.kind = Some(opened.kind.as_str());
        // What is read is what is kept: the file outside may change while we read it.
        let kept;
        let (original, bytes, source): (Digest, u64, &dyn Source) = if request.dry_run {
            let (original, bytes) = self.ports.vault.digest(source)?;
            (original, bytes, source)
        } else {
            let (original, bytes) = self.ports.vault.take(source)?;
            kept = if self.is_named(&original) {
                // Put in its place before anything is read: a damaged one is mended by it.
                self.ports.vault.keep_original(&original)?;
                self.ports.vault.original(&original, source.name())?
            } else {
                self.ports.vault.taken(source.name())?
            };
            (original, bytes, &*kept)
        };
        answer.sha256 = Some(original);
        let case = self.case(Some(case))?;
        let mut rejects = Rejects::new(language);
        let segment = self.read_rows(case, &opened, options, source, answer, &mut rejects)?;
        answer.rows = answer.accepted + answer.already + answer.rejected_total;
        if request.dry_run {
            return Ok(());
        }
        let case = case.reference.clone();
        if let Some(text) = rejects.file() {
            let name = rejects_name(&case, &original, &text);
            answer.rejects_file = Some(self.ports.vault.keep_rejects(&name, text.as_bytes())?);
        }
        if answer.accepted == 0 {
            return Ok(());
        }
        let name = Digest::of(&segment);
        let kind = opened.kind.as_str();
        if !holds(kind, &segment, answer.accepted) {
            let (file, cause) = (file_name(source.name()), "its segment cannot be read back");
            return Err(NodeError::Broken { file, cause: cause.to_owned() });
        }
        self.ports.vault.keep_segment(&name, &segment)?;
        if !self.is_named(&original) {
            self.ports.vault.keep_original(&original)?;
        }
        let file = ImportedFile {
            name: file_name(source.name()),
            kind: kind.to_owned(),
            original,
            bytes,
            parser: PARSER_VERSION,
            country: options.country.unwrap_or(self.identity()?.country),
            map: request.map.clone(),
            rows: answer.rows,
            accepted: answer.accepted,
            already: answer.already,
            rejected: answer.rejected_total,
            segment: name,
            given: request.given.clone(),
        };
        self.record(by, &[Event::FileImported { case, file }])
    }

    /// Whether an event names this original.
    fn is_named(&self, original: &Digest) -> bool {
        let mut files = self.state.cases.values().flat_map(|case| &case.files);
        files.any(|file| file.original == *original)
    }

    /// Reads all rows into a new segment.
    pub(crate) fn read_rows(
        &self,
        case: &Case,
        opened: &Opened,
        options: &Options,
        source: &dyn Source,
        answer: &mut FileAnswer,
        rejects: &mut Rejects,
    ) -> Result<Vec<u8>, NodeError> {
        let held = self.held(case, opened.kind)?;
        let now = self.ports.clock.now();
        let mut intake = Intake::new(opened.kind, &held);
        let mut seen = 0;
        let mut truth = 0_u64;
        open::read(source, opened, options, &mut |row| {
            seen += 1;
            if seen % PROGRESS_ROWS == 0 {
                self.ports.progress.rows(source.name(), seen);
            }
            let verdict = match row {
                Row::Transfer(row, transfer) => {
                    for warning in self.doubts(row, &transfer, now) {
                        rejects.warn(answer, &warning);
                    }
                    intake.transfer(row, transfer)
                }
                Row::Complaint(row, complaint) => intake.complaint(row, complaint),
                Row::Holding(row, holding) => intake.holding(row, holding),
                // Only `directory import` asks the reader for such rows.
                Row::Authority(row, entry) => {
                    Verdict::Rejected(RowError::new(row, "", &entry.name_en, "wrong_kind"))
                }
                Row::Indicator(row, indicator) => intake.indicator(row, indicator),
                Row::Rejected(error) => Verdict::Rejected(error),
                Row::Warning(warning) => return rejects.warn(answer, &warning),
                Row::Truth(_) => {
                    truth += 1;
                    return;
                }
            };
            match verdict {
                Verdict::New => answer.accepted += 1,
                Verdict::Already => answer.already += 1,
                Verdict::Rejected(error) => rejects.reject(answer, &error),
            }
        })?;
        if truth > 0 {
            let warning = RowError::new(0, "", &truth.to_string(), "truth_not_imported");
            rejects.warn(answer, &warning);
        }
        intake.finish().map_err(|error| NodeError::File(FileError::Read(error.to_string())))
    }
}

impl Node {
    /// What is odd about a transfer that can be read: the time, or the rate between its amounts.
    fn doubts(
        &self,
        row: u64,
        transfer: &Transfer,
        now: Timestamp,
    ) -> impl Iterator<Item = RowError> + use<> {
        let is_late = transfer.at.microseconds() > now.microseconds() + CLOCKS_DIFFER;
        let late = is_late.then(|| {
            let at = transfer.at.to_string();
            RowError::new(row, "timestamp", &at, "transfer_in_future")
        });
        let (sent, received) = (transfer.sent, transfer.received);
        let cents = |money: Money| self.rates.usd_cents(money.amount_minor, money.currency);
        let is_off = sent.currency != received.currency
            && cents(sent).zip(cents(received)).is_some_and(|(sent, received)| {
                let (less, more) = (sent.min(received), sent.max(received));
                less > 0 && i128::from(more) > i128::from(less) * RATE_OFF
            });
        let off = is_off.then(|| {
            let money = |money: Money| format!("{} {}", money.decimal(), money.currency);
            let both = format!("{} / {}", money(sent), money(received));
            RowError::new(row, "amount_received", &both, "rate_far_off")
        });
        late.into_iter().chain(off)
    }
}

/// A path's last part.
pub(crate) fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// A list of rejected rows is named by its case, its original and its own content: another import
/// of the same file, into another case, by another map or in another language, leaves it alone.
pub(crate) fn rejects_name(case: &str, original: &Digest, text: &str) -> String {
    let [original, text] = [*original, Digest::of(text.as_bytes())].map(|digest| {
        let digest = digest.to_string();
        digest.get(..16).unwrap_or(&digest).to_owned()
    });
    format!("{case}-{original}-{text}.csv")
}

/// Collects rejected rows and warnings, the first for the answer, all for the rejects file.
pub(crate) struct Rejects {
    language: Language,
    text: String,
    lines: usize,
}

impl Rejects {
    pub(crate) fn new(language: Language) -> Rejects {
        Rejects { language, text: String::from("row,field,value,code,reason\n"), lines: 0 }
    }

    pub(crate) fn reject(&mut self, answer: &mut FileAnswer, error: &RowError) {
        answer.rejected_total += 1;
        if answer.rejected.len() < MAX_LISTED {
            answer.rejected.push(self.worded(error));
        }
        if self.lines < MAX_REJECTS {
            self.lines += 1;
            let reason = wording::reason(self.language, error);
            let cells = [&error.field, &error.value, &error.code, reason.as_str()].map(cell);
            self.text.push_str(&format!("{},{}\n", error.row, cells.join(",")));
        }
    }

    pub(crate) fn warn(&mut self, answer: &mut FileAnswer, warning: &RowError) {
        answer.warnings_total += 1;
        if answer.warnings.len() < MAX_LISTED {
            answer.warnings.push(self.worded(warning));
        }
    }

    fn worded(&self, error: &RowError) -> RowAnswer {
        RowAnswer {
            row: error.row,
            field: error.field.to_string(),
            value: error.value.to_string(),
            code: error.code.to_string(),
            reason: wording::reason(self.language, error),
        }
    }

    pub(crate) fn file(self) -> Option<String> {
        (self.lines > 0).then_some(self.text)
    }
}

/// A CSV cell; what a spreadsheet would take for a formula is quoted with an apostrophe.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if is_formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}
