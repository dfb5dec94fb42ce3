//! An exercise of a concept: the answer is held back until the learner has tried.

use crate::tutor::variation::Variation;
use lexilingo_language::knowledge::{Concept, KnowledgeGraph, concept::ExerciseTask};
use serde::{Deserialize, Serialize};

/// An exercise that a reply gave, as the session's next turn finds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posed {
    /// Id of a concept of the knowledge graph.
    pub concept: String,
    /// Its typical mistake is to be corrected, instead of its own exercise.
    pub mistake: bool,
}

#[derive(Debug, Clone, Copy)]
pub struct Exercise {
    pub concept: &'static Concept,
    mistake: bool,
}

impl Exercise {
    /// The concept's own exercise.
    pub fn of(concept: &'static Concept) -> Exercise {
        Exercise { concept, mistake: false }
    }

    /// Its own exercise, or its typical mistake to be corrected.
    pub fn varied(concept: &'static Concept, variation: &Variation) -> Exercise {
        Exercise { concept, mistake: variation.number(6) % 2 == 1 }
    }

    /// One that was posed before; `None` where this release does not know its concept.
    pub fn posed(posed: &Posed) -> Option<Exercise> {
        let concept = KnowledgeGraph::shared().concept(&posed.concept)?;
        Some(Exercise { concept, mistake: posed.mistake })
    }

    pub fn to_posed(self) -> Posed {
        Posed { concept: self.concept.id.clone(), mistake: self.mistake }
    }

    pub fn task(&self) -> ExerciseTask {
        if self.mistake { ExerciseTask::Correct } else { self.concept.exercise.task }
    }

    pub fn question(&self) -> &'static str {
        let Concept { exercise, mistake, .. } = self.concept;
        if self.mistake { &mistake.wrong } else { &exercise.question }
    }

    pub fn answer(&self) -> &'static str {
        let Concept { exercise, mistake, .. } = self.concept;
        if self.mistake { &mistake.right } else { &exercise.answer }
    }
}
