//! Directories of authorities: what becomes of each column, and what costs a row or a value.

mod common;

use common::{Memory, rows, text, vietnam, workbook};
use formats::kind::Kind;
use formats::map::ColumnMap;
use formats::open::{Options, Row};
use proptest::prelude::*;

const HEADER: &str = "country,role,name_en,name_vi,name_local,address,phone,email,languages,\
channel,measures,hours,source,as_of,verified\n";

fn asked() -> Options {
    Options { kind: Some(Kind::Authorities), ..vietnam() }
}

fn check(record: &str, expected: &str) {
    assert_eq!(text(format!("{HEADER}{record}"), &asked()).trim_end(), expected, "{record}");
}

#[test]
fn a_full_row_is_read_into_its_words() {
    check(
        "TH,central_authority,Office of T,Văn phòng T,司法部,\"1 Road, B\",02 123 4567,\
Desk@Example.TH,\"th, EN\",direct,mla,08:00-17:00,letter of 3 May,2026-05-03,yes",
        "1 TH central_authority \"Office of T\" \"Văn phòng T\" \"司法部\" \"1 Road, B\" \
+6621234567 desk@example.th [th en] direct [stored_access traffic_rt content_rt trace_assets \
confiscate asset_return search_seizure docs_records witness video transfer_detained service \
special_techniques transfer_proceedings] \"08:00-17:00\" \"letter of 3 May\" 2026-05-03 true",
    );
}

#[test]
fn only_what_makes_it_a_fact_is_needed() {
    let row = "1 SG fiu \"F\" \"\" \"\" \"\" - - [] - [stop_payment] \"\" \"S\" 2026 false";
    check("SG,FIU,F,,,,,,,,stop_payment,,S,2026,", row);
    check("XX,fiu,F,,,,,,,,,,S,2026,", "1 rejected country \"XX\" country_unknown");
    check("SG,office,F,,,,,,,,,,S,2026,", "1 rejected role \"office\" authority_role_unknown");
    check("SG,fiu, ,,,,,,,,,,S,2026,", "1 rejected name_en \" \" authority_name_missing");
    check("SG,fiu,F,,,,,,,,,,,2026,", "1 rejected source \"\" source_missing");
    check("SG,fiu,F,,,,,,,,,,S,,", "1 rejected as_of \"\" day_unreadable");
    check("SG,fiu,F,,,,,,,,,,S,03/05/2026,", "1 rejected as_of \"03/05/2026\" day_unreadable");
    check("SG,fiu,=1+1,,,,,,,,,,S,2026,", "1 rejected name_en \"=1+1\" formula_in_cell");
}

#[test]
fn a_bad_optional_value_is_a_warning_and_the_row_goes_in_without_it() {
    check(
        "SG,fiu,F,,,,12,no mail,english,pigeon,\"stop_payment, aid\",,S,2026-01,perhaps",
        "1 SG fiu \"F\" \"\" \"\" \"\" - - [] - [stop_payment] \"\" \"S\" 2026-01 false\n\
1 warning phone \"12\" phone_impossible\n\
1 warning email \"no mail\" email_no_at\n\
1 warning languages \"english\" language_unreadable\n\
1 warning channel \"pigeon\" channel_unknown\n\
1 warning measures \"aid\" measure_word_unknown\n\
1 warning verified \"perhaps\" yes_or_no_unreadable",
    );
    check(
        "SG,fiu,F,,,,,,,,,,S,2026,",
        "1 SG fiu \"F\" \"\" \"\" \"\" - - [] - [] \"\" \"S\" 2026 false\n\
1 warning measures \"\" measures_missing",
    );
    // Three hundred bytes of an address: 150 letters of two bytes each.
    let (long, kept) = ("ă".repeat(151), "ă".repeat(150));
    check(
        &format!("SG,fiu,F,,,{long},,,,,stop_payment,,S,2026,"),
        &format!(
            "1 SG fiu \"F\" \"\" \"\" \"{kept}\" - - [] - [stop_payment] \"\" \"S\" 2026 false\n\
1 warning address \"{}\" text_cut",
            "ă".repeat(120)
        ),
    );
}

