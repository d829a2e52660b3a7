//! Names of holders: folded for comparison, and compared with care. A name alone joins nobody.

use compact_str::CompactString;
use model::text;

/// A shorter name says too little.
const MIN_CHARACTERS: usize = 5;
/// Longer names are not compared letter by letter.
const MAX_COMPARED: usize = 64;

/// The name without marks and capitals, its words in alphabetical order, since banks write the
/// family name first or last. `None` where it says too little.
pub(super) fn key(raw: &str) -> Option<CompactString> {
    let folded = text::fold(raw);
    let mut words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    let key = words.join(" ");
    (words.len() >= 2 && key.len() >= MIN_CHARACTERS).then(|| key.into())
}

/// Whether two keys may be one person's: equal, one letter apart, or one has words left out.
pub(super) fn may_be_same(left: &str, right: &str) -> bool {
    left == right
        || is_one_letter_apart(left, right)
        || is_part(left, right)
        || is_part(right, left)
}

fn is_part(small: &str, large: &str) -> bool {
    small.split(' ').all(|word| large.split(' ').any(|other| other == word))
}

/// One letter more, less or other. The words are sorted, so a slip in a first letter may move a
/// word; such a name counts as another.
fn is_one_letter_apart(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len().max(right.len()) > MAX_COMPARED || left.len().abs_diff(right.len()) > 1 {
        return false;
    }
    let same = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let most = left.len().min(right.len()) - same;
    let tail = left.iter().rev().zip(right.iter().rev()).take(most);
    let tail = tail.take_while(|(a, b)| a == b).count();
    left.len().max(right.len()) - same - tail <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, right: &str, expected: bool) {
        assert_eq!(may_be_same(&key(left).unwrap(), &key(right).unwrap()), expected);
    }

    #[test]
    fn marks_capitals_and_the_order_of_words_do_not_matter() {
        check("Nguyễn Văn Hùng", "HUNG NGUYEN VAN", true);
    }

    #[test]
    fn one_wrong_letter_is_forgiven_and_two_are_not() {
        check("Nguyen Van Hung", "Nguyen Van Hunh", true);
        check("Nguyen Van Hung", "Nguyen Van Hoang", false);
    }

    #[test]
    fn a_middle_name_may_be_left_out() {
        check("Nguyễn Hùng", "Nguyễn Văn Hùng", true);
    }

    #[test]
    fn members_of_one_family_are_not_the_same() {
        check("Nguyễn Văn Hùng", "Nguyễn Thị Lan", false);
    }

    #[test]
    fn a_single_word_says_nothing() {
        assert_eq!(key("Hung"), None);
    }
}
