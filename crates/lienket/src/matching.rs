//! Commands of MATCH.

use std::fs::File;
use std::path::Path;

use model::country::Country;
use node::matching::lists::{Tools, compare};
use store::chance::SystemRandom;
use store::clock::cpu_seconds;
use store::files::FileSource;

use crate::cli::MatchFilesArgs;
use crate::failure::Failure;
use crate::progress::Bar;
use crate::run::Task;
use crate::show;
use crate::terminal::ExitStatus;

impl Task {
    /// What two lists have in common.
    pub(crate) fn match_files(&self, args: &MatchFilesArgs) -> Result<ExitStatus, Failure> {
        let country = |text: &String| {
            Country::parse(text).map_err(|_| Failure::word("country_unknown", text))
        };
        let country = args.country.as_ref().map(country).transpose()?;
        let progress = Bar::new(self.language);
        let tools = Tools {
            random: &SystemRandom,
            cpu_seconds: &cpu_seconds,
            progress: &progress,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
        };
        let [published, asked] = [source(&args.published)?, source(&args.asked)?];
        let answer = compare(&tools, [&published, &asked], country, self.language)?;
        drop(progress);
        self.print(&answer, show::lists)
    }
}

/// A list that is there; its errors name its whole path.
fn source(path: &Path) -> Result<FileSource, Failure> {
    File::open(path).map_err(Failure::file(path))?;
    Ok(FileSource::named(path, &path.display().to_string()))
}
