//! `lexilingo analyze`: one text, annotated.

use crate::{
    annotate,
    arguments::Analyze,
    exit::{Exit, Failure},
};
use lexilingo_shared::{
    config::Config,
    request::{AnalyzeRequest, ExplainLanguage, MAX_TEXT_CHARS},
    telemetry,
};
use lexilingo_worker::{analyze_once, engines};
use std::io::{self, IsTerminal, Read, Write};

pub async fn run(arguments: Analyze) -> Result<Exit, Failure> {
    let text = text(arguments.text.as_deref())?;
    let mut config = Config::from_process()?;
    // A command for one text has nothing to tell but its answer, unless something is wrong.
    if config.service.log_level == "info" {
        config.service.log_level = "warn".to_owned();
    }
    let _telemetry = telemetry::init(&config.service, "lexilingo-analyze");
    let explain = arguments.explain.map(ExplainLanguage::from);
    let mut request = AnalyzeRequest::new(text, "command-line");
    request.learner_profile.level = arguments.level;
    request.explain_language = explain;
    let result = analyze_once(&config, &engines::shipped(&config.worker), &request).await;
    let mut out = anstream::stdout();
    if arguments.json {
        serde_json::to_writer_pretty(&mut out, &result).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        annotate::print(&mut out, &result, explain.unwrap_or(ExplainLanguage::En))?;
    }
    // An answer in which everything failed is no answer, though it says so politely.
    Ok(if result.metadata.degradation.level >= 3 { Exit::Findings } else { Exit::Done })
}

fn text(argument: Option<&str>) -> Result<String, Failure> {
    let text = match argument {
        Some("-") => standard_input()?,
        Some(text) => text.to_owned(),
        None if io::stdin().is_terminal() => {
            let said = "no text: name one, or `-` to read standard input";
            return Err(Failure::WrongUse(said.to_owned()));
        }
        None => standard_input()?,
    };
    let characters = text.chars().count();
    if text.trim().is_empty() || characters > MAX_TEXT_CHARS {
        let said = format!("the text must have 1 to {MAX_TEXT_CHARS} characters, not {characters}");
        return Err(Failure::WrongUse(said));
    }
    Ok(text)
}

fn standard_input() -> Result<String, Failure> {
    let mut text = String::new();
    io::stdin()
        .lock()
        .read_to_string(&mut text)
        .map_err(|error| Failure::WrongUse(format!("standard input is not UTF-8 text: {error}")))?;
    // The line break that ends a file is not part of what was written.
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}
