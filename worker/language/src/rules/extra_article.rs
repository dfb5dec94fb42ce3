//! No article before meals, games, institutions and what is meant in general: `have dinner`, `play football`, `go to
//! bed`, `by bus`, `Life is hard`; and no `a` before a plural or an adjective alone.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        derivations, edit,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ExtraArticle;

const EXTRA: ErrantType = ErrantType::unnecessary(Category::Det);
const NUMBER: ErrantType = ErrantType::replacement(Category::NounNum);

const GAMES: &str =
    "football soccer basketball tennis badminton volleyball chess baseball hockey golf rugby";
/// What comes in pairs or is never one: `a` is the slip, not the ending.
const PAIRS: &str = "shoes jeans trousers glasses scissors pants clothes socks gloves shorts boots sandals sneakers \
    earrings pyjamas goods";
/// Spoken of in general, at the start of a sentence and before a form of be.
const GENERAL: &str = "life happiness love friendship nature society health education pollution poverty honesty \
    patience";

/// Countries and cities without an article.
const LANDS: &str = "vietnam hanoi hue saigon japan china france thailand england canada australia germany singapore \
    america india russia italy spain laos cambodia malaysia indonesia london paris tokyo";

impl Rule for ExtraArticle {
    fn name(&self) -> &'static str {
        "extra-article"
    }

    fn stage(&self) -> Stage {
        Stage::Articles
    }

    fn messages(&self) -> &'static [&'static str] {
        &["no-article", "a-with-plural"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let articles = (0..sentence.tokens.len()).filter(|i| words::is_article(sentence.word(*i)));
        articles.filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let (article, noun) = (sentence.word(i), sentence.at(i, 1));
    // "the my opinion".
    if words::is_possessive(noun) && noun != "her" && sentence.tag(i) == Some(Tag::Dt) {
        let edit = edit::removed(sentence, i..i + 1, (EXTRA, "no-article"), 0.93)?;
        return Some(edit.with_clue(noun));
    }
    if article != "the" {
        return with_plural(sentence, i)
            .or_else(|| adjective_alone(sentence, i))
            .or_else(|| a_meal(sentence, i));
    }
    let before = i.checked_sub(1).map_or("", |before| sentence.word(before));
    let governor = i.checked_sub(1).map(|before| &sentence.tokens[before]);
    let verb =
        |lemma: &str| governor.is_some_and(|token| token.tag.is_verb() && token.lemma == lemma);
    let after = sentence.at(i, 2);
    let ends = ends_after(sentence, i + 1);
    let goes = i >= 2 && matches!(sentence.tokens[i - 2].lemma.as_str(), "go" | "get" | "come");
    let plain = matches!(
        after,
        "at" | "by"
            | "early"
            | "late"
            | "every"
            | ""
            | "."
            | "!"
            | ","
            | "after"
            | "before"
            | "until"
    );
    let travels = sentence.tokens[..i]
        .iter()
        .any(|token| matches!(token.lemma.as_str(), "go" | "travel" | "come" | "get"));
    let fits = match noun {
        game if words::among(GAMES, game) => verb("play") && ends,
        "bed" => before == "to" && goes && plain,
        "school" => before == "to" && goes && matches!(after, "by" | "every" | "on"),
        "bus" | "train" | "car" | "bike" | "plane" | "bicycle" | "motorbike" | "taxi" => {
            before == "by" && travels && ends && after != "of"
        }
        "foot" => before == "on" && travels && ends,
        "home" => before == "at" && ends && after != "of",
        "night" => before == "at" && ends && after != "of",
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" => {
            before == "on" && (after.is_empty() || matches!(after, "." | "," | "!"))
        }
        "lunch" | "dinner" | "breakfast" => (verb("have") || verb("eat")) && ends && after != "of",
        "nature" => {
            (verb("love") || verb("protect") || verb("enjoy"))
                && ends
                && !matches!(after, "of" | "and")
        }
        general if words::among(GENERAL, general) && i > 0 => {
            matches!(before, "that" | "think" | "believe" | ",")
                && words::is_be(after)
                && matches!(
                    noun,
                    "happiness"
                        | "love"
                        | "friendship"
                        | "life"
                        | "poverty"
                        | "pollution"
                        | "honesty"
                )
        }
        general if words::among(GENERAL, general) => {
            i == 0 && words::is_be(after) && !matches!(noun, "education" | "health")
                || i == 0
                    && matches!(noun, "life" | "nature" | "happiness" | "love")
                    && (words::is_modal(after) || words::is_be(after))
        }
        name if words::among(LANDS, name) => {
            sentence.is_capitalised(i + 1)
                && !sentence.is_capitalised(i + 2)
                && ends
                && !sentence.tagged(i + 2, Tag::is_noun)
                && (!sentence.tagged(i + 2, Tag::is_adjective) || after == "last")
        }
        _ => false,
    };
    // "in the life": the words around say that nothing definite is meant.
    fits.then(|| edit::removed(sentence, i..i + 1, (EXTRA, "no-article"), 0.88))
        .flatten()
        .map(|edit| edit.with_clue(noun))
}

