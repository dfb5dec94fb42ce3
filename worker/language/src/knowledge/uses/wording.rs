//! Uses that single words and their neighbours show: articles, pronouns, nouns, comparison, prepositions, linking words.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, noun_phrases::PhraseKind, words},
    knowledge::uses::Use,
};

/// Looks at the token where a use would begin and gives the use's length in tokens.
type Look = fn(&Sentence, usize) -> Option<usize>;

/// One word of a list is the whole use.
const SINGLE: &[(&str, &str)] = &[
    (
        "reflexive-pronouns",
        "myself yourself himself herself itself ourselves yourselves themselves",
    ),
    ("possessive-pronouns", "mine yours hers ours theirs"),
    ("simple-conjunctions", "and but or so because"),
    ("contrast-linkers", "however despite"),
    ("linking-words", "moreover therefore furthermore whereas consequently nevertheless"),
    ("frequency-adverbs", "always usually often sometimes never rarely seldom"),
];

/// A head word with the preposition that it governs.
const GOVERNED: &[(&str, &str)] = &[
    ("prepositions", "go-to listen-to wait-for look-at talk-to come-to write-to speak-to"),
    (
        "dependent-prepositions",
        "depend-on belong-to succeed-in apologise-for apologize-for consist-of complain-about rely-on",
    ),
    (
        "adjective-prepositions",
        "good-at bad-at interested-in afraid-of proud-of married-to different-from famous-for full-of",
    ),
    (
        "noun-prepositions",
        "reason-for answer-to increase-in rise-in solution-to cause-of effect-on",
    ),
];

const TIMES: &str = "monday tuesday wednesday thursday friday saturday sunday january february march april may june \
    july august september october november december morning afternoon evening night noon weekend";
const PLACES: &str = "school home work university hospital market station airport beach house room city town village \
    country vietnam hanoi table wall";

static LOOKS: &[(&str, Look)] = &[
    ("articles", |s, i| (is(s, i, "a an") && s.is_word(i + 1)).then_some(2)),
    ("definite-article", |s, i| (is(s, i, "the") && s.is_word(i + 1)).then_some(2)),
    ("possessive-adjectives", |s, i| (s.tag(i) == Some(Tag::PrpPossessive)).then_some(2)),
    ("possessive-s", |s, i| {
        let owner = s.word(i).ends_with("'s") || s.word(i).ends_with("s'");
        (owner && s.tagged(i, Tag::is_noun)).then_some(2)
    }),
    ("object-pronouns", |s, i| (is(s, i, "me him us them") && i > 0).then_some(1)),
    ("plural-nouns", |s, i| (s.tag(i) == Some(Tag::Nns)).then_some(1)),
    ("numbers-and-nouns", |s, i| {
        (words::is_plural_number(s.word(i)) && s.tag(i + 1) == Some(Tag::Nns)).then_some(2)
    }),
    ("singular-nouns", |s, i| {
        (is(s, i, "every each") && s.tag(i + 1) == Some(Tag::Nn)).then_some(2)
    }),
    ("determiners", |s, i| (is(s, i, "this that these those") && opens_phrase(s, i)).then_some(2)),
    ("quantifiers", |s, i| (is(s, i, "much many few little") && opens_phrase(s, i)).then_some(2)),
    ("some-any", |s, i| (is(s, i, "some any") && opens_phrase(s, i)).then_some(2)),
    ("counters", |s, i| {
        (has_lemma(s, i, "piece cup bottle glass slice kilo") && is(s, i + 1, "of")).then_some(3)
    }),
    ("one-of-the-plural", |s, i| {
        let begins = is(s, i, "one") && is(s, i + 1, "of");
        let of = s.noun_phrase_at(i + 2).filter(|phrase| begins && phrase.is_plural())?;
        Some(of.tokens.end - i)
    }),
    ("comparatives", |s, i| {
        let marked = is(s, i, "more less") && s.tagged(i + 1, Tag::is_adjective);
        let short = matches!(s.tag(i), Some(Tag::Jjr | Tag::Rbr)) && !is(s, i, "more less");
        marked.then_some(2).or(short.then_some(1))
    }),
    ("superlatives", |s, i| {
        let most = s.tag(i + 1) == Some(Tag::Jjs) || is(s, i + 1, "most best worst");
        (is(s, i, "the") && most).then_some(2)
    }),
    ("equal-comparison", |s, i| (is(s, i, "as") && is(s, i + 2, "as")).then_some(3)),
    ("used-to", |s, i| (is(s, i, "used") && is(s, i + 1, "to")).then_some(2)),
    ("adverbs-of-manner", |s, i| {
        let stem = s.word(i).strip_suffix("ly").filter(|_| s.tagged(i, Tag::is_adverb))?;
        s.lexicon.facts(stem).has(Facts::ADJECTIVE).then_some(1)
    }),
    // Taggers read `born` as an adjective.
    ("be-born", |s, i| (words::is_be(s.word(i)) && is(s, i + 1, "born")).then_some(2)),
    ("adjective-before-noun", |s, i| {
        (s.tagged(i, Tag::is_adjective) && s.tagged(i + 1, Tag::is_common_noun)).then_some(2)
    }),
    ("ed-ing-adjectives", |s, i| {
        let pairs = "bored boring interested interesting excited exciting tired tiring surprised surprising";
        (is(s, i, pairs) && !s.tagged(i, Tag::is_noun)).then_some(1)
    }),
    ("prepositions-of-time", |s, i| after_in_on_at(s, i, TIMES)),
    ("prepositions-of-place", |s, i| after_in_on_at(s, i, PLACES)),
    ("phrasal-verbs", |s, i| {
        (s.tag(i) == Some(Tag::Rp) && i > 0 && s.tagged(i - 1, Tag::is_verb)).then_some(1)
    }),
    ("too-enough", |s, i| {
        let too = is(s, i, "too") && s.tagged(i + 1, Tag::is_adjective);
        (too || is(s, i, "enough")).then_some(1)
    }),
    ("so-and-such", |s, i| (is(s, i, "such") && is(s, i + 1, "a an")).then_some(2)),
    ("reported-speech", |s, i| {
        let told =
            is(s, i, "said told") && (i + 1..i + 4).any(|at| words::is_subject_pronoun(s.word(at)));
        told.then_some(2)
    }),
];

