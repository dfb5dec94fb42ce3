//! A clause with a past time expression has its verb in the past: `Yesterday I went`.

use crate::rules::{
    facts::Facts,
    past_time::{PastTime, Strength, past_times, when_i_was},
    rule::{Proposal, Rule, Stage},
    subject::{Person, Subject, subject_of},
    text::{Sentence, Tag},
    words,
};
use lexilingo_shared::errant::{Category, ErrantType};
use std::ops::Range;

pub struct PastTense;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);

impl Rule for PastTense {
    fn name(&self) -> &'static str {
        "past-tense-with-past-time"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["past-time"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let mut found = Vec::new();
        for time in past_times(sentence) {
            let clause = clause_of(sentence, &time);
            found.extend(in_clause(sentence, clause.clone(), &time));
            found.extend(question(sentence, clause.clone(), &time));
            found.extend(joined_verb(sentence, clause.end, &time));
        }
        if let Some(length) = when_i_was(sentence, 0) {
            let time = PastTime { tokens: 0..length, strength: Strength::Strong };
            let from = length + usize::from(sentence.word(length) == ",");
            if words::is_subject_pronoun(sentence.word(from)) {
                found.extend(in_clause(sentence, from..clause_end(sentence, from), &time));
            }
        }
        found.sort_by_key(|proposal| proposal.tokens.start);
        found.dedup_by_key(|proposal| proposal.tokens.start);
        found
    }
}

/// The clause that the expression belongs to: the one after it where it stands in front, else the one around it.
pub(super) fn clause_of(sentence: &Sentence, time: &PastTime) -> Range<usize> {
    let in_front = time.tokens.start == 0 || words::ends_clause(sentence.at(time.tokens.start, -1));
    if in_front {
        let from = time.tokens.end + usize::from(sentence.word(time.tokens.end) == ",");
        return from..clause_end(sentence, from);
    }
    let mut from = time.tokens.start;
    while from > 0 && !words::ends_clause(sentence.word(from - 1)) {
        from -= 1;
    }
    from..clause_end(sentence, time.tokens.end)
}

fn clause_end(sentence: &Sentence, from: usize) -> usize {
    let mut verb_stands_before = false;
    for i in from..sentence.tokens.len() {
        // "My friend and I go": an `and` before any verb joins people, not clauses.
        let word = sentence.word(i);
        if words::ends_clause(word) && (word != "and" || verb_stands_before) {
            return i;
        }
        verb_stands_before |= sentence.tag(i) == Some(Tag::Verb) || is_past_already(sentence, i);
    }
    sentence.tokens.len().max(from)
}

fn in_clause(sentence: &Sentence, clause: Range<usize>, time: &PastTime) -> Option<Proposal> {
    if clause.clone().any(|i| is_past_already(sentence, i)) {
        return None;
    }
    let (verb, subject) = clause.clone().find_map(|i| {
        let subject = is_present(sentence, i).then(|| subject_of(sentence, i)).flatten()?;
        (subject.tokens.start >= clause.start).then_some((i, subject))
    })?;
    // "I think he is right yesterday": which of the two verbs the time belongs to is open.
    if (verb + 1..clause.end).any(|i| words::is_nominative(sentence.word(i))) {
        return None;
    }
    // "Tomorrow I visit the man of last year" keeps its own time.
    let contradicted = is_contradicted(sentence, clause);
    let named_year = time.strength == Strength::Year
        && (!words::is_nominative(sentence.word(subject.tokens.start))
            || words::is_be(sentence.word(verb)));
    let it_is = sentence.word(subject.tokens.start) == "it" && words::is_be(sentence.word(verb));
    if contradicted || named_year || it_is {
        return None;
    }
    // "I am go": a form of be too many.
    let plain = sentence.has(verb + 1, Facts::BASE | Facts::USUAL_VERB)
        && !sentence.any(verb + 1, Facts::USUAL_NOUN | Facts::USUAL_ADJECTIVE | Facts::PAST)
        || matches!(sentence.at(verb, 1), "go" | "play" | "study" | "visit");
    if matches!(sentence.word(verb), "am" | "is" | "are")
        && plain
        && !sentence.has(verb + 1, Facts::ADVERB)
    {
        let past = sentence.lexicon.past(sentence.at(verb, 1))?;
        let edit = Proposal::new(sentence, verb..verb + 2, &past, (TENSE, "past-time"), 0.9);
        return Some(edit.with_clue(sentence.original(time.tokens.clone())));
    }
    // "I am writing about my trip last week": the expression may belong to the trip.
    if words::is_be(sentence.word(verb)) && sentence.has(verb + 1, Facts::ING) {
        return None;
    }
    let past = past_form(sentence, verb, &subject)?;
    Some(proposal(sentence, verb, &past, time, if subject.is_pronoun { 0.95 } else { 0.88 }))
}

fn is_contradicted(sentence: &Sentence, clause: Range<usize>) -> bool {
    sentence.tokens[clause].iter().any(|token| {
        matches!(
            token.lower.as_str(),
            "tomorrow" | "now" | "today" | "nowadays" | "tonight" | "next" | "every" | "still"
        )
    })
}

