//! A model that says what a test gives it.

use super::text_model::TextModel;
use crate::engine::{CancelFlag, EngineCall, EngineError, EngineInput};
use crate::task::Task;
use async_trait::async_trait;
use lexilingo_engine_protocol::completion::{Completion, Finish, Prompt};
use lexilingo_shared::{analysis::GrammarError, level::Level};
use std::time::Duration;
use tokio::sync::mpsc;

pub struct Says(pub &'static str, pub Finish);

#[async_trait]
impl TextModel for Says {
    async fn complete(
        &self,
        _: Prompt,
        _: Duration,
        parts: Option<mpsc::Sender<String>>,
    ) -> Result<Completion, EngineError> {
        if let Some(parts) = parts {
            for word in self.0.split_inclusive(' ') {
                let _ = parts.send(word.to_owned()).await;
            }
        }
        let finish = self.1;
        Ok(Completion {
            text: self.0.to_owned(),
            finish,
            prompt_tokens: 0,
            cached_tokens: 0,
            tokens: 0,
        })
    }

    fn is_alive(&self) -> bool {
        true
    }

    fn resident_bytes(&self) -> u64 {
        0
    }
}

pub fn call(text: &str, tasks: &[Task], findings: Vec<GrammarError>) -> EngineCall {
    let input =
        EngineInput { text: text.to_owned(), level: Level::A2, tasks: tasks.to_vec(), findings };
    EngineCall {
        input,
        timeout: Duration::from_secs(5),
        cancel: CancelFlag::default(),
        partial: None,
    }
}
