//! Comparatives and superlatives: `taller than`, `as tall as`, `the oldest in the class`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        degree,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct Comparison;

const FORM: ErrantType = ErrantType::replacement(Category::AdjForm);
const PREP: ErrantType = ErrantType::replacement(Category::Prep);

/// Groups of which one is the first.
const GROUPS: &str =
    "class world school country city village team group vietnam town university year";

impl Rule for Comparison {
    fn name(&self) -> &'static str {
        "comparison"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &[
            "short-superlative",
            "comparative-before-than",
            "as-as",
            "than-after-comparative",
            "superlative-of-group",
            "much-comparative",
        ]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let mut found = Vec::new();
        for i in 0..sentence.tokens.len() {
            let edit = match sentence.word(i) {
                "most" | "more" => marked(sentence, i).or_else(|| of_group(sentence, i)),
                "than" => before_than(sentence, i),
                "that" | "as" => that_for_than(sentence, i),
                "very" | "so" | "too" => much(sentence, i),
                _ if sentence.tag(i) == Some(Tag::Jjr) => of_group(sentence, i),
                _ => None,
            };
            let edit = edit
                .or_else(|| short_superlative(sentence, i))
                .or_else(|| second_half(sentence, i));
            let edit = by_degrees(sentence, i).or(edit).or_else(|| then_for_than(sentence, i));
            found.extend(edit);
        }
        found
    }
}

fn is_positive(sentence: &Sentence, i: usize) -> bool {
    sentence.has(i, Facts::USUAL_ADJECTIVE)
        && !sentence.any(i, Facts::COMPARATIVE | Facts::SUPERLATIVE | Facts::ADVERB)
        && sentence.tagged(i, Tag::is_adjective)
        && sentence.tag(i) != Some(Tag::Jjr)
}

/// `the most old`, `is more tall.`: short adjectives take an ending.
fn marked(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let adjective = i + 1;
    let word = sentence.word(adjective);
    let positive = is_positive(sentence, adjective)
        || matches!(
            word,
            "good"
                | "bad"
                | "big"
                | "old"
                | "tall"
                | "cheap"
                | "young"
                | "easy"
                | "happy"
                | "busy"
                | "hot"
                | "cold"
                | "high"
                | "strong"
        );
    if !positive
        || !degree::is_short(sentence.lexicon, word)
        || matches!(
            word,
            "dear"
                | "true"
                | "proud"
                | "wise"
                | "fair"
                | "just"
                | "clear"
                | "likely"
                | "free"
                | "sure"
                | "keen"
                | "rare"
                | "pure"
                | "mad"
        )
    {
        return None;
    }
    let before = i.checked_sub(1).map_or("", |before| sentence.word(before));
    let next = sentence.word(adjective + 1);
    let ends =
        adjective + 1 >= sentence.tokens.len() || sentence.tagged(adjective + 1, Tag::is_mark);
    let form = if sentence.word(i) == "most" {
        let superlative = before == "the"
            && (ends
                || matches!(
                    next,
                    "in" | "of" | "person" | "student" | "thing" | "man" | "woman" | "boy" | "girl"
                )
                || sentence.tagged(adjective + 1, Tag::is_common_noun));
        superlative.then(|| degree::superlative(sentence.lexicon, word))?
    } else {
        // "more big problems" may be more of them.
        let linked = words::is_be(before)
            || matches!(
                before,
                "become"
                    | "becomes"
                    | "became"
                    | "get"
                    | "getting"
                    | "feel"
                    | "look"
                    | "looks"
                    | "much"
                    | "becoming"
            );
        let compared =
            next == "than" && sentence.tag(adjective + 2) != Some(Tag::Jj) || ends && next != ",";
        (linked && compared && !matches!(word, "good" | "bad"))
            .then(|| degree::comparative(sentence.lexicon, word))?
    };
    let edit = Proposal::new(sentence, i..adjective + 1, &form, (FORM, "short-superlative"), 0.92);
    Some(edit.with_clue(sentence.original(adjective..adjective + 1)))
}

/// `the most easy to apply`: a short adjective takes its ending wherever it stands.
fn short_superlative(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    let short = degree::is_short(sentence.lexicon, word)
        && sentence.has(i, Facts::USUAL_ADJECTIVE | Facts::LISTED)
        && !sentence.any(i, Facts::PARTICIPLE | Facts::ING)
        && word.len() < 7;
    let most = i >= 2
        && sentence.at(i, -1) == "most"
        && sentence.at(i, -2) == "the"
        && !words::among("just real right wrong like ill fun true free clear", word);
    (short && most).then(|| {
        let form = degree::superlative(sentence.lexicon, word);
        let edit = Proposal::new(sentence, i - 1..i + 1, &form, (FORM, "short-superlative"), 0.88);
        edit.with_clue(sentence.original(i..i + 1))
    })
}

