//! British and American spelling: both are right, so a word is known when its other spelling is.

/// Pairs of letters that differ inside words, British first; a word may hold one of them.
const PAIRS: &[(&str, &str)] = &[
    ("our", "or"),
    ("tre", "ter"),
    ("bre", "ber"),
    ("ise", "ize"),
    ("isa", "iza"),
    ("isi", "izi"),
    ("yse", "yze"),
    ("ysi", "yzi"),
    ("ogue", "og"),
    ("ence", "ense"),
    ("lled", "led"),
    ("lling", "ling"),
    ("ller", "ler"),
    ("llery", "lry"),
    ("lful", "llful"),
    ("amme", "am"),
    ("ae", "e"),
    ("oe", "e"),
    ("grey", "gray"),
    ("cheque", "check"),
    ("tyre", "tire"),
    ("plough", "plow"),
    ("sceptic", "skeptic"),
    ("aeroplane", "airplane"),
    ("pyjama", "pajama"),
    ("mould", "mold"),
    ("cosy", "cozy"),
    ("ageing", "aging"),
    ("judgement", "judgment"),
    ("fulfil", "fulfill"),
    ("enrol", "enroll"),
    ("instalment", "installment"),
    ("moustache", "mustache"),
    ("storey", "story"),
    ("kerb", "curb"),
    ("learnt", "learned"),
    ("dreamt", "dreamed"),
    ("burnt", "burned"),
    ("spelt", "spelled"),
    ("spoilt", "spoiled"),
    ("mum", "mom"),
];

/// The American spellings that a British word could have, right or not: `colour` → `color`.
pub fn american(word: &str) -> impl Iterator<Item = String> + '_ {
    PAIRS.iter().filter_map(move |(british, american)| {
        let at = word.rfind(british)?;
        Some(format!("{}{american}{}", &word[..at], &word[at + british.len()..]))
    })
}

/// True for two spellings of one word, whichever is the British one.
pub fn are_one_word(one: &str, other: &str) -> bool {
    american(one).any(|spelling| spelling == other)
        || american(other).any(|spelling| spelling == one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Lexicon;

    #[test]
    fn british_words_have_a_known_american_spelling() {
        let lexicon = Lexicon::load();
        for word in [
            "colour",
            "favourite",
            "neighbours",
            "centre",
            "kilometres",
            "litre",
            "theatre",
            "organise",
            "realised",
            "analyse",
            "dialogue",
            "defence",
            "travelled",
            "travelling",
            "traveller",
            "jewellery",
            "skilful",
            "programme",
            "grey",
            "cheque",
            "tyres",
            "pyjamas",
            "learnt",
        ] {
            assert!(american(word).any(|other| lexicon.knows(&other)), "{word}");
        }
    }
}
