//! Clauses: where each begins, what opens it, and which verb is its predicate. Every token belongs to one clause, the
//! innermost; the clause around a relative clause goes on after it.

use crate::analysis::{
    noun_phrases::{NounPhrase, PhraseKind},
    tag::Tag,
    token::Token,
    verb_groups::{Form, VerbGroup},
    words,
};
use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClauseKind {
    Main,
    /// Joined to the one before by `and`, `but`, `so`, or by a comma alone.
    Coordinate,
    /// Opened by `because`, `if`, `that`, a question word, or by nothing: "I think he is right".
    Subordinate,
    /// Describes a noun: "who lives here", "I bought" in "the book I bought".
    Relative,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    pub kind: ClauseKind,
    /// First to last token; clauses inside it are inside its tokens.
    pub tokens: Range<usize>,
    /// The conjunction, relative pronoun or question word.
    pub opener: Option<usize>,
    /// Number of its predicate among the sentence's verb groups: a finite verb or an imperative; where there is none,
    /// the first participle after a subject ("They playing").
    pub verb: Option<usize>,
    /// The clause that this one is a part of, or is joined to.
    pub parent: Option<usize>,
    /// Number of the noun phrase that a relative clause describes.
    pub antecedent: Option<usize>,
    /// It has a second finite verb that nothing explains, so that its predicate may be another word.
    pub is_doubtful: bool,
}

/// The clauses of a sentence and the clause of each token.
#[derive(Debug, Clone, Default)]
pub(super) struct Clauses {
    pub all: Vec<Clause>,
    pub of_token: Vec<usize>,
}

/// Conjunctions that are nothing else.
const SUBORDINATORS: &str =
    "because although though unless whether if while whereas whenever wherever until till";
/// Prepositions that open a clause where a subject and its verb follow.
const ALSO_SUBORDINATORS: &str = "since before after as than like once so";
/// Tokens that are looked at for the subject and the verb of a clause to come.
const SIGHT: usize = 14;

pub(super) fn clauses(tokens: &[Token], phrases: &[NounPhrase], groups: &[VerbGroup]) -> Clauses {
    let mut scan = Scan::new(tokens, phrases, groups);
    for at in 0..tokens.len() {
        scan.step(at);
    }
    scan.without_predicate();
    Clauses { all: scan.all, of_token: scan.of_token }
}

struct Scan<'t> {
    tokens: &'t [Token],
    phrases: &'t [NounPhrase],
    groups: &'t [VerbGroup],
    /// The phrase a token is in; the group that begins or has a verb at a token.
    phrase_of: Vec<Option<usize>>,
    group_of: Vec<Option<usize>>,
    all: Vec<Clause>,
    of_token: Vec<usize>,
    open: Vec<usize>,
}

