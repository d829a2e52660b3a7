//! The headers of a zip archive, of which there is one way to write each.
//!
//! Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.5. Files are stored as they are, their names
//! are UTF-8, nothing tells a time or an owner, and the larger form of a size or a place stands
//! where the smaller one cannot hold it and nowhere else.

/// What a local header begins with.
pub(crate) const LOCAL: &[u8; 4] = b"PK\x03\x04";
/// A local header without name and extra field.
pub(crate) const LOCAL_BYTES: usize = 30;
const CENTRAL: &[u8; 4] = b"PK\x01\x02";
const END: &[u8; 4] = b"PK\x05\x06";
const LARGE_END: &[u8; 4] = b"PK\x06\x06";
const LARGE_END_PLACE: &[u8; 4] = b"PK\x06\x07";
/// The names are UTF-8.
const FLAGS: u16 = 0x0800;
/// 1 January 1980, the first day that a zip can tell: no file has a time.
const DAY: u16 = 0x0021;
const VERSION: u16 = 20;
const LARGE_VERSION: u16 = 45;
const LARGE_FIELD: u16 = 1;
/// From here on the larger form stands.
const SATURATED: u64 = 0xffff_ffff;

/// A file of an archive, as its headers tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) crc: u32,
    /// Where its local header begins.
    pub(crate) start: u64,
}

impl Entry {
    /// What stands before the file's bytes.
    pub(crate) fn local(&self) -> Vec<u8> {
        let extra = match self.size {
            0..SATURATED => Vec::new(),
            _ => large_field(&[self.size, self.size]),
        };
        let mut bytes = LOCAL.to_vec();
        bytes.extend(version(!extra.is_empty()).to_le_bytes());
        self.common(&mut bytes, &extra);
        bytes.extend(self.name.as_bytes());
        bytes.extend(extra);
        bytes
    }

    /// What stands for the file in the directory.
    fn central(&self) -> Vec<u8> {
        let mut large = Vec::new();
        if self.size >= SATURATED {
            large.extend([self.size, self.size]);
        }
        if self.start >= SATURATED {
            large.push(self.start);
        }
        let extra = if large.is_empty() { Vec::new() } else { large_field(&large) };
        let version = version(!extra.is_empty()).to_le_bytes();
        let mut bytes = [CENTRAL.as_slice(), &version, &version].concat();
        self.common(&mut bytes, &extra);
        // No comment, the first volume, no attributes.
        bytes.extend([0; 10]);
        bytes.extend(saturated(self.start).to_le_bytes());
        bytes.extend(self.name.as_bytes());
        bytes.extend(extra);
        bytes
    }

    /// The fields from the flags to the lengths, which are alike in both.
    fn common(&self, bytes: &mut Vec<u8>, extra: &[u8]) {
        // Flags, method (stored), time, day.
        for field in [FLAGS, 0, 0, DAY] {
            bytes.extend(field.to_le_bytes());
        }
        for field in [self.crc, saturated(self.size), saturated(self.size)] {
            bytes.extend(field.to_le_bytes());
        }
        for length in [self.name.len(), extra.len()] {
            bytes.extend(u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes());
        }
    }
}

/// All that stands behind the files, from place `start` on.
pub(crate) fn directory(entries: &[Entry], start: u64) -> Vec<u8> {
    let mut bytes: Vec<u8> = entries.iter().flat_map(Entry::central).collect();
    let (size, count) = (bytes.len() as u64, entries.len() as u64);
    if start >= SATURATED {
        bytes.extend(LARGE_END);
        bytes.extend(44_u64.to_le_bytes());
        bytes.extend([LARGE_VERSION.to_le_bytes(), LARGE_VERSION.to_le_bytes()].concat());
        bytes.extend([0; 8]);
        for field in [count, count, size, start] {
            bytes.extend(field.to_le_bytes());
        }
        bytes.extend(LARGE_END_PLACE);
        bytes.extend(0_u32.to_le_bytes());
        bytes.extend((start + size).to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
    }
    bytes.extend(END);
    bytes.extend([0; 4]);
    let count = u16::try_from(count).unwrap_or(u16::MAX).to_le_bytes();
    bytes.extend([count, count].concat());
    bytes.extend(saturated(size).to_le_bytes());
    bytes.extend(saturated(start).to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

fn version(is_large: bool) -> u16 {
    if is_large { LARGE_VERSION } else { VERSION }
}

fn saturated(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn large_field(values: &[u64]) -> Vec<u8> {
    let length = u16::try_from(values.len() * 8).unwrap_or(u16::MAX);
    let mut bytes = [LARGE_FIELD.to_le_bytes(), length.to_le_bytes()].concat();
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    bytes
}
