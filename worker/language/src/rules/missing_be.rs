//! A predicate without a verb needs be: `She is very beautiful`, `My father is a doctor`, `They are in the kitchen`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        be_form, edit,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};
use std::ops::Range;

pub struct MissingBe;

const MISSING: ErrantType = ErrantType::missing(Category::Verb);

/// Past participles that say how one feels, and are no verbs without an object.
const FEELINGS: &str =
    "tired bored interested scared disappointed exhausted excited worried surprised crowded";
const DEGREES: &str = "very so too really quite not always also still extremely";
/// What may follow an adjective that ends a predicate.
const AFTER: &str = "in at on for with about to of from after before because when and but than now today yesterday \
    this that if so here there as enough";

impl Rule for MissingBe {
    fn name(&self) -> &'static str {
        "missing-be"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["missing-be"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let phrases = sentence.noun_phrases.iter();
        let mut found: Vec<Proposal> =
            phrases.filter_map(|phrase| find_after(sentence, phrase.tokens.clone())).collect();
        found.extend(asked(sentence));
        found
    }
}

fn find_after(sentence: &Sentence, subject: Range<usize>) -> Option<Proposal> {
    let (start, end) = (subject.start, subject.end);
    let phrase = sentence.noun_phrase_at(start)?;
    let pronoun = end == start + 1
        && (words::is_nominative(sentence.word(start))
            || start == 0 && matches!(sentence.word(start), "it" | "you" | "this" | "that"));
    let strong = start == 0 && (phrase.is_definite() || phrase.is_name());
    let closes = [".", "!"].contains(&sentence.at(sentence.tokens.len().wrapping_sub(1), 0));
    // "Its very cold" is another slip.
    let owner = words::is_possessive(sentence.word(end - 1));
    if owner || !(pronoun || strong && closes) || !be_form::opens_subject(sentence, start) {
        return None;
    }
    // "We too tired to cook": what follows the adjective is no predicate.
    let excess = pronoun
        && matches!(sentence.word(end), "too" | "very" | "so" | "really" | "quite")
        && sentence.word(end + 2) == "to"
        && sentence.has(end + 1, Facts::USUAL_ADJECTIVE)
        && !sentence.any(end + 1, Facts::BASE);
    let excess = excess
        || pronoun
            && sentence.word(end) == "too"
            && words::among(FEELINGS, sentence.word(end + 1))
            && sentence.word(end + 2) == "to";
    let stretch = end..if excess { end + 2 } else { stretch_end(sentence, end) };
    let after_auxiliary = start > 0 && words::is_auxiliary(sentence.at(start, -1));
    // "The hill commands a view": the last word of the phrase may be the verb.
    let verbal = subject.clone().any(|i| {
        let token = &sentence.tokens[i];
        token.clitic().is_some()
            || token.lower.ends_with("'s")
            || token.facts.any(Facts::THIRD | Facts::PAST) && token.facts.has(Facts::USUAL_VERB)
            || token.facts.has(Facts::THIRD) && i > 0 && sentence.tagged(i - 1, Tag::is_common_noun)
    });
    if after_auxiliary || verbal || has_verb(sentence, stretch.clone()) {
        return None;
    }
    // "The food at that restaurant delicious": a phrase of place belongs to the subject.
    let verb = if pronoun { end } else { after_place(sentence, end) };
    let simple = verb == end;
    let predicate = is_quality(sentence, verb, pronoun, stretch.end)
        || simple && is_thing(sentence, verb, stretch.end)
        || simple && is_place(sentence, verb, phrase.is_name() || pronoun, &stretch);
    if !predicate {
        return None;
    }
    let be = be_form::of(
        be_form::person_before(sentence, end)?,
        be_form::speaks_of_past(sentence, verb),
    )?;
    // "You free on Saturday?" asks.
    if pronoun && start == 0 && sentence.word(sentence.tokens.len() - 1) == "?" {
        let own = sentence.word(start);
        let edit = edit::rewritten(
            sentence,
            0..end,
            &format!("{be} {own}"),
            (MISSING, "missing-be"),
            0.85,
        );
        return Some(edit.with_clue(sentence.original(subject)));
    }
    let edit = edit::inserted(sentence, verb, be, (MISSING, "missing-be"), 0.9);
    Some(edit.with_clue(sentence.original(subject)))
}

