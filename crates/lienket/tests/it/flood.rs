//! A partner that has sent more than one may is told so over the line, in both languages, while
//! another one's messages go through.

use node::port::Clock as _;
use node::port::record::{Record as _, Usage};
use store::clock::SystemClock;
use store::record::SqliteRecord;

use crate::pair::Pair;

/// As many messages as a partner may send in a day.
const DAILY_MESSAGES: u64 = 1_000_000;
const DAY: i64 = 86_400_000_000;

#[test]
fn who_floods_is_refused_with_its_code_while_others_go_through() {
    let pair = Pair::new();
    pair.join("th", "CCIB", "TH");
    let flooding = pair.send("vn", "SPF", "one more", &[]);
    let honest = pair.send("th", "SPF", "hello", &[]);
    // What the flood has brought so far today; and tomorrow, should midnight come meanwhile.
    let vn = pair.agency("vn");
    let record = SqliteRecord::open(&pair.world.path("sg/record.db")).unwrap();
    let today = SystemClock.now().microseconds() / DAY;
    for day in [today, today + 1] {
        let usage = Usage { messages: DAILY_MESSAGES, bytes: 0 };
        record.write(Box::new(move |rows| rows.add_usage(vn, day, usage))).unwrap();
    }
    drop(record);
    let _served = pair.serve();
    for (language, word) in [("en", "today"), ("vi", "trong ngày")] {
        let told = pair.vn(&["--lang", language, "sync"]);
        assert_eq!(told["refused"][0]["code"], "quota_used", "{told}");
        assert!(told.to_string().contains(word), "{told}");
    }
    let list = |home: &str| pair.world.json(&["--home", home, "message", "list", "--out"]);
    let told = pair.world.json(&["--home", "th", "sync"]);
    assert_eq!(told["refused"], serde_json::json!([]), "{told}");
    assert_eq!(list("th")["messages"][0]["state"], "accepted");
    assert_eq!(list("vn")["messages"][0]["state"], "queued", "it waits, and is not lost");
    let here = pair.sg(&["message", "list", "--in"]).to_string();
    assert!(here.contains(&honest) && !here.contains(&flooding));
}
