//! The tutor's answer from a concept: its rule, two examples, and an exercise whose answer is held back.

use crate::{intent::Intent, knowledge::Concept};

/// The answer in plain English, 20 to 50 words for every concept. `name` is the learner's own for it.
pub fn english(concept: &Concept, intent: Intent, name: Option<&str>) -> String {
    let Concept { title, rule, examples: [first, second], exercise, .. } = concept;
    let topic = name.unwrap_or(&title.en);
    let (instruction, _) = exercise.task.instruction();
    let question = &exercise.question;
    match intent {
        Intent::Practice => {
            format!(
                "“{topic}”: {}: {question} Remember: {} “{first}” “{second}”",
                lower(instruction),
                rule.en
            )
        }
        _ => format!(
            "{}“{topic}”: {} “{first}” “{second}” Now you: {}: {question}",
            opening(concept, intent),
            rule.en,
            lower(instruction)
        ),
    }
}

/// The same in Vietnamese.
pub fn vietnamese(concept: &Concept, intent: Intent) -> String {
    let Concept { title, rule, examples: [first, second], exercise, .. } = concept;
    let (_, instruction) = exercise.task.instruction();
    let question = &exercise.question;
    match intent {
        Intent::Practice => format!(
            "{}. {instruction}: {question} Ghi nhớ: {} Ví dụ: “{first}” “{second}”",
            title.vi, rule.vi
        ),
        _ => format!(
            "{}. {} Ví dụ: “{first}” “{second}” Bây giờ đến lượt bạn. {instruction}: {question}",
            title.vi, rule.vi
        ),
    }
}

/// Where a request names no concept that is known.
pub fn which() -> &'static str {
    "I can explain that, but tell me first which point you mean: for example articles, the present perfect, prepositions of \
     time, or a pair of words such as make and do."
}

/// The same in Vietnamese.
pub fn which_vietnamese() -> &'static str {
    "Mình có thể giải thích, nhưng bạn hãy nói rõ bạn muốn hỏi điểm nào: ví dụ mạo từ, thì hiện tại hoàn thành, giới từ chỉ thời \
     gian, hoặc một cặp từ như make và do."
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
        assert!((20..=50).contains(&which().split_whitespace().count()));
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
