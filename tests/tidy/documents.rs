//! Documents name paths that exist and codes that are real.

use crate::tree;
use lexilingo_shared::error_code::ErrorCode;

const DOCUMENTS: [&str; 6] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "docs/api.md",
    "docs/security.md",
    "docs/original-defects.md",
];
const TOP: [&str; 12] = [
    "api/",
    "worker/",
    "shared/",
    "migrations/",
    "cli/",
    "tests/",
    "benches/",
    "k8s/",
    "docs/",
    ".github/",
    ".ci/",
    "compose.yaml",
];

#[test]
fn paths_that_documents_name_exist() {
    let mut broken = Vec::new();
    for document in DOCUMENTS {
        let Some(text) = tree::text(document) else { continue };
        for (number, line) in text.lines().enumerate() {
            // What stands between backticks, in text and in link targets alike.
            let quoted = line.split('`').skip(1).step_by(2);
            let linked = line.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
            for words in quoted.chain(linked) {
                for word in words.split_whitespace() {
                    let path = word.trim_end_matches([',', '.', ':', ';', ')']);
                    if is_path(path) && !tree::root().join(path).exists() {
                        broken.push(format!("{document}:{}: {path}", number + 1));
                    }
                }
            }
        }
    }
    tree::none(broken, "documents name paths that exist");
}

/// A path in this repository, not a pattern for one.
fn is_path(word: &str) -> bool {
    let pattern = word.contains(['<', '*', '{', '…', '$', '(']) || word.contains("NNNN");
    TOP.iter().any(|top| word.starts_with(top)) && !pattern
}

#[test]
fn every_error_code_is_documented() {
    let text = tree::text("docs/api.md").unwrap();
    let codes = ErrorCode::ALL.iter().map(|code| code.as_str());
    let missing = codes.filter(|code| !text.contains(&format!("`{code}`"))).map(str::to_owned);
    tree::none(missing.collect(), "docs/api.md documents every error code");
}

#[test]
fn the_change_log_has_a_place_for_what_is_not_released() {
    let text = tree::text("CHANGELOG.md").expect("there is a change log");
    assert!(text.contains("## [Unreleased]"));
}

#[test]
fn tests_that_the_list_of_defects_names_exist() {
    let text = tree::text("docs/original-defects.md").unwrap();
    let code: String = tree::sources().into_iter().map(|(_, text)| text).collect();
    let named = text.split('`').skip(1).step_by(2).filter(|word| word.matches('_').count() > 2);
    let missing = named.filter(|name| !code.contains(&format!("fn {name}(")));
    tree::none(missing.map(str::to_owned).collect(), "docs/original-defects.md names real tests");
}
