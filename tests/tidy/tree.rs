//! The files of this repository.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lies in the root").to_owned()
}

/// Paths from the root, sorted, of everything but build outputs and what git keeps for itself.
pub fn files() -> Vec<String> {
    let mut found = Vec::new();
    walk(&root(), &root(), &mut found);
    found.sort();
    found
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("an entry of the repository").path();
        let name = path.strip_prefix(root).expect("below the root").display().to_string();
        let ignored = [".git", "target", "data", ".env", "models"].contains(&name.as_str());
        if ignored || name.ends_with("node_modules") || path.is_symlink() {
            continue;
        }
        if path.is_dir() { walk(root, &path, found) } else { found.push(name) }
    }
}

/// Rust files with their texts.
pub fn sources() -> Vec<(String, String)> {
    let rust = files().into_iter().filter(|path| path.ends_with(".rs"));
    rust.map(|path| (text(&path).expect("Rust is UTF-8"), path)).map(|(t, p)| (p, t)).collect()
}

/// The file's text, unless it holds something else.
pub fn text(path: &str) -> Option<String> {
    fs::read_to_string(root().join(path)).ok()
}

/// Fails with one line for each of them.
pub fn none(broken: Vec<String>, rule: &str) {
    assert!(broken.is_empty(), "{rule}:\n  {}", broken.join("\n  "));
}
