//! The rule pack: everything loaded once, and the run of all rules over a text to a fixed point.

use crate::{
    analysis::{
        Lexicon, Sentence, narrative,
        tokenise::{self, Kind, RawToken},
    },
    confidence::of_edit,
    counts::Counts,
    rules::{
        explanations::explanation,
        finding::{Checked, Finding},
        registry,
        revision::{Edit, Revision},
        rule::{Proposal, Rule, Stage},
        speller::Speller,
        veto::Veto,
    },
    vietnamese::filled,
};
use std::{ops::Range, sync::Arc};

/// Changes whenever a rule, a table or a text that learners see changes; cached results carry it.
pub const VERSION: &str = "rules-2026.16";

/// Runs over one sentence until no rule proposes anything; learners' sentences need two or three.
const MOST_ROUNDS: usize = 6;
/// Tokens between two edits of one round; nearer ones wait for the next, which sees the first one done.
const APART: usize = 3;

/// Rules that weigh grammar against counts themselves, so that the classifiers have no second say.
const WEIGHED: [&str; 4] = ["feeling-participle", "likelier-form", "owner-noun", "negation-once"];

/// All rules with their dictionary. Clones share everything.
#[derive(Clone)]
pub struct RulePack {
    inner: Arc<Inner>,
}

struct Inner {
    lexicon: Lexicon,
    veto: Veto,
    rules: Vec<Box<dyn Rule>>,
}

/// What is remembered of a proposal until all rounds are over.
#[derive(Debug, Clone)]
struct Note {
    rule: &'static str,
    stage: Stage,
    proposal: Proposal,
}

impl RulePack {
    /// Parses the dictionary: about a second, and the reason to load one pack a process.
    pub fn load() -> RulePack {
        let lexicon = Lexicon::load();
        let counts = Arc::new(Counts::load());
        let veto = Veto { counts: counts.clone() };
        let speller = Arc::new(Speller::new(counts));
        let mut rules = registry(speller);
        rules.sort_by_key(|rule| rule.stage());
        RulePack { inner: Arc::new(Inner { lexicon, veto, rules }) }
    }

    pub fn lexicon(&self) -> &Lexicon {
        &self.inner.lexicon
    }

    pub fn counts(&self) -> &Counts {
        &self.inner.veto.counts
    }

    /// Every rule in the order in which they run.
    pub fn rules(&self) -> impl Iterator<Item = &dyn Rule> + '_ {
        self.inner.rules.iter().map(AsRef::as_ref)
    }

    /// Finds and corrects errors. Pure: the same text gives the same answer.
    pub fn check(&self, text: &str) -> Checked {
        let sentences = tokenise::sentences(text);
        let analysed: Vec<Sentence> = sentences
            .iter()
            .map(|sentence| Sentence::new(&text[span_of(sentence)], &self.inner.lexicon))
            .collect();
        let narratives = narrative::tenses_around(&analysed);
        let mut findings = Vec::new();
        let mut corrected = String::with_capacity(text.len());
        let mut at = 0;
        let mut call = None;
        for ((sentence, analysed), narrative) in sentences.iter().zip(analysed).zip(narratives) {
            let next_call = call_for_attention(&analysed);
            let analysed = analysed.after_call(call);
            call = next_call;
            let span = span_of(sentence);
            let ends_text = text[span.end..].trim_start().is_empty();
            corrected.push_str(&text[at..span.start]);
            let revision = self.revise(analysed.in_text(narrative, ends_text, 0));
            corrected.push_str(revision.current());
            let edits = revision.into_edits().into_iter();
            findings.extend(edits.map(|edit| finding(text, span.start, edit)));
            at = span.end;
        }
        corrected.push_str(&text[at..]);
        let words = sentences
            .iter()
            .flatten()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Compound))
            .count();
        Checked { findings, corrected, sentences: sentences.len(), words }
    }

    /// Corrects one sentence, whose first analysis is given, until no rule proposes anything.
    fn revise<'t>(&self, sentence: Sentence<'t>) -> Revision<'t, Note> {
        let (text, narrative, ends_text) = (sentence.text, sentence.narrative, sentence.ends_text);
        let call = sentence.call.clone();
        let mut revision = Revision::new(text);
        let mut first = Some(sentence);
        let mut seen = vec![text.to_owned()];
        for _ in 0..MOST_ROUNDS {
            let current = revision.current().to_owned();
            let analysed = match first.take() {
                Some(first) => first,
                None => Sentence::new(&current, &self.inner.lexicon)
                    .in_text(narrative, ends_text, revision.edits().len())
                    .after_call(call.clone()),
            };
            if analysed.is_foreign() {
                break;
            }
            let mut accepted = self.accepted(&analysed);
            self.hear_veto(&analysed, &mut accepted);
            // Two rules that undo each other would never end: what was seen before is not gone back to.
            let spliced = splice(&current, &analysed, &accepted);
            if accepted.is_empty() || seen.contains(&spliced) {
                break;
            }
            seen.push(spliced);
            // From the right, so that spans further left stay true.
            accepted.sort_by_key(|note| std::cmp::Reverse(note.proposal.tokens.start));
            for note in accepted {
                let span = analysed.span(note.proposal.tokens.clone());
                let replacement = note.proposal.replacement.clone();
                // The capital of a word that was corrected before is not what its writer must learn.
                let capital = note.proposal.message.starts_with("capital-");
                let earlier = revision.note_at(&span).filter(|_| capital).cloned();
                revision.replace(span, &replacement, earlier.unwrap_or(note));
            }
        }
        revision
    }

    /// Drops what rules propose and the classifiers would take back. Spelling and the classifiers' own are not judged.
    fn hear_veto(&self, sentence: &Sentence, notes: &mut Vec<Note>) {
        let judged = |note: &Note| {
            !matches!(note.stage, Stage::Spelling | Stage::Choices) && !WEIGHED.contains(&note.rule)
        };
        if notes.iter().any(judged) {
            notes.sort_by_key(|note| note.proposal.tokens.start);
            let proposals: Vec<&Proposal> = notes.iter().map(|note| &note.proposal).collect();
            let mut falls = self.inner.veto.falls_on(sentence, &proposals).into_iter();
            notes.retain(|note| !(falls.next() == Some(true) && judged(note)));
        }
    }

    /// The proposals of one round: earlier stages first, and none near another. Where words are misspelt, nothing else:
    /// all that follows reads the words that were meant.
    fn accepted(&self, sentence: &Sentence) -> Vec<Note> {
        let mut accepted: Vec<Note> = Vec::new();
        for rule in &self.inner.rules {
            let spelling = rule.stage() == Stage::Spelling;
            if !spelling && accepted.iter().any(|note| note.stage == Stage::Spelling) {
                return accepted;
            }
            let apart = if spelling { 0 } else { APART };
            for proposal in rule.find(sentence) {
                debug_assert!(rule.messages().contains(&proposal.message), "{}", proposal.message);
                let near = |other: &Note| {
                    proposal.tokens.start < other.proposal.tokens.end + apart
                        && other.proposal.tokens.start < proposal.tokens.end + apart
                };
                let touchable = sentence.tokens[proposal.tokens.clone()]
                    .iter()
                    .all(|token| token.kind != Kind::Opaque && !token.foreign);
                let same = sentence.original(proposal.tokens.clone()) == proposal.replacement;
                if touchable && !same && !accepted.iter().any(near) {
                    accepted.push(Note { rule: rule.name(), stage: rule.stage(), proposal });
                }
            }
        }
        accepted
    }
}

