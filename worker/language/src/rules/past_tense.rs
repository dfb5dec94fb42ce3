//! A clause with a past time expression has its verb in the past: `Yesterday I went`.

use crate::{
    analysis::{
        Clause, ClauseKind, Person, Sentence, Subject, Tag, TimeExpression, VerbGroup,
        facts::Facts,
        time_expressions::TimeKind,
        verb_groups::{Aspect, Tense},
        words,
    },
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

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
        let past =
            |time: &&TimeExpression| matches!(time.kind, TimeKind::Past | TimeKind::PastYear);
        let mut found: Vec<Proposal> = Vec::new();
        for time in sentence.times.iter().filter(past) {
            for (clause, group, subject) in sentence.predications() {
                let dated = sentence.clauses.get(time.clause) == Some(clause);
                let joined = time.is_past() && shares_time(sentence, clause, time);
                if (dated || joined)
                    && found.iter().all(|edit| !group.verbs.contains(&edit.tokens.start))
                {
                    found.extend(
                        subject
                            .and_then(|subject| into_past(sentence, clause, group, subject, time)),
                    );
                }
            }
        }
        found.sort_by_key(|proposal| proposal.tokens.start);
        found
    }
}

/// "Yesterday I went home and watch TV": a second verb that shares subject and time with one in the past.
fn shares_time(sentence: &Sentence, clause: &Clause, time: &TimeExpression) -> bool {
    let joined = clause.kind == ClauseKind::Coordinate && clause.parent == Some(time.clause);
    let and = clause.opener.is_some_and(|opener| sentence.word(opener) == "and");
    let shared = clause.opener.zip(clause.verb).is_some_and(|(opener, verb)| {
        (opener + 1..sentence.verb_groups[verb].tokens.start)
            .all(|i| sentence.tagged(i, Tag::is_adverb))
    });
    let first = sentence.clauses.get(time.clause).and_then(|first| sentence.predicate(first));
    let past = first.is_some_and(|group| group.tense() == Some(Tense::Past) && group.is_simple());
    // "made us laugh and cry", "wanted to eat and drink": the second verb may hang on the first.
    let open = first.is_some_and(|group| {
        let lemma = sentence.tokens[group.main()].lemma.as_str();
        matches!(lemma, "let" | "make" | "help" | "see" | "watch" | "hear" | "have")
    }) || clause.opener.is_some_and(|opener| {
        sentence.verb_groups.iter().any(|group| group.to.is_some() && group.tokens.start < opener)
    });
    joined && and && shared && past && !open
}

