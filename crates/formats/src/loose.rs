//! Reading JSON without trusting any type in it.
//!
//! Real files give a number where a text belongs, `false` for a list, or null anywhere. `Loose`
//! takes any scalar as text, and `List` passes over elements that are no objects, so that one odd
//! attribute costs itself and not the file.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::limits::MAX_OBJECTS;

/// How the parser's error begins when a list is beyond the limit.
pub(crate) const TOO_MANY: &str = "too many objects";

/// Any scalar as its text; nothing for null, lists and objects.
#[derive(Debug, Clone, Default)]
pub(crate) struct Loose<'a>(Option<Cow<'a, str>>);

impl Loose<'_> {
    /// The text; empty where there is none.
    pub(crate) fn text(&self) -> &str {
        self.0.as_deref().unwrap_or("")
    }

    /// The text where it is not empty.
    pub(crate) fn some(&self) -> Option<&str> {
        self.0.as_deref().filter(|text| !text.is_empty())
    }

    /// `true`, 1 and "1".
    pub(crate) fn is_true(&self) -> bool {
        matches!(self.text(), "true" | "1")
    }
}

/// An object, or nothing where something else stands.
#[derive(Debug)]
pub(crate) struct Maybe<T>(pub(crate) Option<T>);

/// A list's objects, and how many elements were none; anything else is an empty list.
#[derive(Debug)]
pub(crate) struct List<T> {
    pub(crate) items: Vec<T>,
    pub(crate) odd: u64,
}

/// A list's texts; anything else in it is passed over.
#[derive(Debug, Default)]
pub(crate) struct Texts<'a>(pub(crate) Vec<Cow<'a, str>>);

impl<T> Default for Maybe<T> {
    fn default() -> Maybe<T> {
        Maybe(None)
    }
}

impl<T> Default for List<T> {
    fn default() -> List<T> {
        List { items: Vec::new(), odd: 0 }
    }
}

/// The visits of a visitor that takes no scalars: each gives the empty value.
macro_rules! no_scalars {
    ($empty:expr) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("anything")
        }

        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok($empty)
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok($empty)
        }

        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok($empty)
        }

        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok($empty)
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok($empty)
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok($empty)
        }
    };
}

fn pass_seq<'de, S: SeqAccess<'de>>(mut seq: S) -> Result<(), S::Error> {
    while seq.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

fn pass_map<'de, M: MapAccess<'de>>(mut map: M) -> Result<(), M::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Loose<'a>, D::Error> {
        deserializer.deserialize_any(LooseVisitor)
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Loose<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Loose<'de>, E> {
        Ok(Loose(Some(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Loose<'de>, E> {
        Ok(Loose(Some(Cow::Owned(text.to_owned()))))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Loose<'de>, E> {
        Ok(Loose(Some(Cow::Borrowed(if value { "true" } else { "false" }))))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Loose<'de>, E> {
        Ok(Loose(Some(Cow::Owned(value.to_string()))))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Loose<'de>, E> {
        Ok(Loose(Some(Cow::Owned(value.to_string()))))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Loose<'de>, E> {
        Ok(Loose(Some(Cow::Owned(value.to_string()))))
    }

    fn visit_unit<E>(self) -> Result<Loose<'de>, E> {
        Ok(Loose(None))
    }

    fn visit_seq<S: SeqAccess<'de>>(self, seq: S) -> Result<Loose<'de>, S::Error> {
        pass_seq(seq).map(|()| Loose(None))
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Loose<'de>, M::Error> {
        pass_map(map).map(|()| Loose(None))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Maybe<T>, D::Error> {
        deserializer.deserialize_any(MaybeVisitor(PhantomData))
    }
}

struct MaybeVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for MaybeVisitor<T> {
    type Value = Maybe<T>;
    no_scalars!(Maybe(None));

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Maybe<T>, M::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|value| Maybe(Some(value)))
    }

    fn visit_seq<S: SeqAccess<'de>>(self, seq: S) -> Result<Maybe<T>, S::Error> {
        pass_seq(seq).map(|()| Maybe(None))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<List<T>, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;
    no_scalars!(List::default());

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<List<T>, S::Error> {
        let mut list = List::default();
        while let Some(Maybe(item)) = seq.next_element::<Maybe<T>>()? {
            match item {
                Some(_) if list.items.len() >= MAX_OBJECTS => {
                    return Err(S::Error::custom(TOO_MANY));
                }
                Some(item) => list.items.push(item),
                None => list.odd += 1,
            }
        }
        Ok(list)
    }

    /// Some exporters write a list of one as the object alone.
    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<List<T>, M::Error> {
        let item = T::deserialize(MapAccessDeserializer::new(map))?;
        Ok(List { items: vec![item], odd: 0 })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Texts<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Texts<'a>, D::Error> {
        deserializer.deserialize_any(TextsVisitor)
    }
}

struct TextsVisitor;

impl<'de> Visitor<'de> for TextsVisitor {
    type Value = Texts<'de>;
    no_scalars!(Texts::default());

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Texts<'de>, S::Error> {
        let mut texts = Vec::new();
        while let Some(Loose(text)) = seq.next_element::<Loose<'de>>()? {
            texts.extend(text);
        }
        Ok(Texts(texts))
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Texts<'de>, M::Error> {
        pass_map(map).map(|()| Texts::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_types_cost_themselves_alone() {
        let text = r#"[{"a":1},7,null,"x",["y"],{"a":{"b":[]}},{"a":true},{"a":"z"},{}]"#;
        #[derive(serde::Deserialize)]
        struct Item<'a> {
            #[serde(borrow, default)]
            a: Loose<'a>,
        }
        let list: List<Item<'_>> = serde_json::from_str(text).unwrap();
        let found: Vec<_> = list.items.iter().map(|item| item.a.text()).collect();
        assert_eq!((found, list.odd), (vec!["1", "", "true", "z", ""], 4));
        let texts: Texts<'_> = serde_json::from_str(r#"["a",1,{},"\u00e9"]"#).unwrap();
        assert_eq!(texts.0, ["a", "1", "é"]);
        for scalar in ["1", "-1", "1.5", "true", "null", "\"x\""] {
            assert!(serde_json::from_str::<List<Item<'_>>>(scalar).unwrap().items.is_empty());
        }
    }
}
