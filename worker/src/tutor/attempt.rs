//! Whether a text answers the exercise that the last reply gave, and whether it is right.

use crate::tutor::{exercise::Exercise, quotation, reply::fitted, variation::Variation, wording};
use lexilingo_language::{
    knowledge::{Evidence, concept::ExerciseTask},
    vietnamese::{Phrase, RIGHT_ANSWER, WRONG_ANSWER, filled},
};

/// Words beyond the answer that a short answer may have.
const SLACK: usize = 1;
/// Share of the words in common from which on a sentence is meant as the answer.
const ALIKE: f64 = 0.6;
/// Short texts that answer nothing.
const ASIDES: &[&str] = &["ok", "okay", "yes", "no", "next", "why", "sure", "hmm", "what", "help"];

/// An answer to an exercise.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub exercise: Exercise,
    pub is_right: bool,
    /// The learner's words, as they are quoted.
    quote: String,
}

impl Attempt {
    /// Reads a text as an answer; `None` where it is something else.
    pub fn of(text: &str, exercise: Exercise) -> Option<Attempt> {
        let (own, answer) = (words(text), words(exercise.answer()));
        let whole = words(&whole(&exercise));
        let is_right = own == answer || own == whole;
        let is_short = own.len() <= answer.len() + SLACK
            && matches!(exercise.task(), ExerciseTask::Complete | ExerciseTask::Choose)
            && !own.iter().any(|word| ASIDES.contains(&word.as_str()));
        let meant = is_right || is_short || alike(&own, &whole) >= ALIKE;
        let quote = quotation::opening(text);
        (meant && !own.is_empty()).then_some(Attempt { exercise, is_right, quote })
    }

    /// 20 to 50 words: whether it is right, and why.
    pub fn reply(&self, variation: &Variation) -> String {
        let concept = self.exercise.concept;
        let told = self.told(self.phrase().english, &concept.title.en);
        let core = if self.is_right {
            format!("{} {told}", variation.pick(0, wording::PRAISE))
        } else {
            told
        };
        let next = if self.is_right { wording::SOLVED } else { wording::MISSED };
        fitted(core, vec![concept.rule.en.clone(), variation.pick(2, next).to_owned()])
    }

    /// A use of the concept.
    pub fn evidence(&self) -> Evidence {
        Evidence {
            concept: self.exercise.concept.id.clone(),
            right: u32::from(self.is_right),
            wrong: u32::from(!self.is_right),
            at: None,
        }
    }

    pub fn vietnamese(&self) -> String {
        let concept = self.exercise.concept;
        self.told(self.phrase().vietnamese, &concept.title.vi) + " " + &concept.rule.vi
    }

    fn phrase(&self) -> Phrase {
        if self.is_right { RIGHT_ANSWER } else { WRONG_ANSWER }
    }

    fn told(&self, template: &str, title: &str) -> String {
        let values =
            [("quote", self.quote.as_str()), ("answer", self.exercise.answer()), ("title", title)];
        filled(template, &values)
    }
}

/// The exercise's sentence with its answer in place: blanks filled, choices made, hints in brackets left out.
fn whole(exercise: &Exercise) -> String {
    let (mut rest, answer) = (exercise.question(), exercise.answer());
    let mut whole = String::new();
    let chosen = exercise.task() == ExerciseTask::Choose;
    while let Some(open) = rest.find('(') {
        let close = rest[open..].find(')').map_or(rest.len(), |length| open + length + 1);
        whole.push_str(&rest[..open]);
        if chosen {
            whole.push_str(answer);
        }
        rest = &rest[close..];
    }
    whole.push_str(rest);
    match exercise.task() {
        ExerciseTask::Choose => whole,
        ExerciseTask::Complete => whole.replace("___", answer),
        _ => answer.to_owned(),
    }
}

/// Lower case, without punctuation, with straight apostrophes.
fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .replace(['’', '‘'], "'")
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Share of the words that two sentences have in common, of the longer one's.
fn alike(one: &[String], other: &[String]) -> f64 {
    let mut left: Vec<&String> = other.iter().collect();
    let common = one.iter().filter(|word| {
        let place = left.iter().position(|candidate| candidate == word);
        place.map(|place| left.swap_remove(place)).is_some()
    });
    common.count() as f64 / one.len().max(other.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tutor::exercise::Posed;
    use crate::tutor::reply::WORDS;
    use lexilingo_language::knowledge::KnowledgeGraph;
    use proptest::prelude::{prop_assert, proptest};

    fn exercise(concept: &str) -> Exercise {
        Exercise::of(KnowledgeGraph::shared().concept(concept).unwrap())
    }

    /// Right, wrong, or no answer.
    fn judged(concept: &str, text: &str) -> Option<bool> {
        Attempt::of(text, exercise(concept)).map(|attempt| attempt.is_right)
    }

    #[test]
    fn the_answer_alone_and_the_whole_sentence_are_right() {
        for text in ["visited", "Visited.", "We visited Hue last year.", "we visited Hue last year"]
        {
            assert_eq!(judged("past-simple", text), Some(true), "{text}");
        }
        assert_eq!(judged("since-and-for", "for"), Some(true));
        assert_eq!(judged("since-and-for", "She has worked here for ten years."), Some(true));
        assert_eq!(judged("spelling", "My friend is coming tomorrow"), Some(true));
    }

    #[test]
    fn another_form_is_wrong() {
        assert_eq!(judged("past-simple", "visit"), Some(false));
        assert_eq!(judged("past-simple", "We visit Hue last year."), Some(false));
        assert_eq!(judged("spelling", "My freind is coming tomorrow."), Some(false));
    }

    #[test]
    fn another_sentence_is_no_answer() {
        for text in ["Yesterday I went to the market.", "ok", "I don't know it, sorry.", "", "👍"]
        {
            assert_eq!(judged("past-simple", text), None, "{text}");
        }
    }

    #[test]
    fn every_exercise_is_solved_by_its_own_answer_and_told_in_the_right_length() {
        let variation = Variation::of("a", "s", 1);
        for concept in KnowledgeGraph::shared().concepts() {
            for mistake in [false, true] {
                let posed = Posed { concept: concept.id.clone(), mistake };
                let exercise = Exercise::posed(&posed).unwrap();
                let solved = Attempt::of(exercise.answer(), exercise).unwrap();
                assert!(solved.is_right, "{}", concept.id);
                for is_right in [true, false] {
                    let told = Attempt { is_right, ..solved.clone() }.reply(&variation);
                    assert!(WORDS.contains(&told.split_whitespace().count()), "{told}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,120}", n in 0usize..180) {
            let concept = KnowledgeGraph::shared().concepts().nth(n).unwrap();
            if let Some(attempt) = Attempt::of(&text, Exercise::of(concept)) {
                let told = attempt.reply(&Variation::of(&text, "s", 1));
                prop_assert!(WORDS.contains(&told.split_whitespace().count()), "{told}");
            }
        }
    }
}
