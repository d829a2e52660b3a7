//! A large file over a line that is cut again and again: bytes sent twice, and memory.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use delivery::cut_line::CutLine;
use delivery::report::Report;
use delivery::visit::Visitor;
use envelope::attachment::Attachment;
use node::exchange::Outgoing;
use tokio::runtime::Runtime;

use super::forgetful::{Counted, SealedAnew};
use super::messages::{acquaint, now, pair, runtime};
use super::station::{Station, message};
use super::told;
use crate::{option, say};

/// A made-up file that is never whole in memory: each byte differs from its neighbours.
struct MadeUp {
    left: u64,
    state: u64,
}

impl Read for MadeUp {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        for part in buffer.iter_mut().take(count).collect::<Vec<_>>().chunks_mut(8) {
            self.state ^= self.state << 13;
            self.state ^= self.state >> 7;
            self.state ^= self.state << 17;
            for (slot, byte) in part.iter_mut().zip(self.state.to_le_bytes()) {
                **slot = byte;
            }
        }
        self.left -= count as u64;
        Ok(count)
    }
}

/// `file [--mib N] [--bytes N] [--cuts N] [--dir DIR] [--anew|--discard]`: so many MiB and bytes.
/// For what no disk here holds twice: with `--anew` a sparse file of that length is sent, whose
/// sealed form its sender makes anew piece by piece; with `--discard` its receiver keeps none of it
/// either.
pub(super) fn file(arguments: &[String]) -> Result<(), String> {
    let mib: u64 = option(arguments, "--mib")?.unwrap_or(1_024);
    let bytes: u64 = option(arguments, "--bytes")?.unwrap_or(0);
    let cuts: u64 = option(arguments, "--cuts")?.unwrap_or(20);
    let dir: String = option(arguments, "--dir")?.unwrap_or_else(|| ".".to_owned());
    let runtime = runtime()?;
    let folder = tempfile::tempdir_in(Path::new(&dir)).map_err(told)?;
    let size = (mib << 20) + bytes;
    let has = |name: &str| arguments.iter().any(|word| word == name);
    if has("--discard") || has("--anew") {
        return sparse(&runtime, folder.path(), (size, cuts), has("--discard"));
    }
    let (sender, receiver) = pair(&runtime, folder.path())?;
    let before = memory()?;
    let from = MadeUp { left: size, state: 0x9e37_79b9_7f4a_7c15 };
    let attachment = sealed(&sender, from)?;
    carried(&runtime, (&sender, &receiver), &attachment, cuts, before)?;
    opened(&receiver, &attachment)
}

/// The receiver opens the file, and holds it against what its sender said of it.
fn opened(receiver: &Station, attachment: &Attachment) -> Result<(), String> {
    let start = now();
    receiver.exchange.open_file(attachment, &mut std::io::sink()).map_err(told)?;
    say(&format!("opened and compared in {:.1} s", start.elapsed().as_secs_f64()));
    Ok(())
}

/// A sparse file from a port that keeps nothing of it, to one that does, or keeps nothing either.
fn sparse(
    runtime: &Runtime,
    folder: &Path,
    (size, cuts): (u64, u64),
    is_discarded: bool,
) -> Result<(), String> {
    let sparse = File::create_new(folder.join("sparse.bin")).map_err(told)?;
    sparse.set_len(size).map_err(told)?;
    let open = || File::open(folder.join("sparse.bin")).map_err(told);
    let (anew, counted) = (Arc::new(SealedAnew::new(open()?)), Arc::new(Counted::default()));
    let sender = Station::open_with(&folder.join("sender"), Vec::new(), anew.clone())?;
    let home = folder.join("receiver");
    let receiver = match is_discarded {
        true => Station::open_with(&home, Vec::new(), counted.clone())?,
        false => Station::open(&home, Vec::new())?,
    };
    acquaint(runtime, &sender, &receiver)?;
    let before = memory()?;
    let attachment = sealed(&sender, open()?)?;
    anew.open(&attachment);
    carried(runtime, (&sender, &receiver), &attachment, cuts, before)?;
    if !is_discarded {
        return opened(&receiver, &attachment);
    }
    let (pieces, again) = counted.pieces();
    say(&format!("{pieces} pieces came, each right by its hash, {again} of them twice"));
    Ok(())
}

