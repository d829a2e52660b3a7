//! The directory as officers use it: what the law pack says, what the agency reads in, confirms and
//! takes out, and what a request's letter makes of it.

use std::io::Read as _;

use serde_json::{Value, json};

use crate::common::{World, pack_folder};

const HEADER: &str = "country,role,name_en,name_vi,name_local,address,phone,email,languages,\
channel,measures,hours,source,as_of,verified\n";

fn error(answer: &Value) -> &str {
    answer["error"]["code"].as_str().unwrap_or("none")
}

fn ids(answer: &Value) -> Vec<&str> {
    let all = answer["authorities"].as_array().unwrap_or_else(|| panic!("{answer}"));
    all.iter().map(|one| one["id"].as_str().unwrap()).collect()
}

/// Reads rows into the directory of a node.
fn read_in(world: &World, name: &str, rows: &str, more: &[&str]) -> Value {
    world.write(name, format!("{HEADER}{rows}").as_bytes());
    world.json(&[&["directory", "import", name], more].concat())
}

/// A request for records of a country without a partner; its number.
fn drawn_up(world: &World, to: &str) -> String {
    let begun = world.json(&[
        "request",
        "new",
        "--kind",
        "mla",
        "--to",
        to,
        "--measure",
        "docs_records",
        "--conduct",
        "computer_fraud",
    ]);
    begun["request"].as_str().unwrap_or_else(|| panic!("{begun}")).to_owned()
}

fn warnings(checked: &Value) -> Vec<&str> {
    let all = checked["warnings"].as_array().unwrap_or_else(|| panic!("{checked}"));
    let codes = all.iter().map(|one| one["code"].as_str().unwrap());
    codes.filter(|code| code.starts_with("authority_")).collect()
}

/// The words of a request's document.
fn letter(world: &World, number: &str, more: &[&str]) -> String {
    let written = world.json(&[&["request", "show", number, "-o", "letter.docx"], more].concat());
    assert_eq!(error(&written), "none", "{written}");
    let file = std::fs::File::open(world.path("letter.docx")).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn without_a_node_the_pack_says_who_is_competent_by_which_article() {
    let world = World::empty();
    let ask = ["directory", "list", "--country", "VN", "--measure", "docs_records"];
    let asked = world.json(&[&ask, ["--on", "2026-11-26", "--from", "TH"].as_slice()].concat());
    assert_eq!(ids(&asked), ["vn-spp-mla-2025"]);
    let one = &asked["authorities"][0];
    let expected = json!({"country": "VN", "role": "central_authority", "article": "6(1)",
        "name": "Supreme People's Procuracy", "name_vi": "Viện kiểm sát nhân dân tối cao",
        "instrument": "vn-mla-2025", "as_of": "2026", "verified": true, "origin": "pack",
        "address": null, "phone": null, "email": null, "channel": null, "applies": "yes",
        // From the first of January 2026 to the twenty-sixth of November: 329 days.
        "age_days": 329, "stale": false, "languages": []});
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&one[field], value, "{field}");
    }
    assert!(one["source"].as_str().unwrap().contains("Law 103/2025/QH15"));
    // A year and a day later than its first possible day it is stale.
    let ask = |on: &str| world.json(&[ask.as_slice(), &["--from", "TH", "--on", on]].concat());
    assert_eq!(ask("2027-01-01")["authorities"][0]["stale"], false);
    assert_eq!(ask("2027-01-02")["authorities"][0]["stale"], true);
    assert_eq!(ask("2026-06-30")["authorities"], json!([]));
    let shown = world.json(&["--lang", "vi", "directory", "show", "no-kripos-24-7"]);
    assert_eq!(shown["authority"]["name"], "KRIPOS");
    assert_eq!(
        shown["authority"]["caveat"].as_str().map(|text| text.contains("điều 35")),
        Some(true)
    );
    assert_eq!(error(&world.json(&["directory", "show", "nobody"])), "authority_not_found");
    assert_eq!(error(&world.json(&["directory", "list", "--country", "XX"])), "country_unknown");
    let confirm = ["directory", "confirm", "no-kripos-24-7", "--source", "a call"];
    assert_eq!(error(&world.json(&confirm)), "no_node");
}

