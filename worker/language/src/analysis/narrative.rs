//! The tense in which the text around a sentence is told.

use crate::analysis::{
    clauses::ClauseKind,
    sentence::Sentence,
    verb_groups::{Form, Tense},
};

/// Sentences before and after that are looked at.
const NEAR: usize = 3;
/// Least number of clauses that show a tense, and the share of them that must agree.
const LEAST: usize = 3;
const SHARE: f64 = 0.75;

/// For each sentence of a text the tense that most main clauses around it share, itself left out. None where too few
/// clauses show one or they are mixed.
pub fn tenses_around(sentences: &[Sentence]) -> Vec<Option<Tense>> {
    let shown: Vec<[usize; 2]> = sentences.iter().map(past_and_present).collect();
    (0..sentences.len())
        .map(|at| {
            let window = at.saturating_sub(NEAR)..(at + NEAR + 1).min(sentences.len());
            let around = window.filter(|other| *other != at).map(|other| shown[other]);
            let [past, present] =
                around.fold([0, 0], |sum, one| [sum[0] + one[0], sum[1] + one[1]]);
            shared(past, present)
        })
        .collect()
}

fn past_and_present(sentence: &Sentence) -> [usize; 2] {
    let told = sentence.predications().filter(|(clause, group, _)| {
        matches!(clause.kind, ClauseKind::Main | ClauseKind::Coordinate)
            && group.form == Form::Finite
    });
    told.fold([0, 0], |[past, present], (_, group, _)| match group.tense() {
        Some(Tense::Past) => [past + 1, present],
        Some(Tense::Present) => [past, present + 1],
        _ => [past, present],
    })
}

fn shared(past: usize, present: usize) -> Option<Tense> {
    let all = past + present;
    let most = past.max(present);
    let clear = all >= LEAST && most as f64 >= SHARE * all as f64;
    clear.then_some(if past > present { Tense::Past } else { Tense::Present })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Lexicon;

    fn around(texts: &[&str]) -> Vec<Option<Tense>> {
        let lexicon = Lexicon::load();
        let sentences: Vec<Sentence> =
            texts.iter().map(|text| Sentence::new(text, &lexicon)).collect();
        tenses_around(&sentences)
    }

    #[test]
    fn a_story_in_the_past_is_told_from_habits() {
        let story = [
            "I woke up late.",
            "I missed the bus.",
            "Then I walk to school.",
            "My teacher was angry.",
        ];
        assert_eq!(around(&story)[2], Some(Tense::Past));
        let habits = ["I get up early.", "I eat rice.", "I goes to school.", "She likes it."];
        assert_eq!(around(&habits)[2], Some(Tense::Present));
    }

    #[test]
    fn few_or_mixed_clauses_show_no_tense() {
        assert_eq!(around(&["I went home."]), [None]);
        let mixed =
            around(&["I went home.", "I eat rice.", "She came.", "He sleeps.", "It is late."]);
        assert_eq!(mixed[0], None);
    }
}
