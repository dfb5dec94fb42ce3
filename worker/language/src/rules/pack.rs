//! The rule pack: everything loaded once, and the run of all rules over a text to a fixed point.

use crate::{
    analysis::{Lexicon, Sentence, Text, tokenise::Kind},
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
use std::{
    cell::OnceCell,
    ops::Range,
    sync::{Arc, OnceLock},
};

/// Changes whenever a rule, a table or a text that learners see changes; cached results carry it.
pub const VERSION: &str = "rules-2026.18";

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

/// The texts of one round: with all proposals made, and with those that stay.
#[derive(Default)]
struct Draft {
    proposed: OnceCell<String>,
    made: OnceCell<String>,
}

impl RulePack {
    /// Reads the tables: some 20 ms and 30 MB, and the reason to load one pack a process.
    pub fn load() -> RulePack {
        let lexicon = Lexicon::load();
        let counts = Arc::new(Counts::load());
        let veto = Veto { counts: counts.clone() };
        let speller = Arc::new(Speller::new(counts));
        let mut rules = registry(speller);
        rules.sort_by_key(|rule| rule.stage());
        RulePack { inner: Arc::new(Inner { lexicon, veto, rules }) }
    }

    /// The one pack of this process, loaded when it is first asked for.
    pub fn shared() -> &'static RulePack {
        static SHARED: OnceLock<RulePack> = OnceLock::new();
        SHARED.get_or_init(RulePack::load)
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

    /// Analyses a text once for all that is asked of it.
    pub fn read<'t>(&'t self, text: &'t str) -> Text<'t> {
        Text::new(text, &self.inner.lexicon)
    }

    /// Finds and corrects errors. Pure: the same text gives the same answer.
    pub fn check(&self, text: &str) -> Checked {
        self.correct(&self.read(text))
    }

    /// Finds and corrects the errors of a text that is read already.
    pub fn correct(&self, read: &Text) -> Checked {
        let text = read.text;
        let mut findings = Vec::new();
        let mut corrected = String::with_capacity(text.len());
        let mut at = 0;
        for sentence in &read.sentences {
            corrected.push_str(&text[at..sentence.start]);
            let revision = self.revise(sentence);
            corrected.push_str(revision.current());
            let edits = revision.into_edits().into_iter();
            findings.extend(edits.map(|edit| finding(text, sentence.start, edit)));
            at = sentence.start + sentence.text.len();
        }
        corrected.push_str(&text[at..]);
        Checked { findings, corrected, sentences: read.sentences.len(), words: read.words }
    }

    /// Corrects one sentence, whose first analysis is given, until no rule proposes anything.
    fn revise<'t>(&self, sentence: &Sentence<'t>) -> Revision<'t, Note> {
        let drafts: [Draft; MOST_ROUNDS] = Default::default();
        let mut revision = Revision::new(sentence.text);
        let mut seen = vec![sentence.text.to_owned()];
        let mut later = None;
        for draft in &drafts {
            let analysed = later.as_ref().unwrap_or(sentence);
            if analysed.is_foreign() {
                break;
            }
            let mut accepted = self.accepted(analysed);
            let read = self.hear_veto(analysed, &mut accepted, &draft.proposed);
            // Two rules that undo each other would never end: what was seen before is not gone back to.
            let (spliced, _) = edited(analysed, &accepted);
            if accepted.is_empty() || seen.contains(&spliced) {
                break;
            }
            // From the right, so that spans further left stay true.
            for note in accepted.into_iter().rev() {
                let span = analysed.span(note.proposal.tokens.clone());
                let replacement = note.proposal.replacement.clone();
                // The capital of a word that was corrected before is not what its writer must learn.
                let capital = note.proposal.message.starts_with("capital-");
                let earlier = revision.note_at(&span).filter(|_| capital).cloned();
                revision.replace(span, &replacement, earlier.unwrap_or(note));
            }
            let next = read.unwrap_or_else(|| {
                Sentence::new(draft.made.get_or_init(|| spliced.clone()), &self.inner.lexicon)
            });
            later = Some(next.in_place_of(sentence, revision.edits().len()));
            seen.push(spliced);
        }
        revision
    }

    /// Sorts the notes and drops what rules propose and the classifiers would take back. Spelling and the classifiers'
    /// own are not judged. Where nothing falls, the analysis of what comes of it, if one was made.
    fn hear_veto<'d>(
        &'d self,
        sentence: &Sentence,
        notes: &mut Vec<Note>,
        draft: &'d OnceCell<String>,
    ) -> Option<Sentence<'d>> {
        notes.sort_by_key(|note| note.proposal.tokens.start);
        let judged = |note: &Note| {
            !matches!(note.stage, Stage::Spelling | Stage::Choices) && !WEIGHED.contains(&note.rule)
        };
        if !notes.iter().any(judged) {
            return None;
        }
        let (text, spans) = edited(sentence, notes);
        let read = Sentence::new(draft.get_or_init(|| text), &self.inner.lexicon);
        let proposals: Vec<&Proposal> = notes.iter().map(|note| &note.proposal).collect();
        let all = notes.len();
        let mut falls = self.inner.veto.falls_on(sentence, &proposals, &read, &spans).into_iter();
        notes.retain(|note| !(falls.next() == Some(true) && judged(note)));
        (notes.len() == all).then_some(read)
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

/// The sentence with the sorted notes' edits made, and where their replacements lie in it.
fn edited(sentence: &Sentence, notes: &[Note]) -> (String, Vec<Range<usize>>) {
    let mut text = String::with_capacity(sentence.text.len());
    let (mut spans, mut at) = (Vec::with_capacity(notes.len()), 0);
    for note in notes {
        let span = sentence.span(note.proposal.tokens.clone());
        text.push_str(&sentence.text[at..span.start]);
        spans.push(text.len()..text.len() + note.proposal.replacement.len());
        text.push_str(&note.proposal.replacement);
        at = span.end;
    }
    (text + &sentence.text[at..], spans)
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
