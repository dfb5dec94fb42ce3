//! Words that are in no dictionary: slips of the pen and over-regular forms.

use crate::{
    analysis::{
        Lexicon, Sentence, Tag, british, countability, facts::Facts, inflect, tokenise::Kind,
        vietnamese_syllable, words,
    },
    counts, hash,
    rules::{
        rule::{Proposal, Rule, Stage},
        speller::{Speller, Suggestion},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

pub struct Spelling {
    pub speller: Arc<Speller>,
}

/// How much a natural log unit of likelihood in context weighs, and a letter's distance.
const CONTEXT_WEIGHT: f32 = 0.9;
const DISTANCE_WEIGHT: f32 = 4.2;
/// Among candidates a letter's distance weighs more than against leaving the word as it is.
const NEARER_WEIGHT: f32 = 2.0;
/// Confidence of corrections that read no context.
const SURE: f64 = 0.95;
const SPLIT_COST: f32 = 2.5;
/// Least scores of a correction: of a word in lower case, of one with a capital that begins the sentence, of one that
/// may be made of known parts, of a short one. Chosen on held-out correct text (`worker/training/README.md`).
const LEAST: f32 = -1.0;
const LEAST_CAPITALISED: f32 = 4.0;
const LEAST_DERIVED: f32 = 2.0;
const LEAST_SHORT: f32 = 0.5;
/// Of one that recurs in the text and may be a term.
const LEAST_REPEATED: f32 = 4.0;
/// By how much less a correction needs after another one in the sentence, and after several: who slips once slips more.
const EASED: f32 = 3.0;
const EASED_MORE: f32 = 5.0;
/// The same for rare words.
const EASED_RARE: f32 = 4.0;
/// A known word that occurs less often may be a slip of one that occurs as often or more, within this distance.
const RARE: u32 = 30;
const RARE_DISTANCE: f32 = 1.3;
const RARE_DISTANCE_WEIGHT: f32 = 2.5;
const LEAST_RARE: f32 = 11.0;
/// Words that the counted text holds so often are words, though the dictionary lacks them.
const USUAL: u32 = 8;
/// Parts of a split occur at least so often.
const USUAL_PART: u32 = 300;

/// Words that learners write as two. None of them is also right in two (`may be`, `every day`).
const PARTED: &str = "themselves ourselves myself yourself himself herself itself something somebody \
    anything everything everybody nobody nothing nowadays furthermore moreover whenever wherever \
    another therefore without wholeheartedly homework classroom bedroom bathroom weekend birthday newspaper \
    sometimes anybody meanwhile";

/// Words written as one, or without their apostrophe.
const JOINED: &[(&str, &str)] = &[
    ("alot", "a lot"),
    ("infact", "in fact"),
    ("eachother", "each other"),
    ("aswell", "as well"),
    ("atleast", "at least"),
    ("eventhough", "even though"),
    ("inorder", "in order"),
    ("donnot", "do not"),
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
    ("cant", "can't"),
    ("wont", "won't"),
    ("youre", "you're"),
    ("theyre", "they're"),
    ("thats", "that's"),
];

/// Words that are often misspelt, by the wrong form.
static USUAL_SLIPS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/misspellings.tsv").lines();
    lines.filter_map(|line| line.split_once('\t')).collect()
});

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
        &["over-regular", "spelling", "split-word"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let mut keys = None;
        let at = |i| {
            self.unknown_word(sentence, i, &mut keys)
                .or_else(|| self.rare_word(sentence, i, &mut keys))
                .or_else(|| parted_word(sentence, i))
        };
        let found: Vec<Proposal> = (0..sentence.tokens.len()).filter_map(at).collect();
        surest(found)
    }
}

/// Of words side by side that are both misspelt, the surer correction: the other waits for the next round, which reads
/// it beside the word that was meant.
fn surest(found: Vec<Proposal>) -> Vec<Proposal> {
    let beside = |a: &Proposal, b: &Proposal| {
        a.tokens.end == b.tokens.start && a.confidence < SURE && b.confidence < SURE
    };
    let surer = |i: usize, other: Option<&Proposal>, first: bool| {
        other.is_some_and(|other| {
            other.confidence > found[i].confidence
                || first && other.confidence == found[i].confidence
        })
    };
    let waits = |i: usize| {
        let before = i.checked_sub(1).map(|i| &found[i]).filter(|other| beside(other, &found[i]));
        let after = found.get(i + 1).filter(|other| beside(&found[i], other));
        surer(i, before, true) || surer(i, after, false)
    };
    let waiting: Vec<bool> = (0..found.len()).map(waits).collect();
    found.into_iter().zip(waiting).filter(|(_, waits)| !waits).map(|(edit, _)| edit).collect()
}

