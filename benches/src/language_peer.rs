//! Other checkers of language as programs that read one sentence a line and write one corrected sentence a line, and
//! tell their own times at the end.

use crate::machine::resident_bytes;
use anyhow::{Context, bail};
use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const SAMPLE: Duration = Duration::from_millis(20);

/// One run of a line corrector.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// From its start to its end.
    pub seconds: f64,
    /// Most resident memory.
    pub bytes: u64,
    /// What it says itself, without its loading; none when it says nothing.
    pub lines_per_second: Option<f64>,
}

/// Gives the lines to the program and waits for its end.
pub fn run(program: &Path, arguments: &[&str], lines: &[&str]) -> anyhow::Result<Run> {
    let begun = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} cannot be started", program.display()))?;
    let mut stdin = child.stdin.take().context("it has no input")?;
    let input = lines.join("\n") + "\n";
    let writing = thread::spawn(move || stdin.write_all(input.as_bytes()));
    let pid = child.id();
    let waiting = thread::spawn(move || child.wait_with_output());
    let mut bytes = 0;
    while !waiting.is_finished() {
        bytes = resident_bytes(pid).max(bytes);
        thread::sleep(SAMPLE);
    }
    let Ok(output) = waiting.join() else { bail!("waiting for it failed") };
    let output = output?;
    let seconds = begun.elapsed().as_secs_f64();
    // A program that ends early has its own reason, which its status tells.
    let _ = writing.join();
    let answers = output.stdout.split(|byte| *byte == b'\n').count() - 1;
    // A correction may hold a line end of its own.
    if !output.status.success() || answers < lines.len() {
        bail!("{} gave {answers} lines for {}", program.display(), lines.len());
    }
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(Run { seconds, bytes, lines_per_second: last_rate(&told) })
}

/// The last number before ` lines/s`.
fn last_rate(told: &str) -> Option<f64> {
    let before = told.rsplit_once(" lines/s")?.0;
    before.split_whitespace().next_back()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_rate_counts() {
        let told = "load 1.10 s, parse 900.0 lines/s, both 250.5 lines/s\n";
        assert_eq!(last_rate(told), Some(250.5));
        assert_eq!(last_rate("load 12.0 s, 60 lines, 71.4 lines/s\n"), Some(71.4));
        assert_eq!(last_rate(""), None);
    }
}
