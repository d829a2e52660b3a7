//! `law`: answers as `interfaces` fixes them, a page for people, refusals with code and text.

use serde_json::Value;

use crate::common::{World, pack_folder};
use crate::law_packs::ASK;

const BASIS: [&str; 10] = [
    "law",
    "basis",
    "--from",
    "VN",
    "--conduct",
    "computer_fraud",
    "--on",
    "2026-11-26",
    "--to",
    "KR",
];

fn basis(measure: &str, more: &[&str]) -> Value {
    let words: Vec<&str> =
        BASIS.iter().chain(&["--measure", measure]).chain(more).copied().collect();
    World::empty().json(&words)
}

#[test]
fn an_answer_has_every_field_that_others_rely_on() {
    let answer = basis("docs_records", &[]);
    assert_eq!(answer["answer"], "yes");
    let lead = answer["bases"].as_array().unwrap().iter().find(|base| base["lead"] == true);
    let lead = lead.unwrap();
    assert_eq!(
        (lead["instrument"].as_str(), lead["answer"].as_str()),
        (Some("vn-mla-kr"), Some("yes"))
    );
    assert!(lead["article"].is_null() && lead["because"][0].is_string());
    for field in ["id", "text", "verified", "source", "as_of"] {
        assert!(lead["facts"][0].get(field).is_some(), "{field}");
    }
    for (list, fields) in [
        ("required", ["element", "level", "article", "instrument"]),
        ("refusal", ["ground", "force", "article", "instrument"]),
        ("deadlines", ["what", "value", "unit", "article"]),
    ] {
        for field in fields {
            assert!(answer[list][0].get(field).is_some(), "{list} {field}");
        }
    }
    assert_eq!(answer["gaps"], serde_json::json!([]));
    assert_eq!(answer["pack"].as_str().unwrap().len(), 64);
}

#[test]
fn where_there_is_no_yes_the_gap_is_said_in_both_languages() {
    for (language, word) in
        [("en", "No verified treaty in force"), ("vi", "Không có điều ước đã xác minh")]
    {
        let answer = basis("preserve", &["--lang", language]);
        assert_eq!(answer["answer"], "check");
        let gaps = answer["gaps"].as_array().unwrap();
        let found = gaps.iter().find(|gap| gap["what"] == "no_instrument").unwrap();
        assert!(found["text"].as_str().unwrap().starts_with(word), "{found}");
        assert!(!answer.to_string().contains('⟦'), "{answer}");
    }
}

#[test]
fn the_page_begins_with_the_answer_and_the_lead() {
    for (language, words) in [
        ("en", ["Answer: YES", "Lead basis", "Has to go in", "Clock", "Law pack"]),
        (
            "vi",
            [
                "Trả lời: CÓ",
                "Cơ sở đề xuất",
                "Phải có trong yêu cầu",
                "Thời hạn",
                "Bộ dữ liệu luật",
            ],
        ),
    ] {
        let words_of: Vec<&str> = BASIS
            .iter()
            .chain(&["--measure", "docs_records", "--lang", language])
            .copied()
            .collect();
        let output = World::empty().run(&words_of);
        let page = String::from_utf8(output.stdout).unwrap();
        let mut from = 0;
        for word in words {
            let at = page[from..]
                .find(word)
                .unwrap_or_else(|| panic!("{word} not behind {from}: {page}"));
            from += at;
        }
        assert!(
            !page.contains('⟦') && page.lines().all(|line| line.chars().count() <= 120),
            "{page}"
        );
    }
}

#[test]
fn no_measure_between_any_states_leaves_a_word_untranslated() {
    let world = World::empty();
    for to in ["CN", "US", "TH", "JP", "IN"] {
        for measure in ["extradition", "freeze", "stop_payment", "provisional_arrest", "service"] {
            for (from, to) in [("VN", to), (to, "VN")] {
                let words = ["law", "basis", "--from", from, "--to", to, "--conduct", "laundering"];
                let more =
                    ["--measure", measure, "--clause", "VN Penal Code 324(1)", "--lang", "vi"];
                let output = world.run(&[&words[..], &more[..]].concat());
                let page = String::from_utf8(output.stdout).unwrap();
                assert!(output.status.success() && !page.contains('⟦'), "{page}");
            }
        }
    }
}

#[test]
fn the_page_marks_what_nobody_has_verified() {
    let words = ["law", "basis", "--from", "VN", "--to", "TH", "--conduct", "computer_fraud"];
    let more = ["--measure", "docs_records", "--on", "2026-11-26"];
    let output = World::empty().run(&[&words[..], &more[..]].concat());
    let page = String::from_utf8(output.stdout).unwrap();
    // The grounds of ASEAN MLAT 3 are from general knowledge; those of Law 103/2025 were read.
    assert!(page.contains("bank secrecy (asean-mlat 3) [unverified]"), "{page}");
    assert!(page.contains("bank secrecy (untoc 18(8))\n"), "{page}");
}

/// A question that is refused: status and code, with a text and a remedy in both languages.
fn refused(arguments: &[&str], status: i32, code: &str) {
    for language in ["en", "vi"] {
        let world = World::empty();
        let output =
            world.program().args(["--json", "--lang", language]).args(arguments).output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let error = &answer["error"];
        assert_eq!((output.status.code(), error["code"].as_str()), (Some(status), Some(code)));
        for field in ["message", "hint"] {
            let text = error[field].as_str().unwrap();
            assert!(!text.is_empty() && !text.contains('⟦'), "{language} {text}");
        }
    }
}

