//! From probabilities to corrections: which choice of a slot beats what the learner wrote, and by how much.

use crate::{
    analysis::{Tag, Token, tokenise},
    confusions::{
        BE_FORMS, Kind, PREPOSITIONS, Slot, TO_BASE, TO_ING, base, sets, view::View, weights,
    },
    counts::Counts,
    hash,
};
use std::ops::Range;

/// How much the counts' opinion weighs beside the classifiers', in natural log units.
const CONTEXT_WEIGHT: f32 = 0.2;

/// A choice that the context asks for more than for what stands there.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub kind: Kind,
    /// As in `Slot`.
    pub tokens: Range<usize>,
    pub anchor: usize,
    /// Label names: `0`, `the`, `past`; the words themselves for sets.
    pub written: &'static str,
    pub wanted: &'static str,
    /// In lower case; empty where a word is to go.
    pub replacement: String,
    /// Natural log odds of the choice against what stands there, with the counts' opinion.
    pub margin: f32,
}

/// All choices of a sentence that are likelier than what stands there, in order of place.
pub fn choices(view: &View, slots: &[Slot], counts: &Counts) -> Vec<Choice> {
    slots.iter().filter_map(|slot| choice(view, slot, counts)).collect()
}

/// The likeliest other form of one slot.
fn choice(view: &View, slot: &Slot, counts: &Counts) -> Option<Choice> {
    let probabilities = weights::probabilities(slot);
    let pairs = || slot.labels.iter().copied().zip(probabilities.iter().copied());
    let written: f32 = pairs().filter(|(label, _)| slot.is_written(*label)).map(|(_, p)| p).sum();
    let (best, p) = pairs()
        .filter(|(label, _)| !slot.is_written(*label))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    if p <= written * 0.02 {
        return None;
    }
    let replacement = form(view, slot, best)?;
    // Forms that look alike are one choice.
    let alike: f32 = pairs()
        .filter(|(label, _)| *label != best && !slot.is_written(*label))
        .filter(|(label, p)| *p > 0.001 && form(view, slot, *label).as_ref() == Some(&replacement))
        .map(|(_, p)| p)
        .sum();
    let keys: Vec<u64> =
        replacement.split(' ').filter(|word| !word.is_empty()).map(hash::word).collect();
    let likelier = counts.change(&view.words, slot.tokens.clone(), &keys);
    let margin = ((p + alike) / written.max(1e-7)).ln() + CONTEXT_WEIGHT * likelier;
    let label = (0..16).find(|label| slot.is_written(*label))?;
    let own = view.sentence.tokens[slot.tokens.clone()].iter().map(|t| t.lower.as_str());
    let same = own.collect::<Vec<_>>().join(" ") == replacement;
    (!same).then(|| Choice {
        kind: slot.kind,
        tokens: slot.tokens.clone(),
        anchor: slot.anchor,
        written: name(slot, label),
        wanted: name(slot, best),
        replacement,
        margin,
    })
}

/// What a label is called.
fn name(slot: &Slot, label: u8) -> &'static str {
    let place = usize::from(label);
    match slot.kind {
        Kind::Article => ["0", "a", "the"][place.min(2)],
        Kind::Preposition if place == 0 => "0",
        Kind::Preposition => PREPOSITIONS[place - 1],
        Kind::Number => ["singular", "plural"][place.min(1)],
        Kind::Verb | Kind::BeForm if label == TO_BASE => "to+base",
        Kind::Verb | Kind::BeForm if label == TO_ING => "to+ing",
        Kind::Verb => ["base", "third", "ing", "past", "participle"][place.min(4)],
        Kind::BeForm => BE_FORMS[place.min(7)],
        Kind::MissingBe => ["0", "be"][place.min(1)],
        Kind::Comma => ["0", "comma"][place.min(1)],
        Kind::Set => sets::SETS[slot.set][place],
    }
}

/// What a label stands for at this place; none where the word has no such form.
fn form(view: &View, slot: &Slot, label: u8) -> Option<String> {
    let token = view.sentence.tokens.get(slot.anchor)?;
    let lexicon = view.sentence.lexicon;
    let place = usize::from(label);
    Some(match slot.kind {
        Kind::Article => match label {
            0 => String::new(),
            1 => indefinite(view.sentence.tokens.get(slot.tokens.end)?).to_owned(),
            _ => "the".to_owned(),
        },
        Kind::Preposition if place == 0 => String::new(),
        Kind::Preposition => PREPOSITIONS[place - 1].to_owned(),
        Kind::Number if label == 0 => lexicon.singular(&token.lower)?,
        Kind::Number => lexicon.plural(&token.lower)?,
        Kind::Verb => {
            let base = base(view, token);
            match label {
                TO_BASE => format!("to {base}"),
                TO_ING => format!("to {}", lexicon.ing(&base)?),
                0 => base,
                1 => lexicon.third(&base),
                2 => lexicon.ing(&base)?,
                3 => lexicon.past(&base)?,
                _ => lexicon.verb_form(&base, Tag::Vbn)?,
            }
        }
        Kind::BeForm => match label {
            TO_BASE => "to be".to_owned(),
            TO_ING => "to being".to_owned(),
            _ => BE_FORMS[place.min(7)].to_owned(),
        },
        Kind::MissingBe if label == 0 => String::new(),
        Kind::MissingBe => be_for(view, slot.anchor).to_owned(),
        Kind::Comma => [String::new(), ",".to_owned()][place.min(1)].clone(),
        Kind::Set => (*sets::SETS[slot.set].get(place)?).to_owned(),
    })
}

/// `a` or `an` by the sound that the next word begins with.
pub fn indefinite(next: &Token) -> &'static str {
    let word = next.lower.as_str();
    if next.kind == tokenise::Kind::Number {
        let vowel = word.starts_with('8') || matches!(word, "11" | "18");
        return if vowel { "an" } else { "a" };
    }
    let silent = ["hour", "honest", "honor", "honour", "heir"];
    let glide = ["uni", "use", "usu", "eu", "ut", "ubi", "one", "once", "ur"];
    let exceptions = ["unin", "unim", "unid", "utt", "urg", "urb"];
    let starts = |list: &[&str]| list.iter().any(|start| word.starts_with(start));
    let vowel = starts(&silent)
        || word.starts_with(['a', 'e', 'i', 'o', 'u']) && (!starts(&glide) || starts(&exceptions));
    if vowel { "an" } else { "a" }
}

/// The form of be that agrees with the word before `anchor`, in the past where the sentence tells of the past.
fn be_for(view: &View, anchor: usize) -> &'static str {
    let head = anchor as isize - 1;
    let plural = match view.lower(head) {
        "i" => None,
        "he" | "she" | "it" | "this" | "that" | "there" => Some(false),
        "we" | "they" | "you" | "these" | "those" => Some(true),
        _ => Some(view.tagged(head, &[Tag::Nns, Tag::Nnps])),
    };
    let past = (0..view.len()).any(|k| view.tagged(k, &[Tag::Vbd]));
    match (plural, past) {
        (None, false) => "am",
        (Some(false), false) => "is",
        (Some(true), false) => "are",
        (Some(true), true) => "were",
        (_, true) => "was",
    }
}
