//! Requests as officers use them: drawn up, checked, approved, sent by a carried file, answered.

use serde_json::Value;

use crate::pair::Pair;

/// Begins a request and writes all that is missing; its number.
fn drawn_up(pair: &Pair, kind: &str, measure: &str, to: &str) -> String {
    let begun = pair.vn(&[
        "request",
        "new",
        "--kind",
        kind,
        "--to",
        to,
        "--measure",
        measure,
        "--conduct",
        "computer_fraud",
    ]);
    assert_eq!(begun["complete"], false, "{begun}");
    let number = begun["request"].as_str().unwrap().to_owned();
    let missing = begun["missing"].as_array().unwrap();
    let texts: Vec<String> = missing
        .iter()
        .map(|one| format!("{}=970436/0123456789, 2026-01-02", one["element"].as_str().unwrap()))
        .collect();
    let mut set = vec!["request", "set", &number];
    set.extend(texts.iter().map(String::as_str));
    let checked = pair.vn(&set);
    assert_eq!((&checked["complete"], &checked["missing"]), (&true.into(), &Value::Array(vec![])));
    number
}

fn error(answer: &Value) -> &str {
    answer["error"]["code"].as_str().unwrap_or("none")
}

/// Everything of one home goes to the other by a carried file.
fn carry(pair: &Pair, from: &str, to: &str) {
    let (partner, file) = if from == "vn" { ("SG", "to-sg.lkb") } else { ("VN", "to-vn.lkb") };
    let out = ["--home", from, "sync", partner, "--carry-out", file];
    assert_eq!(error(&pair.world.json(&out)), "none");
    let back = pair.world.json(&["--home", to, "sync", "--carry-in", file]);
    assert_eq!(error(&back), "none", "{back}");
}

fn state(pair: &Pair, home: &str, number: &str) -> String {
    let shown = pair.world.json(&["--home", home, "request", "show", number]);
    shown["state"].as_str().unwrap_or_else(|| panic!("{shown}")).to_owned()
}

#[test]
fn a_request_is_approved_by_two_and_answered_across_the_border() {
    let pair = Pair::new();
    let number = drawn_up(&pair, "mla", "docs_records", "SPF");
    assert_eq!(error(&pair.vn(&["request", "send", &number])), "needs_approval");
    let approve = |who: &str| pair.vn(&["request", "approve", &number, "--as", who]);
    assert_eq!(error(&approve("first")), "not_allowed");
    assert_eq!(approve("second")["state"], "checked");
    assert_eq!(approve("third")["state"], "approved");
    assert_eq!(pair.vn(&["request", "send", &number])["state"], "sent");
    carry(&pair, "vn", "sg");
    let listed = pair.sg(&["request", "list", "--in"]);
    let line = &listed["requests"][0];
    let theirs = format!("A05/{number}");
    assert_eq!((&line["request"], &line["partner"]), (&theirs.as_str().into(), &"A05".into()));
    assert_eq!(state(&pair, "sg", &theirs), "received");
    assert_eq!(pair.sg(&["request", "acknowledge", &theirs])["state"], "acknowledged");
    let refuse = ["request", "refuse", &theirs, "--text", "no"];
    assert_eq!(error(&pair.sg(&refuse)), "no_ground");
    pair.world.write(
        "statement.csv",
        b"tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n\
          T1,2026-01-02T11:00:00Z,970436,0123456789,DBSSSGSG,555000111,100.00,USD\n",
    );
    let answer = ["request", "answer", &theirs, "--text", "found", "--attach", "statement.csv"];
    let told =
        pair.sg(&[answer.as_slice(), &["--person", "suspect", "--evidence", "yes"]].concat());
    assert_eq!(told["state"], "answered", "{told}");
    carry(&pair, "sg", "vn");
    let shown = pair.vn(&["request", "show", &number]);
    let last = shown["history"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["what"], &last["by"]), (&"answer".into(), &"SPF".into()));
    assert_eq!((&last["person"], &last["evidence"]), (&"suspect".into(), &"yes".into()));
    assert_eq!(last["attachments"][0]["name"], "statement.csv");
    let merged = pair.vn(&["request", "merge", &number]);
    assert_eq!(merged["files"][0]["accepted"], 1, "{merged}");
    assert_eq!(pair.vn(&["find", "DBSSSGSG/555000111"])["seen"], 1);
    // The whole of it goes to a court: what was asked, and each step.
    let bundled = pair.vn(&["bundle", &number, "-o", "request.zip"]);
    assert_eq!(bundled["count"], 3, "{bundled}");
    assert_eq!(pair.world.json(&["verify", "request.zip"])["valid"], true);
    assert_eq!(pair.vn(&["request", "close", &number])["state"], "closed");
    assert_eq!(error(&pair.vn(&["request", "renew", &number])), "request_closed");
}

