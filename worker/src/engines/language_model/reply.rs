//! What a model wrote → what it says. The text follows the schema of `prompts`, but may end anywhere. Pure.

use lexilingo_language::suggestion::{Kind, Suggestion};
use lexilingo_shared::level::Level;
use serde_json::Value;

/// An answer as far as it came.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reply {
    /// None when no list of errors was begun.
    pub errors: Option<Vec<Suggestion>>,
    /// 0..=1.
    pub fluency: Option<f64>,
    pub level: Option<Level>,
    /// 0..=1.
    pub confidence: Option<f64>,
    pub reply: Option<String>,
}

/// Reads an answer. None when there is no object in it.
pub fn read(text: &str) -> Option<Reply> {
    let start = text.find('{')?;
    let value = first_object(&text[start..])?;
    let percent = |name: &str| Some((value.get(name)?.as_f64()? / 100.0).clamp(0.0, 1.0));
    let words = |name: &str| Some(value.get(name)?.as_str()?.trim().to_owned());
    let errors = value.get("errors").and_then(Value::as_array);
    Some(Reply {
        errors: errors.map(|errors| errors.iter().filter_map(suggestion).collect()),
        fluency: percent("fluency"),
        level: words("level").and_then(|level| level.parse().ok()),
        confidence: percent("confidence"),
        reply: words("reply").filter(|reply| !reply.is_empty()),
    })
}

fn suggestion(error: &Value) -> Option<Suggestion> {
    let words = |name: &str| Some(error.get(name)?.as_str()?.to_owned());
    // The type comes last: an error without one is not whole yet.
    let kind = Kind::named(error.get("type")?.as_str()?);
    Some(Suggestion { wrong: words("wrong")?, right: words("right")?, kind })
}

/// The first object of the text, closed behind its last whole value when it is cut.
fn first_object(text: &str) -> Option<Value> {
    let mut whole = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    if let Some(Ok(value)) = whole.next() {
        return Some(value);
    }
    let (kept, closing) = last_whole_value(text);
    serde_json::from_str(&format!("{}{closing}", &text[..kept])).ok()
}

/// Where the last whole value ends, and the brackets that close what is open there.
fn last_whole_value(text: &str) -> (usize, String) {
    let mut open: Vec<char> = Vec::new();
    let (mut in_string, mut escaped) = (false, false);
    // A string before a colon is a name, not a value.
    let mut best = (0, String::new());
    let closing = |open: &[char]| -> String { open.iter().rev().collect() };
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if in_string {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match c {
            '"' => in_string = true,
            '{' => open.push('}'),
            '[' => {
                open.push(']');
                best = (end, closing(&open));
            }
            '}' | ']' => {
                open.pop();
                best = (end, closing(&open));
            }
            // What stands before a comma is whole.
            ',' => best = (at, closing(&open)),
            _ => {}
        }
        if open.is_empty() {
            break;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WHOLE: &str = r#"{"errors":[{"wrong":"goes","right":"went","type":"verb_tense"},{"wrong":"a apple","right":"an \"apple\"","type":"article"}],"fluency":62,"level":"A2","confidence":91,"reply":"Well done, “went”, [yes] {sure}."}"#;

    #[test]
    fn a_whole_answer_is_read_wholly() {
        let reply = read(&format!("Here you are: {WHOLE} Bye.")).unwrap();
        let errors = reply.errors.unwrap();
        assert_eq!(errors[0].right, "went");
        assert_eq!(errors[0].kind, Kind::VerbTense);
        assert_eq!(errors[1].right, "an \"apple\"");
        assert_eq!(
            (reply.fluency, reply.level, reply.confidence),
            (Some(0.62), Some(Level::A2), Some(0.91))
        );
        assert!(reply.reply.unwrap().ends_with("{sure}."));
    }

    #[test]
    fn an_answer_that_is_cut_is_used_as_far_as_it_came() {
        let cut = |until: &str| read(&WHOLE[..WHOLE.find(until).unwrap()]).unwrap();
        let one = cut(r#""right":"an"#);
        assert_eq!(one.errors.unwrap().len(), 1);
        assert_eq!(one.fluency, None);
        assert_eq!(cut("went").errors, Some(vec![]));
        let most = cut("Well done");
        assert_eq!(most.confidence, Some(0.91));
        assert_eq!(most.reply, None);
        assert_eq!(read("{\"err").unwrap_or_default(), Reply::default());
    }

    proptest! {
        #[test]
        fn every_beginning_of_an_answer_says_a_part_of_it(length in 0..WHOLE.len()) {
            if let Some(part) = WHOLE.get(..length).and_then(read) {
                let whole = read(WHOLE).unwrap();
                let (had, all) = (part.errors.unwrap_or_default(), whole.errors.unwrap());
                prop_assert_eq!(&had[..], &all[..had.len()]);
                prop_assert!(part.fluency.is_none() || part.fluency == whole.fluency);
            }
        }

        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,80}", json in "[{}\\[\\]\",:a-z0-9\\\\]{0,60}") {
            let _ = (read(&text), read(&json));
        }
    }
}
