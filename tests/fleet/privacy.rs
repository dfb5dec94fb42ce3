//! A learner's text is where it belongs and nowhere else.

use crate::life::{SETTINGS, live};
use lexilingo_tests::{
    at_rest,
    fleet::{Fleet, Kind},
    promises,
    receiver::{Manner, Receiver},
};

promises! {
    text_never_reaches_logs_metrics_webhooks_or_refusals,
}

const CANARY: &str = "Quangxuanville";

async fn text_never_reaches_logs_metrics_webhooks_or_refusals(kind: Kind) {
    let fleet = Fleet::with(kind, 1, &SETTINGS).await;
    let receiver = Receiver::start(Manner::Answer("200 OK", "")).await;
    let life = live(&fleet, &receiver, CANARY, async || {}).await;
    let logs = fleet.logs();
    assert!(logs.len() > 1000, "there are logs to look at");
    let line = logs.lines().find(|line| line.contains(CANARY));
    assert_eq!(line, None, "text in a log");
    let metrics = fleet.client.get("/metrics").await.expect(200).text();
    assert!(metrics.contains("lexilingo_") && !metrics.contains(CANARY));
    if let Some(ops) = fleet.worker_ops.first() {
        let metrics = reqwest::get(format!("http://{ops}/metrics")).await.unwrap();
        let metrics = metrics.text().await.unwrap();
        assert!(metrics.contains("lexilingo_") && !metrics.contains(CANARY));
    }
    assert!(life.told.len() > 5, "{}", life.told.len());
    for told in &life.told {
        let all = format!("{:?} {}", told.headers, told.body);
        assert!(!all.contains(CANARY), "{all}");
        assert!(told.body.len() < 20_000);
    }
    for refusal in &life.refusals {
        assert!(refusal.contains("errors") && !refusal.contains(CANARY), "{refusal}");
    }
}

/// Only entries, outbox, reports and deliveries are looked at: records and requests hold the text by their nature.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_queue_entry_holds_ids_only() {
    let fleet = Fleet::with(Kind::Servers, 1, &SETTINGS).await;
    let receiver = Receiver::start(Manner::Answer("503 Busy", "")).await;
    let look = async || {
        let all = at_rest::everything(&fleet).await;
        let is_record = |place: &str| {
            place.starts_with("mongodb")
                || [":job:", ":events:", "cache"].iter().any(|kind| place.contains(kind))
        };
        let (records, entries): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|(place, _)| is_record(place));
        let found = at_rest::places(&entries, CANARY);
        assert!(found.is_empty(), "{found:?}");
        assert!(!at_rest::places(&records, CANARY).is_empty(), "the text is somewhere");
        entries
    };
    live(&fleet, &receiver, CANARY, async || {
        let entries = look().await;
        assert!(entries.iter().any(|(place, _)| place.contains("{text:")), "{entries:?}");
    })
    .await;
    look().await;
}
