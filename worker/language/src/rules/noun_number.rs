//! Numerals and quantifiers ask for the plural: `two brothers`, `many students`, `one of my friends`.

use crate::{
    analysis::{
        Sentence, Tag, countability::is_never_counted, facts::Facts, tokenise::Kind, words,
    },
    rules::rule::{Proposal, Rule, Stage},
    vocabulary::levels::Part,
};
use lexilingo_shared::{
    errant::{Category, ErrantType},
    level::Level,
};

pub struct NounNumber;

const NUMBER: ErrantType = ErrantType::replacement(Category::NounNum);

/// Singular after a number in set phrases, or a unit that need not change.
const UNCHANGED: &str = "dozen hundred thousand million billion percent per kind sort type pm am o'clock point \
    degree star foot half quarter left right more less other fish sheep deer aircraft people \
    police baht dong yen yuan won rest time way";

/// Mostly uncountable, so that `a lot of` alone proves nothing.
const OFTEN_UNCOUNTED: &str = "experience noise room space light hair paper glass chicken fruit food art sport crime \
    business attention interest pain trouble cheese cake chocolate beer wine coffee tea \
    energy history power success change damage detail education exercise fun help land life \
    love practice research sugar support thought travel truth value water wood work \
    potential variety charm character effort confidence";

impl Rule for NounNumber {
    fn name(&self) -> &'static str {
        "noun-number"
    }

    fn stage(&self) -> Stage {
        Stage::Number
    }

    fn messages(&self) -> &'static [&'static str] {
        &["plural-after-quantifier", "singular-after-every"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len())
            .filter_map(|i| to_plural(sentence, i).or_else(|| to_singular(sentence, i)))
            .collect()
    }
}

/// How a quantifier that ends before token `i` was written, and where it begins.
fn quantifier_before(sentence: &Sentence, i: usize) -> Option<(usize, bool)> {
    let last = i.checked_sub(1)?;
    let at = |offset| sentence.at(last, offset);
    match at(0) {
        "of" if matches!(at(-1), "lot" | "lots" | "number" | "plenty" | "variety") => {
            Some((last - 1, true))
        }
        "many" if at(-1) != "a" => Some((last, false)),
        "all" if words::is_person(sentence.word(i)) => Some((last, false)),
        // "Some driver make trouble": the verb says that there are several.
        "some"
            if words::is_person(sentence.word(i))
                && (sentence.tag(i + 1) == Some(Tag::Vbp)
                    || matches!(sentence.at(i, 1), "are" | "were" | "have" | "don't")) =>
        {
            Some((last, false))
        }
        // "as these help to obtain": a pronoun and its verb.
        "these" | "those"
            if sentence.word(i + 1) == "to" && sentence.has(i, Facts::BASE | Facts::USUAL_VERB) =>
        {
            None
        }
        "several" | "various" | "numerous" | "these" | "those" => Some((last, false)),
        "few" if at(-1) == "a" => Some((last - 1, false)),
        "few" => Some((last, false)),
        "both" if sentence.at(i, 1) != "and" && sentence.at(i, 1) != "or" => Some((last, false)),
        "hundred" | "thousand" | "million" | "dozen"
            if matches!(at(-1), "a" | "one") || words::is_plural_number(at(-1)) =>
        {
            Some((last - 1, false))
        }
        word if words::is_possessive(word) || word == "the" || word == "these" => {
            let person = words::is_person(sentence.word(i));
            let many =
                person && matches!(at(-2), "all" | "some" | "most" | "many" | "both" | "several");
            let of = last >= 2 && at(-1) == "of" && (at(-2) == "one" || many);
            let all = person && last >= 1 && at(-1) == "all" && words::is_possessive(word);
            of.then(|| (last - 2, false)).or(all.then(|| (last - 1, false)))
        }
        word if words::is_plural_number(word) && is_count(sentence, last) => Some((last, false)),
        _ => None,
    }
}

