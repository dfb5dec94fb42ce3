//! A clause whose subject is long and whose verb is missing: `The students who study here very friendly`, `Although the
//! hotel room small`, `My brother taller than me`.

use crate::{
    analysis::{Clause, ClauseKind, NounPhrase, Sentence, Tag, facts::Facts, words},
    rules::{
        be_form, edit,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct VerblessClause;

const MISSING: ErrantType = ErrantType::missing(Category::Verb);
/// Participles that describe and are no verbs without an object.
const STATES: &str = "tired bored interested scared disappointed exhausted excited worried surprised crowded married \
    closed broken polluted located gone frightened satisfied prepared embarrassed";
/// What may follow the adjective of a predicate.
const AFTER: &str = "in at on for with about to of from after before because when and but than now today yesterday \
    this that if so here there as enough every nowadays these during since until at";

impl Rule for VerblessClause {
    fn name(&self) -> &'static str {
        "verbless-clause"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["missing-be"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        sentence.clauses.iter().filter_map(|clause| find_in(sentence, clause)).collect()
    }
}

fn find_in(sentence: &Sentence, clause: &Clause) -> Option<Proposal> {
    let last = sentence.tokens.last()?;
    let told = last.tag == Tag::Stop && last.lower == ".";
    let opener = clause.opener.map(|opener| sentence.word(opener));
    let kind = match clause.kind {
        ClauseKind::Main => true,
        ClauseKind::Coordinate => false,
        ClauseKind::Subordinate => {
            opener.is_some_and(|word| words::among("because although though since as", word))
        }
        ClauseKind::Relative => false,
    };
    // A sentence that has lost its verb somewhere else as well is not understood.
    // "two kinds of studies: the ones highly technical": what a colon announces needs no verb.
    let announced =
        clause.tokens.start.checked_sub(1).is_some_and(|at| sentence.tag(at) == Some(Tag::Colon));
    if !told || !kind || announced || clause.verb.is_some() {
        return None;
    }
    let start = clause.opener.map_or(clause.tokens.start, |opener| opener + 1);
    let subject = phrase_from(sentence, start)?;
    let pronoun = subject.is_pronoun();
    let known = subject.is_definite() || subject.is_plural() || pronoun;
    let timed = sentence.times.iter().any(|time| time.tokens.contains(&subject.head));
    if !known || timed || pronoun && !words::is_subject_pronoun(sentence.word(subject.head)) {
        return None;
    }
    let end = described(sentence, subject.tokens.end);
    let mut at = end;
    while sentence.tagged(at, Tag::is_adverb) || sentence.word(at) == "not" {
        at += 1;
    }
    // "all is well" and the like have their verb; so has what might be one.
    let verbal = (end..=at).any(|i| {
        let token = sentence.tokens.get(i);
        token.is_some_and(|token| {
            token.is_auxiliary()
                || token.tag.is_finite()
                || token.facts.any(Facts::BASE | Facts::THIRD)
                    && token.facts.has(Facts::USUAL_VERB)
                    && !token.tag.is_adjective()
        })
    });
    let inside = (end..at).all(|i| sentence.clause_at(i).is_some_and(|own| !own.tokens.is_empty()));
    if verbal || !inside || !is_predicate(sentence, at) {
        return None;
    }
    let joined = sentence.tokens[start..end].iter().any(|token| token.tag == Tag::Comma);
    let be = be_form::of(
        be_form::person_before(sentence, subject.tokens.end)?,
        be_form::speaks_of_past(sentence, at),
    )?;
    (!joined).then(|| {
        edit::inserted(sentence, end, be, (MISSING, "missing-be"), 0.88)
            .with_clue(sentence.original(subject.tokens.clone()))
    })
}

fn phrase_from<'s>(sentence: &'s Sentence<'_>, at: usize) -> Option<&'s NounPhrase> {
    sentence.noun_phrase_at(at).filter(|phrase| phrase.tokens.start == at)
}

/// Behind what describes the subject that ends before token `at`: phrases of place, one relative clause.
fn described(sentence: &Sentence, at: usize) -> usize {
    let mut end = placed(sentence, at);
    let relative = sentence.clauses.iter().find(|clause| {
        clause.kind == ClauseKind::Relative && clause.opener == Some(end) && clause.verb.is_some()
    });
    if let Some(group) = relative.and_then(|clause| sentence.predicate(clause)) {
        end = group.tokens.end;
        if let Some(object) = phrase_from(sentence, end) {
            end = object.tokens.end;
        }
        end = placed(sentence, end);
    }
    end
}

/// Behind phrases of place and time: `in this street`, `of the houses on the hill`.
fn placed(sentence: &Sentence, at: usize) -> usize {
    let mut end = at;
    for _ in 0..3 {
        let preposition =
            sentence.tag(end) == Some(Tag::In) && !words::opens_clause(sentence.word(end));
        let Some(phrase) = phrase_from(sentence, end + 1).filter(|_| preposition) else { break };
        end = phrase.tokens.end;
    }
    end
}

/// `very friendly`, `taller than`, `more useful`, `famous for`, `crowded on`.
fn is_predicate(sentence: &Sentence, at: usize) -> bool {
    let at = at + usize::from(matches!(sentence.word(at), "more" | "less"));
    let word = sentence.word(at);
    let quality = sentence.has(at, Facts::USUAL_ADJECTIVE)
        && !sentence.has(at, Facts::PARTICIPLE)
        && !sentence.any(at, Facts::BASE | Facts::ADVERB)
        || sentence.tagged(at, Tag::is_adjective) && sentence.has(at, Facts::USUAL_ADJECTIVE)
        || sentence.tagged(at, Tag::is_adjective)
            && sentence.any(at, Facts::COMPARATIVE | Facts::ADJECTIVE)
            && !sentence.any(at, Facts::BASE | Facts::PAST)
        || words::among(STATES, word);
    let next = sentence.word(at + 1);
    let closes =
        next.is_empty() || sentence.tagged(at + 1, Tag::is_mark) || words::among(AFTER, next);
    quality && closes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn long_subjects_get_their_verb() {
        expect(
            &VerblessClause,
            &[
                (
                    "The students who study in this school very friendly.",
                    "The students who study in this school are very friendly.",
                ),
                ("My younger brother taller than me.", "My younger brother is taller than me."),
                (
                    "The shops in this street always crowded on weekends.",
                    "The shops in this street are always crowded on weekends.",
                ),
            ],
        );
    }

    #[test]
    fn what_has_a_verb_stays() {
        stays(
            &VerblessClause,
            "
            The students who study in this school are very friendly.
            My brother looks taller than me.
            Both happy and sad.
            The film that I saw was good.
            The faster the better.
            My house near the river
            ",
        );
    }
}
