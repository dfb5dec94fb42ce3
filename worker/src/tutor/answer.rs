//! The tutor's answer to a question, from the knowledge graph.

use crate::{
    plan::Plan,
    tutor::{exercise::Exercise, strategy::History},
};
use lexilingo_language::{
    intent::{Intent, answer},
    knowledge::{Concept, KnowledgeGraph, next_concept},
};

/// The answer in English and in Vietnamese.
#[derive(Debug, Clone)]
pub struct Answer {
    /// 20 to 50 words.
    pub english: String,
    pub vietnamese: String,
    /// What it gives to practise.
    pub exercise: Option<Exercise>,
}

/// The answer to what a plan's request asks; None where it is a text to be corrected, or the graph is switched off.
pub fn answer(plan: &Plan, history: &History<'_>) -> Option<Answer> {
    if !plan.knowledge_graph || plan.intent == Intent::FixGrammar {
        return None;
    }
    let graph = KnowledgeGraph::shared();
    let name = plan.topic.as_ref().and_then(|topic| topic.name.as_deref());
    let named = plan.topic.as_ref().and_then(|topic| graph.concept(&topic.concept));
    let concept = match (named, plan.intent) {
        (Some(concept), _) => concept,
        // Who names nothing to practise gets what comes next at this level.
        (None, Intent::Practice) => {
            next_concept(graph, plan.learner_level, |id| history.mastery_of(id))?
        }
        (None, _) => {
            return Some(Answer {
                english: answer::which().english.to_owned(),
                vietnamese: answer::which().vietnamese.to_owned(),
                exercise: None,
            });
        }
    };
    Some(of(concept, plan.intent, name))
}

fn of(concept: &'static Concept, intent: Intent, name: Option<&str>) -> Answer {
    Answer {
        english: answer::english(concept, intent, name),
        vietnamese: answer::vietnamese(concept, intent),
        exercise: Some(Exercise::of(concept)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{phases::task_analysis, tutor::reply};
    use lexilingo_shared::{config::Config, request::AnalyzeRequest};
    use std::collections::BTreeMap;

    fn asked(text: &str, graph: &str) -> Option<Answer> {
        let pairs = [("ENABLE_KNOWLEDGE_GRAPH", graph)];
        let read = |name: &str| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        let settings = Config::read(&read).unwrap().orchestrator;
        let request = AnalyzeRequest::new(text, "s");
        let models = "rules".parse().unwrap();
        let history = History { turns: &[], mastery: &BTreeMap::new() };
        answer(&task_analysis::analyze(&request, &[], &models, &settings), &history)
    }

    #[test]
    fn questions_are_answered_with_rule_and_exercise() {
        let found = asked("How do I use since?", "true").unwrap();
        assert!(found.english.starts_with("“since”") && found.english.contains("(since / for)"));
        assert!(found.vietnamese.contains("mốc thời gian"));
    }

    #[test]
    fn every_request_has_an_answer_of_the_right_length() {
        for text in
            ["Give me an exercise", "Hello", "What is the grammar rule?", "How do you say con mèo?"]
        {
            let found = asked(text, "true").unwrap();
            assert!(reply::WORDS.contains(&found.english.split_whitespace().count()), "{found:?}");
        }
    }

    #[test]
    fn texts_to_be_corrected_are_not_answered_nor_anything_without_the_graph() {
        assert!(asked("I goes to school yesterday", "true").is_none());
        assert!(asked("How do I use since?", "false").is_none());
    }
}
