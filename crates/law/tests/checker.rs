//! What a pack may not have, each fault in its file and line.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use law::builtin::FILES;
use law::fault::{PackFault, Problem};
use law::{Asked, Pack, Question};

/// The built-in files with one file changed.
fn changed(file: &str, from: &str, to: &str) -> Vec<(String, String)> {
    let mut found = false;
    let files = FILES.iter().map(|(name, text)| {
        let mut text = (*text).to_owned();
        if *name == file {
            assert!(text.contains(from), "{file} has no {from:?}");
            text = text.replacen(from, to, 1);
            found = true;
        }
        ((*name).to_owned(), text)
    });
    let files = files.collect();
    assert!(found, "no file {file}");
    files
}

fn faults(files: &[(String, String)]) -> Vec<PackFault> {
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Pack::read(&files).err().unwrap_or_default()
}

/// One change, the fault that it makes, and the value that the fault names.
fn check(file: &str, from: &str, to: &str, problem: Problem, value: &str) -> PackFault {
    let faults = faults(&changed(file, from, to));
    let found = faults.iter().find(|fault| fault.problem == problem && fault.value.contains(value));
    let found = found.unwrap_or_else(|| panic!("{file}: {to:?} gives {faults:#?}"));
    assert_eq!(found.file, file, "{found:?}");
    found.clone()
}

const KR: &str = "instruments/vn-mla-kr.toml";
const MN: &str = "instruments/vn-mla-mn.toml";

/// What comes from another agency is shown on terminals and printed.
#[test]
fn what_would_fool_a_terminal_is_refused_by_line() {
    for hidden in ["\\u001b[2J", "\\U0000001b", "\\r", "\u{202e}", "\u{7f}", "\\e[1m"] {
        let title = format!("title = {{ en = \"{hidden}");
        let fault = check(KR, "title = { en = \"", &title, Problem::Syntax, "control");
        assert_eq!(fault.line, 4, "{hidden:?}");
    }
    check("pack.toml", "Lienket law pack", "", Problem::TooLarge, "");
    check("pack.toml", "Lienket law pack", &"x".repeat(201), Problem::TooLarge, "x");
}

#[test]
fn what_is_no_toml_or_no_word_of_the_schema_is_refused_by_line() {
    let fault = check(KR, "kind = ", "kind == ", Problem::Syntax, "");
    assert_eq!(fault.line, 3);
    check(KR, "verified = true", "verifid = true", Problem::Syntax, "verifid");
    let fault = check(KR, "\"bilateral-mla\"", "\"treaty\"", Problem::Unknown, "treaty");
    assert_eq!((fault.line, fault.other.contains("bilateral-mla")), (3, true));
    check(KR, "member = \"KR\"", "member = \"Korea\"", Problem::Unknown, "Korea");
    check(KR, "status = \"party\"", "status = \"member\"", Problem::Unknown, "member");
    check(KR, "\"witness\"", "\"witnesses\"", Problem::Unknown, "witnesses");
    check(KR, "id = \"vn-mla-kr\"", "id = \"vn-mla-ko\"", Problem::Unknown, "vn-mla-ko");
    check("pack.toml", "schema = 1", "schema = 2", Problem::Unknown, "2");
    check("minimum.toml", "kind = \"freeze\"", "kind = \"hold\"", Problem::Unknown, "hold");
    check("measures.toml", "id = \"jit\"", "id = \"joint\"", Problem::Unknown, "joint");
}

