//! Workbooks: what a spreadsheet does to ids, accounts, amounts and times, and archives that lie.

mod common;

use common::{sheet, text, vietnam, workbook, workbook_of, zip};
use formats::map::ColumnMap;
use formats::open::Options;

const HEADER: [&str; 8] = [
    "tx_id",
    "timestamp",
    "from_bank",
    "from_account",
    "to_bank",
    "to_account",
    "amount",
    "currency",
];
const GOOD: [&str; 8] = ["T1", "#1735689638", "A", "#1000029040", "B", "2", "#5", "VND"];

/// One cell of a good row is another; what becomes of the row?
fn check(column: usize, cell: &str, expected: &str) {
    let mut row = GOOD;
    row[column] = cell;
    assert_eq!(text(workbook(&[&HEADER, &row]), &vietnam()).trim_end(), expected, "{cell}");
}

fn good(at: &str, amount: &str) -> String {
    format!("1 T1 {at} A/1000029040 > B/2 {amount} {amount}")
}

#[test]
fn numbers_keep_their_digits_or_cost_the_row() {
    let at = "2025-01-01T00:00:38Z";
    check(0, "T1", &good(at, "5 VND"));
    check(6, "#45015000", &good(at, "45015000 VND"));
    check(3, "1000 029040", &good(at, "5 VND"));
    check(
        3,
        "#9704361234567890123",
        "1 rejected from_account \"9704361234567890000\" number_lost_digits",
    );
    check(
        3,
        "#9.70436123E+18",
        "1 rejected from_account \"9704361230000000000\" number_lost_digits",
    );
    check(
        3,
        "#1234567890123450",
        "1 rejected from_account \"1234567890123450\" number_lost_digits",
    );
    check(3, "#1.5", "1 rejected from_account \"1.5\" number_lost_digits");
    check(3, "9.70436E+18", "1 rejected from_account \"9.70436E+18\" number_lost_digits");
    check(0, "#12345678901234567", "1 rejected tx_id \"12345678901234568\" number_lost_digits");
    check(6, "#1234.567", "1 rejected amount \"1234.5670\" amount_too_fine");
    check(6, "#0.30000000000000004", "1 rejected amount \"0.30000000000000004\" amount_too_fine");
    check(6, "#1e17", "1 rejected amount \"100000000000000000\" number_lost_digits");
}

#[test]
fn formulas_errors_and_dates_in_the_wrong_place_cost_the_row() {
    check(6, "=A1+1", "1 rejected amount \"=A1+1\" formula_in_cell");
    check(6, "!#REF!", "1 rejected amount \"#REF!\" error_in_cell");
    check(3, "@45660.5", "1 rejected from_account \"2025-01-03T12:00:00\" date_in_cell");
    check(1, "@45660.5", "1 rejected timestamp \"2025-01-03T12:00:00\" time_no_offset");
    check(1, "#45660.5", "1 rejected timestamp \"2025-01-03T12:00:00\" time_no_offset");
}

