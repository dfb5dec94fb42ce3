//! Where adverbs stand: `I always go`, `I am always late`, `I like coffee very much`, `speaks English well`, `tall enough`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, noun_phrases::PhraseKind, words},
    rules::{
        edit,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct AdverbPlace;

const ORDER: ErrantType = ErrantType::replacement(Category::Wo);
/// Verbs whose object comes before the adverb of degree or manner.
const LIKING: &str = "like love enjoy hate miss want need";
const SKILLS: &str =
    "speak play know sing dance cook write understand use learn teach read swim drive do study";

impl Rule for AdverbPlace {
    fn name(&self) -> &'static str {
        "adverb-place"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &[
            "frequency-before-verb",
            "frequency-after-be",
            "object-before-adverb",
            "enough-after-adjective",
            "enough-before-noun",
        ]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 0..sentence.tokens.len();
        tokens
            .filter_map(|i| {
                frequency(sentence, i)
                    .or_else(|| degree(sentence, i))
                    .or_else(|| enough(sentence, i))
                    .or_else(|| time(sentence, i))
                    .or_else(|| time_before_verb(sentence, i))
            })
            .collect()
    }
}

/// `go always to`, `eats never meat`, `always am`, `Always I get up`.
fn frequency(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    if !matches!(word, "always" | "usually" | "never" | "often" | "sometimes" | "rarely")
        || !sentence.is_word(i)
    {
        return None;
    }
    if i == 0 {
        // "Always I get up early."
        let pronoun = words::is_nominative(sentence.word(1)) && word == "always";
        if let Some(phrase) = sentence
            .noun_phrase_at(1)
            .filter(|phrase| phrase.tokens.start == 1 && phrase.tokens.len() > 1)
            && word == "always"
            && !phrase.is_bare()
        {
            let end = phrase.tokens.end;
            let be = words::is_be(sentence.word(end));
            let finite = sentence.finite_begins(end) && !sentence.tokens[end].is_auxiliary() || be;
            let parts = if be { [1..end + 1, 0..1] } else { [1..end, 0..1] };
            let edit = edit::reordered(sentence, &parts, (ORDER, "frequency-before-verb"), 0.9)?;
            return finite.then(|| edit.with_clue(sentence.original(end..end + 1)));
        }
        let verb = sentence.tagged(2, Tag::is_verb) && !words::is_auxiliary(sentence.word(2));
        let edit =
            edit::reordered(sentence, &[1..2, 0..1, 2..3], (ORDER, "frequency-before-verb"), 0.92)?;
        return (pronoun && verb).then(|| edit.with_clue(sentence.original(2..3)));
    }
    let before = i - 1;
    let subject = before.checked_sub(1);
    // "I always am late": after a pronoun, and with something behind.
    if matches!(sentence.at(i, 1), "am" | "is" | "are")
        && words::is_subject_pronoun(sentence.word(before))
        && word != "sometimes"
    {
        let free = before == 0
            || sentence.at(before, -1) == ","
            || matches!(sentence.at(before, -1), "but" | "and" | "so" | "because");
        let follows = sentence.tagged(i + 2, Tag::is_adjective)
            || matches!(sentence.at(i, 2), "very" | "so" | "too" | "in" | "at");
        let edit = edit::reordered(
            sentence,
            &[i + 1..i + 2, i..i + 1],
            (ORDER, "frequency-after-be"),
            0.9,
        )?;
        return (free && follows).then(|| edit.with_clue(sentence.original(i + 1..i + 2)));
    }
    // "I never have been to Japan."
    if matches!(sentence.at(i, 1), "have" | "has")
        && sentence.tag(i + 2) == Some(Tag::Vbn)
        && words::is_nominative(sentence.word(before))
        && matches!(word, "never" | "always")
    {
        let edit = edit::reordered(
            sentence,
            &[i + 1..i + 2, i..i + 1],
            (ORDER, "frequency-after-be"),
            0.88,
        )?;
        return Some(edit.with_clue(sentence.original(i + 1..i + 2)));
    }
    let token = &sentence.tokens[before];
    let group = sentence.verb_group_at(before)?;
    let simple = group.is_simple()
        && group.is_finite()
        && token.clitic().is_none()
        && !token.is_auxiliary()
        && !matches!(
            token.lemma.as_str(),
            "be" | "have"
                | "say"
                | "mean"
                | "think"
                | "seem"
                | "stay"
                | "remain"
                | "know"
                | "ask"
                | "come"
                | "feel"
                | "look"
        );
    let subject = subject.filter(|subject| {
        words::is_nominative(sentence.word(*subject))
            || sentence.word(*subject) == "you"
            || sentence
                .noun_phrase_at(*subject)
                .is_some_and(|phrase| phrase.tokens.start == 0 && phrase.tokens.end == before)
    });
    let next = i + 1;
    let object = sentence
        .noun_phrase_at(next)
        .is_some_and(|phrase| phrase.tokens.start == next && !phrase.is_pronoun());
    let place =
        matches!(sentence.word(next), "to" | "in" | "at" | "up" | "for" | "with" | "home" | "on");
    let active =
        sentence.tag(next) == Some(Tag::Vbg) && matches!(token.lemma.as_str(), "go" | "like");
    let fits = match word {
        "always" | "usually" | "never" => object || place || active,
        "often"
            if sentence.word(next) == "to"
                && matches!(token.lemma.as_str(), "go" | "come" | "travel") =>
        {
            true
        }
        _ => {
            object && !matches!(sentence.word(next), "the" | "a" | "an" | "this" | "these")
                || active
        }
    };
    // "He would go always": only simple verbs; "wait always for" stays as well.
    if subject.is_none() || !simple || !fits || sentence.at(next, 0) == "again" {
        return None;
    }
    let edit = edit::reordered(
        sentence,
        &[i..i + 1, before..before + 1],
        (ORDER, "frequency-before-verb"),
        0.9,
    )?;
    Some(edit.with_clue(sentence.original(before..before + 1)))
}

