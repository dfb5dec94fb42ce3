//! Vietnamese written without its marks: "bun cha", "pho", "ao dai". Such words are not misspelt English.

const ONSETS: &[&str] = &[
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h",
    "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];
const OPEN_RHYMES: &[&str] = &[
    "a", "e", "i", "o", "u", "y", "ai", "ao", "au", "ay", "eo", "eu", "ia", "ieu", "iu", "oa",
    "oai", "oay", "oe", "oi", "ua", "uay", "ue", "ui", "uoi", "uou", "uu", "uy", "uya", "yeu",
    "uo",
];
const NUCLEI: &[&str] =
    &["a", "e", "i", "o", "u", "y", "ie", "oa", "oe", "ua", "ue", "uo", "uy", "uye", "ye"];
const CODAS: &[&str] = &["ch", "ng", "nh", "c", "m", "n", "p", "t"];

/// True for a lower-case word that is one well-formed syllable of Vietnamese without tone and vowel marks.
pub fn is_syllable(word: &str) -> bool {
    ONSETS.iter().any(|onset| word.strip_prefix(onset).is_some_and(is_rhyme))
}

fn is_rhyme(rest: &str) -> bool {
    let closed =
        |coda: &&str| rest.strip_suffix(*coda).is_some_and(|nucleus| NUCLEI.contains(&nucleus));
    OPEN_RHYMES.contains(&rest) || CODAS.iter().any(closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_misspelt_english() {
        for word in ["pho", "bun", "cha", "banh", "nguyen", "nguoi", "thich", "truong", "dai"] {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["freind", "teh", "becaus", "recieve", "hapy", "wich", "skool", ""] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
