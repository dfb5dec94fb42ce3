//! Relative clauses: persons take `who`, the object is not said twice, and `whose` is not `who's`.

use crate::{
    analysis::{Sentence, Tag, countability, facts::Facts, words},
    rules::{
        edit, noun_senses,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct RelativeClause;

const PRON: ErrantType = ErrantType::replacement(Category::Pron);
const EXTRA: ErrantType = ErrantType::unnecessary(Category::Pron);

impl Rule for RelativeClause {
    fn name(&self) -> &'static str {
        "relative-pronoun"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &[
            "who-for-persons",
            "object-said-twice",
            "whose-not-whos",
            "which-for-things",
            "where-for-places",
            "where-without-in",
            "which-after-comma",
        ]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (1..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    match sentence.word(i) {
        "which" => of_person(sentence, i)
            .or_else(|| of_place(sentence, i))
            .or_else(|| who_owns(sentence, i)),
        "what" => of_what(sentence, i),
        "he" | "she" | "they" => subject_twice(sentence, i),
        "his" | "their" => owner(sentence, i),
        "her" => owner(sentence, i).or_else(|| said_twice(sentence, i)),
        "where" => stranded(sentence, i).or_else(|| where_subject(sentence, i)),
        "who" => of_thing(sentence, i).or_else(|| who_owns(sentence, i)),
        "that" => after_comma(sentence, i),
        "it" | "them" | "him" => said_twice(sentence, i),
        "who's" => whose(sentence, i),
        _ => None,
    }
}

/// Nouns and pronouns for persons, in either number.
pub(super) fn is_person(word: &str) -> bool {
    words::is_person(word)
        || word.strip_suffix('s').is_some_and(words::is_person)
        || noun_senses::is_human(word)
            && !words::among("team family class crowd audience public couple crew", word)
        || matches!(
            word,
            "people"
                | "men"
                | "women"
                | "children"
                | "someone"
                | "somebody"
                | "anyone"
                | "everyone"
                | "guy"
                | "guys"
                | "lady"
                | "policeman"
                | "scientist"
                | "scientists"
        )
}

/// `the people which live`.
fn of_person(sentence: &Sentence, i: usize) -> Option<Proposal> {
    // "She asked the teacher which was right": an embedded question.
    let asks = sentence.tokens[..i - 1]
        .iter()
        .any(|token| matches!(token.lemma.as_str(), "ask" | "tell" | "show" | "teach"));
    let person = is_person(sentence.word(i - 1)) && !asks;
    let verb = sentence.tagged(i + 1, Tag::is_finite) || words::is_auxiliary(sentence.word(i + 1));
    (person && verb).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, "who", (PRON, "who-for-persons"), 0.92);
        edit.with_clue(sentence.original(i - 1..i))
    })
}

/// `a dish who many foreigners love`.
fn of_thing(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let thing = matches!(
        sentence.word(i - 1),
        "dish"
            | "book"
            | "house"
            | "car"
            | "film"
            | "movie"
            | "song"
            | "game"
            | "city"
            | "place"
            | "thing"
            | "things"
            | "phone"
            | "computer"
            | "job"
            | "subject"
            | "problem"
            | "letter"
            | "bike"
            | "food"
            | "language"
            | "sport"
            | "school"
            | "shop"
            | "restaurant"
            | "books"
            | "films"
            | "songs"
            | "games"
            | "places"
            | "bag"
            | "building"
            | "river"
            | "tree"
            | "story"
            | "lesson"
    );
    let inert = sentence.tagged(i - 1, Tag::is_common_noun)
        && sentence.has(i - 1, Facts::USUAL_NOUN | Facts::LISTED)
        && !sentence.has(i - 1, Facts::PROPER)
        && !words::among(
            "million millions thousands hundreds few many those many minority majority generation",
            sentence.word(i - 1),
        )
        && !is_person(sentence.word(i - 1))
        && !noun_senses::is_animal(sentence.word(i - 1))
        && !countability::is_collective(sentence.word(i - 1))
        && !words::among(
            "school company country city world town village government club side one",
            sentence.word(i - 1),
        )
        && sentence.at(i, -2) != "of";
    let thing = thing || inert;
    if words::among("idea clue question doubt", sentence.word(i - 1)) {
        return None;
    }
    // "I know from the book who did it" asks a question.
    let determined =
        sentence.noun_phrase_at(i - 1).is_some_and(|phrase| phrase.determiner.is_some());
    let asks = sentence.tokens[..i].iter().any(|token| {
        matches!(
            token.lemma.as_str(),
            "know" | "ask" | "tell" | "show" | "see" | "find" | "decide" | "wonder" | "say"
        )
    });
    (thing && determined && !asks).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, "that", (PRON, "which-for-things"), 0.88);
        edit.with_clue(sentence.original(i - 1..i))
    })
}

