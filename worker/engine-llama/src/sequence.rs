//! One call that is being worked on.

use crate::{prompt_tokens::PromptTokens, token_choice::TokenChoice};
use encoding_rs::{Decoder, UTF_8};
use lexilingo_engine_protocol::completion::{Completion, Finish};
use llama_cpp_2::token::LlamaToken;
use std::time::Instant;

pub struct Sequence {
    pub call: u64,
    pub deadline: Instant,
    pub prompt: PromptTokens,
    /// Tokens of the prompt that were read by other calls.
    pub cached: usize,
    /// Tokens of the prompt and the answer that the context holds.
    pub held: usize,
    /// The last token, which the context does not hold yet.
    pub pending: Option<LlamaToken>,
    pub max_tokens: u32,
    pub made: u32,
    pub choice: TokenChoice,
    decoder: Decoder,
    text: String,
    told: usize,
}

impl Sequence {
    pub fn new(
        call: u64,
        deadline: Instant,
        prompt: PromptTokens,
        max_tokens: u32,
        choice: TokenChoice,
    ) -> Self {
        Sequence {
            call,
            deadline,
            prompt,
            cached: 0,
            held: 0,
            pending: None,
            max_tokens,
            made: 0,
            choice,
            decoder: UTF_8.new_decoder_without_bom_handling(),
            text: String::new(),
            told: 0,
        }
    }

    /// True while the prompt is not wholly read.
    pub fn is_reading(&self) -> bool {
        self.held < self.prompt.len()
    }

    /// Takes in the bytes of a token. A character may be spread over several.
    pub fn write(&mut self, bytes: &[u8]) {
        self.text.reserve(self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(0));
        let _ = self.decoder.decode_to_string(bytes, &mut self.text, false);
    }

    /// What was written since this was last asked; None when nothing was.
    pub fn news(&mut self) -> Option<String> {
        let news = self.text[self.told..].to_owned();
        self.told = self.text.len();
        (!news.is_empty()).then_some(news)
    }

    pub fn finish(mut self, finish: Finish) -> Completion {
        // Half a character at the end is of no use to anybody, so that the decoder is not flushed.
        Completion {
            text: std::mem::take(&mut self.text),
            finish,
            prompt_tokens: self.prompt.len() as u32,
            cached_tokens: self.cached as u32,
            tokens: self.made,
        }
    }
}