/// `Look!`, `Listen!`, `Be quiet!`: what follows goes on now.
fn call_for_attention(sentence: &Sentence) -> Option<String> {
    let calls =
        matches!(sentence.word(0), "look" | "listen" | "watch" | "hurry" | "quiet" | "hush")
            || sentence.word(0) == "be" && matches!(sentence.word(1), "quiet" | "careful");
    (calls && sentence.tokens.len() <= 4)
        .then(|| sentence.original(0..sentence.tokens.len() - 1).to_owned())
}

fn span_of(sentence: &[RawToken]) -> Range<usize> {
    match (sentence.first(), sentence.last()) {
        (Some(first), Some(last)) => first.span.start..last.span.end,
        _ => 0..0,
    }
}

fn splice(current: &str, sentence: &Sentence, notes: &[Note]) -> String {
    let mut in_order: Vec<&Note> = notes.iter().collect();
    in_order.sort_by_key(|note| note.proposal.tokens.start);
    let mut text = String::with_capacity(current.len());
    let mut at = 0;
    for note in in_order {
        let span = sentence.span(note.proposal.tokens.clone());
        text.push_str(&current[at..span.start]);
        text.push_str(&note.proposal.replacement);
        at = span.end;
    }
    text + &current[at..]
}

fn finding(text: &str, offset: usize, edit: Edit<Note>) -> Finding {
    let span = offset + edit.original.start..offset + edit.original.end;
    let Note { rule, proposal, .. } = edit.note;
    let row = explanation(proposal.message);
    let values = [
        ("error", &text[span.clone()]),
        ("correction", &edit.replacement),
        ("clue", &proposal.clue),
    ];
    let fill = |template| filled(template, &values);
    // Where the word that decides is the answer itself, as in "homeworks", the first hint would give it away.
    let tells = |point: &String| point.contains(&fill("“{correction}”"));
    let point = Some(fill(row.point)).filter(|point| !tells(point));
    let point = point.unwrap_or_else(|| fill("Look again at “{error}”."));
    Finding {
        errant: proposal.errant,
        rule,
        concept: row.concept,
        severity: row.severity,
        confidence: of_edit(rule, proposal.confidence),
        claim: proposal.confidence,
        explanation: fill(row.english),
        explanation_vi: fill(row.vietnamese),
        hints: [point, fill(row.principle), fill("“{error}” → “{correction}”")],
        replacement: edit.replacement,
        span,
    }
}

#[cfg(test)]
mod tests;
