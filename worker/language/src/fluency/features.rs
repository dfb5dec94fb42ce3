//! What is seen of one sentence, and what each of it costs.

use crate::{
    analysis::{Sentence, facts::Facts, tokenise::Kind, verb_groups::Form},
    rules::Finding,
};
use lexilingo_shared::analysis::Severity;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// Words that are neither English nor names; four at most.
    UnknownWords,
    /// Errors by severity (minor 0.5, moderate 1, critical 1.5); four at most. Spelling shows in `UnknownWords`.
    Errors,
    /// 1 when the sentence begins with a small letter.
    SmallBeginning,
    /// Countable singular nouns without a determiner, in which no error was found; three at most.
    BareNouns,
    /// Clauses without a finite verb or without a subject; two at most.
    IncompleteClauses,
    /// 1 when most words are of another language.
    Foreign,
}

impl Feature {
    pub const ALL: [Feature; 6] = [
        Feature::UnknownWords,
        Feature::Errors,
        Feature::SmallBeginning,
        Feature::BareNouns,
        Feature::IncompleteClauses,
        Feature::Foreign,
    ];

    /// What one of it costs.
    pub fn coefficient(self) -> f64 {
        match self {
            Feature::UnknownWords => 0.15,
            Feature::Errors => 0.12,
            Feature::SmallBeginning => 0.24,
            Feature::BareNouns => 0.08,
            Feature::IncompleteClauses => 0.10,
            Feature::Foreign => 0.30,
        }
    }

    /// More of it costs no more.
    fn most(self) -> f64 {
        match self {
            Feature::UnknownWords | Feature::Errors => 4.0,
            Feature::BareNouns => 3.0,
            Feature::IncompleteClauses => 2.0,
            Feature::SmallBeginning | Feature::Foreign => 1.0,
        }
    }
}

/// The features of a sentence, in the order of `Feature::ALL`.
pub type Features = [(Feature, f64); 6];

/// The features and the number of words of a sentence that begins at byte `start` of the text. None without a word.
pub fn features(
    sentence: &Sentence,
    start: usize,
    findings: &[Finding],
) -> Option<(Features, usize)> {
    let is_word = |i: &usize| matches!(sentence.tokens[*i].kind, Kind::Word | Kind::Compound);
    let words: Vec<usize> = (0..sentence.tokens.len()).filter(is_word).collect();
    let first = *words.first()?;
    let end = start + sentence.text.len();
    let own: Vec<&Finding> = findings
        .iter()
        .filter(|found| start <= found.span.start && found.span.end <= end)
        .collect();
    let unknown = |i: &&usize| {
        let token = &sentence.tokens[**i];
        !token.facts.has(Facts::KNOWN) && (!token.capitalised || **i == first)
    };
    let is_found = |i: usize| {
        let span = &sentence.tokens[i].span;
        own.iter()
            .any(|found| found.span.start < start + span.end && start + span.start < found.span.end)
    };
    let bare = sentence.noun_phrases.iter().filter(|phrase| {
        phrase.is_bare() && phrase.is_countable_singular() && !is_found(phrase.head)
    });
    let value = |feature: Feature| match feature {
        Feature::UnknownWords => words.iter().filter(unknown).count() as f64,
        Feature::Errors => own.iter().map(|found| weight(found)).sum(),
        Feature::SmallBeginning => f64::from(u8::from(!sentence.tokens[first].capitalised)),
        Feature::BareNouns => bare.clone().count() as f64,
        Feature::IncompleteClauses => incomplete(sentence) as f64,
        Feature::Foreign => f64::from(u8::from(sentence.is_foreign())),
    };
    let features = Feature::ALL.map(|feature| (feature, value(feature).min(feature.most())));
    Some((features, words.len()))
}

fn weight(finding: &Finding) -> f64 {
    if finding.concept == "spelling" {
        return 0.0;
    }
    match finding.severity {
        Severity::Minor => 0.5,
        Severity::Moderate => 1.0,
        Severity::Critical => 1.5,
    }
}

/// Clauses that lack their verb or their subject; a sentence without any verb is one.
fn incomplete(sentence: &Sentence) -> usize {
    let lacking = sentence.predications().filter(|(_, predicate, subject)| {
        let commands = predicate.form == Form::Imperative;
        !commands && (!predicate.is_finite() || subject.is_none())
    });
    lacking.count() + usize::from(sentence.is_verbless())
}
