//! What a transfer of a stream brings to light.

use i18n::Language;
use model::money::Money;
use node::answer::NewsAnswer;

use super::patterns;

pub(crate) fn news(news: &NewsAnswer, language: Language) -> String {
    let named =
        |account: &node::answer::AccountAnswer| format!("{}/{}", account.bank, account.account);
    let money = |money: &Money| i18n::money(language, money);
    let (at, sent) = (i18n::moment(language, news.at), money(&news.sent));
    let (from, to) = (named(&news.from), named(&news.to));
    let values = [
        ("id", news.tx_id.as_str().into()),
        ("at", at.as_str().into()),
        ("from", from.as_str().into()),
        ("to", to.as_str().into()),
        ("sent", sent.as_str().into()),
    ];
    let mut text = format!("\n{}\n", i18n::text_with(language, "news-line", &values));
    if news.complained {
        text.push_str(&format!("  {}\n", i18n::text(language, "news-complained")));
    }
    // Poison says who was reached, not how much.
    let amounts = news.carried.iter().filter(|carried| carried.rule != "poison");
    let amounts: Vec<&Money> = amounts.map(|carried| &carried.amount).collect();
    let least = amounts.iter().min_by_key(|money| money.amount_minor);
    let most = amounts.iter().max_by_key(|money| money.amount_minor);
    if let (Some(least), Some(most)) = (least, most) {
        let (least, most) = (money(least), money(most));
        let values = [("least", least.as_str().into()), ("most", most.as_str().into())];
        let key = if least == most { "news-carried" } else { "news-carried-range" };
        text.push_str(&format!("  {}\n", i18n::text_with(language, key, &values)));
    }
    news.findings.iter().for_each(|finding| text.push_str(&patterns::one(finding, language)));
    text
}
