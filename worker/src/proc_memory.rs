//! Memory as the kernel counts it.

use std::fs;

/// Resident bytes of a process, from `/proc/PID/statm`.
pub fn resident_bytes(pid: u32) -> Option<u64> {
    let statm = fs::read_to_string(format!("/proc/{pid}/statm")).ok()?;
    let pages: u64 = statm.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * PAGE)
}

/// Linux pages on the machines that we ship for.
const PAGE: u64 = 4096;

/// Resident bytes of this process and of its children.
pub fn resident_bytes_with_children() -> u64 {
    // The kernel lists children by the thread that made them.
    let children: u64 = fs::read_dir("/proc/self/task")
        .into_iter()
        .flatten()
        .filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok())
        .flat_map(|list| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .filter_map(|pid| resident_bytes(pid.parse().ok()?))
        .sum();
    resident_bytes(std::process::id()).unwrap_or(0) + children
}

/// Total and available bytes of the machine, from `/proc/meminfo`.
pub fn system_bytes() -> (u64, u64) {
    let meminfo = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let field = |name: &str| {
        meminfo
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok())
            .unwrap_or(0)
            * 1024
    };
    (field("MemTotal"), field("MemAvailable"))
}

/// The memory limit of this process's control group (version 2, then 1), if there is one.
pub fn cgroup_limit_bytes() -> Option<u64> {
    ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
        .into_iter()
        .find_map(|path| fs::read_to_string(path).ok()?.trim().parse::<u64>().ok())
        // Version 1 writes "no limit" as a number near the largest page count.
        .filter(|bytes| *bytes < 1 << 60)
}
