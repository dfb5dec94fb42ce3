//! Words that are in no dictionary: slips of the pen and over-regular forms.

use crate::{
    analysis::{Lexicon, Sentence, facts::Facts, inflect, tokenise::Kind, vietnamese_syllable},
    rules::{
        rule::{Proposal, Rule, Stage},
        speller::Speller,
    },
    vocabulary::levels::Part,
};
use lexilingo_shared::{
    errant::{Category, ErrantType},
    level::Level,
};
use std::sync::Arc;

pub struct Spelling {
    pub speller: Arc<Speller>,
}

/// Confidence from which a suggestion outweighs that the word could be a compound.
const NEAR: f64 = 0.85;

/// Words written as one, or without their apostrophe.
const JOINED: &[(&str, &str)] = &[
    ("alot", "a lot"),
    ("infact", "in fact"),
    ("eachother", "each other"),
    ("aswell", "as well"),
    ("atleast", "at least"),
    ("dont", "don't"),
    ("doesnt", "doesn't"),
    ("didnt", "didn't"),
    ("isnt", "isn't"),
    ("arent", "aren't"),
    ("wasnt", "wasn't"),
    ("werent", "weren't"),
    ("couldnt", "couldn't"),
    ("shouldnt", "shouldn't"),
    ("wouldnt", "wouldn't"),
    ("havent", "haven't"),
    ("hasnt", "hasn't"),
    ("hadnt", "hadn't"),
    ("ive", "I've"),
    ("im", "I'm"),
    ("youre", "you're"),
    ("theyre", "they're"),
    ("thats", "that's"),
    ("woud", "would"),
    ("coud", "could"),
    ("shoud", "should"),
    ("thay", "they"),
];

/// Endings and beginnings that make new words freely; a known word with one of them is not misspelt.
const SUFFIXES: &[&str] = &[
    "ness", "less", "like", "able", "wise", "ish", "ism", "isms", "ist", "ists", "ise", "ize",
    "ised", "ized", "ity", "ward", "wards", "proof", "ship", "hood", "er", "ers", "or", "ors",
    "al", "ic", "ation", "ly", "ful", "s", "es", "y",
];
const PREFIXES: &[&str] = &[
    "un", "re", "non", "pre", "post", "anti", "multi", "inter", "sub", "super", "over", "under",
    "out", "micro", "bio", "geo", "hydro", "electro", "neo", "pseudo", "semi", "ultra", "tele",
    "auto", "co", "mega", "mini", "photo", "thermo", "trans", "para", "poly", "mono", "homo",
    "hetero", "meta", "proto", "cyber", "eco", "nano", "mis", "dis", "counter",
];

impl Rule for Spelling {
    fn name(&self) -> &'static str {
        "spelling"
    }

    fn stage(&self) -> Stage {
        Stage::Spelling
    }

    fn messages(&self) -> &'static [&'static str] {
        &["over-regular", "spelling"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len()).filter_map(|i| self.find_at(sentence, i)).collect()
    }
}

impl Spelling {
    fn find_at(&self, sentence: &Sentence, i: usize) -> Option<Proposal> {
        let token = &sentence.tokens[i];
        let word = token.lower.as_str();
        if token.kind != Kind::Word || token.facts.has(Facts::KNOWN) || !word.is_ascii() {
            return None;
        }
        let propose = |right: &str, category, message, confidence| {
            let errant = ErrantType::replacement(category);
            Some(Proposal::new(sentence, i..i + 1, right, (errant, message), confidence))
        };
        let own = sentence.original(i..i + 1);
        if own.len() > 1 && own.chars().all(char::is_uppercase) {
            return None;
        }
        if let Some((_, right)) = JOINED.iter().find(|(wrong, _)| *wrong == word) {
            let category = if right.contains(' ') { Category::Orth } else { Category::Spell };
            return propose(right, category, "spelling", 0.95);
        }
        if !may_be_english(sentence, i) {
            return None;
        }
        if let Some((right, category)) = over_regular(sentence.lexicon, word) {
            return propose(&right, category, "over-regular", 0.93);
        }
        let suggestion = self.speller.suggest(word)?;
        // Two known words in one may still be a slip: `diff` and `rent` in "diffrent".
        let near = suggestion.confidence >= NEAR;
        if has_free_suffix(sentence.lexicon, word) || !near && is_compound(sentence.lexicon, word) {
            return None;
        }
        // A name may begin the sentence; only a slip in a word that often begins one is plain enough there.
        if token.capitalised
            && (word.len() < 5 || !opens_sentences(sentence.lexicon, &suggestion.word))
        {
            return None;
        }
        propose(&suggestion.word, Category::Spell, "spelling", suggestion.confidence)
    }
}