#[test]
fn several_partners_in_a_country_and_none_are_told_apart() {
    let pair = Pair::new();
    let new = |to: &str| {
        pair.vn(&[
            "request",
            "new",
            "--kind",
            "information",
            "--to",
            to,
            "--measure",
            "police_info",
            "--conduct",
            "computer_fraud",
        ])
    };
    let number = drawn_up(&pair, "information", "police_info", "TH");
    assert_eq!(pair.vn(&["request", "approve", &number, "--as", "second"])["state"], "approved");
    assert_eq!(error(&pair.vn(&["request", "send", &number])), "no_partner");
    assert_eq!(error(&new("ZZ")), "unknown_partner");
    assert_eq!(error(&new("VN")), "same_state");
    let init = ["--home", "cpib", "init", "--agency", "CPIB", "--country", "SG"];
    pair.world.json(&[init.as_slice(), &["--kind", "police"]].concat());
    let card = pair.world.json(&["--home", "cpib", "partner", "card", "-o", "cpib.card"]);
    let words = card["fingerprint"].as_str().unwrap();
    pair.vn(&["partner", "add", "cpib.card", "--fingerprint", words]);
    assert_eq!(error(&new("SG")), "ambiguous_partner");
    assert_eq!(error(&new("CPIB")), "none");
}

#[test]
fn what_no_law_knows_is_refused_by_name() {
    let pair = Pair::new();
    let new = |kind: &str, measure: &str, conduct: &str| {
        pair.vn(&[
            "request",
            "new",
            "--kind",
            kind,
            "--to",
            "SPF",
            "--measure",
            measure,
            "--conduct",
            conduct,
        ])
    };
    assert_eq!(error(&new("letter", "police_info", "computer_fraud")), "unknown_request_kind");
    assert_eq!(error(&new("mla", "extradition", "computer_fraud")), "measure_of_kind");
    assert_eq!(error(&new("mla", "torture", "computer_fraud")), "measure_unknown");
    assert_eq!(error(&new("mla", "docs_records", "sorcery")), "conduct_unknown");
    let begun = new("mla", "docs_records", "computer_fraud");
    let number = begun["request"].as_str().unwrap();
    assert_eq!(error(&pair.vn(&["request", "set", number, "mood=bad"])), "unknown_element");
    assert_eq!(error(&pair.vn(&["request", "set", number, "facts"])), "bad_element");
    assert_eq!(error(&pair.vn(&["request", "show", "VN-1999-0001"])), "unknown_request");
    let first = pair.vn(&["request", "list"]);
    assert_eq!(first["requests"].as_array().unwrap().len(), 1);
}

/// A victim's 1,000 USD go to an account, and on: 600 to Singapore, 400 to the account that is
/// named.
fn import_flow(pair: &Pair, last: &str) {
    pair.world.write(
        "complaints.csv",
        b"complaint_id,reported_at,agency,victim_bank,victim_account,paid_to_bank,paid_to_account,\
          amount,currency\n\
          C1,2026-01-02T12:00:00Z,A05,970415,111222333,970436,0123456789,1000.00,USD\n",
    );
    let transfers = format!(
        "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n\
         T1,2026-01-02T10:00:00Z,970415,111222333,970436,0123456789,1000.00,USD\n\
         T2,2026-01-02T11:00:00Z,970436,0123456789,DBSSSGSG,555000111,600.00,USD\n\
         T3,2026-01-02T11:30:00Z,970436,0123456789,{last},400.00,USD\n"
    );
    pair.world.write("transfers.csv", transfers.as_bytes());
    pair.vn(&["import", "complaints.csv", "transfers.csv"]);
}

