//! Scratch.
use lexilingo_language::rules::RulePack;
use std::io::BufRead;
fn main() {
    let pack = RulePack::load();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        println!("## {line}");
        let checked = pack.check(&line);
        for f in &checked.findings {
            println!("   FINAL {} {:?} -> {:?}", f.rule, &line[f.span.clone()], f.replacement);
        }
        let text = pack.read(&line);
        for s in &text.sentences {
            for rule in pack.rules() {
                for p in rule.find(s) {
                    println!(
                        "   {} {:?} -> {:?}",
                        rule.name(),
                        s.original(p.tokens.clone()),
                        p.replacement
                    );
                }
            }
        }
    }
}
