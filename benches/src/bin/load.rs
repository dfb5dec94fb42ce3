//! `lexilingo-load`: measures the built programs on real servers and prints a table. Run it by `benches/run`.

use clap::{Parser, ValueEnum};
use lexilingo_benches::{
    figure, machine,
    scenario::{Effort, cache_hit, language, latency, memory, path, queue, sizes},
};
use std::path::PathBuf;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scenario {
    Latency,
    Queue,
    Path,
    CacheHit,
    Memory,
    Language,
    Sizes,
}

/// Measures the fleet and prints a table; times are medians of the runs.
#[derive(Parser)]
struct Arguments {
    /// What to measure; everything when nothing is named.
    scenarios: Vec<Scenario>,
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// One short run each, to see that everything works.
    #[arg(long)]
    quick: bool,
    /// Leave the lines beside BullMQ out.
    #[arg(long)]
    without_peers: bool,
    /// Folder with the checkers of language to compare with: programs `languagetool` and `harper`.
    #[arg(long, value_name = "DIR")]
    language_peers: Option<PathBuf>,
    /// Sentences for the scenario `language`, one a line, in place of our own.
    #[arg(long, value_name = "FILE")]
    texts: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut effort = if arguments.quick { Effort::quick() } else { Effort::whole(arguments.runs) };
    if arguments.without_peers {
        effort.peers = None;
    } else if effort.peers.is_none() {
        eprintln!("BullMQ is not installed: its lines are left out");
    }
    effort.language_peers = arguments.language_peers;
    effort.texts = arguments.texts;
    let all = Scenario::value_variants();
    let wanted = if arguments.scenarios.is_empty() { all } else { &arguments.scenarios };
    println!("{}\n", machine::describe());
    figure::print_head();
    for scenario in wanted {
        let figures = match scenario {
            Scenario::Latency => latency::run(&effort).await?,
            Scenario::Queue => queue::run(&effort).await?,
            Scenario::Path => path::run(&effort).await?,
            Scenario::CacheHit => cache_hit::run(&effort).await?,
            Scenario::Memory => memory::run(&effort).await?,
            Scenario::Language => language::run(&effort)?,
            Scenario::Sizes => sizes::run(),
        };
        figures.iter().for_each(figure::print);
    }
    Ok(())
}
