//! The node's own socket, HOME/socket: a command that is given while the node is served goes to the
//! process that serves it, and is carried out there with the same result.
//!
//! Whoever may enter the home may ask: the home is its owner's alone.

use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use i18n::Language;

use super::Job;
use super::frame::{self, Kind, Request};
use crate::cli::{self, Command};
use crate::failure::Failure;
use crate::run::Task;
use crate::terminal::{ExitStatus, FAILED, Terminal, USAGE};
use crate::wiring::OpenNode;

/// A request comes at once, or not at all.
const PATIENCE: Duration = Duration::from_secs(10);
/// The system's addresses of sockets are this short; longer ones go another way.
const MAX_ADDRESS: usize = 100;

/// Listens for commands.
pub(crate) struct Listener {
    home: PathBuf,
    thread: Option<JoinHandle<()>>,
}

/// A command that somebody gave.
pub(crate) struct Asked {
    request: Request,
    stream: UnixStream,
}

impl Listener {
    /// Listens in a home that is held: whatever socket lies there is a dead one's.
    pub(crate) fn open(home: &Path, jobs: Sender<Job>) -> Result<Listener, Failure> {
        let path = home.join("socket");
        if path.symlink_metadata().is_ok() {
            std::fs::remove_file(&path).map_err(Failure::file(&path))?;
        }
        let listener = at(home, |address| UnixListener::bind(address));
        let listener = listener.map_err(Failure::file(&path))?;
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { continue };
                match asked(stream) {
                    Ok(Some(asked)) => {
                        if jobs.send(Job::Command(Box::new(asked))).is_err() {
                            return;
                        }
                    }
                    Ok(None) => return,
                    // Who does not ask as a command does is not heard.
                    Err(_) => {}
                }
            }
        });
        Ok(Listener { home: home.to_owned(), thread: Some(thread) })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // The thread wakes by a request without words, which no command sends.
        let (language, folder) = (String::new(), Vec::new());
        let end = Request { arguments: Vec::new(), language, folder };
        let woken = at(&self.home, |address| UnixStream::connect(address));
        let is_told = woken.and_then(|stream| frame::ask(&stream, &end)).is_ok();
        if let (true, Some(thread)) = (is_told, self.thread.take()) {
            let _ = thread.join();
        }
        let _ = std::fs::remove_file(self.home.join("socket"));
    }
}

fn asked(stream: UnixStream) -> io::Result<Option<Asked>> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let request = frame::asked(&stream)?;
    stream.set_read_timeout(None)?;
    Ok((!request.arguments.is_empty()).then_some(Asked { request, stream }))
}

impl Asked {
    /// Carries the command out in the folder that it was given in.
    pub(crate) fn carry_out(self, open: &mut OpenNode) {
        let Asked { request, stream } = self;
        let language = Language::parse(&request.language).unwrap_or(Language::En);
        let arguments: Vec<OsString> =
            request.arguments.into_iter().map(OsString::from_vec).collect();
        let folder = PathBuf::from(OsString::from_vec(request.folder));
        let Ok(far) = stream.try_clone() else { return };
        let terminal = Terminal::Far(far);
        let status = match cli::parse(&arguments, language) {
            // It was parsed before it was sent; two versions of the program may differ.
            Err(problem) => terminal.usage(&problem, false, language).max(USAGE),
            Ok(cli) => {
                let task = Task { cli, language, terminal };
                let done = std::env::set_current_dir(&folder)
                    .map_err(Failure::file(&folder))
                    .and_then(|()| task.on(open));
                done.unwrap_or_else(|failure| {
                    task.terminal.failure(&failure, task.cli.json, language)
                })
            }
        };
        // Who has gone away needs no status.
        let _ = frame::write(&stream, Kind::Status, &[status]);
        let _ = stream.shutdown(std::net::Shutdown::Both);
    }
}

/// Has the process that serves a home carry out a command; `None`: nobody serves it.
pub(crate) fn ask(
    home: &Path,
    arguments: &[OsString],
    language: Language,
) -> Result<Option<ExitStatus>, Failure> {
    let Ok(stream) = at(home, |address| UnixStream::connect(address)) else { return Ok(None) };
    let path = home.join("socket");
    let failed = Failure::file(&path);
    let folder = std::env::current_dir().map_err(&failed)?;
    let request = Request {
        arguments: arguments.iter().map(|word| word.as_bytes().to_vec()).collect(),
        language: language.as_str().to_owned(),
        folder: folder.as_os_str().as_bytes().to_vec(),
    };
    frame::ask(&stream, &request).map_err(|error| gone(home, error))?;
    if reads_input(arguments, language) {
        let mut to = stream.try_clone().map_err(&failed)?;
        // It ends with this process, at the latest.
        thread::spawn(move || {
            let _ = io::copy(&mut io::stdin().lock(), &mut to);
            let _ = to.shutdown(std::net::Shutdown::Write);
        });
    } else {
        stream.shutdown(std::net::Shutdown::Write).map_err(|error| gone(home, error))?;
    }
    loop {
        match frame::read(&stream).map_err(|error| gone(home, error))? {
            (Kind::Status, status) => {
                return Ok(Some(status.first().copied().unwrap_or(FAILED)));
            }
            (kind, bytes) => Terminal::Own.put(kind, &bytes),
        }
    }
}

/// Who ended meanwhile is told apart from a socket that fails.
fn gone(home: &Path, error: io::Error) -> Failure {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::UnexpectedEof | Kind::ConnectionReset | Kind::BrokenPipe | Kind::NotConnected => {
            Failure::ServerGone(home.display().to_string())
        }
        _ => Failure::file(&home.join("socket"))(error),
    }
}

fn reads_input(arguments: &[OsString], language: Language) -> bool {
    let parsed = cli::parse(arguments, language).map(|cli| cli.command);
    matches!(parsed, Ok(Command::Follow(args)) if args.input == Path::new("-"))
}

/// Does something with the socket's address, however long the home's path is: where it is too long
/// for the system, the home is named by a number that the system gives it while it is open.
fn at<T>(home: &Path, work: impl FnOnce(&Path) -> io::Result<T>) -> io::Result<T> {
    let path = home.join("socket");
    if path.as_os_str().len() <= MAX_ADDRESS {
        return work(&path);
    }
    let folder = std::fs::File::open(home)?;
    let number = std::os::fd::AsRawFd::as_raw_fd(&folder);
    work(&Path::new("/proc/self/fd").join(number.to_string()).join("socket"))
}
