//! `kill -9` in the middle of writing loses nothing that was acknowledged, and half of nothing
//! shows.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use crate::{check_whole, log, open, read, send, write};

/// Names the folder to the child; without it that one has nothing to do.
const FOLDER: &str = "LIENKET_TEST_RECORD";
/// How many times the writer is killed, each after another number of acknowledgements.
const KILLS: usize = 30;
/// So many write at once.
const CALLERS: u8 = 4;

/// The child: writes, and says what is durable, until it is killed.
#[test]
fn a_child_writes_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let record = open(Path::new(&folder));
    let told = Mutex::new(std::io::stdout());
    std::thread::scope(|scope| {
        for caller in 0..CALLERS {
            let (record, told) = (&record, &told);
            scope.spawn(move || {
                for place in read(record, |rows| Ok(rows.log(log(caller, 200))?.size)).. {
                    write(record, move |rows| {
                        let sent = send(rows, log(caller, 200), &[caller; 3_000]);
                        sent.map(|index| assert_eq!(index, place))
                    });
                    let mut told = told.lock().unwrap();
                    writeln!(told, "durable {caller} {place}").unwrap();
                    told.flush().unwrap();
                }
            });
        }
    });
}

#[test]
fn a_killed_writer_has_lost_nothing_that_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = [0; CALLERS as usize];
    for kill in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["kill::a_child_writes_until_it_is_killed", "--exact", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut seen, most) = (0, kill * 7 % 41);
        while let Some(Ok(line)) = lines.next() {
            // The first line may begin with the test's name.
            let Some((_, durable)) = line.split_once("durable ") else { continue };
            if let Some((caller, place)) = durable.split_once(' ') {
                acknowledged[caller.parse::<usize>().unwrap()] = place.parse::<u64>().unwrap() + 1;
                seen += 1;
            }
            if seen > most {
                // What it still said before it was killed comes with the next lines.
                child.kill().unwrap();
            }
        }
        assert!(seen > most, "kill {kill}: the child ended by itself after {seen}");
        child.wait().unwrap();
        let record = open(folder.path());
        for (caller, acknowledged) in (0..).zip(acknowledged) {
            let size = read(&record, |rows| check_whole(rows, log(caller, 200)));
            assert!(size >= acknowledged, "kill {kill}: {size} of {acknowledged}");
        }
        record.check().unwrap();
    }
}