impl Spelling {
    /// A correction of word `i`, where it is in no dictionary. `keys` are the sentence's, worked out when first needed.
    fn unknown_word(
        &self,
        sentence: &Sentence,
        i: usize,
        keys: &mut Option<Vec<u64>>,
    ) -> Option<Proposal> {
        let token = &sentence.tokens[i];
        let word = token.lower.as_str();
        if token.kind != Kind::Word || !word.is_ascii() {
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
        let known = token.facts.has(Facts::KNOWN);
        // "the cant": a noun.
        let determined = i > 0 && matches!(sentence.tag(i - 1), Some(Tag::Dt | Tag::PrpPossessive));
        let joined = JOINED.iter().find(|(wrong, _)| *wrong == word).map(|(_, right)| *right);
        let usual = || USUAL_SLIPS.get(word).copied().filter(|_| !known && !token.capitalised);
        if let Some(right) = joined.filter(|_| !known || !determined).or_else(usual) {
            let category = if right.contains(' ') { Category::Orth } else { Category::Spell };
            return propose(right, category, "spelling", 0.95);
        }
        if known
            || sentence.lexicon.is_british(word)
            || !may_be_english(sentence, i)
            || self.speller.counts.vocabulary.count(word) >= USUAL
        {
            return None;
        }
        if is_graded(sentence.lexicon, word) {
            return None;
        }
        // `informations`: the rule of uncountable nouns says more.
        if word.strip_suffix('s').is_some_and(countability::is_never_counted) {
            return None;
        }
        if let Some((right, category)) = over_regular(sentence.lexicon, word) {
            return propose(&right, category, "over-regular", 0.93);
        }
        let keys = keys.get_or_insert_with(|| keys_of(sentence));
        let best = self.best(word, keys, i)?;
        let terms = sentence.terms.as_ref();
        if terms.is_some_and(|terms| terms.is_name(word, &best.right)) {
            return None;
        }
        let least = match () {
            () if terms.is_some_and(|terms| terms.is_repeated(word, &best.right)) => LEAST_REPEATED,
            // A name may begin the sentence.
            () if token.capitalised => LEAST_CAPITALISED,
            () if has_free_suffix(sentence.lexicon, word) => LEAST_DERIVED,
            () if is_compound(sentence.lexicon, word) => LEAST_DERIVED,
            // Short words have many neighbours.
            () if word.len() <= 4 => LEAST_SHORT,
            () => LEAST,
        };
        let eased = match sentence.slips {
            _ if token.capitalised => 0.0,
            0 => 0.0,
            1 => EASED,
            _ => EASED_MORE,
        };
        let least = least - eased;
        let category = if best.right.contains(' ') { Category::Orth } else { Category::Spell };
        let confidence = f64::from(0.97 - 0.3 * (-(best.score - least) / 3.0).exp());
        (best.score >= least).then(|| propose(&best.right, category, "spelling", confidence))?
    }

    /// The candidate that fits the context best, for its distance.
    fn best(&self, word: &str, keys: &[u64], i: usize) -> Option<Candidate> {
        let counts = &self.speller.counts;
        let gain =
            |replacement: &[u64]| CONTEXT_WEIGHT * counts.change(keys, i..i + 1, replacement);
        let slips = self.speller.suggestions(word).into_iter().map(|suggestion| Candidate {
            nearness: -NEARER_WEIGHT * suggestion.cost,
            score: gain(&[hash::word(suggestion.word)]) - DISTANCE_WEIGHT * suggestion.cost,
            right: suggestion.word.to_owned(),
        });
        let often = |part: &str| counts.vocabulary.count(part) >= USUAL_PART;
        let splits = (2..word.len().saturating_sub(1))
            .map(|at| word.split_at(at))
            .filter(|(left, right)| often(left) && often(right))
            .map(|(left, right)| Candidate {
                nearness: -NEARER_WEIGHT,
                score: gain(&[hash::word(left), hash::word(right)]) - SPLIT_COST,
                right: format!("{left} {right}"),
            });
        let rank = |candidate: &Candidate| candidate.score + candidate.nearness;
        slips.chain(splits).max_by(|a, b| rank(a).total_cmp(&rank(b)))
    }

    /// A rare word that is a slip of a usual one: `yong` people.
    fn rare_word(
        &self,
        sentence: &Sentence,
        i: usize,
        keys: &mut Option<Vec<u64>>,
    ) -> Option<Proposal> {
        let token = &sentence.tokens[i];
        let (word, counts) = (token.lower.as_str(), &self.speller.counts);
        let known = token.facts.has(Facts::KNOWN) && !token.facts.has(Facts::PROPER);
        if token.kind != Kind::Word
            || !known
            || token.capitalised
            || word.len() < 3
            || is_graded(sentence.lexicon, word)
            || counts.vocabulary.count(word) >= RARE
        {
            return None;
        }
        let keys = keys.get_or_insert_with(|| keys_of(sentence));
        let lexicon = sentence.lexicon;
        let candidate = |suggestion: Suggestion| {
            let key = [hash::word(suggestion.word)];
            let score =
                counts.change(keys, i..i + 1, &key) - RARE_DISTANCE_WEIGHT * suggestion.cost;
            Candidate { score, nearness: 0.0, right: suggestion.word.to_owned() }
        };
        let best = self
            .speller
            .suggestions(word)
            .into_iter()
            .filter(|other| other.cost <= RARE_DISTANCE)
            .filter(|other| counts.vocabulary.count(other.word) >= RARE)
            .filter(|other| !same_lemma(lexicon, word, other.word))
            .filter(|other| !british::are_one_word(word, other.word))
            .map(candidate)
            .max_by(|a, b| a.score.total_cmp(&b.score))?;
        let eased = if sentence.slips > 0 { EASED_RARE } else { 0.0 };
        let errant = ErrantType::replacement(Category::Spell);
        let proposal = Proposal::new(sentence, i..i + 1, &best.right, (errant, "spelling"), 0.8);
        (best.score >= LEAST_RARE - eased).then_some(proposal)
    }
}

/// Two words that are one: `every body`, `my self`.
fn parted_word(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let (left, right) = (sentence.tokens.get(i)?, sentence.tokens.get(i + 1)?);
    let joined = format!("{}{}", left.lower, right.lower);
    let apart = right.span.start == left.span.end + 1 && !right.capitalised;
    let errant = ErrantType::replacement(Category::Orth);
    (apart && words::among(PARTED, &joined))
        .then(|| Proposal::new(sentence, i..i + 2, &joined, (errant, "split-word"), 0.9))
}

/// Forms of one verb or noun are no slips of each other.
fn same_lemma(lexicon: &Lexicon, a: &str, b: &str) -> bool {
    let verb = |word| lexicon.verb_lemma(word).unwrap_or_else(|| word.to_owned());
    let noun = |word| lexicon.singular(word).unwrap_or_else(|| word.to_owned());
    let derived = |long: &str, short: &str| {
        let end = long.strip_prefix(short);
        end.is_some_and(|end| matches!(end, "s" | "es" | "d" | "ed" | "ing" | "ly"))
    };
    verb(a) == verb(b) || noun(a) == noun(b) || derived(a, b) || derived(b, a)
}

struct Candidate {
    right: String,
    score: f32,
    /// Added when candidates are compared with each other.
    nearness: f32,
}

fn keys_of(sentence: &Sentence) -> Vec<u64> {
    sentence.tokens.iter().map(|token| counts::key(&token.lower, token.kind)).collect()
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
        // "familys": a mass sense does not matter where only the spelling of the ending is wrong.
        let ending = stem.ends_with('y');
        if facts.has(Facts::SINGULAR | Facts::LISTED | Facts::USUAL_NOUN)
            && (ending || !facts.has(Facts::MASS))
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

/// The comparative or superlative of a known adjective, well formed: `rarer`, `drabbest`.
fn is_graded(lexicon: &Lexicon, word: &str) -> bool {
    const LONGEST: usize = 6;
    ["er", "est"].iter().any(|ending| {
        inflect::stems(word, &[ending]).iter().any(|stem| {
            stem.len() <= LONGEST
                && lexicon.facts(stem).has(Facts::ADJECTIVE)
                && inflect::add_degree(stem, ending).iter().any(|form| form == word)
        })
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
