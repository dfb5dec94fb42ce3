//! `lexilingo up`.

use crate::{
    place::Place,
    service::{Service, post},
};
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use std::{
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    process::Stdio,
};

#[test]
fn the_request_that_it_prints_is_answered_and_an_interrupt_ends_it_well() {
    let service = Service::start(&Place::new(), &[]);
    let url = service.curl.split_whitespace().find(|word| word.starts_with("http")).unwrap();
    assert_eq!(url, format!("{}/api/v1/ai/analyze", service.base));
    let body = service.curl.split("-d '").nth(1).unwrap().trim_end().trim_end_matches('\'');
    let result = post(url, body.to_owned());
    assert_eq!(result["analysis"]["grammar"]["corrected"], "I went to school yesterday");
    assert_eq!(service.end(Signal::SIGINT), Some(0));
}

#[test]
fn a_port_in_use_is_named_and_the_remedy_works() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut place = Place::new();
    let said = place.run(&["up", "--bind", &taken.local_addr().unwrap().to_string()]);
    assert_eq!(said.status, Some(3), "{said:?}");
    place.follow(&said.remedy("lexilingo:", "LEXILINGO_BIND"));
    assert_eq!(Service::start(&place, &["up"]).end(Signal::SIGTERM), Some(0));
}

#[test]
fn a_data_folder_in_use_is_named_and_the_remedy_works() {
    let mut place = Place::new();
    let first = Service::start(&place, &["up", "--data-dir", "shared-folder"]);
    let said = place.run(&["up", "--data-dir", "shared-folder"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    place.follow(&said.remedy("lexilingo:", "LEXILINGO_DATA_DIR"));
    assert!(said.err.contains("stop the other lexilingo"), "{said:?}");
    assert_eq!(Service::start(&place, &["up"]).end(Signal::SIGTERM), Some(0));
    assert_eq!(first.end(Signal::SIGTERM), Some(0));
}

#[test]
fn a_data_folder_that_cannot_be_made_is_named_and_the_remedy_works() {
    let mut place = Place::new();
    std::fs::write(place.path().join("file"), "").unwrap();
    place.set("LEXILINGO_DATA_DIR", "file/data");
    let said = place.run(&["up"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    assert!(said.err.contains("file/data cannot be made: file is no folder"), "{said:?}");
    assert!(!said.err.contains("stop the other"), "{said:?}");
    place.follow(&said.remedy("lexilingo:", "LEXILINGO_DATA_DIR"));
    assert_eq!(Service::start(&place, &["up"]).end(Signal::SIGTERM), Some(0));
}

#[test]
fn without_a_command_its_options_count_too() {
    let place = Place::new();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let service = Service::start(&place, &["--bind", &port.to_string(), "--data-dir", "mine"]);
    assert_eq!(service.base, format!("http://{port}"));
    assert!(place.path().join("mine/lexilingo.db").is_file());
    assert_eq!(service.end(Signal::SIGTERM), Some(0));
}

#[test]
fn proxies_of_the_environment_are_not_asked_for_this_machine() {
    let mut place = Place::new();
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        place.set(name, "http://127.0.0.1:1");
        place.set(&name.to_lowercase(), "http://127.0.0.1:1");
    }
    assert_eq!(Service::start(&place, &[]).end(Signal::SIGTERM), Some(0));
}

/// Starts the program, sends the signal once it has said `moment`, and returns how it ended and what it said.
fn signalled_at(moment: &str, signal: Signal) -> (Option<i32>, String) {
    let place = Place::new();
    let mut command = place.command(&[]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut said, mut all) = (BufReader::new(child.stderr.take().unwrap()), String::new());
    while !all.contains(moment) {
        assert!(said.read_line(&mut all).unwrap() > 0, "it ended early: {all}");
    }
    kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), signal).unwrap();
    said.read_to_string(&mut all).unwrap();
    (child.wait().unwrap().code(), all)
}

#[test]
fn a_signal_at_any_moment_ends_it_well() {
    let moments = [
        "starting lexilingo",
        "opening the data folder",
        "loading the engines",
        "the api listens",
        "ready at",
    ];
    let signals = [Signal::SIGINT, Signal::SIGTERM];
    let cases = moments.iter().flat_map(|moment| signals.map(|signal| (*moment, signal)));
    // All at once: what comes too early or too late shows on a machine that has much to do.
    for _ in 0..2 {
        std::thread::scope(|scope| {
            for (moment, signal) in cases.clone() {
                scope.spawn(move || {
                    let (status, said) = signalled_at(moment, signal);
                    assert_eq!(status, Some(0), "{signal} at “{moment}”: {said}");
                    assert!(said.ends_with("lexilingo: stopped\n"), "{said}");
                });
            }
        });
    }
}
