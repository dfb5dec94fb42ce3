//! A concept: one point of grammar or one field of words, with all that a tutor says about it.

use crate::vietnamese::{self, Phrase};
use lexilingo_shared::level::Level;
use serde::Deserialize;

/// One file a level and kind, so that each can be read on its own.
const FILES: [&str; 6] = [
    include_str!("../../data/concepts/grammar_a1.toml"),
    include_str!("../../data/concepts/grammar_a2.toml"),
    include_str!("../../data/concepts/grammar_b1.toml"),
    include_str!("../../data/concepts/grammar_b2.toml"),
    include_str!("../../data/concepts/vocabulary_a.toml"),
    include_str!("../../data/concepts/vocabulary_b.toml"),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Grammar,
    Vocabulary,
}

/// The same text in English and in Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub en: String,
    pub vi: String,
}

/// What the learner does with the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExerciseTask {
    Complete,
    Choose,
    Correct,
    Order,
    Rewrite,
    Translate,
}

impl ExerciseTask {
    /// The instruction in English and in Vietnamese.
    pub fn instruction(self) -> Phrase {
        match self {
            ExerciseTask::Complete => vietnamese::COMPLETE,
            ExerciseTask::Choose => vietnamese::CHOOSE,
            ExerciseTask::Correct => vietnamese::CORRECT,
            ExerciseTask::Order => vietnamese::ORDER,
            ExerciseTask::Rewrite => vietnamese::REWRITE,
            ExerciseTask::Translate => vietnamese::TRANSLATE,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    pub task: ExerciseTask,
    pub question: String,
    /// Held back until the learner has tried.
    pub answer: String,
}

/// What learners typically write instead.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mistake {
    pub wrong: String,
    pub right: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Public and stable: `present-perfect`.
    pub id: String,
    #[serde(skip)]
    pub kind: Kind,
    pub level: Level,
    pub title: Bilingual,
    /// One sentence.
    pub rule: Bilingual,
    pub examples: [String; 2],
    pub exercise: Exercise,
    pub mistake: Mistake,
    /// Ids of what must be known before; never of a higher level.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Ids of what is often learned beside it or mistaken for it.
    #[serde(default)]
    pub related: Vec<String>,
    /// Lemmas that show a field of words in use, with spaces between.
    #[serde(default)]
    pub words: String,
    /// How learners name it in questions, besides its titles; lower case, English and Vietnamese.
    pub asked: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: Kind,
    concept: Vec<Concept>,
}

/// Every concept in the order of the files. The files are part of the program; a test reads each of them.
pub fn all() -> Vec<Concept> {
    FILES.iter().flat_map(|text| read(text).unwrap_or_default()).collect()
}

fn read(text: &str) -> Result<Vec<Concept>, toml::de::Error> {
    let file: File = toml::from_str(text)?;
    let kind = file.kind;
    Ok(file.concept.into_iter().map(|concept| Concept { kind, ..concept }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::explanations;
    use std::collections::HashSet;
    use unicode_normalization::is_nfc;

    fn has_vietnamese_letters(text: &str) -> bool {
        text.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
    }

    #[test]
    fn every_file_is_read() {
        for text in FILES {
            assert!(read(text).is_ok_and(|found| !found.is_empty()), "{:?}", read(text).err());
        }
        let of = |kind| all().iter().filter(|concept| concept.kind == kind).count();
        assert!(of(Kind::Grammar) >= 79 && of(Kind::Vocabulary) >= 47);
    }

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        let concepts = all();
        let ids: HashSet<&str> = concepts.iter().map(|concept| concept.id.as_str()).collect();
        assert_eq!(ids.len(), concepts.len());
        let kebab = |id: &str| id.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(ids.iter().all(|id| kebab(id)));
    }

    #[test]
    fn every_rule_teaches_a_concept() {
        let concepts = all();
        for row in explanations::rows() {
            let known = concepts.iter().any(|concept| concept.id == row.concept);
            assert!(known, "{} teaches {}, which is no concept", row.message, row.concept);
        }
    }

    #[test]
    fn vietnamese_is_composed_and_has_its_marks() {
        for concept in all() {
            for text in [&concept.title.vi, &concept.rule.vi] {
                assert!(is_nfc(text), "{}", concept.id);
            }
            assert!(has_vietnamese_letters(&concept.rule.vi), "{}", concept.id);
            let title = &concept.title;
            assert!(title.vi != title.en || has_vietnamese_letters(&title.vi), "{}", concept.id);
            assert!(!has_vietnamese_letters(&concept.title.en.replace('–', "")), "{}", concept.id);
        }
    }

    #[test]
    fn exercises_and_mistakes_have_something_to_put_right() {
        for Concept { id, exercise, mistake, examples, .. } in all() {
            assert!(exercise.question != exercise.answer && mistake.wrong != mistake.right, "{id}");
            assert!(examples[0] != examples[1], "{id}");
            let shown = exercise.question.contains(&exercise.answer);
            let offered = matches!(exercise.task, ExerciseTask::Choose | ExerciseTask::Complete);
            assert!(!shown || offered, "{id} gives its answer away");
        }
    }

    #[test]
    fn no_two_concepts_are_asked_for_by_the_same_words() {
        let mut seen = HashSet::new();
        for concept in all() {
            let titles = [concept.title.en.to_lowercase(), concept.title.vi.to_lowercase()];
            let own: HashSet<String> = concept.asked.iter().cloned().chain(titles).collect();
            for phrase in own {
                assert_eq!(phrase, phrase.to_lowercase(), "{}", concept.id);
                assert!(seen.insert(phrase.clone()), "{phrase} names {} too", concept.id);
            }
        }
    }
}
