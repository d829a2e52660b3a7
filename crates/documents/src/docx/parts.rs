//! Paragraphs, cells and tables of a DOCX.

use docx_rs::{
    AlignmentType, LineSpacing, LineSpacingType, Paragraph, Run, SpecialIndentType, Table,
    TableCell, TableCellMargins, TableLayoutType, TableRow, WidthType,
};

use crate::sheet::{Said, Text};

/// The width between the margins, in twentieths of a point.
pub(crate) const WIDTH: usize = 9_355;

/// Whether a letter has two columns.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Columns {
    pub(crate) both: bool,
}

impl Columns {
    pub(crate) fn widths(self) -> Vec<usize> {
        vec![WIDTH / 2, WIDTH / 2]
    }
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    half_points: usize,
    is_bold: bool,
    is_italic: bool,
    is_underlined: bool,
    is_capitals: bool,
    /// The second language stands below the first, smaller.
    is_stacked: bool,
    /// Stays on one page with what follows.
    is_kept: bool,
    indent: i32,
    before: u32,
    align: AlignmentType,
}

impl Look {
    pub(crate) fn size(half_points: usize) -> Look {
        Look {
            half_points,
            is_bold: false,
            is_italic: false,
            is_underlined: false,
            is_capitals: false,
            is_stacked: false,
            is_kept: false,
            indent: 0,
            before: 0,
            align: AlignmentType::Left,
        }
    }

    pub(crate) fn bold(self) -> Look {
        Look { is_bold: true, ..self }
    }

    pub(crate) fn italic(self) -> Look {
        Look { is_italic: true, ..self }
    }

    pub(crate) fn underlined(self) -> Look {
        Look { is_underlined: true, ..self }
    }

    pub(crate) fn capitals(self) -> Look {
        Look { is_capitals: true, ..self }
    }

    pub(crate) fn stacked(self) -> Look {
        Look { is_stacked: true, ..self }
    }

    pub(crate) fn kept(self) -> Look {
        Look { is_kept: true, ..self }
    }

    pub(crate) fn centred(self) -> Look {
        Look { align: AlignmentType::Center, ..self }
    }

    pub(crate) fn right(self) -> Look {
        Look { align: AlignmentType::Right, ..self }
    }

    pub(crate) fn before(self, before: u32) -> Look {
        Look { before, ..self }
    }

    /// As the body of a letter runs: both margins even and the first line in by 1 cm; in two
    /// columns neither.
    pub(crate) fn running(self, both: bool) -> Look {
        if both { self } else { Look { align: AlignmentType::Both, indent: 567, ..self } }
    }
}

/// A paragraph.
pub(crate) fn line(text: &str, look: Look) -> Paragraph {
    let text = if look.is_capitals { text.to_uppercase() } else { text.to_owned() };
    let mut run = Run::new().add_text(text).size(look.half_points);
    if look.is_bold {
        run = run.bold();
    }
    if look.is_italic {
        run = run.italic();
    }
    if look.is_underlined {
        run = run.underline("single");
    }
    let spacing = LineSpacing::new().before(look.before).after(80);
    let mut paragraph = Paragraph::new().align(look.align).line_spacing(spacing).add_run(run);
    if look.indent != 0 {
        let first = Some(SpecialIndentType::FirstLine(look.indent));
        paragraph = paragraph.indent(None, first, None, None);
    }
    if look.is_kept { paragraph.keep_next(true) } else { paragraph }
}

/// The lowest paragraph that there can be.
pub(crate) fn between() -> Paragraph {
    let spacing = LineSpacing::new().before(0).after(0).line(40).line_rule(LineSpacingType::Exact);
    Paragraph::new().line_spacing(spacing).size(4)
}

/// All paragraphs of a text, the languages one below the other.
pub(crate) fn paragraphs(said: &Said, look: Look) -> Vec<Paragraph> {
    let mut found = Vec::new();
    for (index, text) in said.iter().enumerate() {
        let look = match index {
            0 => look,
            _ if look.is_stacked => Look {
                half_points: look.half_points.min(21),
                is_bold: false,
                is_italic: true,
                before: 0,
                ..look
            },
            _ => look,
        };
        for (number, pieces) in text.lines.iter().enumerate() {
            let look = if number == 0 { look } else { Look { before: 0, ..look } };
            found.push(line(&pieces.concat(), look));
        }
    }
    if found.is_empty() {
        found.push(Paragraph::new());
    }
    found
}

/// Each paragraph beside its translation, where both have as many.
pub(crate) fn abreast_rows(said: &Said) -> Vec<Said> {
    let counts: Vec<usize> = said.iter().map(|text| text.lines.len()).collect();
    let is_even = counts.iter().all(|count| Some(count) == counts.first());
    if said.len() < 2 || !is_even {
        return vec![said.clone()];
    }
    let paragraph = |text: &Text, at: usize| Text {
        lang: text.lang,
        lines: text.lines.get(at).cloned().into_iter().collect(),
    };
    let count = counts.first().copied().unwrap_or(0);
    (0..count).map(|at| said.iter().map(|text| paragraph(text, at)).collect()).collect()
}

/// The rows of a table that has a column for each language.
pub(crate) fn rows(said: &Said, look: Look) -> Vec<TableRow> {
    let width = WIDTH / said.len().max(1);
    let row = |texts: Said| {
        let cells = texts.into_iter().map(|text| cell(paragraphs(&vec![text], look), width));
        TableRow::new(cells.collect())
    };
    abreast_rows(said).into_iter().map(row).collect()
}

/// A cell.
pub(crate) fn cell(paragraphs: Vec<Paragraph>, width: usize) -> TableCell {
    let cell = TableCell::new().width(width, WidthType::Dxa);
    paragraphs.into_iter().fold(cell, TableCell::add_paragraph)
}

/// A table that is only an arrangement.
pub(crate) fn plain_table(rows: Vec<TableRow>, widths: &[usize]) -> Table {
    arranged(Table::without_borders(rows), widths)
}

/// A table with lines.
pub(crate) fn grid(rows: Vec<TableRow>, widths: &[usize]) -> Table {
    arranged(Table::new(rows), widths)
}

fn arranged(table: Table, widths: &[usize]) -> Table {
    table
        .set_grid(widths.to_vec())
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(40, 90, 20, 90))
}