fn to_plural(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let noun = sentence.word(i);
    if noun == "peoples" {
        return peoples(sentence, i);
    }
    if !is_plain_singular(sentence, i) || words::among(UNCHANGED, noun) || is_never_counted(noun) {
        return None;
    }
    // Up to two adjectives may stand between.
    let found = (0..=2).find_map(|skipped| {
        let first = i.checked_sub(skipped)?;
        // "two fishing boat".
        let adjectives = (first..i).all(|j| {
            is_adjective(sentence, j)
                || j + 1 == i
                    && j > 0
                    && words::is_plural_number(sentence.word(j - 1))
                    && sentence.has(j, Facts::ING | Facts::SINGULAR)
        });
        adjectives.then(|| quantifier_before(sentence, first)).flatten()
    });
    let (start, loose) = found?;
    let everyday =
        sentence.lexicon.levels.level(noun, Part::Noun).is_some_and(|level| level <= Level::B1);
    if loose && (!everyday || sentence.has(i, Facts::MASS) || words::among(OFTEN_UNCOUNTED, noun))
        || is_compound(sentence, i)
    {
        return None;
    }
    let plural = sentence.lexicon.plural(noun).filter(|plural| plural != noun)?;
    let end = (start + 1..i).find(|j| is_adjective(sentence, *j)).unwrap_or(i);
    let clue = sentence.original(start..end.max(start + 1)).to_owned();
    Some(
        Proposal::new(sentence, i..i + 1, &plural, (NUMBER, "plural-after-quantifier"), 0.93)
            .with_clue(&clue),
    )
}

/// `many peoples`: persons. "Many peoples of Asia" are nations.
fn peoples(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let (start, _) = quantifier_before(sentence, i)?;
    if matches!(sentence.at(i, 1), "of" | "and" | "'" | "’" | ",")
        || sentence.at(i, -1) == "the"
        || is_compound(sentence, i)
    {
        return None;
    }
    let clue = sentence.original(start..i).to_owned();
    let edit =
        Proposal::new(sentence, i..i + 1, "people", (NUMBER, "plural-after-quantifier"), 0.9);
    Some(edit.with_clue(&clue))
}

/// `every days`, `each students`.
fn to_singular(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let before = i.checked_sub(1).map(|j| sentence.word(j))?;
    let plural =
        sentence.has(i, Facts::PLURAL | Facts::USUAL_NOUN) && !sentence.has(i, Facts::SINGULAR);
    if !(matches!(before, "every" | "each") || counts_one(sentence, i))
        || !plural
        || is_compound(sentence, i)
        || sentence.is_capitalised(i)
    {
        return None;
    }
    if matches!(sentence.word(i), "people" | "means" | "series" | "species" | "others") {
        return None;
    }
    if sentence.has(i + 1, Facts::SINGULAR | Facts::USUAL_NOUN) {
        return None;
    }
    let tagged_noun =
        sentence.tagged(i, Tag::is_common_noun) || !sentence.has(i, Facts::USUAL_VERB);
    let singular = sentence.lexicon.singular(sentence.word(i)).filter(|_| tagged_noun)?;
    let clue = sentence.original(i - 1..i).to_owned();
    Some(
        Proposal::new(sentence, i..i + 1, &singular, (NUMBER, "singular-after-every"), 0.92)
            .with_clue(&clue),
    )
}

/// `1 dogs`, `one students`; not "which one works" or "Formula 1 drivers".
fn counts_one(sentence: &Sentence, i: usize) -> bool {
    let one = i.wrapping_sub(1);
    let before = sentence.at(one, -1);
    matches!(sentence.word(one), "1" | "one")
        && is_count(sentence, one)
        && !sentence.has(i, Facts::THIRD | Facts::USUAL_VERB)
        && !words::is_determiner(before)
        && !matches!(before, "which" | "or" | "and" | "than" | "of" | "." | "," | "-")
}

/// A noun first of all, singular and countable.
fn is_plain_singular(sentence: &Sentence, i: usize) -> bool {
    let word = sentence.word(i);
    let noun = sentence.has(i, Facts::SINGULAR | Facts::USUAL_NOUN | Facts::LISTED)
        && !sentence.has(i, Facts::PLURAL);
    let other = words::is_auxiliary(word)
        || sentence.has(i, Facts::USUAL_VERB) && !sentence.tagged(i, Tag::is_common_noun)
        || sentence.has(i, Facts::USUAL_ADJECTIVE)
        || sentence.any(i, Facts::PREPOSITION | Facts::ING)
        || sentence.has(i, Facts::ADVERB) && sentence.tagged(i, Tag::is_adverb);
    sentence.is_word(i)
        && noun
        && !other
        && !sentence.is_capitalised(i)
        && word.len() > 1
        && !word.ends_with("'s")
}

