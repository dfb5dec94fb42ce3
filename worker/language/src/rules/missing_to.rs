//! `want to go`, `need to buy`, `would like to eat`: verbs that join another verb by `to`.

use crate::{
    analysis::{Sentence, facts::Facts, words},
    rules::rule::{Proposal, Rule, Stage},
    vocabulary::levels::Part,
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct MissingTo;

const FORM: ErrantType = ErrantType::missing(Category::VerbForm);

/// Verbs that are nouns too but hardly the bare object of `want`: "want play football".
const HARDLY_OBJECTS: &str = "play watch study visit travel talk walk swim dance cook ride call stay wash clean live \
    look";

impl Rule for MissingTo {
    fn name(&self) -> &'static str {
        "missing-to"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["missing-to"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (1..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let governor = verb - 1;
    let plain = sentence.has(verb, Facts::BASE | Facts::USUAL_VERB)
        && !sentence.has(verb, Facts::PREPOSITION);
    let excluded =
        matches!(sentence.word(verb), "be" | "do" | "like" | "better" | "please" | "thank" | "let");
    if !governs(sentence, governor)
        || !plain && sentence.word(verb) != "be"
        || sentence.is_capitalised(verb)
    {
        return None;
    }
    // "if need be", "all you need do": fixed phrases.
    if excluded && sentence.word(governor).starts_with("need")
        || matches!(sentence.word(verb), "like" | "please" | "thank" | "better")
    {
        return None;
    }
    if !is_verb_here(sentence, verb) {
        return None;
    }
    let replacement = format!("to {}", sentence.original(verb..verb + 1));
    let clue = sentence.original(governor..governor + 1).to_owned();
    Some(
        Proposal::new(sentence, verb..verb + 1, &replacement, (FORM, "missing-to"), 0.95)
            .with_clue(&clue),
    )
}

/// True for a verb, not the noun of the same form, that takes `to`.
fn governs(sentence: &Sentence, i: usize) -> bool {
    let before = sentence.at(i, -1);
    let by_subject = words::is_subject_pronoun(before)
        || words::is_indefinite(before)
        || words::is_modal(before)
        || words::is_do(before)
        || words::is_middle_adverb(before)
        || matches!(before, "not" | "to" | "who" | "have" | "has" | "had")
        || i > 0 && sentence.has(i - 1, Facts::USUAL_NOUN) && !words::is_determiner(before)
        || i > 0 && sentence.has(i - 1, Facts::PROPER) && sentence.is_capitalised(i - 1);
    match sentence.word(i) {
        "want" | "wants" | "wanted" | "decided" | "decide" | "decides" | "hope" | "hopes"
        | "hoped" | "agreed" | "refused" | "refuse" | "refuses" | "wanting" => by_subject,
        "need" | "needs" | "needed" => {
            by_subject
                && !(sentence.word(i) == "need"
                    && sentence.tokens.get(i + 1).is_some_and(|t| t.lower == "only"))
                && before != "if"
        }
        "planned" | "promised" | "tried" => by_subject && !words::is_determiner(before),
        "like" if before == "would" || before.ends_with("'d") => true,
        // As a preposition `like` has no subject right before it.
        "like" | "likes" | "love" | "loves" | "hate" | "hates" | "prefer" => {
            words::is_nominative(before) || words::is_middle_adverb(before) || words::is_do(before)
        }
        _ => false,
    }
}

/// True when the word after the governor cannot well be its object noun.
fn is_verb_here(sentence: &Sentence, verb: usize) -> bool {
    let word = sentence.word(verb);
    let levels = &sentence.lexicon.levels;
    // `go`, `make`, `sleep`: the noun is learned long after the verb.
    let later_noun = match (levels.level(word, Part::Verb), levels.level(word, Part::Noun)) {
        (Some(verb), Some(noun)) => noun as u8 >= verb as u8 + 2,
        _ => false,
    };
    let later_noun = later_noun && word != "sleep";
    if later_noun || !sentence.any(verb, Facts::USUAL_NOUN | Facts::USUAL_ADJECTIVE) {
        return true;
    }
    // "We love play time": what is liked is more often a noun.
    if matches!(sentence.at(verb, -1), "love" | "loves" | "hate" | "hates" | "likes" | "prefer") {
        return false;
    }
    let next = sentence.at(verb, 1);
    let object = words::is_article(next)
        || words::is_possessive(next)
        || matches!(
            next,
            "me" | "you" | "him" | "her" | "it" | "us" | "them" | "this" | "these" | "those"
        );
    let stand_alone = words::among(HARDLY_OBJECTS, word)
        && next != "of"
        && !sentence.has(verb, Facts::USUAL_ADJECTIVE);
    object && !matches!(word, "present" | "past") || stand_alone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn to_is_put_in() {
        expect(
            &MissingTo,
            &[
                ("I want go home.", "I want to go home."),
                ("I like eat fish.", "I like to eat fish."),
                ("She wants buy a new bag.", "She wants to buy a new bag."),
                ("We decided travel by train.", "We decided to travel by train."),
                ("I would like eat rice.", "I would like to eat rice."),
                ("He needs help his mother.", "He needs to help his mother."),
                ("I want be a doctor.", "I want to be a doctor."),
                ("I don't want play football.", "I don't want to play football."),
                ("Lan hopes see you soon.", "Lan hopes to see you soon."),
            ],
        );
    }

    #[test]
    fn objects_and_nouns_stay() {
        stays(
            &MissingTo,
            "
            I want to go home.
            I want help.
            We need work.
            They want change.
            I want water.
            There is no need to go.
            If need be, call me.
            You need not go.
            I like swimming.
            I need love and rest.
            I need sleep.
            We love play time.
            What do you want?
            I want more time.
            I would like tea.
            He wanted out.
            She needs support from you.
            I hope you are well.
            I hope it works.
            ",
        );
    }
}
