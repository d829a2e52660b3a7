//! The bundled made-up world, and the part of it that each country holds.

use std::io::Read as _;

use flate2::read::GzDecoder;
use model::country::Country;

/// The countries whose police have a node in the demo; the first one tells the story.
pub(super) const COUNTRIES: [Country; 3] = [Country::VN, Country::SG, Country::TH];

/// `demo/README.md` names their sources and licences.
const COMPLAINTS: &[u8] = include_bytes!("../../demo/complaints.csv");
const SINGAPORE: &[u8] = include_bytes!("../../demo/complaints-sg.csv");
const THAILAND: &[u8] = include_bytes!("../../demo/complaints-th.csv");
const ACCOUNTS: &[u8] = include_bytes!("../../demo/accounts.csv.gz");
const TRANSFERS: &[u8] = include_bytes!("../../demo/transactions.csv.gz");
const MISP: &[u8] = include_bytes!("../../demo/misp-stalkerware.json.gz");
const STIX: &[u8] = include_bytes!("../../demo/stix-poisonivy.json.gz");

/// The name of the file of transfers.
pub(super) const STATEMENTS: &str = "transactions.csv";

/// The files of a country: what its own banks know, and what its police were told. Most complaints
/// were made in Viet Nam; the reports on hostile hosts came to the other two.
pub(super) fn files(country: Country) -> Vec<(&'static str, Vec<u8>)> {
    let accounts = part(ACCOUNTS, country, &["country"]);
    let transfers = part(TRANSFERS, country, &["from_bank", "to_bank"]);
    let mut files = vec![("accounts.csv", accounts), (STATEMENTS, transfers)];
    let complaints = match country {
        Country::VN => COMPLAINTS,
        Country::SG => SINGAPORE,
        _ => THAILAND,
    };
    files.insert(0, ("complaints.csv", complaints.to_vec()));
    match country {
        Country::VN => {}
        Country::SG => files.push(("stix-poisonivy.json.gz", STIX.to_vec())),
        _ => files.push(("misp-stalkerware.json.gz", MISP.to_vec())),
    }
    files
}

/// The lines of a packed table in which one of some columns names the country, or a bank of it. The
/// banks of the made-up world are named after their countries, and no value of its tables has a
/// comma.
fn part(packed: &[u8], country: Country, columns: &[&str]) -> Vec<u8> {
    let mut text = String::new();
    // They are bundled, and read whole by the tests.
    let _ = GzDecoder::new(packed).read_to_string(&mut text);
    let mut lines = text.lines();
    let head = lines.next().unwrap_or_default();
    let places: Vec<usize> = head
        .split(',')
        .enumerate()
        .filter(|(_, name)| columns.contains(name))
        .map(|(place, _)| place)
        .collect();
    let prefix = country.to_string();
    let is_its = |line: &&str| {
        let cells: Vec<&str> = line.split(',').collect();
        places.iter().any(|place| cells.get(*place).is_some_and(|cell| cell.starts_with(&prefix)))
    };
    let kept = std::iter::once(head).chain(lines.filter(is_its));
    kept.flat_map(|line| [line, "\n"]).collect::<String>().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_its_own_part() {
        let rows = |country, name: &str| {
            let files = files(country);
            let found = files.iter().find(|(file, _)| *file == name).unwrap();
            String::from_utf8(found.1.clone()).unwrap().lines().count() - 1
        };
        assert_eq!(rows(Country::VN, "accounts.csv"), 2_012);
        assert_eq!(rows(Country::SG, "accounts.csv"), 217);
        assert_eq!(rows(Country::TH, "accounts.csv"), 230);
        for country in COUNTRIES {
            assert!(rows(country, STATEMENTS) > 1_000);
        }
    }
}
