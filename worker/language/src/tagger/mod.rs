//! Part-of-speech tags by an averaged perceptron (Collins 2002), read from a table of small weights in place.
//!
//! `lexilingo-train tagger` makes the table (`worker/training/README.md`).

pub mod features;

use crate::{
    analysis::{
        facts::Facts,
        tag::{Tag, TokenView},
        tokenise::Kind,
        words,
    },
    hash,
};
use features::{START, Sentence};

/// The table has `1 << ROW_BITS` rows: two bytes of the feature's key, then a signed byte a tag. Features that the
/// training saw too seldom have no row.
pub const ROW_BITS: u32 = 16;
pub const ROW: usize = 2 + Tag::ALL.len();

static ROWS: &[u8; ROW << ROW_BITS] = include_bytes!("../../data/tagger-ewt.bin");

/// Personal pronouns, all that can have the tag.
const PRONOUNS: &str = "i you he she it we they me him her us them mine yours his hers ours theirs myself yourself \
    himself herself itself ourselves yourselves themselves one oneself ye thee thy";

/// Gives every token its part of speech.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tagger;

impl Tagger {
    /// One tag for each token, in order. Cost is linear in the number of tokens.
    pub fn tag(&self, tokens: &[TokenView]) -> Vec<Tag> {
        let sentence = Sentence::new(tokens);
        let mut tags = Vec::with_capacity(tokens.len());
        let (mut last, mut second) = (START, START);
        for (i, token) in tokens.iter().enumerate() {
            // Thirty features of a signed byte each stay within 16 bits.
            let mut scores = [0_i16; Tag::ALL.len()];
            for weights in sentence.features(i, last, second).into_iter().filter_map(weights) {
                for (score, weight) in scores.iter_mut().zip(weights) {
                    *score += i16::from(*weight as i8);
                }
            }
            for (score, tag) in scores.iter_mut().zip(Tag::ALL) {
                if !is_possible(token, *tag) {
                    *score = i16::MIN;
                }
            }
            let best = best(&scores);
            tags.push(Tag::ALL[best]);
            (second, last) = (last, best as u64);
        }
        tags
    }
}

/// Whether the dictionary has a reading for the tag; of words that it does not know, everything is possible.
fn is_possible(token: &TokenView, tag: Tag) -> bool {
    let facts = token.facts;
    let classes = Facts::SINGULAR | Facts::PLURAL | Facts::BASE | Facts::THIRD | Facts::PAST;
    let more = Facts::PARTICIPLE | Facts::ING | Facts::ADJECTIVE | Facts::ADVERB;
    let open = facts.any(classes | more) && token.kind == Kind::Word;
    if !open || facts.has(Facts::PROPER) || token.lower.contains('\'') {
        return true;
    }
    match tag {
        // The dictionary has rare nouns for `came` and `said`.
        Tag::Nn => {
            facts.has(Facts::SINGULAR)
                && (facts.has(Facts::USUAL_NOUN) || !facts.any(Facts::PAST | Facts::THIRD))
        }
        Tag::Nns => facts.has(Facts::PLURAL),
        Tag::Vb | Tag::Vbp => facts.has(Facts::BASE) || words::is_auxiliary(token.lower),
        Tag::Vbz => facts.has(Facts::THIRD) || words::is_auxiliary(token.lower),
        Tag::Vbd => facts.has(Facts::PAST) || words::is_auxiliary(token.lower),
        Tag::Vbn => facts.has(Facts::PARTICIPLE),
        Tag::Vbg => facts.has(Facts::ING),
        Tag::Jj => facts.any(Facts::ADJECTIVE | Facts::PARTICIPLE | Facts::ING),
        Tag::Md => words::is_auxiliary(token.lower),
        Tag::Rb => {
            facts.any(Facts::ADVERB | Facts::ADJECTIVE) || !facts.any(Facts::PAST | Facts::THIRD)
        }
        Tag::Prp => words::among(PRONOUNS, token.lower),
        Tag::Wp | Tag::Wdt | Tag::Wrb => {
            token.lower.starts_with("wh") || matches!(token.lower, "how" | "that")
        }
        Tag::Dt
        | Tag::Cd
        | Tag::Cc
        | Tag::Ex
        | Tag::Pdt
        | Tag::Fw
        | Tag::Ls
        | Tag::Sym
        | Tag::Uh => !facts.any(Facts::PAST | Facts::THIRD) || words::is_auxiliary(token.lower),
        _ => true,
    }
}

/// The weights of a feature, a byte a tag.
fn weights(key: u64) -> Option<&'static [u8; Tag::ALL.len()]> {
    let print = fingerprint(key);
    let mut row = hash::slot(key, ROW_BITS);
    loop {
        let bytes = &ROWS[row * ROW..(row + 1) * ROW];
        match [bytes[0], bytes[1]] {
            found if found == print => return bytes[2..].try_into().ok(),
            // The training leaves a fifth of the rows empty, so that the search ends.
            [0, 0] => return None,
            _ => row = (row + 1) & ((1 << ROW_BITS) - 1),
        }
    }
}

/// Two bytes that tell features in neighbouring rows apart; never zero.
pub fn fingerprint(key: u64) -> [u8; 2] {
    let [a, b, ..] = key.to_le_bytes();
    if [a, b] == [0, 0] { [1, 0] } else { [a, b] }
}

/// The place of the greatest score; of equal ones the first.
pub fn best<T: PartialOrd + Copy>(scores: &[T]) -> usize {
    let mut best = 0;
    for i in 1..scores.len() {
        if scores[i] > scores[best] {
            best = i;
        }
    }
    best
}
