//! Writes the mean level of the words (1 A1 to 6 C2) of each line, for measuring against levels that people gave.

use lexilingo_language::{rules::RulePack, vocabulary};
use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let pack = RulePack::load();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let found = vocabulary::profile(&pack.read(&line?));
        let level = found.level.map_or(0, |level| level as usize + 1);
        writeln!(out, "{:.3}\t{level}", found.difficulty.unwrap_or(0.0))?;
    }
    Ok(())
}
