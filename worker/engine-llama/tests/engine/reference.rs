//! Greedy tokens against an implementation that shares nothing with llama.cpp (`reference.py`).

use crate::program::Models;
use lexilingo_engine_llama::{language_model::LanguageModel, options::Options};
use serde_json::{Value, json};
use std::{path::Path, process::Command};

const TEXT: &str = "Last year I have visited my grandmother.";
const COUNT: usize = 24;

#[test]
fn greedy_tokens_equal_the_references() {
    let models = Models::make();
    let goldens = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engine/goldens/greedy.json");
    let mut found = serde_json::Map::new();
    for name in ["qwen", "llama3-vi"] {
        let file = models.file(name, "model.gguf");
        let arguments = ["--model".into(), file.clone().into_os_string()];
        let options = Options::parse(arguments).unwrap();
        let model = LanguageModel::load(&options).unwrap();
        let prompt = model.tokenize(TEXT);
        let tokens = model.greedy(&prompt, COUNT).unwrap();
        // Python with numpy makes the goldens anew where it is asked for.
        let expected: Value = match std::env::var_os("LEXILINGO_REFERENCE_PYTHON") {
            Some(python) => reference(&python, &file, &prompt),
            None => {
                let text = std::fs::read_to_string(&goldens).expect("the goldens");
                serde_json::from_str::<Value>(&text).unwrap()[name].clone()
            }
        };
        assert_eq!(json!(tokens), expected, "{name}");
        found.insert(name.to_owned(), expected);
    }
    if std::env::var_os("LEXILINGO_REFERENCE_PYTHON").is_some() {
        std::fs::write(goldens, format!("{}\n", Value::Object(found))).unwrap();
    }
}

fn reference(python: &std::ffi::OsStr, file: &Path, prompt: &[i32]) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engine/reference.py");
    let output = Command::new(python)
        .arg(script)
        .arg(file)
        .arg(COUNT.to_string())
        .args(prompt.iter().map(i32::to_string))
        .output()
        .expect("python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}
