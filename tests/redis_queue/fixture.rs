//! A server, a queue on it, and jobs to put in.

use lexilingo_shared::{
    id::{JobId, Tenant, WorkerId},
    job::{JobInput, NewJob},
    lane::{Capability, Class, Lane},
    queue::{Jobs, Lanes, Pushed, redis::RedisQueue},
    time::{Clock, SystemClock, Timestamp},
};
use lexilingo_tests::servers::RedisServer;
use redis::{FromRedisValue, aio::MultiplexedConnection};
use std::time::Duration;

pub const LANE: Lane = Lane::new(Capability::Text, Class::Interactive);
pub const PREFIX: &str = "test:{text:interactive}";

pub struct Fixture {
    pub server: RedisServer,
    pub queue: RedisQueue,
}

impl Fixture {
    pub async fn new() -> Fixture {
        Fixture::on(RedisServer::start().await.unwrap()).await
    }

    pub async fn on(server: RedisServer) -> Fixture {
        let queue = RedisQueue::connect(&server.url(), "test").await.unwrap();
        Fixture { server, queue }
    }

    /// Creates and pushes one job.
    pub async fn submit(&self) -> NewJob {
        let job = job(now());
        self.queue.create(&job).await.unwrap();
        let pushed = self.queue.push(LANE, &job.envelope(), 1_000_000).await.unwrap();
        assert_eq!(pushed, Pushed::Accepted);
        job
    }

    /// A look behind the seam.
    pub async fn look<T: FromRedisValue>(&self, command: &[&str]) -> T {
        let mut connection: MultiplexedConnection = self.server.connection().await.unwrap();
        let mut call = redis::cmd(command[0]);
        for argument in &command[1..] {
            call.arg(*argument);
        }
        call.query_async(&mut connection).await.unwrap()
    }
}

pub fn now() -> Timestamp {
    SystemClock.now()
}

pub fn worker() -> WorkerId {
    WorkerId::new(now(), rand::random())
}

pub fn job(now: Timestamp) -> NewJob {
    NewJob {
        id: JobId::new(now, rand::random()),
        tenant: Tenant::local(),
        lane: LANE,
        session_id: "session".to_owned(),
        user_id: Some("learner".to_owned()),
        webhook: None,
        input: JobInput::Inline("{}".to_owned()),
        created_at: now,
        deadline_at: now.plus(Duration::from_secs(600)),
        expires_at: now.plus(Duration::from_secs(3600)),
        traceparent: None,
    }
}
