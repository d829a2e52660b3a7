//! What the three nodes of the demo do together: they accept each other's cards, ask and answer
//! over a line that is cut, carry one message by hand, and hand a court what proves it.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use delivery::carried;
use delivery::couriers::Couriers;
use delivery::cut_line::CutLine;
use delivery::door::Door;
use delivery::observer::{Nobody, Observer};
use delivery::opening::OpenDoor;
use delivery::report::Report;
use delivery::visit::Visitor;
use envelope::card::AgencyId;
use model::country::Country;
use node::answer::RingsAnswer;
use node::error::NodeError;
use node::messages::{Draft, HandlingWords};
use tokio::runtime::Runtime;

use super::{Agency, BY, Teller, matching, parts, requests};
use crate::exchange::evidence;
use crate::failure::Failure;

/// What it leaves in the demo's folder, beside the nodes.
pub(super) const FILES: [&str; 4] =
    ["evidence.zip", "evidence-flipped.zip", "for-th.lkb", "for-vn.lkb"];

/// The recording that goes with the answer: so long that the line is cut in its middle.
const RECORDING: usize = 5 << 20;
/// The line is cut after so many bytes.
const CUT: u64 = 5 << 19;

pub(super) fn together(
    agencies: &mut [Agency],
    dir: &Path,
    rings: &RingsAnswer,
    teller: &mut Teller,
) -> Result<(), Failure> {
    let [vn, sg, th] = agencies else { return Ok(()) };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(Failure::system("start the line"))?;
    let (exchange, identities) = (vn.open.exchange()?, vn.open.identities()?);
    let identity = identities.first().cloned().ok_or(NodeError::KeysClosed)?;
    let nobody: Arc<dyn Observer> = Arc::new(Nobody);
    let couriers = Arc::new(Couriers::new(exchange.clone(), identities, nobody.clone()));
    let door = Arc::new(Door::new(exchange, couriers, nobody));
    let door = OpenDoor::open(&runtime, ([127, 0, 0, 1], 0).into(), &identity, door)?;
    let line = runtime.block_on(CutLine::new(door.address));
    let line = line.map_err(Failure::system("start the line"))?;
    cards(vn, sg, th, &line.address.to_string(), teller)?;
    let asked = ask(vn, sg, rings, &runtime, teller)?;
    answer(vn, sg, &asked, (&runtime, &line), teller)?;
    carry(vn, th, dir, rings, teller)?;
    matching::over_the_line(sg, vn, &runtime, teller)?;
    matching::by_hand(vn, th, dir, teller)?;
    requests::requests(vn, sg, (dir, rings), &runtime, teller)?;
    bundle(vn, &asked, dir, teller)?;
    Ok(door.close(&runtime)?)
}

pub(super) fn me(agency: &mut Agency) -> Result<AgencyId, Failure> {
    Ok(agency.open.exchange()?.me())
}

/// Everybody hands over a card, and two officers of each agency accept the others'.
fn cards(
    vn: &mut Agency,
    sg: &mut Agency,
    th: &mut Agency,
    address: &str,
    teller: &mut Teller,
) -> Result<(), Failure> {
    let mut cards = Vec::new();
    for (agency, endpoints) in
        [(&mut *vn, vec![address.to_owned()]), (&mut *sg, Vec::new()), (&mut *th, Vec::new())]
    {
        agency.open.join()?;
        let (told, card) = agency.open.node.card(BY, &endpoints)?;
        cards.push((card, told.fingerprint));
    }
    for (one, others) in [(&mut *vn, [1, 2]), (&mut *sg, [0, 2]), (&mut *th, [0, 1])] {
        for (card, words) in others.iter().filter_map(|other| cards.get(*other)) {
            let name = format!("{}.card", card.card().agency);
            one.open.node.accept([BY, "second"], &name, card.bytes(), words)?;
        }
    }
    teller.step::<&str>("demo-step-cards", &[]);
    for (card, words) in &cards {
        let card = card.card();
        teller.say(&format!("      {}  {:<34} {words}", card.country, card.agency));
    }
    Ok(())
}

