//! What a text shows of its writer's knowledge: each concept with its right and wrong uses.

use crate::{
    analysis::{Sentence, tokenise},
    knowledge::{graph::KnowledgeGraph, uses::uses},
    rules::{Finding, RulePack},
    vocabulary::lemma::lemmas,
};
use std::{collections::BTreeMap, ops::Range};

/// Opportunities of use that one text gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence {
    pub right: u32,
    pub wrong: u32,
}

/// Uses of all concepts in a text, by their ids. `findings` are those of this text: a use that one of them touches is
/// no right one of the concept that it breaks. A text in another language shows nothing.
pub fn evidence(
    pack: &RulePack,
    graph: &KnowledgeGraph,
    text: &str,
    findings: &[Finding],
) -> BTreeMap<String, Evidence> {
    let mut shown: BTreeMap<String, Evidence> = BTreeMap::new();
    let mut count = |id: &str, wrong: bool| {
        let entry = shown.entry(id.to_owned()).or_default();
        if wrong { entry.wrong += 1 } else { entry.right += 1 }
    };
    for finding in findings {
        count(finding.concept, true);
    }
    for raw in tokenise::sentences(text) {
        let (Some(first), Some(last)) = (raw.first(), raw.last()) else { continue };
        let start = first.span.start;
        let sentence = Sentence::new(&text[start..last.span.end], pack.lexicon());
        if sentence.is_foreign() {
            continue;
        }
        let absolute = |tokens: Range<usize>| {
            let span = sentence.span(tokens);
            start + span.start..start + span.end
        };
        for found in uses(&sentence) {
            if !is_broken(found.concept, &absolute(found.tokens), findings) {
                count(found.concept, false);
            }
        }
        for (i, token) in sentence.tokens.iter().enumerate() {
            let mut fields: Vec<&str> = lemmas(pack.lexicon(), &token.lower)
                .iter()
                .flat_map(|lemma| graph.fields_of(lemma))
                .map(|concept| concept.id.as_str())
                .collect();
            fields.sort_unstable();
            fields.dedup();
            for field in fields {
                if !is_broken(field, &absolute(i..i + 1), findings) {
                    count(field, false);
                }
            }
        }
    }
    shown
}

fn is_broken(concept: &str, span: &Range<usize>, findings: &[Finding]) -> bool {
    let touches = |other: &Range<usize>| other.start < span.end && span.start < other.end;
    findings.iter().any(|finding| finding.concept == concept && touches(&finding.span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::OnceLock;

    fn of(text: &str) -> BTreeMap<String, Evidence> {
        static PACK: OnceLock<RulePack> = OnceLock::new();
        let pack = PACK.get_or_init(RulePack::load);
        evidence(pack, &KnowledgeGraph::load(), text, &pack.check(text).findings)
    }

    #[test]
    fn right_and_wrong_uses_are_told_apart() {
        let shown = of("I goes to school yesterday. I went home.");
        assert_eq!(shown.get("past-simple"), Some(&Evidence { right: 1, wrong: 1 }));
        assert!(shown.get("subject-verb-agreement").is_none_or(|found| found.wrong == 0));
    }

    #[test]
    fn fields_of_words_are_shown_by_their_lemmas() {
        let shown = of("My brothers were worried about the exams.");
        for field in ["family", "education"] {
            assert_eq!(shown.get(field), Some(&Evidence { right: 1, wrong: 0 }), "{field}");
        }
    }

    #[test]
    fn another_language_and_no_text_show_nothing() {
        for text in ["", "Tôi đi học mỗi ngày.", "👍"] {
            assert_eq!(of(text), BTreeMap::new(), "{text}");
        }
    }
}
