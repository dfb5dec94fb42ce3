//! `lexilingo up`.

use crate::place::Place;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    process::{Child, ChildStderr, Stdio},
};

/// A running service. Killed when a test fails before it has ended.
struct Service {
    child: Child,
    said: BufReader<ChildStderr>,
    base: String,
    curl: String,
}

impl Service {
    fn start(place: &Place, arguments: &[&str]) -> Self {
        let mut command = place.command(arguments);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let (mut base, mut curl, mut all) = (String::new(), String::new(), String::new());
        while base.is_empty() || !curl.ends_with("'\n") {
            let mut line = String::new();
            assert!(said.read_line(&mut line).unwrap() > 0, "it ended early: {all}");
            if let Some((_, rest)) = line.split_once("ready at ") {
                base = rest.split(' ').next().unwrap().to_owned();
            } else if line.starts_with("curl ") || !curl.is_empty() {
                curl.push_str(&line);
            }
            all.push_str(&line);
        }
        Service { child, said, base, curl }
    }

    fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(i32::try_from(self.child.id()).unwrap()), signal).unwrap();
    }

    fn end(mut self, signal: Signal) -> Option<i32> {
        self.signal(signal);
        let mut rest = String::new();
        self.said.read_to_string(&mut rest).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::main]
async fn post(url: &str, body: String) -> Value {
    let request = reqwest::Client::new().post(url).header("prefer", "wait=30");
    let answer =
        request.header("content-type", "application/json").body(body).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

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
    assert_eq!(Service::start(&place, &["up"]).end(Signal::SIGTERM), Some(0));
    assert_eq!(first.end(Signal::SIGTERM), Some(0));
}
