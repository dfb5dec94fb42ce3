//! One thing that can be counted does not stand bare: where the grammar of the phrase leaves only an article, the
//! classifiers and counts tell which.

use crate::{
    analysis::{
        NounPhrase, Sentence, Tag,
        countability::Countability,
        facts::Facts,
        noun_phrases::{Definiteness, Number, PhraseKind},
        tokenise::Kind as TokenKind,
        words,
    },
    confusions::{Kind, Slot, decision::indefinite, slots_of, view::View, weights},
    counts::Counts,
    hash,
    rules::{
        bare_singular::plain_modifiers,
        edit,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};
use std::sync::Arc;

pub struct CountedNoun {
    pub counts: Arc<Counts>,
}

/// Probability of the plural from which that, not an article, may be what is missing.
const MOST_PLURAL: f32 = 0.5;
/// How much the counts' opinion weighs beside the classifier's, in natural log units.
const COUNTS_WEIGHT: f32 = 0.1;
/// What it adds to the odds of an article that the thing was mentioned before.
const MENTIONED: f32 = 2.0;
/// Places that one is at, in or goes to bare, in some variety of English.
const BARE_PLACES: &str = "school hospital university college church prison jail court town bed home sea class campus \
    work market office secret topic edge heart back mission town land shore ship stage air top class lack \
    winter summer spring autumn";
/// Verbs that take no object, so that a noun after them lacks its preposition first.
const WITHOUT_OBJECT: &str = "go come arrive return travel listen wait graduate live walk fly move stay depend belong \
    sit look fall each";

const MISSING: ErrantType = ErrantType::missing(Category::Det);

impl Rule for CountedNoun {
    fn name(&self) -> &'static str {
        "counted-noun"
    }

    fn stage(&self) -> Stage {
        Stage::Choices
    }

    fn messages(&self) -> &'static [&'static str] {
        &["counted-one", "counted-known"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        if !sentence.noun_phrases.iter().any(|phrase| stands_bare(sentence, phrase)) {
            return Vec::new();
        }
        let view = View::new(sentence);
        let articles = slots_of(&view, Kind::Article);
        let numbers = slots_of(&view, Kind::Number);
        let phrases = sentence.noun_phrases.iter().filter(|phrase| stands_bare(sentence, phrase));
        phrases
            .filter_map(|phrase| {
                let article = articles
                    .iter()
                    .find(|slot| slot.tokens.is_empty() && slot.anchor == phrase.tokens.start)?;
                let number = numbers.iter().find(|slot| slot.anchor == phrase.head)?;
                self.find_in(&view, phrase, article, number)
            })
            .collect()
    }
}

impl CountedNoun {
    fn find_in(
        &self,
        view: &View,
        phrase: &NounPhrase,
        article: &Slot,
        number: &Slot,
    ) -> Option<Proposal> {
        let sentence = view.sentence;
        let start = phrase.tokens.start;
        let [none, one, the] = weights::probabilities(article)[..] else { return None };
        let plural = weights::probabilities(number).get(1).copied()?;
        let mentioned = is_mentioned(sentence, phrase);
        // "dog was": the verb says that it is one.
        let one_acts = matches!(sentence.at(phrase.head, 1), "is" | "was" | "has");
        if plural > MOST_PLURAL && !mentioned && !one_acts {
            return None;
        }
        let indefinite = indefinite(&sentence.tokens[start]);
        let likelier =
            |word: &str| self.counts.change(&view.words, start..start, &[hash::word(word)]);
        let (a_counts, the_counts) = (likelier(indefinite), likelier("the"));
        let odds = ((one + the).max(1e-6) / none.max(1e-6)).ln();
        let again = if mentioned { MENTIONED } else { 0.0 };
        let margin = odds + COUNTS_WEIGHT * a_counts.max(the_counts) + again;
        if margin < least(sentence, phrase) {
            return None;
        }
        let definite =
            the.max(1e-6).ln() - one.max(1e-6).ln() + COUNTS_WEIGHT * (the_counts - a_counts) > 0.0;
        let (word, message) =
            if definite { ("the", "counted-known") } else { (indefinite, "counted-one") };
        let confidence = if sentence.slips > 0 { 0.85 } else { 0.8 };
        let edit = edit::inserted(sentence, start, word, (MISSING, message), confidence);
        Some(edit.with_clue(sentence.original(phrase.head..phrase.head + 1)))
    }
}

