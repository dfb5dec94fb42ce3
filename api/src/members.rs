//! Taking members out of a JSON object one by one, so that every fault of a request is reported together.

use crate::error::ApiError;
use lexilingo_shared::{error_code::ErrorCode, request::FieldError};
use serde_json::{Map, Value};

/// Unknown members that are named; a request with more of them is hopeless anyway.
const MAX_UNKNOWN: usize = 20;
/// Characters of a member's name that are repeated in a pointer.
const MAX_NAME_CHARS: usize = 64;

/// One thing wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub code: ErrorCode,
    pub error: FieldError,
}

/// The members of an object that have not been taken yet, and what was wrong with those that were.
#[derive(Debug)]
pub struct Members {
    pointer: String,
    left: Map<String, Value>,
    pub faults: Vec<Fault>,
}

/// Bounds of a text member.
#[derive(Debug, Clone, Copy)]
pub enum TextBound {
    /// Code points.
    Chars(usize),
    /// Bytes of UTF-8, without control characters.
    IdBytes(usize),
}

impl Members {
    /// The members of a request's body.
    pub fn of_body(body: Value) -> Self {
        let mut members = Members { pointer: String::new(), left: Map::new(), faults: Vec::new() };
        match body {
            Value::Object(object) => members.left = object,
            _ => members.fault("", "must be an object"),
        }
        members
    }

    /// The parameters of a query; a form parameter takes the place of a pointer, e.g. `?explain`.
    pub fn of_query(parameters: Map<String, Value>) -> Self {
        Members { pointer: "?".to_owned(), left: parameters, faults: Vec::new() }
    }

    /// The members of an object within the body.
    pub fn of_member(name: &str, object: Map<String, Value>) -> Self {
        Members { pointer: format!("/{}", escape(name)), left: object, faults: Vec::new() }
    }

    /// Whether the member is there and not `null`.
    pub fn has(&self, name: &str) -> bool {
        self.left.get(name).is_some_and(|value| !value.is_null())
    }

    /// A member's value; `null` counts as absent, as clients of the original system send it.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        self.left.shift_remove(name).filter(|value| !value.is_null())
    }

    pub fn fault(&mut self, name: &str, detail: impl Into<String>) {
        self.fault_as(ErrorCode::ValidationFailed, name, detail);
    }

    pub fn fault_as(&mut self, code: ErrorCode, name: &str, detail: impl Into<String>) {
        let pointer = match name {
            "" => self.pointer.clone(),
            name if self.pointer == "?" => format!("?{}", escape(name)),
            name => format!("{}/{}", self.pointer, escape(name)),
        };
        self.faults.push(Fault { code, error: FieldError::new(pointer, detail) });
    }

    pub fn required(&mut self, name: &str) {
        self.fault(name, "is required");
    }

    pub fn string(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Value::String(text) => Some(text),
            _ => {
                self.fault(name, "must be a string");
                None
            }
        }
    }

    /// A text that is not blank, within its bound and without NUL.
    pub fn text(&mut self, name: &str, bound: TextBound, too_long: ErrorCode) -> Option<String> {
        let text = self.string(name)?;
        let before = self.faults.len();
        if is_blank(&text) {
            self.fault(name, "must not be empty or blank");
        }
        match bound {
            TextBound::Chars(most) if text.chars().count() > most => {
                self.fault_as(too_long, name, format!("must have at most {most} characters"));
            }
            TextBound::IdBytes(most) if text.len() > most => {
                self.fault_as(too_long, name, format!("must have at most {most} bytes"));
            }
            _ => {}
        }
        if matches!(bound, TextBound::IdBytes(_)) && text.chars().any(char::is_control) {
            self.fault(name, "must not contain control characters");
        } else if text.contains('\0') {
            self.fault(name, "must not contain the character NUL");
        }
        (self.faults.len() == before).then_some(text)
    }

    /// An identifier such as a session's.
    pub fn id(&mut self, name: &str, most: usize) -> Option<String> {
        self.text(name, TextBound::IdBytes(most), ErrorCode::ValidationFailed)
    }

    /// One of a few words.
    pub fn word<T>(&mut self, name: &str, words: &[(&str, T)]) -> Option<T>
    where
        T: Copy,
    {
        let text = self.string(name)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.fault(name, format!("must be one of {}", known.join(", ")));
        }
        found
    }

    /// What nobody took.
    pub fn into_rest(self) -> (Map<String, Value>, Vec<Fault>) {
        (self.left, self.faults)
    }

    /// The faults, one for each member that nobody took among them.
    pub fn into_faults(mut self) -> Vec<Fault> {
        let unknown: Vec<String> = self.left.keys().take(MAX_UNKNOWN).cloned().collect();
        for name in unknown {
            self.fault(&name, "is not a known member");
        }
        self.faults
    }
}

/// The refusal that stands for all the faults. A fault with a code of its own gives the whole its code when there is
/// nothing else wrong; a text that is too long always does.
pub fn refusal(faults: Vec<Fault>) -> ApiError {
    let first = faults.first().map_or(ErrorCode::ValidationFailed, |fault| fault.code);
    let code = if faults.iter().any(|fault| fault.code == ErrorCode::TextTooLong) {
        ErrorCode::TextTooLong
    } else if faults.iter().all(|fault| fault.code == first) {
        first
    } else {
        ErrorCode::ValidationFailed
    };
    let detail = match faults.as_slice() {
        [one] if one.error.pointer.is_empty() => format!("The body {}.", one.error.detail),
        [one] => format!("{} {}.", one.error.pointer, one.error.detail),
        many => format!("{} things are wrong with the request; see errors.", many.len()),
    };
    ApiError::new(code, detail).with_errors(faults.into_iter().map(|fault| fault.error).collect())
}

/// Whether a reader would see nothing: blanks, control characters, marks without width.
pub fn is_blank(text: &str) -> bool {
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    };
    text.chars().all(unseen)
}

/// A member's name inside a JSON pointer (RFC 6901).
fn escape(name: &str) -> String {
    let short: String = name.chars().take(MAX_NAME_CHARS).collect();
    short.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_escaped_and_shortened_in_pointers() {
        let body = json!({"a/b~c": 1, "x".repeat(1000): 2});
        let faults = Members::of_body(body).into_faults();
        assert_eq!(faults[0].error.pointer, "/a~1b~0c");
        assert!(faults[1].error.pointer.len() < 100);
    }

    #[test]
    fn text_that_nobody_sees_is_blank() {
        for blank in ["", " \n\t", "\u{200b}\u{feff}", "\u{a0}\u{3000}"] {
            assert!(is_blank(blank), "{blank:?}");
        }
        assert!(!is_blank(" . "));
    }

    #[test]
    fn a_code_of_its_own_stands_only_alone() {
        let mut members = Members::of_body(json!({}));
        members.fault_as(ErrorCode::WebhookNotRegistered, "webhook_url", "is not registered");
        assert_eq!(refusal(members.faults.clone()).code, ErrorCode::WebhookNotRegistered);
        members.required("text");
        assert_eq!(refusal(members.faults.clone()).code, ErrorCode::ValidationFailed);
        members.fault_as(ErrorCode::TextTooLong, "text", "is too long");
        assert_eq!(refusal(members.faults).code, ErrorCode::TextTooLong);
    }
}