/// The best proven account at a bank of a country that the rings name: bank and number.
fn account(rings: &RingsAnswer, country: &str) -> Option<String> {
    let members = rings.rings.iter().flat_map(|ring| &ring.accounts);
    let members = members.filter(|member| member.bank.starts_with(country));
    let best = members.max_by(|a, b| a.score.total_cmp(&b.score));
    best.map(|member| format!("{}/{}", member.bank, member.account))
}

/// The first message, from Viet Nam to Singapore, and what Singapore knows; the message's number
/// and the account that it is about.
fn ask(
    vn: &mut Agency,
    sg: &mut Agency,
    rings: &RingsAnswer,
    runtime: &Runtime,
    teller: &mut Teller,
) -> Result<(String, String), Failure> {
    let account = account(rings, "SG").unwrap_or_default();
    let values = [("account", account.as_str().into())];
    let text = i18n::text_with(teller.language, "demo-ask", &values);
    let sent = vn.open.node.send(BY, "SG", draft(text, teller))?.message;
    let mut report = Report::default();
    runtime.block_on(visitor(sg, vn)?.visit(&mut report))?;
    let opened = sg.open.node.read_message(BY, &sent)?;
    let values = [("account", account.as_str()), ("tlp", opened.handling.tlp)];
    teller.step("demo-step-ask", &values);
    Ok((sent, account))
}

/// Singapore answers with two files, over a line that is cut in the middle of the second one.
fn answer(
    vn: &mut Agency,
    sg: &mut Agency,
    (asked, account): &(String, String),
    (runtime, line): (&Runtime, &CutLine),
    teller: &mut Teller,
) -> Result<(), Failure> {
    let found = sg.open.node.find(BY, account)?;
    let seen = i18n::number(teller.language, i64::try_from(found.seen).unwrap_or(i64::MAX));
    let values = [("account", account.as_str().into()), ("seen", seen.as_str().into())];
    let text = i18n::text_with(teller.language, "demo-answer", &values);
    let exchange = sg.open.exchange()?;
    let statement = statement(account);
    // Made up, like all of it; it stands for what a camera at a teller machine recorded.
    let recording: Vec<u8> = (0..RECORDING as u64).map(|n| (n * n / 7 % 251) as u8).collect();
    let seal = |name: &str, bytes: &[u8]| exchange.seal_file(name, &mut { bytes });
    let attachments = vec![
        seal("statement.csv", &statement).map_err(Failure::exchange)?,
        seal("recording.bin", &recording).map_err(Failure::exchange)?,
    ];
    let in_reply_to = Some(asked.clone());
    let draft = Draft { in_reply_to, attachments, ..draft(text, teller) };
    let sent = sg.open.node.send(BY, "VN", draft)?.message;
    line.cut_after(CUT);
    let before = line.went();
    let mut visitor = visitor(sg, vn)?;
    let mut report = Report::default();
    let cut = runtime.block_on(visitor.visit(&mut report));
    let until_cut = line.went() - before;
    // What was cut off is tried again, as every courier does.
    if cut.is_err() {
        runtime.block_on(visitor.visit(&mut report))?;
    }
    let went = line.went() - before;
    let read = vn.open.node.read_message(BY, &sent)?;
    let mut opened = Vec::new();
    let files = vn.open.node.message_files(BY, &sent)?;
    for file in &files {
        vn.open.exchange()?.open_file(file, &mut opened).map_err(Failure::exchange)?;
    }
    let is_same = opened == [statement, recording].concat();
    teller.story.messages += usize::from(is_same) + 1;
    let number = |bytes: u64| i18n::number(teller.language, i64::try_from(bytes).unwrap_or(0));
    let (size, cut, went) = (opened.len() as u64, number(until_cut), number(went));
    let size = number(size);
    let values = [("size", size.as_str()), ("cut", &cut), ("went", &went)];
    teller.step("demo-step-answer", &values);
    teller.say(&format!("      “{}”", read.text.trim()));
    Ok(())
}

