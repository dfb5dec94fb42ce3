//! Verb groups: a main verb with its auxiliaries, negation and `to`. Wrong forms do not break a group: "didn't went",
//! "can goes" and "has went" are one group each, so that rules can judge the forms.

use crate::analysis::{
    noun_phrases::{NounPhrase, PhraseKind},
    tag::Tag,
    token::{Clitic, Token},
    words,
};
use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    Past,
    Present,
    /// `will`, `shall`.
    Future,
    /// Another modal, which says no time by itself: `can`, `would`.
    Modal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    Simple,
    Progressive,
    Perfect,
    PerfectProgressive,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    Active,
    Passive,
}

/// What the group can be in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Finite,
    /// A plain verb where a sentence or clause begins: "Close the door".
    Imperative,
    /// `to go`.
    ToInfinitive,
    /// "made me go".
    BareInfinitive,
    /// `going` without a form of be.
    Ing,
    /// `gone` without an auxiliary.
    Participle,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerbGroup {
    /// First to last word of the group; adverbs, and the subject of a question, lie inside.
    pub tokens: Range<usize>,
    /// Auxiliaries and the main verb in order, never empty; a contraction such as `I'm` stands for its verb.
    pub verbs: Vec<usize>,
    pub form: Form,
    pub aspect: Aspect,
    pub voice: Voice,
    /// The `to` of an infinitive.
    pub to: Option<usize>,
    /// `not`, `never` or the contraction with `n't`.
    pub negation: Option<usize>,
    /// The subject stands between the first verb and the second: "Does she go".
    pub inverted: bool,
    pub(super) tense: Option<Tense>,
    pub(super) modal: bool,
}

impl VerbGroup {
    /// The verb that carries the meaning; the auxiliary itself where it stands alone.
    pub fn main(&self) -> usize {
        self.verbs.last().copied().unwrap_or(self.tokens.start)
    }

    /// The verb that carries tense and agrees with the subject; none in infinitives and participles.
    pub fn finite(&self) -> Option<usize> {
        self.is_finite().then(|| self.verbs.first().copied()).flatten()
    }

    /// None for infinitives, participles and imperatives.
    pub fn tense(&self) -> Option<Tense> {
        self.tense
    }

    /// `can`, `will`, `'ll`, `'d`.
    pub fn modal(&self) -> Option<usize> {
        self.modal.then(|| self.verbs.first().copied()).flatten()
    }

    pub fn is_finite(&self) -> bool {
        self.form == Form::Finite
    }

    pub fn is_negated(&self) -> bool {
        self.negation.is_some()
    }

    pub fn is_perfect(&self) -> bool {
        matches!(self.aspect, Aspect::Perfect | Aspect::PerfectProgressive)
    }

    pub fn is_passive(&self) -> bool {
        self.voice == Voice::Passive
    }

    /// The verbs before the main one.
    pub fn auxiliaries(&self) -> &[usize] {
        self.verbs.split_last().map_or(&[], |(_, before)| before)
    }

    /// One verb alone, which is the main verb and carries the tense: "She goes".
    pub fn is_simple(&self) -> bool {
        self.verbs.len() == 1
    }
}

/// Adverbs that may stand between two verbs of one group.
const MOST_ADVERBS: usize = 3;

/// All verb groups of a tagged sentence, in order. Cost is linear.
pub(super) fn verb_groups(tokens: &[Token], phrases: &[NounPhrase]) -> Vec<VerbGroup> {
    let mut inside = vec![None; tokens.len()];
    for (number, phrase) in phrases.iter().enumerate() {
        phrase.tokens.clone().for_each(|i| inside[i] = Some(number));
    }
    let scan = Scan { tokens, phrases, inside };
    let mut found: Vec<VerbGroup> = Vec::new();
    let mut taken = vec![false; tokens.len()];
    for at in 0..tokens.len() {
        if taken[at] {
            continue;
        }
        if let Some(group) = scan.group_at(at, found.last()) {
            group.verbs.iter().chain(&group.to).for_each(|i| taken[*i] = true);
            found.push(group);
        }
    }
    found
}