/// The phrase ends with token `noun`: no other noun, `of` or relative pronoun tells which one it is.
fn ends_after(sentence: &Sentence, noun: usize) -> bool {
    let next = sentence.at(noun, 1);
    let told = matches!(
        next,
        "of" | "that"
            | "which"
            | "who"
            | "i"
            | "we"
            | "you"
            | "he"
            | "she"
            | "they"
            | "-"
            | "'s"
            | "from"
    ) || sentence.tagged(noun + 1, Tag::is_noun)
        && !matches!(next, "yesterday" | "today" | "tomorrow" | "tonight");
    let glued = sentence.tokens.get(noun + 1).is_some_and(|next| {
        !next.tag.is_mark() && next.span.start == sentence.tokens[noun].span.end
    });
    !told
        && !glued
        && !matches!(sentence.tag(noun + 1), Some(Tag::Vbn | Tag::Vbg | Tag::Vbd | Tag::Jj))
}

/// `have a dinner at seven`, `play a football`.
fn a_meal(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let noun = sentence.at(i, 1);
    let verb = i.checked_sub(1).map(|before| sentence.tokens[before].lemma.as_str())?;
    let meal = matches!(noun, "lunch" | "dinner" | "breakfast") && matches!(verb, "have" | "eat")
        || words::among(GAMES, noun) && verb == "play"
        || sentence.at(i, -1) == "by"
            && matches!(
                noun,
                "bus" | "train" | "car" | "bike" | "plane" | "bicycle" | "motorbike" | "taxi"
            )
            && sentence.tokens[..i]
                .iter()
                .any(|token| matches!(token.lemma.as_str(), "go" | "travel"));
    let after = sentence.at(i, 2);
    let fits = meal && ends_after(sentence, i + 1) && !matches!(after, "with" | "for" | "to");
    let edit =
        fits.then(|| edit::removed(sentence, i..i + 1, (EXTRA, "no-article"), 0.85)).flatten()?;
    Some(edit.with_clue(noun))
}

