//! The stores under test, and the steps that most checks begin with.

use lexilingo_shared::{
    id::{JobId, Tenant, WorkerId},
    job::{JobEvent, JobInput, JobRecord, NewJob},
    lane::{Capability, Class, Lane},
    queue::{Delivery, Lookup, Pushed},
    store::Stores,
    time::{Clock, SystemClock, Timestamp},
};
use std::{any::Any, time::Duration};

/// The lane that checks use unless they need two.
pub const LANE: Lane = Lane::new(Capability::Text, Class::Interactive);
/// The session of the checks' jobs.
pub const SESSION: &str = "session-1";
/// A cap that no check reaches.
pub const ROOMY: u64 = 10_000;
/// Longer than anything takes here; a wait that reaches it was not woken.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Stores in an empty namespace, two tenants of them, and a time to start from. Times are near the present, because
/// servers drop by their own clock what is long past.
pub struct Subject {
    pub stores: Stores,
    pub tenant: Tenant,
    pub stranger: Tenant,
    pub now: Timestamp,
    _ground: Box<dyn Any + Send + Sync>,
}

impl Subject {
    /// `ground` is what the stores stand on, e.g. a temporary folder; it is let go with the subject.
    pub fn new(stores: Stores, ground: impl Any + Send + Sync) -> Subject {
        let tenant = |name: &str| Tenant::new(&format!("{name}-{:x}", rand::random::<u64>()));
        Subject {
            stores,
            tenant: tenant("school").unwrap(),
            stranger: tenant("other").unwrap(),
            now: SystemClock.now(),
            _ground: Box::new(ground),
        }
    }

    /// So many seconds after the start.
    pub fn at(&self, seconds: u64) -> Timestamp {
        self.now.plus(Duration::from_secs(seconds))
    }

    pub fn worker(&self) -> WorkerId {
        WorkerId::new(self.now, rand::random())
    }

    pub fn job_id(&self) -> JobId {
        JobId::of_session(self.now, &self.tenant, SESSION, rand::random)
    }

    /// A job of the learner `lan` with a minute to its deadline and ten to its end; not stored yet.
    pub fn job(&self) -> NewJob {
        NewJob {
            id: self.job_id(),
            tenant: self.tenant.clone(),
            lane: LANE,
            session_id: SESSION.to_owned(),
            user_id: Some("lan".to_owned()),
            webhook: None,
            input: JobInput::Inline(r#"{"text":"I goes to school"}"#.to_owned()),
            created_at: self.now,
            deadline_at: self.at(60),
            expires_at: self.at(600),
            traceparent: Some("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".to_owned()),
        }
    }

    /// A job that is stored and stands in the lane.
    pub async fn queued(&self) -> NewJob {
        let job = self.job();
        self.stores.jobs.create(&job).await.unwrap();
        self.push(&job).await;
        job
    }

    pub async fn push(&self, job: &NewJob) {
        let pushed = self.stores.lanes.push(LANE, &job.envelope(), ROOMY).await.unwrap();
        assert_eq!(pushed, Pushed::Accepted);
    }

    /// The entry at the head, for a worker that beats now.
    pub async fn leased(&self, worker: &WorkerId) -> Delivery {
        self.stores.lanes.beat(worker, &[LANE], self.now).await.unwrap();
        self.leased_at(worker, self.now).await.expect("the lane has an entry")
    }

    pub async fn leased_at(&self, worker: &WorkerId, now: Timestamp) -> Option<Delivery> {
        self.stores.lanes.lease(LANE, worker, now).await.unwrap()
    }

    /// A job that a worker has begun.
    pub async fn running(&self) -> (NewJob, Delivery) {
        let job = self.queued().await;
        let delivery = self.leased(&self.worker()).await;
        assert_eq!(delivery.entry, job.id);
        self.stores.jobs.start(&delivery, self.now).await.unwrap();
        (job, delivery)
    }

    pub async fn lookup(&self, id: &JobId, now: Timestamp) -> Lookup {
        self.stores.jobs.get(&self.tenant, id, now).await.unwrap()
    }

    pub async fn record(&self, id: &JobId) -> JobRecord {
        match self.lookup(id, self.now).await {
            Lookup::Found(record) => *record,
            other => panic!("{id} should be there: {other:?}"),
        }
    }

    /// All events of a job that is there.
    pub async fn events(&self, id: &JobId) -> Vec<JobEvent> {
        let events = self.stores.jobs.events(&self.tenant, id, 0).await.unwrap();
        events.expect("the job is there")
    }
}
