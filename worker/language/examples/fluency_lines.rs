//! Reads one sentence a line and writes its fluency, 0..=1, as the scorer of human ratings expects.

use lexilingo_language::{fluency, rules::RulePack};
use std::io::{BufRead, BufWriter, Write, stdin, stdout};

fn main() -> std::io::Result<()> {
    let pack = RulePack::load();
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let line = line?;
        let read = pack.read(&line);
        let found = pack.correct(&read).findings;
        writeln!(out, "{:.4}", fluency::score(pack.counts(), &read, &found))?;
    }
    out.flush()
}
