use super::*;
use crate::{
    engines::rules::errors,
    fixtures::error,
    plan::PastTurn,
    tutor::{
        lesson::Material,
        strategy::{self, History},
    },
};
use lexilingo_language::{
    fluency,
    knowledge::{self, Evidence, KnowledgeGraph},
    rules::RulePack,
};
use lexilingo_shared::analysis::GrammarError;
use lexilingo_shared::model::ModelName;
use proptest::prelude::{any, prop_assert, proptest};
use std::{
    collections::{BTreeMap, HashSet},
    sync::OnceLock,
};

const ALL: [Strategy; 7] = [
    Strategy::Praise,
    Strategy::PositiveFeedback,
    Strategy::HintGiving,
    Strategy::SocraticQuestioning,
    Strategy::ErrorCorrection,
    Strategy::Drill,
    Strategy::Scaffolding,
];

/// A learner of whom something is known.
struct Learner {
    turns: Vec<PastTurn>,
    mastery: BTreeMap<String, f64>,
}

impl Learner {
    fn new() -> Learner {
        Learner { turns: Vec::new(), mastery: BTreeMap::new() }
    }

    fn broke(concepts: &[&str]) -> Learner {
        let turn = |concept: &&str| PastTurn {
            concepts: vec![(*concept).to_owned()],
            ..PastTurn::default()
        };
        Learner { turns: concepts.iter().map(turn).collect(), ..Learner::new() }
    }

    fn history(&self) -> History<'_> {
        History { turns: &self.turns, mastery: &self.mastery }
    }

    fn told(
        &self,
        text: &str,
        errors: &[GrammarError],
        evidence: &[Evidence],
        strategy: Strategy,
    ) -> String {
        let variation = Variation::of(text, "s", 1);
        let (history, graph) = (self.history(), true);
        let variation = &variation;
        let material = Material { text, errors, evidence, strategy, history, variation, graph };
        reply(text.trim(), &Lesson::of(&material), variation)
    }

    /// The reply to a text that the rules have checked.
    fn checked(&self, text: &str) -> String {
        static PACK: OnceLock<RulePack> = OnceLock::new();
        let pack = PACK.get_or_init(RulePack::load);
        let read = pack.read(text);
        let found = pack.correct(&read).findings;
        let evidence = knowledge::evidence(KnowledgeGraph::shared(), &read, &found);
        let fluency = fluency::score(pack.counts(), &read, &found);
        let errors = errors(text, found, ModelName::Rules);
        let strategy = strategy::choose(&errors, Some(fluency), &self.history());
        self.told(text, &errors, &evidence, strategy)
    }
}

fn is_of_length(reply: &str) -> bool {
    WORDS.contains(&reply.split_whitespace().count())
}

/// 500 sentences as learners write them, right ones among them.
fn sentences() -> Vec<String> {
    let subjects = ["I", "My sister", "Lan", "My friends", "The teacher"];
    let endings = ["with my family", "in Hanoi", "after school", "every Sunday", "last week"];
    let patterns = [
        "{s} go to the market {e}.",
        "{s} went to the cinema {e}.",
        "{s} have two book about history and read it {e}.",
        "{s} want go home {e}.",
        "{s} can to swim very well {e}.",
        "{s} is student and study {e}.",
        "{s} don't likes coffee {e}.",
        "{s} very like music, so listen it {e}.",
        "{s} has lived here since three years {e}.",
        "Although it rained, but {s} played football {e}.",
        "{s} bought many informations {e}.",
        "{s} helped a old man {e}.",
        "There is many people and {s} waited {e}.",
        "{s} enjoy to cook {e}.",
        "{s} recieved a letter {e}.",
        "Yesterday {s} see a film and eat rice {e}.",
        "{s} will meet him when he will come {e}.",
        "{s} cooked dinner because everyone was hungry {e}.",
        "{s} is more taller than before {e}.",
        "{s} used to play chess {e}.",
    ];
    let mut all = Vec::new();
    for pattern in patterns {
        for subject in subjects {
            for ending in endings {
                all.push(pattern.replace("{s}", subject).replace("{e}", ending));
            }
        }
    }
    all
}

#[test]
fn five_hundred_sentences_get_three_hundred_different_replies_that_quote_them() {
    let (texts, learner) = (sentences(), Learner::new());
    assert_eq!(texts.len(), 500);
    let mut replies = HashSet::new();
    let mut frames = HashSet::new();
    for text in &texts {
        let reply = learner.checked(text);
        assert!(is_of_length(&reply), "{reply}");
        let own: HashSet<String> = words_of(text).collect();
        let quoted: Vec<&str> =
            reply.split('“').skip(1).filter_map(|q| q.split('”').next()).collect();
        assert!(
            quoted.iter().any(|q| words_of(q).any(|word| own.contains(&word))),
            "{text}: {reply}"
        );
        // What stays when the quotations are taken out: the words are not only the learner's.
        frames.insert(quoted.iter().fold(reply.clone(), |frame, quote| frame.replace(quote, "")));
        replies.insert(reply);
    }
    assert!(replies.len() >= 300, "{} replies", replies.len());
    assert!(frames.len() >= 100, "{} frames", frames.len());
}

fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[test]
fn one_request_is_always_answered_the_same() {
    for text in sentences().iter().step_by(50) {
        assert_eq!(Learner::new().checked(text), Learner::new().checked(text));
    }
}

