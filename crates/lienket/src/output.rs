//! Where answers go: data on standard output, everything else on standard error.

use std::io::Write as _;
use std::process::ExitCode;

use clap::error::ErrorKind;
use i18n::Language;
use node::answer::ErrorAnswer;
use serde::Serialize;

use crate::failure::Failure;
use crate::usage;

#[derive(Serialize)]
struct ErrorDocument<'a> {
    error: &'a ErrorAnswer,
}

#[derive(Serialize)]
struct TextDocument<'a> {
    text: &'a str,
}

/// Prints one JSON document. A reader that has gone away is not our failure.
pub(crate) fn json(document: &impl Serialize) {
    let mut out = std::io::stdout().lock();
    let _ = serde_json::to_writer(&mut out, document);
    let _ = out.write_all(b"\n").and_then(|()| out.flush());
}

/// Prints text for people.
pub(crate) fn text(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Prints a line on standard error.
pub(crate) fn note(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "{text}");
}

/// Prints a failure with its remedy.
pub(crate) fn failure(failure: &Failure, is_json: bool, language: Language) -> ExitCode {
    error(&failure.answer(language), is_json, language);
    ExitCode::from(failure.status())
}

fn error(answer: &ErrorAnswer, is_json: bool, language: Language) {
    if is_json {
        json(&ErrorDocument { error: answer });
    } else {
        let word = i18n::text(language, "error-word");
        note(&format!("{word}: {}\n  {}", answer.message, answer.hint));
    }
}

/// Prints what is a text by its nature: help, the version, a completion script.
pub(crate) fn told(told: &str, is_json: bool) -> ExitCode {
    if is_json {
        json(&TextDocument { text: told });
    } else {
        text(told);
    }
    ExitCode::SUCCESS
}

/// Prints wrong usage, or the help or version that was asked for.
pub(crate) fn usage(problem: &clap::Error, is_json: bool, language: Language) -> ExitCode {
    let rendered = problem.render().to_string();
    if !problem.use_stderr() {
        return told(&rendered, is_json);
    }
    if problem.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !is_json {
        note(rendered.trim_end());
    } else {
        error(&usage::answer(problem, language), is_json, language);
    }
    ExitCode::from(2)
}
