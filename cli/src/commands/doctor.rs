//! `lexilingo doctor`: is everything there that the configuration names?

use crate::{
    checkup::{self, Finding, Verdict},
    exit::{Exit, Failure},
};
use anstyle::{AnsiColor, Style};
use lexilingo_shared::config::Config;
use std::io::Write;

/// Prints one line a check; a failed one ends with exit status 3.
pub async fn run() -> Result<Exit, Failure> {
    let findings = match Config::from_process() {
        Ok(config) => checkup::all(&config).await,
        Err(faults) => checkup::configuration::faults(&faults),
    };
    let mut out = anstream::stdout();
    for finding in &findings {
        print(&mut out, finding)?;
    }
    let failed = findings.iter().any(|finding| finding.verdict == Verdict::Fail);
    Ok(if failed { Exit::Missing } else { Exit::Done })
}

fn print(out: &mut impl Write, finding: &Finding) -> std::io::Result<()> {
    let (word, colour) = match finding.verdict {
        Verdict::Ok => ("ok  ", AnsiColor::Green),
        Verdict::Warn => ("warn", AnsiColor::Yellow),
        Verdict::Fail => ("FAIL", AnsiColor::Red),
    };
    let style = Style::new().fg_color(Some(colour.into())).bold();
    writeln!(out, "{style}{word}{style:#} {}: {}", finding.variable, finding.said)?;
    match &finding.remedy {
        Some(remedy) => writeln!(out, "     remedy: {remedy}"),
        None => Ok(()),
    }
}
