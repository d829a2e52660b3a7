//! Device ids and fingerprints that an application gave: hexadecimal, UUID or hardware address.
//!
//! Source: RFC 9562 section 4 (UUID text form); Android ids (16 hexadecimal digits), advertising
//! ids (UUID), digests up to 64 digits. Thirty-two digits whose version and variant are those of
//! a UUID are written as one, so that both spellings meet. Left out on purpose: free-form names.

use compact_str::CompactString;

use super::refusals::{refusals, shown};

refusals! {
    /// Why a text is no device id.
    DeviceError {
        Shape "device_shape" "{0:?} is no device id: 8 to 64 hexadecimal digits or a UUID",
        Blank "device_blank" "{0:?} is the id of every device that gives none",
    }
}

/// Reads hexadecimal digits, a UUID (braces and `urn:uuid:` too) or a hardware address.
pub(super) fn parse(text: &str) -> Result<CompactString, DeviceError> {
    let lower = text.to_ascii_lowercase();
    let bare = lower.strip_prefix("urn:uuid:").unwrap_or(&lower);
    let bare = bare.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(bare);
    let groups: Vec<&str> = bare.split(['-', ':']).take(9).collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let is_uuid = lengths == [8, 4, 4, 4, 12] && !bare.contains(':');
    let is_address = lengths == [2, 2, 2, 2, 2, 2];
    let hex = if is_uuid || is_address { groups.concat() } else { bare.to_owned() };
    if !(8..=64).contains(&hex.len()) || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(DeviceError::Shape(shown(text)));
    }
    if hex.bytes().all(|b| b == b'0') || hex.bytes().all(|b| b == b'f') {
        return Err(DeviceError::Blank(shown(text)));
    }
    Ok(if is_uuid || is_uuid_digits(&hex) { hyphenated(&hex) } else { hex.into() })
}

/// Version 1 to 8 and the variant of RFC 9562, at their places.
fn is_uuid_digits(hex: &str) -> bool {
    let digits = hex.as_bytes();
    digits.len() == 32
        && digits.get(12).is_some_and(|version| (b'1'..=b'8').contains(version))
        && digits.get(16).is_some_and(|variant| matches!(variant, b'8' | b'9' | b'a' | b'b'))
}

fn hyphenated(hex: &str) -> CompactString {
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    let parts = [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)];
    parts.join("-").into()
}
