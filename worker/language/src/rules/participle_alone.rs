//! A participle is no past by itself: `I went yesterday`, not `I gone yesterday`.

use crate::rules::{
    facts::Facts,
    past_tense::{clause_of, is_past_already},
    past_time::{Strength, past_times},
    rule::{Proposal, Rule, Stage},
    subject::subject_of,
    text::Sentence,
    words,
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
        (1..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let participle_only = sentence.has(verb, Facts::PARTICIPLE)
        && !sentence.any(verb, Facts::PAST | Facts::BASE)
        || matches!(sentence.word(verb), "gone" | "done" | "seen");
    if !participle_only || !words::is_subject_pronoun(sentence.at(verb, -1)) {
        return None;
    }
    let time = past_times(sentence).into_iter().find(|time| {
        time.strength == Strength::Strong && clause_of(sentence, time).contains(&verb)
    })?;
    let subject = subject_of(sentence, verb).filter(|subject| subject.is_pronoun)?;
    let clause = clause_of(sentence, &time);
    let start = subject.tokens.start;
    let other_verb = (clause.start..verb)
        .any(|i| is_past_already(sentence, i) || words::is_auxiliary(sentence.word(i)));
    if other_verb || start < clause.start {
        return None;
    }
    let base = sentence.lexicon.verb_lemma(sentence.word(verb))?;
    let past = sentence.lexicon.past(&base).filter(|_| base != "be")?;
    let edit = Proposal::new(sentence, verb..verb + 1, &past, (TENSE, "participle-alone"), 0.93);
    Some(edit.with_clue(sentence.original(time.tokens)))
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