/// `What your favourite subject?`, `You free on Sunday?`
fn asked(sentence: &Sentence) -> Option<Proposal> {
    let free = sentence.word(0) == "you"
        && matches!(
            sentence.word(1),
            "free" | "busy" | "ready" | "sure" | "hungry" | "tired" | "ok" | "okay"
        )
        && sentence.word(sentence.tokens.len().saturating_sub(1)) == "?"
        && (sentence.has(2, Facts::PREPOSITION)
            || matches!(sentence.word(2), "?" | "now" | "today" | "tomorrow" | "tonight" | "this"));
    if free {
        let edit = edit::rewritten(sentence, 0..1, "are you", (MISSING, "missing-be"), 0.88);
        return Some(edit.with_clue(sentence.original(0..1)));
    }
    let phrase = sentence.noun_phrase_at(1).filter(|phrase| phrase.tokens.start == 1)?;
    let owned = phrase
        .determiner
        .is_some_and(|at| words::is_possessive(sentence.word(at)) || sentence.word(at) == "the");
    let end = phrase.tokens.end;
    let closes = sentence.word(end) == "?"
        || sentence.word(end) == "when" && sentence.word(sentence.tokens.len() - 1) == "?";
    let asks = matches!(sentence.word(0), "what" | "where" | "who" | "how");
    if !(asks && owned && closes) || phrase.tokens.len() < 2 {
        return None;
    }
    let past = be_form::speaks_of_past(sentence, end)
        || (end..sentence.tokens.len()).any(|i| sentence.tag(i) == Some(Tag::Vbd));
    let be = match (phrase.is_plural(), past) {
        (true, false) => "are",
        (true, true) => "were",
        (false, false) => "is",
        (false, true) => "was",
    };
    let edit = edit::inserted(sentence, 1, be, (MISSING, "missing-be"), 0.88);
    Some(edit.with_clue(sentence.original(phrase.tokens.clone())))
}

/// Where the clause that holds token `at` ends, as far as words tell.
fn stretch_end(sentence: &Sentence, at: usize) -> usize {
    let ends = |i: &usize| {
        sentence.tokens[*i].tag.is_mark()
            || words::opens_clause(sentence.word(*i))
                && *i > at
                && sentence.tag(*i) != Some(Tag::Dt)
    };
    (at..sentence.tokens.len()).find(ends).unwrap_or(sentence.tokens.len())
}

/// True where a word of the stretch is a verb, or may well be one.
fn has_verb(sentence: &Sentence, stretch: Range<usize>) -> bool {
    stretch.into_iter().any(|i| {
        let token = &sentence.tokens[i];
        let feeling = words::among(FEELINGS, &token.lower);
        let verbal = token.tag.is_verbal() && !feeling
            || words::is_auxiliary(&token.lower)
            || token.lower.contains('\'')
            || token.facts.any(Facts::THIRD | Facts::PAST | Facts::BASE)
                && token.facts.has(Facts::USUAL_VERB)
                && !token.tag.is_adjective()
                && !(i > 0
                    && matches!(
                        sentence.tag(i - 1),
                        Some(Tag::Dt | Tag::PrpPossessive | Tag::Jj | Tag::In | Tag::To)
                    ))
                && !feeling;
        let beside = i > 0 && sentence.word(i - 1) == "next";
        verbal || (token.tag == Tag::To || token.lower == "to") && !beside
    })
}

/// Skips `at that restaurant`, `in Hanoi`.
fn after_place(sentence: &Sentence, at: usize) -> usize {
    let mut end = at;
    // "the restaurant next to the post office in our street": few phrases of place follow each other.
    for _ in 0..3 {
        let noun = match sentence.word(end) {
            "in" | "at" | "of" | "on" | "near" | "behind" | "opposite" | "under" => end + 1,
            "next" if sentence.at(end, 1) == "to" => end + 2,
            _ => break,
        };
        let phrase = sentence.noun_phrase_at(noun).filter(|phrase| phrase.tokens.start == noun);
        let Some(phrase) = phrase else { break };
        end = phrase.tokens.end;
    }
    end
}

