//! Recognises what a learner wants, and what about.

use crate::{
    intent::{
        names::{self, ConceptNames, Named},
        phrases::{
            ABOUT_LANGUAGE, AROUND_NAME, COMMANDS_EXPLANATION, ENDS_EXPLANATION, ENDS_TRANSLATION,
            HELD_BY_EXPLANATION, OPENS_CHAT, OPENS_EXPLANATION, OPENS_NAME, OPENS_PRACTICE,
            OPENS_TALK, OPENS_TRANSLATION, POLITE,
        },
    },
    knowledge::{KnowledgeGraph, concept::Kind},
};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// What the learner wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    FixGrammar,
    ExplainRule,
    Practice,
    Translate,
    GeneralChat,
}

/// What a request is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Id of a concept of the knowledge graph.
    pub concept: String,
    /// The name that the request gives it, in lower case; None where the concept only fits.
    pub name: Option<String>,
}

/// A request to the tutor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub intent: Intent,
    /// None where it names nothing that is known.
    pub topic: Option<Topic>,
}

/// More words than this are a text to be corrected, whatever it opens with.
const LONGEST_REQUEST: usize = 30;
/// A greeting with more words than this behind it opens a text.
const LONGEST_CHAT: usize = 6;
/// With more words than this behind it a wish to talk is a text.
const LONGEST_TALK: usize = 6;

/// The concept behind a translation that names none: words do not translate one by one.
const OF_TRANSLATION: &str = "false-friends";
/// Talk, by its first words, and the concept that helps with it.
const OF_CHAT: &[(&str, &str)] = &[
    ("thank", "apologies-and-thanks"),
    ("thanks", "apologies-and-thanks"),
    ("cảm", "apologies-and-thanks"),
    ("cám", "apologies-and-thanks"),
    ("can", "polite-requests"),
    ("could", "polite-requests"),
    ("what", "small-talk"),
    ("who", "introducing-yourself"),
];

/// Reads a request. Whatever asks for nothing is a text to be corrected.
pub fn recognise(text: &str) -> Asked {
    static NAMES: LazyLock<ConceptNames> =
        LazyLock::new(|| ConceptNames::of(KnowledgeGraph::shared()));
    let words = names::words(text);
    // Where nothing but the name of a point of language follows, any of these asks for it.
    let named_alone = |words: &[String], core: &[String]| {
        let rest = behind(words, OPENS_NAME).or_else(|| behind(core, OPENS_NAME))?;
        let named = NAMES.find(rest)?;
        is_bare(rest, &named.words).then_some(named).filter(is_of_language)
    };
    let correct = Asked { intent: Intent::FixGrammar, topic: None };
    if words.is_empty() || words.len() > LONGEST_REQUEST {
        return correct;
    }
    let core = without_politeness(&words);
    let named = NAMES.find(core);
    let asked = |intent, named: Option<Named>| {
        let topic = named.map(|named| Topic { concept: named.concept, name: Some(named.words) });
        Asked { intent, topic }
    };
    if is_translation(core, text) {
        // A single word is what should be translated, not a topic.
        let topic = named.filter(|named| named.words.contains(' '));
        let mut found = asked(Intent::Translate, topic);
        found.topic.get_or_insert_with(|| fitting(OF_TRANSLATION));
        return found;
    }
    if opens(core, OPENS_PRACTICE) && is_request(&words, core) {
        // "some" in "some exercises" is no topic.
        return asked(Intent::Practice, named.filter(Named::is_sure));
    }
    let sure = named.as_ref().is_some_and(Named::is_sure);
    let asks = opens(core, OPENS_EXPLANATION)
        || ends(core, ENDS_EXPLANATION)
        || sure && holds(core, HELD_BY_EXPLANATION);
    let commands = opens(core, COMMANDS_EXPLANATION);
    let is_question = text.trim_end().ends_with('?') || commands || is_vietnamese_question(core);
    if asks
        && (is_question || sure || core.len() <= LONGEST_CHAT)
        && is_about_language(core, named.as_ref(), text)
    {
        return asked(Intent::ExplainRule, named);
    }
    // A bare name: "present perfect?"
    if let Some(bare) = named.as_ref().filter(|named| named.words == core.join(" "))
        && text.trim_end().ends_with('?')
    {
        return asked(Intent::ExplainRule, Some(bare.clone()));
    }
    if let Some(named) = named_alone(&words, core) {
        return asked(Intent::ExplainRule, Some(named));
    }
    if let Some(subject) = behind(&words, OPENS_TALK).filter(|rest| rest.len() <= LONGEST_TALK) {
        // Talk about the weather is about its words.
        let topic = NAMES.find(subject).map(|named| fitting(&named.concept));
        return Asked {
            intent: Intent::GeneralChat,
            topic: Some(topic.unwrap_or_else(|| fitting("small-talk"))),
        };
    }
    if opens(&words, OPENS_CHAT) && words.len() <= LONGEST_CHAT {
        return chat(&words);
    }
    correct
}

