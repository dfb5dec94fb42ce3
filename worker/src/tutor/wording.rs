//! The sentences that replies are made of: each list says the same in several ways.

use lexilingo_shared::errant::Category;

pub const PRAISE: &[&str] =
    &["Well done!", "Very good!", "Excellent!", "Nicely written!", "Great work!"];
pub const PRAISE_NEXT: &[&str] = &[
    "Can you tell me a little more, perhaps with a longer sentence?",
    "Now write one or two more sentences about the same thing.",
    "Can you add a reason that begins with because?",
    "What else would you like to say about it?",
    "Try to say the same thing in another way.",
    "Can you ask me a question about it?",
];
pub const IMPROVED: &str = "You had trouble with this point before, and now it is right.";

pub const ENCOURAGEMENT: &[&str] =
    &["Good work!", "Good!", "Thank you for writing.", "I understand you well."];
pub const SMOOTHER: &[&str] = &[
    "To make it sound more natural, join your ideas with words such as because, so or when.",
    "To make it flow better, try a longer sentence with who, which or that.",
    "Now read it aloud: is there a word that you would change?",
    "Next, add one detail: when, where or why?",
];

pub const NEARLY: &[&str] =
    &["Good try!", "You are close!", "Your meaning is clear.", "Nearly right!", "Good start!"];
pub const TRY_ALONE: &[&str] = &[
    "What would you write instead?",
    "Try to correct it yourself before you open the next hint.",
    "Can you find the right form?",
    "Write the sentence again, then compare it with the hint.",
];

pub const UNDERSTOOD: &[&str] = &[
    "Your idea is clear.",
    "I understand what you want to say.",
    "Let us look at this together.",
    "You have a lot to say.",
];
pub const THINK: &[&str] = &[
    "Try to change it before you open the hint.",
    "Think about it, then write it again.",
    "Answer this question first, then correct the words.",
];

pub const CRITICAL: &[&str] = &[
    "I understand you, but one place is hard to follow.",
    "One place makes the sentence hard to understand.",
];
pub const STILL_HARD: &[&str] = &[
    "We have met this point before.",
    "This point is still difficult, and that is normal.",
    "Let us make this point clear.",
];
pub const REWRITE: &[&str] = &[
    "Please write the whole sentence again.",
    "Now write the sentence once more with the right form.",
    "Use the right form in a new sentence of your own.",
];

pub const STEP_BY_STEP: &[&str] = &[
    "Thank you for writing.",
    "Let us go step by step.",
    "One thing at a time.",
    "Let us begin with one small thing.",
];
pub const READ_AGAIN: &[&str] = &[
    "Then read the sentence again.",
    "Then look at the next place.",
    "After that we will take the next step.",
];

pub const AGAIN: &[&str] = &[
    "This point has come up again",
    "Here is the same point again",
    "Let us practise one point",
    "You have met this point before",
];
pub const OWN_SENTENCES: &str = "Please write two new sentences of your own with the right form.";

pub const SOLVED: &[&str] = &[
    "Now use it in a sentence of your own.",
    "Can you write one more sentence like it?",
    "Next, write about your own day and use it once.",
];
pub const MISSED: &[&str] = &[
    "Write the whole sentence once with the right answer.",
    "Try it again in a sentence of your own.",
    "Read the rule once more, then ask me for another exercise.",
];

/// What fills up a reply that is too short.
pub const MORE: &[&str] = &[
    "Take your time, and read the whole sentence aloud once.",
    "Then we will look at it together, step by step.",
];

/// What leads to the right form without naming it.
pub fn question(category: Category) -> &'static str {
    match category {
        Category::VerbTense => "when does this happen, and which tense shows that?",
        Category::VerbSva => "who or what is the subject, and is it one or more than one?",
        Category::VerbForm | Category::VerbInfl => {
            "which form of the verb must follow the words before it?"
        }
        Category::Det => "can we count it, and do we know already which one is meant?",
        Category::NounNum | Category::NounInfl => "do you mean one or more than one?",
        Category::NounPoss => "who or what does it belong to?",
        Category::Prep | Category::Part => "which small word goes with the words around it?",
        Category::Pron => "who or what does it stand for?",
        Category::Spell | Category::Orth => "how does a dictionary write it?",
        Category::Wo => "in which order do these words stand in English?",
        Category::Conj | Category::Punct => "how are the two parts joined?",
        Category::Adj | Category::Adv => "does it describe a thing or an action?",
        Category::AdjForm => "what is compared with what?",
        Category::Morph => "do you need a noun, a verb or an adjective here?",
        Category::Noun | Category::Verb | Category::Contr | Category::Other => {
            "what do the words around it tell you about the form that must stand there?"
        }
    }
}
