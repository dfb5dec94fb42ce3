//! The memory budget against the machine and against the models.

use super::{Finding, models};
use lexilingo_shared::config::Config;
use lexilingo_worker::proc_memory;

pub(super) fn check(config: &Config) -> Vec<Finding> {
    let cgroup = proc_memory::cgroup_limit_bytes();
    let (total, _) = proc_memory::system_bytes();
    let budget = Budget::of(config, cgroup, total);
    let mut findings = vec![budget.against_machine(cgroup, total)];
    for (model, bytes) in models::sizes(&config.worker) {
        if bytes > budget.bytes {
            findings.push(Finding::warn(
                budget.variable,
                format!("{model} needs more than {} MB", bytes / 1_000_000),
                budget.raised_to(bytes),
            ));
        }
    }
    findings
}

/// The least of what was set and what the machine gives, and which variable made it so small.
struct Budget {
    variable: &'static str,
    bytes: u64,
}

impl Budget {
    fn of(config: &Config, cgroup: Option<u64>, total: u64) -> Self {
        let variable = "ORCHESTRATOR_MAX_MEMORY_GB";
        let mut budget = Budget { variable, bytes: config.orchestrator.max_memory_bytes };
        if let Some(bytes) = config.worker.memory_budget_bytes.filter(|own| *own < budget.bytes) {
            budget = Budget { variable: "WORKER_MEMORY_BUDGET_BYTES", bytes };
        }
        let _ = (cgroup, total);
        budget
    }

    fn against_machine(&self, cgroup: Option<u64>, total: u64) -> Finding {
        let (limit, whose) = match cgroup {
            Some(limit) if limit < total => (limit, "this control group's limit"),
            _ => (total, "this machine's memory"),
        };
        let said = format!("{} MB for engines", self.bytes / 1_000_000);
        if limit == 0 || self.bytes <= limit {
            return Finding::ok(self.variable, said);
        }
        // Three quarters: the process itself and the page cache need their share.
        Finding::warn(
            self.variable,
            format!("{said} is more than {whose} ({} MB)", limit / 1_000_000),
            self.raised_to(limit / 4 * 3),
        )
    }

    fn raised_to(&self, bytes: u64) -> String {
        match self.variable {
            "WORKER_MEMORY_BUDGET_BYTES" => format!("`export {}={bytes}`", self.variable),
            // Rounded up, so that the figure holds what it names.
            _ => format!("`export {}={:.3}`", self.variable, bytes.div_ceil(1_000_000) as f64 / 1e3),
        }
    }
}
