//! Reads one sentence a line and writes one corrected sentence a line, as the scorers of the development sets expect.

use lexilingo_language::rules::RulePack;
use std::io::{BufRead, BufWriter, Write, stdin, stdout};

fn main() -> std::io::Result<()> {
    let pack = RulePack::load();
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        writeln!(out, "{}", pack.check(&line?).corrected)?;
    }
    out.flush()
}
