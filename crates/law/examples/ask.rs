//! Asks the built-in pack one question and prints the stack: `ask VN KR computer_fraud mla…`.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "an example for those who work here")]

use law::{Asked, Pack, Question};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let word = |place: usize| words.get(place).map_or("", String::as_str);
    let pack = Pack::builtin().unwrap();
    let on = if word(4).is_empty() { "2026-11-26" } else { word(4) };
    let clause = (!word(5).is_empty()).then(|| word(5));
    let (from, to, conduct, measure) = (word(0), word(1), word(2), word(3));
    let asked = Asked { from, to, conduct, measure, clause, on, ..Asked::default() };
    let question = Question::parse(pack, &asked).unwrap();
    let advice = law::basis(pack, &question);
    println!("answer {}", advice.answer);
    for base in &advice.bases {
        let lead = if base.lead { "*" } else { " " };
        let id = &base.instrument.id;
        println!("{lead} {id} {:?} {} {:?}", base.article, base.answer, base.because);
        for one in &base.conditions {
            println!("      {} {} {:?}", one.kind.id(), one.answer, one.because);
        }
    }
    for one in &advice.required {
        let id = &one.element.id;
        println!("  {} {id} {:?} {}", one.level.id(), one.article(), one.instrument_id());
    }
    for one in &advice.refusal {
        let ground = one.ground;
        println!("  {} {} {} {}", one.force.id(), ground.id, ground.article, one.instrument.id);
    }
    for one in &advice.deadlines {
        println!("  {} {} {} {}", one.timing.id, one.bound.id(), one.value(), one.timing.unit);
    }
    for one in &advice.undertakings {
        println!("  undertakes {} {} {}", one.id, one.article, one.instrument.id);
    }
    for one in &advice.rules {
        println!("  rule {} {} {}", one.instrument.id, one.provision.article, one.provision.topic);
    }
    for gap in &advice.gaps {
        println!("  gap {} {:?}", gap.id(), named(gap));
    }
}

fn named(gap: &law::gap::Gap<'_>) -> String {
    use law::gap::Gap;
    match gap {
        Gap::NotInForce(one)
        | Gap::Unverified(one)
        | Gap::NoProvision(one)
        | Gap::Condition(one, ..)
        | Gap::Reservation(one, _)
        | Gap::OnlyBest(one) => one.id.clone(),
        _ => String::new(),
    }
}
