//! `there is` before one thing, `there are` before several; never `there has`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ThereBe;

const SVA: ErrantType = ErrantType::replacement(Category::VerbSva);
const VERB: ErrantType = ErrantType::replacement(Category::Verb);

impl Rule for ThereBe {
    fn name(&self) -> &'static str {
        "there-is-are"
    }

    fn stage(&self) -> Stage {
        Stage::Agreement
    }

    fn messages(&self) -> &'static [&'static str] {
        &["there-are", "there-has", "there-is"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let found = |i| find_at(sentence, i).or_else(|| of_mass(sentence, i - 1));
        let bare = it_has(sentence, 0);
        (1..sentence.tokens.len()).filter_map(found).chain(bare).collect()
    }
}

fn find_at(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let opens = verb == 1
        || words::ends_clause(sentence.at(verb, -2))
        || words::among("think believe know say hope see", sentence.at(verb, -2));
    if sentence.at(verb, -1) != "there" || !opens {
        return place_has(sentence, verb)
            .or_else(|| there_will_have(sentence, verb))
            .or_else(|| place_will_have(sentence, verb))
            .or_else(|| it_has(sentence, verb))
            .or_else(|| does_it_have(sentence, verb));
    }
    let word = sentence.word(verb);
    let has = matches!(word, "has" | "have" | "had")
        && !sentence.tagged(verb + 1, |tag| matches!(tag, Tag::Vbn | Tag::To));
    let many =
        if has { phrase_is_plural(sentence, verb + 1)? } else { counts(sentence, verb + 1)? };
    let clue = sentence.original(verb + 1..verb + 2).to_owned();
    let (wanted, message, errant) = match (word, many) {
        ("is", true) => ("are", "there-are", SVA),
        ("was", true) => ("were", "there-are", SVA),
        ("are", false) => ("is", "there-is", SVA),
        ("were", false) => ("was", "there-is", SVA),
        ("has" | "have", true) if has => ("are", "there-has", VERB),
        ("has" | "have", false) if has => ("is", "there-has", VERB),
        ("had", true) if has => ("were", "there-has", VERB),
        ("had", false) if has => ("was", "there-has", VERB),
        _ => return None,
    };
    Some(Proposal::new(sentence, verb..verb + 1, wanted, (errant, message), 0.93).with_clue(&clue))
}

/// "In my village has a temple" → "there is a temple": a place in front, no subject, have and what is there.
fn place_has(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let group = sentence.verb_group_at(verb)?;
    let have = matches!(sentence.word(verb), "has" | "have" | "had")
        && group.is_simple()
        && group.is_finite();
    let place = sentence.noun_phrase_at(verb.checked_sub(1)?)?;
    let start = (0..verb).rev().find(|at| *at == 0 || sentence.tagged(at - 1, Tag::is_mark))?;
    let preposition = words::among(
        "in on at near behind under beside around inside during",
        sentence.word(start),
    ) && !sentence.tokens[start..verb]
        .iter()
        .any(|token| token.tag.is_verb() || token.tag == Tag::Prp);
    // "In Hanoi Lan has a house": another phrase before the verb may be the subject.
    let phrases =
        sentence.noun_phrases.iter().filter(|phrase| (start..verb).contains(&phrase.tokens.start));
    let linked = (start..verb).filter(|at| sentence.tagged(*at, |tag| tag == Tag::In)).count();
    if !have || !preposition || phrases.count() != linked || place.tokens.end != verb {
        return None;
    }
    let many = phrase_is_plural(sentence, verb + 1)?;
    let be = match (sentence.word(verb), many) {
        ("had", true) => "there were",
        ("had", false) => "there was",
        (_, true) => "there are",
        (_, false) => "there is",
    };
    let clue = sentence.original(verb + 1..verb + 2).to_owned();
    Some(Proposal::new(sentence, verb..verb + 1, be, (VERB, "there-has"), 0.9).with_clue(&clue))
}