#[test]
fn odd_texts_get_replies_of_the_right_length() {
    let long = "I goes to school yesterday. ".repeat(358);
    let word = "a".repeat(10_000);
    for text in ["x", "👍", "?!", "go", "\u{202e}abc\u{0}", "I", "“”", &long, &word, "a b c\n\n\td"]
    {
        let told = Learner::new().checked(text);
        assert!(is_of_length(&told) && told.len() < 1_000, "{told}");
        assert!(is_of_length(&in_english(text)), "{}", in_english(text));
    }
    assert!(is_of_length(&in_english("")) && is_of_length(&apology()));
}

proptest! {
    #[test]
    fn a_reply_has_twenty_to_fifty_words_whatever_the_text(
        text in "\\PC{0,80}", n in 0usize..9, which in 0usize..7, concept in 0usize..200,
        shown in 0usize..200, hint in "\\PC{0,200}", weak in any::<bool>(),
    ) {
        let ids: Vec<String> =
            KnowledgeGraph::shared().concepts().map(|concept| concept.id.clone()).collect();
        // Some are no concepts: another engine may name what it likes.
        let id = |place: usize| ids.get(place).cloned().unwrap_or_default();
        let wrong = text.split_whitespace().next().unwrap_or("").to_owned();
        let edit = GrammarError { concept: id(concept), hints: [hint, String::new(), String::new()],
            ..error(&text, &wrong, "went") };
        let errors = vec![edit; n];
        let evidence = [Evidence { concept: id(shown), right: 1, wrong: 0,
            at: Some([0, text.trim().len()]) }];
        let mut learner = Learner::new();
        if weak {
            learner.mastery = ids.iter().map(|id| (id.clone(), 0.1)).collect();
        }
        let told = learner.told(&text, &errors, &evidence, ALL[which]);
        prop_assert!(is_of_length(&told), "{}: {told}", told.split_whitespace().count());
        prop_assert!(is_of_length(&in_english(&text)));
    }
}

#[test]
fn a_reply_quotes_the_learners_words_whatever_the_strategy() {
    let text = "I goes to school yesterday";
    let errors = [error(text, "goes", "went")];
    for strategy in ALL {
        assert!(Learner::new().told(text, &errors, &[], strategy).contains("goes"), "{strategy:?}");
    }
    assert!(in_english("Tôi đi học.").contains("“Tôi đi học”"));
}

#[test]
fn praise_names_what_was_right() {
    let told = Learner::new().checked("I went home early.");
    assert!(told.contains("“went”") && told.contains("Past simple"), "{told}");
    let told = Learner::broke(&["past-simple"]).checked("I went home early.");
    assert!(told.contains(wording::IMPROVED), "{told}");
}

#[test]
fn nothing_is_called_right_where_something_is_wrong() {
    let text = "I goes to school";
    let errors = [error(text, "goes", "go")];
    let shown =
        |at| Evidence { concept: "prepositions".to_owned(), right: 1, wrong: 0, at: Some(at) };
    for (at, told) in [([2, 9], false), ([10, 16], true)] {
        let replies = (0..20).map(|turn| {
            let variation = Variation::of(text, "s", turn);
            let learner = Learner::new();
            let evidence = [shown(at)];
            let material = Material {
                text,
                errors: &errors,
                evidence: &evidence,
                strategy: Strategy::HintGiving,
                history: learner.history(),
                variation: &variation,
                graph: true,
            };
            reply(text, &Lesson::of(&material), &variation)
        });
        assert_eq!(replies.into_iter().any(|reply| reply.contains("is right already")), told);
    }
}

#[test]
fn corrections_name_the_concept_and_quote_both_forms() {
    let learner = Learner::broke(&["past-simple"]);
    let told = learner.checked("Yesterday I go to school.");
    for part in ["“go”", "“went”", "Past simple"] {
        assert!(told.contains(part), "{told}");
    }
}

#[test]
fn a_drill_gives_an_exercise_of_the_concept_and_holds_its_answer_back() {
    let learner = Learner::broke(&["past-simple", "past-simple"]);
    let past = KnowledgeGraph::shared().concept("past-simple").unwrap();
    for text in ["Yesterday I go to school.", "Last week she buy a bag.", "Two days ago I see Nam."]
    {
        let told = learner.checked(text);
        let questions = [&past.exercise.question, &past.mistake.wrong];
        assert!(questions.iter().any(|question| told.ends_with(question.as_str())), "{told}");
        assert!(!told.contains(&past.exercise.answer) && !told.contains(&past.mistake.right));
    }
}

#[test]
fn hints_and_questions_do_not_tell_the_answer() {
    let text = "She have a dog.";
    let edit =
        GrammarError { concept: "have-possession".to_owned(), ..error(text, "have", "hasxyz") };
    for strategy in [Strategy::HintGiving, Strategy::SocraticQuestioning] {
        let told = Learner::new().told(text, std::slice::from_ref(&edit), &[], strategy);
        assert!(!told.contains("hasxyz"), "{told}");
    }
}

#[test]
fn a_weak_foundation_is_named() {
    let mut learner = Learner::new();
    learner.mastery.insert("present-simple".to_owned(), 0.1);
    let text = "I go there yesterday";
    let errors = vec![error(text, "go", "went"); 5];
    let told = learner.told(text, &errors, &[], Strategy::Scaffolding);
    assert!(told.contains("easier point: Present simple"), "{told}");
}
