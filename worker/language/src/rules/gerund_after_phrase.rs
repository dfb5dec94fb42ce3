//! Phrases after which a verb ends in -ing: `busy cooking`, `no use crying`, `trouble finding`, `can't help laughing`, `get
//! used to living`; and `used to live`, which is none of them.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        noun_chain,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct GerundAfterPhrase;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);
const REFLEXES: &str =
    "think laugh cry smile feel fall wonder worry notice look stare love eat buy check";

impl Rule for GerundAfterPhrase {
    fn name(&self) -> &'static str {
        "gerund-after-phrase"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["gerund-after-phrase", "used-to-base"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (2..sentence.tokens.len())
            .filter_map(|verb| {
                after_to(sentence, verb)
                    .or_else(|| without_to(sentence, verb))
                    .or_else(|| used(sentence, verb))
            })
            .collect()
    }
}

/// "busy to cook", "no use to cry", "trouble to find", "used to wake".
fn after_to(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let to = verb - 1;
    let plain = sentence.word(to) == "to"
        && sentence.has(verb, Facts::BASE)
        && sentence.tagged(verb, |tag| matches!(tag, Tag::Vb | Tag::Vbp | Tag::Nn));
    if !plain {
        return None;
    }
    let at = |back: isize| sentence.at(to, -back);
    let lemma =
        |back: usize| to.checked_sub(back).map_or("", |i| sentence.tokens[i].lemma.as_str());
    let quantified = |noun: &str, back: isize| {
        words::among(noun, at(back))
            && words::among(
                "have has had having",
                at(back + 1 + isize::from(words::among("no some a much great any", at(back + 1)))),
            )
    };
    let phrase = match at(1) {
        "busy" => {
            !words::among("too so enough", at(2))
                && words::among("be get keep", &sentence.tokens[to.checked_sub(2)?].lemma)
        }
        "worth" => !words::among("the", at(2)),
        "use" | "good" => at(2) == "no" && words::among("is it's was isn't be", at(3)),
        "difficulty" | "trouble" | "fun" | "difficulties" => quantified(at(1), 1),
        "up" => lemma(2) == "give",
        "on" => lemma(2) == "keep",
        "off" => lemma(2) == "put",
        "like" => lemma(2) == "feel",
        "time" | "money" => wasted(sentence, to),
        "help" => {
            words::among("can't couldn't cannot", at(2))
                && words::is_nominative(at(3))
                && words::among(REFLEXES, sentence.word(verb))
        }
        _ => return keeps_to(sentence, verb),
    };
    let noun =
        sentence.tagged(verb, |tag| tag == Tag::Nn) && !noun_chain::is_base_verb(sentence, verb);
    if !phrase || noun {
        return None;
    }
    gerund(sentence, to, verb)
}

/// "Don't waste time to argue", "wasted a lot of money to buy".
fn wasted(sentence: &Sentence, to: usize) -> bool {
    (to.saturating_sub(7)..to).any(|at| {
        sentence.tokens[at].lemma == "waste"
            && sentence.tagged(at, Tag::is_verb)
            && sentence.tokens[at + 1..to]
                .iter()
                .all(|token| !token.tag.is_mark() && !token.tag.is_verb())
    })
}

/// "am used to live", "got used to wake", "addicted to play": the `to` is a preposition and stays.
fn keeps_to(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let to = verb - 1;
    let before = sentence.at(to, -1);
    let mut left = to.checked_sub(2)?;
    while left > 0 && (sentence.tagged(left, Tag::is_adverb) || sentence.word(left) == "not") {
        left -= 1;
    }
    let linked = words::among("be get become", &sentence.tokens[left].lemma)
        || sentence.tokens[left].clitic().is_some();
    // "They are used to make wine": things are; only who speaks, or one person, gets used to something.
    let person = sentence.tokens[left].lemma != "be"
        || words::among("i we he she i'm we're he's she's", sentence.at(left, -1))
        || words::among("i'm we're he's she's", sentence.word(left))
        || left > 0 && words::is_person(&sentence.tokens[left - 1].lemma);
    let phrase = match before {
        // "was used to tell" means what one did once ("used to tell").
        "used" => linked && person && !matches!(sentence.word(left), "was" | "were"),
        "accustomed" | "addicted" => linked,
        _ => false,
    };
    let base = sentence.has(verb, Facts::USUAL_VERB)
        && sentence.tagged(verb, |tag| matches!(tag, Tag::Vb | Tag::Vbp))
        || noun_chain::is_base_verb(sentence, verb);
    if !phrase || !base {
        return None;
    }
    gerund(sentence, verb, verb)
}

/// "I can't help think about it".
fn without_to(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let reflex = sentence.at(verb, -1) == "help"
        && words::among("can't couldn't cannot", sentence.at(verb, -2))
        && words::among(REFLEXES, sentence.word(verb));
    if !reflex {
        return None;
    }
    gerund(sentence, verb, verb)
}

fn gerund(sentence: &Sentence, from: usize, verb: usize) -> Option<Proposal> {
    let ing = sentence.lexicon.verb_form(sentence.word(verb), Tag::Vbg)?;
    let start = from.min(verb);
    let edit = Proposal::new(sentence, start..verb + 1, &ing, (FORM, "gerund-after-phrase"), 0.92);
    Some(edit.with_clue(sentence.original(start.saturating_sub(2)..start)))
}

/// "I used to living in Hue" → "used to live".
fn used(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let used = verb.checked_sub(2)?;
    let glued = sentence.tokens[used.checked_sub(1)?].clitic().is_some();
    let subject = words::is_subject_pronoun(sentence.at(used, -1))
        || !glued
            && sentence
                .noun_phrase_at(used.checked_sub(1)?)
                .is_some_and(|phrase| phrase.tokens.end == used && phrase.is_definite());
    let ing = sentence.word(used) == "used"
        && sentence.word(used + 1) == "to"
        && sentence.has(verb, Facts::ING | Facts::USUAL_VERB)
        && sentence.tagged(verb, |tag| tag == Tag::Vbg);
    if !subject || !ing {
        return None;
    }
    let base = sentence.lexicon.verb_lemma(sentence.word(verb))?;
    let edit = Proposal::new(sentence, verb..verb + 1, &base, (FORM, "used-to-base"), 0.92);
    Some(edit.with_clue("used to"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_verb_ends_in_ing() {
        expect(
            &GerundAfterPhrase,
            &[
                ("She is busy to cook dinner.", "She is busy cooking dinner."),
                ("It is no use to cry.", "It is no use crying."),
                ("We had trouble to find the hotel.", "We had trouble finding the hotel."),
                ("Don't waste time to argue.", "Don't waste time arguing."),
                ("I couldn't help to laugh.", "I couldn't help laughing."),
                ("He got used to wake up early.", "He got used to waking up early."),
                ("I used to living in Hue.", "I used to live in Hue."),
                ("He gave up to smoke.", "He gave up smoking."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &GerundAfterPhrase,
            "
            She is too busy to cook dinner.
            Grapes are used to make wine.
            I used to live in Hue.
            I have time to help you.
            I can't help you.
            ",
        );
    }
}
