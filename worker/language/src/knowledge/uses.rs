//! Which points of grammar a sentence uses, rightly or wrongly: each concept with the look of its use.

use crate::rules::{
    facts::Facts,
    text::{Sentence, Tag},
    words,
};
use std::ops::Range;

/// A use of a concept at some tokens of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    pub concept: &'static str,
    pub tokens: Range<usize>,
}

/// Looks at the token where a use would begin and gives the use's length in tokens.
type Look = fn(&Sentence, usize) -> Option<usize>;

/// Words that may stand between an auxiliary and its verb.
const BETWEEN: usize = 3;
/// Tokens after a word within which its partner is looked for.
const NEAR: usize = 12;

/// Concepts that can be seen from words and tags alone.
static LOOKS: &[(&str, Look)] = &[
    ("articles", |s, i| (is(s, i, "a an") && s.is_word(i + 1)).then_some(2)),
    ("definite-article", |s, i| (is(s, i, "the") && s.is_word(i + 1)).then_some(2)),
    ("possessive-adjectives", |s, i| {
        (words::is_possessive(s.word(i)) && noun_after(s, i)).then_some(2)
    }),
    ("possessive-s", |s, i| {
        let owner = s.word(i).strip_suffix("'s")?;
        let noun = !words::is_grammatical(owner)
            && !is_word(owner, "it that there what who where let here");
        (noun && noun_after(s, i)).then_some(2)
    }),
    ("object-pronouns", |s, i| {
        (is(s, i, "me him us them") && !s.at(i, -1).is_empty()).then_some(1)
    }),
    ("reflexive-pronouns", |s, i| {
        is(s, i, "myself yourself himself herself itself ourselves themselves").then_some(1)
    }),
    ("possessive-pronouns", |s, i| is(s, i, "mine yours hers ours theirs").then_some(1)),
    ("indefinite-pronouns", |s, i| words::is_indefinite(s.word(i)).then_some(2)),
    ("be-present", |s, i| {
        is(s, i, "am is are i'm you're we're they're he's she's it's isn't aren't").then_some(1)
    }),
    ("missing-be", |s, i| {
        let j = past_adverbs(s, i);
        (words::is_be(s.word(i)) && s.tag(j) == Some(Tag::Adjective)).then_some(j + 1 - i)
    }),
    ("subject-verb-agreement", |s, i| {
        let verb = s.tag(i + 1) == Some(Tag::Verb);
        let fits = if is(s, i, "he she it") { Facts::THIRD } else { Facts::BASE };
        (words::is_subject_pronoun(s.word(i)) && verb && s.has(i + 1, fits)).then_some(2)
    }),
    ("present-simple", |s, i| {
        let present =
            s.has(i + 1, Facts::THIRD) || s.has(i + 1, Facts::BASE) && !s.has(i + 1, Facts::PAST);
        let verb = s.tag(i + 1) == Some(Tag::Verb) && present;
        (words::is_subject_pronoun(s.word(i)) && verb).then_some(2)
    }),
    ("present-continuous", |s, i| {
        after(s, i, "am is are i'm you're we're they're he's she's it's", Facts::ING)
    }),
    ("past-continuous", |s, i| after(s, i, "was were", Facts::ING)),
    ("passive-voice", |s, i| {
        let be = "am is are was were been be being";
        after(s, i, be, Facts::PARTICIPLE)
            .filter(|n| s.tag(i + n - 1) == Some(Tag::Verb) && !s.has(i + n - 1, Facts::ING))
    }),
    ("be-born", |s, i| (is(s, i, "was were") && s.at(i, 1) == "born").then_some(2)),
    ("present-perfect", |s, i| {
        after(s, i, "have has haven't hasn't i've you've we've they've", Facts::PARTICIPLE)
    }),
    ("present-perfect-continuous", |s, i| {
        let begins = is(s, i, "have has i've you've we've they've") && s.at(i, 1) == "been";
        (begins && s.has(i + 2, Facts::ING)).then_some(3)
    }),
    ("past-perfect", |s, i| after(s, i, "had hadn't", Facts::PARTICIPLE)),
    ("past-simple", |s, i| {
        let helped = words::is_auxiliary(s.at(i, -1)) || words::is_auxiliary(s.at(i, -2));
        (is_past_verb(s, i) && !helped).then_some(1)
    }),
    ("irregular-forms", |s, i| {
        let base = s.lexicon.verb_lemma(s.word(i)).filter(|_| is_past_verb(s, i))?;
        s.lexicon.is_irregular(&base).then_some(1)
    }),
    ("future-forms", |s, i| {
        let going = is(s, i, "going") && s.at(i, 1) == "to" && s.has(i + 2, Facts::BASE);
        after(s, i, "will won't i'll you'll he'll she'll it'll we'll they'll", Facts::BASE)
            .or(going.then_some(3))
    }),
    ("can-ability", |s, i| after(s, i, "can can't cannot", Facts::BASE)),
    ("modal-verbs", |s, i| after(s, i, "could would should may might must shall", Facts::BASE)),
    ("must-have-to", |s, i| {
        let have_to = is(s, i, "have has had") && s.at(i, 1) == "to" && s.has(i + 2, Facts::BASE);
        after(s, i, "must mustn't", Facts::BASE).or(have_to.then_some(3))
    }),
    ("modal-perfect", |s, i| {
        let modal = is(s, i, "could would should might must") && s.at(i, 1) == "have";
        (modal && s.has(i + 2, Facts::PARTICIPLE)).then_some(3)
    }),
    ("do-support", |s, i| {
        let helped = (i + 1..=i + BETWEEN)
            .find(|at| s.has(*at, Facts::BASE) && s.tag(*at) == Some(Tag::Verb));
        helped.filter(|_| words::is_do(s.word(i))).map(|at| at + 1 - i)
    }),
    ("negation", |s, i| (is(s, i, "not never") || s.word(i).ends_with("n't")).then_some(1)),
    ("questions", |s, i| {
        let asked = s.tokens.last().is_some_and(|token| token.lower == "?");
        (asked && words::is_auxiliary(s.word(i)) && words::is_subject_pronoun(s.at(i, 1)))
            .then_some(2)
    }),
    ("there-is-there-are", |s, i| {
        (is(s, i, "there") && (words::is_be(s.at(i, 1)) || words::is_modal(s.at(i, 1))))
            .then_some(2)
    }),
    ("plural-nouns", |s, i| is_noun(s, i, Facts::PLURAL).then_some(1)),
    ("numbers-and-nouns", |s, i| {
        (words::is_plural_number(s.word(i)) && is_noun(s, i + 1, Facts::PLURAL)).then_some(2)
    }),
    ("singular-nouns", |s, i| {
        (is(s, i, "every each") && is_noun(s, i + 1, Facts::SINGULAR)).then_some(2)
    }),
    ("determiners", |s, i| (is(s, i, "this that these those") && noun_after(s, i)).then_some(2)),
    ("quantifiers", |s, i| (is(s, i, "much many few little") && noun_after(s, i)).then_some(2)),
    ("some-any", |s, i| (is(s, i, "some any") && noun_after(s, i)).then_some(2)),
    ("counters", |s, i| {
        let counter = "piece pieces cup cups bottle bottles glass glasses slice slices kilo kilos";
        (is(s, i, counter) && s.at(i, 1) == "of").then_some(3)
    }),
    ("one-of-the-plural", |s, i| {
        let begins = is(s, i, "one") && s.at(i, 1) == "of" && words::is_determiner(s.at(i, 2));
        begins
            .then(|| (i + 3..i + 6).find(|at| is_noun(s, *at, Facts::PLURAL)))
            .flatten()
            .map(|at| at + 1 - i)
    }),
    ("comparatives", |s, i| {
        let marked = is(s, i, "more less") && s.has(i + 1, Facts::ADJECTIVE);
        let short = s.has(i, Facts::COMPARATIVE) || is(s, i, "better worse");
        marked.then_some(2).or(short.then_some(1))
    }),
    ("superlatives", |s, i| {
        let marked = is(s, i, "the")
            && (s.has(i + 1, Facts::SUPERLATIVE) || is(s, i + 1, "most best worst"));
        marked.then_some(2)
    }),
    ("equal-comparison", |s, i| (is(s, i, "as") && s.at(i, 2) == "as").then_some(3)),
    ("infinitives", |s, i| {
        (is(s, i, "to") && s.has(i + 1, Facts::BASE | Facts::USUAL_VERB)).then_some(2)
    }),
    ("gerunds", |s, i| {
        let opens = is(
            s,
            i,
            "of for about at without by before after enjoy enjoys enjoyed finish finished mind avoid",
        );
        (opens && s.has(i + 1, Facts::ING)).then_some(2)
    }),
    ("gerund-or-infinitive", |s, i| {
        let verb = s.lexicon.verb_lemma(s.word(i))?;
        let ing =
            is_word(&verb, "suggest avoid consider practise deny") && s.has(i + 1, Facts::ING);
        let to = is_word(&verb, "promise refuse agree offer manage") && s.at(i, 1) == "to";
        (ing || to).then_some(2)
    }),
    ("used-to", |s, i| (is(s, i, "used") && s.at(i, 1) == "to").then_some(2)),
    ("since-and-for", |s, i| {
        let perfect = (0..i).any(|at| words::is_have(s.word(at)));
        (perfect && is(s, i, "since for")).then_some(2)
    }),
    ("first-conditional", |s, i| {
        if_then(s, i, "will won't can", |s, at| s.has(at, Facts::BASE) || s.has(at, Facts::THIRD))
    }),
    ("second-conditional", |s, i| if_then(s, i, "would could might", is_past_verb)),
    ("third-conditional", |s, i| {
        let had = (i..i + NEAR).any(|at| is(s, at, "had"));
        let have =
            (0..s.tokens.len()).any(|at| is(s, at, "would could might") && s.at(at, 1) == "have");
        (is(s, i, "if") && had && have).then_some(2)
    }),
    ("relative-clauses", |s, i| {
        let noun = i > 0 && matches!(s.tag(i - 1), Some(Tag::Noun | Tag::ProperNoun));
        (noun && is(s, i, "who which whose whom")).then_some(1)
    }),
    ("embedded-questions", |s, i| {
        let knows = is(s, i, "know understand wonder ask remember see");
        let asked = is(s, i + 1, "what where when why how who whether");
        (knows && asked && words::is_subject_pronoun(s.at(i, 2))).then_some(3)
    }),
    ("reported-speech", |s, i| {
        let told =
            is(s, i, "said told") && (i + 1..i + 4).any(|at| words::is_subject_pronoun(s.word(at)));
        told.then_some(2)
    }),
    ("simple-conjunctions", |s, i| is(s, i, "and but or so because").then_some(1)),
    ("although-but", |s, i| is(s, i, "although though").then_some(1)),
    ("contrast-linkers", |s, i| is(s, i, "however despite").then_some(1)),
    ("linking-words", |s, i| {
        is(s, i, "moreover therefore furthermore whereas consequently nevertheless").then_some(1)
    }),
    ("time-clauses", |s, i| {
        (is(s, i, "when before after until while") && words::is_subject_pronoun(s.at(i, 1)))
            .then_some(2)
    }),
    ("frequency-adverbs", |s, i| {
        is(s, i, "always usually often sometimes never rarely seldom").then_some(1)
    }),
    ("adverbs-of-manner", |s, i| {
        let derived = s
            .word(i)
            .strip_suffix("ly")
            .is_some_and(|stem| s.lexicon.facts(stem).has(Facts::ADJECTIVE));
        (derived && s.tag(i) == Some(Tag::Adverb)).then_some(1)
    }),
    ("adjective-before-noun", |s, i| {
        (s.tag(i) == Some(Tag::Adjective) && s.tag(i + 1) == Some(Tag::Noun)).then_some(2)
    }),
    ("prepositions-of-time", |s, i| {
        let time = "monday tuesday wednesday thursday friday saturday sunday january february march april may june july \
            august september october november december morning afternoon evening night noon weekend weekends";
        let at = if is(s, i + 1, "the") { i + 2 } else { i + 1 };
        (is(s, i, "in on at") && is(s, at, time)).then_some(at + 1 - i)
    }),
    ("prepositions-of-place", |s, i| {
        let place = "school home work university hospital market station airport beach house room city town village \
            country vietnam hanoi table wall";
        let at = if words::is_determiner(s.at(i, 1)) { i + 2 } else { i + 1 };
        (is(s, i, "in on at") && is(s, at, place)).then_some(at + 1 - i)
    }),
    ("prepositions", |s, i| {
        let verb = s.lexicon.verb_lemma(s.word(i))?;
        let pairs = "go-to listen-to wait-for look-at talk-to come-to write-to speak-to";
        is_word(&format!("{verb}-{}", s.at(i, 1)), pairs).then_some(2)
    }),
    ("dependent-prepositions", |s, i| {
        let verb = s.lexicon.verb_lemma(s.word(i))?;
        let pairs = "depend-on belong-to succeed-in apologise-for apologize-for consist-of complain-about rely-on";
        is_word(&format!("{verb}-{}", s.at(i, 1)), pairs).then_some(2)
    }),
    ("adjective-prepositions", |s, i| {
        let pairs = "good-at bad-at interested-in afraid-of proud-of married-to different-from famous-for full-of";
        is_word(&format!("{}-{}", s.word(i), s.at(i, 1)), pairs).then_some(2)
    }),
    ("too-enough", |s, i| {
        let too = is(s, i, "too") && s.has(i + 1, Facts::ADJECTIVE);
        (too || is(s, i, "enough")).then_some(2)
    }),
    ("so-and-such", |s, i| (is(s, i, "such") && is(s, i + 1, "a an")).then_some(2)),
    ("wishes", |s, i| (is(s, i, "wish") && words::is_subject_pronoun(s.at(i, 1))).then_some(2)),
];

