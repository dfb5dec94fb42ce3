//! A subject is named once: `My father works`, not `My father he works`; `Learning English takes time`, not `… it takes`.

use crate::{
    analysis::{ClauseKind, NounPhrase, Sentence, Tag, noun_phrases::Number, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};
use std::ops::Range;

pub struct DoubleSubject;

const EXTRA: ErrantType = ErrantType::unnecessary(Category::Pron);
/// Tokens of the first naming.
const MOST: usize = 12;

impl Rule for DoubleSubject {
    fn name(&self) -> &'static str {
        "double-subject"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["double-subject"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let found = |at| find_at(sentence, at).or_else(|| behind_relative(sentence, at));
        (1..sentence.tokens.len()).filter_map(found).collect()
    }
}

fn find_at(sentence: &Sentence, pronoun: usize) -> Option<Proposal> {
    if !matches!(sentence.word(pronoun), "he" | "she" | "it" | "they") {
        return None;
    }
    let group = sentence
        .verb_group_at(pronoun + 1)
        .or_else(|| sentence.verb_group_at(pronoun + 2))
        .filter(|group| group.is_finite() && group.tokens.start > pronoun && !group.inverted)?;
    // "My father, he works".
    let end = pronoun - usize::from(sentence.word(pronoun - 1) == ",");
    let start = (0..end).rev().take(MOST).find(|at| begins(sentence, *at))?;
    // "Young people nowadays they prefer".
    let adverb = words::among("nowadays today now here also", sentence.word(end - 1));
    let named = named(sentence, start..end - usize::from(adverb), sentence.word(pronoun))
        .or_else(|| described(sentence, start..end, sentence.word(pronoun)))?;
    // "The book it mentions is old": a second verb in the same clause makes it a clause that describes the noun.
    let next = sentence.verb_groups.iter().find(|other| {
        other.is_finite()
            && other.tokens.start > group.main()
            && !group.tokens.contains(&other.tokens.start)
    });
    let free = next.is_none_or(|next| {
        (group.main() + 1..next.tokens.start).any(|at| {
            sentence.tagged(at, |tag| {
                tag.is_mark() || matches!(tag, Tag::Cc | Tag::Wp | Tag::Wdt | Tag::Wrb)
            }) || words::opens_clause(sentence.word(at))
        })
    });
    // "The world, he said, was old".
    let aside = end < pronoun && sentence.at(group.main(), 1) == ",";
    if !free || aside || group.main() + 1 >= sentence.tokens.len() {
        return None;
    }
    let kept = sentence.original(end - 1..end).to_owned();
    let mut edit =
        Proposal::new(sentence, end - 1..pronoun + 1, &kept, (EXTRA, "double-subject"), 0.9);
    edit.replacement = kept;
    Some(edit.with_clue(sentence.original(named)))
}

/// `People who live in big cities they often feel lonely`: the main clause would have no verb, and the clause that the
/// pronoun begins is joined to nothing.
fn behind_relative(sentence: &Sentence, pronoun: usize) -> Option<Proposal> {
    let main = sentence.clauses.first()?;
    let own = sentence.clause_at(pronoun)?;
    let subject = sentence.noun_phrase_at(main.tokens.start)?;
    let loose = own.kind == ClauseKind::Subordinate
        && own.opener.is_none()
        && own.tokens.start == pronoun
        && own.verb.is_some();
    let relative = sentence.clauses.iter().any(|clause| {
        clause.kind == ClauseKind::Relative
            && clause.opener.is_some()
            && clause.verb.is_some()
            && clause.tokens.start < pronoun
    });
    let subject_pronoun = match sentence.word(pronoun) {
        "they" => subject.is_plural(),
        "he" | "she" | "it" => !subject.is_plural(),
        _ => false,
    };
    let marks = sentence.tokens[..pronoun].iter().any(|token| token.tag.is_mark());
    let verb_next = sentence.finite_begins(pronoun + 1);
    let says = words::among(
        "know think say believe hope tell hear see feel",
        &sentence.tokens[pronoun - 1].lemma,
    );
    if main.kind != ClauseKind::Main
        || main.verb.is_some()
        || !(loose && relative && subject_pronoun && verb_next)
        || marks
        || says
        || subject.is_pronoun()
        || !timeless(sentence, subject)
    {
        return None;
    }
    let kept = sentence.original(pronoun - 1..pronoun).to_owned();
    let mut edit =
        Proposal::new(sentence, pronoun - 1..pronoun + 1, &kept, (EXTRA, "double-subject"), 0.9);
    edit.replacement = kept;
    Some(edit.with_clue(sentence.original(subject.tokens.clone())))
}

/// True where a clause begins with token `at`.
fn begins(sentence: &Sentence, at: usize) -> bool {
    let before = at.checked_sub(1);
    before.is_none_or(|before| {
        words::among("and but because so that although if when", sentence.word(before))
            || sentence.tagged(before, |tag| matches!(tag, Tag::Comma | Tag::Stop))
    })
}

/// The first naming, where the tokens are nothing else: a noun phrase with what belongs to it by prepositions, with a
/// name beside it, or a verb in -ing with its object.
fn named(sentence: &Sentence, tokens: Range<usize>, pronoun: &str) -> Option<Range<usize>> {
    // "Most of the students they …".
    let share = sentence.word(tokens.start + 1) == "of"
        && words::among("most all some many both none each one", sentence.word(tokens.start));
    let tokens = if share { tokens.start + 2..tokens.end } else { tokens };
    let phrases: Vec<&NounPhrase> = sentence
        .noun_phrases
        .iter()
        .filter(|phrase| tokens.contains(&phrase.tokens.start))
        .collect();
    let first = *phrases.first()?;
    let gerund = sentence.tagged(tokens.start, |tag| tag == Tag::Vbg)
        && pronoun == "it"
        && !words::among(
            "according regarding concerning including considering",
            sentence.word(tokens.start),
        )
        && sentence.word(tokens.end) != ",";
    // "The sooner we leave, the better it is".
    if sentence.tagged(first.head, |tag| tag.is_adjective() || tag.is_adverb()) {
        return None;
    }
    if !gerund && (first.tokens.start != tokens.start || first.is_pronoun()) {
        return None;
    }
    // Only prepositions may stand between the phrases: "the people in my village".
    let filled = tokens.clone().skip(usize::from(gerund)).all(|at| {
        let inside =
            sentence.noun_phrase_at(at).is_some_and(|phrase| phrase.tokens.end <= tokens.end);
        inside
            || sentence.tagged(at, |tag| matches!(tag, Tag::In | Tag::To))
                && !words::opens_clause(sentence.word(at))
    });
    let last_fits = phrases
        .last()
        .is_some_and(|phrase| phrase.tokens.end == tokens.end && !phrase.is_pronoun());
    let numbers = match pronoun {
        "they" => {
            first.is_plural()
                || first.number == Number::Either
                || sentence.word(first.head) == "most"
        }
        _ => !first.is_plural(),
    };
    let of = sentence.word(first.tokens.end) == "of";
    let known = gerund || first.is_definite() || first.is_plural() || of;
    // "In Hue they live": a phrase of place in front is no subject.
    let agrees = gerund || numbers || of && pronoun == "they";
    // A bare comma needs more: "For my father, he is a hero" does not begin with the phrase.
    (filled && last_fits && agrees && known && timeless(sentence, first)).then_some(tokens)
}

/// "The film that we saw last night it was": a phrase with a relative clause that fills the rest.
fn described(sentence: &Sentence, tokens: Range<usize>, pronoun: &str) -> Option<Range<usize>> {
    let phrase = sentence.noun_phrase_at(tokens.start).filter(|phrase| {
        phrase.tokens.start == tokens.start && !phrase.is_pronoun() && phrase.is_definite()
    })?;
    let opener = phrase.tokens.end;
    let relative = matches!(sentence.word(opener), "that" | "who" | "which");
    let verbs = sentence
        .verb_groups
        .iter()
        .filter(|group| group.is_finite() && tokens.contains(&group.tokens.start))
        .count();
    let marks = sentence.tokens[tokens.clone()].iter().any(|token| token.tag.is_mark());
    let agrees = if pronoun == "they" { phrase.is_plural() } else { !phrase.is_plural() };
    // "The film which we watched it": the pronoun is the object of the verb before it.
    if sentence.verb_group_at(tokens.end - 1).is_some() {
        return None;
    }
    // "The man who knows he …" may go on with an object clause.
    let says = words::among(
        "know think say believe hope tell hear see feel",
        &sentence.tokens[tokens.end - 1].lemma,
    );
    (relative && verbs == 1 && !marks && agrees && !says && timeless(sentence, phrase))
        .then_some(tokens)
}

/// "Last year they moved", "Every day she runs": a time in front is no subject.
fn timeless(sentence: &Sentence, phrase: &NounPhrase) -> bool {
    let time = sentence.times.iter().any(|time| time.tokens.contains(&phrase.head));
    !time
        && !words::among(
            "time year day week month morning evening way moment weekend night years days first result",
            sentence.word(phrase.head),
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_pronoun_goes() {
        expect(
            &DoubleSubject,
            &[
                ("My sister she lives in Hue.", "My sister lives in Hue."),
                ("The house it is very old.", "The house is very old."),
                ("My parents they are farmers.", "My parents are farmers."),
                (
                    "I am happy because my brother he is here now.",
                    "I am happy because my brother is here now.",
                ),
                (
                    "The people in my village they are friendly.",
                    "The people in my village are friendly.",
                ),
                (
                    "Learning a language it takes a lot of time.",
                    "Learning a language takes a lot of time.",
                ),
                ("My laptop, it is too old.", "My laptop is too old."),
                ("Most of my friends they have a job.", "Most of my friends have a job."),
                ("Young people nowadays they like music.", "Young people nowadays like music."),
            ],
        );
    }

    #[test]
    fn clauses_that_describe_a_noun_stay() {
        stays(
            &DoubleSubject,
            "
            The book it mentions is very old.
            The man she loves is rich.
            My father works in a factory.
            When my father comes home, he cooks.
            The song they sang was beautiful.
            I know the house they bought.
            Last year they moved to Hue.
            The next day he came home.
            In my village they grow rice.
            ",
        );
    }
}
