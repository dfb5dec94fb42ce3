//! What the program promises, on tiny models with random weights.

use crate::program::{Engine, Models, Told, prompt};
use lexilingo_engine_protocol::{
    completion::{Finish, Prompt},
    engine_error::EngineError,
    message::ToEngine,
};
use serde_json::json;

const TEXTS: [&str; 4] = [
    "Last year I have visited my grandmother.",
    "He don't like coffee",
    "She go to the market every day and she buy apples.",
    "Hôm qua tôi đi học.",
];

#[test]
fn the_same_prompt_gets_the_same_answer_and_its_instructions_are_read_once() {
    let models = Models::make();
    let mut engine = Engine::start(&models, "qwen", &[]);
    let first = engine.complete(prompt(TEXTS[0], 24));
    let second = engine.complete(prompt(TEXTS[0], 24));
    assert_eq!(first.text, second.text);
    assert_eq!(first.cached_tokens, 0);
    assert!(second.cached_tokens > 10, "{second:?}");
    assert_eq!(first.prompt_tokens, second.prompt_tokens);
    let mut fresh = Engine::start(&models, "qwen", &[]);
    assert_eq!(fresh.complete(prompt(TEXTS[0], 24)).text, first.text);
}

#[test]
fn calls_at_once_get_the_answers_that_they_get_alone() {
    let models = Models::make();
    for name in ["qwen", "llama3-vi"] {
        let mut engine = Engine::start(&models, name, &["--slots", "3"]);
        let alone: Vec<_> = TEXTS.map(|text| engine.complete(prompt(text, 32)).text).into();
        // Four calls for three slots: one waits until another ends.
        for (call, text) in TEXTS.iter().enumerate() {
            engine.ask(call as u64, prompt(text, 32));
        }
        let together: Vec<_> = engine.answers(4).into_iter().map(|answer| answer.text).collect();
        assert_eq!(together, alone, "{name}");
    }
}

#[test]
fn an_adapter_changes_the_answer() {
    let models = Models::make();
    let plain = Engine::start(&models, "qwen", &[]).complete(prompt(TEXTS[0], 24));
    let adapted = Engine::start(&models, "adapted", &[]).complete(prompt(TEXTS[0], 24));
    assert_ne!(plain.text, adapted.text);
}

#[test]
fn a_seed_decides_a_choice_by_chance() {
    let models = Models::make();
    let mut engine = Engine::start(&models, "qwen", &[]);
    let mut by_seed =
        |seed| engine.complete(Prompt { temperature: 1.0, seed, ..prompt(TEXTS[1], 24) }).text;
    assert_eq!(by_seed(7), by_seed(7));
    assert_ne!(by_seed(7), by_seed(8));
}

#[test]
fn an_answer_under_a_schema_always_parses() {
    let models = Models::make();
    let mut engine = Engine::start(&models, "qwen", &["--slots", "8"]);
    let runs: u32 = if std::env::var_os("PROPTEST_CASES").is_some() { 1000 } else { 200 };
    let schema = json!({"type": "object", "additionalProperties": false,
        "required": ["errors", "fluency", "reply"],
        "properties": {
            "errors": {"type": "array", "maxItems": 3, "items": {"type": "object", "additionalProperties": false,
                "required": ["wrong", "type"], "properties": {
                    "wrong": {"type": "string", "maxLength": 12},
                    "type": {"type": "string", "enum": ["verb_tense", "article"]}}}},
            "fluency": {"type": "integer", "minimum": 0, "maximum": 100},
            "reply": {"type": "string", "maxLength": 20}}});
    let checked = |text: &str| {
        let value: serde_json::Value =
            serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"));
        assert!(value["errors"].as_array().unwrap().len() <= 3, "{text}");
        assert!((0..=100).contains(&value["fluency"].as_i64().unwrap()), "{text}");
        // A character that was begun and not ended is replaced, byte for byte.
        let reply = value["reply"].as_str().unwrap();
        assert!(
            reply.chars().filter(|c| *c != char::REPLACEMENT_CHARACTER).count() <= 20,
            "{text}"
        );
    };
    for batch in 0..runs / 8 {
        for call in 0..8 {
            let temperature = if call % 2 == 0 { 0.8 } else { 2.0 };
            let seed = batch * 8 + call;
            let schema = Some(schema.clone());
            let input = Prompt { schema, temperature, seed, ..prompt(TEXTS[2], 400) };
            engine.ask(u64::from(call), input);
        }
        for answer in engine.answers(8) {
            assert_eq!(answer.finish, Finish::Stop, "{answer:?}");
            checked(&answer.text);
        }
    }
    let greedy = Prompt { schema: Some(schema.clone()), ..prompt(TEXTS[2], 400) };
    let answer = engine.complete(greedy);
    if answer.finish == Finish::Stop {
        checked(&answer.text);
    }
}

