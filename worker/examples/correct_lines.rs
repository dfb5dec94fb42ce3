//! One sentence a line in, one corrected sentence a line out: for measuring the rules on line sets.

use lexilingo_worker::rules::RulePack;
use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let pack = RulePack::load();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        writeln!(out, "{}", pack.check(&line?).corrected)?;
    }
    out.flush()
}
