//! Who is competent, by hand out of the rows of `authorities.toml`; and what such a row may not be.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use law::Pack;
use law::authority::{Sought, competent, every};
use law::builtin::FILES;
use law::fault::Problem;
use model::country::Country;
use model::day::Day;
use model::measure::Measure;

/// From whom (or `*`), to whom, what, when, and the ids with their answers.
fn check(from: &str, to: &str, measure: Measure, on: &str, expected: &str) {
    let from = (from != "*").then(|| Country::parse(from).unwrap());
    let to = Some(Country::parse(to).unwrap());
    let sought = Sought { from, to, measures: vec![measure], on: Day::parse(on).unwrap() };
    let found = competent(Pack::builtin().unwrap(), &sought);
    let found: Vec<String> =
        found.iter().map(|one| format!("{} {}", one.authority.id, one.answer)).collect();
    assert_eq!(found.join(", "), expected, "{from:?} {to:?} {measure} {on}");
}

const TODAY: &str = "2026-11-26";

#[test]
fn law_103_2025_article_6_names_the_procuracy_from_its_first_day() {
    let vn = "vn-spp-mla-2025 yes";
    check("TH", "VN", Measure::DocsRecords, "2026-07-01", vn);
    check("TH", "VN", Measure::DocsRecords, "2026-06-30", "");
    // It is no central authority of extradition, nor does extradition's deal with records.
    check("TH", "VN", Measure::Extradition, TODAY, "vn-mps-extradition-2025 yes");
    check("TH", "VN", Measure::PoliceInfo, TODAY, "vn-mps-cyber-2025 yes");
    check("TH", "VN", Measure::StopPayment, TODAY, "");
}

#[test]
fn a_treaty_of_two_states_names_authorities_for_these_two_alone() {
    check("VN", "CN", Measure::Witness, TODAY, "cn-moj-vn-mla yes, cn-spp-vn-mla yes");
    check("TH", "CN", Measure::Witness, TODAY, "");
    // In force 1999-12-25: article 4 names nobody before.
    check("VN", "CN", Measure::Witness, "1999-12-24", "");
    let treaty = "vn-moj-cn-mla yes, vn-spp-cn-mla yes";
    check("CN", "VN", Measure::Witness, "2026-06-30", treaty);
    check("CN", "VN", Measure::Witness, TODAY, &format!("{treaty}, vn-spp-mla-2025 yes"));
    check("JP", "VN", Measure::Witness, TODAY, "vn-spp-jp-mla yes, vn-spp-mla-2025 yes");
    // In force 2022-08-31.
    check("VN", "JP", Measure::Witness, "2022-08-31", "jp-moj-vn-mla yes, jp-npsc-vn-mla yes");
    check("VN", "JP", Measure::Witness, "2022-08-30", "");
    // Whoever asks: what names authorities has to be in force, whoever its parties are.
    check("*", "JP", Measure::Witness, TODAY, "jp-moj-vn-mla yes, jp-npsc-vn-mla yes");
}

#[test]
fn a_contact_point_of_budapest_is_there_for_parties_of_budapest() {
    // Australia and Norway are parties by rows that were verified; Viet Nam is believed to be
    // outside, which nobody has confirmed: to be checked.
    check("AU", "NO", Measure::Preserve, TODAY, "no-kripos-24-7 yes");
    check("VN", "NO", Measure::Preserve, TODAY, "no-kripos-24-7 check");
    check("AU", "NO", Measure::Preserve, "2025-12-31", "");
    check("AU", "NO", Measure::DocsRecords, TODAY, "");
    // Nobody asks himself.
    check("NO", "NO", Measure::Preserve, TODAY, "");
}

#[test]
fn every_entry_is_told_even_where_nothing_holds() {
    let pack = Pack::builtin().unwrap();
    let on = |day: &str| {
        let all = every(pack, Day::parse(day).unwrap());
        let yes = all.iter().filter(|one| one.answer == law::Answer::Yes).count();
        (all.len(), yes)
    };
    // In 1998 no treaty of these was in force; on the last day before the laws of 2025 those with
    // China (four rows) and Japan (three) were, and KRIPOS was named.
    assert_eq!(on("1998-12-31"), (11, 0));
    assert_eq!(on("2026-06-30"), (11, 8));
    assert_eq!(on(TODAY), (11, 11));
}

#[test]
fn a_pack_without_authorities_stays_readable() {
    let files: Vec<(&str, &str)> =
        FILES.iter().copied().filter(|(name, _)| *name != "authorities.toml").collect();
    assert_eq!(files.len() + 1, FILES.len());
    assert!(Pack::read(&files).unwrap().authorities().is_empty());
}

