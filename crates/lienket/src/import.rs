//! `import` at the edge: what the paths mean, the map, and one answer for files and faults alike.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use formats::kind::Kind;
use formats::open::Source;
use i18n::Language;
use node::answer::{ErrorAnswer, FileAnswer, Imported};
use node::import::Import;
use node::node::Node;
use store::files::FileSource;
use store::gather::{self, Aside, Fault, Found};

use crate::cli::ImportArgs;
use crate::failure::Failure;

/// A column map may be this large.
const MAX_MAP_BYTES: u64 = 1 << 20;

/// A path as it was named, and how its bytes are read; `Err` where they are not.
struct Named {
    path: String,
    source: Result<FileSource, Fault>,
    /// Keeps a pipe's copy while it is read.
    _aside: Option<Aside>,
}

/// Imports everything under the paths. What cannot be taken is an entry of the answer, too.
pub(crate) fn import(
    node: &mut Node,
    home: &Path,
    by: &str,
    args: &ImportArgs,
    language: Language,
) -> Result<Imported, Failure> {
    let kind = |kind: &str| Kind::parse(kind).ok_or_else(|| Failure::word("unknown_kind", kind));
    let request = Import {
        case: args.case.as_deref(),
        kind: args.kind.as_deref().map(kind).transpose()?,
        map: args.map.as_deref().map(self::map).transpose()?,
        dry_run: args.dry_run,
        given: None,
    };
    let found = args.paths.iter().flat_map(|path| gather::gather(path, home));
    let named: Vec<Named> =
        found.enumerate().map(|(number, found)| name(found, home, number)).collect();
    let sources = named.iter().filter_map(|named| named.source.as_ref().ok());
    let sources: Vec<&dyn Source> = sources.map(|source| source as &dyn Source).collect();
    let mut files = node.import(by, &request, &sources, language)?.files.into_iter();
    let entries = named.iter().filter_map(|named| match &named.source {
        Ok(_) => files.next(),
        Err(fault) => Some(refused(&named.path, fault, language)),
    });
    Ok(Imported { files: entries.collect() })
}

fn name(found: Found, home: &Path, number: usize) -> Named {
    let shown = |path: &Path| path.display().to_string();
    match found {
        Found::File(path) => {
            Named { path: shown(&path), source: Ok(FileSource::new(&path)), _aside: None }
        }
        Found::Fault(path, fault) => Named { path: shown(&path), source: Err(fault), _aside: None },
        Found::Pipe(path) => match Aside::copy(&path, home, number) {
            Ok(aside) => Named {
                path: shown(&path),
                source: Ok(FileSource::named(aside.path(), &shown(&path))),
                _aside: Some(aside),
            },
            Err(fault) => Named { path: shown(&path), source: Err(fault), _aside: None },
        },
    }
}

fn refused(path: &str, fault: &Fault, language: Language) -> FileAnswer {
    let [message, hint] = i18n::refusal(language, fault.code(), &fault.value(), "");
    let error = Some(ErrorAnswer { code: fault.code().to_owned(), message, hint });
    FileAnswer { path: path.to_owned(), error, ..FileAnswer::default() }
}

/// The text of a column map.
pub(crate) fn map(path: &Path) -> Result<String, Failure> {
    text(path, MAX_MAP_BYTES, ["map_too_large", "map_not_text"])
}

/// A small text of the command line, from a file or a pipe. The codes say that it is larger than
/// the limit, and that it is not UTF-8.
pub(crate) fn text(path: &Path, limit: u64, codes: [&'static str; 2]) -> Result<String, Failure> {
    let failed = Failure::file(path);
    let [too_large, not_text] = codes;
    let bad = |code| Failure::word(code, &path.display().to_string());
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(&failed)?;
    file.take(limit + 1).read_to_end(&mut bytes).map_err(&failed)?;
    if bytes.len() as u64 > limit {
        return Err(bad(too_large));
    }
    String::from_utf8(bytes).map_err(|_| bad(not_text))
}