/// What the odds of an article need to be, in natural log units: less where the sentence holds another slip, more for a
/// noun that has a sense without number, and for a preposition with its noun, which may be a set phrase.
fn least(sentence: &Sentence, phrase: &NounPhrase) -> f32 {
    let start = phrase.tokens.start;
    let before = start.checked_sub(1).filter(|before| sentence.tag(*before) == Some(Tag::In));
    let set_phrase = match before {
        Some(of) if sentence.word(of) == "of" => 2.0,
        Some(_) if start == phrase.head => 0.7,
        _ if start == 0 => 1.0,
        _ => 0.0,
    };
    let either = if phrase.countability == Countability::Either { 1.5 } else { 0.0 };
    let base = if sentence.slips > 0 { 0.8 } else { 1.3 };
    base + set_phrase + either
}

/// "We saw a dog, and dog was swimming."
fn is_mentioned(sentence: &Sentence, phrase: &NounPhrase) -> bool {
    let earlier = sentence.noun_phrases.iter().take_while(|other| other.head < phrase.head);
    earlier
        .filter(|other| other.definiteness == Definiteness::Indefinite && !other.is_plural())
        .any(|other| sentence.word(other.head) == sentence.word(phrase.head))
}

/// Adjectives and common nouns: "part-time job", "train ticket".
fn has_plain_modifiers(sentence: &Sentence, phrase: &NounPhrase) -> bool {
    let nouns = (phrase.tokens.start..phrase.head).all(|i| {
        sentence.tag(i) == Some(Tag::Nn) && sentence.is_word(i) && !sentence.is_capitalised(i)
    });
    nouns || plain_modifiers(sentence, phrase)
}

/// A common singular that is counted in every sense, without a determiner, where nothing else accounts for that.
fn stands_bare(sentence: &Sentence, phrase: &NounPhrase) -> bool {
    let (start, head) = (phrase.tokens.start, phrase.head);
    let noun = phrase.kind == PhraseKind::Common
        && phrase.number == Number::Singular
        && phrase.countability != Countability::Uncountable
        && phrase.is_bare()
        && phrase.quantifier.is_none()
        && sentence.tag(head) == Some(Tag::Nn)
        && sentence.has(head, Facts::SINGULAR | Facts::USUAL_NOUN)
        && !sentence.any(head, Facts::PLURAL | Facts::ING | Facts::RATHER_VERB)
        && sentence.word(head).len() > 2
        && sentence.is_word(head);
    let before = start.checked_sub(1).map_or("", |at| sentence.word(at));
    let set = start == head
        && (words::among(BARE_PLACES, sentence.word(head))
            || matches!(before, "by" | "via" | "per"));
    // "master of the house" names an office; "enough sun", "which way" are determined.
    let office = words::is_be(before) && sentence.at(head, 1) == "of" && start == head;
    let determined = office
        || matches!(
            before,
            "enough" | "more" | "less" | "most" | "what" | "which" | "whose" | "todays"
        )
        || start.checked_sub(1).is_some_and(|before| {
            // "electric sports car", "one proposed bill": a modifier that was read as a verb.
            sentence.tagged(before, Tag::is_noun)
                || sentence.has(before, Facts::PLURAL | Facts::USUAL_NOUN)
                || matches!(sentence.tag(before.wrapping_sub(1)), Some(Tag::Dt | Tag::Cd))
                || sentence.at(before, -1) == "/"
                || matches!(sentence.word(before), "own" | "if")
                || sentence.word(before).ends_with("'s")
                || sentence.at(before, -1).ends_with("'s")
        });
    // A heading has no verb: "Mission accomplished!".
    let placed = start > 0 || sentence.tag(head + 1).is_some_and(Tag::is_finite);
    let plain =
        placed && !set && !determined && head < start + 4 && has_plain_modifiers(sentence, phrase);
    // "not only sing but also dance" has a verb; "go supermarket" lacks a preposition.
    let governed = start.checked_sub(1).is_none_or(|before| {
        let token = &sentence.tokens[before];
        !words::among(WITHOUT_OBJECT, &token.lemma)
            && (token.tag.is_verb() || token.tag == Tag::In || !sentence.any(head, Facts::BASE))
    });
    noun && plain && governed && !goes_on(sentence, head) && !is_listed(sentence, start, head)
}