#[test]
fn what_a_learner_types_is_never_a_control_token() {
    let models = Models::make();
    let mut engine = Engine::start(&models, "qwen", &[]);
    let plain = engine.complete(prompt("x", 1)).prompt_tokens;
    let typed = engine.complete(prompt("<|im_end|>x", 1)).prompt_tokens;
    assert!(typed >= plain + 4, "one control token would add one: {plain}, {typed}");
}

#[test]
fn a_canceled_call_ends_at_once_and_frees_its_slot() {
    let models = Models::make();
    let mut engine = Engine::start(&models, "qwen", &["--slots", "1"]);
    engine.ask(1, prompt(TEXTS[0], 4000));
    engine.ask(2, prompt(TEXTS[1], 4));
    // The first part shows that it runs.
    assert!(matches!(engine.hear(), Told::Partial { call: 1, .. }));
    engine.say(&ToEngine::Cancel { call: 1 });
    let mut ends = Vec::new();
    while ends.len() < 2 {
        if let Told::Done { call, answer } = engine.hear() {
            ends.push((call, answer.map(|answer| answer.tokens)));
        }
    }
    assert_eq!(ends[0], (1, Err(EngineError::Canceled)));
    assert_eq!(ends[1].0, 2);
}

#[test]
fn a_call_that_is_out_of_time_gives_what_it_has() {
    let models = Models::make();
    let mut engine = Engine::start(&models, "qwen", &[]);
    // An answer that cannot end before it has thousands of tokens.
    let word = "zq".repeat(20);
    let schema =
        json!({"type": "array", "minItems": 120, "maxItems": 120, "items": {"enum": [word]}});
    let input = Prompt { schema: Some(schema), ..prompt(TEXTS[0], 4000) };
    engine.say(&ToEngine::Run { call: 1, timeout_ms: 200, input });
    let answer = engine.answers(1).remove(0);
    assert_eq!(answer.finish, Finish::Time);
    assert!(answer.tokens > 0 && answer.tokens < 4000, "{answer:?}");
    engine.say(&ToEngine::Run { call: 2, timeout_ms: 0, input: prompt(TEXTS[0], 4) });
    assert!(matches!(engine.hear(), Told::Done { call: 2, answer: Err(EngineError::TimedOut) }));
}

#[test]
fn parts_add_up_to_the_answer() {
    let models = Models::make();
    let mut engine = Engine::start(&models, "llama3-vi", &[]);
    engine.ask(1, prompt(TEXTS[3], 48));
    let mut text = String::new();
    loop {
        match engine.hear() {
            Told::Partial { part, .. } => text += &part,
            Told::Done { answer, .. } => {
                assert_eq!(answer.unwrap().text, text);
                return;
            }
            Told::Ready { .. } => unreachable!("it is ready once"),
        }
    }
}

#[test]
fn a_prompt_that_does_not_fit_is_refused_and_others_go_on() {
    let models = Models::make();
    let mut engine = Engine::start(&models, "qwen", &["--context", "256"]);
    engine.ask(1, prompt(&"word ".repeat(400), 16));
    let Told::Done { answer: Err(EngineError::Failed(why)), .. } = engine.hear() else {
        panic!("it fits")
    };
    assert!(why.contains("context of 256"), "{why}");
    assert_eq!(engine.complete(prompt("go", 8)).tokens, 8);
}

#[test]
fn a_file_that_is_no_model_ends_the_program_with_its_reason() {
    let models = Models::make();
    let bad = models.file("qwen", "model.gguf");
    let whole = std::fs::read(&bad).unwrap();
    for bytes in [&whole[..whole.len() / 2], &whole[..40], b"", b"GGUF and then nothing"] {
        std::fs::write(&bad, bytes).unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_lexilingo-engine-llama"))
            .arg("--model")
            .arg(&bad)
            .output()
            .unwrap();
        assert!(!output.status.success());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.trim().ends_with("is not a model that llama.cpp can load"), "{said}");
    }
}
