//! The engine that follows stage directions.

use super::script::{Action, directions};
use lexilingo_shared::{analysis::Grammar, level::Level, model::ModelName};
use lexilingo_worker::{
    engine::{Engine, EngineError, EngineInput, EngineReport, Run},
    task::Task,
};
use serde_json::json;
use std::{path::Path, time::Duration};

pub struct ScriptedEngine {
    name: ModelName,
    /// Who answers once the directions are followed; without one, a plain answer is made up.
    inner: Option<Box<dyn Engine>>,
}

impl ScriptedEngine {
    pub fn of(name: ModelName) -> Self {
        ScriptedEngine { name, inner: None }
    }

    pub fn around(name: ModelName, inner: Box<dyn Engine>) -> Self {
        ScriptedEngine { name, inner: Some(inner) }
    }

    fn plain(&self, input: &EngineInput) -> EngineReport {
        let asked = |task| input.tasks.contains(&task);
        let grammar = Grammar { errors: vec![], corrected: input.text.clone() };
        EngineReport {
            fluency: asked(Task::Fluency).then_some(0.7),
            grammar: asked(Task::Grammar).then_some(grammar),
            vocabulary: asked(Task::Vocabulary).then_some(Level::B1),
            pronunciation: asked(Task::Pronunciation).then(|| json!({"scores": {"overall": 80}})),
            vietnamese: asked(Task::VietnameseExplanation)
                .then(|| "Lời giải thích của mô hình.".to_owned()),
            confidence: asked(Task::Grammar).then_some(0.6),
            ..Default::default()
        }
    }
}

impl Engine for ScriptedEngine {
    fn run(&mut self, input: &EngineInput, run: &Run) -> Result<EngineReport, EngineError> {
        let mut lie = false;
        for action in directions(&input.text, self.name.as_str()) {
            match action {
                Action::Hang => loop {
                    run.check()?;
                    std::thread::sleep(Duration::from_millis(1));
                },
                Action::Fail => return Err(EngineError::Failed("as the script says".to_owned())),
                Action::Panic => panic!("as the script says"),
                Action::Die => std::process::abort(),
                Action::Gate(path) => {
                    let _ = std::fs::write(format!("{path}.waiting"), "");
                    while !Path::new(&path).exists() {
                        run.check()?;
                        std::thread::sleep(Duration::from_millis(1));
                    }
                }
                Action::Partial => {
                    run.partial(EngineReport { fluency: Some(0.1), ..Default::default() });
                }
                Action::Lie => lie = true,
            }
        }
        let mut report = match &mut self.inner {
            Some(inner) => inner.run(input, run)?,
            None => self.plain(input),
        };
        if let (true, Some(grammar)) = (lie, &mut report.grammar) {
            grammar.corrected.push_str(" and more");
        }
        Ok(report)
    }
}
