//! The two ends of a lane without api and phases: a client that waits for results and a worker that has them ready.

use crate::latency::Latencies;
use anyhow::bail;
use lexilingo_shared::{
    id::{JobId, Tenant, WorkerId},
    job::{JobInput, NewJob},
    lane::{Capability, Class, Lane},
    queue::{
        Delivery, Finish, Hold, Jobs, Lanes, Lookup, Pushed, Settlement, Started, Success,
        redis::RedisQueue,
    },
    time::{Clock, SystemClock, Timestamp},
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    sync::Semaphore,
    task::{JoinHandle, JoinSet},
};

pub const LANE: Lane = Lane::new(Capability::Text, Class::Interactive);
const NAMESPACE: &str = "bench";
const LIFE: Duration = Duration::from_secs(3600);
const PATIENCE: Duration = Duration::from_secs(30);
/// Entries that a worker takes at once, as the real one does.
const LEASES: usize = 4;
const MOST_WAITING: u64 = 100_000;

fn now() -> Timestamp {
    SystemClock.now()
}

#[derive(Clone)]
pub struct LaneClient {
    queue: RedisQueue,
    input: Arc<str>,
}

impl LaneClient {
    pub async fn connect(url: &str, input: &str) -> anyhow::Result<LaneClient> {
        let queue = RedisQueue::connect(url, NAMESPACE).await?;
        Ok(LaneClient { queue, input: input.into() })
    }

    /// Keeps so many jobs in flight for this long.
    pub async fn run(&self, in_flight: usize, span: Duration) -> anyhow::Result<Latencies> {
        let begun = Instant::now();
        let mut clients = JoinSet::new();
        for _ in 0..in_flight {
            let client = self.clone();
            clients.spawn(async move {
                let mut latencies = Latencies::default();
                while begun.elapsed() < span {
                    let from = Instant::now();
                    client.one().await?;
                    latencies.note(from.elapsed());
                }
                anyhow::Ok(latencies)
            });
        }
        let mut all = Latencies::default();
        while let Some(latencies) = clients.join_next().await {
            all.merge(&latencies??);
        }
        all.elapsed = begun.elapsed();
        Ok(all)
    }

    /// Takes one job in and waits for its result, with the calls that the api makes.
    pub async fn one(&self) -> anyhow::Result<()> {
        let job = self.job();
        let mut watch = self.queue.watch(&job.id).await?;
        let (created, pushed) = tokio::join!(self.queue.create(&job), self.push(&job));
        created?;
        pushed?;
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            watch.ended(Duration::from_secs(1)).await;
            let found = self.queue.get(&job.tenant, &job.id, now()).await?;
            let Lookup::Found(record) = found else { bail!("a job has gone") };
            if record.status.is_final() {
                anyhow::ensure!(record.result.is_some(), "a job ended without a result");
                return Ok(());
            }
        }
        bail!("a job did not end in time")
    }

    pub fn job(&self) -> NewJob {
        let now = now();
        NewJob {
            id: JobId::new(now, rand::random()),
            tenant: Tenant::local(),
            lane: LANE,
            session_id: "bench".to_owned(),
            user_id: None,
            webhook: None,
            input: JobInput::Inline(self.input.to_string()),
            created_at: now,
            deadline_at: now.plus(LIFE),
            expires_at: now.plus(LIFE),
            traceparent: None,
        }
    }

    pub async fn push(&self, job: &NewJob) -> anyhow::Result<()> {
        let pushed = self.queue.push(LANE, &job.envelope(), MOST_WAITING).await?;
        anyhow::ensure!(pushed == Pushed::Accepted, "the lane is full");
        Ok(())
    }
}

/// Answers every job with the same result, so many at once.
pub struct LaneWorker {
    task: JoinHandle<()>,
    queue: RedisQueue,
    id: WorkerId,
}

impl LaneWorker {
    pub async fn start(url: &str, answer: &str, concurrency: usize) -> anyhow::Result<LaneWorker> {
        let queue = RedisQueue::connect(url, NAMESPACE).await?;
        let id = WorkerId::new(now(), rand::random());
        queue.beat(&id, &[LANE], now()).await?;
        let (own, worker, answer) = (queue.clone(), id.clone(), answer.to_owned());
        let task = tokio::spawn(async move {
            let places = Arc::new(Semaphore::new(concurrency));
            // The semaphore is never closed.
            while let Ok(place) = places.clone().acquire_owned().await {
                let mut free = vec![place];
                while free.len() < LEASES
                    && let Ok(place) = places.clone().try_acquire_owned()
                {
                    free.push(place);
                }
                let deliveries = lease(&own, &worker, free.len()).await;
                for (delivery, place) in deliveries.into_iter().zip(free) {
                    let (own, answer) = (own.clone(), answer.clone());
                    tokio::spawn(async move {
                        if let Err(error) = work(&own, &delivery, answer).await {
                            eprintln!("a job is left: {error}");
                        }
                        drop(place);
                    });
                }
            }
        });
        Ok(LaneWorker { task, queue, id })
    }

    pub async fn stop(self) {
        self.task.abort();
        let _ = self.queue.leave(&self.id, &[LANE], now()).await;
    }
}

async fn lease(queue: &RedisQueue, worker: &WorkerId, most: usize) -> Vec<Delivery> {
    let deliveries = queue.lease_up_to(most, LANE, worker, now()).await.unwrap_or_default();
    if deliveries.is_empty() {
        queue.wait_for_work(LANE, Duration::from_secs(1)).await;
    }
    deliveries
}

/// The calls that any job needs.
pub async fn work(queue: &RedisQueue, delivery: &Delivery, result: String) -> anyhow::Result<()> {
    let Started::Run { .. } = queue.start(delivery, now()).await? else {
        bail!("a job cannot be started");
    };
    let finish = Finish::Succeeded(Success { result, ..Success::default() });
    let hold = queue.finish(delivery, &finish, now()).await?;
    anyhow::ensure!(hold == Hold::Held, "a job was lost");
    queue.settle(delivery, &Settlement::Done, now()).await?;
    Ok(())
}