/// `like very much coffee`, `speaks very well English`.
fn degree(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let last = sentence.word(i);
    if !matches!(last, "much" | "well" | "fluently") || i == 0 {
        return None;
    }
    let graded = matches!(sentence.at(i, -1), "very" | "so" | "quite" | "really");
    let from = if graded { i - 1 } else { i };
    let verb = from.checked_sub(1)?;
    let lemma = sentence.tokens[verb].lemma.as_str();
    let liking = last == "much" && graded && words::among(LIKING, lemma);
    let skill = last != "much" && words::among(SKILLS, lemma);
    let phrase = sentence.noun_phrase_at(i + 1).filter(|phrase| phrase.tokens.start == i + 1);
    let gerund = sentence.tag(i + 1) == Some(Tag::Vbg) || sentence.word(i + 1) == "to";
    if !(liking || skill) || !sentence.tagged(verb, Tag::is_verb) {
        return None;
    }
    if liking && gerund {
        // "I like very much playing football": the verb's own adverb instead.
        let text = format!("really {}", sentence.original(verb..verb + 1));
        let edit =
            edit::rewritten(sentence, verb..i + 1, &text, (ORDER, "object-before-adverb"), 0.85);
        return Some(edit.with_clue(sentence.original(verb..verb + 1)));
    }
    let phrase = phrase.filter(|phrase| !phrase.is_pronoun() || liking)?;
    let end = phrase.tokens.end;
    let next = sentence.word(end);
    let timed =
        phrase.tokens.clone().any(|at| sentence.times.iter().any(|time| time.tokens.contains(&at)));
    let closes = next.is_empty()
        || sentence.tagged(end, Tag::is_mark)
        || matches!(next, "and" | "but" | "because" | "in" | "at" | "when" | "with" | "so");
    // "do well this year", "know well that".
    if timed
        || !closes
        || matches!(sentence.word(i + 1), "that" | "enough")
        || sentence.word(i + 1) == "this" && !liking
        || lemma == "do" && !phrase.is_definite()
    {
        return None;
    }
    let edit = edit::reordered(
        sentence,
        &[i + 1..end, from..i + 1],
        (ORDER, "object-before-adverb"),
        0.92,
    )?;
    Some(edit.with_clue(sentence.original(verb..verb + 1)))
}

