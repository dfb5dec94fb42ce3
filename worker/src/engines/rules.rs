//! The rule checker seen as an engine: always there, part of the process's base.

use crate::{
    engine::{Engine, EngineError, EngineInput, EngineReport, Entry, LoadError, Run},
    engines::thread::ThreadHost,
    task::Task,
};
use lexilingo_language::{
    analysis::Text,
    confidence,
    counts::Counts,
    fluency,
    knowledge::{self, KnowledgeGraph},
    rules::{self, Finding, RulePack},
    vocabulary::{self, Suggestion},
};
use lexilingo_shared::{
    analysis::{Grammar, GrammarError, Spans, VocabularyProfile, VocabularySuggestion},
    level::Level,
    model::ModelName,
};
use std::sync::Arc;

/// Calls that may wait for a thread.
const INBOX: usize = 1024;

/// The catalogue's entry.
pub fn entry() -> Entry {
    entry_with(|rules| rules)
}

/// The entry with every engine wrapped, for tests that cause failures.
pub fn entry_with(wrap: fn(Box<dyn Engine>) -> Box<dyn Engine>) -> Entry {
    Entry {
        name: ModelName::Rules,
        version: rules::VERSION.to_owned(),
        declared_bytes: 0,
        budgeted: false,
        load: Arc::new(move || {
            let before = crate::proc_memory::resident_bytes(std::process::id()).unwrap_or(0);
            let pack = RulePack::shared().clone();
            let after = crate::proc_memory::resident_bytes(std::process::id()).unwrap_or(0);
            let threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(8));
            let factory = Arc::new(move || wrap(Box::new(RulesEngine { pack: pack.clone() })));
            let bytes = after.saturating_sub(before);
            let host = ThreadHost::start("rules", threads, INBOX, bytes, factory)
                .map_err(|e| LoadError(format!("the rules' threads cannot be started: {e}")))?;
            Ok(Arc::new(host))
        }),
    }
}

struct RulesEngine {
    pack: RulePack,
}

impl Engine for RulesEngine {
    fn run(&mut self, input: &EngineInput, run: &Run) -> Result<EngineReport, EngineError> {
        let asked = |task| input.tasks.contains(&task);
        let mut report = EngineReport::default();
        run.check()?;
        let read = self.pack.read(&input.text);
        let checked = self.pack.correct(&read);
        run.check()?;
        let (counts, findings) = (self.pack.counts(), &checked.findings);
        if asked(Task::Fluency) {
            report.fluency = Some(fluency::score(counts, &read, findings));
        }
        if asked(Task::Grammar) || asked(Task::Fluency) {
            report.confidence = Some(confidence::of_text(counts, &read, &checked));
        }
        if asked(Task::Vocabulary) {
            let found = vocabulary::profile(&read);
            report.vocabulary = found.level;
            let suggestions = suggestions(&read, counts, findings, found.level);
            report.vocabulary_profile = Some(VocabularyProfile { suggestions, ..found.profile });
        }
        if asked(Task::Grammar) {
            report.evidence = Some(knowledge::evidence(KnowledgeGraph::shared(), &read, findings));
            let errors = errors(&input.text, checked.findings, ModelName::Rules);
            report.grammar = Some(Grammar { errors, corrected: checked.corrected });
        }
        Ok(report)
    }
}

/// Words one level above the text's; none where its level is not known.
fn suggestions(
    read: &Text,
    counts: &Counts,
    findings: &[Finding],
    level: Option<Level>,
) -> Vec<VocabularySuggestion> {
    let Some(level) = level else { return Vec::new() };
    let found = vocabulary::suggestions(read, counts, findings, level);
    let ranges: Vec<_> = found.iter().map(|suggestion| suggestion.span.clone()).collect();
    let spans = Spans::of(read.text, &ranges);
    let told = |(found, spans): (Suggestion, Spans)| VocabularySuggestion {
        word: read.text[found.span].to_owned(),
        level: found.level,
        suggestion: found.word,
        suggestion_level: found.word_level,
        spans,
    };
    found.into_iter().zip(spans).map(told).collect()
}

/// Findings as errors of the answer, which `source` found.
pub fn errors(text: &str, findings: Vec<Finding>, source: ModelName) -> Vec<GrammarError> {
    let ranges: Vec<_> = findings.iter().map(|finding| finding.span.clone()).collect();
    let spans = Spans::of(text, &ranges);
    findings
        .into_iter()
        .zip(spans)
        .enumerate()
        .map(|(n, (finding, spans))| GrammarError {
            id: format!("e{}", n + 1),
            kind: finding.errant.original_name().to_owned(),
            errant: finding.errant,
            error: text[finding.span].to_owned(),
            correction: finding.replacement,
            explanation: finding.explanation,
            explanation_vi: finding.explanation_vi,
            hints: finding.hints,
            severity: finding.severity,
            rule: finding.rule.to_owned(),
            concept: finding.concept.to_owned(),
            sources: vec![source.to_string()],
            confidence: finding.confidence,
            start_pos: spans.code_point[0],
            end_pos: spans.code_point[1],
            spans,
        })
        .collect()
}