#[test]
fn a_dangling_reference_is_refused() {
    check("conducts.toml", "\"174\"", "\"999\"", Problem::Dangling, "VN 999");
    check("timings.toml", "\"vn-ext-2025\"", "\"vn-ext-2035\"", Problem::Dangling, "vn-ext-2035");
    check(
        "instruments/vn-ext-kr.toml",
        "article = \"2(1)\" }",
        "article = \"9\" }",
        Problem::Dangling,
        "9",
    );
    check("instruments/untoc.toml", "\"laundering\"", "\"lavage\"", Problem::Dangling, "lavage");
    check(
        "instruments/vn-ext-ru.toml",
        "\"vn-mla-ru\"",
        "\"vn-mla-rx\"",
        Problem::Dangling,
        "vn-mla-rx",
    );
    check(
        "offences.toml",
        "\"vn-penal-2015\"",
        "\"vn-penal-1999\"",
        Problem::Dangling,
        "vn-penal-1999",
    );
    check("offences.toml", "[\"173\", \"174\"]", "[\"17\"]", Problem::Dangling, "17");
    check("instruments/budapest.toml", "state = \"NZ\"", "state = \"TV\"", Problem::Dangling, "TV");
}

#[test]
fn a_fact_without_a_source_is_refused_and_an_unread_one_verifies_nothing() {
    check(KR, "source = \"s1\"", "source = \"s9\"", Problem::Source, "vn-mla-kr");
    check(
        "offences.toml",
        "source = \"s1\"",
        "source = \"\"",
        Problem::Source,
        "VN Penal Code 174",
    );
    let unread = "instruments/vn-mla-gb.toml";
    check(unread, "verified = false", "verified = true", Problem::Source, "vn-mla-gb");
    check("conducts.toml", "verified = false", "verified = true", Problem::Source, "conduct:");
}

#[test]
fn dates_and_figures_that_contradict_each_other_are_refused() {
    check(
        KR,
        "signed = \"2003-09-15\"",
        "signed = \"2013-09-15\"",
        Problem::Date,
        "signed = 2013-09-15",
    );
    check(
        KR,
        "in_force = \"2005-04-19\"",
        "in_force = \"2005-04-31\"",
        Problem::Date,
        "2005-04-31",
    );
    check(
        KR,
        "since = \"2005-04-19\"",
        "since = \"2005-05-19\"",
        Problem::Date,
        "since = 2005-05-19",
    );
    check(
        MN,
        "in_force_by = \"2021-05\"",
        "not_in_force = true\nin_force_by = \"2021-05\"",
        Problem::Date,
        "in_force",
    );
    check(MN, "on = \"2021-05-28\"", "on = \"1999-05-28\"", Problem::Date, "signed = 2000-04-17");
    check(
        "instruments/vn-lla-2007.toml",
        "ended = \"2026-07-01\"",
        "ended = \"2006-07-01\"",
        Problem::Date,
        "signed",
    );
    check("offences.toml", "to_months = 84", "to_months = 8", Problem::Figures, "174");
    check(
        "offences.toml",
        "reaches_4_years = true",
        "reaches_4_years = false",
        Problem::Figures,
        "174",
    );
    check(
        "timings.toml",
        "low = 6\nhigh = 24",
        "low = 60\nhigh = 24",
        Problem::Figures,
        "mla-response",
    );
}

#[test]
fn duplicates_parties_and_sizes_are_refused() {
    check(
        KR,
        "article = \"1(3)(g)\"\ntopic = \"confiscate\"",
        "article = \"1(3)\"\ntopic = \"general\"",
        Problem::Duplicate,
        "vn-mla-kr:1(3):general",
    );
    check(KR, "member = \"KR\"", "member = \"EU\"", Problem::Parties, "vn-mla-kr");
    check("instruments/vn-cpc-2015.toml", "country = \"VN\"", "", Problem::Parties, "vn-cpc-2015");
    let long = format!("en = \"{}\"", "x".repeat(law::read::MAX_TEXT + 1));
    check("minimum.toml", "en = \"the aim\"", &long, Problem::TooLarge, "xxx");
}

#[test]
fn files_too_many_too_few_or_foreign_are_refused() {
    let all: Vec<(String, String)> =
        FILES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let without: Vec<_> = all.iter().filter(|(name, _)| name != "timings.toml").cloned().collect();
    assert_eq!(faults(&without).first().unwrap().problem, Problem::MissingFile);
    let mut foreign = all.clone();
    foreign.push(("instruments/../../etc/passwd".to_owned(), String::new()));
    assert_eq!(faults(&foreign).first().unwrap().problem, Problem::UnknownFile);
    let mut large = all.clone();
    large.push(("instruments/x.toml".to_owned(), " ".repeat(law::read::MAX_FILE_BYTES + 1)));
    assert_eq!(faults(&large).first().unwrap().problem, Problem::TooLarge);
    assert!(faults(&all).is_empty());
}