#[test]
fn a_country_without_entry_is_no_failure_and_says_what_to_do() {
    let world = World::empty();
    for (language, word) in [("en", "directory import FILE"), ("vi", "directory import TỆP")] {
        let ask = ["--lang", language, "directory", "list", "--country", "KH", "--kind", "mla"];
        let output = world.run(&ask);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && text.contains(word), "{text}");
        assert!(!text.contains('⟦'), "{text}");
    }
    let asked = world.json(&["directory", "list", "--country", "KH"]);
    assert!(ids(&asked).is_empty() && asked["missing"].is_string());
}

#[test]
fn law_basis_names_the_authorities_of_the_measure() {
    let world = World::empty();
    let ask = ["law", "basis", "--from", "VN", "--to", "JP", "--conduct", "computer_fraud"];
    let more = ["--measure", "docs_records", "--on", "2026-11-26"];
    let ask = [ask.as_slice(), &more].concat();
    let asked = world.json(&ask);
    assert_eq!(ids(&asked), ["jp-moj-vn-mla", "jp-npsc-vn-mla"]);
    // Read in August 2022: from its first day 1,578 days to the twenty-sixth of November 2026.
    assert_eq!(asked["authorities"][0]["age_days"], 1_578);
    for (language, words) in
        [("en", ["Who is competent", "Stale"]), ("vi", ["Cơ quan có thẩm quyền", "Đã cũ"])]
    {
        let page = world.run(&[&["--lang", language], ask.as_slice()].concat());
        let page = String::from_utf8(page.stdout).unwrap();
        assert!(words.iter().all(|word| page.contains(word)), "{page}");
    }
}

#[test]
fn rows_are_taken_refused_and_warned_of_one_by_one() {
    let world = World::with_node();
    let rows = "TH,central_authority,Office of T,Văn phòng T,,\"1 Road, B\",02 123 4567,d@t.example,\
\"th,en\",direct,mla,,letter 1,2026-05-03,yes\n\
TH,central_authority,Office of T,,,,,,,,mla,,,2026-05-03,yes\n\
TH,office,X,,,,,,,,mla,,S,2026,\n\
LA,ministry,M,,,,no phone,,,,police_info,,S,2026,\n\
LA,police,P,,,,,,,,police_info,,S,2099-01-01,\n";
    let tried = read_in(&world, "a.csv", rows, &["--dry-run"]);
    assert_eq!((&tried["accepted"], &tried["kept"]), (&2.into(), &Value::Null), "{tried}");
    let own = |answer: &Value| {
        let all = answer["authorities"].as_array().unwrap().clone();
        all.into_iter().filter(|one| one["origin"] == "own").count()
    };
    assert_eq!(own(&world.json(&["directory", "list"])), 0);
    let done = read_in(&world, "a.csv", rows, &[]);
    let counts = ["rows", "accepted", "already", "rejected_total", "replaced", "entries"];
    let counts: Vec<i64> = counts.iter().map(|field| done[field].as_i64().unwrap()).collect();
    assert_eq!(counts, [5, 2, 0, 3, 0, 2]);
    let told: Vec<String> = done["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {}", one["row"], one["field"], one["code"]))
        .collect();
    assert_eq!(
        told,
        [
            "2 \"source\" \"source_missing\"",
            "3 \"role\" \"authority_role_unknown\"",
            "5 \"as_of\" \"as_of_in_future\""
        ]
    );
    assert!(done["rejects_file"].is_string());
    assert_eq!(
        (&done["warnings"][0]["row"], &done["warnings"][0]["code"]),
        (&4.into(), &"phone_bad_character".into())
    );
    let again = read_in(&world, "a.csv", rows, &[]);
    assert_eq!((&again["accepted"], &again["already"]), (&0.into(), &2.into()));
    assert_eq!(again["kept"], Value::Null);
    let listed = world.json(&["directory", "list", "--country", "TH", "--measure", "witness"]);
    let one = &listed["authorities"][0];
    assert_eq!((&one["phone"], &one["email"]), (&"+6621234567".into(), &"d@t.example".into()));
    assert_eq!((&one["file"], &one["row"]), (&"a.csv".into(), &1.into()));
    // A case takes no directory, and the log names who read it in.
    assert_eq!(
        error(&world.json(&["import", "a.csv", "--kind", "authorities"])),
        "directory_not_a_case"
    );
    let log = String::from_utf8(world.run(&["audit"]).stdout).unwrap();
    assert!(log.contains("read a file into the directory: a.csv: 2/5"), "{log}");
    for user in ["--as=nobody", "--as=second"] {
        let refused = read_in(&world, "b.csv", "", &[user]);
        let code = if user == "--as=nobody" { "unknown_user" } else { "none" };
        assert_eq!(error(&refused), code, "{refused}");
    }
}

