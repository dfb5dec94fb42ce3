//! Phase 1: request and context → plan. Pure.

use crate::{
    task::{Complexity, Intent, Priority, Task},
    text_shape::{TextLanguage, TextShape},
};
use lexilingo_shared::{
    config::Orchestrator,
    level::Level,
    model::{ModelName, ModelSet},
    request::{AnalyzeRequest, ExplainLanguage, InputType},
};
use serde::{Deserialize, Serialize};

/// A turn of the session as later turns see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastTurn {
    pub strategy: String,
    /// Rule ids of its errors.
    pub rules: Vec<String>,
}

/// Turns that a plan looks back on.
pub const CONTEXT_TURNS: usize = 5;

/// When a conditional task is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// `explain_language` asked for Vietnamese.
    Requested,
    /// The text is partly Vietnamese.
    VietnameseInput,
    /// At least one error was found (Vietnamese speaker at A1 or A2).
    AnyError,
    /// The confidence of the correction is below 0.8 (Vietnamese speaker).
    LowConfidence,
    /// An engine gave nothing in time: a later job may complete the answer.
    EngineMissing,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionalTask {
    VietnameseExplanation { conditions: Vec<Condition> },
    Upgrade { conditions: Vec<Condition> },
}

/// One engine's share of the work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineStep {
    pub engine: ModelName,
    pub tasks: Vec<Task>,
    pub timeout_ms: u64,
}

/// What is to be done for one request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub tasks: Vec<Task>,
    pub conditional_tasks: Vec<ConditionalTask>,
    pub intent: Intent,
    pub complexity: Complexity,
    pub priority: Priority,
    pub input_type: InputType,
    pub learner_level: Level,
    /// Engines of the first round, in parallel.
    pub engines: Vec<EngineStep>,
    /// The engine that explains in Vietnamese, if the fleet has one.
    pub vietnamese_engine: Option<EngineStep>,
    pub knowledge_graph: bool,
    /// The session's last turns, oldest first.
    pub context: Vec<PastTurn>,
}

/// Plans a request for a fleet that was configured with `models`.
pub fn analyze(
    request: &AnalyzeRequest,
    context: &[PastTurn],
    models: &ModelSet,
    settings: &Orchestrator,
) -> Plan {
    let shape = TextShape::of(&request.text);
    let intent = intent(&request.text, &shape);
    let tasks = tasks(request, &shape, intent, !context.is_empty(), settings);
    let engines = steps(&tasks, models, settings);
    let vietnamese = settings.enable_vietnamese.then(|| conditions(request, &shape));
    let vietnamese = vietnamese.filter(|conditions| !conditions.is_empty());
    let step = |engine| EngineStep {
        engine,
        tasks: vec![Task::VietnameseExplanation],
        timeout_ms: millis(settings, engine),
    };
    let vietnamese_engine = vietnamese
        .as_ref()
        .and_then(|_| Task::VietnameseExplanation.engines().iter().find(|m| models.contains(**m)))
        .map(|model| step(*model));
    let mut conditional_tasks = Vec::new();
    if let Some(conditions) = vietnamese {
        conditional_tasks.push(ConditionalTask::VietnameseExplanation { conditions });
    }
    if engines.iter().any(|step| step.engine != ModelName::Rules) {
        let conditions = vec![Condition::EngineMissing];
        conditional_tasks.push(ConditionalTask::Upgrade { conditions });
    }
    Plan {
        tasks,
        conditional_tasks,
        intent,
        complexity: complexity(&shape),
        priority: match request.input_type {
            InputType::Voice => Priority::High,
            InputType::Text => Priority::Normal,
        },
        input_type: request.input_type,
        learner_level: request.level(),
        engines,
        vietnamese_engine,
        knowledge_graph: settings.enable_knowledge_graph,
        context: context[context.len().saturating_sub(CONTEXT_TURNS)..].to_vec(),
    }
}

fn complexity(shape: &TextShape) -> Complexity {
    if shape.words > 20 || shape.complex_pattern {
        Complexity::Complex
    } else if shape.words < 5 && shape.clauses == 1 {
        Complexity::Simple
    } else {
        Complexity::Medium
    }
}