/// `Does he go home yesterday?`, `Where do you go last night?`: the auxiliary before the subject.
fn question(sentence: &Sentence, clause: Range<usize>, time: &PastTime) -> Option<Proposal> {
    let asks = matches!(sentence.word(0), "what" | "where" | "when" | "why" | "how" | "who");
    let verb = usize::from(asks);
    let subject = sentence.at(verb, 1);
    let plain = time.strength == Strength::Strong
        && (words::is_nominative(subject) || subject == "you")
        && (verb == clause.start || asks && clause.start <= 1)
        && !is_contradicted(sentence, clause.clone())
        && !(verb + 2..clause.end)
            .any(|i| is_past_already(sentence, i) || words::is_nominative(sentence.word(i)));
    let past = match sentence.word(verb) {
        _ if !plain => return None,
        "do" | "does" if sentence.has(verb + 2, Facts::BASE) => "did",
        "don't" | "doesn't" if sentence.has(verb + 2, Facts::BASE) => "didn't",
        // "Are you going" may ask for a plan; "Is he tired yesterday" does not.
        _ if sentence.has(verb + 2, Facts::ING) => return None,
        "is" if words::is_nominative(subject) => "was",
        "are" => "were",
        _ => return None,
    };
    Some(proposal(sentence, verb, past, time, 0.9))
}

/// "Yesterday I went home and watch TV": a second verb that shares the subject.
fn joined_verb(sentence: &Sentence, conjunction: usize, time: &PastTime) -> Option<Proposal> {
    let verb = conjunction + 1 + usize::from(sentence.word(conjunction + 1) == "then");
    let first = clause_of(sentence, time);
    let plain = sentence.word(conjunction) == "and"
        && time.strength == Strength::Strong
        && first
            .clone()
            .any(|i| is_past_already(sentence, i) && sentence.tag(i) == Some(Tag::Verb))
        && !first.clone().any(|i| {
            let word = sentence.word(i);
            word == "to"
                || words::is_modal(word)
                || words::is_do(word)
                || matches!(
                    word,
                    "let" | "made" | "make" | "helped" | "saw" | "watched" | "heard" | "had"
                )
        });
    let verb_like = sentence.has(verb, Facts::BASE | Facts::USUAL_VERB)
        && !sentence.has(verb, Facts::PAST)
        && !sentence.any(verb, Facts::USUAL_NOUN | Facts::USUAL_ADJECTIVE | Facts::PREPOSITION)
        && sentence.tag(verb) == Some(Tag::Verb);
    if !plain || !verb_like {
        return None;
    }
    let past = sentence.lexicon.past(sentence.word(verb))?;
    Some(proposal(sentence, verb, &past, time, 0.85))
}

fn proposal(
    sentence: &Sentence,
    verb: usize,
    past: &str,
    time: &PastTime,
    confidence: f64,
) -> Proposal {
    Proposal::new(sentence, verb..verb + 1, past, (TENSE, "past-time"), confidence)
        .with_clue(sentence.original(time.tokens.clone()))
}

pub(super) fn is_past_already(sentence: &Sentence, i: usize) -> bool {
    let word = sentence.word(i);
    let auxiliary = matches!(
        word,
        "was"
            | "were"
            | "did"
            | "had"
            | "didn't"
            | "wasn't"
            | "weren't"
            | "hadn't"
            | "been"
            | "used"
            | "have"
            | "has"
    ) && !is_main_have(sentence, i);
    auxiliary
        || words::is_modal(word)
        || word.contains("'d")
        || word.contains("'ve")
        || word.contains("'ll")
        || sentence.any(i, Facts::PAST)
            && !sentence.has(i, Facts::BASE)
            && sentence.has(i, Facts::USUAL_VERB)
            && !matches!(word, "tired" | "interested" | "excited" | "bored" | "worried" | "married")
}

/// `have` with an object, not the auxiliary of a perfect.
fn is_main_have(sentence: &Sentence, i: usize) -> bool {
    matches!(sentence.word(i), "have" | "has")
        && (words::is_determiner(sentence.at(i, 1))
            || sentence.has(i + 1, Facts::USUAL_NOUN)
                && !sentence.any(i + 1, Facts::PARTICIPLE | Facts::PAST)
            || words::is_plural_number(sentence.at(i, 1))
            || sentence.at(i, 1) == "to")
}

fn is_present(sentence: &Sentence, i: usize) -> bool {
    let word = sentence.word(i);
    let auxiliary = matches!(
        word,
        "am" | "is" | "are" | "isn't" | "aren't" | "do" | "does" | "don't" | "doesn't"
    ) || is_main_have(sentence, i);
    auxiliary
        || !words::is_auxiliary(word)
            && sentence.any(i, Facts::BASE | Facts::THIRD)
            && sentence.has(i, Facts::USUAL_VERB)
            && !sentence.has(i, Facts::PAST)
}

fn past_form(sentence: &Sentence, verb: usize, subject: &Subject) -> Option<String> {
    let word = sentence.word(verb);
    let plural = subject.person == Person::Plural
        || subject.person == Person::Either && word.starts_with("are");
    let be = |one: &str, many: &str| Some(if plural { many.to_owned() } else { one.to_owned() });
    match word {
        "am" | "is" | "are" => return be("was", "were"),
        "isn't" | "aren't" => return be("wasn't", "weren't"),
        "don't" | "doesn't" => return Some("didn't".into()),
        "do" | "does" if sentence.at(verb, 1) == "not" => return Some("did".into()),
        _ => {}
    }
    // A bare noun phrase before a word that is also a noun is too thin a ground for a change of tense.
    let noun_like = sentence.has(verb, Facts::USUAL_NOUN)
        && !sentence.has(verb, Facts::RATHER_VERB)
        && sentence.tag(verb) != Some(Tag::Verb);
    if noun_like && !subject.is_pronoun {
        return None;
    }
    let base = if sentence.has(verb, Facts::BASE) {
        word.to_owned()
    } else {
        sentence.lexicon.verb_lemma(word)?
    };
    sentence.lexicon.past(&base).filter(|past| past != word)
}

#[cfg(test)]
mod tests;
