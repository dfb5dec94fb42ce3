//! After a preposition a verb ends in -ing (`after finishing`), after `for` of purpose it is an infinitive (`to buy`); after
//! `to` of an infinitive it is plain (`help him to wash`).

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct VerbAfterPreposition;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);
const PREPOSITIONS: &str = "after before without of about by from in at despite instead besides";
/// Verbs whose `to` begins an infinitive, and never is a preposition.
const INFINITIVE_TAKERS: &str = "want need hope decide plan agree refuse promise help learn try ask tell like love start begin continue would afford manage able";

/// Adjectives whose preposition is followed by what somebody does.
const GOVERNORS: &str = "interested good bad fond tired keen afraid capable proud excited";

impl Rule for VerbAfterPreposition {
    fn name(&self) -> &'static str {
        "verb-after-preposition"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["gerund-after-preposition", "infinitive-of-purpose", "plain-after-to"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (1..sentence.tokens.len())
            .filter_map(|at| gerund(sentence, at).or_else(|| plain(sentence, at)))
            .collect()
    }
}

/// "After finish his homework", "for buy a laptop": a plain verb with its object, right after the preposition.
fn gerund(sentence: &Sentence, at: usize) -> Option<Proposal> {
    let token = &sentence.tokens[at];
    let before = sentence.word(at - 1);
    let thanked = before == "for"
        && (at.saturating_sub(3)..at - 1)
            .any(|i| words::among("thank thanks sorry apologize apologise", sentence.word(i)));
    let purpose = before == "for" && !thanked;
    // "instead of stay", "capable of do".
    let of = before == "of"
        && words::among(
            "instead capable afraid fond tired dream dreams think way idea chance fear habit",
            sentence.at(at, -2),
        );
    if !purpose && !thanked && !of && !words::among(PREPOSITIONS, before) {
        return None;
    }
    let verb = token.facts.has(Facts::BASE | Facts::USUAL_VERB)
        && !token.capitalised
        && !token.is_auxiliary()
        && (!token.facts.any(Facts::USUAL_NOUN | Facts::USUAL_ADJECTIVE)
            || token.facts.has(Facts::RATHER_VERB)
            || words::is_possessive(sentence.at(at, 1)));
    // What follows shows a verb: its object, or a preposition after a word that is no noun.
    let object = sentence.noun_phrase_at(at + 1).is_some_and(|phrase| {
        phrase.tokens.start == at + 1
            && (phrase.determiner.is_some() || phrase.is_pronoun() || phrase.is_bare())
    }) && !sentence.tagged(at + 1, |tag| tag == Tag::Vbz);
    let alone =
        !token.facts.any(Facts::SINGULAR | Facts::ADJECTIVE | Facts::ADVERB | Facts::PREPOSITION);
    // "interested in learn English": the adjective asks for what is done.
    let governed = (words::among(GOVERNORS, sentence.at(at, -2))
        || sentence.at(at, -2) == "instead" && sentence.tag(at + 1) == Some(Tag::In))
        && (token.facts.has(Facts::RATHER_VERB) || !token.facts.any(Facts::USUAL_NOUN));
    let alone = alone || governed;
    // "after he", "the rest of live TV", "in order".
    let clause = sentence.verb_group_at(at).is_some_and(|group| group.tokens.start < at);
    if !verb
        || !(object || alone)
        || clause
        || sentence.tagged(at + 1, Tag::is_common_noun)
            && !alone
            && !token.facts.has(Facts::RATHER_VERB)
    {
        return None;
    }
    let (form, message) = if purpose {
        (format!("to {}", token.lower), "infinitive-of-purpose")
    } else {
        (sentence.lexicon.verb_form(&token.lower, Tag::Vbg)?, "gerund-after-preposition")
    };
    let from = at - usize::from(purpose);
    let edit = Proposal::new(sentence, from..at + 1, &form, (FORM, message), 0.9);
    Some(edit.with_clue(sentence.original(at - 1..at)))
}

/// "help his mother to washing": -ing after the `to` of an infinitive.
fn plain(sentence: &Sentence, at: usize) -> Option<Proposal> {
    // "to washing the dishes": the tagger may read a noun.
    let verbal = sentence.has(at, Facts::ING | Facts::USUAL_VERB) && sentence.word(at + 1) == "the";
    let ing =
        (verbal || sentence.tagged(at, |tag| tag == Tag::Vbg)) && sentence.word(at - 1) == "to";
    // "too busy to playing".
    let excess = ing
        && at >= 3
        && sentence.at(at, -3) == "too"
        && sentence.tagged(at - 2, Tag::is_adjective);
    if excess {
        let base = sentence.lexicon.verb_lemma(sentence.word(at))?;
        let edit = Proposal::new(sentence, at..at + 1, &base, (FORM, "plain-after-to"), 0.92);
        return Some(edit.with_clue(sentence.original(at - 3..at - 1)));
    }
    let governor =
        (at.saturating_sub(5)..at - 1).rev().find(|i| sentence.tagged(*i, Tag::is_verb))?;
    let lemma = sentence.tokens[governor].lemma.as_str();
    // "I like swimming to running" has an object in between that is no person.
    let near = governor + 2 == at
        || sentence.noun_phrase_at(governor + 1).is_some_and(|phrase| {
            phrase.tokens.start == governor + 1
                && phrase.tokens.end == at - 1
                && (phrase.is_pronoun() || phrase.is_definite())
        });
    if !ing || !near || !words::among(INFINITIVE_TAKERS, lemma) {
        return None;
    }
    let base = sentence.lexicon.verb_lemma(sentence.word(at))?;
    let edit = Proposal::new(sentence, at..at + 1, &base, (FORM, "plain-after-to"), 0.93);
    Some(edit.with_clue(sentence.original(governor..governor + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn verbs_take_the_form_that_is_asked() {
        expect(
            &VerbAfterPreposition,
            &[
                (
                    "After finish his homework, he went out.",
                    "After finishing his homework, he went out.",
                ),
                ("I am saving money for buy a laptop.", "I am saving money to buy a laptop."),
                ("She left without tell me.", "She left without telling me."),
                ("He helped her to washing the dishes.", "He helped her to wash the dishes."),
            ],
        );
    }

    #[test]
    fn nouns_and_prepositions_stay() {
        stays(
            &VerbAfterPreposition,
            "
            After work he went out.
            I look forward to seeing you.
            We talked about love and marriage.
            She is used to living alone.
            I bought it for him.
            He is afraid of change.
            After lunch we rest.
            In fact, he is right.
            I prefer reading to watching TV.
            ",
        );
    }
}
