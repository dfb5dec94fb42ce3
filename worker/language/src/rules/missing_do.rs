//! `not` needs an auxiliary before a full verb: `I do not go`, not `I not go`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        noun_chain,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct MissingDo;

const FORM: ErrantType = ErrantType::missing(Category::Verb);

impl Rule for MissingDo {
    fn name(&self) -> &'static str {
        "missing-do"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["missing-do"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (1..sentence.tokens.len())
            .filter_map(|at| after_subject(sentence, at).or_else(|| after_be(sentence, at)))
            .collect()
    }
}

/// "She not like fish": `not` at token `not`, right after a subject and before a full verb.
fn after_subject(sentence: &Sentence, not: usize) -> Option<Proposal> {
    let verb = not + 1;
    let no = sentence.word(not) == "no";
    if !no && sentence.word(not) != "not" || !is_plain_verb(sentence, verb) {
        return None;
    }
    let phrase = sentence.noun_phrase_at(not - 1).filter(|phrase| phrase.tokens.end == not)?;
    let head = sentence.word(phrase.head);
    let subject = if phrase.is_pronoun() {
        words::is_subject_pronoun(head)
    } else {
        phrase.is_definite() || phrase.is_plural()
    };
    let start = noun_chain::start_of(sentence, not)?;
    let before = start.checked_sub(1);
    let chained = start < phrase.tokens.start;
    let phrase = sentence.noun_phrase_at(start)?;
    let opens = before.is_none_or(|at| {
        sentence.tagged(at, Tag::is_mark)
            || words::among("and but so because when if although while who", sentence.word(at))
    });
    // "rice, not bread", "and not like that", "suggest that he not go".
    let contrast = before.is_some_and(|at| sentence.word(at) == "that")
        || sentence.tokens[..not].iter().any(|token| token.lower == "neither");
    // "My friend not like to": `like` with nothing behind it is a preposition.
    let liked = sentence.word(verb) != "like"
        || sentence.noun_phrase_at(verb + 1).is_some()
        || sentence.tagged(verb + 1, |tag| matches!(tag, Tag::To | Tag::Vbg));
    // "in our bedroom not works": what hangs on the subject may be of any kind; "I no want" must be a verb.
    let subject = if chained { !phrase.is_bare() || phrase.is_plural() } else { subject };
    let negates = !no
        || sentence.has(verb, Facts::BASE)
            && words::among(
                "have has like want understand know need live remember eat drink go speak",
                sentence.word(verb),
            );
    if !subject || !opens || contrast || !liked || !negates {
        return None;
    }
    let past = sentence.times.iter().any(|time| time.is_past())
        || sentence.has(verb, Facts::PAST) && !sentence.has(verb, Facts::BASE);
    let auxiliary = match () {
        () if past => "did",
        () if phrase.is_plural() || matches!(head, "i" | "you" | "we" | "they") => "do",
        () => "does",
    };
    let base = base(sentence, verb)?;
    let negated = format!("{auxiliary} not {base}");
    let edit = Proposal::new(sentence, not..verb + 1, &negated, (FORM, "missing-do"), 0.92);
    Some(edit.with_clue(sentence.original(phrase.tokens.clone())))
}

/// "We weren't have time", "I am not understand": be where do is asked.
fn after_be(sentence: &Sentence, be: usize) -> Option<Proposal> {
    let word = sentence.word(be);
    let glued = matches!(word, "isn't" | "aren't" | "wasn't" | "weren't");
    let apart =
        matches!(word, "am" | "is" | "are" | "was" | "were") && sentence.word(be + 1) == "not";
    let verb = be + 1 + usize::from(apart);
    let plain = is_plain_verb(sentence, verb)
        && sentence.has(verb, Facts::BASE)
        && !sentence
            .any(verb, Facts::ADJECTIVE | Facts::PARTICIPLE | Facts::ADVERB | Facts::PREPOSITION)
        && sentence.any(verb, Facts::RATHER_VERB)
        && !sentence.any(verb, Facts::USUAL_NOUN);
    let subject = sentence.noun_phrase_at(be.checked_sub(1)?)?;
    if !(glued || apart) || !plain {
        return None;
    }
    let auxiliary = match word {
        "was" | "were" | "wasn't" | "weren't" => "did",
        "is" | "isn't" => "does",
        _ => "do",
    };
    let not = if glued { "n't" } else { " not" };
    let negated = format!("{auxiliary}{not} {}", base(sentence, verb)?);
    let edit = Proposal::new(sentence, be..verb + 1, &negated, (FORM, "missing-do"), 0.9);
    Some(edit.with_clue(sentence.original(subject.tokens.clone())))
}

fn is_plain_verb(sentence: &Sentence, at: usize) -> bool {
    let word = sentence.word(at);
    let listed = sentence.any(at, Facts::BASE | Facts::THIRD | Facts::PAST)
        && (sentence.any(at, Facts::USUAL_VERB) || word == "like");
    let another = sentence.tagged(at, |tag| {
        matches!(tag, Tag::Nns | Tag::Vbg | Tag::Vbn | Tag::Rb | Tag::Dt | Tag::Prp)
    }) && !sentence.has(at, Facts::BASE | Facts::RATHER_VERB);
    listed && !another && !words::is_auxiliary(word) || matches!(word, "have" | "has")
}

fn base(sentence: &Sentence, verb: usize) -> Option<String> {
    let word = sentence.word(verb);
    if sentence.has(verb, Facts::BASE) {
        Some(word.to_owned())
    } else {
        sentence.lexicon.verb_lemma(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn wrong_forms_are_put_right() {
        expect(
            &MissingDo,
            &[
                ("I not go to school yesterday.", "I did not go to school yesterday."),
                ("She not like fish.", "She does not like fish."),
                (
                    "The air conditioner in our bedroom not works.",
                    "The air conditioner in our bedroom does not work.",
                ),
                ("I no want to go.", "I do not want to go."),
                ("They not know him.", "They do not know him."),
                ("He not went home.", "He did not go home."),
                ("I am tired, so I not eat.", "I am tired, so I do not eat."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &MissingDo,
            "
            I do not go.
            They suggest that he not go.
            Should I not go?
            I not only sing but also dance.
            He is not here.
            How could he not know?
            It was he, not I.
            ",
        );
    }
}
