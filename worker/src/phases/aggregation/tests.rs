use super::*;
use crate::{
    engine::EngineError,
    fixtures::error,
    phases::{execution::EngineOutcome, task_analysis},
    plan::PastTurn,
};
use lexilingo_shared::{
    analysis::{Grammar, GrammarError},
    config::Config,
    level::Level,
    model::ModelName,
    result::Degradation,
};

const SEED: &str = r#"{"text":" I goes to school yesterday","session_id":"s","learner_profile":{"level":"A2","native_language":"vi"}}"#;

fn report(text: &str, edit: Option<(&str, &str)>) -> EngineReport {
    let errors: Vec<GrammarError> =
        edit.iter().map(|(wrong, right)| error(text, wrong, right)).collect();
    let corrected = lexilingo_shared::analysis::apply(text, &errors).unwrap();
    EngineReport {
        fluency: Some(0.9),
        grammar: Some(Grammar { errors, corrected }),
        vocabulary: Some(Level::A1),
        confidence: Some(0.9),
        ..Default::default()
    }
}

fn outcome(engine: ModelName, answer: Result<EngineReport, EngineError>) -> EngineOutcome {
    EngineOutcome { engine, answer, elapsed: Duration::from_millis(1) }
}

struct Case {
    request: AnalyzeRequest,
    plan: Plan,
}

fn case(json: &str, models: &str, past: &[PastTurn]) -> Case {
    let request: AnalyzeRequest = serde_json::from_str(json).unwrap();
    let settings = Config::read(&|_| None).unwrap().orchestrator;
    let plan = task_analysis::analyze(&request, past, &models.parse().unwrap(), &settings);
    Case { request, plan }
}

fn result(case: &Case, outcomes: Vec<EngineOutcome>) -> AnalysisResult {
    let findings = Findings { outcomes, ..Findings::default() };
    whole(case, &findings).result
}

fn whole(case: &Case, findings: &Findings) -> Aggregate {
    let job = JobId::new(Timestamp::from_millis(1), 1);
    let circumstances = Circumstances {
        job: &job,
        rule_pack: "test",
        now: Timestamp::from_millis(2),
        elapsed: Duration::from_millis(3),
        mastery: &BTreeMap::new(),
    };
    aggregate(&case.request, &case.plan, findings, &circumstances)
}

fn seed_report() -> EngineReport {
    report("I goes to school yesterday", Some(("goes", "went")))
}

#[test]
fn the_first_turns_wrong_sentence_is_not_praised() {
    // Defect 4: the original judged by past errors only.
    let case = case(SEED, "rules", &[]);
    let result = result(&case, vec![outcome(ModelName::Rules, Ok(seed_report()))]);
    assert_eq!(result.strategy, Strategy::HintGiving);
    assert_eq!(result.next_action, NextAction::ProvideHint);
    assert_eq!(result.metadata.degradation, Degradation::none());
}

#[test]
fn spans_are_those_of_the_text_as_it_came() {
    let case = case(SEED, "rules", &[]);
    let result = result(&case, vec![outcome(ModelName::Rules, Ok(seed_report()))]);
    let grammar = result.analysis.grammar.had().unwrap();
    assert_eq!(grammar.corrected, " I went to school yesterday");
    assert!(grammar.is_consistent(&case.request.text));
}

