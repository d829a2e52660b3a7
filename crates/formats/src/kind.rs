//! What a file holds, as `import --kind` names it.

use std::fmt;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Victims' reports, a table.
    Complaints,
    /// Movements of money, a table.
    Transfers,
    /// What banks say about accounts, a table.
    Accounts,
    /// The planted truth of an exercise, a table: counted, never imported.
    Truth,
    /// Authorities of states and how they are reached, a table: for `directory import` alone.
    Authorities,
    /// One MISP event or several.
    Misp,
    /// A part of a MISP feed that holds no values itself: `manifest.json` or `hashes.csv`.
    MispFeed,
    /// A STIX 2.1 bundle, envelope or single object.
    Stix,
    /// Hosts, addresses and URLs, one a line.
    Hosts,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 9] = [
        Kind::Complaints,
        Kind::Transfers,
        Kind::Accounts,
        Kind::Truth,
        Kind::Authorities,
        Kind::Misp,
        Kind::MispFeed,
        Kind::Stix,
        Kind::Hosts,
    ];

    /// The word on the command line and in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Complaints => "complaints",
            Kind::Transfers => "transfers",
            Kind::Accounts => "accounts",
            Kind::Truth => "truth",
            Kind::Authorities => "authorities",
            Kind::Misp => "misp",
            Kind::MispFeed => "misp-feed",
            Kind::Stix => "stix",
            Kind::Hosts => "hosts",
        }
    }

    /// Reads that word.
    pub fn parse(raw: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == raw.trim())
    }

    /// Whether it comes in rows and columns.
    pub fn is_table(self) -> bool {
        matches!(
            self,
            Kind::Complaints | Kind::Transfers | Kind::Accounts | Kind::Truth | Kind::Authorities
        )
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(Kind::parse("transactions"), None);
    }
}
