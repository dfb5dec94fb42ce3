//! `lexilingo up`, started and spoken to.

use crate::place::Place;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStderr, Stdio},
};

/// A running service. Killed when a test fails before it has ended.
pub struct Service {
    pub child: Child,
    said: BufReader<ChildStderr>,
    /// Its address, as it prints it.
    pub base: String,
    /// The request that it prints to try.
    pub curl: String,
}

impl Service {
    /// Starts it and waits until it is ready.
    pub fn start(place: &Place, arguments: &[&str]) -> Self {
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

    pub fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(i32::try_from(self.child.id()).unwrap()), signal).unwrap();
    }

    /// How it ended after this signal.
    pub fn end(mut self, signal: Signal) -> Option<i32> {
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

/// The result of a text.
#[tokio::main]
pub async fn post(url: &str, body: String) -> Value {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = client.post(url).header("prefer", "wait=30");
    let answer =
        request.header("content-type", "application/json").body(body).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}