/// `getting hot and hot`, `as bigger as`: change by degrees compares, likeness does not.
fn by_degrees(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    let verb = i.checked_sub(1).map(|at| sentence.tokens[at].lemma.as_str())?;
    let twice = sentence.at(i, 1) == "and"
        && sentence.at(i, 2) == word
        && sentence.has(i, Facts::ADJECTIVE)
        && !sentence.any(i, Facts::COMPARATIVE | Facts::ADVERB);
    if twice && words::among("get become grow turn", verb) {
        let form = degree::comparative(sentence.lexicon, word);
        let text = match form.strip_prefix("more ") {
            Some(long) => format!("more and more {long}"),
            None => format!("{form} and {form}"),
        };
        let edit = Proposal::new(sentence, i..i + 3, &text, (FORM, "comparative-before-than"), 0.9);
        return Some(edit.with_clue(sentence.original(i - 1..i)));
    }
    let alike = sentence.at(i, -1) == "as"
        && sentence.at(i, 1) == "as"
        && sentence.has(i, Facts::COMPARATIVE);
    let plain = sentence.lexicon.positive(word).filter(|_| alike)?;
    let edit = Proposal::new(sentence, i..i + 1, &plain, (FORM, "as-as"), 0.9);
    Some(edit.with_clue(sentence.original(i - 1..i)))
}

/// `a much lower price then usual`: what is compared follows, not what comes next.
fn then_for_than(sentence: &Sentence, then: usize) -> Option<Proposal> {
    let compared = then > 1
        && sentence.word(then) == "then"
        && (1..=3).any(|back| {
            let at = then.checked_sub(back);
            at.is_some_and(|at| sentence.tagged(at, |tag| matches!(tag, Tag::Jjr | Tag::Rbr)))
        });
    let next = then + 1;
    let other = matches!(
        sentence.word(next),
        "usual"
            | "before"
            | "ever"
            | "me"
            | "him"
            | "her"
            | "us"
            | "them"
            | "mine"
            | "yours"
            | "his"
            | "hers"
            | "ours"
            | "last"
            | "other"
            | "any"
            | "my"
            | "those"
            | "that"
            | "expected"
            | "the"
    ) || sentence.tagged(next, |tag| tag == Tag::Cd);
    let clause = sentence
        .noun_phrase_at(next)
        .is_some_and(|phrase| sentence.finite_begins(phrase.tokens.end));
    let comma = sentence.at(then, -1) == "," || sentence.word(next) == ",";
    (compared && other && !clause && !comma).then(|| {
        let kind = (ErrantType::replacement(Category::Prep), "than-after-comparative");
        Proposal::new(sentence, then..then + 1, "than", kind, 0.9)
            .with_clue(sentence.original(then - 1..then))
    })
}

/// `The more you practise, the confident you will become`: both halves compare.
fn second_half(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let first = sentence.word(0) == "the"
        && (matches!(sentence.word(1), "more" | "less") || sentence.has(1, Facts::COMPARATIVE));
    let comma = i >= 4 && sentence.at(i, -1) == "the" && sentence.at(i, -2) == ",";
    let plain = sentence.any(i, Facts::ADJECTIVE | Facts::ADVERB)
        && !sentence.any(i, Facts::COMPARATIVE)
        && !matches!(sentence.word(i), "more" | "less" | "better");
    let subject = words::is_subject_pronoun(sentence.word(i + 1))
        || words::is_possessive(sentence.word(i + 1));
    (first && comma && plain && subject).then(|| {
        let form = degree::comparative(sentence.lexicon, sentence.word(i));
        let edit = Proposal::new(sentence, i..i + 1, &form, (FORM, "comparative-before-than"), 0.9);
        edit.with_clue(sentence.original(0..2))
    })
}

/// `heavy than`, `so beautiful than`, `as tall than`.
fn before_than(sentence: &Sentence, than: usize) -> Option<Proposal> {
    let adjective = than.checked_sub(1)?;
    let word = sentence.word(adjective);
    let mut at = adjective.checked_sub(1)?;
    let mark = sentence.word(at);
    if matches!(mark, "as" | "so")
        && is_positive(sentence, adjective) | sentence.has(adjective, Facts::ADVERB)
        && (mark == "as" || sentence.word(at.wrapping_sub(1)) == "not")
        && !matches!(word, "other" | "rather" | "much" | "soon")
        && !sentence.any(adjective, Facts::COMPARATIVE)
    {
        let edit = Proposal::new(sentence, than..than + 1, "as", (PREP, "as-as"), 0.92);
        return Some(edit.with_clue(sentence.original(at..than)));
    }
    if !is_positive(sentence, adjective)
        || matches!(
            word,
            "other" | "different" | "rather" | "less" | "superior" | "preferable" | "inferior"
        )
    {
        return None;
    }
    let graded = matches!(mark, "very" | "so" | "too" | "much");
    let from = if graded && mark != "much" { at } else { adjective };
    if graded {
        at = at.checked_sub(1)?;
    }
    let verb = sentence.word(at);
    let linked = words::is_be(verb)
        || sentence.tokens[at].clitic().is_some()
        || matches!(
            verb,
            "look" | "looks" | "feel" | "feels" | "become" | "seems" | "seem" | "became"
        );
    let form = linked.then(|| degree::comparative(sentence.lexicon, word))?;
    let edit = Proposal::new(
        sentence,
        from..adjective + 1,
        &form,
        (FORM, "comparative-before-than"),
        0.92,
    );
    Some(edit.with_clue("than"))
}

