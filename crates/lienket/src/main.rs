//! The program: reads the command line, wires the node to the machine, prints the answer.

mod cli;
mod demo;
mod directory;
mod doctor;
mod document;
mod exchange;
mod failure;
mod follow;
mod help;
mod import;
mod law;
mod manual;
mod matching;
mod progress;
mod requests;
mod run;
mod serve;
mod show;
mod terminal;
mod usage;
mod wiring;

use std::process::ExitCode;

use terminal::Terminal;

fn main() -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let language = cli::language(&arguments);
    let options = arguments.iter().take_while(|argument| *argument != "--");
    let is_json = options.into_iter().any(|argument| argument == "--json");
    let terminal = Terminal::Own;
    terminal::exit(match cli::parse(&arguments, language) {
        Ok(cli) => run::run(cli, language, &arguments),
        Err(error) => terminal.usage(&error, is_json, language),
    })
}