fn is_adjective(sentence: &Sentence, i: usize) -> bool {
    let word = sentence.word(i);
    if word == "most" {
        return matches!(sentence.at(i, -1), "the" | "my" | "our");
    }
    sentence.has(i, Facts::USUAL_ADJECTIVE | Facts::ADJECTIVE)
        && sentence.is_word(i)
        && (!sentence.has(i, Facts::USUAL_NOUN) || sentence.tagged(i, Tag::is_adjective))
        && !words::is_determiner(word)
        && !words::is_plural_number(word)
}

/// The noun describes what follows: "two bedroom flat", "five star hotel", "a few bus stops".
pub(super) fn is_compound(sentence: &Sentence, i: usize) -> bool {
    let Some(next) = sentence.tokens.get(i + 1) else { return false };
    // "a 5 minute walk", "two hour drive": how long it is, not how many.
    let measure = matches!(
        sentence.word(i),
        "minute"
            | "hour"
            | "day"
            | "week"
            | "month"
            | "year"
            | "mile"
            | "metre"
            | "meter"
            | "kilometer"
            | "dollar"
    ) && next.facts.has(Facts::SINGULAR | Facts::USUAL_NOUN)
        && !next.facts.any(Facts::PREPOSITION | Facts::ADVERB);
    if measure {
        return true;
    }
    let glued = next.kind != Kind::Punctuation && next.span.start == sentence.tokens[i].span.end
        || next.lower == "-";
    let nominal = next.facts.any(Facts::SINGULAR | Facts::PLURAL)
        && (next.facts.any(Facts::USUAL_NOUN) || !next.facts.any(Facts::LISTED))
        && !next.facts.has(Facts::PREPOSITION)
        && !next.tag.is_verbal();
    // A time of day or the like is a new phrase: "three egg this morning" has a determiner between.
    let adverbial = matches!(
        next.lower.as_str(),
        "today" | "yesterday" | "tomorrow" | "now" | "there" | "here" | "home"
    );
    let counted_next =
        next.facts.has(Facts::PLURAL | Facts::USUAL_NOUN) || next.facts.has(Facts::ING);
    // "several volunteer and private schools": the noun stands further right.
    let shared = matches!(next.lower.as_str(), "and" | "or" | "," | "&")
        && (i + 2..i + 5).any(|j| sentence.has(j, Facts::PLURAL | Facts::USUAL_NOUN));
    let adjective = next.facts.has(Facts::USUAL_ADJECTIVE) && next.tag.is_adjective();
    let unknown = next.kind == Kind::Word && !next.facts.has(Facts::KNOWN)
        || next.capitalised
        || next.foreign;
    // "I am 20 year old", unlike "a five year old boy".
    let age = matches!(sentence.word(i), "year" | "month" | "week" | "day")
        && next.lower == "old"
        && words::is_be(sentence.at(i, -2))
        && !sentence.any(i + 2, Facts::USUAL_NOUN);
    if age {
        return false;
    }
    glued
        || counted_next
        || shared
        || (nominal || adjective || unknown || next.kind == Kind::Compound) && !adverbial
}

/// A number that counts what follows, not a date, a time, a price or a label.
fn is_count(sentence: &Sentence, i: usize) -> bool {
    let before = sentence.at(i, -1);
    let label = i > 0
        && (sentence.is_capitalised(i - 1)
            && (i > 1 || sentence.any(i - 1, Facts::USUAL_NOUN | Facts::PROPER))
            || matches!(
                before,
                "number"
                    | "page"
                    | "unit"
                    | "lesson"
                    | "chapter"
                    | "grade"
                    | "class"
                    | "room"
                    | "bus"
                    | "level"
                    | "part"
                    | "task"
                    | "question"
                    | "phase"
                    | "stage"
                    | "type"
                    | "version"
                    | "no"
                    | "no."
                    | "size"
                    | "$"
                    | "£"
                    | "€"
                    | "#"
                    | "-"
                    | "/"
                    | ":"
                    | "to"
            ));
    let time =
        matches!(before, "at" | "by" | "until" | "before" | "after" | "since" | "past" | "around")
            && sentence.tokens[i].kind == Kind::Number;
    let one_of_two = matches!(before, "one" | "the") && sentence.at(i, 1) == "hand";
    let glued = sentence
        .tokens
        .get(i + 1)
        .is_some_and(|next| next.span.start == sentence.tokens[i].span.end);
    !label && !time && !one_of_two && !glued
}

#[cfg(test)]
mod tests;
