//! The subject of each clause's verb, at any distance, and what form of the verb it asks for.

use crate::analysis::{
    clauses::{Clause, ClauseKind, Clauses},
    facts::Facts,
    noun_phrases::{Definiteness, NounPhrase, Number, PhraseKind},
    person::{self, Person, pronoun_person},
    tag::Tag,
    token::Token,
    verb_groups::{Form, VerbGroup},
    words,
};
use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubjectKind {
    Pronoun,
    /// `my sister`, `one of the boys`, `everyone`.
    Phrase,
    /// `Hoa and Lan`.
    Compound,
    /// The noun before a relative pronoun.
    Antecedent,
    /// What follows `there is`.
    Existential,
    /// `Swimming`, `to learn`, `what he said`: a clause or a verb.
    Clausal,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub kind: SubjectKind,
    pub person: Person,
    /// All of it, as far as it stands together: `the boys in the room`.
    pub tokens: Range<usize>,
    /// The word that decides: `boys`.
    pub head: usize,
    /// Number of its noun phrase.
    pub phrase: Option<usize>,
    /// Everything between the clause's beginning and the verb is understood: no word is left over that could be the
    /// true subject. Rules that change agreement ask for this.
    pub is_certain: bool,
}

impl Subject {
    pub fn is_pronoun(&self) -> bool {
        self.kind == SubjectKind::Pronoun
    }
}

pub(super) struct Finder<'t> {
    pub tokens: &'t [Token],
    pub phrases: &'t [NounPhrase],
    pub groups: &'t [VerbGroup],
    pub clauses: &'t Clauses,
    /// The phrase that each token is in.
    pub phrase_of: &'t [Option<usize>],
    /// Tokens of time expressions, which are no subjects beside another phrase.
    pub timed: &'t [bool],
}

/// Most phrases that one subject is put together from.
const LONGEST_CHAIN: usize = 8;

