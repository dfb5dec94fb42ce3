//! One spelling for equal JSON values: members sorted by name, no blanks.

use serde_json::Value;

pub fn write(value: &Value) -> String {
    let mut text = String::new();
    append(value, &mut text);
    text
}

fn append(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (i, (name, member)) in sorted.into_iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                append(member, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                append(item, text);
            }
            text.push(']');
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn order_and_blanks_do_not_matter_but_values_do() {
        let one: Value =
            serde_json::from_str(r#"{ "b": [1, {"y": null, "x": "é"}], "a": 1 }"#).unwrap();
        let two = json!({"a": 1, "b": [1, {"x": "é", "y": null}]});
        assert_eq!(write(&one), write(&two));
        assert_eq!(write(&two), r#"{"a":1,"b":[1,{"x":"é","y":null}]}"#);
        assert_ne!(write(&json!([1, 2])), write(&json!([2, 1])));
    }
}
