//! The program: reads the command line, wires the node to the machine, prints the answer.

mod cli;
mod demo;
mod demo_folder;
mod doctor;
mod failure;
mod follow;
mod help;
mod import;
mod manual;
mod output;
mod progress;
mod run;
mod show;
mod usage;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let language = cli::language(&arguments);
    let options = arguments.iter().take_while(|argument| *argument != "--");
    let is_json = options.into_iter().any(|argument| argument == "--json");
    match cli::parse(&arguments, language) {
        Ok(cli) => run::run(cli, language),
        Err(error) => output::usage(&error, is_json, language),
    }
}