#[test]
fn a_flawless_beginners_text_lets_the_conversation_go_on() {
    // Defect 3: the original's ceiling kept A1 to B1 below its own threshold.
    let case = case(r#"{"text":"I like tea.","session_id":"s"}"#, "rules", &[]);
    let result = result(&case, vec![outcome(ModelName::Rules, Ok(report("I like tea.", None)))]);
    assert_eq!(result.strategy, Strategy::Praise);
    assert_eq!(result.next_action, NextAction::ContinueConversation);
}

#[test]
fn an_error_made_again_and_again_becomes_a_drill() {
    let past = PastTurn { concepts: vec!["past-simple".to_owned()], ..PastTurn::default() };
    let case = case(SEED, "rules", &[past.clone(), past]);
    let result = result(&case, vec![outcome(ModelName::Rules, Ok(seed_report()))]);
    assert_eq!(result.strategy, Strategy::Drill);
}

#[test]
fn the_answer_to_the_last_replys_exercise_is_judged_as_such() {
    let asked = case(r#"{"text":"How do I use since?","session_id":"s"}"#, "rules", &[]);
    let text = "How do I use since?";
    let outcomes = vec![outcome(ModelName::Rules, Ok(report(text, None)))];
    let first = whole(&asked, &Findings { outcomes, ..Findings::default() });
    assert_eq!(first.result.next_action_reason, NextActionReason::QuestionAnswered);
    let past = PastTurn { exercise: first.exercise.clone(), ..PastTurn::default() };
    for (text, reason, uses) in [
        ("for", NextActionReason::ExerciseSolved, Some((1, 0))),
        ("since", NextActionReason::ExerciseMissed, Some((0, 1))),
        ("I like tea.", NextActionReason::NoErrors, None),
    ] {
        let json = serde_json::json!({"text": text, "session_id": "s"}).to_string();
        let case = case(&json, "rules", std::slice::from_ref(&past));
        let outcomes = vec![outcome(ModelName::Rules, Ok(report(text, None)))];
        let told = whole(&case, &Findings { outcomes, ..Findings::default() });
        assert_eq!(told.result.next_action_reason, reason, "{text}");
        assert!(told.exercise.is_none() && told.result.reply.contains(text.trim_end_matches('.')));
        let shown = told.evidence.iter().find(|shown| shown.concept == "since-and-for");
        assert_eq!(shown.map(|shown| (shown.right, shown.wrong)), uses, "{text}");
    }
}

#[test]
fn models_used_names_the_engines_that_answered_this_request() {
    // Defect 5: the original listed whatever was loaded.
    let case = case(SEED, "rules,qwen", &[]);
    let outcomes = vec![
        outcome(ModelName::Qwen, Err(EngineError::TimedOut)),
        outcome(ModelName::Rules, Ok(seed_report())),
    ];
    assert_eq!(result(&case, outcomes).metadata.models_used, ["rules"]);
}

#[test]
fn level_1_a_missing_trait_is_null_and_named() {
    let json = r#"{"text":"I like tea.","session_id":"s","input_type":"voice"}"#;
    let case = case(json, "rules", &[]);
    let result = result(&case, vec![outcome(ModelName::Rules, Ok(report("I like tea.", None)))]);
    assert_eq!(result.metadata.degradation.level, 1);
    assert_eq!(result.metadata.degradation.missing, ["pronunciation"]);
    assert!(result.metadata.degradation.reason.is_some());
    assert!(result.analysis.pronunciation.is_missing());
}

#[test]
fn level_2_the_rules_answer_for_a_failed_engine() {
    let case = case(SEED, "rules,qwen", &[]);
    let outcomes = vec![
        outcome(ModelName::Qwen, Err(EngineError::Crashed("it ended".to_owned()))),
        outcome(ModelName::Rules, Ok(seed_report())),
    ];
    let result = result(&case, outcomes);
    assert_eq!(result.metadata.degradation.level, 2);
    assert_eq!(result.metadata.degradation.reason.as_deref(), Some("qwen crashed: it ended"));
    // Defect 4: the original's second level always went on with the conversation.
    assert_eq!(result.next_action, NextAction::ProvideHint);
}

#[test]
fn level_3_apologises_and_asks_to_retry() {
    let case = case(SEED, "rules", &[]);
    let failed = Err(EngineError::Crashed("panic".to_owned()));
    let result = result(&case, vec![outcome(ModelName::Rules, failed)]);
    assert_eq!(result.metadata.degradation.level, 3);
    assert_eq!(result.metadata.degradation.missing, ["grammar", "fluency", "vocabulary"]);
    assert_eq!((result.next_action, result.score.overall), (NextAction::Retry, 0.0));
    assert_ne!(result.strategy, Strategy::Praise);
}

#[test]
fn only_a_full_answer_goes_into_the_cache() {
    let case = case(SEED, "rules,qwen", &[]);
    let degraded = Findings {
        outcomes: vec![
            outcome(ModelName::Qwen, Err(EngineError::TimedOut)),
            outcome(ModelName::Rules, Ok(seed_report())),
        ],
        ..Findings::default()
    };
    assert!(whole(&case, &degraded).cacheable.is_none());
}

#[test]
fn a_hit_gives_the_same_analysis_and_makes_the_rest_anew() {
    // Defect 1 and 5: the original could never hit, and said so nowhere.
    let case = case(SEED, "rules", &[]);
    let outcomes = vec![outcome(ModelName::Rules, Ok(seed_report()))];
    let first = whole(&case, &Findings { outcomes, ..Findings::default() });
    let cached = first.cacheable.clone();
    assert!(cached.is_some());
    let second = whole(&case, &Findings { cached, ..Findings::default() });
    assert_eq!(second.result.analysis, first.result.analysis);
    assert_eq!(second.result.strategy, first.result.strategy);
    assert!(second.result.metadata.cached && !first.result.metadata.cached);
    assert!(second.result.metadata.models_used.is_empty());
    assert!(second.cacheable.is_none());
}

#[test]
fn the_vietnamese_hint_quotes_both_forms_and_says_why() {
    let case = case(SEED, "rules", &[]);
    let findings = Findings {
        outcomes: vec![outcome(ModelName::Rules, Ok(seed_report()))],
        vietnamese_reason: Some(lexilingo_shared::result::VietnameseReason::BasicLevel),
        ..Findings::default()
    };
    let hint = whole(&case, &findings).result.vietnamese_hint.unwrap();
    assert!(hint.contains("goes") && hint.contains("went"), "{hint}");
}

#[test]
fn vietnamese_text_is_not_judged_as_english() {
    let case = case(r#"{"text":"Hôm qua tôi đi học muộn","session_id":"s"}"#, "rules", &[]);
    let result = result(&case, vec![]);
    assert!(result.analysis.grammar.is_not_asked());
    assert_eq!(result.metadata.degradation.level, 0);
    assert_ne!(result.strategy, Strategy::Praise);
}

#[test]
fn speech_without_a_transcript_is_said_to_be_missing() {
    let json = r#"{"text":"","session_id":"s","input_type":"voice"}"#;
    let result = result(&case(json, "rules", &[]), vec![]);
    assert_eq!(result.metadata.degradation.missing, ["transcript", "pronunciation"]);
    assert_eq!(result.metadata.degradation.level, 3);
}

#[test]
fn an_engines_reply_reaches_the_learner_unless_it_is_no_reply() {
    // Defect 8: the original's prompt and its reader named the member differently, so feedback was always empty.
    let case = case(SEED, "rules,qwen", &[]);
    let written = "You are close. Think about when this happened and choose the form of the verb that fits, then read your sentence aloud once more.";
    for (said, expected) in [(written, Some(written)), ("ok", None)] {
        let mut report = seed_report();
        report.reply = Some(said.to_owned());
        let result = result(&case, vec![outcome(ModelName::Qwen, Ok(report))]);
        match expected {
            Some(reply) => assert_eq!(result.reply, reply),
            None => assert!(reply::WORDS.contains(&result.reply.split_whitespace().count())),
        }
    }
}

#[test]
fn a_text_without_a_word_to_judge_is_answered_in_full() {
    let case = case(r#"{"text":"x","session_id":"s"}"#, "rules", &[]);
    let mut report = report("x", None);
    report.vocabulary = None;
    let shares = Default::default();
    report.vocabulary_profile =
        Some(lexilingo_shared::analysis::VocabularyProfile { shares, ..Default::default() });
    let result = result(&case, vec![outcome(ModelName::Rules, Ok(report))]);
    assert_eq!(result.metadata.degradation, Degradation::none());
    assert!(result.analysis.vocabulary.is_not_asked());
}
