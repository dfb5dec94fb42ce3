//! A text with one analysis of each of its sentences, which everything that is asked of the text shares.

use crate::analysis::{
    Lexicon, Sentence, narrative,
    terms::Terms,
    tokenise::{self, Kind},
    variety,
};
use std::sync::Arc;

pub struct Text<'a> {
    pub text: &'a str,
    /// In order; white space belongs to none. Each knows the text around it and where it begins.
    pub sentences: Vec<Sentence<'a>>,
    /// Words and compounds; numbers, marks, quotations and addresses are none.
    pub words: usize,
    pub lexicon: &'a Lexicon,
}

impl<'a> Text<'a> {
    /// Cost is linear in the length of the text.
    pub fn new(text: &'a str, lexicon: &'a Lexicon) -> Text<'a> {
        let raw = tokenise::sentences(text);
        let is_word = |kind: Kind| matches!(kind, Kind::Word | Kind::Compound);
        let words = raw.iter().flatten().filter(|token| is_word(token.kind)).count();
        let spans = raw.iter().filter_map(|tokens| {
            let (first, last) = (tokens.first()?, tokens.last()?);
            Some(first.span.start..last.span.end)
        });
        let mut sentences: Vec<Sentence> = spans
            .map(|span| {
                let mut sentence = Sentence::new(&text[span.clone()], lexicon);
                sentence.start = span.start;
                sentence
            })
            .collect();
        let narratives = narrative::tenses_around(&sentences);
        let variety = variety::kept(&sentences);
        let terms = Terms::of(&sentences).map(Arc::new);
        let mut call = None;
        for (sentence, narrative) in sentences.iter_mut().zip(narratives) {
            sentence.call = std::mem::replace(&mut call, call_for_attention(sentence));
            sentence.narrative = narrative;
            sentence.variety = variety;
            sentence.terms = terms.clone();
        }
        if let Some(last) = sentences.last_mut() {
            last.ends_text = true;
        }
        Text { text, sentences, words, lexicon }
    }
}

/// `Look!`, `Listen!`, `Be quiet!`: what follows goes on now.
fn call_for_attention(sentence: &Sentence) -> Option<String> {
    let calls =
        matches!(sentence.word(0), "look" | "listen" | "watch" | "hurry" | "quiet" | "hush")
            || sentence.word(0) == "be" && matches!(sentence.word(1), "quiet" | "careful");
    (calls && sentence.tokens.len() <= 4)
        .then(|| sentence.original(0..sentence.tokens.len() - 1).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::OnceLock;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn sentences_stand_where_they_say(text in "\\PC{0,80}|([A-Za-z]{1,8}[ .,!?\n\"]){0,20}") {
            static LEXICON: OnceLock<Lexicon> = OnceLock::new();
            let read = Text::new(&text, LEXICON.get_or_init(Lexicon::load));
            let mut end = 0;
            for (number, sentence) in read.sentences.iter().enumerate() {
                prop_assert!(text[end..sentence.start].trim().is_empty());
                end = sentence.start + sentence.text.len();
                prop_assert_eq!(&text[sentence.start..end], sentence.text);
                prop_assert_eq!(sentence.ends_text, number + 1 == read.sentences.len());
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