#[test]
fn history_tells_what_was_replaced_withdrawn_confirmed_and_removed() {
    let world = World::with_node();
    let row = |name: &str, road: &str, day: &str| {
        format!("TH,central_authority,{name},,,{road},,,,,mla,,letter,{day},no\n")
    };
    let (office, bureau) = (row("Office", "1 Road", "2026-01"), row("Bureau", "3 Road", "2026-01"));
    read_in(&world, "a.csv", &[office.clone(), bureau].concat(), &[]);
    let listed = world.json(&["directory", "list", "--country", "TH"]);
    let find = |name: &str| {
        let all = listed["authorities"].as_array().unwrap().iter();
        let one = all.clone().find(|one| one["name"] == name).unwrap();
        one["id"].as_str().unwrap().to_owned()
    };
    let (office_id, bureau_id) = (find("Office"), find("Bureau"));
    let newer = row("Office", "2 Road", "2026-02");
    let replaced = read_in(&world, "b.csv", &newer, &["--whole"]);
    assert_eq!((&replaced["replaced"], &replaced["withdrawn"]), (&1.into(), &1.into()));
    let older = read_in(&world, "a.csv", &office, &[]);
    assert_eq!(older["rejected"][0]["code"], "newer_entry_held");
    let source = "call of 2026-11-01";
    let confirm = |id: &str, on: &str| {
        world.json(&["directory", "confirm", id, "--source", source, "--on", on])
    };
    assert_eq!(error(&confirm(&office_id, "2026-01-31")), "bad_confirmation_day");
    assert_eq!(error(&confirm(&office_id, "2099-01-01")), "bad_confirmation_day");
    let confirmed = confirm(&office_id, "2026-11-01");
    let one = &confirmed["authority"];
    assert_eq!((&one["as_of"], &one["verified"]), (&"2026-11-01".into(), &true.into()));
    assert_eq!((&one["source"], &one["confirmed"]["by"]), (&source.into(), &"first".into()));
    assert_eq!(one["confirmed"]["first_source"], "letter");
    // The pack's entries are confirmed in the same way, and cannot be removed.
    let kripos = confirm("no-kripos-24-7", "2026-11-01");
    assert_eq!(kripos["authority"]["as_of"], "2026-11-01");
    let remove = |id: &str| world.json(&["directory", "remove", id, "--because", "merged"]);
    assert_eq!(error(&remove("no-kripos-24-7")), "authority_of_pack");
    // Words that changed are not those that were confirmed.
    read_in(&world, "c.csv", &row("Office", "4 Road", "2026-11-02"), &[]);
    let changed = world.json(&["directory", "show", &office_id]);
    assert_eq!(
        (&changed["authority"]["verified"], &changed["authority"]["confirmed"]),
        (&false.into(), &Value::Null)
    );
    let removed = remove(&office_id);
    assert_eq!(removed["authority"], Value::Null);
    let history = |shown: &Value| -> Vec<String> {
        let all = shown["history"].as_array().unwrap().iter();
        let line = |one: &Value| {
            let before = one["before"]["address"].as_str().unwrap_or("-");
            format!(
                "{} {} {before}",
                one["what"].as_str().unwrap(),
                one["because"].as_str().unwrap()
            )
        };
        all.map(line).collect()
    };
    assert_eq!(
        history(&removed),
        [
            "added a.csv -",
            "replaced b.csv 1 Road",
            "confirmed call of 2026-11-01 -",
            "replaced c.csv 2 Road",
            "removed merged 4 Road"
        ]
    );
    let gone = world.json(&["directory", "show", &bureau_id]);
    assert_eq!(history(&gone), ["added a.csv -", "withdrawn b.csv 3 Road"]);
}

