//! Nouns that English does not count: `information`, `advice`, `homework`.

use crate::{
    analysis::{Sentence, Tag, countability::is_never_counted, facts::Facts, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct UncountableNoun;

const NUMBER: ErrantType = ErrantType::replacement(Category::NounNum);
const DET: ErrantType = ErrantType::replacement(Category::Det);

/// Right after `a` in some senses: "a knowledge of", "a vocabulary of".
const WITH_ARTICLE: &str = "knowledge vocabulary scenery traffic music clothing stuff money";

impl Rule for UncountableNoun {
    fn name(&self) -> &'static str {
        "uncountable-noun"
    }

    fn stage(&self) -> Stage {
        Stage::Number
    }

    fn messages(&self) -> &'static [&'static str] {
        &["uncountable"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len())
            .filter_map(|i| with_quantifier(sentence, i).or_else(|| plural_alone(sentence, i)))
            .collect()
    }
}

/// `many informations`, `an advice`, `these furniture`: the word before does not fit either.
fn with_quantifier(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let singular = uncountable(sentence, i)?;
    // One adjective may stand between: "a good advice".
    let described = i >= 2 && sentence.has(i - 1, Facts::USUAL_ADJECTIVE | Facts::ADJECTIVE);
    let start = i.checked_sub(1 + usize::from(described))?;
    let quantifier = sentence.word(start);
    // "an information desk", "many equipment makers": the noun only describes the next one.
    let dated = matches!(sentence.at(i, 1), "today" | "tonight" | "tomorrow" | "yesterday");
    let next_is_noun =
        sentence.tagged(i + 1, Tag::is_common_noun) && sentence.is_word(i + 1) && !dated;
    if next_is_noun || sentence.is_capitalised(i) {
        return None;
    }
    let before = sentence.at(start, -1);
    let negative = (start.saturating_sub(4)..start)
        .map(|j| sentence.word(j))
        .any(|word| matches!(word, "not" | "never") || word.ends_with("n't"));
    let asks_much = matches!(before, "so" | "too" | "how" | "very" | "as") || negative;
    let fitting = match quantifier {
        "many" if before == "a" => return None,
        "many" if asks_much => "much".to_owned(),
        "many" => "a lot of".to_owned(),
        "a" | "an" if !words::among(WITH_ARTICLE, &singular) => "some".to_owned(),
        "few" => "little".to_owned(),
        "these" => "this".to_owned(),
        "those" => "that".to_owned(),
        number if words::is_plural_number(number) => format!("{number} pieces of"),
        _ => return None,
    };
    let errant = if singular == sentence.word(i) { DET } else { NUMBER };
    let between =
        if described { format!("{} ", sentence.original(i - 1..i)) } else { String::new() };
    let replacement = format!("{fitting} {between}{singular}");
    Some(
        Proposal::new(sentence, start..i + 1, &replacement, (errant, "uncountable"), 0.92)
            .with_clue(&singular),
    )
}

fn plural_alone(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let singular = uncountable(sentence, i)?;
    let changes = singular != sentence.word(i) && !sentence.is_capitalised(i);
    changes.then(|| {
        Proposal::new(sentence, i..i + 1, &singular, (NUMBER, "uncountable"), 0.95)
            .with_clue(&singular)
    })
}

/// The uncountable noun at `i`, without a wrong plural ending.
fn uncountable(sentence: &Sentence, i: usize) -> Option<String> {
    let word = sentence.word(i);
    if matches!(word, "vocabularies" | "monies" | "musics" | "evidences") || !sentence.is_word(i) {
        return None;
    }
    if word == "news" {
        return Some(word.to_owned());
    }
    let stem = word.strip_suffix('s').unwrap_or(word);
    let singular = if word == "vocabularys" { "vocabulary" } else { stem };
    is_never_counted(singular).then(|| singular.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn uncountables_are_not_counted() {
        expect(
            &UncountableNoun,
            &[
                ("I need some informations.", "I need some information."),
                ("She gave me many advices.", "She gave me a lot of advice."),
                ("I have a lot of homeworks today.", "I have a lot of homework today."),
                (
                    "We bought new furnitures for the house.",
                    "We bought new furniture for the house.",
                ),
                ("I found many informations.", "I found a lot of information."),
                ("I have a homework tonight.", "I have some homework tonight."),
                ("He gave me an advice.", "He gave me some advice."),
                ("He gave me a good advice.", "He gave me some good advice."),
                ("I don't have many information.", "I don't have much information."),
            ],
        );
    }

    #[test]
    fn right_uses_stay() {
        stays(
            &UncountableNoun,
            "
            an information desk
            a good knowledge of English
            a homework assignment
            She gave me advice.
            some pieces of furniture
            The evidence is clear.
            many a song
            a traffic jam
            He advises me.
            a piece of information
            many equipment makers
            ",
        );
    }
}
