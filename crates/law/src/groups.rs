//! Groups of measures that rows of the pack name together.

use model::measure::Measure;
use model::request::RequestKind;

/// The names of the groups.
pub const NAMES: [&str; 3] = ["mla", "assistance", "extraditing"];

/// The measures of a group, in order.
///
/// `mla` is what a request for mutual legal assistance carries, and freezing, which is legal
/// assistance too; `assistance` is whatever treaties on mutual legal assistance deal with;
/// `extraditing` is extradition and the arrest before it.
pub fn group(name: &str) -> Option<Vec<Measure>> {
    let holds: fn(Measure) -> bool = match name {
        "mla" => |measure| RequestKind::Mla.carries(measure) || measure == Measure::Freeze,
        "assistance" => is_assistance,
        "extraditing" => Measure::is_extradition,
        _ => return None,
    };
    Some(Measure::ALL.into_iter().filter(|measure| holds(*measure)).collect())
}

/// Whether treaties on mutual legal assistance deal with it: neither handing a person over nor what
/// police, banks and INTERPOL do among themselves.
fn is_assistance(measure: Measure) -> bool {
    !measure.is_extradition()
        && !matches!(
            measure,
            Measure::PoliceInfo
                | Measure::Notice
                | Measure::Spontaneous
                | Measure::Jit
                | Measure::StopPayment
        )
}
