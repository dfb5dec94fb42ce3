use super::*;
use crate::{telemetry::join, trace_context::TraceContext};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener},
    sync::mpsc::{self, Receiver},
    time::Instant,
};
use tracing_subscriber::layer::SubscriberExt;

/// A collector that takes one request, answers 200 and hands its head and body to the test.
fn collector() -> (SocketAddr, Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let (mut taken, mut chunk) = (Vec::new(), [0; 4096]);
        let (head, length, start) = loop {
            let read = socket.read(&mut chunk).unwrap();
            taken.extend_from_slice(&chunk[..read]);
            if let Some(at) = taken.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&taken[..at]).to_lowercase();
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                break (head.clone(), length.unwrap().parse::<usize>().unwrap(), at + 4);
            }
        };
        while taken.len() < start + length {
            let read = socket.read(&mut chunk).unwrap();
            taken.extend_from_slice(&chunk[..read]);
        }
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
        sender.send((head, taken.split_off(start))).unwrap();
    });
    (address, receiver)
}

fn record_one_span(endpoint: &str, parent: TraceContext) -> Export {
    let (layer, export) = start(endpoint, "lexilingo-test").unwrap();
    let subscriber = tracing_subscriber::registry().with(layer);
    tracing::subscriber::with_default(subscriber, || {
        let span = tracing::info_span!("analyze_job", job_id = "job_1");
        let own = join(&span, Some(&parent)).unwrap();
        assert_eq!(own.trace_id(), parent.trace_id());
        assert_ne!(own.span_id(), parent.span_id());
        span.in_scope(|| tracing::debug!("inside"));
    });
    export
}

fn holds(body: &[u8], part: &[u8]) -> bool {
    body.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_span_arrives_with_the_trace_id_it_was_given() {
    let (address, received) = collector();
    let trace = 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736_u128;
    drop(record_one_span(&format!("http://{address}/"), TraceContext::new(trace, 7)));
    let (head, body) = received.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(head.starts_with("post /v1/traces http/1.1"), "{head}");
    for part in [&trace.to_be_bytes()[..], b"analyze_job", b"lexilingo-test", b"job_1"] {
        assert!(holds(&body, part), "{part:?} is missing");
    }
}

#[test]
fn a_silent_collector_costs_at_most_the_farewell() {
    // Accepts connections into its backlog and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let begun = Instant::now();
    let export = record_one_span(&endpoint, TraceContext::new(1, 1));
    assert!(begun.elapsed() < Duration::from_secs(1), "recording waited for the collector");
    drop(export);
    assert!(begun.elapsed() < FAREWELL + Duration::from_secs(2), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn the_last_spans_go_out_when_the_guard_is_dropped_on_a_single_threaded_runtime() {
    let (address, received) = collector();
    drop(record_one_span(&format!("http://{address}"), TraceContext::new(9, 9)));
    assert!(received.recv_timeout(Duration::from_secs(10)).is_ok());
}
