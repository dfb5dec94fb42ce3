//! A sentence as features see it: keys of words, lemmas and tags by place.

use crate::{
    analysis::{
        facts::Facts,
        sentence::Sentence,
        tag::Tag,
        token::{Clitic, Token},
        tokenise::Kind,
    },
    counts, hash,
};

pub struct View<'a> {
    pub sentence: &'a Sentence<'a>,
    /// Keys as the counts know them.
    pub words: Vec<u64>,
    lemmas: Vec<u64>,
}

const BEFORE: u64 = 11;
const AFTER: u64 = 12;

/// Places before the first and after the last token are asked for, so that they are signed.
impl<'a> View<'a> {
    pub fn new(sentence: &'a Sentence<'a>) -> View<'a> {
        let tokens = &sentence.tokens;
        let words: Vec<u64> = tokens.iter().map(|t| counts::key(&t.lower, t.kind)).collect();
        let lemmas = tokens.iter().zip(&words).map(|(token, word)| lemma(token, *word)).collect();
        View { sentence, words, lemmas }
    }

    pub fn len(&self) -> isize {
        self.words.len() as isize
    }

    pub fn token(&self, i: isize) -> Option<&'a Token> {
        usize::try_from(i).ok().and_then(|i| self.sentence.tokens.get(i))
    }

    pub fn word(&self, i: isize) -> u64 {
        self.of(&self.words, i)
    }

    pub fn lemma(&self, i: isize) -> u64 {
        self.of(&self.lemmas, i)
    }

    pub fn tag_key(&self, i: isize) -> u64 {
        match self.tag(i) {
            Some(tag) => hash::mix(tag as u64, 99),
            None if i < 0 => BEFORE,
            None => AFTER,
        }
    }

    pub fn tag(&self, i: isize) -> Option<Tag> {
        self.token(i).map(|token| token.tag)
    }

    pub fn tagged(&self, i: isize, tags: &[Tag]) -> bool {
        self.tag(i).is_some_and(|tag| tags.contains(&tag))
    }

    pub fn is(&self, i: isize, class: fn(Tag) -> bool) -> bool {
        self.tag(i).is_some_and(class)
    }

    /// Empty outside the sentence.
    pub fn lower(&self, i: isize) -> &'a str {
        self.token(i).map_or("", |token| &token.lower)
    }

    pub fn any(&self, i: isize, facts: Facts) -> bool {
        self.token(i).is_some_and(|token| token.facts.any(facts))
    }

    /// True where a word may be judged: not of another language, in quotation, nor a name inside the sentence.
    pub fn is_open(&self, i: isize) -> bool {
        self.token(i).is_some_and(|token| {
            token.kind == Kind::Word && !token.foreign && !(token.capitalised && i > 0)
        })
    }

    /// The last noun of the phrase that begins at `i`: adjectives, participles and nouns, perhaps after a determiner.
    pub fn head(&self, i: isize) -> Option<isize> {
        const LONGEST: isize = 9;
        let mut head = None;
        let mut at = i;
        while at < i + LONGEST {
            let tag = self.tag(at)?;
            match tag {
                Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps => {
                    head = Some(at);
                    // `Lan's`: the owner; the phrase goes on.
                    if self.lower(at).ends_with("'s") {
                        head = None;
                    }
                }
                Tag::Jj | Tag::Jjr | Tag::Jjs | Tag::Cd | Tag::Vbn | Tag::Vbg if head.is_none() => {}
                Tag::Rb | Tag::Rbr | Tag::Rbs if head.is_none() => {
                    let next = [Tag::Jj, Tag::Vbn, Tag::Rb, Tag::Cd, Tag::Jjr];
                    if !self.tagged(at + 1, &next) {
                        return None;
                    }
                }
                Tag::Dt | Tag::PrpPossessive | Tag::Pdt | Tag::WpPossessive if at == i => {}
                Tag::Prp | Tag::Ex if at == i => return Some(at),
                _ => return head,
            }
            at += 1;
            if at >= self.len() {
                return head;
            }
        }
        head
    }

    /// The nearest verb at or before `i`, at most six tokens back within the clause; -1 where there is none.
    pub fn last_verb(&self, i: isize) -> isize {
        for at in (i - 5..=i).rev() {
            if at < 0 || self.tagged(at, &[Tag::Stop, Tag::Colon]) {
                return -1;
            }
            if self.is(at, Tag::is_verb) {
                return at;
            }
        }
        -1
    }

    /// What makes the next verb's form: a modal, a form of be, have or do, a clitic; also let, make and help.
    pub fn auxiliary(&self, i: isize) -> Option<u64> {
        let token = self.token(i)?;
        match token.clitic() {
            Some(Clitic::Be) => return Some(hash::word("'re")),
            Some(Clitic::IsOrHas) => return Some(hash::word("'s")),
            Some(Clitic::Will) => return Some(hash::word("'ll")),
            Some(Clitic::Have) => return Some(hash::word("'ve")),
            Some(Clitic::WouldOrHad) => return Some(hash::word("'d")),
            None => {}
        }
        let causes = matches!(token.lower.as_str(), "let" | "make" | "made" | "makes" | "help" | "helps");
        (token.is_auxiliary() || causes).then(|| self.word(i))
    }

    /// How a subject's head asks for agreement, as a key.
    pub fn number(&self, i: isize) -> u64 {
        match self.tag(i) {
            Some(Tag::Nns | Tag::Nnps) => 2,
            Some(Tag::Nn | Tag::Nnp) => 1,
            Some(Tag::Prp) => hash::mix(4, hash::word(self.token(i).map_or("", Token::stem))),
            Some(Tag::Ex) => 5,
            Some(Tag::Wdt | Tag::Wp) => 6,
            Some(Tag::Dt) => hash::mix(7, self.word(i)),
            Some(Tag::Cd) => 8,
            Some(_) => 9,
            None => 3,
        }
    }

    fn of(&self, keys: &[u64], i: isize) -> u64 {
        match usize::try_from(i) {
            Ok(i) => keys.get(i).copied().unwrap_or(AFTER),
            Err(_) => BEFORE,
        }
    }
}

fn lemma(token: &Token, word: u64) -> u64 {
    match token.tag {
        tag if tag.is_verb() => hash::mix(hash::word(&token.lemma), 5),
        Tag::Nns => hash::word(&token.lemma),
        _ => word,
    }
}
