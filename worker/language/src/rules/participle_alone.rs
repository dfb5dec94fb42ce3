//! A participle is no past by itself: `I went yesterday`, not `I gone yesterday`.

use crate::{
    analysis::{Sentence, Subject, VerbGroup, verb_groups::Form, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ParticipleAlone;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);

impl Rule for ParticipleAlone {
    fn name(&self) -> &'static str {
        "participle-for-past"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["participle-alone"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let pairs = sentence.predicates_with_subject();
        pairs.filter_map(|(group, subject)| find_in(sentence, group, subject)).collect()
    }
}

fn find_in(sentence: &Sentence, group: &VerbGroup, subject: &Subject) -> Option<Proposal> {
    let verb = group.main();
    let time = sentence.times_of(verb).find(|time| time.is_past())?;
    let plain = group.form == Form::Participle && group.is_simple();
    // "Things done last week are old": only a pronoun cannot be described by the participle.
    let pronoun =
        words::is_subject_pronoun(sentence.word(subject.head)) && subject.head + 1 == verb;
    if !plain || !pronoun {
        return None;
    }
    let past = sentence.lexicon.past(&sentence.tokens[verb].lemma)?;
    let edit = Proposal::new(sentence, verb..verb + 1, &past, (TENSE, "participle-alone"), 0.93);
    Some(edit.with_clue(sentence.original(time.tokens.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn wrong_forms_are_put_right() {
        expect(
            &ParticipleAlone,
            &[
                ("I gone to school yesterday.", "I went to school yesterday."),
                ("I seen him yesterday.", "I saw him yesterday."),
                ("Last week she taken my book.", "Last week she took my book."),
                ("We done our homework last night.", "We did our homework last night."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &ParticipleAlone,
            "
            I have seen him.
            Had he gone yesterday, we would know.
            The man seen yesterday left.
            I went to school yesterday.
            Things done last week are old.
            We have often gone there.
            ",
        );
    }
}