#[test]
fn what_two_rows_contradict_stands_side_by_side_and_is_told() {
    let world = World::with_node();
    let rows = "TH,central_authority,Office,,,1 Road,,,,,mla,,letter 1,2026-11-01,yes\n\
TH,central_authority,Office,,,2 Road,,,,,mla,,letter 2,2026-11-01,yes\n";
    assert_eq!(read_in(&world, "a.csv", rows, &[])["accepted"], 2);
    let listed = world.json(&["directory", "list", "--country", "TH"]);
    let found = ids(&listed);
    assert_eq!(found.len(), 2);
    assert_eq!(listed["authorities"][0]["contradicts"], json!([found[1]]));
    assert_eq!(listed["authorities"][1]["contradicts"], json!([found[0]]));
    let number = drawn_up(&world, "TH");
    let checked = world.json(&["request", "check", &number]);
    assert_eq!(warnings(&checked), ["authority_contradicted"]);
}

#[test]
fn a_letter_is_addressed_to_whom_the_directory_knows_and_doubts_are_told_first() {
    let world = World::with_node();
    let number = drawn_up(&world, "TH");
    let checked = world.json(&["request", "check", &number]);
    assert_eq!(
        (warnings(&checked), &checked["addressee"]),
        (vec!["authority_unknown"], &Value::Null)
    );
    assert!(letter(&world, &number, &[]).contains("The competent authority, Thailand"));
    // Read long ago and verified by nobody: it stands in the letter, and both is told.
    let row = |day: &str, verified: &str| {
        format!(
            "TH,central_authority,Office of T,Văn phòng T,,1 Long Road,,,,,mla,,letter,{day},{verified}\n"
        )
    };
    read_in(&world, "a.csv", &row("2024-01", "no"), &[]);
    let checked = world.json(&["request", "check", &number]);
    assert_eq!(warnings(&checked), ["authority_stale", "authority_unverified"]);
    assert!(!checked["missing"].to_string().contains("authority_stale"));
    let told = world.run(&["request", "show", &number, "-o", "a.docx"]);
    let told = String::from_utf8(told.stderr).unwrap();
    assert!(told.contains("looked up more than a year ago"), "{told}");
    let text = letter(&world, &number, &[]);
    for words in ["Office of T [ask before it leaves]", "Văn phòng T [phải hỏi lại]"] {
        assert!(text.contains(words), "{words}");
    }
    let id = checked["addressee"]["id"].as_str().unwrap().to_owned();
    world.json(&["directory", "confirm", &id, "--source", "call"]);
    let checked = world.json(&["request", "check", &number]);
    assert_eq!(warnings(&checked), Vec::<&str>::new());
    let text = letter(&world, &number, &[]);
    for words in ["To: Office of T, Thailand", "Văn phòng T", "1 Long Road"] {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains("ask before it leaves"));
    // An officer may say otherwise, in the request or when it is printed.
    let text = letter(&world, &number, &["--addressee", "Bureau of B"]);
    assert!(text.contains("Bureau of B") && !text.contains("1 Long Road"));
    world.json(&["request", "set", &number, "requested_authority=Bureau of C"]);
    let text = letter(&world, &number, &[]);
    assert!(text.contains("Kính gửi: Bureau of C"));
    // By its name in whatever spelling, the entry is meant, with its address.
    world.json(&["request", "set", &number, "requested_authority=van phong t"]);
    let text = letter(&world, &number, &[]);
    assert!(text.contains("To: Office of T") && text.contains("1 Long Road"));
}

