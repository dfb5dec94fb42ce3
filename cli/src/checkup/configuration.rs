//! The variables themselves.

use super::Finding;
use lexilingo_shared::config::{Backend, Config, Faults};

pub(super) fn fine(config: &Config) -> Finding {
    let storage = match &config.storage.backend {
        Backend::Embedded { .. } => "embedded storage on this machine",
        Backend::Fleet { .. } => "Redis and MongoDB",
    };
    Finding::ok("configuration", format!("every variable can be used; {storage}"))
}

/// What a configuration that cannot be used leaves to say: nothing else can be checked.
pub fn faults(faults: &Faults) -> Vec<Finding> {
    let mut findings = Vec::new();
    for fault in &faults.0 {
        if fault.variable == ".env" {
            let remedy = "`mv .env .env.broken`, or mend the line";
            findings.push(Finding::fail(&fault.variable, &fault.problem, remedy));
            continue;
        }
        // The two that only make sense together are mended by taking the other one away.
        let (set, rest) = match fault.variable.as_str() {
            "MONGODB_URI" if fault.problem.starts_with("must be set") => {
                ("REDIS_URL", "run on embedded storage, or set MONGODB_URI too")
            }
            "REDIS_URL" if fault.problem.starts_with("must be set") => {
                ("MONGODB_URI", "run on embedded storage, or set REDIS_URL too")
            }
            variable => (variable, "use its default, or set it as said above"),
        };
        let remedy = format!("`unset {set}` (and remove it from .env) to {rest}");
        findings.push(Finding::fail(&fault.variable, &fault.problem, remedy));
    }
    findings
}
