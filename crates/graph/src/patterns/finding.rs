//! Findings: a shape, its transfers, its points and the reasons for them.

/// From so many points on a finding is an alert: by chance one transfer in a million ends one.
pub const ALERT_POINTS: f64 = 6.0;
/// What each payment adds of which a victim complained: lawful shapes hold one in ten seldom.
const COMPLAINT_POINTS: f64 = 1.0;
/// Beyond so many they say the same.
const MOST_COMPLAINTS: usize = 3;

/// The shapes that are known without being described.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// Money comes back to where it started.
    Cycle,
    /// Several pay to one account, which passes it on.
    FanIn,
    /// One account passes money on to several.
    FanOut,
    /// One account reaches another through several.
    ScatterGather,
    /// Several pay to one account, which passes it on to several.
    GatherScatter,
    /// Layers of accounts, each paying to several of the next.
    Stack,
    /// Account after account passes one sum on.
    MuleChain,
}

impl Shape {
    /// All of them.
    pub const ALL: &[Shape] = &[
        Shape::Cycle,
        Shape::FanIn,
        Shape::FanOut,
        Shape::ScatterGather,
        Shape::GatherScatter,
        Shape::Stack,
        Shape::MuleChain,
    ];

    /// The name in snake_case.
    pub fn as_str(self) -> &'static str {
        match self {
            Shape::Cycle => "cycle",
            Shape::FanIn => "fan_in",
            Shape::FanOut => "fan_out",
            Shape::ScatterGather => "scatter_gather",
            Shape::GatherScatter => "gather_scatter",
            Shape::Stack => "stack",
            Shape::MuleChain => "mule_chain",
        }
    }

    /// Reads a name; a dash is as good as an underscore.
    pub fn parse(name: &str) -> Option<Shape> {
        let name = name.replace('-', "_");
        Shape::ALL.iter().copied().find(|shape| shape.as_str() == name)
    }
}

/// Why points were given or taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Because {
    /// What came was passed on nearly whole; where it was not, points go off.
    Kept,
    /// It was passed on sooner than the accounts' habits explain.
    Quick,
    /// More transfers in a short while than the accounts usually have.
    Burst,
    /// Larger amounts than most transfers of the case.
    Amounts,
    /// Accounts that had never dealt with each other; where they had, points go off.
    Strangers,
    /// Money crosses a border.
    Border,
    /// Accounts without any earlier transfer.
    Fresh,
    /// The form itself: money that meets again or comes back.
    Form,
    /// Victims complained of its payments.
    Complaints,
    /// Taken off: who looks at so many transfers finds something by chance.
    Chance,
}

/// One reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// What it is.
    pub because: Because,
    /// Points, as decimal logarithms of how unlikely it is by chance. They add up.
    pub points: f64,
    /// The transfers that show it, by number, rising.
    pub transfers: Vec<u32>,
}

/// A shape at the moment when its points sufficed. Only complaints can add to it afterwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// The shape.
    pub shape: Shape,
    /// The transfer that decided it, by number.
    pub closing: u32,
    /// Its transfers up to then, rising.
    pub transfers: Vec<u32>,
    /// Why.
    pub reasons: Vec<Reason>,
}

impl Sighting {
    /// The sum of its reasons.
    pub fn points(&self) -> f64 {
        self.reasons.iter().map(|reason| reason.points).sum()
    }

    /// With what complaints add: the form of a shape never depends on them, so one that comes late
    /// changes nothing else. `complained`: payments of which victims complained, rising.
    pub(crate) fn with(&self, complained: &[u32]) -> Sighting {
        let mut sighting = self.clone();
        let is_complained = |transfer: &u32| complained.binary_search(transfer).is_ok();
        let transfers: Vec<u32> = self.transfers.iter().copied().filter(is_complained).collect();
        if !transfers.is_empty() {
            let points = COMPLAINT_POINTS * transfers.len().min(MOST_COMPLAINTS) as f64;
            sighting.reasons.push(Reason { because: Because::Complaints, points, transfers });
        }
        sighting
    }
}

/// Sightings of one shape whose money meets, with what followed.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The shape's name, or the custom pattern's.
    pub name: String,
    /// All its transfers, by number, rising.
    pub transfers: Vec<u32>,
    /// All its accounts, by number, rising.
    pub accounts: Vec<u32>,
    /// What it was seen by, in the order of their closing transfers.
    pub sightings: Vec<Sighting>,
    /// The points of the sighting that has most.
    pub points: f64,
    /// The reasons of that sighting.
    pub reasons: Vec<Reason>,
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Most points first.
    pub findings: Vec<Finding>,
    /// Whether a limit cut the search or a finding short.
    pub is_truncated: bool,
}

/// Points as a number from 0 to 1; an alert begins at 0.5.
pub fn score(points: f64) -> f64 {
    let points = points.max(0.0);
    points / (points + ALERT_POINTS)
}