/// "In the future will have more robots" → "there will be": a place or a time in front and no subject.
fn place_will_have(sentence: &Sentence, have: usize) -> Option<Proposal> {
    let will = have.checked_sub(1).filter(|will| {
        matches!(sentence.word(*will), "will" | "may" | "can" | "must")
            && sentence.word(have) == "have"
    })?;
    let phrase = sentence.noun_phrase_at(will.checked_sub(1)?)?;
    let front = phrase.tokens.end == will
        && phrase.tokens.start == 1
        && words::among("in on at near", sentence.word(0));
    let thing = sentence
        .noun_phrase_at(have + 1)
        .is_some_and(|thing| thing.tokens.start == have + 1 && !thing.is_definite());
    let kind = (VERB, "there-has");
    (front && thing).then(|| {
        let text = format!("there {} be", sentence.word(will));
        Proposal::new(sentence, will..have + 1, &text, kind, 0.9)
            .with_clue(sentence.original(0..will))
    })
}

/// "It has many students in the library" → "There are": persons are had by no place that is named behind them; "Have many
/// kinds of fruit" and "Today has a big sale" lack a subject altogether.
fn it_has(sentence: &Sentence, have: usize) -> Option<Proposal> {
    let asks = sentence.tokens.last().is_some_and(|last| last.lower == "?");
    let present = matches!(sentence.word(have), "has" | "have");
    let many = phrase_is_plural(sentence, have + 1);
    let kind = (VERB, "there-has");
    let phrase = thing_at(sentence, have + 1)?;
    let end = phrase.tokens.end;
    let placed =
        words::among("in on at near", sentence.word(end)) && sentence.tag(end + 1).is_some();
    let own = sentence.verb_group_at(have).is_some_and(|group| group.is_simple());
    if !present || !own || phrase.is_definite() {
        return None;
    }
    let be = if many? { "are" } else { "is" };
    let human = crate::rules::noun_senses::is_human(&sentence.tokens[phrase.head].lemma)
        || words::is_person(&sentence.tokens[phrase.head].lemma)
        || sentence.word(phrase.head) == "people";
    let it = have == 1 && sentence.word(0) == "it" && human && placed && many == Some(true);
    if it {
        let edit = Proposal::new(sentence, 0..2, &format!("there {be}"), kind, 0.86);
        return Some(edit.with_clue(sentence.original(phrase.head..phrase.head + 1)));
    }
    let day = have == 1 && words::among("today tomorrow tonight yesterday", sentence.word(0));
    if day {
        let edit = Proposal::new(sentence, 1..2, &format!("there {be}"), kind, 0.86);
        return Some(edit.with_clue(sentence.original(phrase.head..phrase.head + 1)));
    }
    let counted = words::among("many several", sentence.word(1))
        || sentence.word(1) == "a" && sentence.word(2) == "lot"
        || asks && sentence.word(1) == "any";
    (have == 0 && counted && many == Some(true)).then(|| {
        let text = if asks { format!("{be} there") } else { format!("there {be}") };
        Proposal::new(sentence, 0..1, &text, kind, 0.88)
            .with_clue(sentence.original(phrase.head..phrase.head + 1))
    })
}

/// The phrase that begins at `at`; of "many kinds of fruit" the first.
fn thing_at<'s>(sentence: &'s Sentence, at: usize) -> Option<&'s crate::analysis::NounPhrase> {
    let of = matches!(sentence.word(at), "a")
        && sentence.word(at + 1) == "lot"
        && sentence.word(at + 2) == "of";
    let from = if of { at + 3 } else { at };
    sentence.noun_phrase_at(from).filter(|phrase| phrase.tokens.start <= from)
}

