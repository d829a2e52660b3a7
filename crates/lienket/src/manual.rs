//! Manual pages and completion scripts, made from the commands themselves.

use std::fs;
use std::path::Path;

use i18n::Language;

use crate::cli;
use crate::failure::Failure;

/// Writes one page for the program and one for each command.
pub(crate) fn pages(folder: &Path, language: Language) -> Result<usize, Failure> {
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    let command = cli::command(language).disable_help_subcommand(true);
    let mut count = 0;
    write(folder, command, "lienket", &mut count)?;
    Ok(count)
}

fn write(
    folder: &Path,
    command: clap::Command,
    name: &str,
    count: &mut usize,
) -> Result<(), Failure> {
    let path = folder.join(format!("{name}.1"));
    let inner: Vec<clap::Command> = command.get_subcommands().cloned().collect();
    let mut page = Vec::new();
    let shown = command.name(name.to_owned());
    clap_mangen::Man::new(shown).render(&mut page).map_err(Failure::file(&path))?;
    fs::write(&path, page).map_err(Failure::file(&path))?;
    *count += 1;
    for command in inner {
        let name = format!("{name}-{}", command.get_name());
        write(folder, command, &name, count)?;
    }
    Ok(())
}

/// The completion script of a shell.
pub(crate) fn completions(shell: clap_complete::Shell, language: Language) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli::command(language), "lienket", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
