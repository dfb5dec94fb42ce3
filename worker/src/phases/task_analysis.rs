//! Phase 1: request and context → plan. Pure.

use crate::{
    plan::{CONTEXT_TURNS, Condition, ConditionalTask, EngineStep, PastTurn, Plan},
    task::{Complexity, Priority, Task},
    text_shape::{TextLanguage, TextShape},
};
use lexilingo_language::intent::{self, Asked, Intent};
use lexilingo_shared::{
    config::Orchestrator,
    model::{ModelName, ModelSet},
    request::{AnalyzeRequest, ExplainLanguage, InputType},
};

/// Plans a request for a fleet that was configured with `models`.
pub fn analyze(
    request: &AnalyzeRequest,
    context: &[PastTurn],
    models: &ModelSet,
    settings: &Orchestrator,
) -> Plan {
    let shape = TextShape::of(&request.text);
    let Asked { intent, topic } = intent::recognise(&request.text);
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
        topic: topic.filter(|_| settings.enable_knowledge_graph),
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

/// When this learner is answered in Vietnamese too: on request, for Vietnamese in the text, and for Vietnamese speakers
/// who are beginners or whose correction is not sure.
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

#[cfg(test)]
mod tests;
