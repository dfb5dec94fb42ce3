//! Findings of several engines → one list: what two of them say is surer, what they disagree on goes to the surer one.
//! Pure.

use lexilingo_shared::analysis::{Grammar, GrammarError, apply};

/// Merges the lists of engines, the one that wins ties first. The result is sorted, apart, and numbered anew.
pub fn merge(text: &str, lists: &[&Grammar]) -> Option<Grammar> {
    let mut kept: Vec<GrammarError> = lists.first()?.errors.clone();
    for grammar in &lists[1..] {
        for error in &grammar.errors {
            add(&mut kept, error);
        }
    }
    kept.sort_by_key(|error| error.spans.utf8);
    for (n, error) in kept.iter_mut().enumerate() {
        error.id = format!("e{}", n + 1);
    }
    let corrected = apply(text, &kept)?;
    Some(Grammar { errors: kept, corrected })
}

/// How sure the merged text is: as the surest engine that would give exactly it, or as the least sure one where none
/// would. 0 when no engine says anything.
pub fn confidence(corrected: Option<&str>, engines: &[(Option<&Grammar>, f64)]) -> f64 {
    let gives = |grammar: Option<&Grammar>| grammar.map(|g| g.corrected.as_str()) == corrected;
    let all = engines.iter().map(|(_, sure)| *sure);
    let agreeing = engines.iter().filter(|(g, _)| gives(*g)).map(|(_, sure)| *sure);
    agreeing.reduce(f64::max).or_else(|| all.reduce(f64::min)).unwrap_or(0.0)
}

fn add(kept: &mut Vec<GrammarError>, error: &GrammarError) {
    if let Some(same) = kept.iter_mut().find(|k| says_the_same(k, error)) {
        // Independent witnesses: wrong only when both are.
        same.confidence = 1.0 - (1.0 - same.confidence) * (1.0 - error.confidence);
        same.sources.extend(error.sources.iter().cloned());
        return;
    }
    let rivals: Vec<usize> = (0..kept.len()).filter(|at| overlap(&kept[*at], error)).collect();
    if rivals.iter().all(|at| kept[*at].confidence < error.confidence) {
        for at in rivals.into_iter().rev() {
            kept.remove(at);
        }
        kept.push(error.clone());
    }
}

fn says_the_same(one: &GrammarError, other: &GrammarError) -> bool {
    one.spans.utf8 == other.spans.utf8 && one.correction == other.correction
}

fn overlap(one: &GrammarError, other: &GrammarError) -> bool {
    let ([a, b], [c, d]) = (one.spans.utf8, other.spans.utf8);
    a < d && c < b
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engines::rules;
    use lexilingo_language::{
        rules::{RulePack, apply as applied},
        suggestion::{self, Kind, Suggestion},
    };
    use lexilingo_shared::model::ModelName;
    use proptest::prelude::*;

    fn grammar(text: &str, source: ModelName, sure: f64, edits: &[(&str, &str)]) -> Grammar {
        let suggestions: Vec<_> = edits
            .iter()
            .map(|(wrong, right)| Suggestion {
                wrong: (*wrong).to_owned(),
                right: (*right).to_owned(),
                kind: Kind::VerbTense,
            })
            .collect();
        let findings = suggestion::findings(RulePack::shared(), text, &suggestions, sure);
        let corrected = applied(text, &findings);
        Grammar { errors: rules::errors(text, findings, source), corrected }
    }

    const TEXT: &str = "She goes to school and eat a apple yesterday";

    #[test]
    fn what_two_engines_say_is_surer_and_names_both() {
        let rules = grammar(TEXT, ModelName::Rules, 0.8, &[("goes", "went")]);
        let qwen =
            grammar(TEXT, ModelName::Qwen, 0.5, &[("goes", "went"), ("a apple", "an apple")]);
        let merged = merge(TEXT, &[&rules, &qwen]).unwrap();
        assert_eq!(merged.corrected, "She went to school and eat an apple yesterday");
        assert_eq!(merged.errors[0].sources, ["rules", "qwen"]);
        assert!((merged.errors[0].confidence - 0.9).abs() < 1e-9);
        assert_eq!(merged.errors[1].sources, ["qwen"]);
        assert_eq!(merged.errors[1].id, "e2");
    }

    #[test]
    fn where_they_disagree_the_surer_one_is_heard_and_the_first_one_at_a_tie() {
        let rules = grammar(TEXT, ModelName::Rules, 0.6, &[("goes", "went")]);
        let sure = grammar(TEXT, ModelName::Qwen, 0.9, &[("goes", "walked")]);
        let level = grammar(TEXT, ModelName::Qwen, 0.6, &[("goes", "walked")]);
        assert!(merge(TEXT, &[&rules, &sure]).unwrap().corrected.starts_with("She walked"));
        assert!(merge(TEXT, &[&rules, &level]).unwrap().corrected.starts_with("She went"));
        assert_eq!(merge(TEXT, &[]), None);
    }

    proptest! {
        #[test]
        fn a_merged_list_always_gives_its_corrected_text(
            words in prop::collection::vec("[a-d]{1,2}", 2..12),
            one in prop::collection::vec(("[a-d ]{1,6}", "[a-d ]{1,6}"), 0..6),
            other in prop::collection::vec(("[a-d ]{1,6}", "[a-d ]{1,6}"), 0..6),
            sure in 0.0f64..1.0,
        ) {
            let text = words.join(" ");
            let one: Vec<_> = one.iter().map(|(x, y)| (x.as_str(), y.as_str())).collect();
            let other: Vec<_> = other.iter().map(|(x, y)| (x.as_str(), y.as_str())).collect();
            let first = grammar(&text, ModelName::Rules, 0.5, &one);
            let second = grammar(&text, ModelName::Qwen, sure, &other);
            let merged = merge(&text, &[&first, &second]).unwrap();
            prop_assert!(merged.is_consistent(&text));
        }
    }
}
