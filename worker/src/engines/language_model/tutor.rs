//! A language model that analyses a learner's text: one prompt for everything that is asked for.

use super::{
    reply::{self, Reply},
    text_model::TextModel,
};
use crate::{
    engine::{EngineCall, EngineError, EngineHandle, EngineInput, EngineReport},
    engines::{prompts, rules},
    task::Task,
};
use async_trait::async_trait;
use lexilingo_engine_protocol::completion::Finish;
use lexilingo_language::{
    rules::{RulePack, apply},
    suggestion,
};
use lexilingo_shared::{analysis::Grammar, model::ModelName};
use tokio::sync::mpsc;

/// How sure an edit is when the model does not say.
const USUAL_CONFIDENCE: f64 = 0.5;
/// A model's own word for its confidence is not calibrated: nothing is surer than this.
const HIGHEST_CONFIDENCE: f64 = 0.9;
/// Parts of an answer that may wait to be told.
const PARTS: usize = 256;

pub struct Tutor<M> {
    pub name: ModelName,
    pub model: M,
}

#[async_trait]
impl<M: TextModel> EngineHandle for Tutor<M> {
    async fn run(&self, call: EngineCall) -> Result<EngineReport, EngineError> {
        let prompt = prompts::comprehensive(&call.input);
        let (sender, mut parts) = mpsc::channel::<String>(PARTS);
        let sender = call.partial.is_some().then_some(sender);
        let completing = self.model.complete(prompt, call.timeout, sender);
        let telling = async {
            let Some(listener) = &call.partial else { return };
            let (mut text, mut told) = (String::new(), 0);
            while let Some(part) = parts.recv().await {
                text += &part;
                let Some(so_far) = reply::read(&text) else { continue };
                let errors = so_far.errors.as_ref().map_or(0, Vec::len);
                // Each error is worth a message, each letter is not.
                if errors > told {
                    told = errors;
                    let _ = listener.try_send(report(self.name, &call.input, so_far));
                }
            }
        };
        let (completion, ()) = tokio::join!(completing, telling);
        let completion = completion?;
        let cut_short = completion.finish != Finish::Stop;
        let Some(reply) = reply::read(&completion.text) else {
            return Err(match completion.finish {
                Finish::Time => EngineError::TimedOut,
                _ => EngineError::Failed("its answer could not be read".to_owned()),
            });
        };
        let report = report(self.name, &call.input, reply);
        if report == EngineReport::default() {
            return Err(EngineError::TimedOut);
        }
        Ok(EngineReport { cut_short, ..report })
    }

    fn resident_bytes(&self) -> u64 {
        self.model.resident_bytes()
    }

    fn is_alive(&self) -> bool {
        self.model.is_alive()
    }
}

/// What a reply says of this text.
fn report(name: ModelName, input: &EngineInput, reply: Reply) -> EngineReport {
    let asked = |task| input.tasks.contains(&task);
    let confidence = reply.confidence.map(|sure| sure.min(HIGHEST_CONFIDENCE));
    let grammar = reply.errors.filter(|_| asked(Task::Grammar)).map(|suggestions| {
        let pack = RulePack::shared();
        let sure = confidence.unwrap_or(USUAL_CONFIDENCE);
        let findings = suggestion::findings(pack, &input.text, &suggestions, sure);
        let corrected = apply(&input.text, &findings);
        Grammar { errors: rules::errors(&input.text, findings, name), corrected }
    });
    EngineReport {
        fluency: reply.fluency.filter(|_| asked(Task::Fluency)),
        vocabulary: reply.level.filter(|_| asked(Task::Vocabulary)),
        confidence: confidence.filter(|_| grammar.is_some()),
        reply: reply.reply.filter(|_| asked(Task::Dialogue)),
        grammar,
        ..EngineReport::default()
    }
}

#[cfg(test)]
mod tests;
