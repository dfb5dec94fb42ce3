//! Corrections that the classifiers ask for: articles, prepositions, number, verb forms, commas, confused words.

use crate::{
    analysis::{Sentence, Tag, tokenise::Kind as TokenKind},
    confusions::{Kind, decision::Choice},
    counts::Counts,
    rules::rule::{Proposal, Rule, Stage, match_case},
};
use lexilingo_shared::errant::{Category, ErrantType};
use std::{ops::Range, sync::Arc};

/// The kinds in the order in which they are asked, the most reliable first. Forms of be are left to the rules, which
/// know them better; the veto still hears the classifier.
pub const KINDS: [Kind; 7] = [
    Kind::Set,
    Kind::Verb,
    Kind::Number,
    Kind::MissingBe,
    Kind::Article,
    Kind::Preposition,
    Kind::Comma,
];

/// The choices of one kind of slot.
pub struct ChoiceRule {
    pub kind: Kind,
    pub counts: Arc<Counts>,
}

/// What a choice needs over even odds, in natural log units, by kind and by the forms concerned; the first line that
/// fits counts, `*` fits all. Chosen on held-out correct text (`worker/training/README.md`).
const LEAST: &[(Kind, &str, &str, f32)] = &[
    (Kind::Article, "0", "the", 4.2),
    (Kind::Article, "0", "a", 3.4),
    (Kind::Article, "*", "*", 7.5),
    (Kind::Preposition, "*", "0", f32::INFINITY),
    (Kind::Preposition, "*", "*", 9.5),
    (Kind::Number, "singular", "plural", 4.2),
    (Kind::Number, "*", "*", 9.0),
    // Tense is the rules' business: a sentence alone seldom tells it.
    (Kind::Verb, "third", "past", f32::INFINITY),
    (Kind::Verb, "past", "third", f32::INFINITY),
    (Kind::Verb, "base", "past", f32::INFINITY),
    (Kind::Verb, "past", "participle", f32::INFINITY),
    (Kind::Verb, "participle", "past", f32::INFINITY),
    (Kind::Verb, "third", "base", 10.0),
    (Kind::Verb, "past", "base", 6.5),
    (Kind::Verb, "to+base", "base", 4.5),
    (Kind::Verb, "to+base", "*", f32::INFINITY),
    (Kind::Verb, "base", "participle", 6.2),
    (Kind::Verb, "*", "*", 8.0),
    (Kind::MissingBe, "*", "*", 1.5),
    (Kind::Comma, "0", "comma", 7.8),
    (Kind::Comma, "*", "*", 8.5),
    (Kind::Set, "its", "it's", 4.0),
    (Kind::Set, "to", "too", 4.0),
    (Kind::Set, "then", "than", 12.0),
    (Kind::Set, "since", "for", 12.0),
    (Kind::Set, "an", "and", 12.0),
    (Kind::Set, "*", "*", 7.2),
];

impl Rule for ChoiceRule {
    fn name(&self) -> &'static str {
        match self.kind {
            Kind::Article => "article-choice",
            Kind::Preposition => "preposition-choice",
            Kind::Number => "noun-number-choice",
            Kind::Verb | Kind::BeForm => "verb-form-choice",
            Kind::MissingBe => "be-or-not-choice",
            Kind::Comma => "comma-choice",
            Kind::Set => "confused-words",
        }
    }

    fn stage(&self) -> Stage {
        Stage::Choices
    }

    fn messages(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Article => &["choice-missing-article", "choice-extra-article", "choice-article"],
            Kind::Preposition => {
                &["choice-missing-preposition", "choice-extra-preposition", "choice-preposition"]
            }
            Kind::Number => &["choice-plural", "choice-singular"],
            Kind::Verb | Kind::BeForm => &["choice-verb-form"],
            Kind::MissingBe => &["choice-missing-be", "choice-extra-be"],
            Kind::Comma => &["choice-missing-comma", "choice-extra-comma"],
            Kind::Set => &["choice-word"],
        }
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let all = sentence.choices(&self.counts).iter();
        all.filter(|choice| choice.kind == self.kind)
            .filter_map(|choice| proposal(sentence, choice))
            .collect()
    }
}

fn proposal(sentence: &Sentence, choice: &Choice) -> Option<Proposal> {
    let over = choice.margin - least(choice) + discount(sentence, choice);
    // "on 31 August", "at 5", "in 2010": the classifier saw too few numbers to tell.
    let before_number = choice.kind == Kind::Preposition
        && sentence
            .tokens
            .get(choice.tokens.end)
            .is_some_and(|next| next.kind == TokenKind::Number);
    // "2 0 0 6": digits apart are no list.
    let number =
        |at: usize| sentence.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
    let digits = choice.kind == Kind::Comma
        && number(choice.tokens.end)
        && choice.tokens.start.checked_sub(1).is_some_and(number);
    // "yesterday's newspaper", "Lan's book": the owner stands for the article.
    let owned = choice.kind == Kind::Article
        && choice.written == "0"
        && sentence
            .tokens
            .get(choice.tokens.end)
            .is_some_and(|next| next.lower.ends_with("'s") && next.tag.is_noun());
    // "how to read and to write": the second "to" is no slip.
    let joined = choice.written.starts_with("to+")
        && matches!(sentence.at(choice.tokens.start, -1), "and" | "or" | "," | "not");
    // "Those who can, do": the comma parts two verbs.
    let verbal = |at: usize| sentence.tagged(at, |tag| tag.is_verbal() || tag == Tag::Md);
    let between_verbs = choice.kind == Kind::Comma
        && choice.wanted == "0"
        && verbal(choice.tokens.end)
        && choice.tokens.start.checked_sub(1).is_some_and(verbal);
    if over < 0.0 || before_number || digits || owned || joined || between_verbs {
        return None;
    }
    let (tokens, replacement) = edit(sentence, choice)?;
    let (errant, message) = description(choice);
    let confidence = f64::from(0.95 - 0.25 * (-over / 3.0).exp());
    Some(Proposal { tokens, replacement, errant, message, clue: String::new(), confidence })
}

