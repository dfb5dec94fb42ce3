//! Scratch.
use lexilingo_language::rules::RulePack;
use std::io::BufRead;
fn main() {
    let pack = RulePack::load();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let text = pack.read(&line);
        for s in &text.sentences {
            for c in s.choices(pack.counts()) {
                if c.margin > 0.5 {
                    println!(
                        "{:?}\t{}\t{}\t{:.1}\t{}[{}]→{}\t{}",
                        c.kind,
                        c.written,
                        c.wanted,
                        c.margin,
                        s.word(c.tokens.start.max(1) - 1),
                        s.original(c.tokens.clone()),
                        c.replacement,
                        line
                    );
                }
            }
        }
    }
}