#[test]
fn a_victims_money_abroad_becomes_a_request_to_freeze_that_much_of_it() {
    let pair = Pair::new();
    import_flow(&pair, "970407,888999");
    let frozen = pair.vn(&["freeze", "C1", "-o", "drafts"]);
    let one = &frozen["accounts"][0];
    assert_eq!(frozen["accounts"].as_array().unwrap().len(), 1, "{frozen}");
    assert_eq!((&one["country"], &one["account"]), (&"SG".into(), &"555000111".into()));
    assert_eq!(one["tainted"]["amount"], "600.00");
    assert_eq!(one["request"]["complete"], true, "{}", one["request"]["missing"]);
    let draft = std::fs::read_to_string(pair.world.path(one["camt056"].as_str().unwrap())).unwrap();
    assert!(draft.contains("HOLD 600.00 USD AND NO MORE") && draft.contains("<OrgnlTxId>T2<"));
    // The second decision, and the third: an urgent request goes with one approval.
    let number = one["request"]["request"].as_str().unwrap();
    assert_eq!(pair.vn(&["request", "approve", number, "--as", "second"])["state"], "approved");
    assert_eq!(pair.vn(&["request", "send", number])["state"], "sent");
    carry(&pair, "vn", "sg");
    let shown = pair.sg(&["request", "show", &format!("A05/{number}")]);
    let whats: Vec<&str> = shown["deadlines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["what"].as_str().unwrap())
        .collect();
    for what in ["second_approval", "held_until", "lapses_without_formal"] {
        assert!(whats.contains(&what), "{whats:?}");
    }
    assert_eq!(error(&pair.vn(&["freeze", "C9"])), "unknown_complaint");
}

#[test]
fn a_supposed_treaty_counts_the_requests_that_wait_for_it() {
    let pair = Pair::new();
    drawn_up(&pair, "preservation", "preserve", "JP");
    drawn_up(&pair, "preservation", "preserve", "KH");
    let suppose = |home: &str| {
        let words = ["law", "suppose", "--instrument", "budapest", "--party", "VN"];
        pair.world.json(&[&["--home", home], words.as_slice(), &["--country", "VN"]].concat())
    };
    let changed = suppose("vn");
    let is_ours = |one: &&Value| one["to"] == "JP" && one["measure"] == "preserve";
    let ours = changed["changed"].as_array().unwrap().iter().find(is_ours).unwrap();
    assert_eq!((&ours["from"], &ours["after"]), (&"VN".into(), &"yes".into()));
    // Cambodia is no party; nowhere is no node.
    assert_eq!(changed["unblocked_requests"], 1);
    assert_eq!(suppose("nowhere")["unblocked_requests"], 0);
}

#[test]
fn what_is_for_police_work_alone_goes_to_no_court() {
    let pair = Pair::new();
    let number = drawn_up(&pair, "information", "police_info", "SPF");
    pair.vn(&["request", "approve", &number, "--as", "second"]);
    pair.vn(&["request", "send", &number]);
    carry(&pair, "vn", "sg");
    let theirs = format!("A05/{number}");
    let answer = ["request", "answer", &theirs, "--text", "a source says so", "--evidence", "no"];
    assert_eq!(pair.sg(&answer)["state"], "answered");
    carry(&pair, "sg", "vn");
    assert_eq!(error(&pair.vn(&["bundle", &number, "-o", "a.zip"])), "needs_permission");
    assert!(!pair.world.path("a.zip").exists());
    // Who said it may show it, once the other side's countersignature is here.
    carry(&pair, "vn", "sg");
    assert_eq!(error(&pair.sg(&["bundle", &theirs, "-o", "b.zip"])), "none");
}

#[test]
fn a_clause_that_the_pack_does_not_know_is_told_and_raises_nothing() {
    let pair = Pair::new();
    let new = |clause: &str| {
        let words = ["request", "new", "--kind", "mla", "--to", "SPF", "--measure", "docs_records"];
        let more = ["--conduct", "computer_fraud", "--clause", clause];
        pair.vn(&[words.as_slice(), &more].concat())
    };
    let warned = |told: &Value| {
        let mut warnings = told["warnings"].as_array().unwrap().iter();
        warnings.any(|one| one["code"] == "clause_unknown" && one["value"] == "VN Penal Code 9(99)")
    };
    let (known, unknown) = (new("VN Penal Code 174(2)"), new("VN Penal Code 9(99)"));
    assert!(!warned(&known) && warned(&unknown), "{unknown}");
    let order = |told: &Value| ["no", "check", "yes"].iter().position(|one| told == one).unwrap();
    let answer = |told: &Value| order(&told["basis"]["answer"]);
    assert!(answer(&unknown) <= answer(&known), "what nobody knows raises no answer");
}

#[test]
fn a_request_on_paper_and_a_desk_by_the_command_line() {
    let pair = Pair::new();
    let number = drawn_up(&pair, "mla", "docs_records", "JP");
    for who in ["second", "third"] {
        pair.vn(&["request", "approve", &number, "--as", who]);
    }
    let send = ["request", "send", &number, "--paper", "12/A05-P5"];
    let sent = pair.vn(&send);
    assert_eq!((&sent["state"], &sent["on_paper"]), (&"sent".into(), &true.into()), "{sent}");
    pair.world.write("scan.pdf", b"a scan");
    let answer = ["request", "answer", &number, "--paper", "JP 1", "--attach", "scan.pdf"];
    let answered = pair.vn(&answer);
    assert_eq!(answered["history"].as_array().unwrap().last().unwrap()["paper"]["by"], "first");
    for (language, word) in [("vi", "theo văn bản JP 1"), ("en", "on paper JP 1")] {
        let shown = ["--home", "vn", "--lang", language, "request", "show", &number];
        let page = String::from_utf8(pair.world.run(&shown).stdout).unwrap();
        assert!(page.contains(word) && !page.contains('⟦'), "{page}");
    }
    assert_eq!(error(&pair.vn(&["desk", "new", "TW", "--level", "imperial"])), "unknown_level");
    let desk = ["desk", "new", "TW", "--level", "central", "--as", "second"];
    assert_eq!(pair.vn(&desk)["desks"][0]["level"], "central");
    let add = ["desk", "add", "TW", "first", "--as", "second"];
    assert_eq!(pair.vn(&add)["desks"][0]["members"][0], "first");
    assert_eq!(pair.vn(&["request", "assign", &number, "TW"])["assigned"], "TW");
    let listed = pair.vn(&["request", "list", "--desk", "TW"]);
    assert_eq!(listed["requests"][0]["request"], number.as_str());
}

#[test]
fn what_was_destroyed_is_told_so_and_a_backup_keeps_what_was_kept() {
    let pair = Pair::new();
    let number = drawn_up(&pair, "information", "police_info", "SPF");
    pair.vn(&["request", "approve", &number, "--as", "second"]);
    let sent = pair.vn(&["request", "send", &number]);
    let message = sent["history"].as_array().unwrap().last().unwrap()["message"].clone();
    carry(&pair, "vn", "sg");
    let theirs = format!("A05/{number}");
    let backed = pair.sg(&["backup", "sg.backup"]);
    assert_eq!(error(&backed), "none", "{backed}");
    let restored = pair.world.json(&["--home", "again", "restore", "sg.backup"]);
    assert_eq!(error(&restored), "none", "{restored}");
    let again = pair.world.json(&["--home", "again", "request", "show", &theirs]);
    assert!(again["elements"].as_array().is_some_and(|all| !all.is_empty()), "{again}");
    pair.vn(&["message", "erase", message.as_str().unwrap()]);
    carry(&pair, "vn", "sg");
    let shown = pair.sg(&["request", "show", &theirs]);
    assert_eq!((&shown["erased"], &shown["handling"]), (&true.into(), &Value::Null), "{shown}");
    assert_eq!(error(&pair.sg(&["request", "show", &theirs, "-o", "a.pdf"])), "request_erased");
    assert!(!pair.world.path("a.pdf").exists());
    for (language, word) in [("vi", "đã hủy nội dung"), ("en", "erased")] {
        let list = ["--home", "sg", "--lang", language, "request", "list"];
        let page = String::from_utf8(pair.world.run(&list).stdout).unwrap();
        assert!(page.contains(word) && !page.contains('⟦'), "{page}");
    }
    assert_eq!(pair.sg(&["doctor"])["ok"], true);
    let backed = pair.sg(&["backup", "after.backup"]);
    assert_eq!(error(&backed), "none", "{backed}");
    pair.world.json(&["--home", "after", "restore", "after.backup"]);
    let after = pair.world.json(&["--home", "after", "request", "show", &theirs]);
    assert_eq!(after["erased"], true, "{after}");
}

#[test]
fn nobody_is_asked_to_hold_an_account_in_another_country() {
    let pair = Pair::new();
    import_flow(&pair, "BKKBTHBK,777000222");
    let frozen = pair.vn(&["freeze", "C1", "--to", "SPF"]);
    let accounts = frozen["accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 2, "{frozen}");
    for one in accounts {
        let number = one["request"]["request"].as_str().unwrap();
        let asked = pair.vn(&["request", "show", number]);
        assert_eq!(asked["country"], one["country"]);
        let partner = if one["country"] == "SG" { "SPF" } else { "TH" };
        assert_eq!(asked["partner"], partner, "Thailand has no node here: on paper");
    }
}
