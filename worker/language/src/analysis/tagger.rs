//! The tagger: Penn Treebank tags from harper's coarse ones (Universal Dependencies), the dictionary and the neighbours.

use crate::analysis::{
    facts::Facts,
    lemma::contraction_stem,
    tag::{Tag, TokenView},
    tokenise::Kind,
    words,
};
use harper_brill::{BrillTagger, FreqDict, Tagger as _, UPOS, brill_tagger};
use std::sync::Arc;

/// Gives every token of a sentence its part of speech. Loaded once.
pub struct Tagger {
    coarse: Arc<BrillTagger<FreqDict>>,
}

impl Tagger {
    pub fn load() -> Tagger {
        Tagger { coarse: brill_tagger() }
    }

    /// One tag for each token, in order. Cost is linear in the number of tokens.
    pub fn tag(&self, tokens: &[TokenView]) -> Vec<Tag> {
        let own: Vec<String> = tokens.iter().map(|token| token.own.to_owned()).collect();
        let coarse = self.coarse.tag_sentence(&own);
        let mut tags = Vec::with_capacity(tokens.len());
        for i in 0..tokens.len() {
            tags.push(refined(tokens, &tags, coarse.get(i).copied().flatten(), i));
        }
        tags
    }
}

fn refined(tokens: &[TokenView], before: &[Tag], coarse: Option<UPOS>, i: usize) -> Tag {
    let token = &tokens[i];
    match token.kind {
        Kind::Punctuation => return mark(token.own),
        Kind::Number => return Tag::Cd,
        Kind::Opaque => return Tag::Nnp,
        Kind::Word | Kind::Compound => {}
    }
    let next = tokens.get(i + 1).map_or("", |token| token.lower);
    let next_facts = tokens.get(i + 1).map_or(Facts::NONE, |token| token.facts);
    closed_class(token.lower, next, next_facts, coarse, before)
        .unwrap_or_else(|| open_class(tokens, before, coarse, i))
}

fn mark(own: &str) -> Tag {
    match own {
        "," => Tag::Comma,
        "." | "!" | "?" => Tag::Stop,
        "(" | "[" => Tag::OpenBracket,
        ")" | "]" => Tag::CloseBracket,
        "“" | "‘" | "«" => Tag::OpenQuote,
        "”" | "’" | "'" | "\"" | "»" => Tag::CloseQuote,
        "$" | "£" | "€" => Tag::Dollar,
        "#" => Tag::Hash,
        ":" | ";" | "-" | "–" | "—" | "…" => Tag::Colon,
        _ => Tag::Sym,
    }
}

