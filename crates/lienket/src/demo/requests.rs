//! What the demo's nodes ask of each other by law: a freeze in a minute, a preservation whose gap
//! is stated, and a request for legal assistance that is refused, corrected and answered.

use std::path::Path;

use delivery::report::Report;
use graph::trace::Rule;
use node::answer::{RequestAnswer, RequestChecked, RingsAnswer};
use node::port::Text;
use node::requests::freeze::Freeze;
use node::requests::stage::Act;
use node::requests::{Change, NewRequest, Said};
use node::trace::{Asked, Seeds};
use tokio::runtime::Runtime;

use super::together::visitor;
use super::{Agency, BY, Teller};
use crate::document::{Wanted, letter, print};
use crate::failure::Failure;

/// Two nodes come to rest long before.
const MAX_ROUNDS: usize = 10;
/// So many complaints are looked at to find one whose money rests in Singapore.
const MAX_LOOKED_AT: usize = 200;
/// The supervisors.
const SUPERVISORS: [&str; 2] = ["second", "third"];
const CLAUSE: &str = "VN Penal Code 174(2)";

/// What it leaves in the demo's folder.
pub(super) const FILES: [&str; 4] =
    ["freeze.pdf", "freeze.camt.056.xml", "preservation.pdf", "assistance.pdf"];

pub(super) fn requests(
    vn: &mut Agency,
    sg: &mut Agency,
    (dir, rings): (&Path, &RingsAnswer),
    runtime: &Runtime,
    teller: &mut Teller,
) -> Result<(), Failure> {
    freeze(vn, sg, (dir, rings), runtime, teller)?;
    preserve(vn, dir, teller)?;
    assist(vn, sg, dir, runtime, teller)
}

/// Everything goes to and fro until neither has anything new.
fn settle(vn: &mut Agency, sg: &mut Agency, runtime: &Runtime) -> Result<(), Failure> {
    for _ in 0..MAX_ROUNDS {
        runtime.block_on(visitor(sg, vn)?.visit(&mut Report::default()))?;
        if sg.open.node.inbox_turn()? + vn.open.node.inbox_turn()? == 0 {
            return Ok(());
        }
    }
    Ok(())
}

/// From a complaint to a request that holds the traced money in Singapore.
fn freeze(
    vn: &mut Agency,
    sg: &mut Agency,
    (dir, rings): (&Path, &RingsAnswer),
    runtime: &Runtime,
    teller: &mut Teller,
) -> Result<(), Failure> {
    let mut complaints = rings.rings.iter().flat_map(|ring| &ring.complaints).take(MAX_LOOKED_AT);
    let node = &mut vn.open.node;
    // Viet Nam's own files do not say where a foreign account is; its officer knows the bank.
    let found = complaints.find_map(|id| {
        let seeds = Seeds::Complaints(vec![(*id).clone()]);
        let asked = Asked { seeds, rules: vec![Rule::Fifo], backward: false, openings: Vec::new() };
        let traced = node.trace(BY, None, &asked);
        let rules = traced.ok()?.rules;
        let mut resting = rules.into_values().flat_map(|rule| rule.resting);
        let one = resting.find(|one| one.bank.starts_with("SG"))?;
        Some((id.clone(), format!("{}/{}", one.bank, one.account)))
    });
    let Some((complaint, account)) = found else { return Ok(()) };
    let freeze = Freeze {
        complaints: vec![complaint.clone()],
        case: None,
        rule: Rule::Fifo,
        conduct: "computer_fraud".to_owned(),
        clause: Some(CLAUSE.to_owned()),
        to: Some("SG".to_owned()),
        accounts: vec![account.clone()],
        days: None,
    };
    let drawn = node.freeze(BY, &freeze, teller.language)?;
    let Some(one) = drawn.accounts.into_iter().next() else { return Ok(()) };
    let Some(request) = one.request else { return Ok(()) };
    if let Some(xml) = &one.camt056 {
        let path = dir.join("freeze.camt.056.xml");
        std::fs::write(&path, xml).map_err(Failure::file(&path))?;
    }
    node.approve_request("second", &request.request)?;
    node.send_request(BY, &request.request)?;
    settle(vn, sg, runtime)?;
    // The second approval of an urgent request comes within a day.
    vn.open.node.approve_request("third", &request.request)?;
    settle(vn, sg, runtime)?;
    let told = vn.open.node.show_request(BY, &request.request)?;
    paper(vn, &told, &dir.join("freeze.pdf"))?;
    teller.story.requests += 1;
    let sum = i18n::money(teller.language, &one.tainted);
    let values = [
        ("complaint", complaint.as_str()),
        ("sum", &sum),
        ("account", &account),
        ("request", &told.request),
    ];
    teller.step("demo-step-freeze", &values);
    Ok(())
}

