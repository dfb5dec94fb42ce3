//! A report in the past goes back one tense: `She told me that she would call`.

use crate::{
    analysis::{Clause, ClauseKind, Sentence, Tag, VerbGroup, verb_groups::Tense, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ReportedWill;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);
/// Verbs that report.
const REPORTS: &str = "say tell promise think know believe hope announce explain reply answer decide realize realise \
    warn mention admit claim add inform assure ask wonder";

impl Rule for ReportedWill {
    fn name(&self) -> &'static str {
        "reported-will"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["would-in-report"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let pairs = sentence.predications();
        pairs.filter_map(|(clause, group, _)| find_in(sentence, clause, group)).collect()
    }
}

fn find_in(sentence: &Sentence, clause: &Clause, group: &VerbGroup) -> Option<Proposal> {
    let modal = group.finite()?;
    // "He said that he is tired": who speaks of himself, then.
    let own = sentence.subject_of(modal).is_some_and(|subject| {
        let word = sentence.word(subject.head);
        let speaker = clause.parent.and_then(|parent| sentence.clauses.get(parent));
        let speaker = speaker.and_then(|parent| sentence.subject_of_clause(parent));
        subject.is_pronoun()
            && matches!(word, "he" | "she" | "they")
            && speaker.is_some_and(|speaker| sentence.word(speaker.head) == word)
    });
    let form = match sentence.word(modal) {
        "is" if own => "was",
        "are" if own => "were",
        "has" | "have" if own => "had",
        "doesn't" | "don't" if own => "didn't",
        "will" => "would",
        "won't" => "wouldn't",
        "can" => "could",
        "can't" | "cannot" => "couldn't",
        _ => return None,
    };
    let opener = clause.opener.map_or("", |opener| sentence.word(opener));
    let parent = clause.parent.and_then(|parent| sentence.clauses.get(parent))?;
    let report = sentence.predicate(parent)?;
    let main = report.main();
    // What will still come, or is always so, may stay: "said that he will come tomorrow".
    let present = sentence.times.iter().any(|time| {
        use crate::analysis::time_expressions::TimeKind;
        matches!(time.kind, TimeKind::Future | TimeKind::Present | TimeKind::Habitual)
    });
    let near = clause.tokens.start.checked_sub(1).is_some_and(|before| {
        before == main
            || sentence.noun_phrase_at(before).is_some_and(|phrase| phrase.tokens.start == main + 1)
    });
    let past = report.tense() == Some(Tense::Past)
        && report.is_simple()
        && words::among(REPORTS, &sentence.tokens[main].lemma)
        && sentence.tag(main) != Some(Tag::Vbn);
    let quoted = sentence
        .tokens
        .iter()
        .any(|token| token.tag == Tag::OpenQuote || token.lower.contains('"'));
    let fits = clause.kind == ClauseKind::Subordinate
        && matches!(opener, "that" | "" | "if" | "whether" | "when" | "where" | "how" | "what")
        && near
        && past
        && !present
        && !quoted
        && !group.inverted;
    fits.then(|| {
        Proposal::new(sentence, modal..modal + 1, form, (TENSE, "would-in-report"), 0.88)
            .with_clue(sentence.original(main..main + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn reports_go_back() {
        expect(
            &ReportedWill,
            &[
                (
                    "She told me that she will call after the meeting.",
                    "She told me that she would call after the meeting.",
                ),
                ("He said he can swim very well.", "He said he could swim very well."),
            ],
        );
    }

    #[test]
    fn what_is_still_to_come_stays() {
        stays(
            &ReportedWill,
            "
            She says that she will call.
            He said that he will come tomorrow.
            I know that you can swim.
            He told me a story.
            ",
        );
    }
}
