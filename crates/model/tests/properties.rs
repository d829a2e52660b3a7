//! Properties of identifiers: reading never panics, reading again changes nothing, limits hold.

use proptest::collection::vec;
use proptest::prelude::*;

use model::account::Account;
use model::country::Country;
use model::identifier::{Context, Identifier, IdentifierError, Kind, MAX_CHARACTERS, qr};

/// The countries whose rules differ, and none.
fn context() -> impl Strategy<Value = Context> {
    let codes = ["VN", "TH", "SG", "KH", "KR", "IN", "CN", "US", "GB", "IT", "-"];
    prop::sample::select(codes.to_vec())
        .prop_map(|code| Context { country: Country::parse(code).ok() })
}

/// Texts near enough to real values that parsers go far into them.
fn near_miss() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,60}",
        "[0-9+(). -]{1,24}",
        "[+]?(84|66|65|82|855|91|86|1|39|7)[0-9]{4,13}",
        "0[0-9]{2,14}",
        "(hxxps?|https?|tg|ftp)(:|\\[:\\])//[a-zA-Z0-9.\\[\\]()@:/?#%ü-]{0,60}",
        "[a-zA-Z0-9._%+@\\[\\]()đấ-]{0,40}",
        "(t\\.me|zalo\\.me|wa\\.me|facebook\\.com|line\\.me)/[a-zA-Z0-9@~+%./?=&_-]{0,40}",
        "(telegram|zalo|line|wechat|whatsapp)[ :/@]{0,3}[a-zA-Z0-9@+._-]{0,30}",
        "[A-Z]{2}[0-9]{2}[A-Z0-9 ]{8,30}",
        "(0x)?[0-9a-fA-F]{8,64}",
        "[13T5bctb]{1,3}[1-9A-HJ-NP-Za-km-z]{25,50}",
        "[A-Z]{0,2}/?[A-Z0-9]{0,11}/[0-9A-Za-z -]{0,24}",
        "(VN|TH|SG|IN|KR|CN)/[a-z]{0,8}/[0-9A-Z]{0,20}",
        "[0-9]{9,18}[XA-Z]?",
        "000201[0-9]{0,80}6304[0-9A-F]{4}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn reading_again_changes_nothing(raw in near_miss(), context in context()) {
        for kind in Kind::all() {
            let Ok(found) = Identifier::parse(kind, &raw, context) else { continue };
            let back = Identifier::from_canonical(found.kind(), found.value());
            prop_assert_eq!(back.as_ref(), Ok(&found), "{} as {} is {}", raw, kind, found);
            let elsewhere = Identifier::parse(found.kind(), found.value(), context);
            prop_assert_eq!(elsewhere.as_ref(), Ok(&found), "{} again is another", found);
            for wider in found.leads_to() {
                let back = Identifier::from_canonical(wider.kind(), wider.value());
                prop_assert_eq!(back.as_ref(), Ok(&wider));
            }
        }
    }

    #[test]
    fn readings_are_canonical_and_without_duplicates(raw in near_miss(), context in context()) {
        let readings = Identifier::readings(&raw, context);
        for (place, found) in readings.iter().enumerate() {
            let back = Identifier::from_canonical(found.kind(), found.value());
            prop_assert_eq!(back.as_ref(), Ok(found), "{}", raw);
            prop_assert!(!readings[..place].contains(found), "{} twice in {}", found, raw);
        }
    }

    #[test]
    fn every_account_has_an_identifier(
        bank in "[A-Za-zĐ0-9._&-]{1,12}",
        number in "[A-Za-z0-9. -]{1,60}",
        context in context(),
    ) {
        let Ok(account) = Account::parse(&bank, &number) else { return Ok(()) };
        let found = Identifier::of_account(&account, context.country);
        let back = Identifier::from_canonical(found.kind(), found.value());
        prop_assert_eq!(back.as_ref(), Ok(&found), "{}", account);
    }

    #[test]
    fn what_is_stored_is_read_back(raw in near_miss(), context in context()) {
        for found in Identifier::readings(&raw, context) {
            let stored = Stored::of(&found);
            prop_assert_eq!(stored.read(), Ok(found));
        }
    }

    #[test]
    fn bytes_of_any_kind_never_panic(bytes in vec(any::<u8>(), 0..200), context in context()) {
        let raw = String::from_utf8_lossy(&bytes);
        for kind in Kind::all() {
            let _ = Identifier::parse(kind, &raw, context);
        }
        let _ = Identifier::readings(&raw, context);
        let _ = qr::read(&raw);
        let _ = qr::read(&format!("000201{raw}"));
    }

    #[test]
    fn qr_fields_of_any_shape_never_panic(
        fields in vec(("[0-9]{2}", 0_usize..120, "\\PC{0,40}"), 0..8),
    ) {
        let body: String =
            fields.iter().map(|(tag, length, value)| format!("{tag}{length:02}{value}")).collect();
        let text = format!("000201{body}6304");
        let _ = qr::read(&format!("{text}{:04X}", crc16(text.as_bytes())));
    }

    #[test]
    fn longer_values_are_refused(extra in 1_usize..5_000, letter in "[0a.đ]") {
        let raw = letter.repeat(MAX_CHARACTERS + extra);
        for kind in Kind::all() {
            let found = Identifier::parse(kind, &raw, Context::default());
            prop_assert!(matches!(found, Err(IdentifierError::TooLong(_))));
        }
        prop_assert!(Identifier::readings(&raw, Context::default()).is_empty());
    }
}

/// CCITT-FALSE, written apart from the program so that made-up codes get past its check.
fn crc16(bytes: &[u8]) -> u16 {
    let mut crc = 0xffff_u16;
    for byte in bytes {
        crc ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 };
        }
    }
    crc
}

/// An identifier in the data model of serde, without a format.
struct Stored {
    fields: Vec<(&'static str, String)>,
}

impl Stored {
    fn of(found: &Identifier) -> Stored {
        let fields =
            vec![("kind", found.kind().as_str().to_owned()), ("value", found.value().to_owned())];
        Stored { fields }
    }

    fn read(&self) -> Result<Identifier, serde::de::value::Error> {
        use serde::Deserialize as _;
        let pairs = self.fields.iter().map(|(name, value)| (*name, value.as_str()));
        Identifier::deserialize(serde::de::value::MapDeserializer::new(pairs))
    }
}
