//! Verbs that hang on one word have one form: `avoid eating and drinking`, `want to travel and see`.

use crate::{
    analysis::{Person, Sentence, Tag, VerbGroup, facts::Facts, verb_groups::Form, words},
    rules::{
        noun_chain,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ParallelVerbs;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);
/// Verbs and words whose -ing is followed by another -ing.
const GERUND_TAKERS: &str = "avoid enjoy like love hate practise practice prefer dislike mind";
const PREPOSITIONS: &str = "without by of at in about instead for before after";
const INFINITIVE_TAKERS: &str = "want hope decide plan need like love learn wish";

impl Rule for ParallelVerbs {
    fn name(&self) -> &'static str {
        "parallel-verbs"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["parallel-gerund", "parallel-infinitive"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        sentence
            .verb_groups
            .iter()
            .filter_map(|group| match group.form {
                Form::Ing => after_gerund(sentence, group),
                Form::ToInfinitive => after_infinitive(sentence, group),
                _ => None,
            })
            .collect()
    }
}

/// The verb after `and` or `or`, with nothing but the first verb's object and what hangs on it between.
fn joined(sentence: &Sentence, group: &VerbGroup) -> Option<usize> {
    let from = group.tokens.end;
    let end = (from + 7).min(sentence.tokens.len());
    let and = (from..end).find(|at| {
        matches!(sentence.word(*at), "and" | "or")
            || sentence.tagged(*at, Tag::is_mark)
            || sentence.verb_group_at(*at).is_some()
    })?;
    matches!(sentence.word(and), "and" | "or").then_some(and + 1)
}

/// "avoid eating fast food and drink", "good at singing and dance".
fn after_gerund(sentence: &Sentence, group: &VerbGroup) -> Option<Proposal> {
    let governor = group.tokens.start.checked_sub(1)?;
    let verb = joined(sentence, group)?;
    let lemma = sentence.tokens[governor].lemma.as_str();
    let by_verb = words::among(GERUND_TAKERS, lemma) && sentence.verb_group_at(governor).is_some();
    let by_preposition = words::among(PREPOSITIONS, sentence.word(governor))
        && sentence.tagged(governor, |tag| tag == Tag::In);
    let subject = sentence.subject_of(governor).map(|subject| subject.person);
    // "I enjoy reading and go to the library": the second verb may be another predicate, unless the subject asks for -s.
    let alone = lemma == "avoid" || subject == Some(Person::Third) || by_preposition;
    // The tagger may take "drink alcohol" for one phrase.
    let next =
        sentence.noun_phrase_at(verb + 1).is_some_and(|phrase| phrase.tokens.start <= verb + 1)
            && !sentence.tagged(verb + 1, |tag| matches!(tag, Tag::In | Tag::Nns));
    let plain = sentence.has(verb, Facts::BASE | Facts::USUAL_VERB)
        && !sentence.is_capitalised(verb)
        && (sentence.has(verb, Facts::RATHER_VERB)
            || !sentence.has(verb, Facts::USUAL_NOUN)
            || words::among("play drink eat watch cook", sentence.word(verb))
            || next && lemma == "avoid")
        && (next
            || sentence.tagged(verb + 1, |tag| {
                tag == Tag::In || tag == Tag::To || tag == Tag::Rp || tag.is_mark()
            }))
        && !sentence.any(verb, Facts::PREPOSITION | Facts::ADJECTIVE);
    let other = by_preposition
        && (sentence.tokens[..governor].iter().all(|token| !token.tag.is_verb())
            || sentence.subject_of(governor).is_none()
                && sentence.tagged(verb, |tag| tag == Tag::Vbp));
    if !(by_verb || by_preposition) || !alone || !plain || other {
        return None;
    }
    // After a preposition a plain verb may share the subject of the clause: only one that disagrees cannot.
    if by_preposition {
        let main = sentence.predications().find(|(_, own, _)| own.tokens.end <= governor + 1);
        let third =
            main.and_then(|(_, _, subject)| subject).is_some_and(|s| s.person == Person::Third);
        let adjective =
            governor.checked_sub(1).is_some_and(|at| sentence.tagged(at, Tag::is_adjective));
        let modal = main.is_some_and(|(_, own, _)| own.modal().is_some());
        if !(third || adjective) || modal {
            return None;
        }
    }
    let ing = sentence.lexicon.verb_form(sentence.word(verb), Tag::Vbg)?;
    let edit = Proposal::new(sentence, verb..verb + 1, &ing, (FORM, "parallel-gerund"), 0.88);
    Some(edit.with_clue(sentence.original(group.tokens.clone())))
}

/// "wants to travel and seeing the world".
fn after_infinitive(sentence: &Sentence, group: &VerbGroup) -> Option<Proposal> {
    let governor = group.to?.checked_sub(1)?;
    let verb = joined(sentence, group)?;
    let governs = words::among(INFINITIVE_TAKERS, &sentence.tokens[governor].lemma)
        && sentence.verb_group_at(governor).is_some();
    let object = sentence.noun_phrase_at(verb + 1).is_some_and(|phrase| {
        phrase.tokens.start == verb + 1 && (phrase.determiner.is_some() || phrase.is_pronoun())
    });
    let ing = sentence.tagged(verb, |tag| tag == Tag::Vbg)
        && sentence.verb_group_at(verb).is_some_and(|own| own.verbs.len() == 1);
    let later = sentence.verb_groups.iter().any(|own| own.is_finite() && own.tokens.start > verb);
    if !governs || !object || !ing || later {
        return None;
    }
    let base = noun_chain::base_of(sentence, verb)?;
    let edit = Proposal::new(sentence, verb..verb + 1, &base, (FORM, "parallel-infinitive"), 0.88);
    Some(edit.with_clue(sentence.original(group.tokens.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn joined_verbs_have_one_form() {
        expect(
            &ParallelVerbs,
            &[
                (
                    "You should avoid eating fast food and drink alcohol.",
                    "You should avoid eating fast food and drinking alcohol.",
                ),
                (
                    "He wants to travel and seeing the world.",
                    "He wants to travel and see the world.",
                ),
            ],
        );
    }

    #[test]
    fn other_predicates_stay() {
        stays(
            &ParallelVerbs,
            "
            I enjoy reading and go to the library every week.
            They like singing and dancing.
            He wants to see films and plays.
            ",
        );
    }
}
