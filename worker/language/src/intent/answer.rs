//! The tutor's answer from a concept: its rule, two examples, and an exercise whose answer is held back.

use crate::{
    intent::Intent,
    knowledge::Concept,
    vietnamese::{LESSON, PRACTICE, Phrase, WHICH_POINT, filled},
};

/// The answer in plain English, 20 to 50 words for every concept. `name` is the learner's own for it.
pub fn english(concept: &Concept, intent: Intent, name: Option<&str>) -> String {
    let task = lower(concept.exercise.task.instruction().english);
    let title = name.unwrap_or(&concept.title.en);
    let told = told(concept, phrase(intent).english, [title, &concept.rule.en, &task]);
    if intent == Intent::Practice { told } else { opening(concept, intent).to_owned() + &told }
}

/// The same in Vietnamese.
pub fn vietnamese(concept: &Concept, intent: Intent) -> String {
    let task = concept.exercise.task.instruction().vietnamese;
    told(concept, phrase(intent).vietnamese, [&concept.title.vi, &concept.rule.vi, task])
}

/// Where a request names no concept that is known.
pub fn which() -> Phrase {
    WHICH_POINT
}

fn phrase(intent: Intent) -> Phrase {
    if intent == Intent::Practice { PRACTICE } else { LESSON }
}

fn told(concept: &Concept, template: &str, [title, rule, task]: [&str; 3]) -> String {
    let Concept { examples: [first, second], exercise, .. } = concept;
    let values = [
        ("title", title),
        ("rule", rule),
        ("task", task),
        ("first", first),
        ("second", second),
        ("question", &exercise.question),
    ];
    filled(template, &values)
}

/// Talk is answered before it is made use of.
fn opening(concept: &Concept, intent: Intent) -> &'static str {
    match (intent, concept.id.as_str()) {
        (Intent::GeneralChat, "greetings") => "Hello, good to see you! ",
        (Intent::GeneralChat, "apologies-and-thanks") => "You are welcome! ",
        _ => "",
    }
}

fn lower(instruction: &str) -> String {
    let mut chars = instruction.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{KnowledgeGraph, concept::ExerciseTask};

    #[test]
    fn every_answer_has_twenty_to_fifty_words_whatever_the_learner_calls_its_concept() {
        for concept in KnowledgeGraph::shared().concepts() {
            let asked = concept.asked.iter().map(String::as_str);
            let names = asked.chain([concept.title.vi.as_str()]).map(Some).chain([None]);
            for (name, intent) in names.flat_map(|name| {
                [Intent::ExplainRule, Intent::Practice, Intent::GeneralChat].map(|i| (name, i))
            }) {
                let told = english(concept, intent, name);
                let words = told.split_whitespace().count();
                assert!((20..=50).contains(&words), "{words}: {told}");
            }
        }
        assert!((20..=50).contains(&which().english.split_whitespace().count()));
    }

    #[test]
    fn an_answer_gives_rule_examples_and_question_but_no_solution() {
        for concept in KnowledgeGraph::shared().concepts() {
            let exercise = &concept.exercise;
            for (answer, rule) in [
                (english(concept, Intent::Practice, Some("it")), &concept.rule.en),
                (vietnamese(concept, Intent::ExplainRule), &concept.rule.vi),
            ] {
                for part in [rule, &concept.examples[0], &concept.examples[1], &exercise.question] {
                    assert!(answer.contains(part.as_str()), "{answer}");
                }
                let offered =
                    matches!(exercise.task, ExerciseTask::Choose | ExerciseTask::Complete);
                assert!(offered || !answer.contains(&exercise.answer), "{answer}");
            }
        }
    }
}
