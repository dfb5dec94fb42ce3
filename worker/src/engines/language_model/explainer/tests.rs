use super::*;
use crate::{
    engines::{
        language_model::fixture::{Says, call},
        rules,
    },
    task::Task,
};
use lexilingo_language::{
    rules::RulePack,
    suggestion::{self, Kind, Suggestion},
};
use lexilingo_shared::model::ModelName;

const TEXT: &str = "I goes to school yesterday";

async fn said(answer: &'static str, finish: Finish) -> Result<Option<String>, EngineError> {
    let went = Suggestion { wrong: "goes".into(), right: "went".into(), kind: Kind::VerbTense };
    let findings = suggestion::findings(RulePack::shared(), TEXT, &[went], 0.9);
    let findings = rules::errors(TEXT, findings, ModelName::Rules);
    let call = call(TEXT, &[Task::VietnameseExplanation], findings);
    let report = Explainer { model: Says(answer, finish) }.run(call).await?;
    Ok(report.vietnamese)
}

#[tokio::test]
async fn an_explanation_that_quotes_both_forms_is_used() {
    let good = "Vì có “yesterday” nên ta dùng “went”, không dùng “goes”.";
    assert_eq!(said(good, Finish::Stop).await, Ok(None), "it quotes a word that no edit has");
    let good = "Việc này đã xảy ra trong quá khứ nên ta dùng “went”, không dùng “goes”.";
    assert_eq!(said(good, Finish::Stop).await, Ok(Some(good.to_owned())));
}

#[tokio::test]
async fn what_is_english_or_speaks_of_other_forms_is_dropped_for_the_rules_text() {
    for bad in [
        "Use “went” and not “goes” because it was yesterday.",
        "Việc này đã xảy ra trong quá khứ nên ta dùng “gone”, không dùng “goes”.",
        "Việc này đã xảy ra trong quá khứ.",
        "",
    ] {
        assert_eq!(said(bad, Finish::Stop).await, Ok(None), "{bad}");
    }
}

#[tokio::test]
async fn half_an_explanation_is_none() {
    let half = "Ta dùng “went”, không dùng “goes” vì";
    assert_eq!(said(half, Finish::Time).await, Err(EngineError::TimedOut));
    assert!(said(half, Finish::Length).await.is_err());
}
