//! A learner's sentence in, a true answer out.

use lexilingo_tests::{
    client::{request, seed},
    fleet::{Fleet, Kind},
    promises,
};
use serde_json::{Value, json};

promises! {
    the_guides_sentence_is_put_right_and_explained_in_both_languages,
    a_correct_sentence_is_praised_and_left_alone,
    every_answers_edits_give_its_corrected_text,
    the_plan_is_shown_when_it_is_asked_for,
    questions_to_the_tutor_are_answered_with_rule_examples_and_exercise,
    vietnamese_comes_when_it_is_called_for,
    voice_with_a_transcript_is_analysed_as_text,
}

async fn the_guides_sentence_is_put_right_and_explained_in_both_languages(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let result = fleet.client.analyze(&seed()).await;
    assert_eq!(result["analysis"]["grammar"]["corrected"], "I went to school yesterday");
    let errors = result["analysis"]["grammar"]["errors"].as_array().unwrap();
    assert!((1..=2).contains(&errors.len()));
    for error in errors {
        for explanation in ["explanation", "explanation_vi"] {
            let explanation = error[explanation].as_str().unwrap();
            assert!(explanation.contains(error["error"].as_str().unwrap()), "{explanation}");
            assert!(explanation.contains(error["correction"].as_str().unwrap()), "{explanation}");
        }
    }
    assert_ne!(result["strategy"], "praise");
    assert!(["A1", "A2"].contains(&result["analysis"]["vocabulary"].as_str().unwrap()));
    assert_eq!(result["metadata"]["models_used"], json!(["rules"]));
    assert_eq!(result["metadata"]["degradation"]["level"], 0);
    assert_eq!(result["revision"], 1);
    let words = result["reply"].as_str().unwrap().split_whitespace().count();
    assert!((20..=50).contains(&words));
}

async fn a_correct_sentence_is_praised_and_left_alone(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let result = fleet.client.analyze(&request("I went to school yesterday.")).await;
    assert_eq!(result["analysis"]["grammar"]["errors"], json!([]));
    assert_eq!(result["strategy"], "praise");
    assert_eq!(result["next_action"], "continue_conversation");
}

async fn questions_to_the_tutor_are_answered_with_rule_examples_and_exercise(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    for (text, strategy, parts) in [
        (
            "How do I use since?",
            "scaffolding",
            ["“since”", "the starting point", "since 2019", "(since / for)"],
        ),
        (
            "Give me an exercise about articles",
            "drill",
            ["“articles”", "vowel sound", "an apple", "___ honest man"],
        ),
        (
            "How do you say \"bật đèn\" in English?",
            "scaffolding",
            ["“bật đèn”", "turn on and off", "Turn on the light", "(close / turn off)"],
        ),
        (
            "Hello",
            "scaffolding",
            ["Hello, good to see you!", "when you meet", "Good morning", "I'm ___"],
        ),
    ] {
        let result = fleet.client.analyze(&request(text)).await;
        let reply = result["reply"].as_str().unwrap();
        for part in parts {
            assert!(reply.contains(part), "{part}: {reply}");
        }
        assert!((20..=50).contains(&reply.split_whitespace().count()), "{reply}");
        assert_eq!(result["strategy"], strategy, "{text}");
        assert_eq!(result["next_action"], "continue_conversation");
        assert_eq!(result["next_action_reason"], "question_answered");
    }
}

async fn every_answers_edits_give_its_corrected_text(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    for text in [
        "  She have 5 book and a apple.\n\n",
        "He can to swim 🏊 and she go to Đà Nẵng yesterday!",
        "I want go home. many informations",
        "👍",
        "Hôm qua tôi đi học muộn",
    ] {
        let result = fleet.client.analyze(&request(text)).await;
        assert_eq!(result["text"], text);
        let grammar = &result["analysis"]["grammar"];
        if grammar.is_object() {
            assert_eq!(applied(text, grammar), grammar["corrected"].as_str().unwrap());
        }
    }
}

/// Applies the edits by each of the three kinds of span, which must agree.
fn applied(text: &str, grammar: &Value) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let points: Vec<char> = text.chars().collect();
    let (mut utf8, mut utf16, mut code_point) = (text.to_owned(), units, points);
    for error in grammar["errors"].as_array().unwrap().iter().rev() {
        let span = |unit: &str| {
            let at = |n: usize| error["spans"][unit][n].as_u64().unwrap() as usize;
            at(0)..at(1)
        };
        let correction = error["correction"].as_str().unwrap();
        assert_eq!(&utf8[span("utf8")], error["error"].as_str().unwrap());
        utf8.replace_range(span("utf8"), correction);
        utf16.splice(span("utf16"), correction.encode_utf16());
        code_point.splice(span("code_point"), correction.chars());
    }
    assert_eq!(String::from_utf16(&utf16).unwrap(), utf8);
    assert_eq!(code_point.iter().collect::<String>(), utf8);
    utf8
}

async fn the_plan_is_shown_when_it_is_asked_for(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let path = "/api/v1/ai/analyze?explain=plan";
    let plan = fleet.client.analyze_at(path, &seed()).await["plan"].clone();
    assert_eq!(plan["tasks"], json!(["grammar", "fluency", "vocabulary"]));
    assert_eq!((&plan["complexity"], &plan["intent"]), (&json!("medium"), &json!("fix_grammar")));
    assert!(fleet.client.analyze(&seed()).await.get("plan").is_none());
}

async fn vietnamese_comes_when_it_is_called_for(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let mut native = seed();
    native["learner_profile"]["native_language"] = json!("vi");
    let result = fleet.client.analyze(&native).await;
    assert_eq!(result["vietnamese_reason"], "basic_level");
    let hint = result["vietnamese_hint"].as_str().unwrap();
    assert!(hint.contains("goes") && hint.contains("went"), "{hint}");
    let mut wanted = request("I like tea.");
    wanted["explain_language"] = json!("vi");
    assert_eq!(fleet.client.analyze(&wanted).await["vietnamese_reason"], "requested");
    assert!(fleet.client.analyze(&seed()).await.get("vietnamese_hint").is_none());
}

async fn voice_with_a_transcript_is_analysed_as_text(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let mut voice = seed();
    voice["input_type"] = json!("voice");
    let result = fleet.client.analyze(&voice).await;
    assert_eq!(result["analysis"]["grammar"]["corrected"], "I went to school yesterday");
    assert_eq!(result["analysis"]["pronunciation"], Value::Null);
    assert_eq!(result["metadata"]["degradation"]["missing"], json!(["pronunciation"]));
    assert_eq!(result["metadata"]["degradation"]["level"], 1);
}
