//! The commands of the directory: with a node, or with the law pack alone.

use model::request::RequestKind;
use node::directory::{DirectoryImport, Wanted};
use node::node::Node;
use store::files::FileSource;

use crate::cli::{DirectoryCommand, DirectoryImportArgs, DirectoryListArgs};
use crate::failure::Failure;
use crate::import;
use crate::law::{day, today};
use crate::run::Task;
use crate::show;
use crate::terminal::ExitStatus;

impl Task {
    /// What the law pack alone answers.
    pub(crate) fn directory_of_pack(
        &self,
        command: &DirectoryCommand,
    ) -> Result<ExitStatus, Failure> {
        let (pack, language) = (node::law::builtin()?, self.language);
        match command {
            DirectoryCommand::Show { id } => {
                let shown = node::directory::show(pack, id, today(), language)?;
                self.print(&shown, show::authority)
            }
            DirectoryCommand::List(args) => {
                let on = day(args.on.as_deref())?;
                let listed = node::directory::list(pack, &wanted(args)?, on, language)?;
                self.print(&listed, show::authorities)
            }
            // Whatever changes the directory is asked of a node, which says that there is none.
            _ => Err(node::error::NodeError::NoNode.into()),
        }
    }

    /// On a node.
    pub(crate) fn directory(
        &self,
        node: &mut Node,
        command: &DirectoryCommand,
    ) -> Result<ExitStatus, Failure> {
        let (by, language) = (self.by()?, self.language);
        match command {
            DirectoryCommand::Import(args) => self.import_directory(node, args),
            DirectoryCommand::List(args) => {
                let on = day(args.on.as_deref())?;
                let listed = node.directory(by, &wanted(args)?, on, language)?;
                self.print(&listed, show::authorities)
            }
            DirectoryCommand::Show { id } => {
                self.print(&node.authority(by, id, today(), language)?, show::authority)
            }
            DirectoryCommand::Confirm { id, source, on } => {
                let on = on.as_deref().map(|on| day(Some(on))).transpose()?;
                let shown = node.confirm_authority(by, id, source, on, language)?;
                self.print(&shown, show::authority)
            }
            DirectoryCommand::Remove { id, because } => {
                let shown = node.remove_authority(by, id, because, language)?;
                self.print(&shown, show::authority)
            }
        }
    }

    fn import_directory(
        &self,
        node: &mut Node,
        args: &DirectoryImportArgs,
    ) -> Result<ExitStatus, Failure> {
        std::fs::File::open(&args.file).map_err(Failure::file(&args.file))?;
        let asked = DirectoryImport {
            map: args.map.as_deref().map(import::map).transpose()?,
            is_whole: args.whole,
            dry_run: args.dry_run,
        };
        let source = FileSource::new(&args.file);
        let imported = node.import_directory(self.by()?, &asked, &source, self.language)?;
        self.print(&imported, show::directory_imported)
    }
}

fn wanted(args: &DirectoryListArgs) -> Result<Wanted<'_>, Failure> {
    let kind = args.kind.as_deref().map(RequestKind::parse).transpose();
    let kind = kind.map_err(|error| Failure::word("unknown_request_kind", &error.0))?;
    let (from, country) = (args.from.as_deref(), args.country.as_deref());
    Ok(Wanted { from, country, measure: args.measure.as_deref(), kind })
}
