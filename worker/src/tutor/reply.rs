//! The tutor's reply: 20 to 50 words in plain English that quote the learner's own words.

use crate::tutor::{
    lesson::{Focus, Lesson, RightUse},
    quotation,
    variation::Variation,
    wording,
};
use lexilingo_shared::{analysis::Severity, result::Strategy};

/// Bounds of a reply, in words.
pub const WORDS: std::ops::RangeInclusive<usize> = 20..=50;

/// Longest sentence of a reply, in bytes.
const LONGEST_SENTENCE: usize = 400;

/// Writes the reply to a text.
pub fn reply(text: &str, lesson: &Lesson<'_>, variation: &Variation) -> String {
    let (core, more) = match &lesson.focus {
        Some(focus) => corrected(focus, lesson, variation),
        None => approved(&quotation::opening(text), lesson, variation),
    };
    fitted(core, more)
}

/// The reply where there is no English to judge.
pub fn in_english(text: &str) -> String {
    let quoted = quotation::opening(text);
    let question = if quoted.is_empty() {
        "Please write what you want to say in English,".to_owned()
    } else {
        format!("How would you say “{quoted}” in English? Try it,")
    };
    format!(
        "I can help you best with English sentences. {question} even if you are not sure of every word, and we will look at \
         it together."
    )
}

/// The apology of the last fallback.
pub fn apology() -> String {
    "I am sorry, I could not read your text just now. Nothing is wrong with what you wrote, and nothing is lost. Please send it again in a moment.".to_owned()
}

/// Nothing is to be corrected: what was right, and where to go from there.
fn approved(quoted: &str, lesson: &Lesson<'_>, variation: &Variation) -> (String, Vec<String>) {
    let praised = lesson.strategy == Strategy::Praise;
    let (openings, next) = if praised {
        (wording::PRAISE, wording::PRAISE_NEXT)
    } else {
        (wording::ENCOURAGEMENT, wording::SMOOTHER)
    };
    let opening = variation.pick(0, openings);
    let core = match &lesson.right_use {
        Some(RightUse { concept, quote, .. }) => {
            let title = &concept.title.en;
            match variation.number(1) % 3 {
                0 => format!(
                    "{opening} I found nothing to correct in “{quoted}”. Notice what you did right: “{quote}” ({title})."
                ),
                1 => format!(
                    "{opening} I would leave “{quoted}” as it is. “{quote}” is just right ({title})."
                ),
                _ => format!(
                    "{opening} I found nothing to change in “{quoted}”. With “{quote}” you show that you know this point: \
                     {title}."
                ),
            }
        }
        None if praised => {
            format!(
                "{opening} I found nothing to correct in “{quoted}”. It is clear and easy to read."
            )
        }
        None => format!("{opening} I found no errors in “{quoted}”."),
    };
    let improved = lesson.right_use.as_ref().is_some_and(|found| found.was_weak);
    let mut more = Vec::new();
    more.extend(improved.then(|| wording::IMPROVED.to_owned()));
    more.push(variation.pick(2, next).to_owned());
    (core, more)
}

fn corrected(
    focus: &Focus<'_>,
    lesson: &Lesson<'_>,
    variation: &Variation,
) -> (String, Vec<String>) {
    let Focus { error, wrong, right, concept, foundation, others } = focus;
    let point = concept.map_or_else(String::new, |concept| format!(" ({})", concept.title.en));
    let pick = |salt, all: &[&str]| variation.pick(salt, all).to_owned();
    let rest = match others {
        0 => String::new(),
        1 => "There is one more place to check after that.".to_owned(),
        n => format!("There are {n} more places to check after that."),
    };
    match lesson.strategy {
        Strategy::Drill => {
            let again = variation.pick(0, wording::AGAIN);
            let title =
                concept.map_or_else(String::new, |concept| format!(": {}", concept.title.en));
            let corrected = format!("{again}{title}. “{wrong}” should be “{right}”.");
            let core = match &lesson.exercise {
                Some(exercise) => {
                    let instruction = exercise.task().instruction().english;
                    format!("{corrected} Now you. {instruction}: {}", exercise.question())
                }
                None => format!("{corrected} {}", wording::OWN_SENTENCES),
            };
            (core, vec![rest])
        }
        Strategy::ErrorCorrection => {
            let critical = error.severity == Severity::Critical;
            let openings = if critical { wording::CRITICAL } else { wording::STILL_HARD };
            let opening = variation.pick(0, openings);
            let rule = concept.map_or_else(String::new, |concept| concept.rule.en.clone());
            let core = format!("{opening} “{wrong}” should be “{right}” here{point}.");
            (core, vec![rule, pick(2, wording::REWRITE), rest])
        }
        Strategy::SocraticQuestioning => {
            let opening = variation.pick(0, wording::UNDERSTOOD);
            let question = wording::question(error.errant.category);
            let core = format!("{opening} Look at “{wrong}” first{point}: {question}");
            (core, vec![pick(2, wording::THINK), rest])
        }
        Strategy::Scaffolding => {
            let opening = variation.pick(0, wording::STEP_BY_STEP);
            let core = format!("{opening} First change “{wrong}” to “{right}”{point}.");
            let below = foundation.map_or_else(String::new, |below| {
                format!("It rests on an easier point: {}.", below.title.en)
            });
            (core, vec![below, pick(2, wording::READ_AGAIN), rest])
        }
        _ => {
            let opening = variation.pick(0, wording::NEARLY);
            let [hint, ..] = &error.hints;
            let alone = pick(2, wording::TRY_ALONE);
            let right = encouraged(lesson, variation).unwrap_or_default();
            if hint.contains(wrong.as_str()) && fits(opening, hint) {
                let about = concept.map(|concept| format!("This is about: {}.", concept.title.en));
                (joined(opening, hint), vec![about.unwrap_or_default(), alone, right, rest])
            } else {
                let core = format!("{opening} Something is not right yet in “{wrong}”{point}.");
                (core, vec![hint.clone(), alone, right, rest])
            }
        }
    }
}

/// Beside a hint now and then what is right already.
fn encouraged(lesson: &Lesson<'_>, variation: &Variation) -> Option<String> {
    let RightUse { concept, quote, .. } = lesson.right_use.as_ref()?;
    let told = variation.number(3).is_multiple_of(2);
    told.then(|| format!("“{quote}” is right already ({}).", concept.title.en))
}

/// The core with as much more as there is room for, and filled up where it is too short.
pub fn fitted(core: String, more: Vec<String>) -> String {
    let mut reply = core;
    for sentence in &more {
        if fits(&reply, sentence) {
            reply = joined(&reply, sentence);
        }
    }
    for sentence in wording::MORE {
        if !WORDS.contains(&words(&reply)) && fits(&reply, sentence) {
            reply = joined(&reply, sentence);
        }
    }
    reply
}

/// Whether a sentence may come too. What an engine wrote may be long without many words.
fn fits(reply: &str, sentence: &str) -> bool {
    let room = WORDS.end().saturating_sub(words(reply));
    (1..=LONGEST_SENTENCE).contains(&sentence.len()) && words(sentence) <= room
}

fn joined(reply: &str, sentence: &str) -> String {
    format!("{reply} {sentence}")
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests;
