//! `bundle` and `verify`: what a court gets, and what it checks.

use std::fs::File;
use std::io::{BufWriter, Seek as _, Write as _};
use std::path::Path;

use envelope::attachment::Attachment;
use node::exchange::{Evidence, Exchange, Proven};
use verify::bundle::Builder;
use verify::inclusion::Inclusion;
use verify::verify_file;

use crate::cli::BundleArgs;
use crate::failure::Failure;
use crate::run::Task;
use crate::show;
use crate::terminal::{DONE, ExitStatus, FAILED};
use crate::wiring::OpenNode;

impl Task {
    pub(crate) fn bundle(
        &self,
        open: &mut OpenNode,
        args: &BundleArgs,
    ) -> Result<ExitStatus, Failure> {
        open.exchange()?;
        let mut messages = Vec::new();
        for named in &args.messages {
            // A request's number stands for all that was said of it.
            let of_request = open.node.messages_of_request(self.by()?, named)?;
            match of_request.is_empty() {
                true => messages.push(named.clone()),
                false => messages.extend(of_request),
            }
        }
        write(open, self.by()?, &messages, &args.output, self.language)?;
        Ok(self.done("bundle-written", &args.output, messages.len()))
    }

    /// Says what a bundle proves and what is wrong with it.
    pub(crate) fn verify(&self, path: &Path) -> Result<ExitStatus, Failure> {
        let verdict = verify_file(path, self.language);
        let is_valid = verdict.valid;
        self.print(&verdict, show::verdict)?;
        Ok(if is_valid { DONE } else { FAILED })
    }
}

/// Writes a bundle of some messages, and has it verified before it leaves the house.
pub(crate) fn write(
    open: &mut OpenNode,
    by: &str,
    messages: &[String],
    path: &Path,
    language: i18n::Language,
) -> Result<(), Failure> {
    let exchange = open.exchange()?;
    let shown = open.node.show_to_court(by, messages)?;
    let aside = path.with_extension("partial");
    let made = make(&exchange, &shown, &aside).and_then(|()| {
        match verify_file(&aside, language).problems.first() {
            None => std::fs::rename(&aside, path).map_err(Failure::file(path)),
            Some(problem) => Err(Failure::word("bundle_not_valid", problem)),
        }
    });
    if made.is_err() {
        let _ = std::fs::remove_file(&aside);
    }
    made
}

fn make(
    exchange: &Exchange,
    shown: &[(Evidence, envelope::content::Content)],
    path: &Path,
) -> Result<(), Failure> {
    let failed = |error: verify::archive::ArchiveError| Failure::File {
        path: path.display().to_string(),
        cause: error.to_string(),
    };
    let file = File::create(path).map_err(Failure::file(path))?;
    let mut builder = Builder::new(BufWriter::new(file)).map_err(failed)?;
    let (mut cards, mut heads) = (Vec::new(), Vec::new());
    for (evidence, content) in shown {
        let id = evidence.envelope.header().id;
        builder.envelope(&evidence.envelope, &inclusion(&evidence.place)).map_err(failed)?;
        builder.content(id, content).map_err(failed)?;
        for attachment in &content.attachments {
            let mut opened = spooled(exchange, attachment, path)?;
            builder.attachment(id, attachment, &mut opened).map_err(failed)?;
        }
        for (receipt, place) in &evidence.receipts {
            builder.receipt(receipt, &inclusion(place)).map_err(failed)?;
        }
        for card in &evidence.cards {
            let name = (card.card().id(), card.card().sequence);
            if !cards.contains(&name) {
                cards.push(name);
                builder.card(card).map_err(failed)?;
            }
        }
        for (writer, reader, note) in &evidence.heads {
            if !heads.contains(&(*writer, *reader)) {
                heads.push((*writer, *reader));
                builder.checkpoint((*writer, *reader), note).map_err(failed)?;
            }
        }
    }
    let mut file = builder.finish().map_err(failed)?;
    file.flush().map_err(Failure::file(path))?;
    file.get_ref().sync_all().map_err(Failure::file(path))
}

/// A file opened beside the bundle; its name is gone at once, its bytes when it is closed.
fn spooled(exchange: &Exchange, file: &Attachment, beside: &Path) -> Result<File, Failure> {
    let path = beside.with_extension("opened");
    let mut options = File::options();
    let opened = options.read(true).write(true).create(true).truncate(true).open(&path);
    let mut opened = opened.map_err(Failure::file(&path))?;
    std::fs::remove_file(&path).map_err(Failure::file(&path))?;
    exchange.open_file(file, &mut opened).map_err(Failure::exchange)?;
    opened.rewind().map_err(Failure::file(&path))?;
    Ok(opened)
}

fn inclusion(proven: &Proven) -> Inclusion {
    let Proven { record, index, size, hashes } = proven.clone();
    Inclusion { record, index, size, hashes }
}
