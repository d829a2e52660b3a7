//! Times the engine: single questions, the whole matrix, the gaps of one country.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "an example for those who work here")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::time::Instant;

use law::{Asked, Pack, Question};
use model::country::Country;
use model::day::Day;

fn main() {
    let start = Instant::now();
    let pack = Pack::builtin().unwrap();
    println!("pack read in {:?}, {} facts", start.elapsed(), pack.facts().count());
    let on = Day::parse("2026-11-26").unwrap();
    let clause = Some("VN Penal Code 174(2)");
    let start = Instant::now();
    let mut asked = 0_u32;
    let mut bases = 0;
    for to in pack.states().iter().filter(|state| **state != Country::VN) {
        for measure in model::measure::Measure::ALL {
            let (from, conduct, on) = ("VN", "computer_fraud", "2026-11-26");
            let (to, measure) = (to.as_str(), measure.id());
            let words = Asked { from, to, conduct, measure, clause, on, ..Asked::default() };
            bases += law::basis(pack, &Question::parse(pack, &words).unwrap()).bases.len();
            asked += 1;
        }
    }
    println!("{asked} questions, {bases} bases: {:?} each", start.elapsed() / asked);
    let start = Instant::now();
    let tally = law::survey::matrix(pack, &pack.states(), on);
    println!("matrix of {} questions: {:?} {tally:?}", tally.total(), start.elapsed());
    let start = Instant::now();
    let gaps = law::survey::gaps(pack, Country::VN, on);
    println!("{} gaps of VN: {:?}", gaps.len(), start.elapsed());
}
