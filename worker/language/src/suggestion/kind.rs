//! The kinds of error that a language model is asked to tell apart: few, so that it can, each with its ERRANT category.

use lexilingo_shared::errant::Category;

macro_rules! kinds {
    ($($variant:ident = $name:literal, $message:literal, $category:ident;)+) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Kind { $($variant),+ }

        impl Kind {
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),+];

            /// The name in prompts and answers.
            pub fn as_str(self) -> &'static str {
                match self { $(Kind::$variant => $name),+ }
            }

            /// The row that explains it.
            pub fn message(self) -> &'static str {
                match self { $(Kind::$variant => $message),+ }
            }

            pub fn category(self) -> Category {
                match self { $(Kind::$variant => Category::$category),+ }
            }
        }
    };
}

kinds! {
    Spelling = "spelling", "suggested-spelling", Spell;
    Article = "article", "suggested-article", Det;
    Preposition = "preposition", "suggested-preposition", Prep;
    VerbTense = "verb_tense", "suggested-verb-tense", VerbTense;
    VerbForm = "verb_form", "suggested-verb-form", VerbForm;
    Agreement = "agreement", "suggested-agreement", VerbSva;
    NounNumber = "noun_number", "suggested-noun-number", NounNum;
    Pronoun = "pronoun", "suggested-pronoun", Pron;
    WordForm = "word_form", "suggested-word-form", Morph;
    WordOrder = "word_order", "suggested-word-order", Wo;
    Punctuation = "punctuation", "suggested-punctuation", Punct;
    WordChoice = "word_choice", "suggested-word-choice", Other;
}

impl Kind {
    /// A kind by its name; what is not known is a choice of words.
    pub fn named(name: &str) -> Kind {
        Kind::ALL.iter().copied().find(|kind| kind.as_str() == name).unwrap_or(Kind::WordChoice)
    }
}
