//! Yes, check, no: the three answers, and how they are put together.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An answer. Whatever rests on a fact that nobody verified is `Check`, never `Yes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It does not hold.
    No,
    /// Nobody knows it yet: a person has to look.
    Check,
    /// It holds, and every fact that says so was verified.
    Yes,
}

impl Answer {
    /// The word in answers.
    pub fn id(self) -> &'static str {
        match self {
            Answer::No => "no",
            Answer::Check => "check",
            Answer::Yes => "yes",
        }
    }

    /// Both have to hold: the lower of the two.
    #[must_use]
    pub fn and(self, other: Answer) -> Answer {
        self.min(other)
    }

    /// The same, where it is said by a fact that may not be verified.
    #[must_use]
    pub fn said_by(self, verified: bool) -> Answer {
        if verified { self } else { Answer::Check }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::Answer::{Check, No, Yes};

    #[test]
    fn the_lower_answer_wins_and_nothing_unverified_decides() {
        assert_eq!(Yes.and(Check), Check);
        assert_eq!(Check.and(No), No);
        assert_eq!([Yes, No].map(|answer| answer.said_by(false)), [Check, Check]);
    }
}
