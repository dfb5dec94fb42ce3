//! Words that are in no dictionary: slips of the pen and over-regular forms.

use crate::{
    rules::{
        facts::Facts,
        inflect,
        lexicon::Lexicon,
        rule::{Proposal, Rule, Stage},
        speller::Speller,
        text::Sentence,
        tokenise::Kind,
        vietnamese,
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
        if is_free_formation(sentence.lexicon, word) {
            return None;
        }
        let suggestion = self.speller.suggest(word)?;
        // A name may begin the sentence; only a slip in a word that often begins one is plain enough there.
        if token.capitalised
            && (word.len() < 6 || !opens_sentences(sentence.lexicon, &suggestion.word))
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
        && !vietnamese::is_syllable(&token.lower)
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
    for ending in ["ed", "d"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| verb(stem)) {
            return lexicon
                .past(stem)
                .filter(|past| past != word)
                .map(|past| (past, Category::VerbInfl));
        }
    }
    let stem = word.strip_suffix("ing").filter(|stem| verb(stem))?;
    let form = lexicon.ing(stem)?;
    (form != word).then_some((form, Category::VerbInfl))
}

/// A word made of known ones, as English makes them every day: `barographic`, `unfollowable`, `riverboat`.
fn is_free_formation(lexicon: &Lexicon, word: &str) -> bool {
    let known = |part: &str| part.len() >= 4 && lexicon.knows(part);
    let suffixed = SUFFIXES.iter().any(|suffix| {
        word.strip_suffix(suffix)
            .is_some_and(|stem| known(stem) || stem.len() >= 4 && known(&format!("{stem}e")))
            && !(*suffix == "ful" || *suffix == "y" && word.len() < 6)
    });
    let prefixed = PREFIXES.iter().any(|prefix| word.strip_prefix(prefix).is_some_and(known));
    let compound =
        (4..word.len().saturating_sub(3)).any(|at| known(&word[..at]) && known(&word[at..]));
    suffixed || prefixed || compound
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::expect;

    fn rule() -> Spelling {
        Spelling { speller: Arc::new(Speller::new(&Lexicon::load())) }
    }

    #[test]
    fn misspelt_words_are_put_right() {
        expect(
            &rule(),
            &[
                ("I often recieve letters from her.", "I often receive letters from her."),
                ("My freind is very kind.", "My friend is very kind."),
                ("It is a beautifull country.", "It is a beautiful country."),
                ("The enviroment is very important.", "The environment is very important."),
                ("She teached me.", "She taught me."),
                ("I like it alot.", "I like it a lot."),
                ("We stoped there.", "We stopped there."),
                ("I dont know.", "I don't know."),
                ("The childs are happy.", "The children are happy."),
                ("She studys hard.", "She studies hard."),
            ],
        );
    }

    #[test]
    fn names_and_other_languages_stay() {
        expect(
            &rule(),
            &[
                "I live in Da Nang with Nguyen and Huong.",
                "Hoi An is old.",
                "We ate bun cha and pho.",
                "I like phở bò very much.",
                "The colour of the theatre is gray.",
                "The color of the theater is grey.",
                "Minh went home.",
                "See https://exampel.com or mail me at wrnog@mial.com 😀.",
                "He said “I recieve it”.",
                "Run `git comit` now.",
                "I use the qwertz keyboard.",
                "My friend Thuyy is here.",
                "Tôi rất thích đi học.",
                "They realise and organize it.",
                "The travelling jeweller analysed it.",
                "NASA and UNESCO agreed.",
            ]
            .map(|text| (text, text)),
        );
    }
}
