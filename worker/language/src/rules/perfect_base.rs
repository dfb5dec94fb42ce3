//! After have in the perfect stands a participle, whatever lies between: `Has your son ever ridden`, `have never seen`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        noun_chain,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct PerfectBase;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);
/// Adverbs that stand between have and a participle.
const BETWEEN: &str = "never ever just already recently always not also really yet still";
/// Verbs that are as often the object of have: "I have work".
const ALSO_OBJECTS: &str =
    "work study sleep love play help need hope change use plan practice practise";

impl Rule for PerfectBase {
    fn name(&self) -> &'static str {
        "perfect-base-form"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["perfect-base"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let verbs = (0..sentence.tokens.len()).filter_map(|have| {
            let verb = asked(sentence, have).or_else(|| told(sentence, have))?;
            Some(participle(sentence, verb)?.with_clue(sentence.original(have..have + 1)))
        });
        verbs.collect()
    }
}

fn after_adverbs(sentence: &Sentence, from: usize) -> usize {
    let mut at = from;
    while words::among(BETWEEN, sentence.word(at)) {
        at += 1;
    }
    at
}

/// "Has your son ever ride", "Have you eat yet": the verb of a question.
fn asked(sentence: &Sentence, have: usize) -> Option<usize> {
    let question = sentence.tokens.last().is_some_and(|last| last.lower == "?");
    let opens = have == 0
        || have == 1 && words::among("what where why how who", sentence.word(0))
        || sentence.word(have - 1) == ",";
    if !words::among("have has haven't hasn't", sentence.word(have)) || !question || !opens {
        return None;
    }
    let subject = noun_chain::from(sentence, have + 1)?;
    let verb = after_adverbs(sentence, subject.tokens.end);
    let plain = noun_chain::is_base_verb(sentence, verb) || is_past_only(sentence, verb);
    plain.then_some(verb)
}

/// "I have never see", "He hasn't call", "My parents have live here".
fn told(sentence: &Sentence, have: usize) -> Option<usize> {
    let word = sentence.word(have);
    let negated = words::among("haven't hasn't hadn't", word);
    if !negated && !words::among("have has", word) {
        return None;
    }
    let subject = sentence.noun_phrase_at(have.checked_sub(1)?);
    let relative = matches!(sentence.at(have, -1), "who" | "that" | "which");
    let named = subject.is_some_and(|subject| {
        subject.tokens.end == have
            && (subject.is_definite()
                || subject.is_plural()
                || subject.is_name()
                || words::is_subject_pronoun(sentence.word(subject.head))
                || words::is_indefinite(sentence.word(subject.head)))
    });
    let verb = after_adverbs(sentence, have + 1);
    let apart = verb > have + 1 || negated;
    // "the things that I have came from": a clause that ends with have.
    let past = is_past_only(sentence, verb) && apart;
    let tagged = sentence.tagged(verb, |tag| matches!(tag, Tag::Vb | Tag::Vbp));
    // "have live here": the tagger reads an adjective.
    let lives = sentence.word(verb) == "live"
        && (matches!(sentence.word(verb + 1), "here" | "there")
            || sentence.tagged(verb + 1, |tag| tag == Tag::In));
    let noun = words::among(ALSO_OBJECTS, sentence.word(verb)) && !(apart && tagged)
        || sentence.tagged(verb + 1, Tag::is_common_noun) && !apart;
    let plain = noun_chain::is_base_verb(sentence, verb)
        && (tagged || apart || lives)
        && !noun
        && !matches!(sentence.word(verb), "be" | "have");
    ((named || relative) && (plain || past)).then_some(verb)
}

fn is_past_only(sentence: &Sentence, verb: usize) -> bool {
    sentence.has(verb, Facts::PAST | Facts::USUAL_VERB)
        && !sentence.any(verb, Facts::PARTICIPLE | Facts::BASE)
        && !words::among("forgot got bit hid beat showed spoke", sentence.word(verb))
}

fn participle(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    if sentence.has(verb, Facts::PARTICIPLE) {
        return None;
    }
    let base = noun_chain::base_of(sentence, verb)?;
    let form = sentence.lexicon.verb_form(&base, Tag::Vbn)?;
    Some(Proposal::new(sentence, verb..verb + 1, &form, (FORM, "perfect-base"), 0.93))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn a_participle_follows_have() {
        expect(
            &PerfectBase,
            &[
                ("Has your son ever ride a horse?", "Has your son ever ridden a horse?"),
                ("Have you eat breakfast yet?", "Have you eaten breakfast yet?"),
                ("He hasn't call me yet.", "He hasn't called me yet."),
                (
                    "My parents have live here for ten years.",
                    "My parents have lived here for ten years.",
                ),
            ],
        );
    }

    #[test]
    fn objects_of_have_stay() {
        stays(
            &PerfectBase,
            "
            I have work to do.
            We have just come home.
            Have a look at this.
            Let me have him call you.
            They have live music here.
            ",
        );
    }
}
