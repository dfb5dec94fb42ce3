//! What a text shows of its writer's knowledge: each concept with its right and wrong uses.

use crate::{
    analysis::Text,
    knowledge::{graph::KnowledgeGraph, uses::uses},
    rules::Finding,
    vocabulary::lemma::lemmas,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, ops::Range};

/// What a text shows of one concept: the opportunities of use that it gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub concept: String,
    pub right: u32,
    pub wrong: u32,
    /// The first right use: bytes of the text, `[start, end)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<[usize; 2]>,
}

/// Uses of all concepts in a text, in the order of their ids. `findings` are those of this text: a use that one of them
/// touches is no right one of the concept that it breaks. A text in another language shows nothing.
pub fn evidence(graph: &KnowledgeGraph, read: &Text, findings: &[Finding]) -> Vec<Evidence> {
    let mut shown: BTreeMap<&str, Evidence> = BTreeMap::new();
    for finding in findings {
        of(&mut shown, finding.concept).wrong += 1;
    }
    for sentence in &read.sentences {
        let start = sentence.start;
        if sentence.is_foreign() {
            continue;
        }
        let absolute = |tokens: Range<usize>| {
            let span = sentence.span(tokens);
            start + span.start..start + span.end
        };
        for found in uses(sentence) {
            let span = absolute(found.tokens);
            if !is_broken(found.concept, &span, findings) {
                of(&mut shown, found.concept).used_rightly(&span);
            }
        }
        for (i, token) in sentence.tokens.iter().enumerate() {
            let mut fields: Vec<&str> = lemmas(read.lexicon, &token.lower)
                .iter()
                .flat_map(|lemma| graph.fields_of(lemma))
                .map(|concept| concept.id.as_str())
                .collect();
            fields.sort_unstable();
            fields.dedup();
            for field in fields {
                let span = absolute(i..i + 1);
                if !is_broken(field, &span, findings) {
                    of(&mut shown, field).used_rightly(&span);
                }
            }
        }
    }
    shown.into_values().collect()
}

impl Evidence {
    fn used_rightly(&mut self, span: &Range<usize>) {
        self.right += 1;
        self.at.get_or_insert([span.start, span.end]);
    }
}

fn of<'s, 'c>(shown: &'s mut BTreeMap<&'c str, Evidence>, concept: &'c str) -> &'s mut Evidence {
    let new = || Evidence { concept: concept.to_owned(), right: 0, wrong: 0, at: None };
    shown.entry(concept).or_insert_with(new)
}

fn is_broken(concept: &str, span: &Range<usize>, findings: &[Finding]) -> bool {
    let touches = |other: &Range<usize>| other.start < span.end && span.start < other.end;
    findings.iter().any(|finding| finding.concept == concept && touches(&finding.span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RulePack;
    use std::sync::OnceLock;

    fn shown(text: &str) -> Vec<Evidence> {
        static PACK: OnceLock<RulePack> = OnceLock::new();
        let pack = PACK.get_or_init(RulePack::load);
        let read = pack.read(text);
        evidence(KnowledgeGraph::shared(), &read, &pack.correct(&read).findings)
    }

    fn of_concept(text: &str, concept: &str) -> Option<(u32, u32, Option<String>)> {
        let found = shown(text).into_iter().find(|found| found.concept == concept)?;
        let quote = found.at.map(|[start, end]| text[start..end].to_owned());
        Some((found.right, found.wrong, quote))
    }

    #[test]
    fn right_and_wrong_uses_are_told_apart_and_the_first_right_one_is_shown() {
        let text = "I goes to school yesterday. I went home.";
        let past = of_concept(text, "past-simple");
        assert_eq!(past, Some((1, 1, Some("went".to_owned()))));
        assert!(of_concept(text, "subject-verb-agreement").is_none_or(|found| found.1 == 0));
    }

    #[test]
    fn fields_of_words_are_shown_by_their_lemmas() {
        let text = "My brothers were worried about the exams.";
        for (field, word) in [("family", "brothers"), ("education", "exams")] {
            assert_eq!(of_concept(text, field), Some((1, 0, Some(word.to_owned()))), "{field}");
        }
    }

    #[test]
    fn another_language_and_no_text_show_nothing() {
        for text in ["", "Tôi đi học mỗi ngày.", "👍"] {
            assert_eq!(shown(text), [], "{text}");
        }
    }
}