/// "Does it have a pharmacy near here?" → "Is there"; "There didn't have any seats" → "There weren't".
fn does_it_have(sentence: &Sentence, have: usize) -> Option<Proposal> {
    let kind = (VERB, "there-has");
    let phrase =
        sentence.noun_phrase_at(have + 1).filter(|phrase| phrase.tokens.start == have + 1)?;
    let plural = phrase.is_plural();
    if sentence.word(have) == "have" && have == 2 && sentence.word(1) == "it" {
        let near = sentence.word(phrase.tokens.end) == "near"
            && words::among("here this there my your", sentence.word(phrase.tokens.end + 1))
            || words::among("nearby around", sentence.word(phrase.tokens.end));
        let text = match (sentence.word(0), plural) {
            ("does", true) => "are there",
            ("does", false) => "is there",
            ("did", true) => "were there",
            ("did", false) => "was there",
            _ => return None,
        };
        return (near && !phrase.is_definite()).then(|| {
            Proposal::new(sentence, 0..3, text, kind, 0.88)
                .with_clue(sentence.original(phrase.tokens.clone()))
        });
    }
    let (start, not) = match (sentence.word(have), have) {
        ("have", 1..) if sentence.at(have, -2) == "there" => (have - 1, sentence.word(have - 1)),
        ("haven't" | "hasn't" | "hadn't", 1..)
            if sentence.at(have, -1) == "there"
                && !sentence.tagged(have + 1, |tag| tag == Tag::Vbn) =>
        {
            (have, sentence.word(have))
        }
        _ => return None,
    };
    let text = match (not, plural) {
        ("don't" | "doesn't" | "haven't" | "hasn't", true) => "aren't",
        ("don't" | "doesn't" | "haven't" | "hasn't", false) => "isn't",
        ("didn't" | "hadn't", true) => "weren't",
        ("didn't" | "hadn't", false) => "wasn't",
        _ => return None,
    };
    Some(
        Proposal::new(sentence, start..have + 1, text, kind, 0.93)
            .with_clue(sentence.original(phrase.tokens.clone())),
    )
}

/// "there will have more jobs" → "be".
fn there_will_have(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let modal = words::is_modal(sentence.at(verb, -1)) && sentence.at(verb, -2) == "there";
    let thing = sentence.noun_phrase_at(verb + 1)?;
    let participle = sentence.tagged(verb + 1, |tag| tag == Tag::Vbn);
    if !modal || sentence.word(verb) != "have" || participle {
        return None;
    }
    let clue = sentence.original(thing.tokens.clone()).to_owned();
    Some(Proposal::new(sentence, verb..verb + 1, "be", (VERB, "there-has"), 0.93).with_clue(&clue))
}

/// Whether the noun phrase that begins at `at`, which must be indefinite, speaks of several things.
fn phrase_is_plural(sentence: &Sentence, at: usize) -> Option<bool> {
    counts(sentence, at).or_else(|| {
        let phrase = sentence.noun_phrase_at(at).filter(|phrase| phrase.tokens.start == at)?;
        let several = words::among("many several some two three four few", sentence.word(at))
            || words::is_plural_number(sentence.word(at));
        (!phrase.is_definite() && !phrase.is_pronoun())
            .then(|| phrase.is_plural() || several && !phrase.is_uncountable())
    })
}

/// Whether several things follow; none where it is not plain.
fn counts(sentence: &Sentence, i: usize) -> Option<bool> {
    match sentence.word(i) {
        "many" if sentence.at(i, 1) != "a" => Some(true),
        "several" | "various" => Some(true),
        // "There is two hours of work left": an amount may be one thing.
        number if words::is_plural_number(number) => sentence
            .noun_phrase_at(i)
            .is_some_and(|phrase| phrase.is_plural() && sentence.has(phrase.head, Facts::PLURAL))
            .then_some(true)
            .filter(|_| !is_amount(sentence.at(i, 1))),
        // "There is a lot of people": the plural counts, not `lot`.
        "a" if sentence.at(i, 1) == "lot" && sentence.at(i, 2) == "of" => {
            plural_at(sentence, i + 3)
        }
        "lots" | "hundreds" | "thousands" | "millions" | "dozens" | "plenty"
            if sentence.at(i, 1) == "of" =>
        {
            plural_at(sentence, i + 2)
        }
        "a" | "an" => one_thing(sentence, i),
        "some" | "no" => None,
        _ => None,
    }
}

/// Some(true) for a plain plural, with at most one adjective before it.
fn plural_at(sentence: &Sentence, i: usize) -> Option<bool> {
    let at =
        i + usize::from(sentence.has(i, Facts::USUAL_ADJECTIVE) && !sentence.has(i, Facts::PLURAL));
    let phrase = sentence.noun_phrase_at(at).is_some_and(|phrase| phrase.is_plural());
    let plural = phrase
        || sentence.has(at, Facts::PLURAL) && !sentence.any(at, Facts::SINGULAR | Facts::MASS);
    plural.then_some(true)
}