/// Words whose tag hardly depends on anything but themselves and their neighbours.
fn closed_class(
    word: &str,
    next: &str,
    next_facts: Facts,
    coarse: Option<UPOS>,
    before: &[Tag],
) -> Option<Tag> {
    let last = before.last().copied();
    let stem = contraction_stem(word);
    let nominal_next = next_facts.any(Facts::USUAL_NOUN | Facts::USUAL_ADJECTIVE);
    Some(match stem {
        "i" | "you" | "he" | "she" | "it" | "we" | "they" | "me" | "him" | "us" | "them"
        | "myself" | "yourself" | "himself" | "herself" | "itself" | "ourselves" | "yourselves"
        | "themselves" | "mine" | "yours" | "hers" | "ours" | "theirs" => Tag::Prp,
        "my" | "your" | "its" | "our" | "their" => Tag::PrpPossessive,
        "his" if nominal_next => Tag::PrpPossessive,
        "her" if nominal_next => Tag::PrpPossessive,
        "his" | "her" => Tag::Prp,
        "a" | "an" | "the" | "these" | "those" | "every" | "each" | "another" | "some" | "any"
        | "both" => Tag::Dt,
        "no" if coarse != Some(UPOS::INTJ) || before.last().is_some_and(|tag| !tag.is_mark()) => {
            Tag::Dt
        }
        "either" | "neither"
            if nominal_next && !next_facts.has(Facts::RATHER_VERB) || next == "of" =>
        {
            Tag::Dt
        }
        "either" | "neither" => Tag::Cc,
        "like" if last.is_none_or(Tag::is_mark) => Tag::In,
        "over" | "about" | "around" if is_count(next) => Tag::Rb,
        "this" | "all" => Tag::Dt,
        "let" if word == "let's" => Tag::Vb,
        "that" => match coarse {
            Some(UPOS::SCONJ) => Tag::In,
            Some(UPOS::PRON) if last.is_some_and(Tag::is_noun) => Tag::Wdt,
            _ if last.is_some_and(Tag::is_noun) && !nominal_next => Tag::Wdt,
            _ => Tag::Dt,
        },
        "many" | "several" | "few" | "much" | "such" | "own" | "other" => Tag::Jj,
        "can" | "may" | "might" | "must" | "will" if coarse == Some(UPOS::NOUN) => return None,
        "mustn" | "can" | "could" | "will" | "would" | "shall" | "should" | "may" | "might"
        | "must" | "cannot" | "ought" | "wo" | "ca" | "sha" => Tag::Md,
        "to" => Tag::To,
        "there"
            if words::is_be(next)
                || words::is_have(next)
                || words::is_modal(next)
                || contracts_be(word) =>
        {
            Tag::Ex
        }
        "not" | "n't" | "never" => Tag::Rb,
        "who" | "whom" | "what" | "whoever" | "whatever" => Tag::Wp,
        "which" | "whichever" => Tag::Wdt,
        "whose" => Tag::WpPossessive,
        "when" | "where" | "why" | "how" | "whenever" | "wherever" => Tag::Wrb,
        "and" | "or" | "but" | "nor" | "&" => Tag::Cc,
        "am" | "are" => Tag::Vbp,
        "is" | "does" | "has" => Tag::Vbz,
        "was" | "were" | "did" => Tag::Vbd,
        "had" => {
            if last_auxiliary_is_have(before) {
                Tag::Vbn
            } else {
                Tag::Vbd
            }
        }
        "be" => Tag::Vb,
        "been" => Tag::Vbn,
        "being" => Tag::Vbg,
        "have" | "do" => {
            if wants_base(before) {
                Tag::Vb
            } else {
                Tag::Vbp
            }
        }
        "because" | "although" | "though" | "if" | "unless" | "whether" | "while" | "than" => {
            Tag::In
        }
        "someone" | "somebody" | "something" | "anyone" | "anybody" | "anything" | "everyone"
        | "everybody" | "everything" | "nobody" | "nothing" | "none" => Tag::Nn,
        word if words::is_plural_number(word) || word == "one" && coarse != Some(UPOS::PRON) => {
            Tag::Cd
        }
        _ => return None,
    })
}

fn is_count(word: &str) -> bool {
    words::is_plural_number(word) || word.starts_with(|c: char| c.is_ascii_digit())
}

fn contracts_be(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("'re")
}

/// The last word that is no adverb calls for a plain verb: `to`, a modal.
fn wants_base(before: &[Tag]) -> bool {
    let last = before.iter().rev().find(|tag| !tag.is_adverb());
    matches!(last, Some(Tag::To | Tag::Md))
}

fn last_auxiliary_is_have(before: &[Tag]) -> bool {
    matches!(before.last(), Some(Tag::Vb))
}

