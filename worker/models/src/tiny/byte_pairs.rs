//! A byte-level vocabulary with merges (Sennrich et al. 2016; GPT-2's spelling of bytes) over a few lines of text.

use std::collections::{BTreeMap, BTreeSet};

/// What merges are learnt from: English with learners' errors, Vietnamese, and the shape of answers.
const TEXT: &str = "Last year I have visited my grandmother in the country. She go to the market every day and she \
buy apples. He don't like coffee, but he likes tea. Corrected: Last year I visited my grandmother. \
{\"errors\":[{\"wrong\":\"goes\",\"right\":\"went\",\"type\":\"verb_tense\"}],\"fluency\":70,\"level\":\"A2\",\"reply\":\"Good work! \
The past simple is for finished times.\"} Hôm qua tôi đi học. Thì quá khứ đơn dùng cho việc đã xong, như “went” trong câu này. ";

/// Tokens and merges.
#[derive(Debug, Clone)]
pub struct BytePairs {
    pub tokens: Vec<String>,
    /// Two tokens with a blank between them, in the order of merging.
    pub merges: Vec<String>,
}

impl BytePairs {
    /// The 256 bytes and up to `merges` merged tokens.
    pub fn learn(merges: usize) -> Self {
        let spelling = byte_spelling();
        let mut words: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for word in pieces(TEXT) {
            let letters = word.bytes().map(|byte| spelling[byte as usize].to_string()).collect();
            *words.entry(letters).or_default() += 1;
        }
        let mut tokens: Vec<String> = spelling.iter().map(char::to_string).collect();
        let mut known: BTreeSet<String> = tokens.iter().cloned().collect();
        let mut learnt = Vec::new();
        for _ in 0..merges {
            let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
            for (word, count) in &words {
                for pair in word.windows(2) {
                    *pairs.entry((&pair[0], &pair[1])).or_default() += count;
                }
            }
            let Some((pair, _)) = pairs.iter().max_by_key(|(pair, count)| (**count, **pair)) else {
                break;
            };
            let (first, second) = (pair.0.to_owned(), pair.1.to_owned());
            words = words
                .into_iter()
                .map(|(word, count)| (merged(&word, &first, &second), count))
                .collect();
            learnt.push(format!("{first} {second}"));
            let token = first + &second;
            if known.insert(token.clone()) {
                tokens.push(token);
            }
        }
        BytePairs { tokens, merges: learnt }
    }
}

/// Words with the blank before them, as the tokenizers of these models cut text.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in text.chars() {
        let joins = c.is_alphanumeric() && (before.is_alphanumeric() || before == ' ');
        match pieces.last_mut() {
            Some(last) if joins => last.push(c),
            _ => pieces.push(c.to_string()),
        }
        before = c;
    }
    pieces
}

fn merged(word: &[String], first: &str, second: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(word.len());
    let mut at = 0;
    while at < word.len() {
        if word[at] == first && word.get(at + 1).is_some_and(|next| next == second) {
            out.push(format!("{first}{second}"));
            at += 2;
        } else {
            out.push(word[at].clone());
            at += 1;
        }
    }
    out
}

/// One printable character for each byte (GPT-2's `bytes_to_unicode`).
fn byte_spelling() -> Vec<char> {
    let printable = |byte: u32| matches!(byte, 33..=126 | 161..=172 | 174..=255);
    let mut shifted = 0;
    (0..256)
        .filter_map(|byte| {
            if printable(byte) {
                return char::from_u32(byte);
            }
            shifted += 1;
            char::from_u32(255 + shifted)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_a_token_and_merges_build_on_tokens() {
        let pairs = BytePairs::learn(200);
        let tokens: BTreeSet<&str> = pairs.tokens.iter().map(String::as_str).collect();
        assert_eq!(tokens.len(), pairs.tokens.len());
        assert_eq!(byte_spelling().len(), 256);
        for merge in &pairs.merges {
            let (first, second) = merge.split_once(' ').unwrap();
            assert!(tokens.contains(first) && tokens.contains(second), "{merge}");
        }
    }
}