/// `a new shoes`, `a students`.
fn with_plural(sentence: &Sentence, i: usize) -> Option<Proposal> {
    // "bread an apples": a mistyped `and`.
    if sentence.word(i) == "an" && i > 0 {
        return None;
    }
    let described = sentence.has(i + 1, Facts::USUAL_ADJECTIVE)
        && sentence.tagged(i + 1, Tag::is_adjective)
        && !matches!(
            sentence.word(i + 1),
            "few"
                | "great"
                | "good"
                | "many"
                | "full"
                | "further"
                | "mere"
                | "numerous"
                | "various"
                | "couple"
        );
    let noun = i + 1 + usize::from(described);
    let word = sentence.word(noun);
    let plural = sentence.has(noun, Facts::PLURAL | Facts::USUAL_NOUN)
        && !sentence.any(noun, Facts::SINGULAR | Facts::ADJECTIVE)
        && sentence.tag(noun) == Some(Tag::Nns)
        && sentence.is_word(noun)
        && !sentence.is_capitalised(noun)
        && !word.contains('\'')
        && !matches!(
            word,
            "people"
                | "means"
                | "series"
                | "species"
                | "crossroads"
                | "headquarters"
                | "news"
                | "works"
                | "barracks"
                | "lots"
                | "others"
                | "times"
                | "thousands"
                | "hundreds"
                | "sports"
                | "arms"
                | "sales"
                | "savings"
                | "data"
                | "media"
        );
    let next_noun = sentence.tagged(noun + 1, Tag::is_noun)
        || sentence.tagged(noun + 1, Tag::is_adjective)
        || matches!(sentence.word(noun + 1), "-" | "'" | "’" | "and" | "or" | ",");
    if !plural || next_noun || sentence.is_capitalised(i) && i > 0 {
        return None;
    }
    if words::among(PAIRS, word) {
        let edit = edit::removed(sentence, i..i + 1, (EXTRA, "no-article"), 0.9)?;
        return Some(edit.with_clue(word));
    }
    // "They can make a products": many make many.
    let many = sentence.tokens[..i].iter().any(|token| {
        matches!(
            token.lower.as_str(),
            "they"
                | "we"
                | "people"
                | "students"
                | "companies"
                | "these"
                | "those"
                | "are"
                | "were"
        )
    });
    if many {
        let edit = edit::removed(sentence, i..i + 1, (EXTRA, "no-article"), 0.85)?;
        return Some(edit.with_clue(word));
    }
    let singular = sentence.lexicon.singular(word)?;
    let edit = Proposal::new(sentence, noun..noun + 1, &singular, (NUMBER, "a-with-plural"), 0.85);
    Some(edit.with_clue(sentence.original(i..i + 1)))
}

/// `She is a beautiful.`
fn adjective_alone(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let graded = usize::from(matches!(sentence.at(i, 1), "very" | "really"));
    let adjective = i + 1 + graded;
    let be = i.checked_sub(1).is_some_and(|before| words::is_be(sentence.word(before)));
    let alone = sentence.has(adjective, Facts::USUAL_ADJECTIVE)
        && !sentence.has(adjective, Facts::USUAL_NOUN)
        && (graded == 1 || derivations::of_adjective(sentence.word(adjective)).is_some())
        && matches!(sentence.word(adjective + 1), "." | "!")
        && adjective + 2 == sentence.tokens.len();
    let edit = (be && alone)
        .then(|| edit::removed(sentence, i..i + 1, (EXTRA, "no-article"), 0.88))
        .flatten()?;
    Some(edit.with_clue(sentence.word(adjective)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn articles_that_are_too_many_go() {
        expect(
            &ExtraArticle,
            &[
                ("He can play the football.", "He can play football."),
                ("I have a dinner at seven.", "I have dinner at seven."),
                ("I go to the bed at ten.", "I go to bed at ten."),
                ("The life is hard.", "Life is hard."),
                ("I love the nature.", "I love nature."),
                ("They can make a products.", "They can make products."),
                ("I need a new shoes.", "I need new shoes."),
                ("In the my opinion, it is wrong.", "In my opinion, it is wrong."),
                ("We visited the Hanoi.", "We visited Hanoi."),
                ("The Vietnam is beautiful.", "Vietnam is beautiful."),
                ("She is a beautiful.", "She is beautiful."),
            ],
        );
    }

    #[test]
    fn definite_things_keep_theirs() {
        stays(
            &ExtraArticle,
            "
            The life of a farmer is hard.
            He sat on the bed.
            She went to the school that her mother built.
            I love the nature of this place.
            We had a big dinner with friends.
            It is a good means of transport.
            He plays the football that he bought.
            I waited by the bus.
            a girls' school
            ",
        );
    }
}