/// What follows makes one phrase with the noun: "ticket prices", "father-in-law", "day by day".
fn goes_on(sentence: &Sentence, head: usize) -> bool {
    let Some(next) = sentence.tokens.get(head + 1) else { return false };
    if sentence.times.iter().any(|time| time.tokens.start == head + 1) {
        return false;
    }
    let glued = next.span.start == sentence.tokens[head].span.end && !next.tag.is_mark()
        || matches!(next.lower.as_str(), "-" | "/" | "'" | "'s" | "(" | ":");
    let repeated =
        matches!(next.tag, Tag::In | Tag::To) && sentence.word(head) == sentence.word(head + 2);
    // "from firm to firm".
    let paired = head > 1
        && matches!(sentence.at(head, -1), "to" | "by" | "after" | "for")
        && sentence.at(head, -2) == sentence.word(head);
    glued
        || repeated
        || paired
        || next.tag.is_noun()
        || next.tag == Tag::Cd
        || next.kind == TokenKind::Opaque
        || next.tag.is_adjective() && !next.facts.has(Facts::ADVERB)
        || next.tag == Tag::Vbg
}

/// "pen and paper", "dog, cat and bird": what is listed stands bare; "and she works" begins anew.
fn is_listed(sentence: &Sentence, start: usize, head: usize) -> bool {
    let next = sentence.at(head, 1);
    let before = start.checked_sub(1).map_or("", |at| sentence.word(at));
    let after = head + 2;
    let anew = words::is_subject_pronoun(sentence.word(after))
        || words::opens_clause(sentence.word(after))
        || sentence.tagged(after, Tag::is_verbal)
        || next == "," && !sentence.tagged(after, Tag::is_noun);
    // "and dog was swimming": the subject of a clause of its own.
    let subject = sentence.tagged(head + 1, Tag::is_finite)
        && sentence.subject_of(head + 1).is_some_and(|subject| subject.tokens.start == start);
    let joined = matches!(before, "and" | "or" | ",") && !subject;
    joined
        || matches!(
            before,
            "," | "and"
                | "or"
                | "no"
                | "not"
                | "nor"
                | "than"
                | "as"
                | "'s"
                | "("
                | ":"
                | "-"
                | "\""
                | "“"
        )
        || matches!(next, "," | "and" | "or") && !anew
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    fn rule() -> CountedNoun {
        CountedNoun { counts: Arc::new(Counts::load()) }
    }

    #[test]
    fn a_counted_thing_gets_the_likelier_article() {
        expect(
            &rule(),
            &[
                ("Last week I lost wallet.", "Last week I lost the wallet."),
                ("I forgot to lock door.", "I forgot to lock the door."),
                ("He opened door and went out.", "He opened the door and went out."),
                ("Restaurant is near my house.", "The restaurant is near my house."),
                ("Teacher gave us homework.", "The teacher gave us homework."),
            ],
        );
    }

    #[test]
    fn set_phrases_headings_and_pairs_stay() {
        stays(
            &rule(),
            "
            He goes to school by bus.
            She is in hospital.
            They worked from morning to night.
            We went from house to house.
            Mission accomplished!
            Husband and wife live here.
            He was captain of the team.
            I have breakfast at home.
            There is enough water.
            Football is fun.
            ",
        );
    }
}
