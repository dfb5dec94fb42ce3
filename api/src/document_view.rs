//! Stored documents as clients see them. What a worker of another release wrote may lack members, so each is read for
//! itself and a missing one is shown as empty.

use serde_json::{Map, Value};

/// Reads members of a stored object one by one.
#[derive(Debug, Clone, Copy)]
pub struct Stored<'a>(pub &'a Map<String, Value>);

impl Stored<'_> {
    pub fn objects(self, name: &str) -> Vec<Map<String, Value>> {
        let items = self.0.get(name).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(|item| item.as_object().cloned()).collect()
    }

    pub fn text(self, name: &str) -> Option<String> {
        self.0.get(name).and_then(Value::as_str).map(str::to_owned)
    }

    pub fn texts(self, name: &str) -> Vec<String> {
        match self.0.get(name) {
            Some(Value::Array(items)) => {
                items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            Some(Value::String(one)) => vec![one.clone()],
            _ => Vec::new(),
        }
    }

    /// A member whose shape is the worker's business.
    pub fn any(self, name: &str) -> Value {
        self.0.get(name).cloned().unwrap_or_default()
    }

    pub fn count(self, name: &str) -> u64 {
        self.0.get(name).and_then(Value::as_u64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_that_are_missing_or_odd_read_as_empty() {
        let body = json!({"turns": [{"text": "a"}, 7], "level": 3, "words": -1});
        let stored = Stored(body.as_object().unwrap());
        assert_eq!(stored.objects("turns").len(), 1);
        assert_eq!((stored.text("level"), stored.count("words")), (None, 0));
        assert_eq!(stored.objects("nothing"), []);
    }
}
