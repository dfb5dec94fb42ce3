//! `lexilingo models export-guide NAME`: how to make or convert a model's files.

use super::named;
use crate::exit::{Exit, Failure};
use std::io::Write;

pub fn run(name: &str) -> Result<Exit, Failure> {
    write!(anstream::stdout(), "{}", named(name)?.export_guide)?;
    Ok(Exit::Done)
}
