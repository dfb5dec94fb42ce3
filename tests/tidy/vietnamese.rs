//! Where Vietnamese may stand: in the sources of `docs/vietnamese.md`, and where learners' Vietnamese is recognised.

use crate::tree;

/// What learners read; `docs/vietnamese.md` shows it.
const SHOWN: &[&str] = &[
    "worker/language/src/vietnamese/",
    "worker/language/src/rules/explanations",
    "shared/src/errant.rs",
];
/// What learners write.
const RECOGNISED: &[&str] = &[
    "worker/language/src/intent/",
    "worker/language/src/analysis/time_expressions.rs",
    "worker/src/text_shape.rs",
    "api/src/language_tool/language.rs",
];
/// What models are told, and what the vocabulary of tiny ones is learnt from.
const TOLD: &[&str] = &["worker/src/engines/prompts/", "worker/models/src/tiny/byte_pairs.rs"];
/// Letters that no other language of this tree has.
const LETTERS: &str = "ăđơưạảắằẳẵặấầẩẫậẻẽẹếềểễệỉĩịỏọốồổỗộớờởỡợủũụứừửữựỳỷỹỵ";

#[test]
fn vietnamese_stands_in_its_tables_alone() {
    let shipped = tree::sources().into_iter().filter(|(path, _)| {
        let is_test = ["tests/", "/tests", "tests.rs", "benches/", "fixtures.rs"];
        !is_test.iter().any(|part| path.contains(part))
            && !SHOWN.iter().chain(RECOGNISED).chain(TOLD).any(|place| path.starts_with(place))
    });
    let astray = shipped.filter_map(|(path, text)| {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let vietnamese = |line: &str| {
            !line.trim_start().starts_with("//")
                && line.to_lowercase().contains(|c: char| LETTERS.contains(c))
        };
        let number = code.lines().position(vietnamese)?;
        Some(format!("{path}:{}", number + 1))
    });
    tree::none(astray.collect(), "Vietnamese that learners read is one table (docs/vietnamese.md)");
}
