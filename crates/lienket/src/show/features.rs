//! What `features` wrote.

use i18n::Language;
use node::answer::FeaturesAnswer;
use serde::Serialize;

/// The written table.
#[derive(Debug, Serialize)]
pub(crate) struct FeaturesWritten {
    /// Where it is.
    pub(crate) file: String,
    /// How large.
    pub(crate) bytes: u64,
    /// What is in it.
    #[serde(flatten)]
    pub(crate) answer: FeaturesAnswer,
}

pub(crate) fn features(written: &FeaturesWritten, language: Language) -> String {
    let FeaturesWritten { file, answer, .. } = written;
    let values = [
        ("path", file.as_str().into()),
        ("rows", answer.rows.into()),
        ("columns", answer.columns.into()),
    ];
    let mut text = format!("{}\n", i18n::text_with(language, "features-written", &values));
    for (key, count) in [("features-capped", answer.capped), ("features-unrated", answer.unrated)] {
        if count > 0 {
            let values = [("count", count.into())];
            text.push_str(&format!("{}\n", i18n::text_with(language, key, &values)));
        }
    }
    text
}