/// `bought yesterday a new book`.
fn time(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let verb = i.checked_sub(1)?;
    let length = match sentence.word(i) {
        "yesterday" | "today" | "tomorrow" => 1,
        // "drinks every morning green tea".
        "every"
            if matches!(
                sentence.at(i, 1),
                "day" | "morning" | "evening" | "night" | "week" | "afternoon"
            ) =>
        {
            2
        }
        _ => return None,
    };
    let takes = matches!(
        sentence.tokens[verb].lemma.as_str(),
        "buy"
            | "see"
            | "meet"
            | "eat"
            | "watch"
            | "read"
            | "visit"
            | "find"
            | "make"
            | "write"
            | "lose"
            | "receive"
            | "finish"
            | "do"
            | "drink"
            | "play"
            | "clean"
            | "cook"
            | "wash"
            | "study"
            | "learn"
    );
    let from = i + length;
    let phrase = sentence
        .noun_phrase_at(from)
        .filter(|phrase| phrase.tokens.start == from && !phrase.is_pronoun())?;
    let end = phrase.tokens.end;
    let closes = sentence.tokens.get(end).is_none_or(|next| next.tag == Tag::Stop)
        || matches!(sentence.word(end), "with" | "and" | "for");
    let noun = sentence.tagged(phrase.head, Tag::is_common_noun)
        && (length == 2 || phrase.determiner.is_some() || phrase.quantifier.is_some());
    if !takes || !closes || !noun || !sentence.tagged(verb, Tag::is_verb) {
        return None;
    }
    let edit =
        edit::reordered(sentence, &[from..end, i..from], (ORDER, "object-before-adverb"), 0.9)?;
    Some(edit.with_clue(sentence.original(verb..verb + 1)))
}

/// `I every day go to school`, `He yesterday met a friend`: a time between subject and verb goes to the end.
fn time_before_verb(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let time = sentence.times.iter().find(|time| time.tokens.start == i)?;
    let pointed = matches!(sentence.word(i), "yesterday" | "tomorrow" | "every" | "last" | "next");
    let (start, end) = (time.tokens.start, time.tokens.end);
    // "The concert last night was long": behind a noun the time belongs to it.
    let subject = i == 1 && words::is_nominative(sentence.word(0));
    let group = sentence.verb_group_at(end).filter(|group| group.tokens.start == end)?;
    let close = sentence.tokens.len() - 1;
    // Into the end of the only clause, which no mark and no other clause parts.
    let whole = sentence.tag(close) == Some(Tag::Stop)
        && sentence.word(close) != "?"
        && (end..close).all(|at| {
            !sentence.tagged(at, Tag::is_mark)
                && !sentence
                    .tagged(at, |tag| matches!(tag, Tag::Cc | Tag::Wp | Tag::Wdt | Tag::Wrb))
                && !words::opens_clause(sentence.word(at))
        });
    let once = sentence.times.len() == 1 && sentence.verb_groups.len() == 1;
    if !pointed || !whole || !once || !group.is_finite() || !subject {
        return None;
    }
    let parts = [end..close, start..end];
    let edit = edit::reordered(sentence, &parts, (ORDER, "object-before-adverb"), 0.87)?;
    Some(edit.with_clue(sentence.original(end..end + 1)))
}

