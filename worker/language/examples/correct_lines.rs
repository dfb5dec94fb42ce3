//! Corrects one sentence a line from standard input, for the scorers; `--why` names the rule of each edit instead.

use lexilingo_language::rules::RulePack;
use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let pack = RulePack::load();
    let why = std::env::args().any(|argument| argument == "--why");
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let checked = pack.check(&line);
        if !why {
            writeln!(out, "{}", checked.corrected)?;
            continue;
        }
        for finding in &checked.findings {
            let (error, right) = (&line[finding.span.clone()], &finding.replacement);
            let rule = finding.rule;
            writeln!(out, "{rule}\t{error} → {right}\t{line}\t{:.2}", finding.confidence)?;
        }
    }
    Ok(())
}
