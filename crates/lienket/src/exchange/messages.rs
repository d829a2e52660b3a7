//! `message`: written, sent, read, saved, answered, passed on.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use envelope::attachment::Attachment;
use node::duty::Duty;
use node::messages::{Draft, HandlingWords};
use serde::Serialize;

use crate::cli::{MessageCommand, SendArgs};
use crate::failure::Failure;
use crate::import;
use crate::run::Task;
use crate::show;
use crate::terminal::ExitStatus;
use crate::wiring::OpenNode;

/// A text given as a file may be this large; more belongs in an attachment.
const MAX_TEXT: u64 = 256 << 10;

/// `message save`.
#[derive(Serialize)]
pub(crate) struct Saved {
    /// The files, as they lie there.
    pub(crate) files: Vec<SavedFile>,
}

/// A saved file.
#[derive(Serialize)]
pub(crate) struct SavedFile {
    /// Where it lies.
    pub(crate) path: String,
    /// Its length.
    pub(crate) size: u64,
    /// Its digest, which was compared.
    pub(crate) sha256: String,
}

impl Task {
    pub(crate) fn message(
        &self,
        open: &mut OpenNode,
        command: &MessageCommand,
    ) -> Result<ExitStatus, Failure> {
        let by = self.by()?;
        open.join()?;
        let node = &mut open.node;
        match command {
            MessageCommand::Send(args) => self.send(open, args),
            MessageCommand::List { incoming, outgoing, partner } => {
                let direction = match (incoming, outgoing) {
                    (true, _) => Some(true),
                    (_, true) => Some(false),
                    _ => None,
                };
                self.print(&node.messages(by, direction, partner.as_deref())?, show::messages)
            }
            MessageCommand::Show { message } => {
                self.print(&node.read_message(by, message)?, show::opened)
            }
            MessageCommand::Save { message, output } => {
                let files = node.message_files(by, message)?;
                let saved = save(open, &files, output)?;
                self.print(&saved, show::saved)
            }
            MessageCommand::Handled { message, text } => {
                self.print(&node.handle_message(by, message, text.clone())?, show::message)
            }
            MessageCommand::Forward { message, to } => {
                self.print(&node.forward(by, message, to)?, show::message)
            }
            MessageCommand::Permit(args) => {
                let to = args.to.as_deref();
                self.print(&node.permit(by, &args.message, args.evidence, to)?, show::message)
            }
            MessageCommand::Erase { message } => {
                self.print(&node.recall(by, message)?, show::message)
            }
        }
    }

    fn send(&self, open: &mut OpenNode, args: &SendArgs) -> Result<ExitStatus, Failure> {
        let by = self.by()?;
        // Who may not send gets no file sealed, and nobody else's file is read for him.
        open.node.allow(by, Duty::Work)?;
        open.node.partner(&args.partner)?;
        let text = match args.text.strip_prefix('@') {
            Some(path) => import::text(
                Path::new(path),
                MAX_TEXT,
                ["message_text_too_large", "message_text_not_text"],
            )?,
            None => args.text.clone(),
        };
        let exchange = open.exchange()?;
        let mut attachments = Vec::new();
        for path in &args.attach {
            let mut file = File::open(path).map_err(Failure::file(path))?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let name = name.unwrap_or_default();
            attachments.push(exchange.seal_file(&name, &mut file).map_err(Failure::exchange)?);
        }
        let draft = Draft {
            text,
            handling: HandlingWords {
                tlp: args.tlp.clone(),
                pap: args.pap.clone(),
                purpose: args.purpose.clone(),
                basis: args.basis.clone(),
                limits: args.limit.clone(),
                limit_text: args.limit_text.clone(),
                source: args.source.clone(),
                information: args.information.clone(),
                retain_until: args.retain_until.clone(),
            },
            in_reply_to: args.reply_to.clone(),
            due: args.due.clone(),
            attachments,
        };
        self.print(&open.node.send(by, &args.partner, draft)?, show::message)
    }
}

/// Opens files into a folder. What lies there already is not written over; a file whose digest is
/// another one is not left there.
fn save(open: &mut OpenNode, files: &[Attachment], folder: &Path) -> Result<Saved, Failure> {
    let exchange = open.exchange()?;
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    let mut saved = Vec::new();
    for attachment in files {
        // A name is one of a file: `Content` takes no other.
        let path = free(folder, &attachment.name);
        let mut file = File::create_new(&path).map_err(Failure::file(&path))?;
        let opened = exchange.open_file(attachment, &mut file);
        if let Err(error) = opened {
            let _ = fs::remove_file(&path);
            return Err(Failure::exchange(error));
        }
        file.flush().and_then(|()| file.sync_all()).map_err(Failure::file(&path))?;
        saved.push(SavedFile {
            path: path.display().to_string(),
            size: attachment.size,
            sha256: attachment.sha256.to_string(),
        });
    }
    Ok(Saved { files: saved })
}

/// A path in the folder that nothing has yet: `a.pdf`, `a (2).pdf` …
fn free(folder: &Path, name: &str) -> PathBuf {
    let (stem, ending) = name.rsplit_once('.').map_or((name, ""), |(stem, ending)| (stem, ending));
    let dot = if ending.is_empty() { "" } else { "." };
    let mut path = folder.join(name);
    let mut number = 2_u32;
    while path.symlink_metadata().is_ok() {
        path = folder.join(format!("{stem} ({number}){dot}{ending}"));
        number += 1;
    }
    path
}
