//! A language model in a process of its own, which ends in the middle of its work.
#![cfg(feature = "llama")]

use crate::{
    place::Place,
    service::{Service, post},
};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use serde_json::{Value, json};
use std::{fs, io::Read, thread};

fn analyze(service: &Service, text: &str) -> thread::JoinHandle<Value> {
    let url = format!("{}/api/v1/ai/analyze", service.base);
    let body = json!({"text": text, "session_id": "one"}).to_string();
    thread::spawn(move || post(&url, body))
}

/// The process of the engine that this service started.
fn engine_of(service: &Service) -> Pid {
    let is_engine = |stat: &str| {
        let (name, rest) = stat.split_once(')')?;
        // Behind the name come the state and the parent.
        let parent: u32 = rest.split_whitespace().nth(1)?.parse().ok()?;
        let (pid, name) = name.split_once(" (")?;
        (parent == service.child.id() && name.starts_with("lexilingo-engi"))
            .then(|| pid.parse().ok())?
    };
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let stats = entries.filter_map(|entry| fs::read_to_string(entry.path().join("stat")).ok());
    let pid: i32 = stats.filter_map(|stat| is_engine(&stat)).next().expect("an engine's process");
    Pid::from_raw(pid)
}

fn used(result: &Value, model: &str) -> bool {
    result["metadata"]["models_used"].as_array().unwrap().iter().any(|used| used == model)
}

#[test]
fn an_engine_that_is_killed_in_its_work_costs_one_degraded_answer() {
    let mut place = Place::new();
    assert_eq!(place.run(&["models", "make-tiny", "models"]).status, Some(0));
    place.set("MODEL_DIR", place.path().join("models"));
    place.set("WORKER_MODELS", "rules,qwen");
    place.set("QWEN_TIMEOUT_MS", "60000");
    place.set("ORCHESTRATOR_MAX_MEMORY_GB", "2");
    let service = Service::start(&place, &["up"]);
    let whole = analyze(&service, "I like tea.").join().unwrap();
    assert!(used(&whole, "qwen"), "{whole}");
    assert_eq!(whole["metadata"]["degradation"]["level"], 0, "{whole}");

    let engine = engine_of(&service);
    kill(engine, Signal::SIGSTOP).unwrap();
    let answer = analyze(&service, "I goes to school yesterday");
    // The first byte of the call in its pipe: it has been asked, and does not answer.
    let mut pipe = fs::File::open(format!("/proc/{engine}/fd/0")).unwrap();
    pipe.read_exact(&mut [0]).unwrap();
    kill(engine, Signal::SIGKILL).unwrap();
    let degraded = answer.join().unwrap();
    assert!(!used(&degraded, "qwen"), "{degraded}");
    assert_eq!(degraded["analysis"]["grammar"]["corrected"], "I went to school yesterday");
    let degradation = &degraded["metadata"]["degradation"];
    assert_eq!(degradation["level"], 2, "{degradation}");
    assert!(degradation["reason"].as_str().unwrap().contains("qwen"), "{degradation}");

    let next = analyze(&service, "She like tea.").join().unwrap();
    assert!(used(&next, "qwen"), "it is loaded again: {next}");
    assert_ne!(engine_of(&service), engine);
    assert_eq!(service.end(Signal::SIGTERM), Some(0));
}
