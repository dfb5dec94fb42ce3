//! Prints `docs/vietnamese.md`.

fn main() {
    print!("{}", lexilingo_language::vietnamese::table());
}
