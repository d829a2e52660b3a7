//! Writes sample letters of all kinds in all editions to a folder, plainly marked as examples;
//! font files named behind it are used too.

mod sample;

use documents::{Edition, Fonts, docx, pdf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: samples FOLDER [FONT FILE]…")?;
    let files: Result<Vec<Vec<u8>>, _> = std::env::args().skip(2).map(std::fs::read).collect();
    let fonts = Fonts::with(files?)?;
    let folder = std::path::PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    for (name, letter) in sample::all() {
        for edition in Edition::all() {
            let file = folder.join(format!("{name}.{}", sample::word(edition)));
            let paper = pdf::pdf(&letter, edition, &fonts)?;
            std::fs::write(file.with_added_extension("pdf"), paper.bytes)?;
            let paper = docx::docx(&letter, edition)?;
            std::fs::write(file.with_added_extension("docx"), paper.bytes)?;
        }
    }
    Ok(())
}
