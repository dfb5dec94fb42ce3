//! Typed reading of variables from a lookup, with all faults reported together.

use std::{fmt, str::FromStr};

/// One variable that cannot be used, and why: as a rule the problem names what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub variable: String,
    pub problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.variable, self.problem)
    }
}

/// Every fault of a configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration cannot be used:")?;
        for fault in &self.0 {
            write!(f, "\n  {fault}")?;
        }
        Ok(())
    }
}

/// Reads variables and remembers what is wrong with them.
pub struct Env<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    faults: Vec<Fault>,
}

impl<'a> Env<'a> {
    pub fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Env { lookup, faults: Vec::new() }
    }

    /// The variable's text; an empty one counts as unset, as compose files write it.
    pub fn text(&self, name: &str) -> Option<String> {
        (self.lookup)(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty())
    }

    pub fn fault(&mut self, name: &str, problem: impl Into<String>) {
        self.faults.push(Fault { variable: name.to_owned(), problem: problem.into() });
    }

    /// The value, or `default` when unset or wrong (a wrong one is noted).
    pub fn get<T: FromStr>(&mut self, name: &str, default: T, expected: &str) -> T {
        self.optional(name, expected).unwrap_or(default)
    }

    pub fn optional<T: FromStr>(&mut self, name: &str, expected: &str) -> Option<T> {
        let text = self.text(name)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(_) => {
                self.fault(name, format!("“{text}” is not {expected}"));
                None
            }
        }
    }

    /// A number within bounds.
    pub fn number<T>(&mut self, name: &str, default: T, low: T, high: T) -> T
    where
        T: FromStr + PartialOrd + Copy + fmt::Display,
    {
        let expected = format!("a number from {low} to {high}");
        match self.optional::<T>(name, &expected) {
            Some(value) if value >= low && value <= high => value,
            Some(value) => {
                self.fault(name, format!("{value} is not {expected}"));
                default
            }
            None => default,
        }
    }

    pub fn flag(&mut self, name: &str, default: bool) -> bool {
        match self.text(name).as_deref().map(str::to_ascii_lowercase).as_deref() {
            None => default,
            Some("true" | "1" | "yes" | "on") => true,
            Some("false" | "0" | "no" | "off") => false,
            Some(other) => {
                self.fault(name, format!("“{other}” is not true or false"));
                default
            }
        }
    }

    /// The faults, or the value that was built.
    pub fn finish<T>(self, value: T) -> Result<T, Faults> {
        if self.faults.is_empty() { Ok(value) } else { Err(Faults(self.faults)) }
    }
}
