//! A prompt as tokens.

use crate::language_model::LanguageModel;
use lexilingo_engine_protocol::completion::Prompt;
use llama_cpp_2::token::LlamaToken;

/// The part that many calls share, and the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptTokens {
    pub shared: Vec<LlamaToken>,
    pub own: Vec<LlamaToken>,
}

impl PromptTokens {
    /// The instructions are ours and may hold control tokens; the call's words are tokenised apart, so that whatever a
    /// learner types stays text.
    pub fn of(model: &LanguageModel, prompt: &Prompt) -> anyhow::Result<Self> {
        let (before, behind) = model.around(&prompt.system)?;
        let vocabulary = model.model.vocab();
        let add_start = vocabulary.should_add_bos();
        let shared = vocabulary.tokenize(before.as_bytes(), add_start, true);
        let mut own = vocabulary.tokenize(prompt.user.as_bytes(), false, false);
        own.extend(vocabulary.tokenize(behind.as_bytes(), false, true));
        Ok(PromptTokens { shared, own })
    }

    pub fn len(&self) -> usize {
        self.shared.len() + self.own.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The token at a place of the whole prompt.
    pub fn get(&self, at: usize) -> Option<LlamaToken> {
        match at.checked_sub(self.shared.len()) {
            None => self.shared.get(at).copied(),
            Some(at) => self.own.get(at).copied(),
        }
    }
}