/// Seals a file.
fn sealed(sender: &Station, mut from: impl Read) -> Result<Attachment, String> {
    let start = now();
    let attachment = sender.exchange.seal_file("image.bin", &mut from).map_err(told)?;
    let seconds = start.elapsed().as_secs_f64();
    say(&format!("sealed {} bytes in {seconds:.1} s", attachment.size));
    Ok(attachment)
}

/// A message with the file goes over a line that is cut; both sides know that it was accepted.
fn carried(
    runtime: &Runtime,
    (sender, receiver): (&Station, &Station),
    attachment: &Attachment,
    cuts: u64,
    before: u64,
) -> Result<(), String> {
    let outgoing = Outgoing { attachments: vec![attachment.clone()], ..message(100) };
    let id = sender.exchange.new_id().map_err(told)?;
    sender.exchange.send(id, receiver.exchange.me(), outgoing).map_err(told)?;
    // The line that is cut: a proxy in front of the receiver's door.
    let to =
        receiver.exchange.book().mine.last().and_then(|card| {
            card.card().endpoints.first().and_then(|endpoint| endpoint.parse().ok())
        });
    let to = to.ok_or("the receiver has no address")?;
    let line = runtime.block_on(CutLine::new(to)).map_err(told)?;
    receiver.issue(&[line.address.to_string()])?;
    sender.accept(receiver)?;
    let start = now();
    let (mut was_cut, every) = (0, attachment.size / (cuts + 1));
    let (exchange, identities) = (sender.exchange.clone(), Arc::clone(&sender.identities));
    let mut visitor = Visitor::new(exchange, identities, receiver.exchange.me(), true);
    loop {
        // Where it is cut differs each time, and is seldom the end of a piece.
        line.cut_after(if was_cut < cuts { every + 7_919 * (was_cut + 1) } else { u64::MAX / 2 });
        match runtime.block_on(visitor.visit(&mut Report::default())) {
            Ok(()) => break,
            Err(_) if was_cut < cuts => was_cut += 1,
            Err(error) => return Err(told(error)),
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    if sender.queued(1)? > 0 {
        return Err("the message was not accepted".to_owned());
    }
    let (went, peak) = (line.went(), memory()?);
    let row = receiver.exchange.blob(attachment.blob).map_err(told)?;
    let twice = went.saturating_sub(row.sealed);
    say(&format!(
        "{} bytes with {was_cut} cuts: {seconds:.1} s, {:.2} % more bytes than the sealed file \
         has, peak memory +{} MiB",
        attachment.size,
        twice as f64 * 100.0 / row.sealed as f64,
        peak.saturating_sub(before) / 1_024
    ));
    Ok(())
}

/// The most memory that this process has had, in KiB.
pub(crate) fn memory() -> Result<u64, String> {
    status("VmHWM:")
}

/// A line of the system's account of this process, in KiB.
pub(crate) fn status(name: &str) -> Result<u64, String> {
    let status = std::fs::read_to_string("/proc/self/status").map_err(told)?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    number.ok_or_else(|| format!("the system does not tell {name}"))
}

/// The processor's time that this process has had, in seconds: hundredths, as the system counts.
pub(super) fn processor() -> Result<f64, String> {
    let stat = std::fs::read_to_string("/proc/self/stat").map_err(told)?;
    // The name, in brackets, may have blanks; after it user and system time are 12th and 13th.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: Vec<f64> = fields.skip(11).take(2).filter_map(|one| one.parse().ok()).collect();
    match ticks.as_slice() {
        [user, system] => Ok((user + system) / 100.0),
        _ => Err("the system does not tell the time of this process".to_owned()),
    }
}
