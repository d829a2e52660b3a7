//! Help in the chosen language: what commands and options do, headings, notes and usage lines.
//!
//! clap writes its own words (`Usage:`, `[default: …]`) in English only, so they are left out of
//! what it writes and put there from our texts.

use clap::CommandFactory as _;
use i18n::Language;

use crate::cli::Cli;

/// Options that mean the same everywhere.
const SHARED: [&str; 10] =
    ["case", "home", "lang", "json", "by", "pack", "paper", "paper_on", "help", "version"];

/// The commands with their help in a language. Everything that clap adds of its own is there
/// already: the help option, and every global option in every command.
pub(crate) fn command(language: Language) -> clap::Command {
    let mut command = Cli::command();
    command.build();
    translate(command, "help", language)
}

/// The text of an option.
pub(crate) fn key(command: &str, id: &str) -> String {
    match SHARED.contains(&id) {
        true => format!("help-arg-{id}"),
        false => format!("{command}-{}", id.replace('_', "-")),
    }
}

fn translate(command: clap::Command, key: &str, language: Language) -> clap::Command {
    let text = |key: &str| i18n::text(language, key);
    let mut command = command.subcommand_value_name(text("help-command-word"));
    if i18n::has(language, key) {
        command = command.about(text(key));
    }
    let arguments: Vec<String> = command.get_arguments().map(|a| a.get_id().to_string()).collect();
    for id in arguments {
        let own = self::key(key, &id);
        command = command.mut_arg(&id, |argument| explain(argument, &own, language));
    }
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |inner| match name.as_str() {
            // Below `help` stand all commands once more.
            "help" => translate(inner, key, language).about(text("help-help")),
            name => translate(inner, &format!("{key}-{name}"), language),
        });
    }
    let usage = usage(&command.render_usage().to_string(), language);
    let template = template(&command, language);
    command
        .override_usage(usage)
        .help_template(template)
        .subcommand_help_heading(text("help-commands"))
}

/// An option's help, with its default, its variable and its values behind it.
fn explain(argument: clap::Arg, key: &str, language: Language) -> clap::Arg {
    let mut help = match i18n::has(language, key) {
        true => i18n::text(language, key),
        false => argument.get_help().map(ToString::to_string).unwrap_or_default(),
    };
    let mut note = |key: &str, value: String| {
        let values = [("value", value.as_str().into())];
        help.push_str(&format!(" [{}]", i18n::text_with(language, key, &values)));
    };
    if argument.get_action().takes_values() {
        let defaults = argument.get_default_values().iter().map(|value| value.to_string_lossy());
        let defaults = defaults.collect::<Vec<_>>().join(", ");
        if !defaults.is_empty() {
            note("help-default", defaults);
        }
        if let Some(variable) = argument.get_env() {
            note("help-variable", variable.to_string_lossy().into_owned());
        }
        let values = argument.get_possible_values();
        if !values.is_empty() {
            let values: Vec<&str> =
                values.iter().map(clap::builder::PossibleValue::get_name).collect();
            note("help-values", values.join(", "));
        }
    }
    argument.help(help).hide_default_value(true).hide_env(true).hide_possible_values(true)
}

/// A usage line without its heading, with the word for options in the language.
pub(crate) fn usage(written: &str, language: Language) -> String {
    let line = written.trim().trim_start_matches("Usage:").trim_start();
    line.replace("[OPTIONS]", &format!("[{}]", i18n::text(language, "help-options-word")))
}

fn template(command: &clap::Command, language: Language) -> String {
    let heading = |key: &str| i18n::text(language, key);
    let mut template = format!("{{about-with-newline}}\n{}: {{usage}}\n", heading("help-usage"));
    let mut add = |key: &str, part: &str| {
        template.push_str(&format!("\n{}:\n{{{part}}}\n", heading(key)));
    };
    if command.has_subcommands() {
        add("help-commands", "subcommands");
    }
    if command.get_positionals().next().is_some() {
        add("help-arguments", "positionals");
    }
    add("help-options", "options");
    template
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(command: &mut clap::Command) {
        let help = command.render_long_help().to_string();
        let english =
            ["Usage", "Options", "OPTIONS", "COMMAND", "Commands", "Arguments", "Print", "default"];
        let found: Vec<&&str> = english.iter().filter(|word| help.contains(**word)).collect();
        assert!(found.is_empty(), "{found:?} in\n{help}");
        command.get_subcommands_mut().for_each(check);
    }

    #[test]
    fn vietnamese_help_holds_no_words_of_clap() {
        check(&mut command(Language::Vi));
    }
}