fn open_class(tokens: &[TokenView], before: &[Tag], coarse: Option<UPOS>, i: usize) -> Tag {
    let token = &tokens[i];
    let facts = token.facts;
    let capitalised = token.own.starts_with(char::is_uppercase);
    if token.lower.ends_with("'s") && facts == Facts::NONE {
        return if capitalised { Tag::Nnp } else { Tag::Nn };
    }
    if !facts.has(Facts::KNOWN) {
        return unknown(token, capitalised && i > 0);
    }
    let verb = Facts::BASE | Facts::THIRD | Facts::PAST | Facts::PARTICIPLE | Facts::ING;
    let noun = Facts::SINGULAR | Facts::PLURAL;
    let verb_for_noun = matches!(coarse, Some(UPOS::VERB))
        && !facts.has(Facts::USUAL_VERB)
        && facts.has(Facts::USUAL_NOUN);
    let after_possessor = before.last() == Some(&Tag::WpPossessive);
    if facts.any(noun) && (verb_for_noun || after_possessor) {
        return noun_form(facts);
    }
    // "whose lives": listed as a verb alone.
    if after_possessor && facts.has(Facts::THIRD) {
        return Tag::Nns;
    }
    // "Ha Long Bay", "in Hanoi"; but a common noun may begin the sentence with a capital.
    let beside = |j: usize| {
        tokens.get(j).is_some_and(|t| t.kind == Kind::Word && t.own.starts_with(char::is_uppercase))
    };
    let in_name =
        i > 0 && (before.last() == Some(&Tag::Nnp) || beside(i + 1) && !facts.has(Facts::LISTED));
    if capitalised && (in_name || facts.has(Facts::PROPER) && facts.any(noun)) {
        return Tag::Nnp;
    }
    if capitalised
        && i == 0
        && coarse == Some(UPOS::PROPN)
        && facts.any(noun)
        && !facts.has(Facts::PROPER)
    {
        return noun_form(facts);
    }
    match coarse {
        Some(UPOS::PROPN) if capitalised || facts.has(Facts::PROPER) => {
            let plural = facts.has(Facts::PLURAL) && !facts.has(Facts::SINGULAR);
            if plural { Tag::Nnps } else { Tag::Nnp }
        }
        Some(UPOS::VERB | UPOS::AUX) if facts.any(verb) => verb_form(tokens, before, i),
        Some(UPOS::NOUN | UPOS::PROPN | UPOS::PRON) if facts.any(noun) => noun_form(facts),
        Some(UPOS::ADJ) => graded(facts, [Tag::Jj, Tag::Jjr, Tag::Jjs]),
        Some(UPOS::ADV) => graded(facts, [Tag::Rb, Tag::Rbr, Tag::Rbs]),
        Some(UPOS::ADP) => Tag::In,
        Some(UPOS::SCONJ) => Tag::In,
        Some(UPOS::CCONJ) => Tag::Cc,
        Some(UPOS::DET) => Tag::Dt,
        Some(UPOS::NUM) => Tag::Cd,
        Some(UPOS::INTJ) => Tag::Uh,
        Some(UPOS::PART) => Tag::Rp,
        _ if facts.has(Facts::USUAL_NOUN) => noun_form(facts),
        _ if facts.any(verb) && facts.has(Facts::USUAL_VERB) => verb_form(tokens, before, i),
        _ if facts.has(Facts::ADJECTIVE) => graded(facts, [Tag::Jj, Tag::Jjr, Tag::Jjs]),
        _ if facts.has(Facts::PREPOSITION) => Tag::In,
        _ if facts.has(Facts::ADVERB) => graded(facts, [Tag::Rb, Tag::Rbr, Tag::Rbs]),
        _ if facts.any(noun) => noun_form(facts),
        _ if facts.any(verb) => verb_form(tokens, before, i),
        _ => Tag::Nn,
    }
}

/// Words that no dictionary has, by their looks.
fn unknown(token: &TokenView, name: bool) -> Tag {
    let ends = |ending: &str| token.lower.len() > ending.len() + 2 && token.lower.ends_with(ending);
    match () {
        () if name => Tag::Nnp,
        () if !token.own.is_ascii() => Tag::Fw,
        () if ends("ly") => Tag::Rb,
        () if ends("ing") => Tag::Vbg,
        () if ends("ed") => Tag::Vbd,
        () if ["ful", "ous", "able", "ible", "ical", "ive"].iter().any(|e| ends(e)) => Tag::Jj,
        () if ends("s") && !ends("ss") => Tag::Nns,
        () => Tag::Nn,
    }
}

fn noun_form(facts: Facts) -> Tag {
    if facts.has(Facts::PLURAL) && !facts.has(Facts::SINGULAR) { Tag::Nns } else { Tag::Nn }
}

fn graded(facts: Facts, [plain, comparative, superlative]: [Tag; 3]) -> Tag {
    match () {
        () if facts.has(Facts::COMPARATIVE) => comparative,
        () if facts.has(Facts::SUPERLATIVE) => superlative,
        () => plain,
    }
}