/// `The book that I bought it is interesting`, `This is the film which we watched it.`
fn said_twice(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let verb = i - 1;
    let own_subject = sentence.subject_of(verb)?;
    let subject = own_subject.tokens.start;
    let near = own_subject.tokens.end == sentence.verb_group_at(verb)?.tokens.start
        && sentence.verb_group_at(verb)?.main() == verb;
    if !near {
        return None;
    }
    let relative = subject
        .checked_sub(1)
        .filter(|at| matches!(sentence.word(*at), "that" | "which" | "who" | "whom"))?;
    let noun = relative.checked_sub(1)?;
    let phrase = sentence
        .noun_phrase_at(noun)
        .filter(|phrase| phrase.tokens.end == relative && phrase.determiner.is_some())?;
    let acts = sentence.tagged(verb, Tag::is_verb)
        && !words::is_auxiliary(sentence.word(verb))
        && !matches!(sentence.tokens[verb].lemma.as_str(), "say" | "think" | "know" | "hope");
    let thing = matches!(sentence.word(i), "it" | "them") != is_person(sentence.word(phrase.head));
    let next = sentence.at(i, 1);
    let after = sentence
        .times
        .iter()
        .find(|time| time.tokens.start == i + 1)
        .map_or(i + 1, |time| time.tokens.end);
    let after = if sentence.tagged(after, Tag::is_adverb) { after + 1 } else { after };
    let subject_of_main = phrase.tokens.start == 0
        && (words::is_auxiliary(sentence.word(after)) || sentence.tagged(after, Tag::is_finite));
    let closes = next.is_empty()
        || sentence.tagged(i + 1, Tag::is_mark)
        || matches!(next, "yesterday" | "last");
    let complement =
        phrase.tokens.start.checked_sub(1).is_some_and(|be| words::is_be(sentence.word(be)))
            && closes;
    // "the fact that I like it is", "the day that I met her is".
    let content = matches!(
        sentence.word(phrase.head),
        "fact"
            | "idea"
            | "day"
            | "time"
            | "way"
            | "reason"
            | "moment"
            | "year"
            | "news"
            | "place"
            | "feeling"
            | "hope"
            | "truth"
            | "problem"
            | "point"
            | "chance"
    );
    // "the book that you gave it to me".
    let given = next == "to"
        && matches!(sentence.at(i, 2), "me" | "him" | "her" | "us" | "them" | "you")
        && matches!(sentence.tokens[verb].lemma.as_str(), "give" | "send" | "show" | "lend");
    if given && thing && !content {
        let text =
            format!("{} {}", sentence.original(verb..verb + 1), sentence.original(i + 2..i + 3));
        let edit = edit::rewritten(sentence, verb..i + 3, &text, (EXTRA, "object-said-twice"), 0.9);
        return Some(edit.with_clue(sentence.original(phrase.tokens.clone())));
    }
    if !acts || !thing || content || !(subject_of_main || complement) {
        return None;
    }
    let own = sentence.original(verb..verb + 1);
    let edit = edit::rewritten(sentence, verb..i + 1, own, (EXTRA, "object-said-twice"), 0.9);
    Some(edit.with_clue(sentence.original(phrase.tokens.clone())))
}

/// `My laptop, that I bought last year, is slow`.
fn after_comma(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let comma = i.checked_sub(1).filter(|comma| sentence.word(*comma) == ",")?;
    let phrase = sentence.noun_phrase_at(0).filter(|phrase| phrase.tokens == (0..comma))?;
    let clause =
        words::is_subject_pronoun(sentence.at(i, 1)) && sentence.tagged(i + 2, Tag::is_finite);
    let end = (i + 2..sentence.tokens.len()).find(|at| sentence.word(*at) == ",")?;
    let main = sentence.tagged(end + 1, Tag::is_finite);
    let form = if is_person(sentence.word(phrase.head)) { "who" } else { "which" };
    (clause && main).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, form, (PRON, "which-after-comma"), 0.9);
        edit.with_clue(sentence.original(phrase.tokens.clone()))
    })
}

