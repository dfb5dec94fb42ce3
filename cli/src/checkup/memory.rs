//! The memory budget against the machine and against the models.

use super::{Finding, models};
use lexilingo_shared::config::Config;
use lexilingo_worker::{boot::memory_budget, proc_memory};

const GB: &str = "ORCHESTRATOR_MAX_MEMORY_GB";
const BYTES: &str = "WORKER_MEMORY_BUDGET_BYTES";

pub(super) fn check(config: &Config) -> Vec<Finding> {
    let budget = memory_budget(config);
    let (machine, _) = proc_memory::system_bytes();
    let mut findings = vec![against_machine(config, budget, machine)];
    for (model, needed) in models::footprints(&config.worker) {
        if needed > budget {
            let said =
                format!("{} are too few for {model} ({})", megabytes(budget), megabytes(needed));
            findings.push(Finding::warn(smallest(config), said, raised(config, needed)));
        }
    }
    findings
}

fn against_machine(config: &Config, budget: u64, machine: u64) -> Finding {
    let said = format!("{} for engines", megabytes(budget));
    if machine == 0 || budget <= machine {
        return Finding::ok(smallest(config), said);
    }
    // Three quarters: the process itself and the page cache need their share.
    Finding::warn(
        smallest(config),
        format!("{said}, but this machine has only {}", megabytes(machine)),
        format!("`export {BYTES}={}`", machine / 4 * 3),
    )
}

/// The variable that sets the budget.
fn smallest(config: &Config) -> &'static str {
    match config.worker.memory_budget_bytes {
        Some(own) if own < config.orchestrator.max_memory_bytes => BYTES,
        _ => GB,
    }
}

/// Raises every variable that stands below `needed`.
fn raised(config: &Config, needed: u64) -> String {
    let mut settings = Vec::new();
    if config.orchestrator.max_memory_bytes < needed {
        // Rounded up, so that the figure holds what it names.
        settings.push(format!("{GB}={:.3}", needed.div_ceil(1_000_000) as f64 / 1000.0));
    }
    if config.worker.memory_budget_bytes.is_some_and(|own| own < needed) {
        settings.push(format!("{BYTES}={needed}"));
    }
    if settings.is_empty() {
        return "give the control group more memory, or leave the model out of WORKER_MODELS"
            .to_owned();
    }
    format!("`export {}`", settings.join(" "))
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}
