//! A text with markup: what is checked, and where each place of it stands in the document that the client has.

use serde::Deserialize;
use std::ops::Range;

/// LanguageTool's annotated text: the field `data`.
#[derive(Debug, Deserialize)]
struct Annotated {
    annotation: Vec<Annotation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Annotation {
    text: Option<String>,
    markup: Option<String>,
    interpret_as: Option<String>,
}

/// Lengths and places are in UTF-16 units, as LanguageTool counts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    plain: Range<usize>,
    original: Range<usize>,
    is_text: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// What is checked: the text, and what markup is to be read as.
    pub plain: String,
    /// What the client has.
    pub original: String,
    parts: Vec<Part>,
}

impl Document {
    pub fn of_text(text: &str) -> Document {
        let mut document = Document::default();
        document.push(text, text, true);
        document
    }

    /// Reads the field `data`; the reason does not repeat what stands there.
    pub fn of_data(data: &str) -> Result<Document, &'static str> {
        let annotated: Annotated = serde_json::from_str(data).map_err(|_| {
            "must be a JSON object with 'annotation', an array of objects with 'text' or 'markup'"
        })?;
        let mut document = Document::default();
        for part in annotated.annotation {
            match (part.text, part.markup, part.interpret_as) {
                (Some(text), None, None) => document.push(&text, &text, true),
                (None, Some(markup), read) => {
                    document.push(read.as_deref().unwrap_or_default(), &markup, false);
                }
                (Some(_), None, Some(_)) => return Err("has 'interpretAs' beside 'text'"),
                _ => return Err("must have either 'text' or 'markup' in each annotation"),
            }
        }
        Ok(document)
    }

    fn push(&mut self, plain: &str, original: &str, is_text: bool) {
        let (at, original_at) =
            self.parts.last().map_or((0, 0), |part| (part.plain.end, part.original.end));
        self.parts.push(Part {
            plain: at..at + utf16_len(plain),
            original: original_at..original_at + utf16_len(original),
            is_text,
        });
        self.plain.push_str(plain);
        self.original.push_str(original);
    }

    /// Where a range of the plain text, which is not empty, stands in the document: from its first unit to its last,
    /// with the markup between them.
    pub fn place(&self, plain: Range<usize>) -> Range<usize> {
        let start = self.part(plain.start).map_or(0, |part| match part.is_text {
            true => part.original.start + (plain.start - part.plain.start),
            false => part.original.start,
        });
        let last = plain.end.saturating_sub(1);
        let end = self.part(last).map_or(start, |part| match part.is_text {
            true => part.original.start + (last - part.plain.start) + 1,
            false => part.original.end,
        });
        start..end.max(start)
    }

    /// The part that holds a unit of the plain text.
    fn part(&self, at: usize) -> Option<&Part> {
        self.parts.get(self.parts.partition_point(|part| part.plain.end <= at))
    }
}

pub fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the document has where the word stands in the plain text.
    fn found(data: &str, word: &str) -> String {
        let document = Document::of_data(data).unwrap();
        let at = utf16_len(&document.plain[..document.plain.find(word).unwrap()]);
        let units: Vec<u16> = document.original.encode_utf16().collect();
        String::from_utf16(&units[document.place(at..at + utf16_len(word))]).unwrap()
    }

    #[test]
    fn places_are_those_of_the_document_with_its_markup() {
        let data = r#"{"annotation":[{"text":"I 😀 "},{"markup":"<b>"},{"text":"goes"},{"markup":"</b>"},
            {"text":" to sch"},{"markup":"<i>"},{"text":"ool"},{"markup":"<br>","interpretAs":"\n\n"},{"text":"Bye"}]}"#;
        assert_eq!(Document::of_data(data).unwrap().plain, "I 😀 goes to school\n\nBye");
        assert_eq!(found(data, "goes"), "goes");
        assert_eq!(found(data, "school"), "sch<i>ool");
        assert_eq!(found(data, "\n\n"), "<br>");
        assert_eq!(found(data, "Bye"), "Bye");
    }

    #[test]
    fn what_is_no_annotated_text_is_refused_without_repeating_it() {
        for bad in [
            "secret",
            "{}",
            r#"{"annotation":[{"text":"secret","markup":"x"}]}"#,
            r#"{"annotation":[{}]}"#,
            r#"{"annotation":[{"text":"secret","interpretAs":"x"}]}"#,
            r#"{"annotation":[{"text":["secret"]}]}"#,
        ] {
            let reason = Document::of_data(bad).unwrap_err();
            assert!(!reason.contains("secret"), "{reason}");
        }
        assert_eq!(Document::of_data(r#"{"annotation":[]}"#).unwrap(), Document::default());
    }
}
