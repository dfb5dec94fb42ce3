use super::*;
use crate::language_tool::form;
use lexilingo_shared::{
    analysis::{Severity, Spans},
    errant::{Category, ErrantType},
};

fn request(fields: &[(&str, &str)]) -> CheckRequest {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let mut fields: form::Fields = fields.iter().map(own).collect();
    fields.insert("language".to_owned(), "en-US".to_owned());
    form::check(&fields).unwrap()
}

/// The word as an error of the plain text.
fn placed(plain: &str, word: &str, correction: &str) -> Placed {
    let at = plain.find(word).unwrap();
    let range = at..at + word.len();
    let spans = Spans::of(plain, std::slice::from_ref(&range)).remove(0);
    let [start, end] = spans.utf16;
    let error = GrammarError {
        id: "e1".to_owned(),
        kind: "verb_tense".to_owned(),
        errant: ErrantType::replacement(Category::VerbTense),
        error: word.to_owned(),
        correction: correction.to_owned(),
        explanation: "English.".to_owned(),
        explanation_vi: "Tiếng Việt.".to_owned(),
        hints: ["Look.", "The rule.", "The answer."].map(str::to_owned),
        severity: Severity::Moderate,
        rule: "past-tense".to_owned(),
        concept: "past-simple".to_owned(),
        sources: vec!["rules".to_owned()],
        confidence: 0.9,
        start_pos: spans.code_point[0],
        end_pos: spans.code_point[1],
        spans,
    };
    Placed { error, span: start..end }
}

fn one(fields: &[(&str, &str)], word: &str) -> Match {
    let request = request(fields);
    let found = placed(&request.document.plain, word, "went");
    matches(&request, vec![found]).remove(0)
}

#[test]
fn a_match_counts_in_utf16_units_and_quotes_its_sentence() {
    let text = "😀 Hello. Yesterday I goes home. Bye.";
    let found = one(&[("text", text)], "goes");
    assert_eq!((found.offset, found.length), (22, 4));
    assert_eq!(found.sentence, "Yesterday I goes home.");
    assert_eq!(found.context.text, text);
    assert_eq!((found.context.offset, found.context.length), (22, 4));
    assert_eq!(found.replacements[0].value, "went");
    let rule = found.rule;
    assert_eq!((rule.id.as_str(), rule.description.as_str()), ("PAST_TENSE", "The rule."));
    assert_eq!((rule.category.id, rule.issue_type), ("GRAMMAR", "grammar"));
}

#[test]
fn the_context_is_cut_without_halving_a_character() {
    let text = format!("{}\nI goes {}", "😀".repeat(50), "😀".repeat(50));
    let found = one(&[("text", &text)], "goes");
    let context = found.context;
    assert!(context.text.starts_with("...😀") && context.text.ends_with("😀..."));
    assert!(!context.text.contains('\n') && !context.text.contains('\u{fffd}'));
    let units: Vec<u16> = context.text.encode_utf16().collect();
    let quoted = &units[context.offset..context.offset + context.length];
    assert_eq!(String::from_utf16(quoted).unwrap(), "goes");
}

#[test]
fn messages_are_vietnamese_for_vietnamese_speakers() {
    let found = one(&[("text", "I goes"), ("motherTongue", "vi")], "goes");
    assert_eq!((found.message.as_str(), found.short_message), ("Tiếng Việt.", "Thì của động từ"));
    let found = one(&[("text", "I goes"), ("motherTongue", "fr")], "goes");
    assert_eq!((found.message.as_str(), found.short_message), ("English.", "Tense"));
}

#[test]
fn what_the_client_does_not_want_is_left_out() {
    for fields in [("disabledRules", "PAST_TENSE"), ("disabledCategories", "GRAMMAR")] {
        let request = request(&[("text", "I goes"), fields]);
        assert!(matches(&request, vec![placed("I goes", "goes", "went")]).is_empty());
    }
}

#[test]
fn sentences_and_matches_stand_where_the_document_has_them() {
    let data = r#"{"annotation":[{"markup":"<p>"},{"text":"Hi. "},{"markup":"<b>"},{"text":"I goes"},
        {"markup":"</b>"},{"text":"."}]}"#;
    let found = one(&[("data", data)], "goes");
    assert_eq!((found.offset, found.length), (12, 4));
    assert_eq!(found.context.text, "<p>Hi. <b>I goes</b>.");
    let ranges = sentence_ranges(&request(&[("data", data)]).document);
    assert_eq!(ranges, [[3, 6], [10, 21]]);
}
