//! Tiny models and the program that runs them.

use lexilingo_engine_protocol::{
    completion::{Completion, Prompt},
    frame,
    message::{FromEngine, ToEngine},
};
use lexilingo_models::tiny::{
    language_model::{Architecture, Shape},
    make,
};
use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

pub type Told = FromEngine<String, Completion>;

/// A folder with a tiny model of each architecture, and one with an adapter.
pub struct Models(pub TempDir);

impl Models {
    pub fn make() -> Models {
        let dir = tempfile::tempdir().unwrap();
        for (name, architecture, seed) in [
            ("qwen", Architecture::Qwen2, 1),
            ("llama3-vi", Architecture::Llama, 2),
            ("adapted", Architecture::Qwen2, 1),
        ] {
            make::language_model(dir.path(), name, architecture, Shape::TINY, seed).unwrap();
        }
        make::adapter(dir.path(), "adapted", Architecture::Qwen2, Shape::TINY, 3).unwrap();
        Models(dir)
    }

    pub fn file(&self, name: &str, file: &str) -> PathBuf {
        self.0.path().join(name).join(file)
    }
}

/// The program, spoken to over its pipes.
pub struct Engine {
    pub child: Child,
}

impl Engine {
    /// Starts it and waits until it is ready.
    pub fn start(models: &Models, name: &str, more: &[&str]) -> Engine {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lexilingo-engine-llama"));
        command.arg("--model").arg(models.file(name, "model.gguf")).args(more);
        if models.file(name, "adapter.gguf").is_file() {
            command.arg("--adapter").arg(models.file(name, "adapter.gguf"));
        }
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut engine = Engine { child };
        assert!(matches!(engine.hear(), Told::Ready { .. }));
        engine
    }

    pub fn say(&mut self, message: &ToEngine<Prompt>) {
        frame::write(self.child.stdin.as_mut().unwrap(), message).unwrap();
    }

    pub fn ask(&mut self, call: u64, input: Prompt) {
        self.say(&ToEngine::Run { call, timeout_ms: 600_000, input });
    }

    pub fn hear(&mut self) -> Told {
        frame::read(self.child.stdout.as_mut().unwrap()).unwrap().expect("the engine speaks")
    }

    /// The answers to `count` calls, in the order of the calls' numbers; parts are dropped.
    pub fn answers(&mut self, count: usize) -> Vec<Completion> {
        let mut answers = Vec::new();
        while answers.len() < count {
            if let Told::Done { call, answer } = self.hear() {
                answers.push((call, answer.unwrap()));
            }
        }
        answers.sort_by_key(|(call, _)| *call);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }

    pub fn complete(&mut self, input: Prompt) -> Completion {
        self.ask(0, input);
        self.answers(1).remove(0)
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn prompt(user: &str, max_tokens: u32) -> Prompt {
    Prompt {
        system: "You are a tutor of English.".to_owned(),
        user: user.to_owned(),
        schema: None,
        max_tokens,
        temperature: 0.0,
        seed: 1,
    }
}
