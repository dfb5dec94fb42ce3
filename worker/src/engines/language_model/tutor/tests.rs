use super::*;
use crate::engines::language_model::fixture::{Says, call};

const ALL: [Task; 4] = [Task::Grammar, Task::Fluency, Task::Vocabulary, Task::Dialogue];
const ANSWER: &str = r#"{"errors":[{"wrong":"goes","right":"went","type":"verb_tense"}, {"wrong":"no such words","right":"nothing","type":"article"}],"fluency":60, "level":"A1","confidence":99,"reply":"Good try."}"#;

fn qwen(answer: &'static str, finish: Finish) -> Tutor<Says> {
    Tutor { name: ModelName::Qwen, model: Says(answer, finish) }
}

#[tokio::test]
async fn an_answer_becomes_edits_of_the_text_and_what_is_not_there_is_dropped() {
    let call = call("I goes to school yesterday", &ALL, vec![]);
    let report = qwen(ANSWER, Finish::Stop).run(call).await.unwrap();
    let grammar = report.grammar.unwrap();
    assert_eq!(grammar.corrected, "I went to school yesterday");
    assert!(grammar.is_consistent("I goes to school yesterday"));
    assert_eq!(grammar.errors[0].sources, ["qwen"]);
    assert_eq!(report.confidence, Some(HIGHEST_CONFIDENCE));
    assert_eq!(report.reply.as_deref(), Some("Good try."));
    assert!(!report.cut_short);
}

#[tokio::test]
async fn an_answer_that_ran_out_of_time_is_used_as_far_as_it_came_and_says_so() {
    let cut = r#"{"errors":[{"wrong":"goes","right":"went","type":"verb_tense"}, {"wr"#;
    let call = call("I goes to school yesterday", &ALL, vec![]);
    let report = qwen(cut, Finish::Time).run(call).await.unwrap();
    assert_eq!(report.grammar.unwrap().corrected, "I went to school yesterday");
    assert!(report.cut_short);
    assert_eq!(report.fluency, None);
}

#[tokio::test]
async fn words_that_are_no_answer_are_a_failure_and_no_panic() {
    let text = "I goes";
    let failed = qwen("I am a model.", Finish::Stop).run(call(text, &ALL, vec![])).await;
    assert!(matches!(failed, Err(EngineError::Failed(_))));
    let late = qwen("{\"er", Finish::Time).run(call(text, &ALL, vec![])).await;
    assert_eq!(late, Err(EngineError::TimedOut));
}

#[tokio::test]
async fn errors_are_told_while_the_model_writes() {
    let (sender, mut parts) = mpsc::channel(8);
    let call = EngineCall { partial: Some(sender), ..call("I goes home", &ALL, vec![]) };
    qwen(ANSWER, Finish::Stop).run(call).await.unwrap();
    let first = parts.recv().await.unwrap();
    assert_eq!(first.grammar.unwrap().corrected, "I went home");
    assert_eq!(first.reply, None);
}
