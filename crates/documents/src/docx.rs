//! A letter as DOCX, for offices that go on working on it: the same words as in the PDF.
//!
//! Source: ECMA-376 (by the crate `docx-rs`); measures as in `template/letter.typ`. Left out on
//! purpose: fonts, because the reader's machine has Times New Roman or its like.

mod parts;

use std::io::Cursor;

use docx_rs::{
    AlignmentType, Docx, Footer, Header, PageMargin, PageNum, Paragraph, Pic, Run, RunFonts, Table,
    TableCell, TableRow, TextBorder,
};

use self::parts::{Columns, Look, WIDTH, between, cell, grid, line, paragraphs, plain_table, rows};
use crate::error::{DocumentError, Paper};
use crate::letter::Letter;
use crate::plain::Breaks;
use crate::qr;
use crate::sheet::{Body, Entry, File, Said, Section, Sheet, Signer};
use crate::wording::Edition;

/// A4 in twentieths of a point.
const PAGE: (u32, u32) = (11_906, 16_838);
/// The side of the QR code: 30 mm, in English metric units.
const CODE: u32 = 1_080_000;
/// Red, as stamps of urgency are.
const RED: &str = "C00000";

/// Prints a letter. The same letter and edition give the same bytes.
pub fn docx(letter: &Letter, edition: Edition) -> Result<Paper, DocumentError> {
    letter.check()?;
    let (sheet, warnings) = Sheet::of(letter, edition, None, Breaks::LongWords);
    let [year, month, day] = sheet.day;
    let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    let times = "Times New Roman";
    let fonts = RunFonts::new().ascii(times).hi_ansi(times).cs(times).east_asia(times);
    let margin = PageMargin::new().top(1_417).bottom(1_417).left(1_701).right(850);
    let mut docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margin.header(560).footer(560))
        .default_fonts(fonts)
        .default_size(26)
        .created_at(&date)
        .updated_at(&date)
        .title_pg()
        .first_header(header(&sheet, false))
        .header(header(&sheet, true))
        .first_footer(footer(&sheet, true))
        .footer(footer(&sheet, false));
    let mut body = Vec::new();
    write(&sheet, &mut body);
    let mut was_table = false;
    for block in body {
        let is_table = matches!(block, Block::Table(_));
        if was_table && is_table {
            // Two tables without a paragraph between them become one.
            docx = docx.add_paragraph(between());
        }
        was_table = is_table;
        docx = match block {
            Block::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
            Block::Table(table) => docx.add_table(*table),
        };
    }
    if was_table {
        docx = docx.add_paragraph(between());
    }
    let mut bytes = Cursor::new(Vec::new());
    docx.pack(&mut bytes).map_err(|error| DocumentError::Typesetter(error.to_string()))?;
    Ok(Paper { bytes: bytes.into_inner(), warnings })
}

/// What follows each other down a page.
enum Block {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

type Blocks = Vec<Block>;

fn put(blocks: &mut Blocks, paragraphs: Vec<Paragraph>) {
    blocks.extend(paragraphs.into_iter().map(|one| Block::Paragraph(Box::new(one))));
}

fn put_table(blocks: &mut Blocks, table: Table) {
    blocks.push(Block::Table(Box::new(table)));
}

/// Handling and draft on every page; the page's number from the second on.
fn header(sheet: &Sheet, numbered: bool) -> Header {
    let mark = Look::size(21).bold().centred();
    let mut header = Header::new().add_paragraph(line(&marks(sheet), mark));
    if numbered {
        let number = Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new());
        header = header.add_paragraph(number);
    }
    header
}

fn footer(sheet: &Sheet, first: bool) -> Footer {
    let mut footer = Footer::new();
    let contact: Vec<String> = sheet.head.contact.iter().map(one_line).collect();
    if first && sheet.decree && !contact.is_empty() {
        footer = footer.add_paragraph(line(&contact.join(" · "), Look::size(22)));
    }
    let mark = Look::size(21).bold().centred();
    footer
        .add_paragraph(line(&marks(sheet), mark))
        .add_paragraph(line(&sheet.number, Look::size(21).centred()))
}

fn marks(sheet: &Sheet) -> String {
    let marks = [Some(sheet.marks.clone()), sheet.draft.clone()];
    let marks: Vec<String> = marks.into_iter().flatten().filter(|mark| !mark.is_empty()).collect();
    marks.join(" · ")
}

fn one_line(said: &Said) -> String {
    let first = said.first().map(|text| text.lines.iter().map(|line| line.concat()));
    first.map(|lines| lines.collect::<Vec<String>>().join(" ")).unwrap_or_default()
}