#[test]
fn nothing_stands_in_the_directory_without_source_day_and_competence() {
    let pack = Pack::builtin().unwrap();
    assert_eq!(pack.authorities().len(), 11);
    for one in pack.authorities() {
        assert!(one.fact.source.starts_with("http"), "{}", one.id);
        assert!(one.as_of().is_some() && !one.measures.is_empty(), "{}", one.id);
        assert!(one.instrument.is_some(), "{}", one.id);
    }
}

/// One change to the file, and the fault that it makes.
fn refused(from: &str, to: &str, problem: Problem, value: &str) {
    let change = |name: &str, text: &str| {
        if name != "authorities.toml" {
            return text.to_owned();
        }
        assert!(text.contains(from), "no {from:?}");
        text.replacen(from, to, 1)
    };
    let files: Vec<(&str, String)> =
        FILES.iter().map(|(name, text)| (*name, change(name, text))).collect();
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let faults = Pack::read(&files).unwrap_err();
    let fits = faults.iter().any(|fault| {
        fault.file == "authorities.toml" && fault.problem == problem && fault.value.contains(value)
    });
    assert!(fits, "{to:?} gives {faults:#?}");
}

#[test]
fn there_is_a_last_row() {
    let row = "[[authority]]\nid = \"x\"\ncountry = \"VN\"\nrole = \"fiu\"\n\
name = { en = \"F\", vi = \"F\" }\nfor = [\"freeze\"]\nen = \"f\"\nvi = \"f\"\n\
source = \"s\"\nas_of = \"2026\"\nverified = false\n";
    let text = row.repeat(5_001) + "[sources]\ns = \"letter\"\n";
    let others = FILES.iter().copied().filter(|(name, _)| *name != "authorities.toml");
    let files: Vec<(&str, &str)> = others.chain([("authorities.toml", text.as_str())]).collect();
    let faults = Pack::read(&files).unwrap_err();
    let fault = faults.first().unwrap();
    assert_eq!((fault.problem, fault.value.as_str()), (Problem::TooLarge, "5001"));
}

#[test]
fn a_row_without_source_or_with_a_reference_to_nothing_is_refused() {
    refused("source = \"mla-2025\"", "source = \"heard\"", Problem::Source, "vn-spp-mla-2025");
    refused(
        "mla-jp = \"https://gov-base.info/2022/08/02/165291\"",
        "mla-jp = \"\"",
        Problem::Source,
        "jp-moj",
    );
    refused("mla-jp = \"https://", "mla-jp = \"not read: https://", Problem::Source, "jp-moj");
    refused("source = \"mla-2025\"", "source = \"product\"", Problem::Source, "vn-spp-mla-2025");
    refused("source = \"mla-2025\"\n", "", Problem::Syntax, "source");
    refused("as_of = \"2026\"", "as_of = \"\"", Problem::Date, "vn-spp-mla-2025");
    refused("as_of = \"2026\"", "as_of = \"last year\"", Problem::Date, "last year");
    refused("\"vn-mla-2025\"", "\"vn-mla-2035\"", Problem::Dangling, "vn-mla-2035");
    refused("article = \"6(1)\"", "article = \"66\"", Problem::Dangling, "66");
    refused("instrument = \"vn-mla-2025\"\n", "", Problem::Dangling, "6(1)");
    refused("country = \"VN\"", "country = \"TH\"", Problem::Parties, "TH");
    refused("country = \"VN\"", "country = \"vn\"", Problem::Unknown, "vn");
    refused("id = \"vn-mps-cyber-2025\"", "id = \"vn-spp-mla-2025\"", Problem::Duplicate, "vn-spp");
    refused("id = \"vn-spp-mla-2025\"", "id = \"VN-1\"", Problem::Unknown, "VN-1");
    refused("for = [\"mla\"]", "for = []", Problem::Unknown, "");
    refused("for = [\"mla\"]", "for = [\"aid\"]", Problem::Unknown, "aid");
    refused("role = \"ministry\"", "role = \"office\"", Problem::Unknown, "office");
    refused("vi = \"Bộ Tư pháp\" }", "vi = \" \" }", Problem::Unknown, "cn-moj-vn-mla");
    refused("[\"zh\", \"en\"]", "[\"Chinese\"]", Problem::Unknown, "Chinese");
    refused("languages =", "channel = \"pigeon\"\nlanguages =", Problem::Unknown, "pigeon");
    refused("languages =", "phone = \"1\"\nlanguages =", Problem::Syntax, "phone");
}
