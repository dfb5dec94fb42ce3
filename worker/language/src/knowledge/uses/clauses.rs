//! Uses that clauses and their subjects show: agreement, relative clauses, conditionals, time clauses.

use crate::{
    analysis::{
        Clause, ClauseKind, Person, Sentence,
        subjects::SubjectKind,
        time_expressions::TimeKind,
        verb_groups::{Aspect, Tense},
        words,
    },
    knowledge::uses::Use,
};

pub fn uses(sentence: &Sentence) -> Vec<Use> {
    let mut found = Vec::new();
    for (clause, predicate, subject) in sentence.predications() {
        let mut add = |concept| found.push(Use { concept, tokens: predicate.tokens.clone() });
        let agrees = predicate.tense() == Some(Tense::Present);
        if let Some(subject) = subject {
            match subject.kind {
                SubjectKind::Existential => add("there-is-there-are"),
                SubjectKind::Compound if agrees => add("compound-subjects"),
                SubjectKind::Antecedent if agrees => add("agreement-in-relative-clauses"),
                SubjectKind::Phrase if agrees && subject.tokens.end > subject.head + 1 => {
                    add("agreement-at-a-distance");
                }
                _ if agrees && subject.person == Person::Third => add("subject-verb-agreement"),
                _ => {}
            }
            if words::is_indefinite(sentence.word(subject.head)) {
                add("indefinite-pronouns");
            }
        }
        if let Some(concept) = opened_by(sentence, clause) {
            let start = clause.opener.unwrap_or(clause.tokens.start);
            found.push(Use { concept, tokens: start..predicate.tokens.end });
        }
    }
    for time in &sentence.times {
        let predicate = sentence.clauses.get(time.clause).and_then(|c| sentence.predicate(c));
        let Some(predicate) = predicate else { continue };
        let concept = match time.kind {
            TimeKind::Since | TimeKind::Duration if predicate.is_perfect() => "since-and-for",
            TimeKind::Past if predicate.tense() == Some(Tense::Past) => "tense-confusion",
            _ => continue,
        };
        found.push(Use { concept, tokens: time.tokens.clone() });
    }
    found
}

fn opened_by(sentence: &Sentence, clause: &Clause) -> Option<&'static str> {
    if clause.kind == ClauseKind::Relative {
        return Some("relative-clauses");
    }
    if clause.kind != ClauseKind::Subordinate {
        return None;
    }
    match clause.opener.map_or("", |i| sentence.word(i)) {
        "if" | "unless" => conditional(sentence, clause),
        "although" | "though" => Some("although-but"),
        "when" | "before" | "after" | "until" | "till" | "while" => Some("time-clauses"),
        "what" | "where" | "why" | "how" | "who" | "whether" => Some("embedded-questions"),
        _ => None,
    }
}

/// By the tenses of the two halves; a mixture that no type has is none.
fn conditional(sentence: &Sentence, clause: &Clause) -> Option<&'static str> {
    let condition = sentence.predicate(clause)?;
    let others = sentence.clauses.iter().filter(|other| {
        *other != clause && matches!(other.kind, ClauseKind::Main | ClauseKind::Coordinate)
    });
    let result = others.filter_map(|other| sentence.predicate(other)).next()?;
    match (condition.tense()?, condition.aspect, result.tense()?, result.is_perfect()) {
        (Tense::Present, _, Tense::Future, _) => Some("first-conditional"),
        (Tense::Present, _, Tense::Present, _) => Some("zero-conditional"),
        (Tense::Past, Aspect::Simple | Aspect::Progressive, Tense::Modal, false) => {
            Some("second-conditional")
        }
        (Tense::Past, Aspect::Perfect | Aspect::PerfectProgressive, Tense::Modal, true) => {
            Some("third-conditional")
        }
        (Tense::Past, Aspect::Perfect | Aspect::PerfectProgressive, Tense::Modal, false) => {
            Some("mixed-conditionals")
        }
        _ => None,
    }
}
