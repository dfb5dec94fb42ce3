//! The load program's small case: every scenario runs to its end. Times are not judged, for this build is not one that
//! anybody is served by.

use std::process::{Command, Stdio};

#[test]
fn every_scenario_completes() {
    let output = Command::new(env!("CARGO_BIN_EXE_lexilingo-load"))
        .arg("--quick")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .expect("the load program starts");
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{table}");
    let quick = ["latency", "queue", "path", "cache-hit", "memory", "language", "sizes"];
    for scenario in quick {
        assert!(table.contains(&format!("| {scenario}: ")), "no {scenario} in\n{table}");
    }
}
