//! JSON as BSON and back, so that what is read equals what was written.
//!
//! The driver's own conversion reads `{"$date": …}` as a date: a client could then store what does not read back. Here
//! an object stays an object, and member names that MongoDB reserves are escaped.

use mongodb::bson::{Bson, Decimal128, Document};
use serde_json::{Map, Number, Value};

/// Members of an object as a document.
pub fn to_document(members: &Map<String, Value>) -> Document {
    members.iter().map(|(name, value)| (escape(name), to_bson(value))).collect()
}

/// `None` when the document holds what no JSON value becomes.
pub fn to_members(document: Document) -> Option<Map<String, Value>> {
    document.into_iter().map(|(name, value)| Some((unescape(&name), to_json(value)?))).collect()
}

fn to_bson(value: &Value) -> Bson {
    match value {
        Value::Null => Bson::Null,
        Value::Bool(value) => Bson::Boolean(*value),
        Value::String(text) => Bson::String(text.clone()),
        Value::Array(items) => Bson::Array(items.iter().map(to_bson).collect()),
        Value::Object(members) => Bson::Document(to_document(members)),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(integer), _) => Bson::Int64(integer),
            // Beyond 2^63: neither a 64-bit integer nor a double holds it.
            (None, Some(large)) => large
                .to_string()
                .parse::<Decimal128>()
                .map_or(Bson::Double(large as f64), Bson::Decimal128),
            (None, None) => Bson::Double(number.as_f64().unwrap_or_default()),
        },
    }
}

fn to_json(value: Bson) -> Option<Value> {
    Some(match value {
        Bson::Null => Value::Null,
        Bson::Boolean(value) => Value::Bool(value),
        Bson::String(text) => Value::String(text),
        Bson::Int32(integer) => integer.into(),
        Bson::Int64(integer) => integer.into(),
        Bson::Double(float) => Value::Number(Number::from_f64(float)?),
        Bson::Decimal128(large) => large.to_string().parse::<u64>().ok()?.into(),
        Bson::Array(items) => {
            Value::Array(items.into_iter().map(to_json).collect::<Option<Vec<_>>>()?)
        }
        Bson::Document(document) => Value::Object(to_members(document)?),
        _ => return None,
    })
}

/// `%`, `.`, NUL and a leading `$` as percent codes; `%` too, so that it can be undone.
fn escape(name: &str) -> String {
    if !name.contains(['%', '.', '\0', '$']) {
        return name.to_owned();
    }
    let mut escaped = String::with_capacity(name.len() + 4);
    for (at, c) in name.char_indices() {
        match c {
            '%' => escaped.push_str("%25"),
            '.' => escaped.push_str("%2E"),
            '\0' => escaped.push_str("%00"),
            '$' if at == 0 => escaped.push_str("%24"),
            other => escaped.push(other),
        }
    }
    escaped
}

fn unescape(name: &str) -> String {
    if !name.contains('%') {
        return name.to_owned();
    }
    let names = [("%2E", "."), ("%00", "\0"), ("%24", "$"), ("%25", "%")];
    names.iter().fold(name.to_owned(), |name, (code, plain)| name.replace(code, plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            (-1e300f64..1e300).prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            let name = "[$.%\\x00a-z0-9E]{0,6}";
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((name, inner), 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_value_reads_back(value in any_json()) {
            let members = Map::from_iter([("member".to_owned(), value)]);
            let document = to_document(&members);
            let bytes = mongodb::bson::to_vec(&document).unwrap();
            let document: Document = mongodb::bson::from_slice(&bytes).unwrap();
            prop_assert_eq!(to_members(document), Some(members));
        }
    }

    #[test]
    fn an_object_that_looks_like_extended_json_stays_an_object() {
        let Value::Object(members) = json!({"a": {"$date": 1, "$oid": "x"}, "b.c": {}}) else {
            unreachable!()
        };
        let document = to_document(&members);
        assert!(document.contains_key("b%2Ec"));
        assert_eq!(to_members(document), Some(members));
    }

    #[test]
    fn whole_floats_stay_floats() {
        let members = Map::from_iter([("score".to_owned(), json!(1.0))]);
        assert_eq!(to_members(to_document(&members)).unwrap()["score"].to_string(), "1.0");
    }
}
