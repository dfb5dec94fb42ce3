//! `lexilingo doctor` without servers: each failure names its variable, and its remedy makes the next run pass.

use crate::place::Place;
use std::{fs, net::TcpListener};

/// The doctor fails over `variable`; following the remedy mends it.
fn fails_and_is_mended(mut place: Place, variable: &str) {
    let said = place.run(&["doctor"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    place.follow(&said.remedy("FAIL", variable));
    let again = place.run(&["doctor"]);
    assert_eq!(again.status, Some(0), "{again:?}");
    assert!(again.find_remedy("FAIL", variable).is_none());
}

/// The doctor warns about `variable`; following the remedy ends that.
fn warns_and_is_mended(mut place: Place, variable: &str) {
    let said = place.run(&["doctor"]);
    assert_eq!(said.status, Some(0), "{said:?}");
    place.follow(&said.remedy("warn", variable));
    let again = place.run(&["doctor"]);
    assert!(again.status == Some(0) && !again.out.contains("warn "), "{again:?}");
}

#[test]
fn a_healthy_place_has_no_findings() {
    let said = Place::new().run(&["doctor"]);
    assert_eq!(said.status, Some(0), "{said:?}");
    assert!(!said.out.contains("warn") && !said.out.contains("FAIL"), "{}", said.out);
}

#[test]
fn malformed_values() {
    for (variable, value) in [
        ("QWEN_TIMEOUT_MS", "soon"),
        ("ENABLE_VIETNAMESE", "maybe"),
        ("LEXILINGO_BIND", "everywhere"),
        ("WORKER_MODELS", "rules,gpt"),
        ("WORKER_PINNED", "qwen"),
        ("RETENTION_DAYS_JOBS", "0"),
    ] {
        let mut place = Place::new();
        place.set(variable, value);
        fails_and_is_mended(place, variable);
    }
}

#[test]
fn a_file_env_that_cannot_be_read() {
    let mut place = Place::new();
    fs::write(place.path().join(".env"), "QWEN_TIMEOUT_MS=100\nREDIS_URL 'hush\n").unwrap();
    let said = place.run(&["doctor"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    assert!(!said.out.contains("hush"), "{said:?}");
    assert!(place.follow(&said.remedy("FAIL", ".env")).unwrap().status().unwrap().success());
    assert_eq!(place.run(&["doctor"]).status, Some(0));
}

#[test]
fn only_one_of_the_two_servers() {
    let mut place = Place::new();
    place.set("REDIS_URL", "redis://127.0.0.1:1");
    fails_and_is_mended(place, "MONGODB_URI");
    let mut place = Place::new();
    place.set("MONGODB_URI", "mongodb://127.0.0.1:1");
    fails_and_is_mended(place, "REDIS_URL");
}

#[test]
fn a_port_that_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut place = Place::new();
    place.set("LEXILINGO_BIND", taken.local_addr().unwrap().to_string());
    fails_and_is_mended(place, "LEXILINGO_BIND");
}

#[test]
fn a_data_folder_that_cannot_be_written() {
    let mut place = Place::new();
    let file = place.path().join("file");
    fs::write(&file, "").unwrap();
    place.set("LEXILINGO_DATA_DIR", file.join("data"));
    // Nor can the folder that is proposed at other times.
    place.set("HOME", &file);
    let said = place.run(&["doctor"]).out;
    assert!(said.contains("/file is no folder") && !said.contains("stop the other"), "{said}");
    fails_and_is_mended(place, "LEXILINGO_DATA_DIR");
}

#[test]
fn a_model_without_its_file() {
    let mut place = Place::new();
    place.set("WORKER_MODELS", "rules,qwen");
    warns_and_is_mended(place, "MODEL_DIR");
}

#[test]
fn a_pinned_model_without_its_file() {
    for (models, pinned) in [("rules,qwen", "rules,qwen"), ("rules,qwen", "qwen"), ("qwen", "qwen")]
    {
        let mut place = Place::new();
        place.set("WORKER_MODELS", models);
        place.set("WORKER_PINNED", pinned);
        fails_and_is_mended(place, "MODEL_DIR");
    }
}

#[test]
fn a_model_that_this_program_has_no_engine_for() {
    let mut place = Place::new();
    place.set("WORKER_MODELS", "rules,gop,tts");
    warns_and_is_mended(place, "WORKER_MODELS");
}

#[test]
fn a_budget_that_is_too_small_for_a_model() {
    let mut place = Place::new();
    let folder = place.path().join("models/qwen");
    fs::create_dir_all(&folder).unwrap();
    fs::File::create(folder.join("model.gguf")).unwrap().set_len(3_000_000).unwrap();
    place.set("WORKER_MODELS", "rules,qwen");
    for (variable, value) in
        [("ORCHESTRATOR_MAX_MEMORY_GB", "0.001"), ("WORKER_MEMORY_BUDGET_BYTES", "1000000")]
    {
        place.set(variable, value);
        let said = place.run(&["doctor"]);
        assert_eq!(said.status, Some(0), "{said:?}");
        place.follow(&said.remedy("warn", variable));
        let again = place.run(&["doctor"]);
        assert!(again.find_remedy("warn", variable).is_none(), "{again:?}");
    }
    place.set("WORKER_PINNED", "rules,qwen");
    place.set("WORKER_MEMORY_BUDGET_BYTES", "1000000");
    fails_and_is_mended(place, "WORKER_MEMORY_BUDGET_BYTES");
}

#[test]
fn a_budget_that_is_too_small_for_a_model_that_is_not_there_yet() {
    let variable = "WORKER_MEMORY_BUDGET_BYTES";
    let mut place = Place::new();
    place.set("WORKER_MODELS", "rules,qwen");
    place.set(variable, "1000000");
    let said = place.run(&["doctor"]);
    assert_eq!(said.status, Some(0), "{said:?}");
    assert!(said.remedy("warn", variable).contains("500000000"), "{said:?}");
    place.set("WORKER_PINNED", "rules,qwen");
    let said = place.run(&["doctor"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    place.follow(&said.remedy("FAIL", variable));
    let again = place.run(&["doctor"]);
    assert!(again.find_remedy("FAIL", variable).is_none(), "{again:?}");
    place.follow(&again.remedy("FAIL", "MODEL_DIR"));
    assert_eq!(place.run(&["doctor"]).status, Some(0));
}
