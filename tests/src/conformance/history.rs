//! Random histories of a lane and its jobs, compared step by step with a model that fits on two screens.

use super::subject::{LANE, ROOMY, Subject};
use lexilingo_shared::{
    id::{JobId, WorkerId},
    job::{EventKind, NewJob},
    queue::{Cancel, Delivery, Finish, Hold, Lookup, Progress, Settlement, Started, Success},
    status::JobStatus,
    time::Timestamp,
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};
use tokio::{runtime::Handle, task::block_in_place};

const JOBS: usize = 4;
const WORKERS: usize = 3;
const CASES: u32 = 64;

/// One step; numbers choose among jobs, workers, or the deliveries so far.
#[derive(Debug, Clone)]
enum Step {
    Push(usize),
    Lease(usize),
    Start(usize),
    Retrying(usize),
    Finish(usize),
    Cancel(usize),
    Done(usize),
    Retry(usize, u64),
    HandBack(usize),
    Lose(usize),
    Leave(usize),
    Tick(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let (job, worker, delivery) = (0..JOBS, 0..WORKERS, 0..64usize);
    let step = prop_oneof![
        3 => job.clone().prop_map(Step::Push),
        6 => worker.clone().prop_map(Step::Lease),
        4 => delivery.clone().prop_map(Step::Start),
        1 => delivery.clone().prop_map(Step::Retrying),
        1 => delivery.clone().prop_map(Step::Finish),
        1 => job.prop_map(Step::Cancel),
        1 => delivery.clone().prop_map(Step::Done),
        2 => (delivery.clone(), 0..9u64).prop_map(|(n, due)| Step::Retry(n, due)),
        2 => delivery.prop_map(Step::HandBack),
        1 => worker.clone().prop_map(Step::Lose),
        1 => worker.prop_map(Step::Leave),
        2 => (1..5u64).prop_map(Step::Tick),
    ];
    prop::collection::vec(step, 1..50)
}

pub async fn random_histories_match_the_model(s: Subject) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let play =
        |steps: Vec<Step>| block_in_place(|| Handle::current().block_on(Play::new(&s).run(&steps)));
    if let Err(failure) = TestRunner::new(config).run(&steps(), play) {
        panic!("{failure}");
    }
}

/// What the stores should hold.
#[derive(Default)]
struct Model {
    waiting: VecDeque<usize>,
    scheduled: BTreeMap<Timestamp, usize>,
    /// By worker, who holds at most one entry here: which of several comes first is left open.
    held: BTreeMap<usize, usize>,
    fences: [u64; JOBS],
    crashes: [u32; JOBS],
    jobs: [ModelJob; JOBS],
}

#[derive(Clone, Copy)]
struct ModelJob {
    status: JobStatus,
    fence: u64,
    failures: u32,
}

impl Default for ModelJob {
    fn default() -> Self {
        ModelJob { status: JobStatus::Queued, fence: 0, failures: 0 }
    }
}

impl Model {
    fn knows(&self, job: usize) -> bool {
        self.waiting.contains(&job)
            || self.scheduled.values().any(|scheduled| *scheduled == job)
            || self.held.values().any(|held| *held == job)
    }

    fn take(&mut self, now: Timestamp) -> Option<usize> {
        let due = self.scheduled.range(..=now).next().map(|(due, _)| *due);
        due.and_then(|due| self.scheduled.remove(&due)).or_else(|| self.waiting.pop_front())
    }
}

/// One history on its way.
struct Play<'s> {
    s: &'s Subject,
    model: Model,
    now: Timestamp,
    jobs: Vec<NewJob>,
    workers: Vec<WorkerId>,
    /// Worker, job and delivery, oldest first.
    deliveries: Vec<(usize, usize, Delivery)>,
    /// The states that the records were last seen in.
    seen: [JobStatus; JOBS],
}

