//! A language model that explains findings in Vietnamese. What it says is only used when it speaks of the very same
//! forms; otherwise the vetted text of the rule stands.

use super::text_model::TextModel;
use crate::{
    engine::{EngineCall, EngineError, EngineHandle, EngineReport},
    engines::prompts,
    text_shape::{TextLanguage, TextShape},
};
use async_trait::async_trait;
use lexilingo_engine_protocol::completion::Finish;
use lexilingo_shared::analysis::GrammarError;

pub struct Explainer<M> {
    pub model: M,
}

#[async_trait]
impl<M: TextModel> EngineHandle for Explainer<M> {
    async fn run(&self, call: EngineCall) -> Result<EngineReport, EngineError> {
        // Nothing to explain is an answer too.
        let Some(prompt) = prompts::vietnamese(&call.input) else {
            return Ok(EngineReport::default());
        };
        let completion = self.model.complete(prompt, call.timeout, None).await?;
        // Half an explanation explains nothing.
        match completion.finish {
            Finish::Stop => {}
            Finish::Time => return Err(EngineError::TimedOut),
            Finish::Length => return Err(EngineError::Failed("its answer has no end".to_owned())),
        }
        let text = completion.text.trim();
        let vietnamese = is_sound(text, &call.input.findings).then(|| text.to_owned());
        Ok(EngineReport { vietnamese, ..EngineReport::default() })
    }

    fn resident_bytes(&self) -> u64 {
        self.model.resident_bytes()
    }

    fn is_alive(&self) -> bool {
        self.model.is_alive()
    }
}

/// True for a Vietnamese text that quotes what was wrong and what is right, and quotes nothing else.
fn is_sound(text: &str, findings: &[GrammarError]) -> bool {
    let vietnamese =
        matches!(TextShape::of(text).language, TextLanguage::Vietnamese | TextLanguage::Mixed);
    let forms: Vec<&str> =
        findings.iter().flat_map(|e| [e.error.as_str(), e.correction.as_str()]).collect();
    let quoted = quotations(text);
    vietnamese
        && quoted.iter().all(|quotation| forms.contains(quotation))
        && findings
            .iter()
            .any(|e| quoted.contains(&e.error.as_str()) && quoted.contains(&e.correction.as_str()))
}

/// What stands between quotation marks, straight or curly.
fn quotations(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut begun: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match (c, begun) {
            ('“', _) | ('"', None) => begun = Some(at + c.len_utf8()),
            ('”' | '"', Some(start)) => {
                found.push(text[start..at].trim());
                begun = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests;