pub fn uses(sentence: &Sentence) -> Vec<Use> {
    let mut found = Vec::new();
    for at in 0..sentence.tokens.len() {
        let mut add = |concept, length: usize| {
            let end = (at + length).min(sentence.tokens.len());
            found.push(Use { concept, tokens: at..end });
        };
        for (concept, look) in LOOKS {
            if let Some(length) = look(sentence, at) {
                add(concept, length);
            }
        }
        for (concept, list) in SINGLE {
            if is(sentence, at, list) {
                add(concept, 1);
            }
        }
        let governor = &sentence.tokens[at].lemma;
        let pair = format!("{governor}-{}", sentence.at(at, 1));
        for (concept, pairs) in GOVERNED {
            if words::among(pairs, &pair) {
                add(concept, 2);
            }
        }
    }
    found
}

/// The concepts that this file can see, for the test of their names.
#[cfg(test)]
pub fn concepts() -> impl Iterator<Item = &'static str> {
    let looks = LOOKS.iter().map(|row| row.0);
    looks.chain(SINGLE.iter().chain(GOVERNED).map(|row| row.0))
}

fn is(sentence: &Sentence, i: usize, list: &str) -> bool {
    words::among(list, sentence.word(i))
}

fn has_lemma(sentence: &Sentence, i: usize, list: &str) -> bool {
    sentence.tokens.get(i).is_some_and(|token| words::among(list, &token.lemma))
}

/// Word `i` opens a noun phrase that has a noun.
fn opens_phrase(sentence: &Sentence, i: usize) -> bool {
    let phrase = sentence.noun_phrase_at(i).filter(|phrase| phrase.tokens.start == i);
    phrase.is_some_and(|phrase| phrase.kind == PhraseKind::Common)
}

fn after_in_on_at(sentence: &Sentence, i: usize, nouns: &str) -> Option<usize> {
    let at = if words::is_determiner(sentence.at(i, 1)) { i + 2 } else { i + 1 };
    (is(sentence, i, "in on at") && has_lemma(sentence, at, nouns)).then_some(at + 1 - i)
}
