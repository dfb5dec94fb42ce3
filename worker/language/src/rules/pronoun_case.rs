//! Pronouns by their place: `He is`, `with him`, `between you and me`, `a friend of mine`, `This book is mine`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        edit,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct PronounCase;

const PRON: ErrantType = ErrantType::replacement(Category::Pron);

/// Prepositions that are no conjunctions as well.
const PREPOSITIONS: &str =
    "with to for from at about by of between without behind beside near toward towards";
/// Verbs with a person as object that never report speech.
const VERBS: &str = "love like hate help meet see visit call miss teach give ask tell thank know marry hit kiss invite \
    follow hurt wait";

impl Rule for PronounCase {
    fn name(&self) -> &'static str {
        "pronoun-case"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["subject-pronoun", "object-pronoun", "possessive-pronoun", "possessive-determiner"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    match sentence.word(i) {
        "me" | "him" | "us" | "them" | "her" => as_subject(sentence, i)
            .or_else(|| of_mine(sentence, i))
            .or_else(|| thing_of_hers(sentence, i)),
        "i" | "he" | "she" | "we" | "they" => as_object(sentence, i)
            .or_else(|| given_to(sentence, i))
            .or_else(|| owner_of(sentence, i)),
        "my" | "your" | "our" | "their" => alone(sentence, i),
        "mine" | "yours" | "hers" | "ours" | "theirs" => before_noun(sentence, i),
        _ => None,
    }
}

fn nominative(word: &str) -> &'static str {
    match word {
        "me" => "I",
        "him" => "he",
        "us" => "we",
        "her" => "she",
        _ => "they",
    }
}

fn objective(word: &str) -> &'static str {
    match word {
        "i" => "me",
        "he" => "him",
        "we" => "us",
        "she" => "her",
        _ => "them",
    }
}

/// Verbs with two objects, or with one and what it is about.
const GIVING: &str =
    "offer give show send teach bring lend buy remind help let make tell ask pay serve";

/// `offer they tea`, `reminds they of school`: no clause begins here.
fn given_to(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let governor = i.checked_sub(1)?;
    let token = &sentence.tokens[governor];
    let gives = words::among(GIVING, &token.lemma)
        && sentence.verb_group_at(governor).is_some_and(|group| group.main() == governor);
    let next = sentence.tokens.get(i + 1)?;
    let thing = next.tag == Tag::In
        || words::is_determiner(&next.lower)
        || next.tag.is_common_noun() && !next.facts.any(Facts::BASE | Facts::THIRD | Facts::PAST)
        || matches!(&*next.lower, "to" | "how" | "something")
        || matches!(&*token.lemma, "let" | "make" | "help") && next.facts.has(Facts::BASE);
    // "Ask what they need": a clause has its own verb.
    let clause = sentence.finite_begins(i + 1) && !matches!(&*token.lemma, "let" | "make" | "help");
    (gives && thing && !clause && !token.is_auxiliary()).then(|| {
        let text = objective(sentence.word(i));
        let mut edit = Proposal::new(sentence, i..i + 1, text, (PRON, "object-pronoun"), 0.9);
        edit.replacement = text.to_owned();
        edit.with_clue(sentence.original(governor..i))
    })
}

/// `of they youth`: the owner before a noun.
fn owner_of(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let governed = i > 0 && words::among(PREPOSITIONS, sentence.word(i - 1));
    let thing = sentence.tagged(i + 1, Tag::is_common_noun)
        && !sentence.any(i + 1, Facts::THIRD | Facts::PAST | Facts::BASE);
    let form = match sentence.word(i) {
        "i" => "my",
        "he" => "his",
        "she" => "her",
        "we" => "our",
        _ => "their",
    };
    (governed && thing).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, form, (PRON, "possessive-determiner"), 0.9);
        edit.with_clue(sentence.original(i + 1..i + 2))
    })
}

/// `Him is`, `Her and her husband opened`, `Me and my friend go`.
fn as_subject(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    let opens = i == 0
        || matches!(sentence.at(i, -1), "because" | "but" | "," | "when" | "if")
            && sentence.tagged(i + 1, Tag::is_finite);
    if !opens {
        return None;
    }
    let kind = (PRON, "subject-pronoun");
    if sentence.at(i, 1) == "and" && i == 0 {
        let phrase = sentence.noun_phrase_at(2).filter(|phrase| phrase.tokens.start == 2)?;
        let mut end = phrase.tokens.end;
        while words::is_middle_adverb(sentence.word(end)) {
            end += 1;
        }
        let verb = sentence.tagged(end, Tag::is_finite) && !sentence.tagged(end, Tag::is_noun);
        if !verb {
            return None;
        }
        if word == "me" {
            let other = sentence.original(phrase.tokens.clone()).to_owned();
            let tokens = 0..phrase.tokens.end;
            let edit = edit::rewritten(sentence, tokens, &format!("{other} and I"), kind, 0.85);
            // The first word of the sentence has its capital.
            let mut edit = edit;
            edit.replacement = crate::rules::rule::match_case("A", &edit.replacement);
            return Some(edit.with_clue(sentence.original(end..end + 1)));
        }
        let edit = Proposal::new(sentence, 0..1, nominative(word), kind, 0.88);
        return (word != "us").then(|| edit.with_clue(sentence.original(end..end + 1)));
    }
    let next = sentence.at(i, 1);
    let verb = words::is_be(next) && !matches!(next, "be" | "being" | "been")
        || words::is_modal(next)
        || matches!(
            next,
            "has" | "does" | "doesn't" | "don't" | "likes" | "goes" | "wants" | "lives" | "works"
        );
    ((verb && word != "her"
        || word == "her" && matches!(next, "is" | "was") && sentence.word(i + 2) != "not")
        && !(word == "us" || word == "them" && i > 0))
        .then(|| {
            let edit = Proposal::new(sentence, i..i + 1, nominative(word), kind, 0.9);
            edit.with_clue(sentence.original(i + 1..i + 2))
        })
}