/// Every use in the sentence, by concept, then by place.
pub fn uses(sentence: &Sentence) -> Vec<Use> {
    let mut found = Vec::new();
    for (concept, look) in LOOKS {
        for at in 0..sentence.tokens.len() {
            if let Some(length) = look(sentence, at) {
                let end = (at + length).min(sentence.tokens.len());
                found.push(Use { concept, tokens: at..end });
            }
        }
    }
    found
}

fn is(sentence: &Sentence, i: usize, list: &str) -> bool {
    is_word(sentence.word(i), list)
}

fn is_word(word: &str, list: &str) -> bool {
    words::among(list, word)
}

/// The first place after `i` that is neither `not` nor an adverb.
fn past_adverbs(s: &Sentence, i: usize) -> usize {
    let skipped = |at: &usize| {
        is(s, *at, "not very so too really quite") || words::is_middle_adverb(s.word(*at))
    };
    (i + 1..i + 1 + BETWEEN).find(|at| !skipped(at)).unwrap_or(i + 1)
}

/// An auxiliary of the list, then, past adverbs or a subject, a form of a verb.
fn after(s: &Sentence, i: usize, auxiliaries: &str, form: Facts) -> Option<usize> {
    if !is(s, i, auxiliaries) {
        return None;
    }
    let mut at = past_adverbs(s, i);
    if words::is_subject_pronoun(s.word(at)) {
        at = past_adverbs(s, at);
    }
    let verb = matches!(s.tag(at), Some(Tag::Verb | Tag::Auxiliary | Tag::Adjective));
    (verb && s.has(at, form)).then_some(at + 1 - i)
}

