//! People are bored, things are boring: `I am interested in`, `The film was exciting`, `a boring film`.

use crate::{
    analysis::{Sentence, Tag, countability, facts::Facts, words},
    rules::{
        be_form, noun_senses,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct FeelingParticiple;

const FORM: ErrantType = ErrantType::replacement(Category::AdjForm);

/// What the thing does, what the person is, and words that follow the person's form only.
const FEELINGS: &[(&str, &str, &str)] = &[
    ("boring", "bored", "with of"),
    ("interesting", "interested", "in"),
    ("exciting", "excited", "about because"),
    ("surprising", "surprised", "at by when"),
    ("tiring", "tired", "of because"),
    ("disappointing", "disappointed", "with by when because"),
    ("confusing", "confused", "about by"),
    ("amazing", "amazed", "at by"),
    ("annoying", "annoyed", "with at by when"),
    ("frightening", "frightened", "of"),
    ("embarrassing", "embarrassed", "about when"),
    ("exhausting", "exhausted", "after"),
    ("fascinating", "fascinated", "by with"),
    ("satisfying", "satisfied", "with"),
    ("shocking", "shocked", "at by when"),
    ("terrifying", "terrified", "of"),
    ("worrying", "worried", "about"),
    ("depressing", "depressed", "about because"),
    ("frustrating", "frustrated", "with about"),
    ("relaxing", "relaxed", ""),
    ("thrilling", "thrilled", "about"),
    ("touching", "touched", "by"),
    ("moving", "moved", "by"),
    ("inspiring", "inspired", "by"),
    ("disgusting", "disgusted", "by with at"),
    ("irritating", "irritated", "by with"),
    ("puzzling", "puzzled", "by about"),
    ("entertaining", "entertained", "by"),
    ("encouraging", "encouraged", "by"),
    ("astonishing", "astonished", "at by"),
    ("alarming", "alarmed", "by at"),
    ("charming", "charmed", "by"),
    ("refreshing", "refreshed", ""),
];
/// What shows a feeling that somebody has: "a bored look".
const SHOWS: &str = "look face expression smile voice eyes tone manner cry glance air sigh silence mind state feeling \
    laughter applause muscles brain hand hands response reaction";

/// Things that bore or excite somebody and feel nothing.
const THINGS: &str = "film movie book story lesson game match trip subject class job work news thing question idea \
    experience party journey holiday vacation exam test result novel song show programme program speech meeting \
    place city town day week activity event article film's topic sport hobby activities places things films movies \
    books stories lessons games subjects stories trips jobs life";

impl Rule for FeelingParticiple {
    fn name(&self) -> &'static str {
        "feeling-participle"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["person-feels", "thing-causes"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (1..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    if matches!(
        word,
        "surprise"
            | "interest"
            | "tire"
            | "bore"
            | "excite"
            | "disappoint"
            | "confuse"
            | "satisfy"
            | "embarrass"
            | "exhaust"
            | "frighten"
    ) {
        return plain(sentence, i);
    }
    if !(word.ends_with("ing") || word.ends_with("ed")) {
        return None;
    }
    let (causing, feeling, after) =
        FEELINGS.iter().find(|(causing, feeling, _)| word == *causing || word == *feeling)?;
    if word == *causing {
        let (verb, graded) = linking_before(sentence, i)?;
        let (person, first) = person_subject(sentence, verb)?;
        let next = sentence.at(i, 1);
        let governs =
            words::among(after, next) && !(next == "about" && sentence.word(i) == "worrying");
        let ends = next.is_empty()
            || sentence.tagged(i + 1, Tag::is_mark)
            || matches!(
                next,
                "today" | "now" | "and" | "because" | "after" | "to" | "during" | "when" | "all"
            );
        let felt = matches!(sentence.tokens[verb].lemma.as_str(), "feel") && ends && next != "to";
        let own =
            first && graded && ends && !matches!(*causing, "interesting" | "amazing" | "annoying");
        let fits = person && (governs || felt) || own;
        if !fits {
            return None;
        }
        let edit = Proposal::new(sentence, i..i + 1, feeling, (FORM, "person-feels"), 0.92);
        return Some(edit.with_clue(sentence.original(verb - 1..verb)));
    }
    thing_causes(sentence, i, causing)
}

/// `very surprise`, `is interest in`: the plain form.
fn plain(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let (verb, graded) = linking_before(sentence, i)?;
    let (person, _) = person_subject(sentence, verb)?;
    let next = sentence.at(i, 1);
    let word = sentence.word(i);
    let governed = word == "interest" && next == "in"
        || matches!(word, "tire" | "bore" | "disappoint" | "satisfy" | "confuse")
            && matches!(next, "with" | "of" | "." | "and" | "because" | "today");
    let fits = graded && next != "of" || governed && person;
    if !fits || sentence.tokens[verb].lemma == "get" && !graded {
        return None;
    }
    let form = sentence.lexicon.verb_form(word, if person { Tag::Vbn } else { Tag::Vbg })?;
    let message = if person { "person-feels" } else { "thing-causes" };
    let edit = Proposal::new(sentence, i..i + 1, &form, (FORM, message), 0.92);
    Some(edit.with_clue(sentence.original(verb - 1..verb)))
}

fn thing_causes(sentence: &Sentence, i: usize, causing: &str) -> Option<Proposal> {
    let next = sentence.at(i, 1);
    let edit = |clue: usize| {
        let edit = Proposal::new(sentence, i..i + 1, causing, (FORM, "thing-causes"), 0.9);
        edit.with_clue(sentence.original(clue..clue + 1))
    };
    // "a bored film".
    let determined = i > 0
        && (words::is_determiner(sentence.at(i, -1))
            || matches!(sentence.at(i, -1), "very" | "so" | "such" | "really"));
    let inert = determined
        && is_thing(sentence, i + 1)
        && !words::among("moved interested entertained inspired", sentence.word(i));
    if (words::among(THINGS, next) || inert)
        && !matches!(causing, "relaxing" | "satisfying")
        && sentence.noun_phrase_at(i).is_some_and(|phrase| phrase.head == i + 1)
    {
        return Some(edit(i + 1));
    }
    let (verb, _) = linking_before(sentence, i)?;
    let is_be = words::is_be(sentence.word(verb));
    let ends = next.is_empty()
        || sentence.tagged(i + 1, Tag::is_mark)
        || matches!(next, "and" | "for" | "because" | "but" | "to" | "that");
    let subject = verb.checked_sub(1)?;
    // "The story about the two brothers was so touched that".
    if let Some(far) = sentence.subject_of(verb).filter(|far| far.tokens.len() > 1) {
        let graded = verb + 1 < i;
        let plain =
            !words::among("moved entertained encouraged charmed inspired", sentence.word(i))
                || graded;
        let far_ends = ends
            || matches!(next, "when" | "so" | "as" | "although" | "than" | "yesterday" | "last");
        if is_be
            && far_ends
            && plain
            && is_thing(sentence, far.head)
            && sentence.has(far.head, Facts::KNOWN)
        {
            return Some(edit(far.head));
        }
    }
    let phrase = sentence.noun_phrase_at(subject).filter(|phrase| phrase.tokens.end == verb)?;
    // "The film was very excited"; "It is very interested".
    let thing = words::among(THINGS, sentence.word(phrase.head))
        && !matches!(sentence.word(phrase.head), "class" | "city" | "town" | "show");
    let it = matches!(sentence.word(subject), "it" | "this")
        && matches!(causing, "interesting" | "surprising" | "amazing" | "fascinating" | "shocking")
        && phrase.tokens.len() == 1;
    (is_be && ends && (thing || it) && subject_opens(sentence, phrase.tokens.start))
        .then(|| edit(subject))
}

/// True for a common noun that names neither a person nor an animal nor what belongs to them and shows their feelings.
fn is_thing(sentence: &Sentence, at: usize) -> bool {
    let word = sentence.word(at);
    sentence.tagged(at, Tag::is_common_noun)
        && sentence.any(at, Facts::SINGULAR | Facts::PLURAL | Facts::MASS)
        && !noun_senses::is_human(word)
        && !noun_senses::is_animal(word)
        && !words::among(SHOWS, word)
        && !countability::is_collective(word)
        && !words::among(
            "one ones thing robot city town world country government nation market school firm department police",
            word,
        )
}

fn subject_opens(sentence: &Sentence, start: usize) -> bool {
    be_form::opens_subject(sentence, start)
}

/// The linking verb before token `i`, and whether a word of degree stands between.
fn linking_before(sentence: &Sentence, i: usize) -> Option<(usize, bool)> {
    let mut at = i.checked_sub(1)?;
    let mut graded = false;
    for _ in 0..2 {
        let degree = matches!(
            sentence.word(at),
            "very"
                | "so"
                | "too"
                | "really"
                | "quite"
                | "not"
                | "always"
                | "also"
                | "extremely"
                | "more"
        );
        if !degree {
            break;
        }
        graded |=
            matches!(sentence.word(at), "very" | "so" | "too" | "really" | "quite" | "extremely");
        at = at.checked_sub(1)?;
    }
    let token = &sentence.tokens[at];
    let glued = token.lower == "i'm";
    let linking = glued
        || words::is_be(&token.lower)
        || token.tag.is_verb() && matches!(token.lemma.as_str(), "feel" | "get" | "become");
    (linking && at > 0 && !glued)
        .then_some((at, graded))
        .or((glued && linking).then_some((at, graded)))
        .filter(|(at, _)| *at > 0)
}

/// Whether the subject before the linking verb is a person, and the speaker.
fn person_subject(sentence: &Sentence, verb: usize) -> Option<(bool, bool)> {
    let subject = verb.checked_sub(1)?;
    let word = sentence.word(subject);
    let first = word == "i";
    let far = sentence.subject_of(verb).filter(|far| far.is_certain);
    let person = words::is_nominative(word)
        || word == "you"
        || far.is_some_and(|far| noun_senses::is_human(sentence.word(far.head)))
        || words::is_person(word)
        || words::is_person(word.trim_end_matches('s'))
        || matches!(word, "people" | "everyone" | "children");
    Some((person, first || word == "we"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn people_feel_and_things_cause() {
        expect(
            &FeelingParticiple,
            &[
                ("I am very interesting in music.", "I am very interested in music."),
                ("It was a bored film.", "It was a boring film."),
                ("The film was very excited.", "The film was very exciting."),
                ("We were very exciting about the trip.", "We were very excited about the trip."),
                ("She felt tiring after the long walk.", "She felt tired after the long walk."),
                ("The lesson is so bored.", "The lesson is so boring."),
                ("I was very surprise when I saw him.", "I was very surprised when I saw him."),
                ("She is interest in English.", "She is interested in English."),
                ("It is very interested.", "It is very interesting."),
            ],
        );
    }

    #[test]
    fn right_participles_stay() {
        stays(
            &FeelingParticiple,
            "
            I am interested in music.
            He is very interesting.
            The film was exciting.
            She gave him a bored look.
            The dog was very excited.
            It is interested in food.
            They are boring holes in the wall.
            The class was very excited.
            ",
        );
    }
}