#[test]
fn the_digest_is_of_the_content_and_not_of_the_order() {
    let digest = |files: &[(&str, &str)]| Pack::read(files).unwrap().digest();
    let mut turned = FILES.to_vec();
    turned.reverse();
    assert_eq!(digest(FILES), digest(&turned));
    let changed = changed("pack.toml", "made = \"2026", "made = \"2027");
    let changed: Vec<(&str, &str)> =
        changed.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_ne!(digest(FILES), digest(&changed));
}

#[test]
fn foreign_bytes_make_no_panic() {
    for (name, text) in FILES.iter().step_by(7) {
        for cut in [7, text.len() / 2] {
            let end = (0..=cut).rev().find(|end| text.is_char_boundary(*end)).unwrap();
            let files = FILES.iter().map(|(one, whole)| {
                (*one, if one == name { text.get(..end).unwrap() } else { *whole })
            });
            // Cut anywhere, it is read or refused.
            let _ = Pack::read(&files.collect::<Vec<_>>());
        }
    }
}

/// A question with one word changed, and the code of the refusal.
fn refused(change: impl Fn(&mut Asked<'_>), code: &str) {
    let pack = Pack::builtin().unwrap();
    let mut asked = Asked {
        from: "VN",
        to: "KR",
        conduct: "computer_fraud",
        measure: "docs_records",
        on: "2026-11-26",
        ..Asked::default()
    };
    assert!(Question::parse(pack, &asked).is_ok());
    change(&mut asked);
    assert_eq!(Question::parse(pack, &asked).unwrap_err().code(), code, "{asked:?}");
}

#[test]
fn questions_that_cannot_be_answered_are_refused_by_code() {
    refused(|asked| asked.from = "XX", "country_unknown");
    refused(|asked| asked.to = "vn", "same_state");
    refused(|asked| asked.measure = "mla", "measure_unknown");
    refused(|asked| asked.conduct = "fraud", "conduct_unknown");
    refused(|asked| asked.on = "2026-02-30", "day_unreadable");
    refused(|asked| asked.on = "26/11/2026", "day_unreadable");
    refused(|asked| asked.on = "1981-12-31", "date_before_instruments");
    let kind = model::request::RequestKind::Freeze;
    refused(|asked| asked.kind = Some(kind), "measure_not_of_kind");
    for clause in [
        "",
        "174",
        "VN Penal Code",
        "VN Penal Code 174(5)",
        "VN Penal Code 174(2",
        "VN Penal Code 292",
        "VN Penal Code 999(1)",
        "KR Criminal Act 347",
        "VN Penal Code 174 (2)",
        concat!(
            "VN Penal Code 99999999999999999999999999999999999999999999999999",
            "9999999999999999999999"
        ),
    ] {
        refused(|asked| asked.clause = Some(clause), "clause_unknown");
    }
}

/// Much of what nests, or of one row after another, is refused and costs no stack.
#[test]
fn what_is_made_to_harm_is_refused() {
    let whole = law::read::MAX_FILE_BYTES / 8;
    for (deep, wide) in
        [("x = ", "["), ("", "[[a.b]]\n"), ("x", ".x"), ("x = ", "{x="), ("", "[a.")]
    {
        let text = format!("{deep}{}", wide.repeat((whole - deep.len()) / wide.len()));
        let mut files = FILES.to_vec();
        files.retain(|(name, _)| *name != "timings.toml");
        files.push(("timings.toml", &text));
        let faults = Pack::read(&files).err().unwrap();
        assert!(faults.iter().any(|fault| fault.problem == Problem::Syntax), "{wide}: {faults:?}");
    }
}
