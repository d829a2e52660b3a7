//! The QR code of a record's digest: a path of vectors for PDF, a picture for DOCX.
//!
//! Source: ISO/IEC 18004 (by the crate `qrcode`); its quiet zone of four modules is kept.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// The quiet zone round the code, in modules.
const QUIET: usize = 4;
/// The side of a module in a picture, in pixels.
const PIXELS: usize = 8;

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

/// The same as a PNG of one bit a pixel, or nothing.
pub(crate) fn png(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, side) = (code.width(), (code.width() + 2 * QUIET) * PIXELS);
    let colors = code.into_colors();
    let is_light = |x: usize, y: usize| {
        let module = |at: usize| (at / PIXELS).checked_sub(QUIET).filter(|at| *at < width);
        let dark = module(x).zip(module(y)).and_then(|(x, y)| colors.get(y * width + x));
        dark != Some(&Color::Dark)
    };
    let row = |y: usize| {
        (0..side.div_ceil(8)).map(move |byte| {
            let bit = |bit: usize| u8::from(is_light(byte * 8 + bit, y)) << (7 - bit);
            (0..8).map(bit).sum::<u8>()
        })
    };
    let pixels: Vec<u8> = (0..side).flat_map(row).collect();
    let mut bytes = Vec::new();
    let length = u32::try_from(side).ok()?;
    let mut encoder = png::Encoder::new(&mut bytes, length, length);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.write_header().ok()?.write_image_data(&pixels).ok()?;
    Some(bytes)
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

    #[test]
    fn a_picture_has_the_modules_of_the_path() {
        let bytes = png("A05/VN-2026-0001").unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let told = reader.next_frame(&mut pixels).unwrap();
        let (width, row) = (told.width as usize, told.line_size);
        let is_dark = |x: usize, y: usize| {
            let (x, y) = (x * PIXELS + 3, y * PIXELS + 3);
            pixels[y * row + x / 8] & (0x80 >> (x % 8)) == 0
        };
        let path = svg("A05/VN-2026-0001").unwrap();
        let mut dark = 0;
        for run in path.split('M').skip(1) {
            let numbers: Vec<usize> =
                run.split([' ', 'h', 'v']).take(3).map(|one| one.parse().unwrap()).collect();
            let [x, y, length] = numbers[..] else { panic!("{run}") };
            assert!((x..x + length).all(|x| is_dark(x, y)), "{run}");
            dark += length;
        }
        let side = width / PIXELS;
        let all = (0..side * side).filter(|at| is_dark(at % side, at / side)).count();
        assert_eq!(all, dark);
        assert_eq!(png(&"x".repeat(5_000)), None);
    }
}