/// `enough tall to`, `not enough old`.
fn enough(sentence: &Sentence, i: usize) -> Option<Proposal> {
    if sentence.word(i) != "enough" || i == 0 {
        return None;
    }
    if let Some(edit) = after_object(sentence, i) {
        return Some(edit);
    }
    let before = sentence.word(i - 1);
    let not = matches!(before, "not") && i > 1;
    let governor = if not { i - 2 } else { i - 1 };
    let linked = words::is_be(sentence.word(governor))
        || sentence.tokens[governor].clitic().is_some()
        || matches!(sentence.tokens[governor].lemma.as_str(), "feel" | "look" | "seem" | "become");
    let verb = sentence.tagged(governor, Tag::is_verb)
        && matches!(
            sentence.word(i + 1),
            "well" | "fast" | "quickly" | "hard" | "carefully" | "loudly" | "clearly"
        );
    let quality = sentence.has(i + 1, Facts::USUAL_ADJECTIVE)
        && !sentence.any(i + 1, Facts::COMPARATIVE | Facts::PLURAL)
        && sentence.tagged(i + 1, Tag::is_adjective);
    let next = sentence.word(i + 2);
    let closes = i + 2 >= sentence.tokens.len()
        || sentence.tagged(i + 2, Tag::is_mark)
        || matches!(next, "to" | "for" | "and" | "but" | "because" | "so");
    if !(linked && quality || verb) || !closes {
        return None;
    }
    let edit = edit::reordered(
        sentence,
        &[i + 1..i + 2, i..i + 1],
        (ORDER, "enough-after-adjective"),
        0.93,
    )?;
    Some(edit.with_clue(sentence.original(i + 1..i + 2)))
}

/// `do exercise enough`, `have money enough`.
fn after_object(sentence: &Sentence, enough: usize) -> Option<Proposal> {
    if matches!(sentence.at(enough, -1), "exercise" | "sleep" | "practice" | "work")
        && matches!(sentence.at(enough, -2), "do" | "get" | "have" | "does")
        && sentence.tokens.get(enough + 1).is_none_or(|next| next.tag.is_mark())
    {
        let kind = (ORDER, "enough-before-noun");
        let edit =
            edit::reordered(sentence, &[enough..enough + 1, enough - 1..enough], kind, 0.88)?;
        return Some(edit.with_clue(sentence.original(enough - 1..enough)));
    }
    let phrase = sentence.noun_phrase_at(enough - 1)?;
    let verb = phrase.tokens.start.checked_sub(1)?;
    let takes = sentence.tagged(verb, Tag::is_verb)
        && matches!(
            sentence.tokens[verb].lemma.as_str(),
            "have" | "do" | "get" | "earn" | "eat" | "drink" | "make" | "buy" | "need" | "save"
        );
    let amount =
        phrase.tokens.end == enough && phrase.is_bare() && phrase.kind == PhraseKind::Common;
    let closes = sentence.tokens.get(enough + 1).is_none_or(|next| next.tag.is_mark())
        || matches!(sentence.word(enough + 1), "to" | "for");
    let kind = (ORDER, "enough-before-noun");
    let edit = edit::reordered(sentence, &[enough..enough + 1, phrase.tokens.clone()], kind, 0.88)?;
    (takes && amount && closes).then(|| edit.with_clue(sentence.original(phrase.tokens.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn a_time_between_subject_and_verb_goes_to_the_end() {
        expect(
            &AdverbPlace,
            &[
                ("I every day go to school by bus.", "I go to school by bus every day."),
                ("She yesterday met her teacher.", "She met her teacher yesterday."),
            ],
        );
        stays(
            &AdverbPlace,
            "
            Every day I go to school by bus.
            The concert last night was long.
            The train yesterday was late, and we missed our plane.
            Who every day goes to school?
            ",
        );
    }

    #[test]
    fn adverbs_find_their_place() {
        expect(
            &AdverbPlace,
            &[
                ("I go always to school by bus.", "I always go to school by bus."),
                ("Always I get up early.", "I always get up early."),
                ("He eats never meat.", "He never eats meat."),
                ("I like very much coffee.", "I like coffee very much."),
                ("She speaks very well English.", "She speaks English very well."),
                ("I always am late.", "I am always late."),
                ("He is enough tall to play basketball.", "He is tall enough to play basketball."),
                ("She is not enough old to drive.", "She is not old enough to drive."),
                ("She drinks every morning green tea.", "She drinks green tea every morning."),
                ("I don't have money enough to buy it.", "I don't have enough money to buy it."),
            ],
        );
    }

    #[test]
    fn adverbs_in_place_stay() {
        stays(
            &AdverbPlace,
            "
            I always go to school by bus.
            He was always late.
            She has enough money.
            He said never to do it.
            I like it very much.
            He plays often.
            There is not enough clean water.
            She did well this year.
            She drinks green tea every morning.
            We play every day after school.
            The room is big enough.
            ",
        );
    }
}
