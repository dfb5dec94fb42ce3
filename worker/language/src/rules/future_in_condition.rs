//! The condition of something to come is in the present: `If I have time, I will call you`.

use crate::{
    analysis::{Clause, Person, Sentence, Tag},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct FutureInCondition;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);

impl Rule for FutureInCondition {
    fn name(&self) -> &'static str {
        "future-in-condition"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["will-in-condition"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let conditions = sentence.clauses.iter().filter(|clause| matches!(clause.opener, Some(0)));
        conditions.filter_map(|clause| find_in(sentence, clause)).collect()
    }
}

fn find_in(sentence: &Sentence, condition: &Clause) -> Option<Proposal> {
    if !matches!(sentence.word(0), "if" | "when") {
        return None;
    }
    let group = sentence.predicate(condition)?;
    let subject = sentence.subject_of_clause(condition)?;
    let will = group.modal().filter(|modal| sentence.word(*modal) == "will")?;
    let plain = group.verbs.len() == 2 && !group.is_negated() && !group.inverted;
    // A future follows: otherwise it may be a question that is asked ("When will …") or a polite request.
    let future = sentence.verb_groups.iter().any(|other| {
        let modal = other.modal().is_some_and(|modal| sentence.word(modal) == "will");
        modal && other.tokens.start > group.tokens.end
    });
    if !plain || !future || group.main() != will + 1 || sentence.word(subject.head) == "you" {
        return None;
    }
    let lemma = &sentence.tokens[group.main()].lemma;
    let form = if subject.person == Person::Third {
        sentence.lexicon.verb_form(lemma, Tag::Vbz)?
    } else if lemma == "be" {
        return None;
    } else {
        lemma.clone()
    };
    let edit = Proposal::new(sentence, will..will + 2, &form, (TENSE, "will-in-condition"), 0.9);
    Some(edit.with_clue(sentence.original(0..1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_condition_is_put_into_the_present() {
        expect(
            &FutureInCondition,
            &[
                ("If it will rain, we will stay at home.", "If it rains, we will stay at home."),
                ("When she will arrive, I will call you.", "When she arrives, I will call you."),
                ("If they will come, I will be happy.", "If they come, I will be happy."),
            ],
        );
    }

    #[test]
    fn other_futures_stay() {
        stays(
            &FutureInCondition,
            "
            If it rains, we will stay at home.
            When will you come, and who will cook?
            I wonder if she will come.
            If you will wait here, I will ask him.
            ",
        );
    }
}
