//! What rule tests share: one rule alone, with the fixed point around it.

use crate::rules::{finding::apply, pack::RulePack, rule::Rule};

/// Runs every rule up to the stage of `rule` and compares the corrected text; `rule` itself must be the one that
/// changes a text which is to change.
pub fn expect(rule: &dyn Rule, cases: &[(&str, &str)]) {
    let pack = RulePack::shared();
    for (text, wanted) in cases {
        let checked = pack.check(text);
        assert_eq!(checked.corrected, *wanted, "for {text:?}: {:?}", checked.findings);
        assert_eq!(apply(text, &checked.findings), checked.corrected);
        let fired = checked.findings.iter().any(|finding| finding.rule == rule.name());
        assert_eq!(fired, text != wanted, "{} for {text:?}: {:?}", rule.name(), checked.findings);
    }
}

/// Runs `expect` on texts that stay as they are, one a line.
pub fn stays(rule: &dyn Rule, texts: &str) {
    let lines = texts.lines().map(str::trim).filter(|line| !line.is_empty());
    let cases: Vec<_> = lines.map(|line| (line, line)).collect();
    assert!(cases.len() >= 3);
    expect(rule, &cases);
}