impl<'t> Scan<'t> {
    fn new(tokens: &'t [Token], phrases: &'t [NounPhrase], groups: &'t [VerbGroup]) -> Scan<'t> {
        let mut phrase_of = vec![None; tokens.len()];
        for (number, phrase) in phrases.iter().enumerate() {
            phrase.tokens.clone().for_each(|i| phrase_of[i] = Some(number));
        }
        let mut group_of = vec![None; tokens.len()];
        for (number, group) in groups.iter().enumerate() {
            group.verbs.iter().for_each(|i| group_of[*i] = Some(number));
        }
        let (all, open) = (Vec::new(), Vec::new());
        Scan {
            tokens,
            phrases,
            groups,
            phrase_of,
            group_of,
            all,
            of_token: vec![0; tokens.len()],
            open,
        }
    }

    fn step(&mut self, at: usize) {
        let tag = self.tokens[at].tag;
        if self.open.is_empty() {
            self.begin(at, ClauseKind::Main, None, None);
        }
        if matches!(tag, Tag::Stop | Tag::Colon | Tag::OpenBracket | Tag::CloseBracket) {
            self.give(at);
            if self.has_predicate() || tag == Tag::Stop {
                self.open.clear();
            }
            return;
        }
        if tag == Tag::Comma {
            self.give(at);
            self.after_comma(at);
            return;
        }
        if !self.open_at(at) {
            self.predicate_at(at);
        }
        self.give(at);
    }

    fn begin(
        &mut self,
        at: usize,
        kind: ClauseKind,
        opener: Option<usize>,
        antecedent: Option<usize>,
    ) {
        let parent = self.open.last().copied().or_else(|| {
            (kind != ClauseKind::Main).then(|| self.all.len().checked_sub(1)).flatten()
        });
        self.open.push(self.all.len());
        self.all.push(Clause {
            kind,
            tokens: at..at,
            opener,
            verb: None,
            parent,
            antecedent,
            is_doubtful: false,
        });
    }

    /// Token `at` belongs to the innermost open clause, and lies inside the open ones around it.
    fn give(&mut self, at: usize) {
        if let Some(top) = self.open.last() {
            self.of_token[at] = *top;
        }
        for clause in &self.open {
            self.all[*clause].tokens.end = at + 1;
        }
    }

    fn top(&self) -> Option<&Clause> {
        self.open.last().map(|top| &self.all[*top])
    }

    fn has_predicate(&self) -> bool {
        self.top().is_some_and(|clause| clause.verb.is_some())
    }

    /// Opens a clause that begins with token `at`, if one does.
    fn open_at(&mut self, at: usize) -> bool {
        let word = self.tokens[at].lower.as_str();
        let tag = self.tokens[at].tag;
        if let Some(antecedent) = self.relative_at(at) {
            self.begin(at, ClauseKind::Relative, Some(at), Some(antecedent));
            return !self.is_predicate_start(at);
        }
        let subordinator = words::among(SUBORDINATORS, word) && tag != Tag::Nn
            || words::among(ALSO_SUBORDINATORS, word)
                && self.clause_follows(at + 1)
                && !(word == "so" && self.has_predicate())
            || word == "that"
                && self.has_predicate()
                && self
                    .phrase_at(at)
                    .is_none_or(|p| p.kind == PhraseKind::Demonstrative || p.tokens.len() > 1)
                && self.clause_follows(at + 1)
            || matches!(tag, Tag::Wp | Tag::Wrb | Tag::Wdt) && self.asks_inside(at);
        if subordinator {
            // One that stands in front lies inside the main clause too, which gets its predicate later.
            self.begin(at, ClauseKind::Subordinate, Some(at), None);
            return true;
        }
        let joins = tag == Tag::Cc || matches!(word, "so" | "yet" | "then");
        if joins && self.has_predicate() {
            let next = self.after_adverbs(at + 1);
            let own_subject = self.clause_follows(at + 1);
            let shared = self.is_predicate_start(next) && tag == Tag::Cc;
            if own_subject || shared {
                self.join(at, own_subject);
                return true;
            }
        }
        false
    }

    /// A coordinate clause: beside the innermost clause where it shares the subject, beside the outermost otherwise.
    fn join(&mut self, at: usize, own_subject: bool) {
        let beside = if own_subject { self.open.first() } else { self.open.last() }.copied();
        if own_subject {
            self.open.truncate(1);
        }
        let level = self.open.pop();

        self.begin(at, ClauseKind::Coordinate, Some(at), None);
        if let (Some(beside), Some(new)) = (beside.or(level), self.all.last_mut()) {
            new.parent = Some(beside);
        }
    }

    /// After a comma a clause in front of its main clause is over, and so is a relative clause.
    fn after_comma(&mut self, at: usize) {
        let Some(top) = self.top() else { return };
        if top.verb.is_none() {
            // "Although the room small, the staff were friendly": the clause in front has lost its verb.
            let lost = top.kind == ClauseKind::Subordinate
                && top.opener == Some(top.tokens.start)
                && self.open.len() > 1
                && top.tokens.len() >= 4
                && top.opener.is_some_and(|opener| {
                    self.phrase_of.get(opener + 1).is_some_and(Option::is_some)
                });
            if lost && self.clause_follows(at + 1) {
                self.open.pop();
            }
            return;
        }
        let next = at + 1;
        let relative_next =
            self.tokens.get(next).is_some_and(|token| matches!(token.tag, Tag::Wp | Tag::Wdt));
        let coordinate_next = self.tokens.get(next).is_some_and(|token| token.tag == Tag::Cc);
        let nested = self.open.len() > 1;
        if nested
            && matches!(top.kind, ClauseKind::Relative | ClauseKind::Subordinate)
            && !coordinate_next
            && !relative_next
        {
            // "If it rains, we stay": the main clause has no predicate yet.
            while self.open.len() > 1 && self.has_predicate() {
                self.open.pop();
            }
            if !self.has_predicate() {
                return;
            }
        }
        // "He opened the box, looks inside, and begins to cry": the same subject does one thing after the other.
        let verb = self.after_adverbs(next);
        let list = self.is_predicate_start(verb)
            && self
                .top()
                .is_some_and(|top| matches!(top.kind, ClauseKind::Main | ClauseKind::Coordinate))
            && self.open.len() == 1
            && (verb + 1..(verb + SIGHT).min(self.tokens.len())).any(|i| {
                self.tokens[i].lower == "and"
                    && self.tokens[i - 1].tag == Tag::Comma
                    && self.is_predicate_start(self.after_adverbs(i + 1))
            });
        if list && self.has_predicate() {
            self.join(next, false);
            if let Some(new) = self.all.last_mut() {
                new.opener = None;
            }
            return;
        }
        if self.clause_follows(next) && self.has_predicate() {
            // A comma alone joins two clauses.
            self.open.truncate(1);
            let beside = self.open.pop();
            self.begin(next, ClauseKind::Coordinate, None, None);
            if let Some(new) = self.all.last_mut() {
                new.parent = beside;
            }
        }
    }

    /// A verb group whose first verb is `at` becomes the predicate of the innermost clause that lacks one.
    fn predicate_at(&mut self, at: usize) {
        if self.zero_clause_at(at) {
            self.begin_zero(at);
        }
        let Some(number) = self.group_of[at].filter(|number| self.groups[*number].verbs[0] == at)
        else {
            return;
        };
        if !matches!(self.groups[number].form, Form::Finite | Form::Imperative) {
            return;
        }
        while self.has_predicate() && self.open.len() > 1 {
            self.open.pop();
        }
        if let Some(top) = self.open.last().copied() {
            match self.all[top].verb {
                None => self.all[top].verb = Some(number),
                Some(_) => self.all[top].is_doubtful = true,
            }
        }
    }

    /// A subject that begins at `at` with its verb behind it, where the clause has a predicate already ("I think he is
    /// right") or its subject stands right before ("The book I bought").
    fn zero_clause_at(&self, at: usize) -> bool {
        let Some(phrase) = self.phrase_at(at).filter(|phrase| phrase.tokens.start == at) else {
            return false;
        };
        if !self.clause_follows(at) || self.group_of[at].is_some_and(|g| self.groups[g].inverted) {
            return false;
        }
        // "told me that the shop is closed": an object.
        if words::among("me him us them", &self.tokens[phrase.head].lower) {
            return false;
        }
        let before_is_noun =
            at > 0 && self.phrase_of[at - 1].is_some_and(|p| !self.phrases[p].is_pronoun());
        let nominative = words::is_subject_pronoun(self.tokens[phrase.head].stem());
        let inverted = self.groups.iter().any(|group| group.inverted && group.tokens.contains(&at));
        if inverted {
            return false;
        }
        if self.has_predicate() {
            // The object of the verb before, not the subject of the next: only what can be a subject opens a clause.
            let speaks = at > 0
                && self.group_of[at - 1].is_some()
                && words::takes_clause(&self.tokens[at - 1].lemma);
            // "The guy who hit you is": right after a verb these are its object.
            let either = matches!(self.tokens[phrase.head].stem(), "you" | "it");
            let object = either
                && (self.group_of[at - 1].is_some()
                    || matches!(self.tokens[at - 1].tag, Tag::In | Tag::To));
            // "told you that our teacher was": the verb of another subject.
            let own = !either || self.is_predicate_start(self.after_adverbs(phrase.tokens.end));
            return nominative && !object || speaks && own;
        }
        nominative && before_is_noun && self.second_verb_follows(at)
    }

    fn begin_zero(&mut self, at: usize) {
        let describes = at.checked_sub(1).and_then(|before| self.phrase_of[before]);
        match describes {
            Some(noun)
                if !self.has_predicate() || self.phrases[noun].kind == PhraseKind::Common =>
            {
                self.begin(at, ClauseKind::Relative, None, Some(noun));
            }
            _ => self.begin(at, ClauseKind::Subordinate, None, None),
        }
    }

    /// The noun phrase that a relative pronoun at `at` describes.
    fn relative_at(&self, at: usize) -> Option<usize> {
        let token = &self.tokens[at];
        let pronoun = match token.stem() {
            "who" | "whom" | "whose" | "which" => true,
            "that" => self.phrase_at(at).is_none_or(|phrase| phrase.tokens.len() == 1),
            "where" => true,
            _ => false,
        };
        let mut before = at.checked_sub(1)?;
        let comma = self.tokens[before].tag == Tag::Comma;
        if comma || self.tokens[before].tag == Tag::In && token.stem() == "which" {
            before = before.checked_sub(1)?;
        }
        if comma && token.stem() == "that" {
            return None;
        }
        let antecedent = self.phrase_of[before].filter(|_| pronoun)?;
        let next = self.after_adverbs(at + 1);
        let verb_next = self.is_predicate_start(next) || token.clitic().is_some();
        // "the fact that he left" and "the man that he saw" look alike: both say something about the noun.
        (verb_next || self.clause_follows(at + 1) || token.stem() == "whose")
            .then_some(antecedent)
            .filter(|noun| !self.phrases[*noun].is_pronoun() || token.stem() == "who")
    }

    /// A question word inside a sentence, or in front of a clause that is no question: "What he said".
    fn asks_inside(&self, at: usize) -> bool {
        let next = at + 1;
        if self.has_predicate() {
            return self.clause_follows(next) || self.is_predicate_start(next);
        }
        let inverted = (next..(next + 5).min(self.tokens.len()))
            .filter_map(|i| self.group_of[i].filter(|group| self.groups[*group].verbs[0] == i))
            .any(|group| self.groups[group].inverted);
        let in_front =
            at > 0 || self.tokens[at].lower.starts_with("when") || self.second_verb_follows(next);
        self.clause_follows(next) && !inverted && in_front
    }

    fn phrase_at(&self, at: usize) -> Option<&NounPhrase> {
        self.phrase_of.get(at).copied().flatten().map(|number| &self.phrases[number])
    }

    fn is_predicate_start(&self, at: usize) -> bool {
        let group = self.group_of.get(at).copied().flatten().map(|number| &self.groups[number]);
        group.is_some_and(|group| group.verbs[0] == at && group.form == Form::Finite)
    }

    fn after_adverbs(&self, from: usize) -> usize {
        let end = (from + 3).min(self.tokens.len());
        (from..end).find(|i| !self.tokens[*i].tag.is_adverb()).unwrap_or(end)
    }

    /// True where a subject and then its finite verb stand from token `from` on, with nothing but prepositions, other
    /// phrases and adverbs between.
    fn clause_follows(&self, from: usize) -> bool {
        let mut at = self.after_adverbs(from);
        if self.tokens.get(at).is_some_and(|token| token.tag == Tag::Ex) {
            return true;
        }
        let mut seen = false;
        let end = (from + SIGHT).min(self.tokens.len());
        while at < end {
            let token = &self.tokens[at];
            if token.clitic().is_some() || seen && self.is_predicate_start(at) {
                return true;
            }
            if let Some(phrase) = self.phrase_at(at) {
                // "likes to do things and he enjoys": the pronoun's own `and` joins the clauses.
                let pronoun =
                    matches!(self.tokens[phrase.head].stem(), "he" | "she" | "it" | "we" | "they");
                let pronoun = pronoun || words::is_indefinite(&self.tokens[phrase.head].lower);
                if seen && pronoun && self.tokens[at - 1].tag == Tag::Cc {
                    return false;
                }
                // Two phrases side by side are object and subject of different verbs, times apart.
                at = phrase.tokens.end;
                seen = true;
                continue;
            }
            // "my best friend since we were in school": a clause of its own.
            let own = words::among(ALSO_SUBORDINATORS, &token.lower)
                && self.tokens.get(at + 1).is_some_and(|next| words::is_nominative(&next.lower));
            if own {
                return false;
            }
            let passes = token.tag.is_adverb()
                || seen && (matches!(token.tag, Tag::In | Tag::Cc) || token.lower == "to");
            if !passes {
                return false;
            }
            at += 1;
        }
        false
    }

    fn second_verb_follows(&self, from: usize) -> bool {
        let end = (from + SIGHT).min(self.tokens.len());
        let stops =
            |token: &Token| matches!(token.tag, Tag::Stop | Tag::Colon | Tag::Comma | Tag::Cc);
        let mut verbs = 0;
        for at in from..end {
            if stops(&self.tokens[at]) {
                break;
            }
            verbs += usize::from(self.is_predicate_start(at));
        }
        verbs >= 2
    }

    /// Clauses without a finite verb get the participle after their subject.
    fn without_predicate(&mut self) {
        for number in 0..self.all.len() {
            if self.all[number].verb.is_some() {
                continue;
            }
            let own = |group: &VerbGroup| {
                let first = group.verbs[0];
                self.of_token[first] == number
                    && matches!(group.form, Form::Ing | Form::Participle)
                    && first.checked_sub(1).is_some_and(|before| {
                        let before =
                            self.tokens[..=before].iter().rposition(|token| !token.tag.is_adverb());
                        before.is_some_and(|before| self.phrase_of[before].is_some())
                    })
            };
            let verb = self.groups.iter().position(own);
            self.all[number].verb = verb;
        }
    }
}

#[cfg(test)]
mod tests;
