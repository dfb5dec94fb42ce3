//! LanguageTool's answer: one match for each error.

use super::{
    category,
    document::{Document, utf16_len},
    filter::rule_id,
    form::CheckRequest,
    sentence::sentences,
};
use lexilingo_shared::analysis::GrammarError;
use serde::Serialize;
use std::ops::Range;
use utoipa::ToSchema;

/// UTF-16 units that are shown before and behind a match.
const CONTEXT: usize = 40;

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Match {
    pub message: String,
    pub short_message: &'static str,
    pub replacements: Vec<Replacement>,
    /// Place in the text with its markup, in UTF-16 units from 0.
    pub offset: usize,
    /// UTF-16 units, at least 1.
    pub length: usize,
    pub context: Context,
    /// The sentence around it, without markup.
    pub sentence: String,
    #[serde(rename = "type")]
    pub kind: Kind,
    pub rule: Rule,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Replacement {
    pub value: String,
}

/// A piece of the text around the match, with its markup; line ends are shown as blanks.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MatchContext)]
pub struct Context {
    pub text: String,
    /// Where the match begins in it, in UTF-16 units.
    pub offset: usize,
    pub length: usize,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MatchType)]
pub struct Kind {
    pub type_name: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MatchRule)]
pub struct Rule {
    #[schema(example = "SUBJECT_VERB_AGREEMENT")]
    pub id: String,
    /// The rule of grammar in one line of English.
    pub description: String,
    pub issue_type: &'static str,
    pub category: RuleCategory,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RuleCategory {
    #[schema(example = "GRAMMAR")]
    pub id: &'static str,
    #[schema(example = "Grammar")]
    pub name: &'static str,
}

/// An error, and where it stands in the whole plain text in UTF-16 units.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    pub error: GrammarError,
    pub span: Range<usize>,
}

/// The matches that the client wants, in the order of the text.
pub fn matches(request: &CheckRequest, found: Vec<Placed>) -> Vec<Match> {
    let document = &request.document;
    let original: Vec<u16> = document
        .original
        .encode_utf16()
        .map(|unit| if unit == u16::from(b'\n') { u16::from(b' ') } else { unit })
        .collect();
    let sentences = PlacedSentences::of(&document.plain);
    found
        .into_iter()
        .filter_map(|Placed { error, span }| {
            let category = category::of(error.errant.category, &error.rule);
            let id = rule_id(&error.rule);
            if !request.filter.wants(&id, category.id) {
                return None;
            }
            let sentence = sentences.around(&document.plain, span.start);
            let place = document.place(span);
            let [_, principle, _] = error.hints;
            let (english, vietnamese) = error.errant.category.short_name();
            let (message, short_message) = match request.vietnamese {
                true => (error.explanation_vi, vietnamese),
                false => (error.explanation, english),
            };
            Some(Match {
                message,
                short_message,
                replacements: vec![Replacement { value: error.correction }],
                offset: place.start,
                length: place.len(),
                context: context(&original, &place),
                sentence,
                kind: Kind { type_name: category.type_name },
                rule: Rule {
                    id,
                    description: principle,
                    issue_type: category.issue_type,
                    category: RuleCategory { id: category.id, name: category.name },
                },
            })
        })
        .collect()
}

/// Where sentences stand in the document, without the blanks around them, in UTF-16 units.
pub fn sentence_ranges(document: &Document) -> Vec<[usize; 2]> {
    let placed = PlacedSentences::of(&document.plain);
    let ranges = placed.0.iter().filter(|one| !one.trimmed.is_empty());
    ranges
        .map(|one| {
            let place = document.place(one.trimmed.clone());
            [place.start, place.end]
        })
        .collect()
}

struct PlacedSentence {
    bytes: Range<usize>,
    /// Where it ends with the blanks behind it, in UTF-16 units.
    end: usize,
    /// Without blanks, in UTF-16 units.
    trimmed: Range<usize>,
}

struct PlacedSentences(Vec<PlacedSentence>);

impl PlacedSentences {
    fn of(text: &str) -> PlacedSentences {
        let mut at = 0;
        let place = |bytes: Range<usize>| {
            let whole = &text[bytes.clone()];
            let before = utf16_len(&whole[..whole.len() - whole.trim_start().len()]);
            let start = at + before;
            at += utf16_len(whole);
            PlacedSentence { trimmed: start..start + utf16_len(whole.trim()), bytes, end: at }
        };
        PlacedSentences(sentences(text).into_iter().map(place).collect())
    }

    /// The sentence that holds this unit.
    fn around(&self, text: &str, at: usize) -> String {
        let found = self.0.get(self.0.partition_point(|one| one.end <= at));
        found.map_or_else(String::new, |one| text[one.bytes.clone()].trim().to_owned())
    }
}

fn context(original: &[u16], place: &Range<usize>) -> Context {
    // Half a surrogate pair at either end is left out.
    let is_low = |at: usize| original.get(at).is_some_and(|unit| (0xdc00..0xe000).contains(unit));
    let mut start = place.start.saturating_sub(CONTEXT);
    start += usize::from(is_low(start) && start < place.start);
    let mut end = (place.end + CONTEXT).min(original.len());
    end -= usize::from(is_low(end) && end > place.end);
    let (before, behind) =
        (if start > 0 { "..." } else { "" }, if end < original.len() { "..." } else { "" });
    let shown = String::from_utf16_lossy(original.get(start..end).unwrap_or_default());
    Context {
        text: format!("{before}{shown}{behind}"),
        offset: before.len() + (place.start - start),
        length: place.len(),
    }
}

#[cfg(test)]
mod tests;
