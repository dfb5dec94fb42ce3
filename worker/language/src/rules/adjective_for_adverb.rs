//! Adjectives say what something is like: `looks beautiful`, `tastes good`, `a terrible accident`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        degree,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct AdjectiveForAdverb;

const MORPH: ErrantType = ErrantType::replacement(Category::Morph);
const SENSES: &str = "look seem taste smell sound feel become";

impl Rule for AdjectiveForAdverb {
    fn name(&self) -> &'static str {
        "adjective-for-adverb"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["adjective-for-adverb"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let verb = |i: usize| {
            sentence.tagged(i, Tag::is_verb)
                && sentence.any(i, Facts::BASE | Facts::THIRD | Facts::PAST | Facts::ING)
        };
        (0..sentence.tokens.len())
            .filter_map(|i| {
                let sense = if verb(i) { after_sense(sentence, i) } else { None };
                sense.or_else(|| before_noun(sentence, i))
            })
            .collect()
    }
}

/// `looks beautifully`, `tastes well`, `seems happily`.
fn after_sense(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let lemma = sentence.tokens[verb].lemma.as_str();
    if !words::among(SENSES, lemma) {
        return None;
    }
    let graded = matches!(sentence.word(verb + 1), "very" | "so" | "too" | "really" | "quite");
    let at = verb + 1 + usize::from(graded);
    let word = sentence.word(at);
    let next = sentence.word(at + 1);
    let ends = at + 1 >= sentence.tokens.len()
        || matches!(
            next,
            "." | "!" | "?" | "," | "today" | "in" | "because" | "when" | "and" | "but" | "now"
        );
    let fits = match lemma {
        _ if !word.ends_with("ly") => {
            word == "well" && matches!(lemma, "taste" | "smell" | "sound") && ends
        }
        "look" => {
            matches!(
                word,
                "beautifully"
                    | "happily"
                    | "wonderfully"
                    | "terribly"
                    | "badly"
                    | "nicely"
                    | "perfectly"
                    | "tiredly"
                    | "amazingly"
                    | "greatly"
            ) && ends
                && next != "in"
        }
        "feel" => matches!(
            word,
            "happily"
                | "sadly"
                | "angrily"
                | "nervously"
                | "comfortably"
                | "confidently"
                | "freshly"
                | "terribly"
                | "lonelily"
                | "safely"
                | "hungrily"
                | "proudly"
        ),
        "seem" | "become" => {
            matches!(
                word,
                "happily"
                    | "sadly"
                    | "angrily"
                    | "easily"
                    | "beautifully"
                    | "quietly"
                    | "nervously"
                    | "strangely"
                    | "seriously"
                    | "dangerously"
                    | "differently"
            ) && ends
        }
        _ => {
            matches!(
                word,
                "wonderfully"
                    | "beautifully"
                    | "terribly"
                    | "deliciously"
                    | "sweetly"
                    | "badly"
                    | "strangely"
                    | "greatly"
                    | "perfectly"
                    | "nicely"
                    | "freshly"
                    | "interestingly"
                    | "excitingly"
            ) && ends
        }
    };
    let followed =
        sentence.tagged(at + 1, Tag::is_adjective) || sentence.tagged(at + 1, Tag::is_verb);
    if !fits || followed {
        return None;
    }
    let adjective = degree::adjective(sentence.lexicon, word)?;
    let edit =
        Proposal::new(sentence, at..at + 1, &adjective, (MORPH, "adjective-for-adverb"), 0.9);
    Some(edit.with_clue(sentence.original(verb..verb + 1)))
}

/// `a terribly accident`.
fn before_noun(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    let before = i.checked_sub(1).map(|before| sentence.word(before))?;
    let determined = matches!(before, "a" | "an" | "the" | "my" | "his" | "her" | "our" | "their");
    let adverb = word.ends_with("ly")
        && sentence.has(i, Facts::ADVERB)
        && !sentence.any(i, Facts::USUAL_ADJECTIVE | Facts::ADJECTIVE | Facts::SINGULAR)
        && !matches!(word, "only" | "really" | "nearly" | "probably" | "partly");
    let noun = sentence.tagged(i + 1, Tag::is_common_noun)
        && sentence.has(i + 1, Facts::USUAL_NOUN)
        && !sentence.any(
            i + 1,
            Facts::USUAL_ADJECTIVE | Facts::USUAL_VERB | Facts::PARTICIPLE | Facts::ING,
        )
        && !sentence.tagged(i + 2, Tag::is_noun);
    if !determined || !adverb || !noun {
        return None;
    }
    let adjective = degree::adjective(sentence.lexicon, word)?;
    let edit = Proposal::new(sentence, i..i + 1, &adjective, (MORPH, "adjective-for-adverb"), 0.9);
    Some(edit.with_clue(sentence.original(i + 1..i + 2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn quality_is_an_adjective() {
        expect(
            &AdjectiveForAdverb,
            &[
                ("She looks beautifully today.", "She looks beautiful today."),
                ("The soup tastes well.", "The soup tastes good."),
                ("He had a seriously problem.", "He had a serious problem."),
                ("It was a terribly accident.", "It was a terrible accident."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &AdjectiveForAdverb,
            "
            It feels good.
            He looked carefully at the picture.
            He is a really good friend.
            It is a daily newspaper.
            ",
        );
    }
}