struct Scan<'t> {
    tokens: &'t [Token],
    phrases: &'t [NounPhrase],
    /// The phrase that a token belongs to.
    inside: Vec<Option<usize>>,
}

impl Scan<'_> {
    fn group_at(&self, at: usize, last: Option<&VerbGroup>) -> Option<VerbGroup> {
        let token = &self.tokens[at];
        if token.tag == Tag::To {
            let verb = self.after_adverbs(at + 1);
            let plain = self
                .tokens
                .get(verb)
                .is_some_and(|next| next.tag.is_verbal() && self.inside[verb].is_none());
            return plain.then(|| self.grow(at, verb, Some(at), last));
        }
        let glued = token.clitic().is_some();
        let free = self.inside[at].is_none() && token.tag.is_verbal();
        (free || glued).then(|| self.grow(at, at, None, last))
    }

    fn grow(
        &self,
        start: usize,
        first: usize,
        to: Option<usize>,
        last: Option<&VerbGroup>,
    ) -> VerbGroup {
        let mut verbs = vec![first];
        let mut inverted = false;
        while let Some(next) = self.next_verb(&verbs) {
            verbs.push(next);
        }
        if verbs.len() == 1
            && to.is_none()
            && self.tokens[first].is_auxiliary()
            && let Some(subject) = self.inverted_subject(first)
        {
            inverted = true;
            let verb = self.after_adverbs(subject.tokens.end);
            let negated = self.tokens.get(verb).is_some_and(|token| token.lower == "not");
            let verb = if negated { self.after_adverbs(verb + 1) } else { verb };
            if self.continues(first, verb) {
                verbs.push(verb);
                while let Some(next) = self.next_verb(&verbs) {
                    verbs.push(next);
                }
            }
        }
        let end = verbs.last().copied().unwrap_or(first) + 1;
        let end = if inverted && verbs.len() == 1 { first + 1 } else { end };
        let negation = (start..end).find(|i| self.tokens[*i].is_negation()).or_else(|| {
            // "is not", "goes never": the negation after a verb that stands alone.
            (self.tokens[verbs[0]].is_auxiliary()
                && self.tokens.get(end).is_some_and(Token::is_negation))
            .then_some(end)
        });
        let negation = negation.or_else(|| {
            start.checked_sub(1).filter(|before| {
                self.tokens[*before].lower == "not" || self.tokens[*before].lower == "never"
            })
        });
        let form = self.form(&verbs, to, last);
        let (aspect, voice) = self.aspect_and_voice(&verbs);
        let (tense, modal) = self.tense(first, form, &verbs);
        VerbGroup {
            tokens: start..end,
            verbs,
            form,
            aspect,
            voice,
            to,
            negation,
            inverted,
            tense,
            modal,
        }
    }

    /// The verb that goes on the group after its last one, adverbs apart.
    fn next_verb(&self, verbs: &[usize]) -> Option<usize> {
        let last = *verbs.last()?;
        let next = self.after_adverbs(last + 1);
        self.continues(last, next).then_some(next)
    }

    /// Whether the verb `next` can belong to the auxiliary `auxiliary`.
    fn continues(&self, auxiliary: usize, next: usize) -> bool {
        let Some(token) = self.tokens.get(next) else { return false };
        if self.inside[next].is_some() || !token.tag.is_verb() || token.clitic().is_some() {
            return false;
        }
        let adjacent = next == auxiliary + 1;
        let before = &self.tokens[auxiliary];
        match before.clitic() {
            Some(Clitic::Will | Clitic::WouldOrHad) => return true,
            Some(Clitic::Have) => return token.tag != Tag::Vbg,
            Some(Clitic::Be | Clitic::IsOrHas) => {
                return matches!(token.tag, Tag::Vbg | Tag::Vbn | Tag::Vbd)
                    || adjacent && token.tag != Tag::Vbz;
            }
            None => {}
        }
        if before.tag == Tag::Md || before.lower == "let's" {
            return true;
        }
        match before.lemma.as_str() {
            "be" => {
                matches!(token.tag, Tag::Vbg | Tag::Vbn | Tag::Vbd)
                    || adjacent && matches!(token.tag, Tag::Vb | Tag::Vbp) && token.lemma != "be"
            }
            "have" => {
                matches!(token.tag, Tag::Vbn | Tag::Vbd)
                    || adjacent && matches!(token.tag, Tag::Vb | Tag::Vbp) && token.lemma != "have"
            }
            "do" => {
                matches!(token.tag, Tag::Vb | Tag::Vbp)
                    || (before.is_negation()
                        || next > auxiliary + 1
                        || self.tokens.get(auxiliary + 1).is_some_and(Token::is_negation))
                        && matches!(token.tag, Tag::Vbd | Tag::Vbz | Tag::Vbn)
            }
            _ => false,
        }
    }

    /// The subject after an auxiliary that opens a question or follows a fronted negative: "Do you", "Never has she".
    fn inverted_subject(&self, auxiliary: usize) -> Option<&NounPhrase> {
        let not =
            usize::from(self.tokens.get(auxiliary + 1).is_some_and(|token| token.lower == "not"));
        let phrase = &self.phrases[(*self.inside.get(auxiliary + 1 + not)?)?];
        let begins = phrase.tokens.start == auxiliary + 1 + not;
        let nominative = words::is_subject_pronoun(&self.tokens[phrase.head].lower);
        let pronoun = phrase.kind == PhraseKind::Pronoun;
        if !begins || pronoun && !nominative {
            return None;
        }
        let auxiliary_token = &self.tokens[auxiliary];
        let opens =
            is_clause_opening(self.tokens, auxiliary) || self.question_word_before(auxiliary);
        // "What is love", "Who are these people": the noun after be may be its complement; the verb agrees with it.
        let be = auxiliary_token.lemma == "be";
        let verb = self.after_adverbs(phrase.tokens.end);
        let goes_on = self.continues(auxiliary, verb);
        let asks = words::is_nominative(&self.tokens[phrase.head].lower)
            || goes_on
            || (be || nominative || auxiliary_token.tag == Tag::Md)
                && (auxiliary == 0 || self.question_word_before(auxiliary));
        (opens && asks).then_some(phrase)
    }

    /// `where`, `what colour`, `how many books`, `never` right before.
    fn question_word_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let from = self.inside[before].map_or(before, |phrase| self.phrases[phrase].tokens.start);
        let noun_between =
            self.inside[before].is_some_and(|phrase| !self.phrases[phrase].is_pronoun());
        let asks = |i: usize| {
            matches!(self.tokens[i].tag, Tag::Wrb | Tag::Wp | Tag::Wdt | Tag::WpPossessive)
                && self.tokens[i].lower != "that"
                // "your idea, which is": a relative pronoun asks nothing.
                && !(self.tokens[i].lower == "which" && i > 0 && !self.tokens[i - 1].tag.is_verb() && self.tokens[i - 1].tag != Tag::Cc)
        };
        let degree = before > 0
            && self.tokens[before - 1].lower == "how"
            && (self.tokens[before].tag.is_adjective() || self.tokens[before].tag.is_adverb());
        let negative = matches!(
            self.tokens[before].lower.as_str(),
            "never" | "nor" | "neither" | "so" | "rarely" | "seldom" | "hardly" | "only"
        );
        asks(before)
            || degree
            || noun_between && from.checked_sub(1).is_some_and(asks)
            || negative && is_clause_opening(self.tokens, before)
    }

    fn after_adverbs(&self, from: usize) -> usize {
        let end = (from + MOST_ADVERBS).min(self.tokens.len());
        (from..end).find(|i| !self.tokens[*i].tag.is_adverb()).unwrap_or(end)
    }

    fn form(&self, verbs: &[usize], to: Option<usize>, last: Option<&VerbGroup>) -> Form {
        let first = verbs[0];
        let token = &self.tokens[first];
        if to.is_some() {
            return Form::ToInfinitive;
        }
        if token.clitic().is_some() {
            return Form::Finite;
        }
        match token.tag {
            Tag::Vbg => Form::Ing,
            Tag::Vbn => Form::Participle,
            Tag::Vb | Tag::Vbp if self.has_causer(first, last) => Form::BareInfinitive,
            Tag::Vb | Tag::Vbp if self.is_joined_to(first, last) => Form::BareInfinitive,
            Tag::Vb if is_clause_opening(self.tokens, first) => Form::Imperative,
            _ => Form::Finite,
        }
    }

    /// "made me go", "let it be", "help everyone learn": the phrase before is the object of such a verb.
    fn has_causer(&self, verb: usize, last: Option<&VerbGroup>) -> bool {
        let Some(last) = last else { return false };
        let Some(phrase) = verb.checked_sub(1).and_then(|before| self.inside[before]) else {
            return false;
        };
        let causes = matches!(
            self.tokens[last.main()].lemma.as_str(),
            "make" | "let" | "help" | "see" | "hear" | "watch" | "feel" | "have" | "let's"
        );
        let nominative = words::is_nominative(&self.tokens[self.phrases[phrase].head].lower);
        causes && self.phrases[phrase].tokens.start == last.tokens.end && !nominative
    }

    /// "will live or die", "to make and record": a plain verb after a conjunction that shares modal or `to`.
    fn is_joined_to(&self, verb: usize, last: Option<&VerbGroup>) -> bool {
        let conjunction =
            (0..verb).rev().take(MOST_ADVERBS).find(|i| !self.tokens[*i].tag.is_adverb());
        let joined = conjunction
            .is_some_and(|i| matches!(self.tokens[i].lower.as_str(), "and" | "or" | "but" | "nor"));
        joined
            && last.is_some_and(|last| {
                let supported = last.verbs.len() > 1 && self.tokens[last.verbs[0]].lemma == "do";
                !matches!(last.form, Form::Finite | Form::Ing | Form::Participle)
                    || last.modal
                    || supported
            })
    }

    fn aspect_and_voice(&self, verbs: &[usize]) -> (Aspect, Voice) {
        let (mut perfect, mut progressive, mut passive) = (false, false, false);
        for pair in verbs.windows(2) {
            let (before, token) = (&self.tokens[pair[0]], &self.tokens[pair[1]]);
            let be = before.lemma == "be" && before.clitic().is_none()
                || before.clitic() == Some(Clitic::Be);
            let have = before.lemma == "have" || before.clitic() == Some(Clitic::Have);
            let either = before.clitic() == Some(Clitic::IsOrHas);
            let participle = matches!(token.tag, Tag::Vbn | Tag::Vbd);
            progressive |= (be || either) && token.tag == Tag::Vbg;
            passive |= be && participle;
            perfect |= have || either && participle;
        }
        let aspect = match (perfect, progressive) {
            (false, false) => Aspect::Simple,
            (false, true) => Aspect::Progressive,
            (true, false) => Aspect::Perfect,
            (true, true) => Aspect::PerfectProgressive,
        };
        (aspect, if passive { Voice::Passive } else { Voice::Active })
    }

    fn tense(&self, first: usize, form: Form, verbs: &[usize]) -> (Option<Tense>, bool) {
        let token = &self.tokens[first];
        match token.clitic() {
            Some(Clitic::Will) => return (Some(Tense::Future), true),
            Some(Clitic::WouldOrHad) => {
                let had = verbs.get(1).is_some_and(|next| self.tokens[*next].tag == Tag::Vbn);
                return if had { (Some(Tense::Past), false) } else { (Some(Tense::Modal), true) };
            }
            Some(_) => return (Some(Tense::Present), false),
            None => {}
        }
        let modal = token.tag == Tag::Md;
        let tense = match token.tag {
            Tag::Md if matches!(token.stem(), "will" | "shall") => Tense::Future,
            Tag::Md => Tense::Modal,
            Tag::Vbd => Tense::Past,
            _ => Tense::Present,
        };
        ((form == Form::Finite).then_some(tense), modal)
    }
}

/// True where nothing of a clause stands before token `at`, adverbs apart: at the start, after a mark or a conjunction.
pub(super) fn is_clause_opening(tokens: &[Token], at: usize) -> bool {
    let before = tokens[..at].iter().rev().take(MOST_ADVERBS).find(|token| !token.tag.is_adverb());
    match before {
        Some(token) => token.tag.is_mark() || token.tag == Tag::Cc || token.lower == "please",
        None => at <= MOST_ADVERBS,
    }
}

#[cfg(test)]
mod tests;