#[test]
fn what_was_approved_is_not_addressed_to_somebody_else_by_a_later_file() {
    let world = World::with_node();
    let row = |name: &str, day: &str| {
        format!("TH,police,{name},,,1 Long Road,,,,,police_info,,letter,{day},yes\n")
    };
    read_in(&world, "a.csv", &row("Bureau of B", "2026-11-01"), &[]);
    let new = ["request", "new", "--kind", "information", "--to", "TH", "--measure", "police_info"];
    let begun = world.json(&[new.as_slice(), &["--conduct", "computer_fraud"]].concat());
    let number = begun["request"].as_str().unwrap().to_owned();
    let missing = begun["missing"].as_array().unwrap().iter();
    let texts: Vec<String> =
        missing.map(|one| format!("{}=text", one["element"].as_str().unwrap())).collect();
    let set = ["request", "set", &number].into_iter().chain(texts.iter().map(String::as_str));
    let checked = world.json(&set.collect::<Vec<_>>());
    assert_eq!(checked["complete"], true, "{checked}");
    let approved = world.run(&["--as", "second", "request", "approve", &number]);
    let told = String::from_utf8(approved.stdout).unwrap();
    assert!(told.contains("To: Bureau of B"), "{told}");
    read_in(&world, "b.csv", &row("Office of O", "2026-11-02"), &["--whole"]);
    let shown = world.json(&["request", "show", &number]);
    assert_eq!(
        (&shown["state"], &shown["addressee"]["name"][1]),
        (&"approved".into(), &"Bureau of B".into())
    );
    // A change takes the approval away, and the directory of today counts again.
    world.json(&["request", "set", &number, "facts=other"]);
    let shown = world.json(&["request", "show", &number]);
    assert_eq!(
        (&shown["state"], &shown["addressee"]["name"][1]),
        (&"draft".into(), &"Office of O".into())
    );
}

#[test]
fn several_authorities_are_not_chosen_from() {
    let world = World::with_node();
    let number = drawn_up(&world, "CN");
    let checked = world.json(&["request", "check", &number]);
    assert_eq!(warnings(&checked), ["authority_several"]);
    assert_eq!(checked["addressee"], Value::Null);
    let text = letter(&world, &number, &["--addressee", "cn-moj-vn-mla"]);
    // What was read of the treaty of 1999 is old, and the draft says so.
    assert!(text.contains("To: Ministry of Justice [ask before it leaves], China"));
    assert!(text.contains("Kính gửi: Bộ Tư pháp [phải hỏi lại], Trung Quốc"));
    let print = ["request", "show", &number, "-o", "a.docx", "--addressee", "cn-spp-vn-mla"];
    assert_eq!(warnings(&world.json(&print)), ["authority_stale"]);
    // What the agency itself reads in goes before the pack, and what differs from it is told.
    let row = "CN,central_authority,Bureau of B,,,,,,,,mla,,letter,2026-11-01,yes\n";
    read_in(&world, "a.csv", row, &[]);
    let checked = world.json(&["request", "check", &number]);
    assert_eq!(warnings(&checked), ["authority_differs"]);
    assert_eq!(checked["addressee"]["name"][1], "Bureau of B");
}

#[test]
fn two_officers_see_which_authorities_a_pack_names_otherwise() {
    let world = World::with_node();
    let folder = pack_folder(&world, "facts");
    let path = folder.join("authorities.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let (from, to) = ("en = \"KRIPOS\", vi = \"KRIPOS\"", "en = \"Desk\", vi = \"Desk\"");
    assert!(text.contains(from));
    std::fs::write(&path, text.replace(from, to)).unwrap();
    world.json(&["law", "pack", "make", "facts", "-o", "own.lawpack"]);
    let install = ["law", "pack", "install", "own.lawpack", "--dry-run"];
    let changes = &world.json(&install)["changes"]["authorities"];
    assert_eq!(changes.as_array().unwrap().len(), 1, "{changes}");
    let one = &changes[0];
    assert_eq!((&one["id"], &one["change"]), (&"no-kripos-24-7".into(), &"changed".into()));
    assert_eq!((&one["before"]["name"], &one["after"]["name"]), (&"KRIPOS".into(), &"Desk".into()));
    let page = String::from_utf8(world.run(&install).stdout).unwrap();
    assert!(page.contains("− KRIPOS [no-kripos-24-7]") && page.contains("+ Desk"), "{page}");
    // Once it is installed, a letter goes by it.
    let install = ["law", "pack", "install", "own.lawpack"];
    assert_eq!(error(&world.json(&install)), "none");
    let shown = world.json(&["directory", "show", "no-kripos-24-7"]);
    assert_eq!(shown["authority"]["name"], "Desk");
}