/// `the village which I was born`.
fn of_place(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let place = matches!(
        sentence.word(i - 1),
        "village"
            | "town"
            | "city"
            | "house"
            | "school"
            | "country"
            | "place"
            | "hotel"
            | "company"
            | "street"
            | "university"
            | "hometown"
    );
    let born = words::is_nominative(sentence.at(i, 1))
        && matches!(sentence.at(i, 2), "was" | "were")
        && sentence.at(i, 3) == "born";
    let lived = words::is_nominative(sentence.at(i, 1))
        && matches!(sentence.at(i, 2), "live" | "lived" | "work" | "worked" | "study" | "studied");
    let next = if born { i + 4 } else { i + 3 };
    let left_alone = !matches!(sentence.word(next), "in" | "at" | "for" | "on");
    let before = matches!(sentence.at(i, -2), "in" | "at") || sentence.at(i, -1) == "in";
    ((born || lived) && place && left_alone && !before).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, "where", (PRON, "where-for-places"), 0.9);
        edit.with_clue(sentence.original(i - 1..i))
    })
}

/// `the house where I live in is`.
fn stranded(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let verb = i + 2;
    let lives = words::is_subject_pronoun(sentence.at(i, 1))
        && matches!(sentence.tokens.get(verb)?.lemma.as_str(), "live" | "work" | "study" | "stay");
    let preposition = verb + 1;
    let closes = sentence
        .tokens
        .get(preposition + 1)
        .is_none_or(|next| next.tag == Tag::Stop || next.tag.is_finite());
    let place = sentence.tagged(i - 1, Tag::is_noun);
    if !lives || !closes || !place || !matches!(sentence.word(preposition), "in" | "at") {
        return None;
    }
    let own = sentence.original(verb..verb + 1);
    let kind = (ErrantType::unnecessary(Category::Prep), "where-without-in");
    Some(edit::rewritten(sentence, verb..preposition + 1, own, kind, 0.9).with_clue("where"))
}

/// `the writer who her books I had read`: whose they are is said by the pronoun itself.
fn who_owns(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let noun = sentence
        .noun_phrase_at(i - 1)
        .filter(|phrase| phrase.tokens.end == i && !phrase.is_pronoun())?;
    let owned = sentence.noun_phrase_at(i + 1).filter(|phrase| {
        phrase.tokens.start == i + 1
            && phrase.tokens.len() > 1
            && matches!(sentence.word(i + 1), "his" | "her" | "their" | "its")
    })?;
    // "the man who her mother met" lacks nothing but has a subject: the verb's own object decides, or another subject.
    let after = owned.tokens.end;
    let goes_on = sentence.finite_begins(after) || words::is_subject_pronoun(sentence.word(after));
    goes_on.then(|| {
        let edit = Proposal::new(sentence, i..i + 2, "whose", (PRON, "whose-not-whos"), 0.9);
        edit.with_clue(sentence.original(noun.tokens.clone()))
    })
}

/// `a city where has cool weather`: a subject is missing, so that the word must be one.
fn where_subject(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let phrase = sentence.noun_phrase_at(i - 1).filter(|phrase| phrase.tokens.end == i)?;
    let place = !phrase.is_pronoun() && !phrase.is_name() && phrase.determiner.is_some();
    let verb = sentence.verb_group_at(i + 1).filter(|group| group.tokens.start == i + 1)?;
    // "the hotel where is John", "where are the keys": a question that is reported in its own order.
    let acts = verb.is_finite() && !verb.inverted && !words::is_be(sentence.word(i + 1));
    let asks = sentence.tokens[..i]
        .iter()
        .any(|token| words::among("ask tell know show wonder forget", &token.lemma));
    (place && acts && !asks).then(|| {
        let kind = (PRON, "which-for-things");
        Proposal::new(sentence, i..i + 1, "which", kind, 0.88)
            .with_clue(sentence.original(i - 1..i))
    })
}

