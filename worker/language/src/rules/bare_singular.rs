//! One thing that is counted needs an article: `He is a doctor`, `I have a dog`, `She bought a new car`.

use crate::{
    analysis::{
        NounPhrase, Sentence, Tag, facts::Facts, noun_phrases::Number, tokenise::Kind, words,
    },
    confusions::decision::indefinite,
    rules::{
        edit, noun_senses,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct BareSingular;

const MISSING: ErrantType = ErrantType::missing(Category::Det);

/// Verbs after which a thing is mentioned for the first time.
const FIRST_MENTION: &str = "have buy need want see borrow write find get make own keep build draw wear rent order \
    receive sell choose hold carry bring become create join eat lend give lose use ride drive catch meet";

impl Rule for BareSingular {
    fn name(&self) -> &'static str {
        "bare-singular"
    }

    fn stage(&self) -> Stage {
        Stage::Articles
    }

    fn messages(&self) -> &'static [&'static str] {
        &["article-job", "article-first-mention"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let phrases = sentence.noun_phrases.iter();
        phrases.filter_map(|phrase| find_in(sentence, phrase)).collect()
    }
}

fn find_in(sentence: &Sentence, phrase: &NounPhrase) -> Option<Proposal> {
    let (start, head) = (phrase.tokens.start, phrase.head);
    let noun = sentence.word(head);
    let listed_noun = noun_senses::is_counted(noun)
        || matches!(
            noun,
            "subject"
                | "time"
                | "thing"
                | "part"
                | "role"
                | "factor"
                | "issue"
                | "tool"
                | "step"
                | "guide"
                | "helmet"
        );
    let singular = phrase.is_bare()
        && phrase.number == Number::Singular
        && !phrase.is_name()
        && !phrase.is_pronoun();
    if !singular
        || start == 0
        || head >= start + 4
        || !listed_noun
        || !plain_modifiers(sentence, phrase)
    {
        return None;
    }
    let next = sentence.at(head, 1);
    let alone = head + 1 >= sentence.tokens.len()
        || !sentence.tagged(head + 1, Tag::is_noun)
            && !sentence.tagged(head + 1, Tag::is_adjective)
            && sentence.tag(head + 1) != Some(Tag::Vbg)
            && !matches!(next, "-" | "/" | "'" | "or" | "by" | "after" | "'s")
            && sentence.tokens[head + 1].span.start != sentence.tokens[head].span.end
        || sentence.tagged(head + 1, Tag::is_mark) && next != "/" && next != "-";
    // "pen and paper", "dog, cat and bird": what is listed stands bare; "and she works" begins anew.
    let after = head + 2;
    let anew = words::is_subject_pronoun(sentence.word(after))
        || words::is_possessive(sentence.word(after)) && next == ","
        || words::opens_clause(sentence.word(after))
        || sentence.tagged(after, Tag::is_verb)
        || next == ","
            && matches!(sentence.word(after), "and" | "who" | "which")
            && words::is_subject_pronoun(sentence.word(after + 1));
    let listed = sentence.at(start, -1) == ","
        || matches!(next, "," | "and") && !anew
        || matches!(sentence.at(start, -1), "and" | "or" | "no" | "not");
    if !alone || listed {
        return None;
    }
    let described = start < head;
    let (verb, degree) = governor(sentence, start)?;
    let before = sentence.word(verb);
    let job = noun_senses::is_job(noun) && next != "of";
    let lemma = sentence.tokens[verb].lemma.as_str();
    let one = one_subject(sentence, verb);
    let complement = lemma == "be" && one && (job || described || noun_senses::is_relative(noun))
        || lemma == "become" && job && one;
    let worked = before == "as"
        && job
        && verb > 0
        && matches!(sentence.tokens[verb - 1].lemma.as_str(), "work" | "job" | "train");
    let object = words::among(FIRST_MENTION, lemma)
        && !matches!(noun, "time" | "part" | "issue" | "step" | "role" | "thing")
        && sentence.tagged(verb, Tag::is_verb)
        && !degree
        && !is_passive(sentence, verb)
        && (described
            || !matches!(
                lemma,
                "make" | "find" | "give" | "get" | "use" | "keep" | "lose" | "catch"
            ))
        && (described
            || !matches!(
                noun,
                "way"
                    | "place"
                    | "reason"
                    | "example"
                    | "child"
                    | "man"
                    | "woman"
                    | "family"
                    | "television"
                    | "holiday"
                    | "class"
                    | "fever"
                    | "mother"
                    | "father"
                    | "country"
                    | "city"
            ));
    let exists = lemma == "be"
        && verb > 0
        && sentence.word(verb - 1) == "there"
        && matches!(before, "is" | "was");
    let place = described
        && matches!(before, "in" | "at" | "near" | "from" | "for")
        && sentence.has(start, Facts::USUAL_ADJECTIVE)
        && !matches!(
            sentence.word(start),
            "close" | "direct" | "open" | "public" | "central" | "old" | "good"
        )
        && matches!(
            noun,
            "village"
                | "town"
                | "city"
                | "house"
                | "room"
                | "company"
                | "apartment"
                | "hotel"
                | "restaurant"
                | "factory"
                | "hospital"
                | "shop"
                | "supermarket"
        );
    let subject = lemma == "be"
        && !degree
        && described
        && matches!(
            noun,
            "subject" | "idea" | "time" | "problem" | "way" | "place" | "country" | "city"
        )
        && one;
    let part = described
        && matches!(lemma, "be" | "become" | "play")
        && matches!(noun, "thing" | "part" | "role" | "factor" | "issue" | "tool" | "step")
        && (lemma == "play") == (noun == "role")
        && next != "s";
    let lacked = before == "without"
        && !degree
        && matches!(
            noun,
            "car"
                | "phone"
                | "computer"
                | "job"
                | "guide"
                | "plan"
                | "ticket"
                | "bike"
                | "motorbike"
                | "helmet"
                | "teacher"
                | "map"
                | "coat"
                | "house"
                | "smartphone"
        );
    let enjoyed = lemma == "have"
        && described
        && noun == "time"
        && matches!(
            sentence.word(start),
            "great" | "good" | "wonderful" | "nice" | "lovely" | "bad"
        );
    if !(complement || worked || object || exists || place || subject || enjoyed || part || lacked)
    {
        return None;
    }
    let from = if degree { verb + 1 } else { start };
    let article = indefinite(&sentence.tokens[from]);
    let message =
        if job && (complement || worked) { "article-job" } else { "article-first-mention" };
    let edit = edit::inserted(sentence, from, article, (MISSING, message), 0.9);
    Some(edit.with_clue(sentence.original(head..head + 1)))
}

/// Adjectives only: "his best friend", "next door", "time table" are other things.
fn plain_modifiers(sentence: &Sentence, phrase: &NounPhrase) -> bool {
    (phrase.tokens.start..phrase.head).all(|i| {
        let word = sentence.word(i);
        let noun = sentence.tagged(i, Tag::is_noun) && !sentence.has(i, Facts::USUAL_ADJECTIVE);
        let described = sentence.tagged(i, Tag::is_adjective)
            || sentence.tagged(i, Tag::is_adverb)
            || sentence.tag(i) == Some(Tag::Vbg);
        let compound = sentence.tokens[i].kind == Kind::Compound;
        (described || compound || sentence.has(i, Facts::USUAL_ADJECTIVE))
            && (!noun || compound)
            && !sentence.is_capitalised(i)
            && sentence.tag(i) != Some(Tag::Jjs)
            && sentence.tag(i) != Some(Tag::Jjr)
            && !matches!(
                word,
                "next"
                    | "last"
                    | "first"
                    | "second"
                    | "third"
                    | "same"
                    | "only"
                    | "most"
                    | "more"
                    | "such"
                    | "other"
                    | "own"
                    | "much"
                    | "many"
                    | "whole"
                    | "enough"
                    | "left"
                    | "right"
                    | "what"
                    | "which"
                    | "half"
                    | "full"
                    | "less"
                    | "mere"
                    | "so"
                    | "too"
                    | "as"
                    | "how"
                    | "above"
            )
    })
}

/// The verb or preposition before the phrase, and whether a word of degree stands between: `was very interesting book`.
fn governor(sentence: &Sentence, start: usize) -> Option<(usize, bool)> {
    let before = start.checked_sub(1)?;
    let word = sentence.word(before);
    if matches!(word, "very" | "really" | "quite") {
        return before.checked_sub(1).map(|verb| (verb, true));
    }
    // "is also student", "is not good student".
    let between = matches!(word, "also" | "now" | "still");
    if between { before.checked_sub(1).map(|verb| (verb, false)) } else { Some((before, false)) }
}

fn is_passive(sentence: &Sentence, verb: usize) -> bool {
    sentence.verb_group_at(verb).is_some_and(|group| group.is_passive() || group.main() != verb)
}

/// True where the subject of be is one person or thing: a pronoun, a name or a singular phrase right before.
fn one_subject(sentence: &Sentence, verb: usize) -> bool {
    let word = sentence.word(verb);
    let group = sentence.verb_group_at(verb);
    if matches!(word, "be" | "become") {
        let wants = group.is_some_and(|group| group.to.is_some() || group.modal().is_some());
        return wants
            && !sentence.tokens[..verb]
                .iter()
                .any(|token| matches!(token.lower.as_str(), "we" | "they" | "you"));
    }
    let Some(group) = group.filter(|group| !group.inverted) else { return false };
    let first = group.tokens.start;
    let before = first.checked_sub(1).map_or("", |at| sentence.word(at));
    let person = matches!(before, "i" | "he" | "she" | "it" | "this" | "that");
    let phrase = first.checked_sub(1).and_then(|at| sentence.noun_phrase_at(at));
    let one = phrase.is_some_and(|phrase| {
        phrase.tokens.end == first
            && phrase.tokens.start == 0
            && (phrase.is_name() || phrase.number == Number::Singular && phrase.is_definite())
    });
    let glued = matches!(word, "i'm" | "he's" | "she's" | "it's");
    (person || one || glued) && !matches!(word, "are" | "were")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn one_thing_gets_its_article() {
        expect(
            &BareSingular,
            &[
                ("I work as waiter.", "I work as a waiter."),
                ("He has beautiful house.", "He has a beautiful house."),
                (
                    "English is important part of my life.",
                    "English is an important part of my life.",
                ),
                ("He travels without map.", "He travels without a map."),
                ("I need new phone.", "I need a new phone."),
                ("Can I borrow pen?", "Can I borrow a pen?"),
                ("It was very interesting book.", "It was a very interesting book."),
                ("She is very good singer.", "She is a very good singer."),
            ],
        );
    }

    #[test]
    fn what_needs_no_article_stays() {
        stays(
            &BareSingular,
            "
            He is a doctor.
            They are doctors.
            I have my dog.
            We watch television.
            I need phone numbers.
            She went by bus.
            He became captain of the team.
            I have no car.
            She works as head of the school.
            I like cake.
            They made way for us.
            ",
        );
    }
}