/// Writes what is missing, as an exercise would.
fn fill(agency: &mut Agency, begun: &RequestChecked, teller: &Teller) -> Result<(), Failure> {
    let texts = begun.missing.iter().map(|one| {
        let [vi, en] = &one.name;
        let name = if teller.language == i18n::Language::Vi { vi } else { en };
        let values = [("name", name.as_str().into())];
        let text = i18n::text_with(teller.language, "demo-element", &values);
        format!("{}={text}", one.element)
    });
    let change = Change { set: texts.collect(), ..Change::default() };
    agency.open.node.set_request(BY, &begun.request, &change, &[])?;
    Ok(())
}

fn new(kind: &str, measure: &str, to: &str) -> NewRequest {
    NewRequest {
        kind: kind.to_owned(),
        measure: measure.to_owned(),
        conduct: "computer_fraud".to_owned(),
        clause: Some(CLAUSE.to_owned()),
        to: to.to_owned(),
        ..NewRequest::default()
    }
}

/// Data in Cambodia, with which no treaty on preserving them is in force: the gap stands on paper.
fn preserve(vn: &mut Agency, dir: &Path, teller: &mut Teller) -> Result<(), Failure> {
    let wanted = new("preservation", "preserve", "KH");
    let begun = vn.open.node.new_request(BY, wanted, &Change::default(), &[])?;
    fill(vn, &begun, teller)?;
    for who in SUPERVISORS {
        vn.open.node.approve_request(who, &begun.request)?;
    }
    let told = vn.open.node.show_request(BY, &begun.request)?;
    paper(vn, &told, &dir.join("preservation.pdf"))?;
    teller.story.requests += 1;
    let gap = told.gaps.first().map(|gap| {
        let [vi, en] = &gap.text;
        if teller.language == i18n::Language::Vi { vi.clone() } else { en.clone() }
    });
    let values = [("request", told.request.as_str()), ("gap", gap.as_deref().unwrap_or("–"))];
    teller.step("demo-step-preserve", &values);
    Ok(())
}

/// Legal assistance: refused with a ground, corrected, answered.
fn assist(
    vn: &mut Agency,
    sg: &mut Agency,
    dir: &Path,
    runtime: &Runtime,
    teller: &mut Teller,
) -> Result<(), Failure> {
    let first = send(vn, new("mla", "docs_records", "SG"), teller)?;
    settle(vn, sg, runtime)?;
    let theirs = newest(sg)?;
    let text = |key: &str| Some(i18n::text(teller.language, key));
    let refused =
        Said { ground: Some("form".to_owned()), text: text("demo-refusal"), ..Said::default() };
    sg.open.node.act_on_request(BY, &theirs, Act::Refuse, refused, &[])?;
    settle(vn, sg, runtime)?;
    let again = NewRequest { follows: Some(first.clone()), ..new("mla", "docs_records", "SG") };
    let second = send(vn, again, teller)?;
    settle(vn, sg, runtime)?;
    let theirs = newest(sg)?;
    let table = "tx_id,timestamp,from_bank,from_account,to_bank,to_account,amount,currency\n\
                 DEMO-1,2026-01-15T09:00:00Z,SGB01,100200300,SGB02,400500600,250.00,USD\n";
    let statement = Text { name: "records.csv".to_owned(), bytes: table.as_bytes().to_vec() };
    let found = Said { text: text("demo-assistance"), ..Said::default() };
    sg.open.node.act_on_request(BY, &theirs, Act::Answer, found, &[&statement])?;
    settle(vn, sg, runtime)?;
    let merged = vn.open.node.merge_request(BY, &second, None, teller.language)?;
    let told = vn.open.node.show_request(BY, &second)?;
    paper(vn, &told, &dir.join("assistance.pdf"))?;
    teller.story.requests += 2;
    let rows: u64 = merged.files.iter().map(|file| file.accepted).sum();
    let rows = i18n::number(teller.language, i64::try_from(rows).unwrap_or(i64::MAX));
    let values = [("first", first.as_str()), ("second", &second), ("rows", &rows)];
    teller.step("demo-step-assist", &values);
    Ok(())
}

/// Draws up, approves and sends; the number.
fn send(vn: &mut Agency, wanted: NewRequest, teller: &Teller) -> Result<String, Failure> {
    let begun = vn.open.node.new_request(BY, wanted, &Change::default(), &[])?;
    fill(vn, &begun, teller)?;
    for who in SUPERVISORS {
        vn.open.node.approve_request(who, &begun.request)?;
    }
    vn.open.node.send_request(BY, &begun.request)?;
    Ok(begun.request)
}

/// The request that came last and waits on the desk.
fn newest(sg: &mut Agency) -> Result<String, Failure> {
    let all = sg.open.node.requests(BY, Some(true))?.requests;
    let waiting = all.into_iter().filter(|one| one.state == "received" && one.kind == "mla");
    Ok(waiting.map(|one| one.request).max().unwrap_or_default())
}

/// A request's document, in both languages side by side.
fn paper(agency: &Agency, told: &RequestAnswer, path: &Path) -> Result<(), Failure> {
    let letter = letter(&agency.open, told, None)?;
    let wanted = Wanted { path, languages: "both", place: None, addressee: None, fonts: &[] };
    let paper = print(&letter, &wanted)?;
    std::fs::write(path, paper.bytes).map_err(Failure::file(path))
}