#[test]
fn headers_are_known_in_vietnamese_and_by_a_map() {
    let vietnamese = "Nước;Vai trò;Tên tiếng Anh;Nguồn;Ngày;Biện pháp;Đã xác minh\n\
LA;Cơ quan trung ương;M;công văn 12;2026-02;extradition;có\n";
    let row = "1 LA central_authority \"M\" \"\" \"\" \"\" - - [] - [extradition] \"\" \
\"công văn 12\" 2026-02 true";
    assert_eq!(text(vietnamese, &asked()).trim_end(), row);
    let map = ColumnMap::parse("name_en = Body\nas_of = Seen").unwrap();
    let options = Options { map: Some(map), ..asked() };
    let mapped = "country,role,Body,source,Seen,measures\nLA,ministry,M,S,2026,police_info\n";
    let row = "1 LA ministry \"M\" \"\" \"\" \"\" - - [] - [police_info] \"\" \"S\" 2026 false";
    assert_eq!(text(mapped, &options).trim_end(), row);
    let missing = text("country,role,name_en\nLA,ministry,M\n", &asked());
    assert!(missing.contains("missing_columns") && missing.contains("source"), "{missing}");
}

#[test]
fn a_workbook_gives_days_and_years_alike() {
    let header = ["country", "role", "name_en", "source", "as_of", "measures"];
    let check = |day: &str, expected: &str| {
        let row = ["LA", "police", "P", "S", day, "police_info"];
        let found = text(workbook(&[&header, &row]), &asked());
        assert_eq!(found.trim_end(), expected, "{day}");
    };
    let row = |day: &str| {
        format!("1 LA police \"P\" \"\" \"\" \"\" - - [] - [police_info] \"\" \"S\" {day} false")
    };
    check("2026-05-03", &row("2026-05-03"));
    // A number alone is a year; 46145 without a date's format is none, and no guess is made.
    check("#2026", &row("2026"));
    check("#46145", "1 rejected as_of \"46145\" day_unreadable");
    // A cell with a date's format: 46145 days after 1899-12-30 is the third of May 2026.
    check("@46145", &row("2026-05-03"));
    check("=1", "1 rejected as_of \"=1\" formula_in_cell");
}

#[test]
fn nothing_else_is_taken_for_a_directory_and_it_for_nothing_else() {
    let row = "TH,fiu,F,,,,,,,,stop_payment,,S,2026,\n";
    let found = text(format!("{HEADER}{row}"), &vietnam());
    assert!(found.contains("missing_columns"), "{found}");
    let accounts = text("account,bank\n1,A\n", &asked());
    assert!(
        accounts.contains("kind_unknown") || accounts.contains("missing_columns"),
        "{accounts}"
    );
}

proptest! {
    /// Whatever bytes are changed: no panic, and nothing goes in without name, source and limits.
    #[test]
    fn broken_directories_give_nothing_without_a_source(
        changes in prop::collection::vec((any::<u16>(), any::<u8>()), 0..8),
        cut in prop::option::of(any::<u16>()),
    ) {
        let good = "TH,central_authority,Office,Văn phòng,司法部,1 Road,02 123 4567,a@t.example,th,\
direct,\"mla, freeze\",08:00,letter,2026-05-03,yes\n";
        let mut bytes = format!("{HEADER}{good}{good}").into_bytes();
        for (place, byte) in changes {
            let length = bytes.len();
            bytes[usize::from(place) % length] = byte;
        }
        bytes.truncate(cut.map_or(bytes.len(), |cut| usize::from(cut) % bytes.len()));
        let (found, _) = rows(&Memory(bytes), &asked());
        for row in found {
            if let Row::Authority(_, entry) = row {
                prop_assert!(!entry.source.trim().is_empty() && !entry.name_en.trim().is_empty());
                prop_assert!(entry.address.len() <= 300 && entry.name_en.chars().count() <= 140);
                let texts = [&entry.name_en, &entry.name_vi, &entry.address, &entry.source];
                prop_assert!(!texts.iter().any(|text| text.chars().any(char::is_control)));
            }
        }
    }
}
