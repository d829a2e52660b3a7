//! `features`: one row a transfer, the same in CSV and in Parquet, and documented column by column.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use crate::common::World;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;

const TRANSFERS: &str =
    "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n";

/// Two payers, a collector that pays back to the first, and a payment in another currency.
fn world() -> World {
    let world = World::with_node();
    let rows = "t1,1735689600,VNB01,1,VNB02,9,100,USD\n\
                t2,1735693200,VNB01,2,VNB02,9,200,USD\n\
                t3,1735696800,VNB02,9,VNB01,1,290,USD\n\
                \"t4,\",1735696801,VNB02,9,KHB01,5,7000000,VND\n";
    world.write("transfers.csv", format!("{TRANSFERS}{rows}").as_bytes());
    let complaint = "complaint_id,reported_at,agency,victim_bank,victim_account,paid_to_bank,\
                     paid_to_account,amount,currency\nc1,1735700000,A05,VNB01,2,VNB02,9,200,USD\n";
    world.write("complaints.csv", complaint.as_bytes());
    let answer = world.json(&["import", "transfers.csv", "complaints.csv"]);
    assert_eq!(answer["files"][1]["accepted"], 1, "{answer}");
    world
}

/// A CSV's rows: values by the names of their columns, empty ones left out.
fn csv_rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let pairs = names.iter().zip(&record).filter(|(_, value)| !value.is_empty());
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn parquet_rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let row = |row: parquet::record::Row| {
        let pairs = row.get_column_iter().filter_map(|(name, field)| {
            let value = match field {
                Field::Str(text) => text.clone(),
                Field::TimestampMicros(at) | Field::Long(at) => at.to_string(),
                Field::Bool(is_so) => u8::from(*is_so).to_string(),
                Field::Double(number) => number.to_string(),
                Field::Null => return None,
                other => panic!("{name}: {other:?}"),
            };
            Some((name.clone(), value))
        });
        pairs.collect()
    };
    reader.get_row_iter(None).unwrap().map(|one| row(one.unwrap())).collect()
}

#[test]
fn csv_and_parquet_say_the_same_of_each_transfer() {
    let world = world();
    let csv = world.json(&["features", "-o", "table.csv"]);
    assert_eq!((&csv["rows"], &csv["columns"], &csv["capped"]), (&4.into(), &88.into(), &0.into()));
    let parquet = world.json(&["features", "-o", "table.parquet"]);
    assert_eq!((&parquet["rows"], &parquet["columns"]), (&csv["rows"], &csv["columns"]));
    let rows = csv_rows(&world.path("table.csv"));
    assert_eq!(rows, parquet_rows(&world.path("table.parquet")));
    let said = |row: usize, column: &str| rows[row].get(column).map_or("-", String::as_str);
    let ids: Vec<&str> = (0..4).map(|row| said(row, "tx_id")).collect();
    assert_eq!(ids, ["t1", "t2", "t3", "t4,"]);
    assert_eq!((said(0, "timestamp"), said(0, "usd_cents")), ("1735689600000000", "10000"));
    assert_eq!((said(0, "complained"), said(1, "complained")), ("0", "1"));
    // The second payer makes two who pay the collector; the third transfer closes a cycle.
    assert_eq!((said(0, "fan_in_2"), said(1, "fan_in_2")), ("0", "1"));
    assert_eq!((said(1, "temporal_cycle_2"), said(2, "temporal_cycle_2")), ("0", "1"));
    assert_eq!((said(2, "source_in_sum"), said(2, "source_in_fan")), ("30000", "2"));
    // Nothing is left aside.
    assert!(!world.path("table.csv.part").exists());
}

#[test]
fn a_shorter_window_sees_less() {
    let world = world();
    world.json(&["features", "-o", "table.csv", "--window", "1h"]);
    let rows = csv_rows(&world.path("table.csv"));
    assert_eq!(rows[2]["temporal_cycle_2"], "0");
    assert_eq!(rows[2]["source_in_fan"], "1");
}

#[test]
fn another_ending_or_a_folder_that_is_not_there_is_refused() {
    let world = world();
    let answer = world.json(&["features", "-o", "table.txt"]);
    assert_eq!(answer["error"]["code"], "bad_table_output");
    let answer = world.json(&["features", "-o", "nowhere/table.csv"]);
    assert_eq!(answer["error"]["code"], "system", "{answer}");
    assert!(!world.path("nowhere").exists());
}

#[test]
fn the_documentation_names_every_column() {
    let world = world();
    world.json(&["features", "-o", "table.csv"]);
    let text = fs::read_to_string(world.path("table.csv")).unwrap();
    let columns: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    for page in ["features.md", "features.vi.md"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(page);
        let page = fs::read_to_string(path).unwrap();
        for column in &columns {
            // Columns of a kind differ in their bin or in their statistic, each named once.
            let bins = ["_3_to_4", "_5_to_8", "_9_and_more", "_2"];
            let kind = bins.iter().find_map(|bin| column.strip_suffix(bin)).unwrap_or(column);
            let books = ["source_out_", "source_in_", "target_out_", "target_in_"];
            let kind = books.iter().find_map(|book| kind.strip_prefix(book)).unwrap_or(kind);
            assert!(page.contains(&format!("`{kind}`")), "{column} ({kind})");
        }
    }
}
