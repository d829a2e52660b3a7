//! What a ring's chart says agrees with the report on the ring.

use crate::common::World;

/// Two rings whose money rests at one exchange: 100 USD of the first ring's two victims, 700 of
/// the second's.
fn world() -> World {
    let world = World::with_node();
    let mut complaints = String::from(
        "complaint_id,reported_at,agency,victim_bank,victim_account,paid_to_bank,paid_to_account,\
         amount,currency\n",
    );
    let mut transfers =
        String::from("tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n");
    for (ring, half, whole) in [("1", 50, 100), ("2", 350, 700)] {
        for victim in ["a", "b"] {
            complaints.push_str(&format!(
                "C{ring}{victim},2025-01-02T12:00:00Z,A05,VNB01,{ring}00{victim},VNB02,{ring}002,\
                 {half},USD\n"
            ));
            transfers.push_str(&format!(
                "v{ring}{victim},2025-01-02T00:00:00Z,VNB01,{ring}00{victim},VNB02,{ring}002,\
                 {half},USD\n"
            ));
        }
        transfers.push_str(&format!(
            "m{ring},2025-01-02T01:00:00Z,VNB02,{ring}002,VNB03,{ring}003,{whole},USD\n\
             x{ring},2025-01-02T02:00:00Z,VNB03,{ring}003,XCH1,999,{whole},USD\n"
        ));
    }
    world.write("complaints.csv", complaints.as_bytes());
    world.write("transfers.csv", transfers.as_bytes());
    world.write("accounts.csv", b"account,bank,country,currency,kind\n999,XCH1,SG,USD,exchange\n");
    let answer = world.json(&["import", "complaints.csv", "transfers.csv", "accounts.csv"]);
    let taken = answer["files"].as_array().unwrap().iter().map(|file| &file["accepted"]);
    assert_eq!(taken.collect::<Vec<_>>(), [4, 8, 1], "{answer}");
    world
}

#[test]
fn what_rests_is_money_of_this_ring_only() {
    let world = world();
    let rings = world.json(&["rings"]);
    let rings = rings["rings"].as_array().unwrap();
    assert_eq!(rings.len(), 2, "{rings:?}");
    for ring in rings {
        let own = if ring["complaints"][0] == "C1a" { "100" } else { "700" };
        let subject = format!("ring:{}", ring["id"].as_str().unwrap());
        world.json(&["chart", &subject, "-o", "ring.svg"]);
        let svg = std::fs::read_to_string(world.path("ring.svg")).unwrap();
        assert!(svg.contains(&format!(">rests {own}")), "{svg}");
        assert!(!svg.contains(">rests 800"), "{svg}");
        world.json(&["report", &subject, "-o", "ring.html"]);
        let report = std::fs::read_to_string(world.path("ring.html")).unwrap();
        assert!(report.contains("other complaints of the case are left out"));
    }
}
