//! Manual pages and completion scripts, made from the commands themselves.

use std::fs;
use std::path::Path;

use i18n::Language;

use crate::failure::Failure;
use crate::help;

/// Writes one page for the program and one for each command.
pub(crate) fn pages(folder: &Path, language: Language) -> Result<usize, Failure> {
    fs::create_dir_all(folder).map_err(Failure::file(folder))?;
    let mut count = 0;
    write(folder, help::command(language), "lienket", language, &mut count)?;
    Ok(count)
}

fn write(
    folder: &Path,
    command: clap::Command,
    name: &str,
    language: Language,
    count: &mut usize,
) -> Result<(), Failure> {
    let path = folder.join(format!("{name}.1"));
    let inner = command.get_subcommands().filter(|inner| inner.get_name() != "help");
    let inner: Vec<clap::Command> = inner.cloned().collect();
    let mut page = Vec::new();
    let shown = command.name(name.to_owned());
    clap_mangen::Man::new(shown).render(&mut page).map_err(Failure::file(&path))?;
    let page = headed(&String::from_utf8_lossy(&page), language);
    fs::write(&path, page).map_err(Failure::file(&path))?;
    *count += 1;
    for command in inner {
        let name = format!("{name}-{}", command.get_name());
        write(folder, command, &name, language, count)?;
    }
    Ok(())
}

/// The page with its sections' headings in the language; the maker of the pages knows English only.
fn headed(page: &str, language: Language) -> String {
    let heading = |line: &str| {
        let key = format!("manual-{}", line.strip_prefix(".SH ")?.to_lowercase());
        i18n::has(language, &key).then(|| format!(".SH {}", i18n::text(language, &key)))
    };
    page.lines().map(|line| heading(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

/// The completion script of a shell.
pub(crate) fn completions(shell: clap_complete::Shell, language: Language) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut help::command(language), "lienket", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