fn into_past(
    sentence: &Sentence,
    clause: &Clause,
    group: &VerbGroup,
    subject: &Subject,
    time: &TimeExpression,
) -> Option<Proposal> {
    let verb = group.finite()?;
    let ago = sentence.word(time.tokens.end - 1) == "ago"
        || sentence.word(time.tokens.start) == "yesterday"
        || sentence.word(time.tokens.start) == "last";
    let clue = sentence.original(time.tokens.clone());
    // "We will meet our teacher two days ago".
    if sentence.word(verb) == "will"
        && group.verbs.len() == 2
        && !group.is_negated()
        && !group.inverted
        && ago
    {
        let past = sentence.lexicon.past(&sentence.tokens[group.main()].lemma)?;
        let edit =
            Proposal::new(sentence, verb..group.main() + 1, &past, (TENSE, "past-time"), 0.86);
        return (group.main() == verb + 1 && clause.kind != ClauseKind::Subordinate)
            .then(|| edit.with_clue(clue));
    }
    // "This time last year we are preparing".
    if time.tokens.start <= 2
        && time.tokens.end < verb
        && group.aspect == Aspect::Progressive
        && group.tense() == Some(Tense::Present)
        && sentence.tokens[verb].clitic().is_none()
        && subject.is_certain
        && clause.kind == ClauseKind::Main
    {
        let be = if subject.person == Person::Plural { "were" } else { "was" };
        return Some(
            Proposal::new(sentence, verb..verb + 1, be, (TENSE, "past-time"), 0.86).with_clue(clue),
        );
    }
    let present = group.tense() == Some(Tense::Present) && !group.is_perfect();
    // "I think he is right yesterday": which of the two verbs the time belongs to is open.
    let open = clause.kind == ClauseKind::Subordinate && clause.opener.is_none();
    let it_is = sentence.word(subject.head) == "it" && words::is_be(sentence.word(verb));
    // "My grandfather join the army in 1968": no present form of this subject.
    let family = subject.person == Person::Either
        && sentence.noun_phrases.get(subject.phrase.unwrap_or(usize::MAX)).is_some_and(|phrase| {
            phrase.determiner.is_some_and(|at| words::is_possessive(sentence.word(at)))
        });
    let disagrees = (subject.person == Person::Third || family)
        && group.is_simple()
        && sentence.has(verb, Facts::BASE)
        && !sentence.any(verb, Facts::THIRD);
    let year = time.kind == TimeKind::PastYear
        && !disagrees
        && (!words::is_nominative(sentence.word(subject.head))
            || words::is_be(sentence.word(verb)));
    let may_be_past = sentence.has(verb, Facts::PAST);
    if !present
        || open
        || it_is
        || year
        || may_be_past
        || !subject.is_certain
        || is_contradicted(sentence, clause)
    {
        return None;
    }
    if sentence.tokens[verb].clitic().is_some() {
        return None;
    }
    let clue = sentence.original(time.tokens.clone());
    let confidence = if subject.is_pronoun() { 0.95 } else { 0.88 };
    // "I am writing about my trip last week": the expression may belong to the trip.
    if group.aspect != Aspect::Simple {
        return None;
    }
    let main = group.main();
    let extra_be = words::is_be(sentence.word(verb))
        && main == verb + 1
        && sentence.tagged(main, |tag| matches!(tag, Tag::Vb | Tag::Vbp));
    if extra_be && !group.inverted {
        let past = sentence.lexicon.past(&sentence.tokens[main].lemma)?;
        return Some(
            Proposal::new(sentence, verb..main + 1, &past, (TENSE, "past-time"), 0.9)
                .with_clue(clue),
        );
    }
    let past = past_form(sentence, verb, subject)?;
    Some(
        Proposal::new(sentence, verb..verb + 1, &past, (TENSE, "past-time"), confidence)
            .with_clue(clue),
    )
}

/// Another time in the same clause, or a word such as `still`, speaks against the past.
fn is_contradicted(sentence: &Sentence, clause: &Clause) -> bool {
    let other = |time: &TimeExpression| {
        let always = sentence.word(time.tokens.start);
        let frequency = time.tokens.len() == 1
            && !matches!(always, "now" | "nowadays" | "today" | "tonight" | "tomorrow");
        !matches!(time.kind, TimeKind::Past | TimeKind::PastYear | TimeKind::Duration) && !frequency
    };
    sentence
        .times
        .iter()
        .any(|time| sentence.clauses.get(time.clause) == Some(clause) && other(time))
        || clause.tokens.clone().any(|i| matches!(sentence.word(i), "still" | "next"))
}

fn past_form(sentence: &Sentence, verb: usize, subject: &Subject) -> Option<String> {
    let word = sentence.word(verb);
    let plural = subject.person == Person::Plural
        || subject.person == Person::Either && word.starts_with("are");
    let past = match word {
        "am" | "is" | "are" => {
            if plural {
                "were"
            } else {
                "was"
            }
        }
        "isn't" | "aren't" => {
            if plural {
                "weren't"
            } else {
                "wasn't"
            }
        }
        "don't" | "doesn't" => "didn't",
        _ => {
            return sentence.lexicon.past(&sentence.tokens[verb].lemma).filter(|past| past != word);
        }
    };
    Some(past.to_owned())
}

#[cfg(test)]
mod tests;
