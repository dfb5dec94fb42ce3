use super::*;
use crate::{
    rules::{explanations::rows, finding::apply},
    suggestion::Kind,
};
use lexilingo_shared::errant::{Category, ErrantType};
use proptest::prelude::*;
use std::{collections::HashSet, sync::OnceLock, time::Instant};

fn pack() -> &'static RulePack {
    static PACK: OnceLock<RulePack> = OnceLock::new();
    PACK.get_or_init(RulePack::load)
}

fn unchanged(texts: &[&str]) {
    for text in texts {
        let checked = pack().check(text);
        assert_eq!(checked.corrected, *text, "{:?}", checked.findings);
        assert!(checked.findings.is_empty());
    }
}

#[test]
fn the_first_acceptance_case_is_one_edit_with_both_reasons_applied() {
    for text in ["I goes to school yesterday", "I goes to school yesterday."] {
        let checked = pack().check(text);
        assert_eq!(checked.corrected, text.replace("goes", "went"));
        let [finding] = checked.findings.as_slice() else { panic!("{:?}", checked.findings) };
        assert_eq!(finding.span, 2..6);
        assert_eq!(finding.replacement, "went");
        assert_eq!(finding.errant, ErrantType::replacement(Category::VerbTense));
        assert_eq!(finding.rule, "past-tense-with-past-time");
        assert_eq!(finding.concept, "past-simple");
        for text in [&finding.explanation, &finding.explanation_vi, &finding.hints[2]] {
            assert!(text.contains("“goes”") && text.contains("“went”"), "{text}");
        }
    }
}

#[test]
fn a_pack_is_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    shared(pack());
}

#[test]
fn several_errors_are_put_right_together() {
    for (text, wanted) in [
        ("She have 5 book", "She has 5 books"),
        ("She have 5 book.", "She has 5 books."),
        ("He can to swim and he have a apple", "He can swim and he has an apple"),
        ("My freind like many informations.", "My friend likes a lot of information."),
        ("Last week she buy two book.", "Last week she bought two books."),
        ("There is many student.", "There are many students."),
        ("The informations are useful.", "The information is useful."),
        ("I dont wants go home.", "I don't want to go home."),
    ] {
        assert_eq!(pack().check(text).corrected, wanted);
    }
}

#[test]
fn correct_sentences_of_the_seventh_defect_stay() {
    unchanged(&[
        "I was at home.",
        "Does he have a dog?",
        "a university",
        "an hour",
        "There are 5 people",
        "Did he go home?",
        "Yesterday I went out to eat with my friends.",
        "an honest mistake",
        "It was an honest mistake.",
    ]);
}

#[test]
fn what_is_not_the_learners_english_stays() {
    unchanged(&[
        "",
        " \n\t",
        "😀😀😀",
        "...",
        "Tôi đi học. Hôm qua tôi đi chơi với bạn.",
        "He said “I goes home”.",
        "`she go` is code",
        "see http://x.y/she_go and a@b.cd",
        "5 + 5 = 10",
        "Nguyen Van An lives in Hoi An.",
        "{error} {clue}",
        "“",
        "don’t",
        "\u{0301}\u{0301}",
        "\u{202e}abc",
        "٣ ٤",
        "İi",
        "ﬁ ǅ ß",
    ]);
}

#[test]
fn every_rule_is_named_once_and_explained_in_both_languages() {
    let names: HashSet<_> = pack().rules().map(Rule::name).collect();
    assert_eq!(names.len(), pack().rules().count());
    // Two rules may teach the same thing.
    let of_rules = pack().rules().flat_map(Rule::messages).copied();
    let messages: HashSet<_> =
        of_rules.chain(Kind::ALL.iter().map(|kind| kind.message())).collect();
    let explained: HashSet<_> = rows().map(|row| row.message).collect();
    assert!(pack().rules().all(|rule| !rule.messages().is_empty()));
    assert!(messages.iter().all(|message| explained.contains(message)), "{messages:?}");
    assert_eq!(messages.len(), explained.len(), "a row of the table is not used");
}

#[test]
fn the_first_hint_points_and_the_last_one_answers() {
    for (text, first, last) in [
        (
            "All my homeworks are here.",
            "Can you count what “homeworks” names?",
            "“homeworks” → “homework”",
        ),
        ("I goes to school.", "Look at the subject “I” and its verb.", "“goes” → “go”"),
        (
            "She not like fish.",
            "How does English make “not like” negative?",
            "“not like” → “does not like”",
        ),
    ] {
        let found = pack().check(text).findings;
        let hints = found.iter().map(|finding| &finding.hints);
        assert!(
            hints.clone().any(|hints| hints[0] == first && hints[2] == last),
            "{hints:?}",
            hints = hints.collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_capital_does_not_explain_another_correction() {
    let text = "My cousin and me went to the same school.";
    let findings = pack().check(text).findings;
    assert!(!findings.is_empty());
    assert!(findings.iter().all(|finding| finding.rule != "capital-letter"), "{findings:?}");
}

/// Texts that could make a careless engine slow, 10,000 characters each.
#[test]
fn no_text_takes_long() {
    pack();
    let repeat = |part: &str| part.chars().cycle().take(10_000).collect::<String>();
    for part in [
        "a",
        "a ",
        ".",
        "“",
        "'a ",
        "1",
        "1 ",
        "1.",
        "😀",
        "recieve the ",
        "freindd and the hapyy ",
        "\n",
        "-",
        "a-",
        "a'",
        "She have 5 book and he go to a university yesterday. ",
        "many student ",
        "I goes yesterday ",
        "w.w",
        "@",
        "[",
        "``",
        "he he he ",
        "the the the ",
        "qzxv the ",
        "and he go ",
        "last week ",
    ] {
        let text = repeat(part);
        let start = Instant::now();
        let checked = pack().check(&text);
        let took = start.elapsed();
        assert_eq!(apply(&text, &checked.findings), checked.corrected);
        // Generous: tests are not optimised and share the machine.
        assert!(took.as_millis() < 2_500, "{part:?} took {took:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn edits_give_the_corrected_text_whatever_is_written(chars in proptest::collection::vec(any::<char>(), 0..200)) {
        let text: String = chars.into_iter().collect();
        let checked = pack().check(&text);
        prop_assert_eq!(apply(&text, &checked.findings), checked.corrected);
    }

    #[test]
    fn edits_give_the_corrected_text_of_learners(
        words in proptest::collection::vec(prop::sample::select(&[
            "I", "he", "she", "goes", "go", "went", "have", "a", "an", "apple", "university", "5", "many", "book",
            "yesterday", "last", "week", "can", "to", "want", "informations", "more", "taller", "freind", "there", "is",
            ".", ",", "and", "“", "”", "ăn", "😀", "\n", "every", "days", "not", "did", "vietnam", "i", "when", "was",
        ][..]), 0..40),
        glue in prop::sample::select(&[" ", "", "  "][..]),
    ) {
        let text = words.join(glue);
        let checked = pack().check(&text);
        prop_assert_eq!(apply(&text, &checked.findings), checked.corrected.clone());
        let apart = checked.findings.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        prop_assert!(apart);
        for finding in &checked.findings {
            prop_assert!(!finding.span.is_empty() && !finding.replacement.is_empty());
            let quoted = format!("“{}”", finding.replacement);
            prop_assert!(finding.explanation.contains(&quoted) && finding.explanation_vi.contains(&quoted));
            let plain = !text[finding.span.clone()].contains('“');
            prop_assert!(!(plain && finding.hints[0].contains(&quoted)), "{:?}", finding.hints);
        }
    }
}