#[test]
fn what_cannot_be_answered_is_refused_with_a_code_and_a_remedy() {
    let ask = |changes: &[(usize, &'static str)], more: &[&'static str]| {
        let mut words = BASIS.to_vec();
        words.extend(["--measure", "docs_records"]);
        for (place, word) in changes {
            words[*place] = word;
        }
        words.extend(more);
        words
    };
    refused(&ask(&[(3, "XX")], &[]), 2, "country_unknown");
    refused(&ask(&[(9, "VN")], &[]), 2, "same_state");
    refused(&ask(&[(5, "fraud")], &[]), 2, "conduct_unknown");
    refused(&ask(&[(11, "records")], &[]), 2, "measure_unknown");
    refused(&ask(&[(7, "tomorrow")], &[]), 2, "day_unreadable");
    refused(&ask(&[(7, "1950-01-01")], &[]), 1, "date_before_instruments");
    refused(&ask(&[], &["--clause", "VN Penal Code 174(9)"]), 1, "clause_unknown");
    refused(&ask(&[], &["--kind", "freeze"]), 2, "measure_not_of_kind");
    refused(&ask(&[], &["--kind", "letter"]), 2, "unknown_request_kind");
    let suppose = ["law", "suppose", "--instrument", "bern", "--party", "VN", "--country", "VN"];
    refused(&suppose, 2, "instrument_unknown");
    refused(&["law", "gaps", "--country", "ZZ"], 2, "country_unknown");
    refused(&["law", "pack", "check", "nowhere"], 1, "pack_unreadable");
    refused(&["law", "--pack", "nowhere", "gaps", "--country", "VN"], 1, "pack_unreadable");
}

#[test]
fn gaps_name_partner_and_measure_and_a_supposition_what_changes() {
    let world = World::empty();
    let on = ["--on", "2026-11-26"];
    let gaps = world.json(&[&["law", "gaps", "--country", "VN"][..], &on].concat());
    let gaps = gaps["gaps"].as_array().unwrap();
    let between = |partner: &str, measure: &str| {
        gaps.iter().any(|gap| gap["partner"] == partner && gap["measure"] == measure)
    };
    assert!(between("JP", "preserve") && between("US", "extradition"));
    assert!(!between("KR", "docs_records") && !between("US", "docs_records"));
    assert!(gaps.iter().all(|gap| gap["what"].is_string() && gap["text"].is_string()));

    let suppose = |instrument: &str, parties: &[&str]| {
        let words = ["law", "suppose", "--instrument", instrument, "--country", "VN", "--party"];
        world.json(&[&words[..], parties, &on].concat())
    };
    let budapest = suppose("budapest", &["VN"]);
    let changed = budapest["changed"].as_array().unwrap();
    let preserve = changed
        .iter()
        .find(|one| one["from"] == "VN" && one["to"] == "JP" && one["measure"] == "preserve");
    let preserve = preserve.unwrap();
    assert_eq!((&preserve["before"], &preserve["after"]), (&"check".into(), &"yes".into()));
    assert_eq!(budapest["unblocked_requests"], 0);
    // Nobody has read the articles of the Hanoi Convention: it adds articles, not answers.
    let hanoi = suppose("uncc", &["VN", "JP"]);
    assert_eq!(hanoi["changed"], serde_json::json!([]));
    let provided = hanoi["provided"].as_array().unwrap();
    assert!(provided.iter().any(|one| one["measure"] == "preserve" && one["article"] == "42"));
}

#[test]
fn another_pack_answers_once_it_has_no_fault() {
    let world = World::empty();
    let pack = pack_folder(&world, "pack");
    let built_in = world.json(&["law", "pack", "show"]);
    let shown = world.json(&["law", "--pack", "pack", "pack", "show"]);
    assert_eq!((&built_in["origin"], &shown["origin"]), (&"built_in".into(), &"file".into()));
    for field in ["pack", "name", "facts", "verified", "instruments"] {
        assert_eq!(built_in[field], shown[field], "{field}");
    }

    let treaty = pack.join("instruments/vn-mla-sg.toml");
    let text = std::fs::read_to_string(&treaty).unwrap();
    let in_force = text
        .replace(
            "signed = \"2024-10-28\"\n",
            "signed = \"2024-10-28\"\nin_force = \"2025-05-01\"\n",
        )
        .replace("\"signatory\", since = \"2024-10-28\"", "\"party\", since = \"2025-05-01\"");
    std::fs::write(&treaty, &in_force).unwrap();
    let ask = [["law", "--pack", "pack"].as_slice(), &ASK[1..]].concat();
    let answer = world.json(&ask);
    assert_eq!(answer["answer"], "yes");
    assert_ne!(answer["pack"], built_in["pack"]);

    std::fs::write(&treaty, in_force.replace("2025-05-01", "2025-05-32")).unwrap();
    let checked = world.json(&["law", "pack", "check", "pack"]);
    assert_eq!(checked["ok"], false);
    let fault = &checked["faults"][0];
    assert_eq!(
        (&fault["file"], &fault["code"]),
        (&"instruments/vn-mla-sg.toml".into(), &"pack_date".into())
    );
    assert!(!world.run(&ask).status.success());
}