fn one_thing(sentence: &Sentence, article: usize) -> Option<bool> {
    let phrase = (article + 1..sentence.tokens.len()).take_while(|i| {
        let word = sentence.word(*i);
        !words::ends_clause(word) && !sentence.has(*i, Facts::PREPOSITION)
    });
    let mut words_after = 0;
    for i in phrase {
        let word = sentence.word(i);
        // "a lot", "a few", "a number of", "a hundred", "a couple of": several things.
        let several = matches!(
            word,
            "lot"
                | "few"
                | "number"
                | "couple"
                | "variety"
                | "range"
                | "pair"
                | "handful"
                | "dozen"
                | "hundred"
                | "thousand"
                | "million"
                | "billion"
                | "majority"
                | "minority"
                | "series"
                | "total"
                | "great"
                | "good"
                | "wide"
                | "host"
                | "group"
                | "bunch"
                | "multitude"
                | "wealth"
                | "further"
                | "maximum"
                | "minimum"
        );
        let plural = sentence.has(i, Facts::PLURAL) && !sentence.has(i, Facts::SINGULAR);
        if several || plural {
            return None;
        }
        words_after += 1;
    }
    // "a book and a pen" may be two things.
    let list = sentence
        .tokens
        .iter()
        .skip(article)
        .any(|token| matches!(token.lower.as_str(), "and" | ","));
    (words_after > 0 && !list).then_some(false)
}

fn is_amount(unit: &str) -> bool {
    matches!(
        unit,
        "hours"
            | "minutes"
            | "days"
            | "weeks"
            | "months"
            | "years"
            | "dollars"
            | "kilometers"
            | "miles"
            | "meters"
    )
}

/// `There is only two windows`: an adverb hides how many there are.
fn of_several(sentence: &Sentence, be: usize) -> Option<Proposal> {
    let phrase = sentence.noun_phrase_at(be + 2).filter(|phrase| {
        phrase.tokens.start <= be + 2 && phrase.is_plural() && phrase.quantifier.is_some()
    })?;
    let adverb = words::among("only still also always now usually", sentence.word(be + 1));
    let single = words::among("lot number pair couple amount", sentence.word(phrase.head));
    let form = if sentence.word(be) == "is" { "are" } else { "were" };
    (adverb && !single).then(|| {
        Proposal::new(sentence, be..be + 1, form, (SVA, "there-are"), 0.9)
            .with_clue(sentence.original(phrase.tokens.clone()))
    })
}

/// `There are a lot of traffic`: one mass takes `is`, behind whatever measures it.
fn of_mass(sentence: &Sentence, there: usize) -> Option<Proposal> {
    let be = there + 1;
    let form = match (sentence.word(there), sentence.word(be)) {
        ("there", "are") => "is",
        ("there", "were") => "was",
        ("there", "is" | "was") => return of_several(sentence, be),
        _ => return None,
    };
    let of = (be + 1..be + 5).find(|at| sentence.word(*at) == "of");
    let measured =
        of.filter(|of| (be + 1..*of).any(|at| words::among("lot lots plenty", sentence.word(at))));
    let from = measured.map_or(be + 1, |of| of + 1);
    let phrase = sentence.noun_phrase_at(from)?;
    let single = phrase.is_uncountable()
        && sentence.has(phrase.head, Facts::SINGULAR)
        && !sentence.has(phrase.head, Facts::PLURAL);
    let joined = matches!(sentence.word(phrase.tokens.end), "and" | "," | "or");
    let next_noun = sentence.tagged(phrase.tokens.end, Tag::is_noun);
    (single && !joined && !next_noun).then(|| {
        Proposal::new(sentence, be..be + 1, form, (SVA, "there-is"), 0.9)
            .with_clue(sentence.original(phrase.head..phrase.head + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn be_agrees_with_what_follows() {
        expect(
            &ThereBe,
            &[
                ("There is many people in my class.", "There are many people in my class."),
                ("There are a book on the table.", "There is a book on the table."),
                ("There has a big tree in my garden.", "There is a big tree in my garden."),
                ("In my house, there have three rooms.", "In my house, there are three rooms."),
                ("There was five cats.", "There were five cats."),
                ("There is a lot of people here.", "There are a lot of people here."),
            ],
        );
    }

    #[test]
    fn right_uses_stay() {
        stays(
            &ThereBe,
            "
            There are 5 people
            There are a lot of people.
            There is a book and a pen.
            There is a lot of water.
            There are a few problems.
            There has been a mistake.
            There have been many mistakes.
            There is many a slip.
            There are a wide range of books.
            There is some milk.
            I was there a day.
            ",
        );
    }
}
