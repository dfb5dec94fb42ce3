use super::*;
use crate::{
    counts::Counts,
    rules::proof::{expect, stays},
};

fn rule() -> Spelling {
    Spelling { speller: Arc::new(Speller::new(Arc::new(Counts::load()))) }
}

#[test]
fn misspelt_words_are_put_right() {
    expect(
        &rule(),
        &[
            ("I often recieve letters from her.", "I often receive letters from her."),
            ("My freind is very kind.", "My friend is very kind."),
            ("It is a beautifull country.", "It is a beautiful country."),
            ("The enviroment is very important.", "The environment is very important."),
            ("She teached me.", "She taught me."),
            ("I like it alot.", "I like it a lot."),
            ("We stoped there.", "We stopped there."),
            ("I dont know.", "I don't know."),
            ("The childs are happy.", "The children are happy."),
            ("She studys hard.", "She studies hard."),
            ("He runned fast.", "He ran fast."),
            ("It was intersting.", "It was interesting."),
        ],
    );
}

#[test]
fn names_and_other_languages_stay() {
    stays(
        &rule(),
        "
            I live in Da Nang with Nguyen and Huong.
            Hoi An is old.
            We ate bun cha and pho.
            I like phở bò very much.
            The colour of the theatre is grey.
            The color of the theater is gray.
            Minh went home.
            See https://exampel.com or mail me at wrnog@mial.com 😀.
            He said “I recieve it”.
            Run `git comit` now.
            I use the qwertz keyboard.
            My friend Thuyy is here.
            Tôi rất thích đi học.
            They realise and organize it.
            The travelling jeweller analysed it.
            NASA and UNESCO agreed.
            Tigers are becoming rarer.
            ",
    );
}

#[test]
fn what_recurs_is_a_name_or_a_term() {
    stays(
        &rule(),
        "
            Zelda likes Frendo. Frendo is my dog.
            Tavrin is small. We walked to Tavrin. I love tavrin.
            A blicket is red. This blicket is big. I have one blicket.
            ",
    );
}

#[test]
fn slips_that_recur_or_are_also_written_right_are_put_right() {
    expect(
        &rule(),
        &[
            ("I recieve mail. You recieve mail.", "I receive mail. You receive mail."),
            (
                "The goverment is big. The goverment pays. I like the goverment.",
                "The government is big. The government pays. I like the government.",
            ),
        ],
    );
}

#[test]
fn of_two_misspelt_words_side_by_side_the_surer_is_corrected_first() {
    let counts = Arc::new(Counts::load());
    let lexicon = Lexicon::load();
    let rule = Spelling { speller: Arc::new(Speller::new(counts)) };
    let found =
        rule.find(&Sentence::new("They love their familyes tradision very much.", &lexicon));
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn no_usual_slip_is_a_word_of_its_own() {
    let lexicon = Lexicon::load();
    let words: Vec<&&str> = USUAL_SLIPS.keys().filter(|slip| lexicon.knows(slip)).collect();
    assert!(words.is_empty(), "{words:?}");
}
