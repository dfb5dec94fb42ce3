//! Learners' errors put into correct sentences, with what was there before.

use crate::random::Random;
use lexilingo_language::{
    analysis::{Sentence, Tag, Token, facts::Facts, tokenise::Kind},
    confusions::{BE_FORMS, PREPOSITIONS, sets, view::View},
    confusions::base,
    rules::rule::match_case,
};

/// Share of the sentences that stay as they are.
pub const CLEAN: f32 = 0.25;

/// What became of one token of the corrupted sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gold {
    pub change: Change,
    /// Words that are missing before it.
    pub article: u8,
    pub preposition: u8,
    pub comma: bool,
    pub be: bool,
    pub to: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub enum Change {
    #[default]
    None,
    /// It was not there.
    Inserted,
    /// It was this word, in lower case.
    Replaced(String),
}

/// The sentence with errors, as text, and one `Gold` a token.
pub fn corrupt(sentence: &Sentence, random: &mut Random) -> (String, Vec<Gold>) {
    let mut out = Output { sentence, text: String::new(), golds: Vec::new(), pending: Gold::default() };
    let view = View::new(sentence);
    for i in 0..sentence.tokens.len() {
        let token = &sentence.tokens[i];
        let chance = random.share();
        if drops(&view, i, token, chance, &mut out.pending) {
            continue;
        }
        if let Some(word) = inserted(&view, i, token, random) {
            out.push_inserted(i, word);
        }
        match replaced(&view, i, token, chance, random) {
            Some(word) if word != token.lower => out.push(i, &word, Change::Replaced(token.lower.clone())),
            _ => out.push(i, sentence.original(i..i + 1), Change::None),
        }
    }
    (out.text, out.golds)
}

struct Output<'s> {
    sentence: &'s Sentence<'s>,
    text: String,
    golds: Vec<Gold>,
    pending: Gold,
}

impl Output<'_> {
    fn push(&mut self, i: usize, word: &str, change: Change) {
        let own = self.sentence.original(i..i + 1);
        let word = if change == Change::None { word.to_owned() } else { match_case(own, word) };
        let capital = self.golds.is_empty() && self.sentence.is_capitalised(0);
        self.space(i);
        self.text.push_str(&if capital { capitalised(&word) } else { word });
        self.golds.push(Gold { change, ..std::mem::take(&mut self.pending) });
    }

    fn push_inserted(&mut self, i: usize, word: &str) {
        self.space(i);
        self.text.push_str(word);
        self.text.push(' ');
        self.golds.push(Gold { change: Change::Inserted, ..std::mem::take(&mut self.pending) });
    }

    /// The space before token `i`, where one stood.
    fn space(&mut self, i: usize) {
        let spaced = i == 0 || {
            let tokens = &self.sentence.tokens;
            tokens[i].span.start > tokens[i - 1].span.end
        };
        if spaced && !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn is_article(word: &str) -> u8 {
    match word {
        "a" | "an" => 1,
        "the" => 2,
        _ => 0,
    }
}

fn preposition(word: &str) -> u8 {
    PREPOSITIONS.iter().position(|p| *p == word).map_or(0, |place| place as u8 + 1)
}

fn is_infinitive_mark(view: &View, i: usize) -> bool {
    view.lower(i as isize) == "to" && view.tagged(i as isize + 1, &[Tag::Vb])
}

/// True where the token is left out; `pending` says what is missing before the next.
fn drops(view: &View, i: usize, token: &Token, chance: f32, pending: &mut Gold) -> bool {
    let word = token.lower.as_str();
    let inside = i > 0 && i + 1 < view.sentence.tokens.len();
    let limit = match () {
        () if is_article(word) > 0 && token.tag == Tag::Dt => 0.12,
        () if word == "," && inside => 0.25,
        () if inside && BE_FORMS[..5].contains(&word) && token.tag.is_verb() => 0.03,
        () if inside && is_infinitive_mark(view, i) => 0.05,
        () if inside && preposition(word) > 0 && matches!(token.tag, Tag::In | Tag::To) => 0.03,
        () => return false,
    };
    if chance >= limit || i + 1 >= view.sentence.tokens.len() || *pending != Gold::default() {
        return false;
    }
    match () {
        () if is_article(word) > 0 => pending.article = is_article(word),
        () if word == "," => pending.comma = true,
        () if BE_FORMS.contains(&word) => pending.be = true,
        () if is_infinitive_mark(view, i) => pending.to = true,
        () => pending.preposition = preposition(word),
    }
    true
}

/// A word too many before token `i`.
fn inserted(view: &View, i: usize, token: &Token, random: &mut Random) -> Option<&'static str> {
    let before = i as isize - 1;
    let chance = random.share();
    let noun = token.tag.is_common_noun() && !token.capitalised;
    let governs = view.tagged(before, &[Tag::In, Tag::Vb, Tag::Vbp, Tag::Vbz, Tag::Vbd, Tag::Cc]);
    if noun && governs && chance < 0.04 {
        return Some("the");
    }
    let object = matches!(token.tag, Tag::Dt | Tag::PrpPossessive | Tag::Prp);
    let full = view.is(before, Tag::is_verb) && !view.token(before).is_some_and(Token::is_auxiliary);
    if object && full && chance < 0.02 {
        return Some(["in", "on", "to", "for", "with", "about", "of"][random.below(7)]);
    }
    let subject = view.tagged(before, &[Tag::Prp]) && view.token(before).is_some_and(|t| t.clitic().is_none());
    if subject && matches!(token.tag, Tag::Vbp | Tag::Vbz | Tag::Vbd) && !token.is_auxiliary() && chance < 0.02 {
        let third = matches!(view.lower(before), "he" | "she" | "it");
        let first = view.lower(before) == "i";
        return Some(if third { "is" } else if first { "am" } else { "are" });
    }
    None
}

