//! The carried file: what there is for a partner on a stick instead of the line, through the same
//! engine.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

use envelope::card::AgencyId;
use envelope::carried::{CarriedError, Frame, Reader, Writer};
use envelope::parcel::Parcel;
use model::digest::Digest;
use node::exchange::{Exchange, ExchangeError};

use crate::error::DeliveryError;
use crate::report::Report;
use crate::visit::PIECES_AT_ONCE;

/// Writes everything that there is for a partner. The file is there whole or not at all.
pub fn write(exchange: &Exchange, partner: AgencyId, path: &Path) -> Result<Report, DeliveryError> {
    let aside = path.with_extension("partial");
    let file = File::create(&aside).map_err(DeliveryError::file(&aside))?;
    let mut report = Report::default();
    let written = fill(exchange, partner, BufWriter::new(file), &mut report);
    let written = written.and_then(|file| file.sync_all().map_err(DeliveryError::file(&aside)));
    if let Err(failure) = written {
        let _ = std::fs::remove_file(&aside);
        return Err(failure);
    }
    std::fs::rename(&aside, path).map_err(DeliveryError::file(path))?;
    Ok(report)
}

fn fill(
    exchange: &Exchange,
    partner: AgencyId,
    to: BufWriter<File>,
    report: &mut Report,
) -> Result<File, DeliveryError> {
    let mut writer = Writer::new(to)?;
    let mut failed = None;
    exchange.offers(partner, &mut |offer| {
        report.sent += offer.entries as u64;
        // The engine need not know what a file can fail with: it is told below.
        if failed.is_none() {
            failed = writer.add(&Frame::Parcel(offer.bytes)).err();
        }
        Ok(())
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    let (_, blobs) = exchange.blobs_between(partner)?;
    for name in blobs {
        let row = exchange.blob(name)?;
        let (sealed, pieces) = (row.sealed, row.pieces.clone());
        writer.add(&Frame::List { name, sealed, pieces })?;
        for number in 0..row.pieces.len() as u64 {
            let bytes = exchange.piece(&row, number)?;
            writer.add(&Frame::Piece { name, number, bytes })?;
        }
    }
    let file = writer.finish()?.into_inner();
    file.map_err(|error| CarriedError::Io(error.into_error()).into())
}

/// Takes what a carried file brings: whole parcels and pieces, also of a file that was cut off.
/// Returns who wrote it, where a parcel said so, and how it ended.
pub fn read(
    exchange: &Exchange,
    path: &Path,
    report: &mut Report,
) -> (Option<AgencyId>, Result<(), DeliveryError>) {
    let mut from = None;
    let done = File::open(path).map_err(DeliveryError::file(path)).and_then(|file| {
        let mut reader = Reader::new(BufReader::new(file))?;
        let mut pieces = Pieces { exchange, name: None, numbers: Vec::new() };
        let ended = frames(exchange, &mut reader, &mut from, &mut pieces, report);
        // What came before the end, or before whatever is wrong, is kept.
        pieces.keep()?;
        ended
    });
    (from, done)
}

fn frames(
    exchange: &Exchange,
    reader: &mut Reader<BufReader<File>>,
    from: &mut Option<AgencyId>,
    pieces: &mut Pieces<'_>,
    report: &mut Report,
) -> Result<(), DeliveryError> {
    while let Some(frame) = reader.next_frame()? {
        match frame {
            Frame::Parcel(bytes) => {
                let taken = exchange.take(None, &bytes)?;
                let partner = Parcel::parse(&bytes).map(|parcel| parcel.from);
                if let Ok(partner) = partner {
                    *from = Some(partner);
                    report.take(exchange, taken);
                }
            }
            Frame::List { name, sealed, pieces: hashes } => {
                // A file belongs to the message of a parcel before it.
                let Some(partner) = *from else { continue };
                let begun = exchange.begin_blob(partner, name, sealed, hashes);
                tolerated(begun, name, report)?;
            }
            Frame::Piece { name, number, bytes } => {
                let Some(row) = tolerated(exchange.blob(name), name, report)? else { continue };
                let put = exchange.put_piece(&row, number, &bytes);
                if tolerated(put, name, report)?.is_some() {
                    pieces.add(name, number)?;
                }
            }
        }
    }
    Ok(())
}

/// What is wrong with one file hurts this file alone; our own failure ends it all.
fn tolerated<T>(
    done: Result<T, ExchangeError>,
    name: Digest,
    report: &mut Report,
) -> Result<Option<T>, DeliveryError> {
    match done {
        Ok(value) => Ok(Some(value)),
        Err(error @ ExchangeError::Port(_)) => Err(error.into()),
        Err(error) => {
            report.refuse(name.to_string(), error.code());
            Ok(None)
        }
    }
}

/// Pieces that were put and are not durable yet.
struct Pieces<'e> {
    exchange: &'e Exchange,
    name: Option<Digest>,
    numbers: Vec<u64>,
}

impl Pieces<'_> {
    fn add(&mut self, name: Digest, number: u64) -> Result<(), DeliveryError> {
        if self.name != Some(name) || self.numbers.len() >= PIECES_AT_ONCE {
            self.keep()?;
        }
        self.name = Some(name);
        self.numbers.push(number);
        Ok(())
    }

    fn keep(&mut self) -> Result<(), DeliveryError> {
        if let Some(name) = self.name.take() {
            let numbers = std::mem::take(&mut self.numbers);
            self.exchange.keep_pieces(name, numbers)?;
        }
        Ok(())
    }
}
