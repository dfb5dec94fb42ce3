//! Wake-ups: one subscription tells of changed jobs, another of new work. Each is made by whoever first asks for what it
//! tells, because every message costs the server and the process something.
//!
//! A wake-up is a hint and never the truth. While the subscription is down some are lost, so everyone is woken once it
//! stands again.

use super::keys::Keys;
use crate::{id::JobId, lane::Lane, queue::jobs::Changes};
use futures::StreamExt;
use redis::{Client, RedisResult};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{Notify, watch},
    time::{Instant, timeout},
};
use tokio_util::task::AbortOnDropHandle;

/// Stands behind the id of a job that has ended.
const ENDED: char = '!';

/// How often a quiet subscription is probed, and how long an answer may take.
const PROBE: Duration = Duration::from_secs(15);
const PATIENCE: Duration = Duration::from_secs(10);

/// Pauses between attempts to subscribe.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

pub struct Signals {
    told: Arc<Told>,
    client: Client,
    keys: Arc<Keys>,
    on_jobs: OnceLock<AbortOnDropHandle<()>>,
    on_lanes: OnceLock<AbortOnDropHandle<()>>,
}

/// What subscriptions change and waiters look at.
#[derive(Debug)]
struct Told {
    jobs: Mutex<Watched>,
    lanes: HashMap<Lane, LaneSignal>,
}

#[derive(Debug, Clone, Copy)]
enum Topic {
    Jobs,
    Lanes,
}

#[derive(Debug)]
struct Watched {
    senders: HashMap<String, watch::Sender<Changes>>,
    /// Number of senders at which those that nobody listens to are dropped.
    sweep_at: usize,
}

#[derive(Debug, Default)]
pub struct LaneSignal {
    work: Notify,
    next_due: Mutex<Option<Instant>>,
}

impl Signals {
    pub fn new(client: Client, keys: Arc<Keys>) -> Arc<Signals> {
        let told = Told {
            jobs: Mutex::new(Watched { senders: HashMap::new(), sweep_at: 64 }),
            lanes: keys.lanes().map(|(lane, _)| (lane, LaneSignal::default())).collect(),
        };
        let (on_jobs, on_lanes) = Default::default();
        Arc::new(Signals { told: Arc::new(told), client, keys, on_jobs, on_lanes })
    }

    /// Must be called within a tokio runtime, as `lane` must.
    pub fn watch(&self, id: &JobId) -> watch::Receiver<Changes> {
        self.on_jobs.get_or_init(|| self.listen(Topic::Jobs));
        self.told.watch(id)
    }

    pub fn lane(&self, lane: Lane) -> &LaneSignal {
        self.on_lanes.get_or_init(|| self.listen(Topic::Lanes));
        &self.told.lanes[&lane]
    }

    fn listen(&self, topic: Topic) -> AbortOnDropHandle<()> {
        let listening =
            keep_listening(self.client.clone(), self.keys.clone(), self.told.clone(), topic);
        AbortOnDropHandle::new(tokio::spawn(listening))
    }
}

impl Told {
    fn watch(&self, id: &JobId) -> watch::Receiver<Changes> {
        let mut watched = lock(&self.jobs);
        if watched.senders.len() >= watched.sweep_at {
            watched.senders.retain(|_, sender| sender.receiver_count() > 0);
            watched.sweep_at = (watched.senders.len() * 2).max(64);
        }
        let sender = watched.senders.entry(id.as_str().to_owned());
        sender.or_insert_with(|| watch::channel(Changes::default()).0).subscribe()
    }

    /// `told` is the id of a job that changed, marked when it has ended (see `lua/job.lua`).
    fn changed(&self, told: &str) {
        let (id, ended) = told.strip_suffix(ENDED).map_or((told, false), |id| (id, true));
        let mut watched = lock(&self.jobs);
        if let Some(sender) = watched.senders.get(id) {
            if sender.receiver_count() > 0 {
                sender.send_modify(|changes| changes.add(ended));
            } else {
                watched.senders.remove(id);
            }
        }
    }

    /// What was missed may have been anything.
    fn wake_all(&self, topic: Topic) {
        match topic {
            Topic::Jobs => self.wake_watchers(),
            Topic::Lanes => self.wake_workers(),
        }
    }

    fn wake_watchers(&self) {
        let mut watched = lock(&self.jobs);
        watched.senders.retain(|_, sender| sender.receiver_count() > 0);
        for sender in watched.senders.values() {
            sender.send_modify(|changes| changes.add(true));
        }
    }

    fn wake_workers(&self) {
        for lane in self.lanes.values() {
            lane.work.notify_waiters();
            lane.work.notify_one();
        }
    }
}

impl LaneSignal {
    /// Wakes one waiter, or the next one that comes: a wake-up between a lease and the wait after it is not lost.
    pub fn wake(&self) {
        self.work.notify_one();
    }

    /// Notes when the next retry falls due, as the last lease saw it.
    pub fn next_due_in(&self, span: Option<Duration>) {
        *lock(&self.next_due) = span.map(|span| Instant::now() + span);
    }

    pub async fn wait(&self, at_most: Duration) {
        let until_due =
            lock(&self.next_due).map(|due| due.saturating_duration_since(Instant::now()));
        let span = until_due.map_or(at_most, |until_due| until_due.min(at_most));
        let _ = timeout(span, self.work.notified()).await;
    }
}

async fn keep_listening(client: Client, keys: Arc<Keys>, told: Arc<Told>, topic: Topic) {
    let mut pause = FIRST_PAUSE;
    loop {
        let begun = Instant::now();
        let end = listen(&client, &keys, &told, topic).await;
        if begun.elapsed() > LONGEST_PAUSE {
            pause = FIRST_PAUSE;
        }
        // Told once per outage, not once per attempt.
        if pause == FIRST_PAUSE {
            let reason = end.err().map(|error| error.to_string());
            tracing::warn!(reason, "redis subscription broke");
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Returns when the connection ends.
async fn listen(client: &Client, keys: &Keys, told: &Told, topic: Topic) -> RedisResult<()> {
    let changed = keys.changed();
    let lanes: HashMap<&str, Lane> =
        keys.lanes().map(|(lane, keys)| (keys.wake.as_str(), lane)).collect();
    let channels: Vec<&str> = match topic {
        Topic::Jobs => vec![changed.as_str()],
        Topic::Lanes => lanes.keys().copied().collect(),
    };

    let (mut sink, mut messages) = within(client.get_async_pubsub()).await?.split();
    within(sink.subscribe(&channels)).await?;
    told.wake_all(topic);
    let mut probe = tokio::time::interval(PROBE);
    probe.tick().await;
    loop {
        tokio::select! {
            message = messages.next() => {
                let Some(message) = message else { return Ok(()) };
                match lanes.get(message.get_channel_name()) {
                    Some(lane) => told.lanes[lane].wake(),
                    None => told.changed(&String::from_utf8_lossy(message.get_payload_bytes())),
                }
            }
            // A connection whose other end has silently gone looks like a quiet one.
            _ = probe.tick() => within(sink.ping::<redis::Value>()).await.map(drop)?,
        }
    }
}

async fn within<T>(call: impl Future<Output = RedisResult<T>>) -> RedisResult<T> {
    timeout(PATIENCE, call).await.unwrap_or_else(|_| {
        Err(std::io::Error::new(std::io::ErrorKind::TimedOut, "no answer").into())
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