#[test]
fn the_directory_comes_back_out_of_a_backup() {
    let world = World::with_node();
    let row = "TH,fiu,F,,,,,,,,stop_payment,,letter,2026-11-01,yes\n";
    read_in(&world, "a.csv", row, &[]);
    world.json(&[
        "directory",
        "confirm",
        "no-kripos-24-7",
        "--source",
        "call",
        "--on",
        "2026-11-01",
    ]);
    let list = ["directory", "list"];
    let before = world.json(&list);
    assert_eq!(error(&world.json(&["backup", "all.backup"])), "none");
    let restored = world.json(&["--home", "other", "restore", "all.backup"]);
    assert_eq!(error(&restored), "none", "{restored}");
    let after = world.json(&[&["--home", "other"], list.as_slice()].concat());
    assert_eq!(after["authorities"], before["authorities"]);
}

#[test]
fn entries_that_were_lost_are_made_again_from_the_files() {
    let world = World::with_node();
    let row = |name: &str| format!("TH,fiu,{name},,,,,,,,stop_payment,,letter,2026-11-01,yes\n");
    read_in(&world, "a.csv", &[row("F"), row("G")].concat(), &[]);
    read_in(&world, "b.csv", &row("H"), &[]);
    let before = world.json(&["directory", "list", "--country", "TH"]);
    let gone = ids(&before)[0].to_owned();
    world.json(&["directory", "remove", &gone, "--because", "closed"]);
    let left = world.json(&["directory", "list", "--country", "TH"]);
    assert_eq!(ids(&left).len(), 2);
    // Every file of entries is damaged; the files that were read in are there.
    let originals = world.path("node/originals");
    let mut damaged = 0;
    for folder in std::fs::read_dir(&originals).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            if text.starts_with("{\"form\":1") {
                std::fs::write(&path, "damaged").unwrap();
                damaged += 1;
            }
        }
    }
    assert_eq!(damaged, 3);
    let again = world.json(&["directory", "list", "--country", "TH"]);
    assert_eq!(again["authorities"], left["authorities"]);
    let shown = world.json(&["directory", "show", &gone]);
    assert_eq!(shown["history"][1]["what"], "removed");
}

#[test]
fn foreign_bytes_are_an_answer_and_never_a_panic() {
    let world = World::with_node();
    let good = format!("{HEADER}TH,fiu,F,,,,,,,,stop_payment,,letter,2026,yes\n");
    let cases: [&[u8]; 7] = [
        b"",
        b"\xff\xfe\x00",
        b"PK\x03\x04 no workbook",
        b"{\"a\":1}",
        b"country,role\nTH,fiu\n",
        b"\"country\",\"role\",\"name_en\",\"source\",\"as_of\"\n\"TH",
        &[0x1f, 0x8b, 1, 2, 3],
    ];
    for bytes in cases {
        world.write("x.csv", bytes);
        let answer = world.json(&["directory", "import", "x.csv"]);
        let is_told = error(&answer) != "none" || answer["accepted"] == 0;
        assert!(is_told, "{answer}");
    }
    // Every byte of a good file, broken in turn: told, or taken.
    for place in (0..good.len()).step_by(17) {
        let mut bytes = good.clone().into_bytes();
        bytes[place] = 0xf5;
        world.write("x.csv", &bytes);
        let answer = world.json(&["directory", "import", "x.csv", "--dry-run"]);
        assert!(answer.is_object(), "{place}");
    }
    let missing = world.json(&["directory", "import", "nothing.csv"]);
    assert_eq!(error(&missing), "file_failed");
}