/// `with he`, `love she.`, `between you and I`, `my wife and I to`.
fn as_object(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let before = i.checked_sub(1)?;
    let word = sentence.word(i);
    let next = sentence.at(i, 1);
    let ends = next.is_empty()
        || matches!(sentence.tag(i + 1), Some(Tag::Stop))
        || matches!(
            next,
            "in" | "at"
                | "to"
                | "for"
                | "on"
                | "from"
                | "yesterday"
                | "last"
                | "because"
                | "every"
                | "with"
                | "and"
                | "so"
                | "very"
                | "when"
                | "today"
                | "about"
                | "again"
                | ","
                | "but"
        );
    let governor = sentence.word(before);
    // "tells my sister and I stories"; "listen to they carefully".
    let given = governor == "and"
        && word == "i"
        && (sentence.tag(i + 1) == Some(Tag::Nns)
            || sentence.tagged(i + 1, |tag| matches!(tag, Tag::Jj | Tag::Dt | Tag::Nn))
                && !sentence.finite_begins(i + 1));
    let adverb = words::among(PREPOSITIONS, governor) && sentence.tag(i + 1) == Some(Tag::Rb);
    if !ends && !given && !adverb {
        return None;
    }
    let kind = (PRON, "object-pronoun");
    let make = |clue: usize| {
        let text = objective(word);
        let edit = Proposal {
            tokens: i..i + 1,
            replacement: text.to_owned(),
            errant: kind.0,
            message: kind.1,
            clue: String::new(),
            confidence: 0.92,
        };
        Some(edit.with_clue(sentence.original(clue..clue + 1)))
    };
    if words::among(PREPOSITIONS, governor)
        && !(governor == "by" && word == "they")
        && !matches!(next, "," | "but")
    {
        let as_for = governor == "to" && sentence.tagged(i + 1, Tag::is_verb);
        let pair = next == "and" && governor == "of";
        return (!as_for && !pair).then(|| make(before)).flatten();
    }
    // "between you and I": joined to an object of a preposition or a verb.
    if matches!(governor, "and" | "or")
        && (word == "i" || next == "to")
        && (!matches!(next, "and" | "," | "but") || next == "," && sentence.at(i, -3) == "between")
    {
        let joined = sentence.noun_phrase_at(before.checked_sub(1)?)?;
        let start = joined.tokens.start.checked_sub(1)?;
        let preposition = words::among("between with for to from about", sentence.word(start))
            && !(sentence.word(start) == "to" && sentence.tagged(start + 1, Tag::is_verb));
        let verb = sentence.tagged(start, Tag::is_verb)
            && matches!(
                sentence.tokens[start].lemma.as_str(),
                "invite"
                    | "help"
                    | "ask"
                    | "tell"
                    | "take"
                    | "give"
                    | "teach"
                    | "allow"
                    | "meet"
                    | "see"
                    | "let"
                    | "bring"
                    | "offer"
                    | "show"
                    | "send"
            );
        return (preposition || verb).then(|| make(start)).flatten();
    }
    let token = &sentence.tokens[before];
    let plain = sentence
        .verb_group_at(before)
        .is_some_and(|group| group.main() == before && !group.inverted);
    let subject = before > 0
        && (words::is_nominative(sentence.word(before - 1))
            || sentence.tagged(before - 1, Tag::is_noun)
            || matches!(
                sentence.word(before - 1),
                "to" | "can" | "will" | "don't" | "didn't" | "really"
            ));
    let asked = matches!(token.lemma.as_str(), "know" | "ask" | "tell" | "see" | "call")
        && !next.is_empty()
        && sentence.tag(i + 1) != Some(Tag::Stop);
    let verb = token.tag.is_verb()
        && words::among(VERBS, &token.lemma)
        && plain
        && subject
        && !asked
        && sentence.at(before, -1) != "as";
    // "Harder than I love she": a comparison may end in a subject.
    let compared = sentence.tokens[..before]
        .iter()
        .any(|token| matches!(token.lower.as_str(), "than" | "as" | "so" | "neither" | "nor"));
    (verb && !compared && next != "and" && next != "," && word != "i")
        .then(|| make(before))
        .flatten()
}

