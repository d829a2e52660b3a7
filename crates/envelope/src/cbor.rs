//! Deterministic CBOR: one way to write a value, and what is written otherwise is refused.
//!
//! Source: RFC 8949 section 4.2.1. Numbers are as short as they can be, lengths are definite, keys
//! are rising numbers. Reading proves it by writing the value again.

use minicbor::{Decode, Encode};

/// Why bytes are no value of a kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CborError {
    /// More bytes than such a value may have.
    #[error("{0} bytes are more than {1}")]
    Large(usize, usize),
    /// Not of this shape.
    #[error("not of its shape: {0}")]
    Shape(String),
    /// Not written as it has to be: something longer than need be, unknown, or left over.
    #[error("not written in the one way")]
    NotDeterministic,
}

/// Reads a value of at most so many bytes.
pub fn read<'b, T>(bytes: &'b [u8], most: usize) -> Result<T, CborError>
where
    T: Decode<'b, ()> + Encode<()>,
{
    if bytes.len() > most {
        return Err(CborError::Large(bytes.len(), most));
    }
    let value: T = minicbor::decode(bytes).map_err(|error| CborError::Shape(error.to_string()))?;
    if write(&value) == bytes { Ok(value) } else { Err(CborError::NotDeterministic) }
}

/// Writes a value.
pub fn write<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written = minicbor::encode(value, &mut bytes);
    assert!(written.is_ok(), "memory takes every byte");
    bytes
}

/// A moment as microseconds since 1970.
pub(crate) mod time {
    use minicbor::decode::Error;
    use minicbor::encode::{Error as WriteError, Write};
    use minicbor::{Decoder, Encoder};
    use model::time::Timestamp;

    pub(crate) fn encode<C, W: Write>(
        at: &Timestamp,
        encoder: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), WriteError<W::Error>> {
        encoder.i64(at.microseconds())?.ok()
    }

    pub(crate) fn decode<C>(decoder: &mut Decoder<'_>, _: &mut C) -> Result<Timestamp, Error> {
        Timestamp::from_microseconds(decoder.i64()?).map_err(|_| Error::message("no moment"))
    }
}

/// The same, where there may be none.
pub(crate) mod some_time {
    use minicbor::decode::Error;
    use minicbor::encode::{Error as WriteError, Write};
    use minicbor::{Decoder, Encoder};
    use model::time::Timestamp;

    pub(crate) fn encode<C, W: Write>(
        at: &Option<Timestamp>,
        encoder: &mut Encoder<W>,
        context: &mut C,
    ) -> Result<(), WriteError<W::Error>> {
        match at {
            Some(at) => super::time::encode(at, encoder, context),
            None => encoder.null()?.ok(),
        }
    }

    pub(crate) fn decode<C>(
        decoder: &mut Decoder<'_>,
        c: &mut C,
    ) -> Result<Option<Timestamp>, Error> {
        super::time::decode(decoder, c).map(Some)
    }

    pub(crate) fn is_nil(at: &Option<Timestamp>) -> bool {
        at.is_none()
    }

    pub(crate) fn nil() -> Option<Option<Timestamp>> {
        Some(None)
    }
}

/// A digest as 32 bytes.
pub(crate) mod digest {
    use minicbor::decode::Error;
    use minicbor::encode::{Error as WriteError, Write};
    use minicbor::{Decoder, Encoder};
    use model::digest::Digest;

    pub(crate) fn encode<C, W: Write>(
        digest: &Digest,
        encoder: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), WriteError<W::Error>> {
        encoder.bytes(&digest.0)?.ok()
    }

    pub(crate) fn decode<C>(decoder: &mut Decoder<'_>, _: &mut C) -> Result<Digest, Error> {
        let bytes = decoder.bytes()?.try_into();
        bytes.map(Digest).map_err(|_| Error::message("no 32 bytes"))
    }
}

/// A value by its word.
macro_rules! by_word {
    ($name:ident, $type:ty, $word:expr, $parse:expr) => {
        pub(crate) mod $name {
            use minicbor::decode::Error;
            use minicbor::encode::{Error as WriteError, Write};
            use minicbor::{Decoder, Encoder};

            pub(crate) fn encode<C, W: Write>(
                value: &$type,
                encoder: &mut Encoder<W>,
                _: &mut C,
            ) -> Result<(), WriteError<W::Error>> {
                let word: fn(&$type) -> String = $word;
                encoder.str(&word(value))?.ok()
            }

            pub(crate) fn decode<C>(decoder: &mut Decoder<'_>, _: &mut C) -> Result<$type, Error> {
                let parse: fn(&str) -> Option<$type> = $parse;
                parse(decoder.str()?).ok_or_else(|| Error::message("no such word"))
            }
        }
    };
}

by_word!(country, model::country::Country, |country| country.to_string(), |word| {
    model::country::Country::parse(word).ok()
});
by_word!(agency_kind, model::agency::AgencyKind, |kind| kind.as_str().to_owned(), |word| {
    model::agency::AgencyKind::parse(word)
});
by_word!(identifier_kind, model::identifier::Kind, |kind| kind.as_str().to_owned(), |word| {
    model::identifier::Kind::parse(word).ok()
});
by_word!(tlp, model::indicator::Tlp, |tlp| tlp.label().to_owned(), |word| {
    model::indicator::Tlp::parse(word)
});
