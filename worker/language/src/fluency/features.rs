//! What is seen of one sentence, and what each of it costs.

use crate::{
    analysis::{Sentence, facts::Facts, tokenise::Kind, verb_groups::Form},
    counts::{self, Counts},
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
    /// How much less likely the words are in their context than in general, in nats a token against the middle of
    /// learners' sentences: −1 for what is said every day, 2 for what nobody says.
    Surprise,
    /// 1 when most words are of another language.
    Foreign,
}

impl Feature {
    pub const ALL: [Feature; 7] = [
        Feature::UnknownWords,
        Feature::Errors,
        Feature::SmallBeginning,
        Feature::BareNouns,
        Feature::IncompleteClauses,
        Feature::Surprise,
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
            Feature::Surprise => 0.20,
            Feature::Foreign => 0.30,
        }
    }

    /// More of it costs no more.
    fn most(self) -> f64 {
        match self {
            Feature::UnknownWords | Feature::Errors => 4.0,
            Feature::BareNouns => 3.0,
            Feature::IncompleteClauses | Feature::Surprise => 2.0,
            Feature::SmallBeginning | Feature::Foreign => 1.0,
        }
    }
}

/// The features of a sentence, in the order of `Feature::ALL`.
pub type Features = [(Feature, f64); 7];

/// The features and the number of words of a sentence that begins at byte `start` of the text. None without a word.
pub fn features(
    sentence: &Sentence,
    start: usize,
    findings: &[Finding],
    counts: &Counts,
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
        Feature::Surprise => surprise(counts, sentence),
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

/// Nats a token by which context makes the words of learners' sentences likelier, in the middle.
const USUAL_GAIN: f64 = 1.0;
/// Surprise below this is none.
const LEAST_SURPRISE: f64 = -1.0;
/// Natural log probability of words that the counted text did not hold.
const UNSEEN: f32 = -15.5;

/// The mean of `log p(word) − log p(word | two words before)`, the negative of the SLOR of Pauls & Klein (2012) with
/// trigrams, plus the usual gain.
fn surprise(counts: &Counts, sentence: &Sentence) -> f64 {
    let keys = sentence.tokens.iter().map(|token| counts::key(&token.lower, token.kind));
    let (mut context, mut gain, mut length) = ([counts::EDGE; 2], 0.0, 0usize);
    for key in keys {
        let alone = counts.vocabulary.log_prob(key).unwrap_or(UNSEEN);
        gain += f64::from(counts.log_prob(context, key) - alone);
        context = [context[1], key];
        length += 1;
    }
    (USUAL_GAIN - gain / length.max(1) as f64).max(LEAST_SURPRISE)
}