/// `because`, `sometimes`, `there`: adverbs and function words.
fn opens_sentences(lexicon: &Lexicon, word: &str) -> bool {
    let mut readings = lexicon.levels.readings(word).iter();
    readings
        .any(|(part, level)| matches!(part, Part::Function | Part::Adverb) && *level <= Level::B1)
}

/// False for names, Vietnamese words, abbreviations and words beside another language.
fn may_be_english(sentence: &Sentence, i: usize) -> bool {
    let token = &sentence.tokens[i];
    let name =
        token.capitalised && (i > 0 || sentence.is_capitalised(1) && sentence.word(1) != "i");
    let near = i.saturating_sub(2)..(i + 3).min(sentence.tokens.len());
    let beside_foreign = sentence.tokens[near].iter().any(|other| other.foreign);
    // "de facto", "la vida": a phrase of another language.
    let borrowed = [sentence.at(i, -1), sentence.at(i, 1)].iter().any(|word| {
        matches!(
            *word,
            "de" | "la"
                | "le"
                | "el"
                | "al"
                | "van"
                | "von"
                | "di"
                | "du"
                | "et"
                | "en"
                | "per"
                | "der"
                | "und"
        )
    });
    let own = sentence.original(i..i + 1);
    // "sayin'": spelt as it is spoken.
    let clipped = sentence.tokens.get(i + 1).is_some_and(|next| {
        next.span.start == token.span.end && matches!(next.lower.as_str(), "'" | "’")
    });
    // Between two capitals it is part of a name or a title.
    let in_title = i > 0 && sentence.is_capitalised(i - 1) && sentence.is_capitalised(i + 1);
    let glued = i > 0
        && sentence.tokens[i - 1].span.end == token.span.start
        && !matches!(sentence.word(i - 1), "(" | "[" | "," | "?" | "!");
    !name
        && !borrowed
        && !beside_foreign
        && !clipped
        && !in_title
        && !glued
        && !own.contains(['\'', '’'])
        && !vietnamese_syllable::is_syllable(&token.lower)
}

/// `childs` → `children`, `teached` → `taught`, `stoped` → `stopped`, `studys` → `studies`.
fn over_regular(lexicon: &Lexicon, word: &str) -> Option<(String, Category)> {
    if let Some(stem) = word.strip_suffix('s') {
        let stem =
            stem.strip_suffix('e').filter(|short| inflect::add_s(short) == word).unwrap_or(stem);
        let facts = lexicon.facts(stem);
        if facts.has(Facts::SINGULAR | Facts::LISTED | Facts::USUAL_NOUN) && !facts.has(Facts::MASS)
        {
            let plural = lexicon.plural(stem).filter(|plural| plural != word)?;
            return Some((plural, Category::NounInfl));
        }
        if facts.has(Facts::BASE | Facts::LISTED | Facts::USUAL_VERB) {
            return Some((lexicon.third(stem), Category::VerbInfl))
                .filter(|(form, _)| form != word);
        }
    }
    let verb =
        |stem: &str| lexicon.facts(stem).has(Facts::BASE | Facts::LISTED | Facts::USUAL_VERB);
    let past_of = inflect::stems(word, &["ed", "d"]).into_iter().find(|stem| verb(stem));
    if let Some(stem) = past_of {
        let past = lexicon.past(&stem).filter(|past| past != word);
        return past.map(|past| (past, Category::VerbInfl));
    }
    let stem = word.strip_suffix("ing").filter(|stem| verb(stem))?;
    let form = lexicon.ing(stem)?;
    (form != word).then_some((form, Category::VerbInfl))
}

/// A known word with an ending that makes new words freely: `unfollowable`, `barographic`.
fn has_free_suffix(lexicon: &Lexicon, word: &str) -> bool {
    let known = |part: &str| part.len() >= 4 && lexicon.knows(part);
    SUFFIXES.iter().any(|suffix| {
        word.strip_suffix(suffix)
            .is_some_and(|stem| known(stem) || stem.len() >= 4 && known(&format!("{stem}e")))
            && !(*suffix == "ful" || *suffix == "y" && word.len() < 6)
    })
}

/// Two known words in one, or a known one with a free beginning: `riverboat`, `microplant`.
fn is_compound(lexicon: &Lexicon, word: &str) -> bool {
    let known = |part: &str| part.len() >= 4 && lexicon.knows(part);
    PREFIXES.iter().any(|prefix| word.strip_prefix(prefix).is_some_and(known))
        || (4..word.len().saturating_sub(3)).any(|at| known(&word[..at]) && known(&word[at..]))
}

#[cfg(test)]
mod tests;