/// True where only words that say nothing stand beside the name.
fn is_bare(rest: &[String], name: &str) -> bool {
    let name: Vec<&str> = name.split(' ').collect();
    let places = 0..(rest.len() + 1).saturating_sub(name.len());
    let is_there = |at: &usize| rest[*at..*at + name.len()].iter().zip(&name).all(|(a, b)| a == b);
    let Some(at) = places.rev().find(is_there) else { return false };
    let says_nothing = |words: &[String]| {
        let mut words = words;
        while let Some(next) = behind(words, AROUND_NAME) {
            words = next;
        }
        words.is_empty()
    };
    says_nothing(&rest[..at]) && says_nothing(&rest[at + name.len()..])
}

/// Fields of everyday words are talked about, points of grammar are asked about.
fn is_of_language(named: &Named) -> bool {
    let about = |word: &str| ABOUT_LANGUAGE.split('|').any(|a| a == word.trim_end_matches('s'));
    let compared = named.words.contains(" and ") || named.words.contains(" và ");
    let concept = KnowledgeGraph::shared().concept(&named.concept);
    concept.is_some_and(|concept| concept.kind == Kind::Grammar)
        || named.words.split(' ').any(about)
        || compared
}

/// The words behind the longest of these beginnings.
fn behind<'w>(words: &'w [String], phrases: &str) -> Option<&'w [String]> {
    let longest =
        phrases.split('|').filter(|phrase| starts(words, phrase)).max_by_key(|p| p.len())?;
    Some(&words[longest.split(' ').count()..])
}

fn chat(words: &[String]) -> Asked {
    let first = words.first().map_or("", String::as_str);
    let concept = OF_CHAT.iter().find(|(word, _)| *word == first).map_or("greetings", |row| row.1);
    Asked { intent: Intent::GeneralChat, topic: Some(fitting(concept)) }
}

fn fitting(concept: &str) -> Topic {
    Topic { concept: concept.to_owned(), name: None }
}

/// `practice` opens requests and statements alike: "Practice makes perfect." is none.
fn is_request(words: &[String], core: &[String]) -> bool {
    let polite = core.len() < words.len();
    let verb = core.first().is_some_and(|word| matches!(word.as_str(), "practice" | "practise"));
    !verb || polite || !core.iter().any(|word| matches!(word.as_str(), "makes" | "is" | "was"))
}

fn is_translation(core: &[String], text: &str) -> bool {
    let asks_meaning = core.len() > 2
        && (opens(core, "what does|what do") && ends(core, "mean")
            || opens(core, "what is the meaning of|what's the meaning of"));
    let in_english = opens(core, "what is|what's|how is") && ends(core, "in english");
    let ends_so = ends(core, ENDS_TRANSLATION) && (is_vietnamese(text) || opens(core, "what|how"));
    // "thì hiện tại hoàn thành nghĩa là gì" asks for a translation too; "là gì" alone asks for a rule.
    opens(core, OPENS_TRANSLATION) || asks_meaning || in_english || ends_so
}

fn is_vietnamese(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
        || text.to_lowercase().contains("tieng")
}

fn is_vietnamese_question(core: &[String]) -> bool {
    ends(core, ENDS_EXPLANATION)
        || core.iter().any(|word| matches!(word.as_str(), "gì" | "nào" | "sao" | "không"))
        || core.first().is_some_and(|word| !word.is_ascii())
}

/// A question is about English where it points at a concept, quotes something, or speaks of grammar.
fn is_about_language(core: &[String], named: Option<&Named>, text: &str) -> bool {
    let pointed = named.is_some_and(|named| named.is_sure() || is_vietnamese(text));
    let quotes = text.contains(['"', '“', '”', '‘']) && named.is_some();
    let speaks = core
        .iter()
        .any(|word| ABOUT_LANGUAGE.split('|').any(|about| about == word.trim_end_matches('s')));
    pointed || quotes || speaks
}

fn without_politeness(words: &[String]) -> &[String] {
    let mut rest = words;
    while let Some(phrase) =
        POLITE.split('|').filter(|phrase| starts(rest, phrase)).max_by_key(|p| p.len())
    {
        let length = phrase.split(' ').count();
        if length >= rest.len() {
            break;
        }
        rest = &rest[length..];
    }
    rest
}

fn starts(words: &[String], phrase: &str) -> bool {
    let mut at = 0;
    phrase.split(' ').all(|word| {
        at += 1;
        words.get(at - 1).is_some_and(|own| own == word)
    })
}

fn opens(words: &[String], phrases: &str) -> bool {
    phrases.split('|').any(|phrase| starts(words, phrase))
}

fn holds(words: &[String], phrases: &str) -> bool {
    (0..words.len()).any(|at| opens(&words[at..], phrases))
}

fn ends(words: &[String], phrases: &str) -> bool {
    phrases.split('|').any(|phrase| {
        let length = phrase.split(' ').count();
        words.len() >= length && starts(&words[words.len() - length..], phrase)
    })
}

#[cfg(test)]
mod tests;
