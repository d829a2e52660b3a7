//! A stream that is read once, as it comes, and kept aside to be read again when it has ended.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Read, Seek as _, Write as _};
use std::path::Path;

use formats::open::Source;
use node::port::Text;

use crate::home::create_file;

/// The first lines of a stream have at most so many bytes.
const MAX_HEAD_BYTES: u64 = 1 << 20;
/// Its header and a first row tell what a stream is.
const HEAD_LINES: usize = 2;

/// A stream and its copy.
pub struct Spool {
    name: String,
    head: Vec<u8>,
    input: RefCell<BufReader<Box<dyn Read>>>,
    copy: RefCell<File>,
}

impl Spool {
    /// Reads the first lines of a stream. Its copy lies in `work/` of a home and has no name there,
    /// where the system can do that: however the program ends, nothing is left behind.
    pub fn new(input: Box<dyn Read>, name: &str, home: &Path) -> io::Result<Spool> {
        let path = home.join("work").join(format!("stream-{}", std::process::id()));
        let mut copy = create_file(&path).map_err(io::Error::other)?;
        // What could not be removed is swept away at the next start.
        let _ = fs::remove_file(&path);
        let mut input = BufReader::new(input);
        let mut head = Vec::new();
        for _ in 0..HEAD_LINES {
            (&mut input).take(MAX_HEAD_BYTES).read_until(b'\n', &mut head)?;
        }
        copy.write_all(&head)?;
        let (input, copy) = (RefCell::new(input), RefCell::new(copy));
        Ok(Spool { name: name.to_owned(), head, input, copy })
    }

    /// The first lines, by which the stream is known.
    pub fn head(&self) -> Text {
        Text { name: self.name.clone(), bytes: self.head.clone() }
    }

    /// What came so far, to be read from the start.
    pub fn ended(self) -> Ended {
        Ended { name: self.name, copy: self.copy }
    }
}

/// The stream as it comes; it can be read once.
impl Source for Spool {
    fn reader(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.head.as_slice().chain(Tee { spool: self })))
    }

    fn name(&self) -> &str {
        &self.name
    }
}

struct Tee<'s> {
    spool: &'s Spool,
}

impl Read for Tee<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.spool.input.borrow_mut().read(buffer)?;
        let read = buffer.get(..count).unwrap_or_default();
        self.spool.copy.borrow_mut().write_all(read)?;
        Ok(count)
    }
}

/// A stream that has ended.
pub struct Ended {
    name: String,
    copy: RefCell<File>,
}

impl Source for Ended {
    fn reader(&self) -> io::Result<Box<dyn Read + '_>> {
        let mut copy = self.copy.borrow().try_clone()?;
        copy.rewind()?;
        Ok(Box::new(BufReader::with_capacity(1 << 18, copy)))
    }

    fn name(&self) -> &str {
        &self.name
    }
}
