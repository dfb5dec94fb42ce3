//! What two open checkers reach on the same sets, and what this one is to reach.

/// One measure of one set. Figures are per cent, but for correlations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    set: &'static str,
    measure: &'static str,
    pub languagetool: Option<f64>,
    pub harper: Option<f64>,
    pub must: Option<f64>,
    pub aim: Option<f64>,
}

pub const RIGHT: &str = "rightly corrected %";
pub const CHANGED: &str = "wrongly changed %";
pub const GLEU: &str = "GLEU";
pub const EDITS: &str = "edits F0.5";
pub const FLUENCY: &str = "fluency, Pearson";
pub const LEVEL: &str = "level, Pearson";

const fn known(
    (set, measure): (&'static str, &'static str),
    peers: [Option<f64>; 2],
    bars: [Option<f64>; 2],
) -> Known {
    Known { set, measure, languagetool: peers[0], harper: peers[1], must: bars[0], aim: bars[1] }
}

const fn both(a: f64, b: f64) -> [Option<f64>; 2] {
    [Some(a), Some(b)]
}

/// LanguageTool 6 and Harper 3, each in its own process with its usual settings. The name of a set is what it begins
/// with; the first line that fits counts.
const KNOWN: &[Known] = &[
    known(("viet-ok", CHANGED), both(2.5, 2.5), both(0.0, 0.0)),
    known(("viet-", RIGHT), both(32.0, 16.0), both(65.0, 85.0)),
    known(("viet", RIGHT), both(46.0, 29.0), both(90.0, 95.0)),
    known(("jfleg-dev", GLEU), both(47.1, 45.4), both(49.0, 54.0)),
    known(("jfleg-dev", EDITS), both(41.1, 42.2), both(63.0, 68.0)),
    known(("jfleg-test", GLEU), both(51.2, 49.0), both(52.5, 58.0)),
    known(("jfleg-test", EDITS), both(51.7, 43.6), both(61.0, 66.0)),
    known(("conll", EDITS), both(31.4, 23.7), both(37.0, 45.0)),
    known(("bea", EDITS), [Some(27.4), None], both(38.0, 45.0)),
    known(("clean-score", CHANGED), [None, None], [None, None]),
    known(("clean-wiki", CHANGED), [None, None], [None, None]),
    known(("clean-", CHANGED), both(12.2, 18.9), both(5.0, 2.0)),
    known(("clean", CHANGED), both(14.2, 19.8), both(3.0, 1.5)),
    known(("lt-ok", CHANGED), [Some(17.7), None], [None, None]),
    known(("lt", RIGHT), both(88.0, 14.0), [None, None]),
    known(("gug", FLUENCY), [None, None], both(0.55, 0.65)),
];

pub fn of(set: &str, measure: &str) -> Option<Known> {
    let fits = |known: &&Known| set.starts_with(known.set) && known.measure == measure;
    KNOWN.iter().find(fits).copied()
}

/// Whether less of a measure is better.
pub fn less_is_better(measure: &str) -> bool {
    measure == CHANGED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_particular_line_counts() {
        assert_eq!(of("viet", RIGHT).unwrap().must, Some(90.0));
        assert_eq!(of("viet-withheld", RIGHT).unwrap().must, Some(65.0));
        assert_eq!(of("viet-ok", CHANGED).unwrap().must, Some(0.0));
        assert_eq!(of("clean-score", CHANGED).unwrap().must, None);
        assert_eq!(of("conll14-official-2014", EDITS).unwrap().aim, Some(45.0));
        assert_eq!(of("nowhere", GLEU), None);
    }
}
