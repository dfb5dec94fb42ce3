//! JSON as I-JSON (RFC 7493) has it: no member twice, bounded depth, nothing after the value.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::{cell::Cell, fmt};

/// Objects and arrays within each other.
pub const MAX_DEPTH: usize = 32;

/// Why bytes are not a value, without any of them repeated.
pub fn parse(bytes: &[u8]) -> Result<Value, String> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Err("The body starts with a byte order mark, which JSON does not allow.".to_owned());
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| format!("The body is not UTF-8 from byte {}.", error.valid_up_to()))?;
    let refusal = Cell::new(None);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Strict { depth: 0, refusal: &refusal }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        match refusal.get() {
            Some(refusal) => format!("{refusal} at {place}."),
            None if error.is_eof() => format!("The body ends too early, at {place}."),
            None => format!("The body is not JSON at {place}."),
        }
    })
}

struct Strict<'a> {
    depth: usize,
    /// Why this visitor, and not the parser, gave up.
    refusal: &'a Cell<Option<&'static str>>,
}

impl Strict<'_> {
    fn refuse<E: Error>(&self, refusal: &'static str) -> E {
        self.refusal.set(Some(refusal));
        E::custom(refusal)
    }

    fn deeper<E: Error>(&self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            return Err(self.refuse("The body is nested deeper than 32 levels"));
        }
        Ok(Strict { depth: self.depth + 1, refusal: self.refusal })
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(self.deeper()?)? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.contains_key(&name) {
                return Err(self.refuse("The body names a member twice"));
            }
            let value = members.next_value_seed(self.deeper()?)?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_kind_of_broken_body_is_told_apart() {
        let deep = "[".repeat(33) + &"]".repeat(33);
        for (body, says) in [
            (&b"\xef\xbb\xbf{}"[..], "byte order mark"),
            (b"{\"a\": \"\xff\"}", "not UTF-8"),
            (b"{\"a\": 1, \"b\": 2, \"a\": 3}", "member twice"),
            (b"{\"a\": {\"b\": 1, \"b\": 2}}", "member twice"),
            (deep.as_bytes(), "deeper than 32"),
            (b"{\"a\":", "ends too early"),
            (b"", "ends too early"),
            (b"{} {}", "not JSON"),
            (b"{\"a\": \"\\ud800\"}", "not JSON"),
            (b"{\"a\": 1e999}", "not JSON"),
            (b"{'a': 1}", "not JSON"),
            (b"{\"a\": NaN}", "not JSON"),
        ] {
            let refusal = parse(body).unwrap_err();
            assert!(refusal.contains(says), "{refusal} for {body:?}");
        }
        assert!(parse(("[".repeat(32) + &"]".repeat(32)).as_bytes()).is_ok());
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_or_repeat_themselves(secret in "[a-z]{12}", tail in ".{0,20}") {
            if let Err(refusal) = parse(format!("{{\"{secret}\": \"{secret}\"{tail}").as_bytes()) {
                prop_assert!(!refusal.contains(&secret));
            }
        }

        #[test]
        fn what_serde_writes_reads_back(text in ".*", number: i64, float in -1e9f64..1e9) {
            let value = serde_json::json!({"t": text, "n": [number, float, null, true]});
            prop_assert_eq!(parse(value.to_string().as_bytes()), Ok(value));
        }
    }
}