/// `everything what he said`, `the thing what I like`.
fn of_what(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let all = matches!(
        sentence.word(i - 1),
        "everything" | "something" | "nothing" | "anything" | "all" | "things"
    ) || sentence.word(i - 1) == "thing" && i > 1 && sentence.word(i - 2) == "the";
    let clause =
        words::is_subject_pronoun(sentence.at(i, 1)) && sentence.tagged(i + 2, Tag::is_verbal);
    (all && clause).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, "that", (PRON, "which-for-things"), 0.9);
        edit.with_clue(sentence.original(i - 1..i))
    })
}

/// `a friend who he lives in Canada`.
fn subject_twice(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let who = i - 1;
    let noun = who.checked_sub(1)?;
    let person = is_person(sentence.word(noun))
        && sentence.noun_phrase_at(noun).is_some_and(|phrase| phrase.determiner.is_some());
    let verb = i + 1;
    let acts = sentence.tagged(verb, Tag::is_finite) && !sentence.tagged(verb + 1, Tag::is_finite);
    // "the girl who he loves": the verb has its object in the noun.
    let next = sentence.at(verb, 1);
    let complete = matches!(
        next,
        "in" | "at" | "with" | "is" | "a" | "an" | "the" | "my" | "very" | "from" | "to"
    );
    (sentence.word(who) == "who"
        && person
        && acts
        && complete
        && !matches!(
            sentence.tokens[verb].lemma.as_str(),
            "say"
                | "think"
                | "know"
                | "give"
                | "talk"
                | "speak"
                | "want"
                | "look"
                | "listen"
                | "meet"
                | "see"
        ))
    .then(|| {
        let own = sentence.original(verb..verb + 1);
        let edit = edit::rewritten(sentence, i..verb + 1, own, (EXTRA, "object-said-twice"), 0.88);
        edit.with_clue(sentence.original(noun..noun + 1))
    })
}

/// `the man who his car was stolen`.
fn owner(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let who = i - 1;
    let noun = who.checked_sub(1)?;
    let person = is_person(sentence.word(noun))
        && sentence.noun_phrase_at(noun).is_some_and(|phrase| phrase.determiner.is_some());
    let phrase = sentence
        .noun_phrase_at(i)
        .filter(|phrase| phrase.tokens.start == i && phrase.tokens.len() > 1)?;
    let verb = sentence.tagged(phrase.tokens.end, Tag::is_finite);
    (sentence.word(who) == "who" && person && verb).then(|| {
        let edit = edit::rewritten(sentence, who..i + 1, "whose", (PRON, "whose-not-whos"), 0.9);
        edit.with_clue(sentence.original(i + 1..i + 2))
    })
}

/// `who's bag this is`.
fn whose(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let noun = sentence.tagged(i + 1, Tag::is_common_noun) && sentence.is_word(i + 1);
    let follows = matches!(
        sentence.at(i, 2),
        "this" | "that" | "it" | "is" | "are" | "was" | "these" | "those"
    );
    (noun && follows).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, "whose", (PRON, "whose-not-whos"), 0.93);
        edit.with_clue(sentence.original(i + 1..i + 2))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn relatives_are_put_right() {
        expect(
            &RelativeClause,
            &[
                (
                    "The book that I bought it is interesting.",
                    "The book that I bought is interesting.",
                ),
                (
                    "The film which we watched it was boring.",
                    "The film which we watched was boring.",
                ),
                (
                    "The village which I was born is famous.",
                    "The village where I was born is famous.",
                ),
                ("I like the book that you gave it to me.", "I like the book that you gave me."),
                ("Everything what he said was true.", "Everything that he said was true."),
                ("I have a friend who he lives in Canada.", "I have a friend who lives in Canada."),
                (
                    "That is the man who his car was stolen.",
                    "That is the man whose car was stolen.",
                ),
                ("I don't know who's bag this is.", "I don't know whose bag this is."),
                (
                    "My laptop, that I bought last year, is slow.",
                    "My laptop, which I bought last year, is slow.",
                ),
            ],
        );
    }

    #[test]
    fn right_relatives_stay() {
        stays(
            &RelativeClause,
            "
            The people who live here are kind.
            I know a girl.
            I told you that you gave it to me.
            The fact that I like it is clear.
            The book which I bought is new.
            I know the man who's here.
            She asked the teacher which was right.
            I told the man that I bought it.
            I said, that I know, nothing.
            ",
        );
    }
}
