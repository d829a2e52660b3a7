//! Wrong usage, said in our own words: clap says it in English only.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use i18n::Language;
use node::answer::ErrorAnswer;

use crate::help;

/// Code, cause and remedy. The remedy is the usage of the command and where its help is.
pub(crate) fn answer(problem: &Error, language: Language) -> ErrorAnswer {
    let context = |kind| problem.get(kind).map(listed).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let (key, value, other) = match problem.kind() {
        ErrorKind::UnknownArgument => ("usage-unknown", argument, String::new()),
        ErrorKind::InvalidSubcommand => {
            ("usage-command", context(ContextKind::InvalidSubcommand), String::new())
        }
        ErrorKind::MissingRequiredArgument => ("usage-missing", argument, String::new()),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ("usage-no-command", String::new(), String::new())
        }
        ErrorKind::ArgumentConflict => ("usage-conflict", argument, context(ContextKind::PriorArg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            match context(ContextKind::InvalidValue) {
                value if value.is_empty() => ("usage-no-value", argument, String::new()),
                value => ("usage-value", value, argument),
            }
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            ("usage-no-value", argument, String::new())
        }
        ErrorKind::TooManyValues => ("usage-twice", argument, String::new()),
        ErrorKind::InvalidUtf8 => ("usage-not-text", String::new(), String::new()),
        _ => ("usage-other", String::new(), String::new()),
    };
    let values = [("value", value.as_str().into()), ("other", other.as_str().into())];
    let mut message = i18n::text_with(language, key, &values);
    let mut add = |key: &str, value: String| {
        if !value.is_empty() {
            let values = [("value", value.as_str().into())];
            message.push_str(&format!(" {}", i18n::text_with(language, key, &values)));
        }
    };
    add("usage-values", context(ContextKind::ValidValue));
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].map(context);
    near.into_iter().for_each(|near| add("usage-near", near));
    let mut hint = i18n::text(language, "error-usage-hint");
    let usage = help::usage(&context(ContextKind::Usage), language);
    if !usage.is_empty() {
        let heading = i18n::text(language, "help-usage");
        hint = format!("{heading}: {usage}\n  {hint}");
    }
    ErrorAnswer { code: "usage".to_owned(), message, hint }
}

/// What the context holds, joined.
fn listed(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStrs(texts) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        ContextValue::None => String::new(),
        other => other.to_string(),
    }
}