#[test]
fn a_formula_that_cells_share_is_shown_as_each_cell_has_it() {
    let mut row = GOOD;
    row[6] = "=A2+$A$1";
    let mut second = row;
    second[6] = "=";
    let table = sheet(&[&HEADER, &row, &second]);
    let anchor = r#"<f t="shared" ref="G2:G3" si="4000000000">A2+$A$1</f>"#;
    let table = table.replace("<f>A2+$A$1</f>", anchor);
    let table = table.replace("<f></f>", r#"<f t="shared" si="4000000000"></f>"#);
    let found = text(workbook_of(&[("GD", table)]), &vietnam());
    let expected = "1 rejected amount \"=A2+$A$1\" formula_in_cell\n\
                    2 rejected amount \"=A3+$A$1\" formula_in_cell\n";
    assert_eq!(found, expected);
}

#[test]
fn dates_are_read_where_a_map_says_which_clock() {
    let map = ColumnMap::parse("timezone = +07:00").unwrap();
    let mapped = Options { map: Some(map), ..vietnam() };
    for (cell, expected) in [
        ("@45660.5", good("2025-01-03T05:00:00Z", "5 VND")),
        ("#45660.5", good("2025-01-03T05:00:00Z", "5 VND")),
        (
            "@45660",
            good("2025-01-02T17:00:00Z", "5 VND")
                + "\n1 warning timestamp \"2025-01-03\" date_without_time",
        ),
    ] {
        let mut row = GOOD;
        row[1] = cell;
        assert_eq!(text(workbook(&[&HEADER, &row]), &mapped).trim_end(), expected, "{cell}");
    }
}

#[test]
fn blank_rows_titles_and_other_sheets_are_passed_over() {
    let table = sheet(&[&["SAO KÊ"], &[], &HEADER, &GOOD, &[], &[""], &["T2"], &GOOD]);
    let bytes =
        workbook_of(&[("Ghi chú", sheet(&[&["x", "y"]])), ("Trống", sheet(&[])), ("GD", table)]);
    let row = good("2025-01-01T00:00:38Z", "5 VND");
    assert_eq!(
        text(bytes, &vietnam()),
        format!(
            "{row}\n2 rejected timestamp \"\" time_unreadable\n3{}\n0 warning sheet \"Ghi chú\" \
sheet_not_read\n",
            &row[1..]
        )
    );
}

#[test]
fn optional_cells_only_cost_themselves() {
    let header = ["account", "bank", "holder_name", "currency"];
    let found = text(workbook(&[&header, &["#12", "VCB", "@45660", "!#N/A"]]), &vietnam());
    assert_eq!(
        found,
        "1 VCB/12 - - Unknown \"\"\n1 warning holder_name \"2025-01-03\" date_in_cell\n1 warning \
currency \"#N/A\" error_in_cell\n"
    );
}

#[test]
fn a_row_wider_than_its_header_is_rejected() {
    let bytes = workbook(&[&["account", "bank"], &["1", "A", "x"], &["2", "A", ""]]);
    assert_eq!(
        text(bytes, &vietnam()),
        "1 rejected - \"3/2\" wrong_field_count\n2 A/2 - - Unknown \"\"\n"
    );
}

#[test]
fn a_workbook_of_a_spreadsheet_program_is_read() {
    let bytes = include_bytes!("data/complaints.xlsx").to_vec();
    let map = ColumnMap::parse("timezone = +07:00").unwrap();
    let options = Options { map: Some(map), ..vietnam() };
    assert_eq!(
        text(bytes, &options),
        "1 PC06-HN/Đ-01 2025-01-03T05:40:00Z VCB/0011002233445 > TCB/19036789012 45015000 VND \
vay-nhanh.example\n\
2 PC06-HN/Đ-02 2025-01-04T16:59:59Z - > ACB/123456 1500000 VND\n\
2 warning reported_at \"2025-01-04\" date_without_time\n\
3 rejected amount \"=1+1\" formula_in_cell\n"
    );
}

#[test]
fn archives_that_are_no_workbook_are_named() {
    for (bytes, expected) in [
        (zip(&[("a.txt", b"x")], 0), "not_a_table zip"),
        (zip(&[("word/document.xml", b"<x/>")], 0), "not_a_table word"),
        (zip(&[("xl/workbook.xml", b"<x/>")], 1), "workbook_damaged xl/workbook.xml"),
        (zip(&[("xl/workbook.xml", b"\xff\xfe<\0")], 0), "workbook_damaged a part in UTF-16"),
        (b"PK\x03\x04rest".to_vec(), "workbook_damaged no readable directory"),
        (zip(&[("xl/workbook.xml", b"<x/>")], u32::MAX / 2), "inflates_too_much the workbook"),
    ] {
        assert_eq!(text(bytes, &vietnam()), format!("error {expected}\n"));
    }
}

#[test]
fn bombs_are_refused_before_they_are_read() {
    let zeros = vec![b' '; 20 << 20];
    let bomb = zip(&[("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", &zeros)], 0);
    assert!(bomb.len() < 100_000);
    assert_eq!(text(bomb, &vietnam()), "error inflates_too_much xl/worksheets/sheet1.xml\n");
    let claim = br#"<sst xmlns="x" uniqueCount = "99999999999999999999"><si><t>a</t></si></sst>"#;
    let bytes = zip(&[("xl/workbook.xml", b"<x/>"), ("xl/sharedStrings.xml", claim)], 0);
    assert_eq!(text(bytes, &vietnam()), "error workbook_damaged xl/sharedstrings.xml\n");
}

#[test]
fn far_corners_and_impossible_cells_fill_nothing() {
    let cell = |at: &str| format!(r#"<row><c r="{at}" t="inlineStr"><is><t>x</t></is></c></row>"#);
    for (cells, expected) in [
        (cell("A1") + &cell("XFD1048576"), "error kind_unknown x"),
        (cell("ZZZZZZZZZZ1"), "error "),
        (cell("A99999999999"), "error "),
        (cell("A5") + &cell("A2"), "error workbook_damaged rows out of order"),
    ] {
        let xml = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
        let found = text(workbook_of(&[("S", xml)]), &vietnam());
        assert!(found.starts_with(expected), "{cells}: {found}");
    }
}
