//! Relative clauses: persons take `who`, the object is not said twice, and `whose` is not `who's`.

use crate::{
    analysis::{Sentence, Tag, words},
    rules::{
        edit,
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
        &["who-for-persons", "object-said-twice", "whose-not-whos", "which-for-things"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (1..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    match sentence.word(i) {
        "which" => of_person(sentence, i),
        "who" => of_thing(sentence, i),
        "it" | "them" | "him" | "her" => said_twice(sentence, i),
        "who's" => whose(sentence, i),
        _ => None,
    }
}

fn is_person(word: &str) -> bool {
    words::is_person(word)
        || word.strip_suffix('s').is_some_and(words::is_person)
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
    let subject = verb.checked_sub(1).filter(|at| words::is_subject_pronoun(sentence.word(*at)))?;
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
    let subject_of_main = phrase.tokens.start == 0
        && (words::is_auxiliary(next) || sentence.tagged(i + 1, Tag::is_finite));
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
    if !acts || !thing || content || !(subject_of_main || complement) {
        return None;
    }
    let own = sentence.original(verb..verb + 1);
    let edit = edit::rewritten(sentence, verb..i + 1, own, (EXTRA, "object-said-twice"), 0.9);
    Some(edit.with_clue(sentence.original(phrase.tokens.clone())))
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
                ("I don't know who's bag this is.", "I don't know whose bag this is."),
            ],
        );
    }

    #[test]
    fn right_relatives_stay() {
        stays(
            &RelativeClause,
            "
            The people who live here are kind.
            The fact that I like it is clear.
            The book which I bought is new.
            I know the man who's here.
            She asked the teacher which was right.
            I told the man that I bought it.
            ",
        );
    }
}