fn tasks(
    request: &AnalyzeRequest,
    shape: &TextShape,
    intent: Intent,
    in_dialogue: bool,
    settings: &Orchestrator,
) -> Vec<Task> {
    let mut tasks = Vec::new();
    // English is judged only where there is English.
    if matches!(shape.language, TextLanguage::English | TextLanguage::Mixed) {
        tasks.extend([Task::Grammar, Task::Fluency, Task::Vocabulary]);
    }
    if in_dialogue || intent != Intent::FixGrammar || tasks.is_empty() {
        tasks.push(Task::Dialogue);
    }
    if request.input_type == InputType::Voice && settings.enable_pronunciation {
        tasks.push(Task::Pronunciation);
    }
    tasks
}

/// Every configured engine gets all the tasks that it can do, so that one can answer for another.
fn steps(tasks: &[Task], models: &ModelSet, settings: &Orchestrator) -> Vec<EngineStep> {
    models
        .iter()
        .filter_map(|engine| {
            let can: Vec<Task> =
                tasks.iter().copied().filter(|task| task.engines().contains(&engine)).collect();
            let timeout_ms = millis(settings, engine);
            (!can.is_empty()).then_some(EngineStep { engine, tasks: can, timeout_ms })
        })
        .collect()
}

fn millis(settings: &Orchestrator, engine: ModelName) -> u64 {
    u64::try_from(settings.timeout(engine).as_millis()).unwrap_or(u64::MAX)
}

/// When this learner is answered in Vietnamese too (`product` rules, unified).
fn conditions(request: &AnalyzeRequest, shape: &TextShape) -> Vec<Condition> {
    let mut conditions = Vec::new();
    match request.explain_language {
        Some(ExplainLanguage::Vi | ExplainLanguage::Both) => conditions.push(Condition::Requested),
        // A learner who asks for English gets English.
        Some(ExplainLanguage::En) => return conditions,
        None => {}
    }
    if matches!(shape.language, TextLanguage::Mixed | TextLanguage::Vietnamese) {
        conditions.push(Condition::VietnameseInput);
    }
    let native = request.learner_profile.native_language.as_deref().unwrap_or_default();
    if native.to_ascii_lowercase().split('-').next() == Some("vi") {
        if request.level().is_basic() {
            conditions.push(Condition::AnyError);
        }
        conditions.push(Condition::LowConfidence);
    }
    conditions
}

fn intent(text: &str, shape: &TextShape) -> Intent {
    let lower = text.trim().to_lowercase();
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| lower.contains(phrase));
    let opens = |phrases: &[&str]| phrases.iter().any(|phrase| lower.starts_with(phrase));
    let translate = [
        "translate",
        "how do you say",
        "how do i say",
        "in vietnamese",
        "in english?",
        "tiếng anh là gì",
        "dịch sang",
        "nghĩa là gì",
        "what does",
    ];
    if has(&translate[..8]) || (opens(&translate[8..]) && lower.contains(" mean")) {
        return Intent::Translate;
    }
    if opens(&[
        "give me an exercise",
        "give me exercises",
        "let's practice",
        "let me practice",
        "i want to practice",
        "can i practice",
        "practice ",
        "quiz me",
        "test me",
    ]) {
        return Intent::Practice;
    }
    let asks = shape.is_question || opens(&["explain", "tell me"]);
    let rule_words = [
        "how do i use",
        "when do i use",
        "when do we use",
        "how to use",
        "how do we use",
        "difference between",
        "why do we",
        "why is it",
        "what is the rule",
        "explain",
        "khi nào dùng",
        "cách dùng",
        "the rule for",
    ];
    if asks && has(&rule_words) {
        return Intent::ExplainRule;
    }
    if opens(&[
        "hello",
        "hi ",
        "hi,",
        "hi!",
        "good morning",
        "good evening",
        "thank you",
        "thanks",
        "how are you",
        "what do you think",
        "can you help",
        "xin chào",
    ]) {
        return Intent::GeneralChat;
    }
    Intent::FixGrammar
}

#[cfg(test)]
mod tests;