fn write(sheet: &Sheet, blocks: &mut Blocks) {
    if sheet.decree {
        decree_head(sheet, blocks)
    } else {
        letterhead(sheet, blocks)
    }
    let both = sheet.langs.len() > 1;
    let columns = Columns { both };
    abreast(blocks, columns, &sheet.addressee, Look::size(26).before(200));
    for said in &sheet.address {
        abreast(blocks, columns, said, Look::size(26));
    }
    if !sheet.decree {
        abreast(blocks, columns, &sheet.head.subject, Look::size(26).bold().before(200));
    }
    abreast(blocks, columns, &sheet.intro, Look::size(26).running(both).before(200));
    for (index, section) in sheet.sections.iter().enumerate() {
        write_section(blocks, columns, index + 1, section);
    }
    sign(sheet, blocks);
    let title = Look::size(21).bold().before(300);
    abreast(blocks, columns, &sheet.record.title, title);
    if let Some(picture) = sheet.code.as_deref().and_then(qr::png) {
        // Its id is set here: the crate would count on from one letter to the next.
        let code = Pic::new_with_dimensions(picture, 1, 1).id("rIdImage1").size(CODE, CODE);
        put(blocks, vec![Paragraph::new().add_run(Run::new().add_image(code))]);
    }
    if let Body::Record { items } = &sheet.record.body {
        for said in items {
            abreast(blocks, columns, said, Look::size(21));
        }
    }
}

/// Text in the columns of the letter, each paragraph beside its translation.
fn abreast(blocks: &mut Blocks, columns: Columns, said: &Said, look: Look) {
    if columns.both && said.len() > 1 {
        put_table(blocks, plain_table(rows(said, look), &columns.widths()));
    } else {
        put(blocks, paragraphs(said, look));
    }
}

fn decree_head(sheet: &Sheet, blocks: &mut Blocks) {
    let head = &sheet.head;
    let centred = |size| Look::size(size).centred();
    let mut agency = Vec::new();
    if let Some(superior) = &head.superior {
        agency.extend(paragraphs(superior, centred(24).stacked()));
    }
    agency.extend(paragraphs(&head.agency, centred(24).bold().stacked()));
    agency.push(line("_______", centred(16).bold()));
    let mut nation = Vec::new();
    for (index, (title, motto)) in head.nation.iter().zip(&head.motto).enumerate() {
        let (title, motto) = (vec![title.clone()], vec![motto.clone()]);
        if index == 0 {
            nation.extend(paragraphs(&title, centred(24).bold()));
            nation.extend(paragraphs(&motto, centred(26).bold().underlined()));
        } else {
            nation.extend(paragraphs(&title, centred(20).italic()));
            nation.extend(paragraphs(&motto, centred(20).italic()));
        }
    }
    let mut left = paragraphs(&head.number, centred(26).stacked());
    left.extend(paragraphs(&head.subject, centred(24).stacked().before(120)));
    if let Some(urgency) = &head.urgency {
        left.push(stamp(urgency));
    }
    let dated = paragraphs(&head.dated, centred(26).italic().stacked());
    let widths = [3_900, WIDTH - 3_900];
    let row = |left: Vec<Paragraph>, right: Vec<Paragraph>| {
        TableRow::new(vec![cell(left, widths[0]), cell(right, widths[1])])
    };
    put_table(blocks, plain_table(vec![row(agency, nation), row(left, dated)], &widths));
}

fn letterhead(sheet: &Sheet, blocks: &mut Blocks) {
    let head = &sheet.head;
    let centred = |size| Look::size(size).centred();
    if let Some(superior) = &head.superior {
        put(blocks, paragraphs(superior, centred(26).stacked()));
    }
    put(blocks, paragraphs(&head.agency, centred(30).bold().stacked()));
    for contact in &head.contact {
        put(blocks, paragraphs(&contact.iter().take(1).cloned().collect(), centred(22)));
    }
    let widths = [WIDTH / 2, WIDTH / 2];
    let left = paragraphs(&head.number, Look::size(26).stacked().before(200));
    let right = paragraphs(&head.dated, Look::size(26).stacked().before(200).right());
    let row = TableRow::new(vec![cell(left, widths[0]), cell(right, widths[1])]);
    put_table(blocks, plain_table(vec![row], &widths));
    if let Some(urgency) = &head.urgency {
        put(blocks, vec![stamp(urgency)]);
    }
}

fn stamp(urgency: &Said) -> Paragraph {
    let words: Vec<String> = urgency.iter().map(|text| text.lines.concat().concat()).collect();
    let border = TextBorder::new().size(8).color(RED);
    let run = Run::new().add_text(format!(" {} ", words.join(" · ")));
    let run = run.size(26).bold().color(RED).text_border(border);
    Paragraph::new().align(AlignmentType::Center).add_run(run)
}

