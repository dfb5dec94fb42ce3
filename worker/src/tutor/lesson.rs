//! What one answer teaches: the error in focus with its concept, or what was right, and an exercise. The reply and the
//! Vietnamese hint word the same lesson.

use crate::tutor::{
    exercise::Exercise,
    quotation,
    strategy::{self, History},
    variation::Variation,
};
use lexilingo_language::knowledge::{
    Concept, Evidence, KnowledgeGraph, concept::Kind, weakest_prerequisite,
};
use lexilingo_shared::{analysis::GrammarError, result::Strategy};

/// Below this mastery more uses were wrong than right.
const FAILED: f64 = 0.5;

/// What a lesson is made from.
pub struct Material<'a> {
    /// The text as it came; the errors' places are in it.
    pub text: &'a str,
    pub errors: &'a [GrammarError],
    /// Places are in the text without the blanks around it.
    pub evidence: &'a [Evidence],
    pub strategy: Strategy,
    pub history: History<'a>,
    pub variation: &'a Variation,
    /// False where the knowledge graph is switched off: then no concept is named.
    pub graph: bool,
}

/// What an answer teaches.
#[derive(Debug, Clone)]
pub struct Lesson<'a> {
    pub strategy: Strategy,
    pub focus: Option<Focus<'a>>,
    pub right_use: Option<RightUse>,
    /// Only in a drill.
    pub exercise: Option<Exercise>,
}

/// The error that the answer is about; wrong and right form as they are quoted.
#[derive(Debug, Clone)]
pub struct Focus<'a> {
    pub error: &'a GrammarError,
    pub wrong: String,
    pub right: String,
    pub concept: Option<&'static Concept>,
    /// A weak point below the concept, from the learner's profile.
    pub foundation: Option<&'static Concept>,
    /// Errors besides this one.
    pub others: usize,
}

/// A point that the text has right.
#[derive(Debug, Clone)]
pub struct RightUse {
    pub concept: &'static Concept,
    pub quote: String,
    /// It went wrong before.
    pub was_weak: bool,
}

impl<'a> Lesson<'a> {
    pub fn of(material: &Material<'a>) -> Lesson<'a> {
        let focus = focus(material);
        let concept = focus.as_ref().and_then(|focus| focus.concept);
        let drilled = concept.filter(|_| material.strategy == Strategy::Drill);
        Lesson {
            strategy: material.strategy,
            exercise: drilled.map(|concept| Exercise::varied(concept, material.variation)),
            right_use: right_use(material),
            focus,
        }
    }
}

fn focus<'a>(material: &Material<'a>) -> Option<Focus<'a>> {
    let Material { history, .. } = material;
    let error = strategy::focus(material.errors, history)?;
    let (mut wrong, right) = quotation::forms(error, material.text);
    if wrong.is_empty() {
        wrong = quotation::opening(material.text);
    }
    let graph = KnowledgeGraph::shared();
    let concept = graph.concept(&error.concept).filter(|_| material.graph);
    let foundation = concept
        .and_then(|concept| weakest_prerequisite(graph, &concept.id, |id| history.mastery_of(id)));
    let others = material.errors.len() - 1;
    Some(Focus { error, wrong, right, concept, foundation, others })
}

/// What the text has right and is worth naming: first what went wrong before, then grammar before words, then the
/// highest level; between equals the variation decides.
fn right_use(material: &Material<'_>) -> Option<RightUse> {
    let Material { history, .. } = material;
    if !material.graph {
        return None;
    }
    let graph = KnowledgeGraph::shared();
    let was_weak = |id: &str| {
        history.repeats(id) > 0 || history.mastery_of(id).is_some_and(|mastery| mastery < FAILED)
    };
    let clean = material.evidence.iter().filter(|shown| shown.right > 0 && shown.wrong == 0);
    let before = material.text.len() - material.text.trim_start().len();
    let mut found: Vec<_> = clean
        .filter_map(|shown| {
            let concept = graph.concept(&shown.concept)?;
            let at = shown.at?.map(|place| place + before);
            // What is right must not stand where something else is wrong.
            let touches = |e: &GrammarError| e.spans.utf8[0] <= at[1] && at[0] <= e.spans.utf8[1];
            if material.errors.iter().any(touches) {
                return None;
            }
            let quote = quotation::place(material.text, at)?;
            let rank = (was_weak(&concept.id), concept.kind == Kind::Grammar, concept.level);
            Some((rank, concept, quote))
        })
        .collect();
    let best = found.iter().map(|(rank, ..)| *rank).max()?;
    found.retain(|(rank, ..)| *rank == best);
    let chosen = material.variation.number(7) % found.len();
    let ((was_weak, ..), concept, quote) = found.swap_remove(chosen);
    Some(RightUse { concept, quote, was_weak })
}