/// Which form of a verb stands at `i`, where its spelling leaves a choice.
fn verb_form(tokens: &[TokenView], before: &[Tag], i: usize) -> Tag {
    let facts = tokens[i].facts;
    let base_wanted = wants_base(before) || follows_do(tokens, before, i);
    match () {
        () if facts.has(Facts::ING) => Tag::Vbg,
        () if facts.has(Facts::THIRD) && !facts.has(Facts::BASE) => Tag::Vbz,
        () if facts.has(Facts::BASE) && base_wanted => Tag::Vb,
        () if facts.any(Facts::PAST | Facts::PARTICIPLE)
            && (!facts.has(Facts::BASE) || follows_perfect_or_passive(tokens, before, i)) =>
        {
            past_or_participle(tokens, before, i)
        }
        () if facts.has(Facts::BASE) => {
            // "Go home!": nothing before it that could be its subject.
            let alone =
                before.iter().rev().find(|tag| !tag.is_adverb()).is_none_or(|tag| tag.is_mark());
            if alone { Tag::Vb } else { Tag::Vbp }
        }
        () => Tag::Vbd,
    }
}

fn past_or_participle(tokens: &[TokenView], before: &[Tag], i: usize) -> Tag {
    let facts = tokens[i].facts;
    let both = facts.has(Facts::PAST | Facts::PARTICIPLE);
    // "the book written by him", "a broken cup".
    let by = tokens.get(i + 1).is_some_and(|next| next.lower == "by");
    let earlier = before.iter().rev().find(|tag| !tag.is_adverb());
    let attributive = matches!(earlier, Some(Tag::Dt | Tag::PrpPossessive | Tag::Jj | Tag::In));
    let participle = follows_perfect_or_passive(tokens, before, i) || by || attributive;
    match () {
        () if both && participle => Tag::Vbn,
        () if both || facts.has(Facts::PAST) => Tag::Vbd,
        () => Tag::Vbn,
    }
}

/// The token before `i`, adverbs and the subject of a question apart, is a form of be, have or get.
fn follows_perfect_or_passive(tokens: &[TokenView], before: &[Tag], i: usize) -> bool {
    auxiliary_before(tokens, before, i).is_some_and(|word| {
        let stem = contraction_stem(word);
        words::is_be(stem)
            || words::is_have(stem)
            || matches!(stem, "get" | "gets" | "got" | "getting")
            || ["'s", "'re", "'m", "'ve", "'d"].iter().any(|end| word.ends_with(end))
    })
}

fn follows_do(tokens: &[TokenView], before: &[Tag], i: usize) -> bool {
    auxiliary_before(tokens, before, i).is_some_and(|word| {
        words::is_do(word) || matches!(word, "let" | "let's") || word.ends_with("'ll")
    })
}

/// The word before `i`, over adverbs; over a pronoun too where an auxiliary opens a question before it.
fn auxiliary_before<'t>(tokens: &[TokenView<'t>], before: &[Tag], i: usize) -> Option<&'t str> {
    let last = (0..i).rev().take(4).find(|j| !before[*j].is_adverb())?;
    let word = tokens[last].lower;
    if before[last] == Tag::Prp && !word.contains('\'') && last > 0 {
        let auxiliary = tokens[last - 1].lower;
        let asks = words::is_auxiliary(auxiliary)
            && (last == 1
                || matches!(before[last - 2], Tag::Wp | Tag::Wdt | Tag::Wrb | Tag::Comma));
        return asks.then_some(auxiliary);
    }
    Some(word)
}

#[cfg(test)]
mod tests {
    use crate::analysis::{Lexicon, Sentence};

    #[test]
    fn forms_of_verbs_and_nouns_are_told_apart() {
        let lexicon = Lexicon::load();
        for (text, tags) in [
            ("She goes to school.", "PRP VBZ TO NN ."),
            ("She has gone home.", "PRP VBZ VBN NN ."),
            ("They didn't go.", "PRP VBD VB ."),
            ("Did you see them?", "VBD PRP VB PRP ."),
            ("The students were reading books.", "DT NNS VBD VBG NNS ."),
            ("I can't swim.", "PRP MD VB ."),
            ("There are 5 people.", "EX VBP CD NNS ."),
            ("My sister is taller than me.", "PRP$ NN VBZ JJR IN PRP ."),
            ("She wrote it.", "PRP VBD PRP ."),
        ] {
            let sentence = Sentence::new(text, &lexicon);
            let found: Vec<&str> = sentence.tokens.iter().map(|t| t.tag.as_str()).collect();
            assert_eq!(found.join(" "), tags, "{text}");
        }
    }
}
