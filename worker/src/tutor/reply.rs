//! The tutor's reply: 20 to 50 words in plain English that quote the learner's own words.

use crate::plan::PastTurn;
use crate::tutor::strategy::repeated_rule;
use lexilingo_shared::{analysis::GrammarError, result::Strategy};

/// Bounds of a reply, in words.
pub const WORDS: std::ops::RangeInclusive<usize> = 20..=50;

/// Longest quotation of the learner's text, in words.
const QUOTED: usize = 6;

/// What the reply is about.
pub struct About<'a> {
    pub text: &'a str,
    pub errors: &'a [GrammarError],
    pub strategy: Strategy,
    pub context: &'a [PastTurn],
    /// False when there was no English to judge.
    pub judged: bool,
}

/// Writes the reply.
pub fn reply(about: &About<'_>) -> String {
    let quoted = quote(about.text);
    if !about.judged {
        return "I can help you best with English sentences. Please write what you want to say in English, even if you are not sure of every word, and we will look at it together.".to_owned();
    }
    let Some(first) = about.errors.first() else {
        return match about.strategy {
            Strategy::Praise => format!(
                "Well done! I found nothing to correct in “{quoted}”. Your sentence is clear and easy to read. Can you tell me a little more, perhaps with a longer sentence?"
            ),
            _ => format!(
                "Good work: I found no errors in “{quoted}”. To make it sound more natural, try to join your ideas with words such as because, so or when. What would you add?"
            ),
        };
    };
    let (wrong, right) = forms(first, about.text);
    let others = match about.errors.len() {
        1 => String::new(),
        2 => " There is one more place to check after that.".to_owned(),
        n => format!(" There are {} more places to check after that.", n - 1),
    };
    match about.strategy {
        Strategy::Drill => {
            let turns = repeats(first, about);
            format!(
                "You have met this point before{turns}: “{wrong}” should be “{right}”. Let us practise it now. Please write two new sentences of your own that use “{right}” in the same way.{others}"
            )
        }
        Strategy::ErrorCorrection => format!(
            "I understand you, but “{wrong}” makes the sentence hard to follow here. The right form is “{right}”. Please read the explanation, then write the whole sentence again.{others}"
        ),
        Strategy::SocraticQuestioning => format!(
            "Your idea is clear. Look at “{wrong}” first: what does the rest of the sentence tell you about the form that must stand there? Try to change it before you open the hint.{others}"
        ),
        Strategy::Scaffolding => format!(
            "Thank you for writing. Let us go step by step and start with one small thing: change “{wrong}” to “{right}” and read the sentence again. Then we will take the next step.{others}"
        ),
        _ => format!(
            "Good try! Almost everything is fine. Look again at “{wrong}”: something about its form does not fit the words around it. Open the first hint if you need help.{others}"
        ),
    }
}

/// The apology of the last fallback.
pub fn apology() -> String {
    "I am sorry, I could not read your text just now. Nothing is wrong with what you wrote, and nothing is lost. Please send it again in a moment.".to_owned()
}

fn repeats(error: &GrammarError, about: &About<'_>) -> &'static str {
    match repeated_rule(about.errors, about.context) {
        Some(rule) if rule == error.rule => " in this conversation",
        _ => "",
    }
}

/// Wrong and right form to quote; a missing word is shown with its neighbour.
fn forms(error: &GrammarError, text: &str) -> (String, String) {
    let [start, end] = error.spans.utf8;
    if !error.error.trim().is_empty() && !error.correction.trim().is_empty() {
        return (clip(&error.error), clip(&error.correction));
    }
    let next = text.get(end..).unwrap_or_default();
    let after = next.split_whitespace().next().unwrap_or_default();
    let before = text.get(..start).unwrap_or_default();
    let before = before.split_whitespace().next_back().unwrap_or_default();
    let join = |middle: &str| clip(&[before, middle.trim(), after].join(" "));
    (join(&error.error), join(&error.correction))
}

fn quote(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(QUOTED + 1).collect();
    let clipped = clip(text);
    if words.len() > QUOTED { format!("{clipped} …") } else { clipped }
}

/// At most a few words of at most a few letters: a reply stays a reply whatever the learner wrote.
fn clip(text: &str) -> String {
    let words: Vec<String> =
        text.split_whitespace().take(QUOTED).map(|word| word.chars().take(40).collect()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::error;
    use proptest::prelude::{any, prop_assert, proptest};

    const ALL: [Strategy; 7] = [
        Strategy::Praise,
        Strategy::PositiveFeedback,
        Strategy::HintGiving,
        Strategy::SocraticQuestioning,
        Strategy::ErrorCorrection,
        Strategy::Drill,
        Strategy::Scaffolding,
    ];

    proptest! {
        #[test]
        fn a_reply_has_twenty_to_fifty_words_whatever_the_text(
            text in "\\PC{0,80}", n in 0usize..9, which in 0usize..7, judged in any::<bool>()
        ) {
            let wrong = text.split_whitespace().next().unwrap_or("").to_owned();
            let errors: Vec<_> = (0..n).map(|_| error(&text, &wrong, "went")).collect();
            let about = About { text: &text, errors: &errors, strategy: ALL[which], context: &[], judged };
            let words = reply(&about).split_whitespace().count();
            prop_assert!(WORDS.contains(&words), "{words}: {}", reply(&about));
        }
    }

    #[test]
    fn a_reply_quotes_the_learners_words() {
        let text = "I goes to school yesterday";
        let errors = [error(text, "goes", "went")];
        for strategy in ALL {
            let about = About { text, errors: &errors, strategy, context: &[], judged: true };
            assert!(reply(&about).contains("goes"), "{strategy:?}");
        }
        assert!(WORDS.contains(&apology().split_whitespace().count()));
    }
}