fn is_past_verb(s: &Sentence, i: usize) -> bool {
    let be = is(s, i, "was were had did");
    be || s.tag(i) == Some(Tag::Verb) && s.has(i, Facts::PAST) && !s.has(i, Facts::BASE)
}

fn is_noun(s: &Sentence, i: usize, number: Facts) -> bool {
    s.tag(i) == Some(Tag::Noun) && s.has(i, number)
}

fn noun_after(s: &Sentence, i: usize) -> bool {
    (i + 1..i + 4).any(|at| s.tag(at) == Some(Tag::Noun))
}

/// `if` with a verb of the asked form near it, and one of the modals in the other clause.
fn if_then(
    s: &Sentence,
    i: usize,
    modals: &str,
    verb: fn(&Sentence, usize) -> bool,
) -> Option<usize> {
    let end = s.tokens.len();
    let modal = (0..end).find(|at| is(s, *at, modals))?;
    let near = i + 1..(i + NEAR).min(if modal > i { modal } else { end });
    let fits = is(s, i, "if") && !near.is_empty() && near.into_iter().any(|at| verb(s, at));
    fits.then_some(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{knowledge::KnowledgeGraph, rules::lexicon::Lexicon};

    fn shown(lexicon: &Lexicon, text: &str) -> Vec<&'static str> {
        uses(&Sentence::new(text, lexicon)).into_iter().map(|found| found.concept).collect()
    }

    #[test]
    fn every_look_is_for_a_concept_of_the_graph() {
        let graph = KnowledgeGraph::load();
        for (concept, _) in LOOKS {
            assert!(graph.concept(concept).is_some(), "{concept}");
        }
    }

    #[test]
    fn uses_are_seen() {
        let lexicon = Lexicon::load();
        for (text, concept) in [
            ("I have lived here since 2010.", "since-and-for"),
            ("She has never eaten fish.", "present-perfect"),
            ("They were playing football.", "past-continuous"),
            ("The house was built by my uncle.", "passive-voice"),
            ("If it rains, we will stay home.", "first-conditional"),
            ("If I had money, I would travel.", "second-conditional"),
            ("If I had known, I would have come.", "third-conditional"),
            ("I went home.", "irregular-forms"),
            ("Do you like tea?", "questions"),
            ("There are two dogs.", "there-is-there-are"),
            ("He is taller than me.", "comparatives"),
            ("This is the best day.", "superlatives"),
            ("I want to sleep.", "infinitives"),
            ("Thank you for coming.", "gerunds"),
            ("One of my friends is ill.", "one-of-the-plural"),
            ("I don't know where he lives.", "embedded-questions"),
            ("The man who called is tall.", "relative-clauses"),
            ("My brother's car is old.", "possessive-s"),
            ("I was born in June.", "prepositions-of-time"),
        ] {
            let found = shown(&lexicon, text);
            assert!(found.contains(&concept), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_only_looks_alike_is_no_use() {
        let lexicon = Lexicon::load();
        for (text, concept) in [
            ("I have a car.", "present-perfect"),
            ("She is tall.", "present-continuous"),
            ("I live here.", "past-simple"),
            ("It's a dog.", "possessive-s"),
            ("I will ask if he knows.", "second-conditional"),
            ("Who are you?", "relative-clauses"),
            ("He walked to school.", "infinitives"),
            ("There he goes.", "there-is-there-are"),
        ] {
            let found = shown(&lexicon, text);
            assert!(!found.contains(&concept), "{text}: {found:?}");
        }
    }
}