fn write_section(blocks: &mut Blocks, columns: Columns, number: usize, section: &Section) {
    let mut title = section.title.clone();
    for text in &mut title {
        if let Some(line) = text.lines.first_mut() {
            line.insert(0, format!("{number}. "));
        }
    }
    let heading = Look::size(26).bold().before(200).kept();
    abreast(blocks, columns, &title, heading);
    let running = Look::size(26).running(columns.both);
    match &section.body {
        Body::Bases { items } => {
            items.iter().for_each(|said| abreast(blocks, columns, said, running.italic()));
        }
        Body::List { items } => {
            for (index, said) in items.iter().enumerate() {
                let mut said = said.clone();
                for text in &mut said {
                    if let Some(line) = text.lines.first_mut() {
                        line.insert(0, format!("{}) ", index + 1));
                    }
                }
                abreast(blocks, columns, &said, Look::size(26));
            }
        }
        Body::Notice { items } => {
            let framed = items.iter().flat_map(|said| rows(said, Look::size(26)));
            let widths = if columns.both { columns.widths() } else { vec![WIDTH] };
            put_table(blocks, grid(framed.collect(), &widths));
        }
        Body::Elements { items } => put_table(blocks, elements(columns, items)),
        Body::Files { head, items } => put_table(blocks, files(head, items)),
        Body::Record { .. } => {}
    }
}

fn elements(columns: Columns, items: &[Entry]) -> Table {
    let plain = Look::size(26);
    let mut table = Vec::new();
    let number = 510;
    if columns.both {
        let half = (WIDTH - number) / 2;
        for entry in items {
            let label = |at: usize| {
                let at_column = |said: &Said| said.get(at).or(said.first()).cloned();
                let label = at_column(&entry.label).into_iter().collect();
                let mut found = paragraphs(&label, plain.bold().kept());
                if let Some(by) = entry.by.as_ref().and_then(at_column) {
                    found.extend(paragraphs(&vec![by], Look::size(22).italic().kept()));
                }
                cell(found, half)
            };
            let count = cell(vec![line(&entry.number.to_string(), plain)], number);
            table.push(TableRow::new(vec![count, label(0), label(1)]));
            for row in parts::abreast_rows(&entry.value) {
                let mut cells = vec![cell(vec![Paragraph::new()], number)];
                if let [left, right] = row.as_slice() {
                    let value = |text: &_| cell(paragraphs(&vec![Clone::clone(text)], plain), half);
                    cells.extend([value(left), value(right)]);
                } else {
                    cells.push(cell(paragraphs(&row, plain), half * 2).grid_span(2));
                }
                table.push(TableRow::new(cells));
            }
        }
        return grid(table, &[number, half, half]);
    }
    let (label, value) = (2_720, WIDTH - number - 2_720);
    for entry in items {
        let mut labels = paragraphs(&entry.label, plain.bold());
        if let Some(by) = &entry.by {
            labels.extend(paragraphs(by, Look::size(22).italic()));
        }
        table.push(TableRow::new(vec![
            cell(vec![line(&entry.number.to_string(), plain)], number),
            cell(labels, label),
            cell(paragraphs(&entry.value, plain), value),
        ]));
    }
    grid(table, &[number, label, value])
}

fn files(head: &[Said; 3], items: &[File]) -> Table {
    let widths = [510, WIDTH - 510 - 1_500 - 3_700, 1_500, 3_700];
    let look = Look::size(22);
    let titled = |said: &Said, width| cell(paragraphs(said, look.bold().stacked()), width);
    let [name, size, sha256] = head;
    let mut table = vec![TableRow::new(vec![
        cell(vec![Paragraph::new()], widths[0]),
        titled(name, widths[1]),
        titled(size, widths[2]),
        titled(sha256, widths[3]),
    ])];
    for file in items {
        table.push(TableRow::new(vec![
            cell(vec![line(&file.number.to_string(), look)], widths[0]),
            cell(paragraphs(&file.name, look), widths[1]),
            cell(paragraphs(&file.size, look.right()), widths[2]),
            cell(paragraphs(&file.sha256, Look::size(20)), widths[3]),
        ]));
    }
    grid(table, &widths)
}

fn sign(sheet: &Sheet, blocks: &mut Blocks) {
    let mut copies = paragraphs(&sheet.sign.copies_label, Look::size(24).bold().italic().stacked());
    for said in &sheet.sign.copies {
        copies.extend(paragraphs(said, Look::size(22).stacked()));
    }
    let widths = [WIDTH / 2, WIDTH / 2];
    let mut table = Vec::new();
    let mut left = Some(copies);
    for signer in &sheet.sign.signatures {
        let left = left.take().unwrap_or_else(|| vec![Paragraph::new()]);
        let cells: Vec<TableCell> =
            vec![cell(left, widths[0]), cell(signature(signer, sheet.decree), widths[1])];
        table.push(TableRow::new(cells).cant_split());
    }
    if let Some(left) = left {
        table.push(TableRow::new(vec![cell(left, WIDTH)]));
    }
    put(blocks, vec![Paragraph::new()]);
    put_table(blocks, plain_table(table, &widths));
}

fn signature(signer: &Signer, decree: bool) -> Vec<Paragraph> {
    let mut look = Look::size(26).bold().centred().stacked();
    let name = look;
    if decree {
        look = look.capitals();
    }
    let mut found = Vec::new();
    if let Some(capacity) = &signer.capacity {
        found.extend(paragraphs(capacity, look));
    }
    found.extend(paragraphs(&signer.office, look));
    found.extend((0..4).map(|_| Paragraph::new()));
    found.extend(paragraphs(&signer.name, name));
    found
}
