//! The QR code of a record's digest, as a path of vectors.
//!
//! Source: ISO/IEC 18004 (by the crate `qrcode`); its quiet zone of four modules is kept.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// The quiet zone round the code, in modules.
const QUIET: usize = 4;

/// An SVG of the code, or nothing where the text is too long for one.
pub(crate) fn svg(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let colors = code.into_colors();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        // Dark modules that stand side by side are one rectangle, so that no hairline shows.
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let length = run.len();
                let (left, top) = (x + QUIET, y + QUIET);
                let _ = write!(path, "M{left} {top}h{length}v1h-{length}z");
            }
            x += run.len();
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_one_path_inside_its_quiet_zone() {
        let found = svg("A05/VN-2026-0001").unwrap();
        // The finder pattern in the corner: seven dark modules, then one and one.
        assert!(found.contains("d=\"M4 4h7v1h-7z"), "{found}");
        assert!(found.contains("M4 5h1v1h-1z"), "{found}");
        assert_eq!(svg(&"x".repeat(5_000)), None);
    }
}
