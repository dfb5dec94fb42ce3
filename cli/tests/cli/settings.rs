//! `lexilingo config`, and what every command has in common.

use crate::place::Place;

#[test]
fn the_effective_configuration_comes_without_secrets() {
    let mut place = Place::new();
    place.set("REDIS_URL", "redis://app:hush-redis@127.0.0.1:1");
    place.set("MONGODB_URI", "mongodb://app:hush-mongo@127.0.0.1:2/?replicaSet=rs0");
    place.set("OTEL_EXPORTER_OTLP_ENDPOINT", "http://app:hush-otel@127.0.0.1:3");
    for command in [&["config"][..], &["doctor"], &["migrate"], &["up"]] {
        let said = place.run(command);
        assert!(!format!("{}{}", said.out, said.err).contains("hush"), "{command:?}: {said:?}");
    }
    let said = place.run(&["config"]);
    assert_eq!(said.status, Some(0));
    assert!(said.out.contains("REDIS_URL=redis://***@127.0.0.1:1\n"), "{}", said.out);
}

#[test]
fn the_file_env_is_read_and_the_environment_wins() {
    let mut place = Place::new();
    std::fs::write(place.path().join(".env"), "QWEN_TIMEOUT_MS=123\nLLAMA_TIMEOUT_MS=456\n")
        .unwrap();
    place.set("LLAMA_TIMEOUT_MS", "789");
    let said = place.run(&["config"]);
    assert!(said.out.contains("QWEN_TIMEOUT_MS=123\n"), "{}", said.out);
    assert!(said.out.contains("LLAMA_TIMEOUT_MS=789\n"), "{}", said.out);
}

#[test]
fn wrong_use_is_told_from_what_is_not_there() {
    let mut place = Place::new();
    assert_eq!(place.run(&["no-such-command"]).status, Some(2));
    assert_eq!(place.run(&["analyze", "Hi.", "--level", "D1"]).status, Some(2));
    let mixed = place.run(&["--bind", "127.0.0.1:0", "analyze", "Hi."]);
    assert!(mixed.status == Some(2) && mixed.out.is_empty(), "{mixed:?}");
    assert!(mixed.err.contains("--bind") && mixed.err.contains("analyze"), "{}", mixed.err);
    let help = place.run(&["--help"]);
    assert!(help.status == Some(0) && help.err.is_empty() && help.out.contains("doctor"));
    place.set("QWEN_TIMEOUT_MS", "soon");
    place.set("ENABLE_VIETNAMESE", "maybe");
    let said = place.run(&["config"]);
    assert_eq!(said.status, Some(3));
    assert!(said.out.is_empty());
    assert!(said.err.contains("QWEN_TIMEOUT_MS") && said.err.contains("ENABLE_VIETNAMESE"));
}

#[test]
fn completions_are_made_for_a_shell() {
    let said = Place::new().run(&["completions", "bash"]);
    assert_eq!(said.status, Some(0));
    assert!(said.out.contains("_lexilingo()"));
}

#[test]
fn embedded_storage_needs_no_migration() {
    let said = Place::new().run(&["migrate"]);
    assert_eq!((said.status, said.out.as_str()), (Some(0), ""));
}
