//! Rules about single files.

use crate::tree;

/// Files grow until nobody reads them; around 150 lines is the aim.
const LONGEST: usize = 500;

#[test]
fn no_rust_file_is_longer_than_can_be_read() {
    let long = tree::sources().into_iter().filter_map(|(path, text)| {
        let lines = text.lines().count();
        (lines > LONGEST).then(|| format!("{path} has {lines} lines"))
    });
    tree::none(long.collect(), "Rust files have at most 500 lines");
}

#[test]
fn no_file_is_a_drawer() {
    let drawer = |path: &String| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.split('.').next().unwrap_or(name);
        ["util", "utils", "common", "helper", "helpers", "misc"].contains(&stem)
            || stem.ends_with("_v2")
    };
    let drawers = tree::files().into_iter().filter(drawer).collect();
    tree::none(drawers, "a file is named after the one noun that it holds");
}

#[test]
fn the_environment_is_read_in_one_place() {
    let readers = tree::sources().into_iter().filter_map(|(path, text)| {
        let may =
            ["shared/src/config/", "tests/", "benches/"].iter().any(|at| path.starts_with(at))
                || path.contains("/tests/")
                || path.ends_with("build.rs");
        let reads = ["env::var(", "env::var_os(", "env::vars(", "env::set_var("];
        (!may && reads.iter().any(|read| text.contains(read))).then_some(path)
    });
    tree::none(readers.collect(), "variables are read in shared/src/config only");
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    // Put together here, so that this file does not break its own rule.
    let places = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
    let telling = tree::files().into_iter().filter_map(|path| {
        let text = tree::text(&path)?;
        let number = text.lines().position(|line| places.iter().any(|at| line.contains(at)))?;
        Some(format!("{path}:{}", number + 1))
    });
    tree::none(telling.collect(), "paths of one machine are not committed");
}