/// `very beautiful`, `ready for`, `not happy with`.
fn is_quality(sentence: &Sentence, at: usize, pronoun: bool, end: usize) -> bool {
    let graded = words::among(DEGREES, sentence.word(at));
    let adjective = if graded { at + 1 } else { at };
    let adjective = if graded && words::among(DEGREES, sentence.word(adjective)) {
        adjective + 1
    } else {
        adjective
    };
    if adjective >= end {
        return false;
    }
    let word = sentence.word(adjective);
    let feeling = words::among(FEELINGS, word) && (graded || matches!(word, "tired" | "crowded"));
    let quality = feeling
        || (graded || sentence.tagged(adjective, Tag::is_adjective))
            && sentence.has(adjective, Facts::USUAL_ADJECTIVE)
            && !sentence.any(adjective, Facts::PARTICIPLE);
    let next = sentence.word(adjective + 1);
    let closes = adjective + 1 == end || words::among(AFTER, next);
    let alone =
        pronoun || sentence.noun_phrase_at(at).is_none_or(|phrase| phrase.tokens.start >= at);
    let governs = matches!(
        (word, next),
        ("famous" | "responsible" | "necessary" | "bad" | "good" | "important", "for")
            | ("full" | "proud" | "afraid" | "tired", "of")
            | ("good" | "bad", "at")
            | ("different" | "far", "from")
            | ("angry" | "happy" | "busy" | "popular" | "crowded", "with")
            | ("rich", "in")
    );
    let graded = graded || governs;
    quality
        && closes
        && alone
        && (graded
            || pronoun
            || adjective + 1 == end && !sentence.has(adjective, Facts::USUAL_NOUN))
}

/// `a doctor`, `both teachers`, at the end of the clause.
fn is_thing(sentence: &Sentence, at: usize, end: usize) -> bool {
    let phrase = sentence.noun_phrase_at(at).filter(|phrase| phrase.tokens.start == at);
    matches!(sentence.word(at), "a" | "an")
        && phrase.is_some_and(|phrase| {
            phrase.tokens.end == end
                || matches!(sentence.word(phrase.tokens.end), "in" | "at" | "from" | "and")
        })
}

/// `in the kitchen now`, `at home`, `from Vietnam`.
fn is_place(sentence: &Sentence, at: usize, person: bool, stretch: &Range<usize>) -> bool {
    let place =
        matches!(sentence.word(at), "in" | "at" | "from" | "near" | "on" | "under" | "behind");
    let phrase = sentence.noun_phrase_at(at + 1).filter(|phrase| phrase.tokens.start == at + 1);
    let owned =
        words::is_possessive(sentence.word(0)) || matches!(sentence.word(0), "the" | "this");
    let whole = stretch.end + 1 >= sentence.tokens.len() && (person || owned);
    place
        && whole
        && phrase.is_some_and(|phrase| {
            let end = phrase.tokens.end;
            end == stretch.end
                || matches!(
                    sentence.word(end),
                    "now" | "today" | "yesterday" | "with" | "and" | "at"
                )
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn predicates_get_their_verb() {
        expect(
            &MissingBe,
            &[
                ("She very beautiful.", "She is very beautiful."),
                ("My father a doctor.", "My father is a doctor."),
                ("They in the kitchen now.", "They are in the kitchen now."),
                (
                    "The food at that restaurant delicious.",
                    "The food at that restaurant is delicious.",
                ),
                ("I very tired after work.", "I am very tired after work."),
                (
                    "Because I tired, I went to bed early.",
                    "Because I was tired, I went to bed early.",
                ),
                (
                    "The weather in Hanoi very hot in summer.",
                    "The weather in Hanoi is very hot in summer.",
                ),
                ("What your favourite subject?", "What is your favourite subject?"),
                ("We too tired to cook.", "We are too tired to cook."),
                (
                    "The house behind the market very old.",
                    "The house behind the market is very old.",
                ),
                ("You free on Sunday?", "Are you free on Sunday?"),
            ],
        );
    }

    #[test]
    fn what_has_a_verb_or_needs_none_stays() {
        stays(
            &MissingBe,
            "
            She is very beautiful.
            She made me very happy.
            My house near the river
            How beautiful she is!
            He died young.
            The man in the kitchen knows her.
            I consider him very clever.
            The sooner, the better.
            They came home tired.
            I always work late.
            What the teacher said was true.
            We too like to cook.
            ",
        );
    }
}
