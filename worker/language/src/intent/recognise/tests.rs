use super::*;
use proptest::prelude::{prop_assert, proptest};

static FIXTURE: &str = include_str!("asked.tsv");

fn intent_name(intent: Intent) -> &'static str {
    match intent {
        Intent::FixGrammar => "fix_grammar",
        Intent::ExplainRule => "explain_rule",
        Intent::Practice => "practice",
        Intent::Translate => "translate",
        Intent::GeneralChat => "general_chat",
    }
}

#[test]
fn sixty_requests_name_their_intent_and_concept() {
    let rows: Vec<Vec<&str>> = FIXTURE.lines().map(|line| line.split('\t').collect()).collect();
    assert!(rows.len() >= 60);
    let mut wrong = Vec::new();
    for row in rows {
        let &[text, intent, concept] = row.as_slice() else {
            panic!("a row of the fixture: {row:?}")
        };
        let found = recognise(text);
        let named = found.topic.as_ref().map_or("-", |topic| topic.concept.as_str());
        if (intent_name(found.intent), named) != (intent, concept) {
            wrong.push(format!("{text}: {} {named}", intent_name(found.intent)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn texts_to_be_corrected_are_no_requests() {
    for text in [
        "Yesterday I practice the piano with my friend.",
        "I translate books for a company in Hanoi.",
        "She explain me the lesson but I not understand.",
        "Why you didn't come to my party?",
        "What time is it?",
        "When is your birthday?",
        "Hello, my name is Lan and I live in Hue with my parents.",
        "How do you go to school?",
        "Is it far from your house?",
        "I want to buy một cái bánh",
        "My teacher gives us many exercises about grammar every week.",
        "",
        "😀",
    ] {
        assert_eq!(recognise(text).intent, Intent::FixGrammar, "{text}");
    }
}

#[test]
fn an_essay_is_no_request_whatever_it_opens_with() {
    let essay = format!("How do I use since? {}", "I live near the sea. ".repeat(20));
    assert_eq!(recognise(&essay).intent, Intent::FixGrammar);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        let topic = recognise(&text).topic;
        prop_assert!(topic.is_none_or(|topic| KnowledgeGraph::shared().concept(&topic.concept).is_some()));
    }
}