/// By how much less a choice needs where the sentence holds another slip: who makes one makes more.
fn discount(sentence: &Sentence, choice: &Choice) -> f32 {
    if sentence.slips == 0 {
        return 0.0;
    }
    match choice.kind {
        Kind::Article if choice.written == "0" => 1.0,
        Kind::Article => 1.5,
        Kind::Number | Kind::Verb | Kind::BeForm => 1.0,
        Kind::Comma if choice.wanted == "comma" => 1.5,
        Kind::Comma | Kind::Preposition | Kind::MissingBe | Kind::Set => 0.0,
    }
}

fn least(choice: &Choice) -> f32 {
    let fits = |pattern: &str, label: &str| pattern == "*" || pattern == label;
    LEAST
        .iter()
        .find(|(kind, written, wanted, _)| {
            *kind == choice.kind && fits(written, choice.written) && fits(wanted, choice.wanted)
        })
        .map_or(f32::INFINITY, |(.., least)| *least)
}

/// The choice as tokens that are not empty and what they become, so that a learner always sees a form and its
/// correction: a word that is missing or too many takes its neighbour along.
pub fn edit(sentence: &Sentence, choice: &Choice) -> Option<(Range<usize>, String)> {
    let Range { start, end } = choice.tokens;
    let own = |range: Range<usize>| sentence.original(range);
    let adjacent = |left: usize| {
        let tokens = &sentence.tokens;
        tokens.get(left + 1).is_some_and(|right| right.span.start <= tokens[left].span.end + 1)
    };
    if choice.kind == Kind::Comma {
        let before = start.checked_sub(1)?;
        return Some((before..end, format!("{}{}", own(before..start), choice.replacement)));
    }
    if start == end {
        let next = sentence.tokens.get(start)?;
        let word = own(start..start + 1);
        let opens = start == 0 && next.capitalised;
        let added = match_case(if opens { word } else { "a" }, &choice.replacement);
        let word = if opens && next.lower != "i" && !next.tag.is_proper_noun() {
            &next.lower
        } else {
            word
        };
        return Some((start..start + 1, format!("{added} {word}")));
    }
    if !choice.replacement.is_empty() {
        return Some((start..end, match_case(own(start..end), &choice.replacement)));
    }
    let next =
        sentence.tokens.get(end).filter(|next| next.lower.starts_with(char::is_alphanumeric));
    if next.is_some() && adjacent(end - 1) {
        return Some((start..end + 1, match_case(own(start..end), own(end..end + 1))));
    }
    let before = start.checked_sub(1).filter(|before| adjacent(*before))?;
    Some((before..end, own(before..start).to_owned()))
}

fn description(choice: &Choice) -> (ErrantType, &'static str) {
    let missing = choice.tokens.is_empty();
    let extra = choice.replacement.is_empty();
    let typed = |category| match () {
        () if missing => ErrantType::missing(category),
        () if extra => ErrantType::unnecessary(category),
        () => ErrantType::replacement(category),
    };
    let one_of =
        |names: [&'static str; 3]| names[if missing { 0 } else { 1 + usize::from(!extra) }];
    match choice.kind {
        Kind::Article => (
            typed(Category::Det),
            one_of(["choice-missing-article", "choice-extra-article", "choice-article"]),
        ),
        Kind::Preposition => (
            typed(Category::Prep),
            one_of([
                "choice-missing-preposition",
                "choice-extra-preposition",
                "choice-preposition",
            ]),
        ),
        Kind::Number if choice.wanted == "plural" => {
            (ErrantType::replacement(Category::NounNum), "choice-plural")
        }
        Kind::Number => (ErrantType::replacement(Category::NounNum), "choice-singular"),
        Kind::Verb | Kind::BeForm => {
            (ErrantType::replacement(verb_category(choice)), "choice-verb-form")
        }
        Kind::MissingBe if missing => (ErrantType::missing(Category::Verb), "choice-missing-be"),
        Kind::MissingBe => (ErrantType::unnecessary(Category::Verb), "choice-extra-be"),
        Kind::Comma if choice.wanted == "comma" => {
            (ErrantType::missing(Category::Punct), "choice-missing-comma")
        }
        Kind::Comma => (ErrantType::unnecessary(Category::Punct), "choice-extra-comma"),
        Kind::Set => (ErrantType::replacement(Category::Other), "choice-word"),
    }
}

/// Agreement between finite present forms, tense where one side is past, else form.
fn verb_category(choice: &Choice) -> Category {
    let present = |name: &str| matches!(name, "base" | "third" | "am" | "is" | "are");
    let past = |name: &str| matches!(name, "past" | "was" | "were");
    let (a, b) = (choice.written, choice.wanted);
    match () {
        () if present(a) && present(b) || past(a) && past(b) => Category::VerbSva,
        () if (present(a) || past(a)) && (present(b) || past(b)) => Category::VerbTense,
        () => Category::VerbForm,
    }
}
