//! The memory budget against the machine and against the models.

use super::{Finding, models};
use lexilingo_shared::config::Config;
use lexilingo_worker::{boot::memory_budget, proc_memory};

const GB: &str = "ORCHESTRATOR_MAX_MEMORY_GB";
const BYTES: &str = "WORKER_MEMORY_BUDGET_BYTES";

/// Bytes that the machine or the control group has in all, whichever is less.
pub(super) fn room() -> u64 {
    let (machine, _) = proc_memory::system_bytes();
    let machine = Some(machine).filter(|bytes| *bytes > 0);
    machine.into_iter().chain(proc_memory::cgroup_limit_bytes()).min().unwrap_or(u64::MAX)
}

pub(super) fn check(config: &Config, room: u64) -> Vec<Finding> {
    let budget = memory_budget(config);
    let mut findings = vec![against_machine(config, room)];
    let needs = models::footprints(&config.worker).into_iter();
    let small: Vec<_> = needs.filter(|(_, needed)| *needed > budget).collect();
    // One budget for all that there is room for, so that one remedy serves them.
    let most = small.iter().map(|(_, needed)| *needed).filter(|needed| *needed <= room).max();
    for (model, needed) in small {
        let said = format!("{} are too few for {model} ({})", megabytes(budget), megabytes(needed));
        let remedy = match most {
            Some(most) if needed <= room => raised(config, most),
            _ => format!("leave it out: {}", models::left_out(&config.worker, room)),
        };
        let variable = smallest(config);
        findings.push(models::lacks(&config.worker, model, variable, said, remedy));
    }
    findings
}

fn against_machine(config: &Config, room: u64) -> Finding {
    let own = config.worker.memory_budget_bytes.unwrap_or(u64::MAX);
    let configured = config.orchestrator.max_memory_bytes.min(own);
    let said = format!("{} for engines", megabytes(configured));
    if configured <= room {
        return Finding::ok(smallest(config), said);
    }
    // Three quarters: the process itself and the page cache need their share.
    Finding::warn(
        smallest(config),
        format!("{said}, but there are only {} here in all", megabytes(room)),
        format!("`export {BYTES}={}`", room / 4 * 3),
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
    format!("`export {}`", settings.join(" "))
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkup::Verdict;

    fn config(models: &str, pinned: &str, gigabytes: &str) -> Config {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().display().to_string();
        let variables = [
            ("WORKER_MODELS", models),
            ("WORKER_PINNED", pinned),
            (GB, gigabytes),
            ("MODEL_DIR", folder.as_str()),
        ];
        let value = |name: &str| variables.iter().find(|(key, _)| *key == name);
        Config::read(&|name| value(name).map(|(_, value)| (*value).to_owned())).unwrap()
    }

    #[test]
    fn more_than_there_is_is_warned_of() {
        let found = check(&config("rules", "rules", "8"), 4_000_000_000);
        assert_eq!((found.len(), found[0].verdict, &*found[0].variable), (1, Verdict::Warn, GB));
        let remedy = found[0].remedy.as_deref();
        assert_eq!(remedy, Some("`export WORKER_MEMORY_BUDGET_BYTES=3000000000`"));
        assert_eq!(check(&config("rules", "rules", "4"), 4_000_000_000)[0].verdict, Verdict::Ok);
    }

    #[test]
    fn one_budget_is_raised_for_all_that_there_is_room_for() {
        let small = config("rules,qwen,llama3-vi,minilm", "qwen,minilm", "0.05");
        let found = check(&small, 1_000_000_000);
        let verdicts: Vec<Verdict> = found.iter().map(|found| found.verdict).collect();
        // In the order of the names: qwen, llama3-vi, minilm.
        assert_eq!(verdicts, [Verdict::Ok, Verdict::Fail, Verdict::Warn, Verdict::Fail]);
        let raised = format!("`export {GB}=0.500`");
        for one in [&found[1], &found[3]] {
            assert_eq!(one.remedy.as_ref(), Some(&raised));
        }
        let left_out = found[2].remedy.as_deref().unwrap();
        assert!(
            left_out.contains("`export WORKER_MODELS=rules WORKER_PINNED=rules`"),
            "{left_out}"
        );
    }
}
