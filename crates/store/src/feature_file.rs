//! Tables of features that leave the node: CSV, or Parquet in groups of rows.
//!
//! A table is written aside, beside the file that it becomes, and renamed when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use node::features::{FeatureRow, FeatureTable, KEYS};
use node::port::PortError;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

/// Rows are held in memory and written in groups of so many.
const GROUP: usize = 65_536;

/// The formats that are written, by the file's ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text with commas.
    Csv,
    /// Columns, packed.
    Parquet,
}

/// A table that is being written.
pub struct FeatureFile {
    target: PathBuf,
    aside: PathBuf,
    format: Format,
    writer: Option<Writer>,
    /// There is a file aside that is not in place.
    is_aside: bool,
}

enum Writer {
    Csv(Box<csv::Writer<BufWriter<File>>>),
    Parquet(Box<Groups>),
}

struct Groups {
    file: SerializedFileWriter<File>,
    texts: [Vec<ByteArray>; 5],
    at: Vec<i64>,
    cents: Vec<Option<i64>>,
    complained: Vec<bool>,
    values: Vec<Vec<f64>>,
}

impl FeatureFile {
    /// A table that becomes this file.
    pub fn new(target: &Path, format: Format) -> FeatureFile {
        let mut name = target.as_os_str().to_owned();
        name.push(".part");
        FeatureFile {
            target: target.to_owned(),
            aside: name.into(),
            format,
            writer: None,
            is_aside: false,
        }
    }

    /// Puts the whole table in place; its bytes.
    pub fn finish(mut self) -> Result<u64, PortError> {
        self.settle().map_err(|error| self.failed(error))
    }

    fn settle(&mut self) -> io::Result<u64> {
        let file = match self.writer.take() {
            Some(Writer::Csv(writer)) => {
                let buffer = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
                buffer.into_inner().map_err(io::IntoInnerError::into_error)?
            }
            Some(Writer::Parquet(mut groups)) => {
                groups.flush().map_err(io::Error::other)?;
                groups.file.into_inner().map_err(io::Error::other)?
            }
            None => return Err(io::ErrorKind::NotFound.into()),
        };
        file.sync_all()?;
        fs::rename(&self.aside, &self.target)?;
        self.is_aside = false;
        Ok(fs::metadata(&self.target)?.len())
    }

    fn failed(&self, error: impl std::fmt::Display) -> PortError {
        PortError {
            operation: "write",
            object: self.target.display().to_string(),
            cause: error.to_string(),
        }
    }

    fn open(&mut self, columns: &[String]) -> Result<Writer, io::Error> {
        let file = File::create(&self.aside)?;
        self.is_aside = true;
        match self.format {
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(BufWriter::with_capacity(1 << 18, file));
                writer
                    .write_record(KEYS.iter().copied().chain(columns.iter().map(String::as_str)))?;
                Ok(Writer::Csv(Box::new(writer)))
            }
            Format::Parquet => {
                let groups = Groups::new(file, columns).map_err(io::Error::other)?;
                Ok(Writer::Parquet(Box::new(groups)))
            }
        }
    }
}

impl Drop for FeatureFile {
    /// What was cut short leaves nothing behind.
    fn drop(&mut self) {
        if self.is_aside {
            let _ = fs::remove_file(&self.aside);
        }
    }
}

impl FeatureTable for FeatureFile {
    fn begin(&mut self, columns: &[String]) -> Result<(), PortError> {
        let writer = self.open(columns).map_err(|error| self.failed(error))?;
        self.writer = Some(writer);
        Ok(())
    }

    fn row(&mut self, row: &FeatureRow<'_>) -> Result<(), PortError> {
        let result = match &mut self.writer {
            Some(Writer::Csv(writer)) => csv_row(writer, row).map_err(io::Error::from),
            Some(Writer::Parquet(groups)) => groups.row(row).map_err(io::Error::other),
            None => Ok(()),
        };
        result.map_err(|error| self.failed(error))
    }
}

