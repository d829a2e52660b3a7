//! `follow` at the edge: a stream of transfers from standard input or a file, told as it comes and
//! imported when it ends.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use formats::kind::Kind;
use node::answer::Imported;
use node::follow::{Followed, Stream};
use node::import::Import;
use node::node::Node;
use store::spool::Spool;

use crate::cli::FollowArgs;
use crate::failure::Failure;
use crate::run::Task;
use crate::{import, show};

/// Tells what each transfer brings to light, then imports all of them.
pub(crate) fn follow(
    node: &mut Node,
    home: &Path,
    task: &Task,
    args: &FollowArgs,
) -> Result<(Followed, Imported), Failure> {
    let (by, language) = (task.by()?, task.language);
    let is_pipe = args.input == Path::new("-");
    let name = if is_pipe { "stdin".to_owned() } else { args.input.display().to_string() };
    let failed = |error: io::Error| Failure::File { path: name.clone(), cause: error.to_string() };
    let input: Box<dyn Read> = match is_pipe {
        true => task.terminal.input().map_err(failed)?,
        false => Box::new(File::open(&args.input).map_err(failed)?),
    };
    let spool = Spool::new(input, &name, home).map_err(failed)?;
    let tell = &mut |news: &node::answer::NewsAnswer| match task.cli.json {
        true => task.terminal.json(news),
        false => task.terminal.text(&show::news(news, language)),
    };
    let case = args.case.as_deref();
    let map = args.map.as_deref().map(import::map).transpose()?;
    let stream = Stream { head: &spool.head(), whole: &spool, map: map.as_deref() };
    let followed = node.follow(by, case, &stream, tell, language)?;
    let request = Import { case, kind: Some(Kind::Transfers), map, dry_run: false, given: None };
    let imported = node.import(by, &request, &[&spool.ended()], language)?;
    Ok((followed, imported))
}
