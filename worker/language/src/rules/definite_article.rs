//! `The` before superlatives, ordinals, `same`, things of which there is one, and places that one goes to: `the best
//! student`, `the same hobby`, `around the world`, `go to the cinema`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        edit,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct DefiniteArticle;

const MISSING: ErrantType = ErrantType::missing(Category::Det);

/// Places of everyday life that one goes to.
const PLACES: &str = "cinema market beach park zoo supermarket gym airport library bank countryside seaside museum \
    theatre theater mall hospital swimming station dentist doctor toilet bathroom kitchen";
/// Rooms and places in which one is.
const ROOMS: &str = "kitchen garden countryside bathroom bedroom afternoon morning evening city sun rain world \
    past";

impl Rule for DefiniteArticle {
    fn name(&self) -> &'static str {
        "definite-article"
    }

    fn stage(&self) -> Stage {
        Stage::Articles
    }

    fn messages(&self) -> &'static [&'static str] {
        &["the-superlative", "the-only-one"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let message = match () {
        () if is_superlative(sentence, i) || is_ordinal(sentence, i) || is_same(sentence, i) => {
            "the-superlative"
        }
        () if is_unique(sentence, i) || is_place(sentence, i) => "the-only-one",
        () => return None,
    };
    let edit = edit::inserted(sentence, i, "the", (MISSING, message), 0.9);
    let end = sentence.noun_phrase_at(i).map_or(i + 1, |phrase| phrase.tokens.end.max(i + 1));
    Some(edit.with_clue(sentence.original(i..end)))
}

/// `is best student in`, `is most expensive restaurant`.
fn is_superlative(sentence: &Sentence, i: usize) -> bool {
    let word = sentence.word(i);
    let graded = word == "most"
        && sentence.has(i + 1, Facts::ADJECTIVE)
        && !sentence.has(i + 1, Facts::PLURAL);
    let short = sentence.tag(i) == Some(Tag::Jjs) && word != "most" && word != "least";
    if !graded && !short {
        return false;
    }
    let from = if graded { i + 1 } else { i };
    let Some(phrase) = sentence.noun_phrase_at(from) else { return false };
    let before = i.checked_sub(1).map_or("", |before| sentence.word(before));
    let complement = words::is_be(before) && before != "be"
        || before == "of" && i > 1 && sentence.word(i - 2) == "one";
    let head = phrase.head;
    let noun = sentence.tagged(head, Tag::is_common_noun) && head > i;
    let within =
        matches!(sentence.word(head + 1), "in" | "of" | "on" | "that" | "i" | "for" | "to");
    let one = sentence.has(head, Facts::SINGULAR)
        && !sentence.has(head, Facts::PLURAL)
        && !sentence.has(head, Facts::MASS);
    complement
        && noun
        && [i, from].contains(&phrase.tokens.start)
        && (one || within)
        && word != "best"
        || complement && noun && [i, from].contains(&phrase.tokens.start) && one && within
}

/// `for first time`, `on first day`, `was first person to`.
fn is_ordinal(sentence: &Sentence, i: usize) -> bool {
    let word = sentence.word(i);
    if !matches!(word, "first" | "second" | "third" | "last" | "only") || i == 0 {
        return false;
    }
    let before = sentence.word(i - 1);
    let noun = sentence.at(i, 1);
    match before {
        "for" => noun == "time" && word != "only",
        "on" | "since" => matches!(noun, "day") && word != "last",
        "in" => matches!(noun, "day" | "lesson") && word != "last",
        _ if words::is_be(before) => {
            let follows = sentence.at(i, 2);
            matches!(
                noun,
                "person"
                    | "man"
                    | "woman"
                    | "time"
                    | "day"
                    | "country"
                    | "one"
                    | "child"
                    | "student"
                    | "thing"
            ) && matches!(follows, "to" | "who" | "that" | "in" | "i" | "of")
        }
        _ => false,
    }
}

/// `have same hobby`.
fn is_same(sentence: &Sentence, i: usize) -> bool {
    if sentence.word(i) != "same" || i == 0 {
        return false;
    }
    let before = sentence.word(i - 1);
    let noun =
        sentence.tagged(i + 1, Tag::is_common_noun) && !matches!(sentence.word(i + 1), "sex");
    let verb = sentence.tagged(i - 1, Tag::is_verb)
        && matches!(
            sentence.tokens[i - 1].lemma.as_str(),
            "have"
                | "be"
                | "share"
                | "study"
                | "like"
                | "wear"
                | "use"
                | "make"
                | "do"
                | "take"
                | "get"
                | "buy"
        );
    let placed = matches!(before, "in" | "at" | "on" | "from" | "with" | "to");
    noun && (verb || placed)
}

/// `Sun rises`, `around world`, `on internet`, `protect environment`.
fn is_unique(sentence: &Sentence, i: usize) -> bool {
    let word = sentence.word(i);
    let listed = matches!(
        word,
        "sun"
            | "moon"
            | "internet"
            | "world"
            | "environment"
            | "government"
            | "earth"
            | "sky"
            | "radio"
            | "guitar"
            | "piano"
            | "violin"
            | "ocean"
            | "economy"
            | "truth"
    );
    if !listed
        || sentence.tagged(i + 1, Tag::is_noun) && !(i == 0 && sentence.has(i + 1, Facts::THIRD))
    {
        return false;
    }
    let next = sentence.at(i, 1);
    if sentence.tokens.get(i + 1).is_some_and(|next| next.lower.starts_with(['-', '\'', '’']))
        || next == "and"
        || next == "or"
    {
        return false;
    }
    if i == 0 {
        let verb = words::is_auxiliary(next)
            || matches!(next, "rises" | "sets" | "shines" | "goes" | "helps" | "gives" | "makes");
        return verb
            && matches!(
                word,
                "sun" | "moon" | "internet" | "environment" | "government" | "world" | "sky"
            );
    }
    if sentence.noun_phrase_at(i).is_none_or(|phrase| phrase.tokens != (i..i + 1))
        || sentence.is_capitalised(i) && word != "internet"
    {
        return false;
    }
    let before = sentence.word(i - 1);
    let verb = sentence.tagged(i - 1, Tag::is_verb) || matches!(before, "protect" | "surf");
    let lemma = sentence.tokens[i - 1].lemma.as_str();
    match word {
        "world" => {
            matches!(before, "around" | "in" | "over" | "across" | "throughout" | "see" | "travel")
        }
        "internet" => {
            matches!(before, "on" | "through" | "from" | "via")
                || verb && matches!(lemma, "use" | "surf" | "access" | "check")
        }
        "environment" => {
            verb && matches!(
                lemma,
                "protect" | "pollute" | "save" | "destroy" | "harm" | "damage" | "affect"
            )
        }
        "radio" => {
            before == "to"
                && i > 1
                && matches!(sentence.tokens[i - 2].lemma.as_str(), "listen" | "listening")
        }
        "guitar" | "piano" | "violin" => verb && lemma == "play",
        "sun" | "moon" | "sky" => {
            matches!(before, "under")
                || verb && matches!(lemma, "see" | "watch")
                || before == "in" && word == "sky"
        }
        "truth" => verb && lemma == "tell",
        "earth" => before == "around",
        _ => false,
    }
}

/// `go to cinema`, `in kitchen`, `in morning`.
fn is_place(sentence: &Sentence, i: usize) -> bool {
    let word = sentence.word(i);
    let before = i.checked_sub(1).map_or("", |before| sentence.word(before));
    if !matches!(before, "to" | "in" | "at") || sentence.is_capitalised(i) {
        return false;
    }
    let next = sentence.at(i, 1);
    let ends = next.is_empty()
        || sentence.tagged(i + 1, Tag::is_mark)
        || sentence.has(i + 1, Facts::PREPOSITION)
        || matches!(
            next,
            "and"
                | "every"
                | "now"
                | "today"
                | "yesterday"
                | "tomorrow"
                | "last"
                | "this"
                | "because"
                | "when"
                | "by"
                | "alone"
        );
    let bare = sentence.noun_phrase_at(i).is_some_and(|phrase| phrase.tokens == (i..i + 1));
    if !ends || !bare {
        return false;
    }
    let goes = before == "to"
        && i > 1
        && matches!(
            sentence.tokens[i - 2].lemma.as_str(),
            "go" | "come" | "walk" | "drive" | "get" | "run" | "travel" | "hurry" | "rush"
        )
        && words::among(PLACES, word)
        && !matches!(word, "swimming" | "hospital");
    let inside = before == "in"
        && words::among(ROOMS, word)
        && matches!(
            word,
            "kitchen"
                | "garden"
                | "countryside"
                | "bathroom"
                | "bedroom"
                | "afternoon"
                | "morning"
                | "evening"
                | "past"
        );
    let at = before == "at"
        && matches!(
            word,
            "supermarket"
                | "airport"
                | "cinema"
                | "beach"
                | "zoo"
                | "library"
                | "park"
                | "gym"
                | "museum"
                | "market"
        );
    goes || inside || at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_is_put_before_what_is_one() {
        expect(
            &DefiniteArticle,
            &[
                (
                    "This is most expensive restaurant in town.",
                    "This is the most expensive restaurant in town.",
                ),
                ("Sun rises in the east.", "The sun rises in the east."),
                ("I want to travel around world.", "I want to travel around the world."),
                ("He was first person to arrive.", "He was the first person to arrive."),
                ("We have same hobby.", "We have the same hobby."),
                ("I cook in kitchen every day.", "I cook in the kitchen every day."),
                ("We go to cinema every week.", "We go to the cinema every week."),
            ],
        );
    }

    #[test]
    fn what_stands_without_an_article_stays() {
        stays(
            &DefiniteArticle,
            "
            She is the best student.
            My best friend is Lan.
            It was love at first sight.
            Most people like it.
            We go to school.
            World peace is far away.
            He did his best.
            The two are one and the same thing.
            I go to bed.
            She plays guitar music.
            ",
        );
    }
}
