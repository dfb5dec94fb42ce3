//! What the rules say about a text.

use lexilingo_shared::{analysis::Severity, errant::ErrantType};
use std::ops::Range;

/// One edit of the learner's text with its explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Bytes of the learner's text; never empty.
    pub span: Range<usize>,
    /// Never empty.
    pub replacement: String,
    pub errant: ErrantType,
    pub rule: &'static str,
    pub concept: &'static str,
    pub severity: Severity,
    /// Calibrated probability in 0..=1 that the edit is right.
    pub confidence: f64,
    /// What the rule claims, before calibration.
    pub claim: f64,
    pub explanation: String,
    pub explanation_vi: String,
    /// Point, rule, answer.
    pub hints: [String; 3],
}

/// A text after the rules have seen it.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// Sorted and apart; applied to the text they give exactly `corrected`.
    pub findings: Vec<Finding>,
    pub corrected: String,
    pub sentences: usize,
    /// Words and compounds; numbers, marks, quotations and addresses are none.
    pub words: usize,
}

/// Makes the edits. The findings are sorted and do not overlap, as `RulePack::check` gives them.
pub fn apply(text: &str, findings: &[Finding]) -> String {
    let mut corrected = String::with_capacity(text.len());
    let mut at = 0;
    for finding in findings {
        corrected.push_str(&text[at..finding.span.start]);
        corrected.push_str(&finding.replacement);
        at = finding.span.end;
    }
    corrected + &text[at..]
}
