//! Parts of speech: the tag set of the Penn Treebank, and what a tagger is given to choose from it.
//!
//! A contraction is one token here and carries the tag of its first part: `don't` VBP, `I'm` PRP, `Lan's` NNP, `can't`
//! MD. What is glued to it is asked of the token (`Token::clitic`).

use crate::analysis::{facts::Facts, tokenise::Kind};

/// One token as the tagger sees it.
#[derive(Debug, Clone, Copy)]
pub struct TokenView<'a> {
    /// The learner's own characters.
    pub own: &'a str,
    /// Lower case, with a straight apostrophe.
    pub lower: &'a str,
    pub kind: Kind,
    /// Everything that the dictionary says the word can be; none for unknown words and for what is no word.
    pub facts: Facts,
}

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident = $written:literal),+ $(,)?) => {
        /// The 45 tags of the Penn Treebank (Marcus et al. 1993).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Tag { $($(#[$doc])* $name),+ }

        impl Tag {
            /// Every tag, in the order of its number (`tag as u8`).
            pub const ALL: &'static [Tag] = &[$(Tag::$name),+];

            /// As treebanks write it: `PRP$`, `NNS`.
            pub fn as_str(self) -> &'static str {
                match self { $(Tag::$name => $written),+ }
            }

            /// Reads what treebanks write; bracket tags in the old style (`-LRB-`) too.
            pub fn parse(written: &str) -> Option<Tag> {
                match written {
                    $($written => Some(Tag::$name),)+
                    "-LRB-" => Some(Tag::OpenBracket),
                    "-RRB-" => Some(Tag::CloseBracket),
                    _ => None,
                }
            }
        }
    };
}

tags! {
    /// Coordinating conjunction.
    Cc = "CC",
    /// Cardinal number.
    Cd = "CD",
    /// Determiner.
    Dt = "DT",
    /// Existential `there`.
    Ex = "EX",
    /// Foreign word.
    Fw = "FW",
    /// Preposition or subordinating conjunction.
    In = "IN",
    /// Adjective.
    Jj = "JJ",
    /// Comparative adjective.
    Jjr = "JJR",
    /// Superlative adjective.
    Jjs = "JJS",
    /// List item marker.
    Ls = "LS",
    /// Modal.
    Md = "MD",
    /// Noun, singular or mass.
    Nn = "NN",
    /// Plural noun.
    Nns = "NNS",
    /// Proper noun, singular.
    Nnp = "NNP",
    /// Proper noun, plural.
    Nnps = "NNPS",
    /// Predeterminer: `all the`, `such a`.
    Pdt = "PDT",
    /// Possessive ending as a token of its own.
    Pos = "POS",
    /// Personal pronoun.
    Prp = "PRP",
    /// Possessive determiner: `my`.
    PrpPossessive = "PRP$",
    /// Adverb, `not` too.
    Rb = "RB",
    /// Comparative adverb.
    Rbr = "RBR",
    /// Superlative adverb.
    Rbs = "RBS",
    /// Particle: `give up`.
    Rp = "RP",
    /// Symbol.
    Sym = "SYM",
    /// `to`, preposition or mark of the infinitive.
    To = "TO",
    /// Interjection.
    Uh = "UH",
    /// Verb, plain form.
    Vb = "VB",
    /// Verb, past.
    Vbd = "VBD",
    /// Verb, gerund or present participle.
    Vbg = "VBG",
    /// Verb, past participle.
    Vbn = "VBN",
    /// Verb, present, not third person singular.
    Vbp = "VBP",
    /// Verb, third person singular present.
    Vbz = "VBZ",
    /// Determiner that asks or relates: `which`, relative `that`.
    Wdt = "WDT",
    /// Pronoun that asks or relates: `who`, `what`.
    Wp = "WP",
    /// `whose`.
    WpPossessive = "WP$",
    /// Adverb that asks or relates: `when`, `how`.
    Wrb = "WRB",
    Hash = "#",
    Dollar = "$",
    OpenQuote = "``",
    CloseQuote = "''",
    OpenBracket = "(",
    CloseBracket = ")",
    Comma = ",",
    /// Full stop, question and exclamation mark.
    Stop = ".",
    /// Colon, semicolon, dash, ellipsis.
    Colon = ":",
}

impl Tag {
    /// A verb in any form, forms of be, have and do among them; no modal.
    pub fn is_verb(self) -> bool {
        matches!(self, Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz)
    }

    /// A verb or a modal.
    pub fn is_verbal(self) -> bool {
        self.is_verb() || self == Tag::Md
    }

    /// A verb form that can be the predicate of a main clause by itself, or a modal.
    pub fn is_finite(self) -> bool {
        matches!(self, Tag::Vbd | Tag::Vbp | Tag::Vbz | Tag::Md)
    }

    /// A noun, names among them.
    pub fn is_noun(self) -> bool {
        self.is_common_noun() || self.is_proper_noun()
    }

    pub fn is_common_noun(self) -> bool {
        matches!(self, Tag::Nn | Tag::Nns)
    }

    pub fn is_proper_noun(self) -> bool {
        matches!(self, Tag::Nnp | Tag::Nnps)
    }

    pub fn is_adjective(self) -> bool {
        matches!(self, Tag::Jj | Tag::Jjr | Tag::Jjs)
    }

    pub fn is_adverb(self) -> bool {
        matches!(self, Tag::Rb | Tag::Rbr | Tag::Rbs)
    }

    /// A mark of punctuation.
    pub fn is_mark(self) -> bool {
        matches!(
            self,
            Tag::OpenQuote
                | Tag::CloseQuote
                | Tag::OpenBracket
                | Tag::CloseBracket
                | Tag::Comma
                | Tag::Stop
                | Tag::Colon
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_read_as_it_is_written() {
        assert_eq!(Tag::ALL.len(), 45);
        for (number, tag) in Tag::ALL.iter().enumerate() {
            assert_eq!(Tag::parse(tag.as_str()), Some(*tag));
            assert_eq!(*tag as usize, number);
        }
        assert_eq!(Tag::parse("-RRB-"), Some(Tag::CloseBracket));
        assert_eq!(Tag::parse("NOUN"), None);
    }

    #[test]
    fn a_tag_has_one_class() {
        for tag in Tag::ALL {
            let classes =
                [tag.is_verb(), tag.is_noun(), tag.is_adjective(), tag.is_adverb(), tag.is_mark()];
            assert!(classes.iter().filter(|class| **class).count() <= 1, "{tag:?}");
        }
    }
}
