//! Where a command's input comes from and its answer goes: this process's own streams, or those of
//! another one that asks over the node's socket. Data on standard output, everything else on
//! standard error.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::process::ExitCode;

use clap::error::ErrorKind;
use i18n::Language;
use node::answer::ErrorAnswer;
use serde::Serialize;

use crate::failure::Failure;
use crate::serve::frame::{self, Kind};
use crate::usage;

/// One command's streams. A reader that has gone away is not our failure.
pub(crate) enum Terminal {
    /// This process's.
    Own,
    /// Another process's: what it says comes as it is, what it is told goes in frames.
    Far(UnixStream),
}

#[derive(Serialize)]
struct ErrorDocument<'a> {
    error: &'a ErrorAnswer,
}

#[derive(Serialize)]
struct TextDocument<'a> {
    text: &'a str,
}

impl Terminal {
    /// Standard input.
    pub(crate) fn input(&self) -> io::Result<Box<dyn Read>> {
        match self {
            Terminal::Own => Ok(Box::new(io::stdin())),
            Terminal::Far(stream) => Ok(Box::new(stream.try_clone()?)),
        }
    }

    /// Prints one JSON document.
    pub(crate) fn json(&self, document: &impl Serialize) {
        let mut bytes = serde_json::to_vec(document).unwrap_or_default();
        bytes.push(b'\n');
        self.put(Kind::Out, &bytes);
    }

    /// Prints text for people.
    pub(crate) fn text(&self, text: &str) {
        self.put(Kind::Out, text.as_bytes());
    }

    /// Prints a line on standard error.
    pub(crate) fn note(&self, text: &str) {
        self.put(Kind::Error, format!("{text}\n").as_bytes());
    }

    /// Prints bytes as they are.
    pub(crate) fn put(&self, kind: Kind, bytes: &[u8]) {
        let _ = match (self, kind) {
            (Terminal::Own, Kind::Error) => write(&mut io::stderr().lock(), bytes),
            (Terminal::Own, _) => write(&mut io::stdout().lock(), bytes),
            (Terminal::Far(stream), kind) => frame::write(stream, kind, bytes),
        };
    }

    /// Prints a failure with its remedy.
    pub(crate) fn failure(
        &self,
        failure: &Failure,
        is_json: bool,
        language: Language,
    ) -> ExitStatus {
        self.error(&failure.answer(language), is_json, language);
        failure.status()
    }

    fn error(&self, answer: &ErrorAnswer, is_json: bool, language: Language) {
        if is_json {
            self.json(&ErrorDocument { error: answer });
        } else {
            let word = i18n::text(language, "error-word");
            self.note(&format!("{word}: {}\n  {}", answer.message, answer.hint));
        }
    }

    /// Prints what is a text by its nature: help, the version, a completion script.
    pub(crate) fn told(&self, told: &str, is_json: bool) -> ExitStatus {
        if is_json {
            self.json(&TextDocument { text: told });
        } else {
            self.text(told);
        }
        DONE
    }

    /// Prints wrong usage, or the help or version that was asked for.
    pub(crate) fn usage(
        &self,
        problem: &clap::Error,
        is_json: bool,
        language: Language,
    ) -> ExitStatus {
        let rendered = problem.render().to_string();
        if !problem.use_stderr() {
            return self.told(&rendered, is_json);
        }
        if problem.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !is_json {
            self.note(rendered.trim_end());
        } else {
            self.error(&usage::answer(problem, language), is_json, language);
        }
        USAGE
    }
}

/// How a command ended: 0 done, 1 failed or refused, 2 wrong usage.
pub(crate) type ExitStatus = u8;
/// Done.
pub(crate) const DONE: ExitStatus = 0;
/// Failed or refused.
pub(crate) const FAILED: ExitStatus = 1;
/// Wrong usage.
pub(crate) const USAGE: ExitStatus = 2;

/// The status as the system takes it.
pub(crate) fn exit(status: ExitStatus) -> ExitCode {
    ExitCode::from(status)
}

fn write(to: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(bytes)?;
    to.flush()
}