impl<'s> Play<'s> {
    fn new(s: &'s Subject) -> Play<'s> {
        // Each history has jobs and workers of its own; the lane is emptied at its end.
        let job = || NewJob { deadline_at: s.at(9000), expires_at: s.at(9999), ..s.job() };
        Play {
            s,
            model: Model::default(),
            now: s.now,
            jobs: (0..JOBS).map(|_| job()).collect(),
            workers: (0..WORKERS).map(|_| s.worker()).collect(),
            deliveries: Vec::new(),
            seen: [JobStatus::Queued; JOBS],
        }
    }

    async fn run(mut self, steps: &[Step]) -> Result<(), TestCaseError> {
        for job in &self.jobs {
            self.s.stores.jobs.create(job).await.unwrap();
        }
        let mut outcome = Ok(());
        for step in steps {
            outcome = self.step(step).await;
            if outcome.is_ok() {
                outcome = self.compare(step).await;
            }
            if outcome.is_err() {
                break;
            }
        }
        self.empty_lane().await;
        outcome
    }

    async fn step(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let (lanes, jobs) = (self.s.stores.lanes.clone(), self.s.stores.jobs.clone());
        match *step {
            Step::Push(job) => {
                // An entry that was settled does not come again here: whether its fences go on is left open.
                if self.model.fences[job] == 0 || self.model.knows(job) {
                    lanes.push(LANE, &self.jobs[job].envelope(), ROOMY).await.unwrap();
                    if !self.model.knows(job) {
                        self.model.waiting.push_back(job);
                    }
                }
            }
            Step::Lease(worker) => {
                if !self.model.held.contains_key(&worker) {
                    self.lease(worker).await?;
                }
            }
            Step::Cancel(job) => {
                let known = &mut self.model.jobs[job];
                let expected = if known.status.is_final() {
                    Cancel::TooLate(known.status)
                } else {
                    known.status = JobStatus::Canceled;
                    Cancel::Canceled
                };
                let id = &self.jobs[job].id;
                let cancel = jobs.cancel(&self.s.tenant, id, self.now).await.unwrap();
                prop_assert_eq!(cancel, expected);
            }
            Step::Lose(worker) => {
                self.now = self.now.plus(Duration::from_secs(1));
                for (_, id) in self.workers.iter().enumerate().filter(|(n, _)| *n != worker) {
                    lanes.beat(id, &[LANE], self.now).await.unwrap();
                }
                let recovered = lanes.recover(&[LANE], self.now, self.now).await.unwrap();
                let lost = self.model.held.remove(&worker);
                if let Some(job) = lost {
                    self.model.crashes[job] += 1;
                    self.model.waiting.push_front(job);
                }
                let recovered: Vec<(JobId, u32)> =
                    recovered.into_iter().map(|one| (one.entry, one.crashes)).collect();
                let expected: Vec<(JobId, u32)> = lost
                    .map(|job| (self.jobs[job].id.clone(), self.model.crashes[job]))
                    .into_iter()
                    .collect();
                prop_assert_eq!(recovered, expected);
            }
            Step::Leave(worker) => {
                lanes.leave(&self.workers[worker], &[LANE], self.now).await.unwrap();
                if let Some(job) = self.model.held.remove(&worker) {
                    self.model.waiting.push_front(job);
                }
            }
            Step::Tick(seconds) => self.now = self.now.plus(Duration::from_secs(seconds)),
            Step::Start(n)
            | Step::Retrying(n)
            | Step::Finish(n)
            | Step::Done(n)
            | Step::Retry(n, _)
            | Step::HandBack(n) => {
                if let Some(chosen) = n.checked_rem(self.deliveries.len()) {
                    let (worker, job, delivery) = self.deliveries[chosen].clone();
                    if matches!(step, Step::Done(_) | Step::Retry(..) | Step::HandBack(_)) {
                        self.settle(step, worker, job, &delivery).await;
                    } else {
                        self.work(step, job, &delivery).await?;
                    }
                }
            }
        }
        Ok(())
    }

    async fn lease(&mut self, worker: usize) -> Result<(), TestCaseError> {
        let (lanes, id) = (&self.s.stores.lanes, &self.workers[worker]);
        lanes.beat(id, &[LANE], self.now).await.unwrap();
        let leased = lanes.lease(LANE, id, self.now).await.unwrap();
        let expected = self.model.take(self.now);
        prop_assert_eq!(
            leased.as_ref().map(|delivery| &delivery.entry),
            expected.map(|job| &self.jobs[job].id)
        );
        if let (Some(delivery), Some(job)) = (leased, expected) {
            self.model.fences[job] += 1;
            prop_assert_eq!(delivery.fence, self.model.fences[job]);
            prop_assert_eq!(delivery.crashes, self.model.crashes[job]);
            self.model.held.insert(worker, job);
            self.deliveries.push((worker, job, delivery));
        }
        Ok(())
    }

    /// A change of the job, by a delivery that may be stale.
    async fn work(
        &mut self,
        step: &Step,
        job: usize,
        delivery: &Delivery,
    ) -> Result<(), TestCaseError> {
        let jobs = &self.s.stores.jobs;
        let known = &mut self.model.jobs[job];
        if let Step::Start(_) = step {
            let started = jobs.start(delivery, self.now).await.unwrap();
            let repeated = known.fence == delivery.fence;
            if known.status.is_final() {
                prop_assert!(matches!(started, Started::Ended(status) if status == known.status));
            } else if known.fence > delivery.fence
                || (repeated && known.status != JobStatus::Processing)
            {
                prop_assert!(matches!(started, Started::Stale), "{:?}", started);
            } else {
                prop_assert!(matches!(started, Started::Run { .. }), "{:?}", started);
                (known.status, known.fence) = (JobStatus::Processing, delivery.fence);
            }
            return Ok(());
        }
        let current = known.fence == delivery.fence;
        let (hold, expected) = match step {
            Step::Finish(_) => {
                let finish =
                    Finish::Succeeded(Success { result: "{}".to_owned(), ..Success::default() });
                let hold = jobs.finish(delivery, &finish, self.now).await.unwrap();
                (hold, known.fence <= delivery.fence)
            }
            _ => {
                let hold = jobs.advance(delivery, &Progress::Retrying, self.now).await.unwrap();
                (hold, current)
            }
        };
        if known.status.is_final() {
            prop_assert_eq!(hold, Hold::Ended(known.status));
            return Ok(());
        }
        prop_assert_eq!(hold, if expected { Hold::Held } else { Hold::Lost });
        match step {
            _ if !expected => {}
            Step::Finish(_) => {
                (known.status, known.fence) = (JobStatus::Succeeded, delivery.fence);
            }
            _ => {
                known.failures += u32::from(known.status == JobStatus::Processing);
                known.status = JobStatus::Queued;
            }
        }
        Ok(())
    }

    async fn settle(&mut self, step: &Step, worker: usize, job: usize, delivery: &Delivery) {
        let due = |seconds: u64| {
            // A millisecond apart each, so that no two are due at once.
            let distinct = Duration::from_millis(self.deliveries.len() as u64);
            let mut due = self.now.plus(Duration::from_secs(seconds)).plus(distinct);
            while self.model.scheduled.contains_key(&due) {
                due = due.plus(Duration::from_millis(1));
            }
            due
        };
        let settlement = match step {
            Step::Retry(_, seconds) => Settlement::Retry(due(*seconds)),
            Step::HandBack(_) => Settlement::HandBack,
            _ => Settlement::Done,
        };
        self.s.stores.lanes.settle(delivery, &settlement, self.now).await.unwrap();
        let holds =
            self.model.held.get(&worker) == Some(&job) && self.model.fences[job] == delivery.fence;
        if holds {
            self.model.held.remove(&worker);
            match settlement {
                Settlement::Retry(due) => drop(self.model.scheduled.insert(due, job)),
                Settlement::HandBack => self.model.waiting.push_front(job),
                _ => {}
            }
        }
    }

    async fn compare(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let stats = self.s.stores.lanes.stats(LANE, self.now).await.unwrap();
        let due = self.model.scheduled.range(..=self.now).count();
        prop_assert_eq!(
            (stats.waiting, stats.scheduled, stats.running),
            (
                (self.model.waiting.len() + due) as u64,
                (self.model.scheduled.len() - due) as u64,
                self.model.held.len() as u64
            )
        );
        let seen = self.jobs.iter().zip(&self.model.jobs).zip(&mut self.seen);
        for ((job, known), seen) in seen {
            let Lookup::Found(record) = self.s.lookup(&job.id, self.now).await else {
                return Err(TestCaseError::fail("a job is missing"));
            };
            prop_assert_eq!(
                (record.status, record.fence, record.failures),
                (known.status, known.fence, known.failures)
            );
            let (before, after) = (std::mem::replace(seen, record.status), record.status);
            let mut way = vec![before];
            if matches!(step, Step::Finish(_)) && before == JobStatus::Queued && before != after {
                // A delivery that never was started is started in the same step, and says so.
                let events = self.s.stores.jobs.events(&self.s.tenant, &job.id, 0).await.unwrap();
                let kinds: Vec<EventKind> =
                    events.unwrap().iter().rev().take(2).map(|event| event.kind).collect();
                prop_assert_eq!(kinds, [EventKind::Succeeded, EventKind::Started]);
                way.push(JobStatus::Processing);
            }
            way.push(after);
            for step in way.windows(2) {
                prop_assert!(step[0] == step[1] || step[0].may_become(step[1]), "{:?}", way);
            }
        }
        Ok(())
    }

    async fn empty_lane(&self) {
        let (lanes, worker, end) = (&self.s.stores.lanes, self.s.worker(), self.s.at(9000));
        for worker in &self.workers {
            lanes.leave(worker, &[LANE], end).await.unwrap();
        }
        while let Some(delivery) = lanes.lease(LANE, &worker, end).await.unwrap() {
            lanes.settle(&delivery, &Settlement::Done, end).await.unwrap();
        }
    }
}