impl Finder<'_> {
    /// The subject of each clause, in the order of the clauses.
    pub(super) fn all(&self) -> Vec<Option<Subject>> {
        let mut found: Vec<Option<Subject>> = Vec::with_capacity(self.clauses.all.len());
        for (number, clause) in self.clauses.all.iter().enumerate() {
            let own =
                clause.verb.and_then(|verb| self.of_clause(number, clause, &self.groups[verb]));
            // "She sings and dances": the subject of the clause it is joined to.
            let shared = || {
                let joined = clause.kind == ClauseKind::Coordinate
                    && clause.verb.is_some()
                    && clause.opener.is_some_and(|opener| self.tokens[opener].lower != "but");
                let parent = clause.parent.filter(|parent| joined && *parent < number)?;
                let subject = found.get(parent).cloned().flatten()?;
                let first = self.clauses.all.get(parent)?.verb.map(|verb| &self.groups[verb])?;
                let alone = first.is_simple()
                    && clause.verb
                        == self.groups.iter().position(|group| group == first).map(|n| n + 1);
                let alone = alone && self.clauses.all[parent].kind != ClauseKind::Relative;
                Some(Subject { is_certain: subject.is_certain && alone, ..subject })
            };
            let verb = clause.verb.and_then(|verb| self.groups[verb].verbs.first().copied());
            let subject = own.or_else(shared).map(|subject| {
                // A pronoun's verb, and a form of be, cannot well be another word.
                let plain = subject.is_pronoun()
                    || verb.is_some_and(|verb| self.tokens[verb].is_auxiliary());
                Subject {
                    is_certain: subject.is_certain && (plain || !clause.is_doubtful),
                    ..subject
                }
            });
            found.push(subject);
        }
        found
    }

    fn of_clause(&self, number: usize, clause: &Clause, group: &VerbGroup) -> Option<Subject> {
        if group.form == Form::Imperative {
            return None;
        }
        let first = group.verbs.first().copied()?;
        if self.tokens[first].clitic().is_some() {
            return self.glued(first);
        }
        if group.inverted {
            let phrase = (first + 1..group.tokens.end.max(first + 3))
                .find_map(|i| self.phrase_of.get(i).copied().flatten())?;
            let end = group.verbs.get(1).copied().unwrap_or(self.tokens.len());
            return self.after(phrase, end);
        }
        let before = self.before_adverbs(group.tokens.start, clause.tokens.start)?;
        if self.tokens[before].tag == Tag::Ex {
            let phrase = (group.tokens.end..self.tokens.len()).find_map(|i| self.phrase_of[i])?;
            return self
                .after(phrase, self.tokens.len())
                .map(|s| Subject { kind: SubjectKind::Existential, ..s });
        }
        let relative = clause.kind == ClauseKind::Relative && clause.opener == Some(before);
        if relative {
            return self.antecedent(clause, before);
        }
        // "Who knows", "What makes you happy".
        if matches!(self.tokens[before].tag, Tag::Wp | Tag::Wdt) {
            return Some(Subject {
                kind: SubjectKind::Pronoun,
                person: Person::Third,
                tokens: before..before + 1,
                head: before,
                phrase: None,
                is_certain: false,
            });
        }
        self.left_of(number, clause, before)
    }

    fn glued(&self, at: usize) -> Option<Subject> {
        let person = pronoun_person(self.tokens[at].stem())?;
        let phrase = self.phrase_of[at];
        Some(Subject {
            kind: SubjectKind::Pronoun,
            person,
            tokens: at..at + 1,
            head: at,
            phrase,
            is_certain: true,
        })
    }

    /// The phrase after an auxiliary or `there is`.
    fn after(&self, phrase: usize, end: usize) -> Option<Subject> {
        let noun = &self.phrases[phrase];
        let last = noun.tokens.end;
        let joined = last < end
            && self.tokens.get(last).is_some_and(|t| t.lower == "and")
            && self.phrase_of.get(last + 1).copied().flatten().is_some();
        let of = self
            .tokens
            .get(last)
            .filter(|t| t.lower == "of")
            .and_then(|_| self.phrase_of.get(last + 1).copied().flatten());
        let person = if joined { Person::Plural } else { self.person_of(phrase, of)? };
        let kind = kind_of(noun, joined);
        Some(Subject {
            kind,
            person,
            tokens: noun.tokens.clone(),
            head: noun.head,
            phrase: Some(phrase),
            is_certain: !joined,
        })
    }

    fn antecedent(&self, clause: &Clause, who: usize) -> Option<Subject> {
        let phrase = clause.antecedent?;
        let noun = &self.phrases[phrase];
        // "one of the boys who goes": speakers differ; "the price of the books that": either noun.
        let attached = noun
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|i| matches!(self.tokens[i].tag, Tag::In | Tag::Cc));
        let person = self.person_of(phrase, None)?;
        Some(Subject {
            kind: SubjectKind::Antecedent,
            person,
            tokens: noun.tokens.start..who + 1,
            head: noun.head,
            phrase: Some(phrase),
            is_certain: !attached && (noun.definiteness != Definiteness::Bare || noun.is_plural()),
        })
    }

    /// The subject that ends at token `last`, left of its verb.
    fn left_of(&self, number: usize, clause: &Clause, last: usize) -> Option<Subject> {
        let mut last = last;
        // A relative clause or an insertion between subject and verb: "The man who lives here, my uncle, is".
        let mut parenthesis = false;
        for _ in 0..LONGEST_CHAIN {
            let inner = self.clauses.of_token[last];
            let comma = self.tokens[last].tag == Tag::Comma;
            if inner != number && self.clauses.all[inner].tokens.start > clause.tokens.start {
                let start = self.clauses.all[inner].tokens.start;
                if self.clauses.all[inner].kind != ClauseKind::Relative {
                    return None;
                }
                last = start.checked_sub(1)?;
                parenthesis = true;
            } else if comma && parenthesis {
                last = last.checked_sub(1)?;
            } else {
                break;
            }
        }
        let inner = self.clauses.of_token[last];
        if inner != number
            && self.clauses.all[inner].tokens.start == clause.tokens.start
            && self.clauses.all[inner].kind == ClauseKind::Subordinate
            && self.tokens[last].tag != Tag::Comma
        {
            // "What he said surprised me".
            let start = clause.tokens.start;
            return Some(Subject {
                kind: SubjectKind::Clausal,
                person: Person::Third,
                tokens: start..last + 1,
                head: start,
                phrase: None,
                is_certain: false,
            });
        }
        let mut phrase = self.phrase_of[last]?;
        if last + 1 != self.phrases[phrase].tokens.end
            || self.phrases[phrase].tokens.start < clause.tokens.start
        {
            return None;
        }
        let mut of = None;
        let mut compound = false;
        let mut alternative = false;
        for _ in 0..LONGEST_CHAIN {
            let start = self.phrases[phrase].tokens.start;
            let before = self.before_adverbs(start, clause.tokens.start);
            let Some(before) = before.filter(|before| clause.opener != Some(*before)) else {
                break;
            };
            let token = &self.tokens[before];
            let joined = token.lower == "and"
                || token.lower == "or"
                || token.lower == "nor"
                || token.lower == "&";
            let left = before
                .checked_sub(1)
                .and_then(|left| self.phrase_of[left])
                .filter(|left| self.phrases[*left].tokens.start >= clause.tokens.start);
            match left {
                // "a concept and it is": the pronoun begins a clause of its own.
                Some(_)
                    if joined
                        && matches!(
                            self.tokens[self.phrases[phrase].head].stem(),
                            "he" | "she" | "it" | "we" | "they"
                        ) =>
                {
                    break;
                }
                Some(left) if joined => {
                    compound |= !matches!(token.lower.as_str(), "or" | "nor");
                    alternative |= matches!(token.lower.as_str(), "or" | "nor");
                    phrase = left;
                }
                Some(left) if token.tag == Tag::Comma && compound && !self.timed[before - 1] => {
                    phrase = left
                }
                Some(left) if matches!(token.tag, Tag::In | Tag::To) => {
                    // "the creation of town and parish councils": what was joined lies inside the phrase of place.
                    (compound, alternative) = (false, false);
                    of = (token.lower == "of").then_some(phrase);
                    phrase = left;
                }
                _ if token.tag == Tag::Vbg || token.tag == Tag::Vb => {
                    return Some(Subject {
                        kind: SubjectKind::Clausal,
                        person: Person::Third,
                        tokens: before..last + 1,
                        head: before,
                        phrase: None,
                        is_certain: false,
                    });
                }
                // The object of a preposition is no subject: "In the garden stand two trees".
                _ if matches!(token.tag, Tag::In | Tag::To) => return None,
                _ => break,
            }
        }
        let noun = &self.phrases[phrase];
        let one_by_one = noun
            .determiner
            .is_some_and(|d| matches!(self.tokens[d].lower.as_str(), "every" | "each"));
        let person = match () {
            () if compound && !one_by_one => Person::Plural,
            () if alternative => Person::Either,
            () => self.person_of(phrase, of)?,
        };
        let kind = kind_of(noun, compound);
        // "Plumber often make": a singular without a determiner may be a slip itself.
        let slip = noun.is_bare()
            && noun.number == Number::Singular
            && !noun.is_uncountable()
            && !noun.is_name();
        // "Understanding concepts is": the noun may be the object of a gerund.
        let gerund = noun.determiner.is_none()
            && noun.tokens.len() > 1
            && self.tokens[noun.tokens.start].facts.has(Facts::ING);
        let before = noun.tokens.start.checked_sub(1).map(|before| &self.tokens[before]);
        // "how long will it take": the verb that agrees stands before the subject.
        let inverted = before.is_some_and(|before| words::is_auxiliary(&before.lower));
        // "are told that do not": not the pronoun `that`.
        let that = self.tokens[noun.head].lower == "that"
            && before.is_some_and(|before| !before.tag.is_mark() && before.tag != Tag::Cc);
        // "one who majors in art learns": the word after `who` was its verb.
        let who = clause.kind == ClauseKind::Relative
            && noun.is_bare()
            && !noun.is_name()
            && clause.opener.is_some_and(|opener| {
                opener + 1 == noun.tokens.start && self.tokens[opener].lower == "who"
            });
        // "harvested from the stems and leaves of the plant has": the noun may be joined to the one before.
        let joined_noun = clause.kind == ClauseKind::Coordinate
            && noun.is_bare()
            && !noun.is_name()
            && clause
                .opener
                .is_some_and(|opener| opener > 0 && self.phrase_of[opener - 1].is_some());
        let doubtful = joined_noun || gerund || inverted || that || who;
        let is_certain = !doubtful
            && !alternative
            && !slip
            && self.is_clear(clause, noun.tokens.start)
            && !self.timed_alone(noun)
            && !parenthesis;
        Some(Subject {
            kind,
            person,
            tokens: noun.tokens.start..last + 1,
            head: noun.head,
            phrase: Some(phrase),
            is_certain,
        })
    }

    fn person_of(&self, number: usize, of: Option<usize>) -> Option<Person> {
        person::of(self.tokens, &self.phrases[number], of.map(|of| &self.phrases[of]))
    }

    /// A time expression that stands where a subject would: "Yesterday is history".
    fn timed_alone(&self, noun: &NounPhrase) -> bool {
        self.timed.get(noun.head).copied().unwrap_or(false)
    }

    /// True when only a conjunction, adverbs, times and phrases of time or place stand between the beginning of the
    /// clause and its subject.
    fn is_clear(&self, clause: &Clause, start: usize) -> bool {
        let from = clause.opener.map_or(clause.tokens.start, |opener| opener + 1).min(start);
        let mut at = from;
        while at < start {
            let token = &self.tokens[at];
            let inner = self.clauses.of_token[at];
            let nested = self.clauses.all[inner].tokens.start > clause.tokens.start
                || self.clauses.all[inner].verb != clause.verb;
            let prepositional = matches!(token.tag, Tag::In | Tag::To)
                && self.phrase_of.get(at + 1).copied().flatten().is_some();
            if nested
                || self.timed[at]
                || token.tag.is_adverb()
                || token.tag.is_mark()
                || matches!(token.tag, Tag::Cc | Tag::Uh)
            {
                at += 1;
            } else if prepositional {
                at =
                    self.phrase_of[at + 1].map_or(at + 2, |phrase| self.phrases[phrase].tokens.end);
                // "On Sundays the shop is": a comma or a determiner parts them; "in the morning star" would not be two.
            } else {
                return false;
            }
        }
        true
    }

    fn before_adverbs(&self, at: usize, from: usize) -> Option<usize> {
        (from..at).rev().find(|i| !self.tokens[*i].tag.is_adverb() && !self.is_time_adverb(*i))
    }

    /// `now`, `today` between subject and verb.
    fn is_time_adverb(&self, at: usize) -> bool {
        matches!(
            self.tokens[at].lower.as_str(),
            "today" | "nowadays" | "sometimes" | "both" | "all" | "each"
        ) && self.phrase_of[at].is_some_and(|phrase| self.phrases[phrase].tokens.len() == 1)
            && at > 0
            && self.phrase_of[at - 1].is_some_and(|before| Some(before) != self.phrase_of[at])
    }
}

fn kind_of(phrase: &NounPhrase, compound: bool) -> SubjectKind {
    match () {
        () if compound => SubjectKind::Compound,
        () if matches!(
            phrase.kind,
            PhraseKind::Pronoun | PhraseKind::Indefinite | PhraseKind::Demonstrative
        ) =>
        {
            SubjectKind::Pronoun
        }
        () => SubjectKind::Phrase,
    }
}

#[cfg(test)]
mod tests;
