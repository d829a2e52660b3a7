//! The same request through another channel: a partner's police ask, and then its central authority
//! does; or two officers of ours write to the same country about the same account.

use std::collections::BTreeSet;

use envelope::request::Request;

use super::record::Key;
use super::stage::Stage;
use crate::error::NodeError;
use crate::node::Node;

/// A word counts as a number of something if it has so many digits.
const LEAST_DIGITS: usize = 6;
/// So many requests of the same sort are compared at most, the newest.
const MAX_COMPARED: usize = 1_000;
/// And their texts up to so many bytes: a partner that fills its requests keeps nobody waiting.
const MAX_BYTES: usize = 8 << 20;

impl Node {
    /// Requests of the same measure between the same two countries that speak of the same account,
    /// telephone, address or case.
    pub(super) fn same_requests(
        &self,
        key: &Key,
        request: &Request,
    ) -> Result<Vec<String>, NodeError> {
        let signs = signs(request);
        let mut same = Vec::new();
        let kept = self.state.requests.kept.iter().rev();
        let alike = kept.filter(|(other, kept)| {
            let country = if key.of.is_none() { request.to } else { request.from };
            *other != key
                && other.of.is_none() == key.of.is_none()
                && kept.country == country
                && kept.measure == request.measure
                && !matches!(kept.stage, Stage::Withdrawn | Stage::Rejected)
                && request.follows.as_deref() != Some(other.number.as_str())
        });
        let mut compared = 0;
        for (other, kept) in alike.take(MAX_COMPARED) {
            // What was destroyed is compared with nothing.
            let Some(earlier) = self.request_text(other, kept)? else { continue };
            compared += earlier.elements.iter().map(|one| one.text.len()).sum::<usize>();
            if earlier.follows.as_deref() != Some(key.number.as_str())
                && !signs.is_disjoint(&self::signs(&earlier))
            {
                same.push(self.shown_number(other));
            }
            if compared > MAX_BYTES {
                break;
            }
        }
        Ok(same)
    }
}

/// What tells requests about one thing: words with many digits, addresses, and the hit's handle.
fn signs(request: &Request) -> BTreeSet<String> {
    let texts = request.elements.iter().filter(|one| one.id != "requesting_authority");
    let mut signs: BTreeSet<String> = texts.flat_map(|one| words(&one.text)).collect();
    signs.extend(request.handle.clone());
    signs
}

pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let is_break = |c: char| c.is_whitespace() || ",;()[]<>\"".contains(c);
    text.split(is_break).filter_map(|word| {
        let word = word.trim_matches(['.', ':']).to_lowercase();
        let plain: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        let digits = plain.chars().filter(char::is_ascii_digit).count();
        // A day or a sum is no sign: many requests of one week share them.
        let is_day =
            super::check::day(&word).is_some() || super::check::day(&word.to_uppercase()).is_some();
        let is_number = digits >= LEAST_DIGITS && !is_day && !word.contains('.');
        (is_number || word.contains('@')).then_some(if is_number { plain } else { word })
    })
}

#[cfg(test)]
mod tests {
    use super::words;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = words(text).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn an_account_is_one_in_any_spelling() {
        check("account 970436/0123-456.789 or VNB/01", &[]);
        check("970436/0123-456789, boss@evil.example.", &["9704360123456789", "boss@evil.example"]);
    }

    #[test]
    fn days_and_sums_tell_nothing() {
        check("on 2026-11-26 at 2026-11-26T10:00:00Z, 12345678.90 USD", &[]);
    }
}