/// A warning for Thailand goes on a stick, and its receipt comes back on one.
fn carry(
    vn: &mut Agency,
    th: &mut Agency,
    dir: &Path,
    rings: &RingsAnswer,
    teller: &mut Teller,
) -> Result<(), Failure> {
    let account = account(rings, "TH").unwrap_or_default();
    let values = [("account", account.as_str().into())];
    let text = i18n::text_with(teller.language, "demo-warn", &values);
    let sent = vn.open.node.send(BY, "TH", draft(text, teller))?.message;
    let (there, back) = (dir.join("for-th.lkb"), dir.join("for-vn.lkb"));
    hand_over(vn, th, &there)?;
    hand_over(th, vn, &back)?;
    let row = vn.open.exchange()?.find(&sent).map_err(Failure::exchange)?;
    teller.story.messages += 1;
    let state = i18n::text(teller.language, &format!("message-{}", row.state.as_str()));
    teller.step("demo-step-carry", &[("account", &account), ("state", &state)]);
    Ok(())
}

pub(super) fn hand_over(from: &mut Agency, to: &mut Agency, path: &Path) -> Result<(), Failure> {
    let partner = me(to)?;
    carried::write(&*from.open.exchange()?, partner, path)?;
    carried::read(&*to.open.exchange()?, path, &mut Report::default()).1?;
    Ok(())
}

/// What proves the first message, and what happens when somebody changes a bit of it.
fn bundle(
    vn: &mut Agency,
    (asked, _): &(String, String),
    dir: &Path,
    teller: &mut Teller,
) -> Result<(), Failure> {
    let (whole, flipped) = (dir.join("evidence.zip"), dir.join("evidence-flipped.zip"));
    let language = teller.language;
    evidence::write(&mut vn.open, BY, std::slice::from_ref(asked), &whole, language)?;
    let verdict = verify::verify_file(&whole, language);
    let mut bytes = fs::read(&whole).map_err(Failure::file(&whole))?;
    let middle = bytes.len() / 2;
    bytes.iter_mut().skip(middle).take(1).for_each(|byte| *byte ^= 1);
    fs::write(&flipped, bytes).map_err(Failure::file(&flipped))?;
    let bent = verify::verify_file(&flipped, language);
    teller.story.bundle_valid = verdict.valid;
    teller.story.flipped_bit_found = !bent.valid;
    let claims = i18n::number(language, verdict.claims.len() as i64);
    let problem = bent.problems.first().cloned().unwrap_or_default();
    let path = whole.display().to_string();
    let values = [("path", path.as_str()), ("claims", &claims), ("problem", &problem)];
    teller.step("demo-step-bundle", &values);
    Ok(())
}

pub(super) fn visitor(from: &mut Agency, to: &mut Agency) -> Result<Visitor, Failure> {
    let partner = me(to)?;
    Ok(Visitor::new(from.open.exchange()?, from.open.identities()?, partner, true))
}

fn draft(text: String, teller: &Teller) -> Draft {
    let told = |key: &str| i18n::text(teller.language, key);
    let handling = HandlingWords {
        purpose: told("demo-purpose"),
        basis: told("demo-basis"),
        limits: vec!["H1".to_owned(), "H2".to_owned()],
        ..HandlingWords::default()
    };
    Draft { text, handling, ..Draft::default() }
}

/// The lines of Singapore's part that name an account, with their head.
fn statement(account: &str) -> Vec<u8> {
    let files = parts::files(Country::SG);
    let table = files.iter().find(|(name, _)| *name == parts::STATEMENTS);
    let table = table.map(|(_, bytes)| String::from_utf8_lossy(bytes)).unwrap_or_default();
    let cells = account.replace('/', ",");
    let mut lines = table.lines();
    let head = lines.next().unwrap_or_default();
    let kept = std::iter::once(head).chain(lines.filter(|line| line.contains(&cells)));
    kept.flat_map(|line| [line, "\n"]).collect::<String>().into_bytes()
}