/// `a friend of me`.
fn of_mine(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let friend = matches!(
        sentence.at(i, -2),
        "friend" | "friends" | "colleague" | "classmate" | "classmates" | "neighbour" | "neighbor"
    );
    let article = matches!(sentence.at(i, -3), "a" | "some" | "two" | "old" | "good" | "close");
    let next = sentence.at(i, 1);
    let ends = next.is_empty()
        || sentence.tagged(i + 1, Tag::is_mark)
        || sentence.tagged(i + 1, Tag::is_finite)
        || matches!(next, "who" | "and" | "from" | "in");
    let form = match sentence.word(i) {
        "me" => "mine",
        "him" => "his",
        "us" => "ours",
        "them" => "theirs",
        _ => return None,
    };
    (sentence.at(i, -1) == "of" && friend && article && ends).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, form, (PRON, "possessive-pronoun"), 0.92);
        edit.with_clue(sentence.at(i, -2))
    })
}

/// `This book is my.`, `bigger than our,`
fn alone(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let before = sentence.at(i, -1);
    let compared =
        before == "than" || words::is_be(before) || matches!(before, "from" | "not" | "as");
    let ends =
        sentence.tokens.get(i + 1).is_none_or(|next| matches!(next.tag, Tag::Stop | Tag::Comma));
    let form = match sentence.word(i) {
        "my" => "mine",
        "your" => "yours",
        "our" => "ours",
        _ => "theirs",
    };
    (compared && ends && i > 0).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, form, (PRON, "possessive-pronoun"), 0.94);
        edit.with_clue(before)
    })
}

/// `This bag is her.`
fn thing_of_hers(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let be = i.checked_sub(1).filter(|be| words::is_be(sentence.word(*be)))?;
    let phrase =
        sentence.noun_phrase_at(be.checked_sub(1)?).filter(|phrase| phrase.tokens == (0..be))?;
    let thing = sentence.tagged(phrase.head, Tag::is_common_noun)
        && crate::rules::noun_senses::is_counted(sentence.word(phrase.head))
        && !crate::rules::noun_senses::is_relative(sentence.word(phrase.head))
        && !words::is_person(sentence.word(phrase.head));
    let ends = sentence.tokens.get(i + 1).is_none_or(|next| next.tag == Tag::Stop);
    (sentence.word(i) == "her" && thing && ends).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, "hers", (PRON, "possessive-pronoun"), 0.9);
        edit.with_clue(sentence.original(be..i))
    })
}

/// `mine book`.
fn before_noun(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let noun = sentence
        .noun_phrase_at(i + 1)
        .filter(|phrase| phrase.tokens.start == i + 1 && phrase.is_bare());
    let before = sentence.at(i, -1);
    let common = noun.is_some_and(|phrase| sentence.tagged(phrase.head, Tag::is_common_noun));
    let form = match sentence.word(i) {
        "mine" => "my",
        "yours" => "your",
        "hers" => "her",
        "ours" => "our",
        _ => "their",
    };
    let object = words::is_be(before)
        || i == 0 && sentence.tagged(i + 1, Tag::is_common_noun)
        || matches!(before, "in" | "with" | "at" | "on" | "like" | "love" | "to");
    let noun_word = sentence.word(i + 1);
    // "Yours truly"; "the coal mine workers"; "it is hers today".
    let mining = matches!(
        noun_word,
        "today"
            | "yesterday"
            | "tomorrow"
            | "sincerely"
            | "faithfully"
            | "truly"
            | "workers"
            | "shaft"
    );
    (common && object && !mining && before != "of").then(|| {
        let edit = Proposal::new(sentence, i..i + 1, form, (PRON, "possessive-determiner"), 0.92);
        edit.with_clue(sentence.original(i + 1..i + 2))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn pronouns_take_the_form_of_their_place() {
        expect(
            &PronounCase,
            &[
                ("Him is my best friend.", "He is my best friend."),
                ("It is a secret between you and I.", "It is a secret between you and me."),
                ("I went with he to the market.", "I went with him to the market."),
                ("I love she.", "I love her."),
                ("She is a friend of me.", "She is a friend of mine."),
                ("This book is my.", "This book is mine."),
                ("That is mine book.", "That is my book."),
                (
                    "Their house is bigger than our, but it is far.",
                    "Their house is bigger than ours, but it is far.",
                ),
            ],
        );
    }

    #[test]
    fn pronouns_in_place_stay() {
        stays(
            &PronounCase,
            "
            He is my best friend.
            She knows I love her.
            My wife and I went home.
            I know he is here.
            Her house is big.
            It was hers yesterday.
            The gold mine is deep.
            He is taller than I.
            ",
        );
    }
}
