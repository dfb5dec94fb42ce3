//! Reads one sentence a line and prints what the analysis says about it, for those who write rules.

use lexilingo_language::analysis::{Lexicon, Sentence};
use std::io::stdin;

fn main() -> std::io::Result<()> {
    let lexicon = Lexicon::load();
    for line in stdin().lines() {
        let line = line?;
        let sentence = Sentence::new(&line, &lexicon);
        let shown = |range: std::ops::Range<usize>| sentence.original(range);
        let tagged =
            sentence.tokens.iter().map(|token| format!("{}/{}", token.lower, token.tag.as_str()));
        println!("{}", tagged.collect::<Vec<_>>().join(" "));
        for np in &sentence.noun_phrases {
            println!(
                "  phrase [{}] {:?} {:?} {:?} {:?}",
                shown(np.tokens.clone()),
                np.kind,
                np.number,
                np.countability,
                np.definiteness
            );
        }
        for group in &sentence.verb_groups {
            println!(
                "  verbs [{}] {:?} {:?} {:?} {:?}",
                shown(group.tokens.clone()),
                group.form,
                group.tense(),
                group.aspect,
                group.voice
            );
        }
        for clause in &sentence.clauses {
            let verb = sentence.predicate(clause).map(|group| sentence.word(group.main()));
            let subject = sentence.subject_of_clause(clause).map(|subject| {
                format!(
                    "[{}] {:?} certain {}",
                    shown(subject.tokens.clone()),
                    subject.person,
                    subject.is_certain
                )
            });
            println!(
                "  clause [{}] {:?} {verb:?} {subject:?}",
                shown(clause.tokens.clone()),
                clause.kind
            );
        }
        for time in &sentence.times {
            println!(
                "  time [{}] {:?} in clause {}",
                shown(time.tokens.clone()),
                time.kind,
                time.clause
            );
        }
    }
    Ok(())
}
