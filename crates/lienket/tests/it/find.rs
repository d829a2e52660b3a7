//! `find`: what any answer prints, and what people write, leads to what the node holds.

use crate::common::World;

fn world() -> World {
    let world = World::with_node();
    world.write(
        "complaints.csv",
        b"complaint_id,reported_at,agency,victim_bank,victim_account,paid_to_bank,paid_to_account,\
          amount,currency,suspect_phone\n\
          C1-a,2025-01-02T10:00:00Z,A05,VNB01,1001,VNB02,2001,100,VND,+66 81 234 5678\n\
          C1-b,2025-01-02T10:00:00Z,PC02,VNB01,1001,VNB02,2001,100,VND,0922182552\n",
    );
    world.write(
        "transfers.csv",
        b"tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n\
          Tx-1,2025-01-02T09:00:00Z,VNB01,1001,VNB02,2001,100,VND\n",
    );
    let answer = world.json(&["import", "complaints.csv", "transfers.csv"]);
    assert_eq!(answer["files"][1]["accepted"], 1, "{answer}");
    world
}

/// What a value is read as, how, and which complaints, transfers and cases hold it.
fn check(world: &World, value: &str, expected: &str) {
    let answer = world.json(&["find", value]);
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let readings = answer["readings"].as_array().unwrap().iter();
    let told = readings.filter(|r| r["found"] == true).map(|reading| {
        let [kind, value, how, country] =
            ["kind", "value", "how", "country"].map(|key| text(&reading[key]));
        format!("{kind} {value} {how} {country}").trim().to_owned()
    });
    let places = answer["where"].as_array().unwrap().iter();
    let places = places.map(|place| format!("{} {}", text(&place["what"]), text(&place["id"])));
    let found: Vec<String> = told.chain(places).collect();
    assert_eq!(found.join("\n"), expected, "{answer}");
}

#[test]
fn what_answers_print_is_found_in_any_case() {
    let world = world();
    let ring = world.json(&["rings"])["rings"][0]["id"].as_str().unwrap().to_owned();
    let case = world.json(&["case", "list"])["cases"][0]["case"].as_str().unwrap().to_owned();
    check(&world, "a05/c1-A", &format!("id a05/c1-A as_written\ncomplaint A05/C1-a\nring {ring}"));
    check(&world, "c1-B", &format!("id c1-B as_written\ncomplaint PC02/C1-b\nring {ring}"));
    check(&world, "tx-1", "id tx-1 as_written\ntransfer Tx-1");
    for word in [ring.to_lowercase(), format!("ring:{ring}")] {
        check(&world, &word, &format!("ring {ring} as_written\nring {ring}"));
    }
    for word in [case.to_lowercase(), format!("case:{case}")] {
        let text = word.trim_start_matches("case:");
        check(&world, &word, &format!("id {text} as_written\ncase {case}"));
    }
    check(&world, "ring:R-00000000", "");
}

#[test]
fn national_numbers_are_read_by_the_countries_that_are_held() {
    let world = world();
    let ring = world.json(&["rings"])["rings"][0]["id"].as_str().unwrap().to_owned();
    let phone = "phone +66812345678 national TH";
    check(&world, "081-234-5678", &format!("{phone}\ncomplaint A05/C1-a\nring {ring}"));
    let phone = "phone +84922182552 national VN";
    check(&world, "0922 182 552", &format!("{phone}\ncomplaint PC02/C1-b\nring {ring}"));
    let phone = "phone +66812345678 as_written";
    check(&world, "+66 812345678", &format!("{phone}\ncomplaint A05/C1-a\nring {ring}"));
}
