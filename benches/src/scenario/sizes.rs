//! Sizes of the built programs.

use crate::figure::Figure;
use lexilingo_tests::program;

pub fn run() -> Vec<Figure> {
    let size = |name: &str| {
        let bytes = std::fs::metadata(program::path(name)).map_or(0, |data| data.len());
        let mut figure = Figure::new(format!("sizes: {name}"), "MiB");
        figure.note(bytes as f64 / (1024.0 * 1024.0));
        figure
    };
    ["lexilingo", "lexilingo-api", "lexilingo-worker"].map(size).to_vec()
}