/// Another form or word in the place of token `i`.
fn replaced(view: &View, i: usize, token: &Token, chance: f32, random: &mut Random) -> Option<String> {
    if token.kind != Kind::Word || token.foreign || token.capitalised && i > 0 && token.lower != "i" {
        return None;
    }
    let word = token.lower.as_str();
    let lexicon = view.sentence.lexicon;
    let article = is_article(word);
    if article > 0 && token.tag == Tag::Dt {
        let other = if article == 1 { "the" } else { "a" };
        return (chance < 0.16).then(|| other.to_owned());
    }
    if preposition(word) > 0 && matches!(token.tag, Tag::In | Tag::To) && !is_infinitive_mark(view, i) {
        let other = PREPOSITIONS[[0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9][random.below(11)]];
        return (chance < 0.08).then(|| other.to_owned());
    }
    if token.tag == Tag::Nns && chance < 0.09 {
        return Some(token.lemma.clone());
    }
    if token.tag == Tag::Nn && chance < 0.025 {
        return lexicon.plural(word);
    }
    if token.tag.is_verb() && !word.contains('\'') {
        if BE_FORMS.contains(&word) {
            let other = BE_FORMS[[1, 1, 2, 2, 3, 4, 5][random.below(7)]];
            return (chance < 0.08).then(|| other.to_owned());
        }
        let base = base(view, token);
        if chance < 0.08 {
            return verb_form(view, &base, random);
        }
    }
    if chance > 0.93 {
        let places = sets::with(word);
        if !places.is_empty() {
            let (set, _) = random.pick(places);
            return Some((*random.pick(&sets::SETS[*set])).to_owned());
        }
    }
    None
}

fn verb_form(view: &View, base: &str, random: &mut Random) -> Option<String> {
    let lexicon = view.sentence.lexicon;
    if !lexicon.facts(base).has(Facts::BASE) {
        return None;
    }
    match random.below(8) {
        0..=2 => Some(base.to_owned()),
        3 | 4 => Some(lexicon.third(base)),
        5 => lexicon.ing(base),
        6 => lexicon.past(base),
        _ => lexicon.irregular_participle(base).map(str::to_owned).or_else(|| lexicon.past(base)),
    }
}
