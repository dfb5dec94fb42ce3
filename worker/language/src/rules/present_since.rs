//! What began in the past and still holds is in the perfect: `I have lived here since 2010`.

use crate::{
    analysis::{
        Person, Sentence, Subject, Tag, VerbGroup,
        facts::Facts,
        time_expressions::TimeKind,
        verb_groups::{Aspect, Form, Tense, Voice},
        words,
    },
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct PresentSince;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);

impl Rule for PresentSince {
    fn name(&self) -> &'static str {
        "present-with-since"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["present-since"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let pairs = sentence.predicates_with_subject();
        pairs.filter_map(|(group, subject)| find_in(sentence, group, subject)).collect()
    }
}

fn find_in(sentence: &Sentence, group: &VerbGroup, subject: &Subject) -> Option<Proposal> {
    let verb = group.finite()?;
    let main = group.main();
    let since = sentence.times_of(verb).find(|time| match time.kind {
        TimeKind::Since => true,
        TimeKind::Duration => lasts(sentence, group, subject, &time.tokens),
        _ => false,
    })?;
    // "I don't go out since I was ill" may give a reason.
    let clause = words::is_subject_pronoun(sentence.word(since.tokens.start + 1));
    let dated = sentence.verb_groups.iter().any(|own| {
        // "hours elapsed since midnight" dates another verb.
        own.tokens.start > main
            && own.tokens.end <= since.tokens.start
            && !own.is_finite()
            && own.to.is_none()
    });
    if dated || group.inverted || group.form != Form::Finite || group.voice != Voice::Active {
        return None;
    }
    let have = match subject.person {
        Person::Third => "has",
        Person::First | Person::Plural => "have",
        _ => return None,
    };
    let been = |have: &str| format!("{have} been");
    let participle = || sentence.lexicon.verb_form(&sentence.tokens[main].lemma, Tag::Vbn);
    let clitic = sentence.tokens[verb].clitic();
    // "has work here since 2005": the auxiliary stands there already.
    let after_have = main == verb
        && words::is_have(sentence.word(verb))
        && sentence.has(verb + 1, Facts::BASE | Facts::RATHER_VERB | Facts::USUAL_VERB);
    if after_have {
        let form = sentence.lexicon.verb_form(sentence.word(verb + 1), Tag::Vbn)?;
        let edit =
            Proposal::new(sentence, verb + 1..verb + 2, &form, (TENSE, "present-since"), 0.9);
        return Some(edit.with_clue(sentence.original(since.tokens.clone())));
    }
    let (tokens, corrected) = match (group.tense()?, group.aspect, group.negation) {
        (Tense::Present, Aspect::Simple, None) if group.is_simple() && clitic.is_none() => {
            (verb..verb + 1, format!("{have} {}", participle()?))
        }
        // "am living", "I'm living".
        (Tense::Present, Aspect::Progressive, None) if group.verbs.len() == 2 => {
            let glued = format!("{}'{}", sentence.tokens[verb].stem(), &have[2..]);
            (verb..verb + 1, been(if clitic.is_some() { &glued } else { have }))
        }
        // "doesn't eat", "didn't see".
        (Tense::Present | Tense::Past, Aspect::Simple, Some(not))
            if words::is_do(sentence.word(verb))
                && group.verbs.len() == 2
                && (!clause || group.tense() == Some(Tense::Past) && since.tokens.start > main) =>
        {
            let joined = sentence.word(verb).ends_with("n't");
            let next = verb + 1 + usize::from(!joined && not == verb + 1);
            if main != next {
                return None;
            }
            let not = if joined { "n't" } else { " not" };
            (verb..main + 1, format!("{have}{not} {}", participle()?))
        }
        _ => return None,
    };
    let edit = Proposal::new(sentence, tokens, &corrected, (TENSE, "present-since"), 0.92);
    Some(edit.with_clue(sentence.original(since.tokens.clone())))
}

/// True for what lasts up to now beside `for ten years`; "I sleep for eight hours" is a habit.
fn lasts(
    sentence: &Sentence,
    group: &VerbGroup,
    subject: &Subject,
    time: &std::ops::Range<usize>,
) -> bool {
    let main = group.main();
    let lemma = sentence.tokens[main].lemma.as_str();
    let years = sentence.tokens[time.clone()].iter().any(|token| {
        matches!(
            token.lower.as_str(),
            "years" | "months" | "year" | "decades" | "ages" | "weeks" | "month"
        )
    }) || sentence.word(time.end - 1) == "time";
    let only = sentence.times_of(main).all(|time| time.kind == TimeKind::Duration);
    let present = group.tense() == Some(Tense::Present);
    // What may hold for years in the past of a history, or be true at any time: "Elephants live for sixty years".
    let known = subject.is_pronoun()
        || sentence.noun_phrases.get(subject.phrase.unwrap_or(usize::MAX)).is_some_and(|phrase| {
            phrase.is_name()
                || phrase.determiner.is_some_and(|at| words::is_possessive(sentence.word(at)))
                || matches!(sentence.word(phrase.tokens.start), "this" | "these")
        });
    match lemma {
        _ if !present || group.is_negated() || !subject.is_certain => false,
        "know" => group.is_simple(),
        "wait" => group.aspect == Aspect::Progressive,
        "live" | "work" | "teach" | "learn" | "study" | "own" | "belong" | "run" | "play"
        | "have" => {
            known && years && only && (group.is_simple() || group.aspect == Aspect::Progressive)
        }
        "be" => known && years && only && group.is_simple() && sentence.word(subject.head) != "it",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_present_becomes_the_perfect() {
        expect(
            &PresentSince,
            &[
                ("She works here since 2015.", "She has worked here since 2015."),
                ("We know them for five years.", "We have known them for five years."),
                ("They are in Hanoi since Monday.", "They have been in Hanoi since Monday."),
            ],
        );
    }

    #[test]
    fn other_presents_stay() {
        stays(
            &PresentSince,
            "
            I have lived here since 2010.
            I sleep for eight hours.
            Since he is ill, he stays at home.
            We run for an hour every day.
            ",
        );
    }
}
