//! `lexilingo-train`: makes the statistical tables of `worker/language/data` from open text (`README.md`).

mod calibrate;
mod choices;
mod confusions;
mod corpus;
mod corruption;
mod counts;
mod logistic;
mod outcome;
mod random;
mod slips;
mod tagger;

use anyhow::{Result, bail};
use std::{env, path::Path};

const USAGE: &str = "\
lexilingo-train dictionary OUT           the word list, read in place
lexilingo-train tagger TREEBANK OUT      weights of the part-of-speech tagger from a CoNLL-U file
lexilingo-train tagger-eval TREEBANK     accuracy and speed of the embedded weights
lexilingo-train counts CORPUS OUT        vocabulary and trigrams from CORPUS/{prose,everyday}/*.txt
lexilingo-train counts-eval CORPUS       perplexity of held-out sentences
lexilingo-train confusions CORPUS OUT    weights of the classifiers, with their accuracy on held-out sentences
lexilingo-train choices                  what the classifiers would change in each line of standard input
lexilingo-train held-out CORPUS          the held-out sentences
lexilingo-train calibrate CORPUS PAIRS OUT   weights of the confidences, with their error on held-out halves
lexilingo-train calibrate-eval PAIRS     error of the embedded confidences";

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["dictionary", out] => {
            Ok(std::fs::write(out, lexilingo_language::analysis::dictionary::made()?)?)
        }
        ["tagger", treebank, out] => tagger::train(Path::new(treebank), Path::new(out)),
        ["tagger-eval", treebank] => tagger::evaluate(Path::new(treebank)),
        ["counts", corpus, out] => counts::train(Path::new(corpus), Path::new(out)),
        ["counts-eval", corpus] => counts::evaluate(Path::new(corpus)),
        ["confusions", corpus, out] => confusions::train(Path::new(corpus), Path::new(out)),
        ["choices"] => choices::print(),
        ["held-out", corpus] => choices::held_out(Path::new(corpus)),
        ["calibrate", corpus, pairs, out] => {
            calibrate::train(Path::new(corpus), Path::new(pairs), Path::new(out))
        }
        ["calibrate-eval", pairs] => calibrate::evaluate(Path::new(pairs)),
        _ => bail!("{USAGE}"),
    }
}
