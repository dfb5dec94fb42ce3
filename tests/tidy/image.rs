//! The images' build steps, run without a Docker engine.

use crate::tree;
use std::{
    collections::BTreeSet,
    io::{Read, Write},
    net::TcpListener,
    path::PathBuf,
    process::Command,
};

/// Where the programs of this build lie: the test itself lies in its folder `deps`.
fn built() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    test.parent().and_then(|deps| deps.parent()).expect("target/<profile>").to_owned()
}

#[test]
fn the_build_script_makes_the_programs_that_the_dockerfile_copies() {
    let out = tempfile::tempdir().unwrap();
    let run = Command::new(tree::root().join("k8s/image/build.sh"))
        .arg("--from")
        .args([built().as_path(), out.path()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "are all programs built? (`tests/run` builds them) {said}");
    let dockerfile = tree::text("Dockerfile").unwrap();
    let copied: BTreeSet<String> = dockerfile
        .lines()
        .filter_map(|line| line.split("/programs/").nth(1)?.split(' ').next())
        .map(str::to_owned)
        .collect();
    let made = std::fs::read_dir(out.path()).unwrap();
    let made: BTreeSet<String> =
        made.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(copied, made);
    assert!(String::from_utf8_lossy(&run.stdout).contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn every_image_runs_as_nobody_in_particular() {
    let dockerfile = tree::text("Dockerfile").unwrap();
    for stage in dockerfile.split("\nFROM ").skip(1) {
        let name = stage.lines().next().unwrap_or_default();
        let user = stage.lines().rfind(|line| line.starts_with("USER "));
        // Stages without a user of their own have that of the stage that they are made from.
        assert!(user.is_none_or(|line| line == "USER 10001"), "{name}");
        assert!(
            name.contains("base") || name.contains("debian") || name.contains("rust"),
            "{name}"
        );
    }
}

#[test]
fn the_health_check_of_the_images_tells_ready_from_not_ready() {
    for (status, healthy) in [("200 OK", true), ("503 Service Unavailable", false)] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port().to_string();
        let server = std::thread::spawn(move || {
            let (mut socket, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            // Closing before the whole request is read would break the client's connection.
            while !request.ends_with(b"\r\n\r\n") {
                let mut part = [0; 512];
                let read = socket.read(&mut part).unwrap();
                request.extend_from_slice(&part[..read]);
            }
            write!(socket, "HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").unwrap();
            String::from_utf8_lossy(&request).into_owned()
        });
        let check = Command::new(tree::root().join("k8s/image/healthy.sh"))
            .args([port.as_str(), "/readyz"])
            .status()
            .unwrap();
        assert_eq!(check.success(), healthy, "{status}");
        assert!(server.join().unwrap().starts_with("GET /readyz HTTP/1.1\r\n"));
    }
}