fn csv_row(
    writer: &mut csv::Writer<BufWriter<File>>,
    row: &FeatureRow<'_>,
) -> Result<(), csv::Error> {
    let FeatureRow { id, at, from, to, usd_cents, is_complained, values } = row;
    for text in [id, &*at.to_string(), from.bank(), from.number(), to.bank(), to.number()] {
        writer.write_field(text)?;
    }
    writer.write_field(usd_cents.map(|cents| cents.to_string()).unwrap_or_default())?;
    writer.write_field(if *is_complained { "1" } else { "0" })?;
    for value in *values {
        writer.write_field(value.to_string())?;
    }
    writer.write_record(None::<&[u8]>)
}

impl Groups {
    fn new(file: File, columns: &[String]) -> Result<Groups, ParquetError> {
        let field = |name: &str, physical, logical, repetition| {
            Type::primitive_type_builder(name, physical)
                .with_logical_type(logical)
                .with_repetition(repetition)
                .build()
                .map(Arc::new)
        };
        let [required, optional] = [Repetition::REQUIRED, Repetition::OPTIONAL];
        let time = LogicalType::timestamp(true, TimeUnit::MICROS);
        let mut fields = Vec::new();
        for key in KEYS {
            fields.push(match key {
                "timestamp" => field(key, Physical::INT64, Some(time.clone()), required)?,
                "usd_cents" => field(key, Physical::INT64, None, optional)?,
                "complained" => field(key, Physical::BOOLEAN, None, required)?,
                _ => field(key, Physical::BYTE_ARRAY, Some(LogicalType::String), required)?,
            });
        }
        for column in columns {
            fields.push(field(column, Physical::DOUBLE, None, required)?);
        }
        let schema = Type::group_type_builder("features").with_fields(fields).build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by("lienket".to_owned())
            .build();
        let file = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))?;
        Ok(Groups {
            file,
            texts: [const { Vec::new() }; 5],
            at: Vec::new(),
            cents: Vec::new(),
            complained: Vec::new(),
            values: vec![Vec::new(); columns.len()],
        })
    }

    fn row(&mut self, row: &FeatureRow<'_>) -> Result<(), ParquetError> {
        let FeatureRow { id, at, from, to, usd_cents, is_complained, values } = row;
        let texts = [id, from.bank(), from.number(), to.bank(), to.number()];
        for (column, text) in self.texts.iter_mut().zip(texts) {
            column.push(ByteArray::from(text));
        }
        self.at.push(*at);
        self.cents.push(*usd_cents);
        self.complained.push(*is_complained);
        self.values.iter_mut().zip(*values).for_each(|(column, value)| column.push(*value));
        if self.at.len() == GROUP { self.flush() } else { Ok(()) }
    }

    /// Writes the rows that are held.
    fn flush(&mut self) -> Result<(), ParquetError> {
        if self.at.is_empty() {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        let (mut texts, mut numbers, mut values) =
            (self.texts.iter_mut(), 0, self.values.iter_mut());
        while let Some(mut column) = group.next_column()? {
            match column.untyped() {
                ColumnWriter::ByteArrayColumnWriter(writer) => {
                    let held = texts.next().map(std::mem::take).unwrap_or_default();
                    writer.write_batch(&held, None, None)?;
                }
                ColumnWriter::Int64ColumnWriter(writer) if numbers == 0 => {
                    numbers += 1;
                    writer.write_batch(&self.at, None, None)?;
                }
                ColumnWriter::Int64ColumnWriter(writer) => {
                    let known: Vec<i64> = self.cents.iter().flatten().copied().collect();
                    let levels: Vec<i16> =
                        self.cents.iter().map(|cents| i16::from(cents.is_some())).collect();
                    writer.write_batch(&known, Some(&levels), None)?;
                }
                ColumnWriter::BoolColumnWriter(writer) => {
                    writer.write_batch(&self.complained, None, None)?;
                }
                ColumnWriter::DoubleColumnWriter(writer) => {
                    if let Some(held) = values.next() {
                        writer.write_batch(held, None, None)?;
                        held.clear();
                    }
                }
                _ => {}
            }
            column.close()?;
        }
        group.close()?;
        self.at.clear();
        self.cents.clear();
        self.complained.clear();
        Ok(())
    }
}
