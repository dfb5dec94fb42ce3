//! The rules beside LanguageTool and Harper on the same sentences, and what long and odd texts cost.

use super::{Effort, note_reference, reference_figure};
use crate::{
    figure::{Bar, Figure, ratio},
    language_peer::{self, Run},
    long_text::{self, LONGEST},
};
use anyhow::Context;
use lexilingo_language::{
    confidence, fluency,
    knowledge::{self, KnowledgeGraph},
    rules::RulePack,
    vocabulary,
};
use lexilingo_tests::program;
use std::{
    hint::black_box,
    path::PathBuf,
    time::{Duration, Instant},
};

const MIB: f64 = 1024.0 * 1024.0;
/// Characters of the short text that the longest is compared with.
const SHORT: usize = 1_000;
/// Sentences of one run.
const MOST: usize = 2_000;
/// Time that ours is measured for at least, again and again on the same sentences: it remembers none.
const PASS: Duration = Duration::from_secs(1);

/// A peer: its name, its program, and how many times as fast we want to be.
struct Peer {
    name: &'static str,
    program: PathBuf,
    times: f64,
}

pub fn run(effort: &Effort) -> anyhow::Result<Vec<Figure>> {
    let texts = match &effort.texts {
        None => include_str!("language_texts.txt").to_owned(),
        Some(path) => std::fs::read_to_string(path)
            .with_context(|| format!("{} cannot be read", path.display()))?,
    };
    let lines: Vec<&str> = texts.lines().filter(|line| !line.trim().is_empty()).collect();
    let pack = RulePack::load();
    let peers = peers(effort);
    // Each once, because Harper remembers what it has seen.
    let most = if effort.runs > 1 { MOST } else { 30 };
    let lines = &lines[..lines.len().min(most)];
    let pass = if effort.runs > 1 { PASS } else { Duration::ZERO };

    let mut reference = reference_figure("language");
    let mut ours = Figure::new("language: ours, one core", "sentences/s");
    let mut engine = Figure::new("language: ours, whole engine", "sentences/s");
    let mut start = Figure::new("language: start of `lexilingo check --lines`", "ms")
        .with_bar(Bar::Below(300.0));
    let mut memory = Figure::new("language: RSS of `lexilingo check --lines`", "MiB")
        .with_bar(Bar::Below(200.0));
    let mut rates: Vec<[Figure; 2]> = peers
        .iter()
        .map(|peer| {
            let figure =
                |what: &str, unit| Figure::new(format!("language: {}{what}", peer.name), unit);
            [figure("", "sentences/s"), figure(", RSS", "MiB")]
        })
        .collect();
    for _ in 0..effort.runs {
        note_reference(&mut reference);
        ours.note(per_second(lines, pass, |line| drop(black_box(pack.check(line)))));
        engine.note(per_second(lines, pass, |line| whole(&pack, line)));
        let program = program::path("lexilingo");
        let arguments = ["check", "--lines"];
        start.note(language_peer::run(&program, &arguments, &["a"])?.seconds * 1e3);
        memory.note(language_peer::run(&program, &arguments, lines)?.bytes as f64 / MIB);
        for (peer, [rate, memory]) in peers.iter().zip(&mut rates) {
            let Run { bytes, lines_per_second, .. } =
                language_peer::run(&peer.program, &[], lines)?;
            rate.note(lines_per_second.context("the peer tells no rate")?);
            memory.note(bytes as f64 / MIB);
        }
    }
    let mut figures = vec![reference, ours.clone(), engine];
    for (peer, [rate, memory]) in peers.iter().zip(rates) {
        let over = ratio(format!("language: ours / {}", peer.name), &ours, &rate);
        figures.extend([rate, memory, over.with_bar(Bar::AtLeast(peer.times))]);
    }
    figures.extend([start, memory]);
    figures.extend(long_texts(&pack, effort));
    Ok(figures)
}

/// What an engine does with a text.
fn whole(pack: &RulePack, text: &str) {
    let read = pack.read(text);
    let checked = pack.correct(&read);
    black_box(fluency::score(pack.counts(), &read, &checked.findings));
    black_box(confidence::of_text(pack.counts(), &read, &checked));
    black_box(knowledge::evidence(KnowledgeGraph::shared(), &read, &checked.findings));
    black_box(vocabulary::profile(&read));
}

fn per_second(lines: &[&str], least: Duration, check: impl Fn(&str)) -> f64 {
    let begun = Instant::now();
    let mut checked = 0;
    while checked == 0 || begun.elapsed() < least {
        lines.iter().for_each(|line| check(line));
        checked += lines.len();
    }
    checked as f64 / begun.elapsed().as_secs_f64()
}

fn long_texts(pack: &RulePack, effort: &Effort) -> Vec<Figure> {
    let essay =
        |length| long_text::of(&(include_str!("language_texts.txt").replace('\n', " ")), length);
    let millis = |text: &str| {
        let begun = Instant::now();
        whole(pack, text);
        begun.elapsed().as_secs_f64() * 1e3
    };
    let mut short = Figure::new("language: essay of 1,000 characters, whole engine", "ms");
    let mut long = Figure::new("language: essay of 10,000 characters, whole engine", "ms")
        .with_bar(Bar::Below(250.0));
    let (short_text, long_text) = (essay(SHORT), essay(LONGEST));
    for _ in 0..effort.runs {
        short.note(millis(&short_text));
        long.note(millis(&long_text));
    }
    let growth = ratio("language: ten times the text", &long, &short);
    let odd = long_text::all().into_iter().map(|(name, text)| {
        let name = format!("language: 10,000 characters, {name}");
        let mut figure = Figure::new(name, "ms").with_bar(Bar::Below(250.0));
        (0..effort.runs).for_each(|_| figure.note(millis(&text)));
        figure
    });
    [short, long, growth].into_iter().chain(odd).collect()
}

/// Those that are installed; the others are told of.
fn peers(effort: &Effort) -> Vec<Peer> {
    let Some(folder) = &effort.language_peers else {
        eprintln!(
            "LEXILINGO_LANGUAGE_PEERS names no folder: the lines beside LanguageTool and Harper are left out"
        );
        return Vec::new();
    };
    let peer = |(name, file, times)| Peer { name, program: folder.join(file), times };
    let all = [("LanguageTool", "languagetool", 20.0), ("Harper", "harper", 5.0)].map(peer);
    let installed = |peer: &Peer| {
        let there = peer.program.exists();
        if !there {
            eprintln!(
                "{} is absent: the lines beside {} are left out",
                peer.program.display(),
                peer.name
            );
        }
        there
    };
    all.into_iter().filter(installed).collect()
}