/// `taller that me`.
fn that_for_than(sentence: &Sentence, that: usize) -> Option<Proposal> {
    let before = that.checked_sub(1)?;
    let word = sentence.word(before);
    let comparative = sentence.has(before, Facts::COMPARATIVE) && word.ends_with("er")
        || matches!(word, "better" | "worse")
        || sentence.at(before, -1) == "more" && is_positive(sentence, before);
    let next = sentence.at(that, 1);
    let compared = matches!(
        next,
        "me" | "him" | "us" | "them" | "mine" | "yours" | "hers" | "ours" | "theirs"
    );
    // "more convenient as living there"; "bigger as time goes by" is another `as`.
    let as_than = sentence.word(that) == "as"
        && sentence.at(before, -1) == "more"
        && before > 1
        && words::is_be(sentence.word(before - 2))
        && sentence.tag(that + 1) == Some(Tag::Vbg);
    (comparative && (compared || as_than)).then(|| {
        let edit =
            Proposal::new(sentence, that..that + 1, "than", (PREP, "than-after-comparative"), 0.93);
        edit.with_clue(sentence.original(before..that))
    })
}

/// `the more beautiful beach in Vietnam`, `the taller boy in our class`.
fn of_group(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let adjective = if sentence.word(i) == "more" { i + 1 } else { i };
    let the = i.checked_sub(1).filter(|the| sentence.word(*the) == "the")?;
    let be = the.checked_sub(1).is_some_and(|be| words::is_be(sentence.word(be)));
    let phrase = sentence.noun_phrase_at(the).filter(|phrase| phrase.head == adjective + 1)?;
    let end = phrase.tokens.end;
    let within = sentence.word(end) == "in"
        && (end + 1..end + 3).any(|at| words::among(GROUPS, sentence.word(at)));
    if !be || !within || sentence.word(i) == "most" {
        return None;
    }
    let positive = if adjective > i {
        is_positive(sentence, adjective).then(|| sentence.word(adjective).to_owned())?
    } else {
        sentence.lexicon.positive(sentence.word(i))?
    };
    if matches!(positive.as_str(), "old" | "young" | "low" | "upp" | "lat" | "form")
        && adjective == i
        && !matches!(sentence.word(i), "older" | "younger")
    {
        return None;
    }
    let form = degree::superlative(sentence.lexicon, &positive);
    let edit =
        Proposal::new(sentence, i..adjective + 1, &form, (FORM, "superlative-of-group"), 0.88);
    Some(edit.with_clue(sentence.original(end..end + 1)))
}

/// `very better`, `so much bigger` is right.
fn much(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.at(i, 1);
    let comparative = sentence.tag(i + 1) == Some(Tag::Jjr)
        && (sentence.lexicon.positive(word).is_some() && sentence.has(i + 1, Facts::COMPARATIVE)
            || matches!(word, "better" | "worse"));
    (comparative && !matches!(word, "lesser" | "former")).then(|| {
        let edit = Proposal::new(
            sentence,
            i..i + 1,
            "much",
            (ErrantType::replacement(Category::Adv), "much-comparative"),
            0.92,
        );
        edit.with_clue(sentence.original(i + 1..i + 2))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn comparisons_are_put_right() {
        expect(
            &Comparison,
            &[
                ("He is the most old in the class.", "He is the oldest in the class."),
                ("My bag is heavy than yours.", "My bag is heavier than yours."),
                (
                    "This exercise is difficult than that one.",
                    "This exercise is more difficult than that one.",
                ),
                ("He is as tall than me.", "He is as tall as me."),
                ("She is taller that me.", "She is taller than me."),
                ("He is the taller boy in our class.", "He is the tallest boy in our class."),
                ("This phone is very better than mine.", "This phone is much better than mine."),
            ],
        );
    }

    #[test]
    fn right_comparisons_stay() {
        stays(
            &Comparison,
            "
            She is taller than me.
            He is as tall as me.
            It is different than before.
            It is so much better.
            The older boy in the picture is my brother.
            It is other than what I want.
            She is happier that he came.
            He is more than kind.
            The more beautiful, the better.
            ",
        );
    }
}
