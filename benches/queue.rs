//! The queue's calls against a real Redis, one job at a time.

use criterion::{Criterion, criterion_group, criterion_main};
use lexilingo_benches::{
    lane_runner::{LANE, LaneClient, LaneWorker, work},
    request::{self, Author},
    stage,
};
use lexilingo_shared::{
    id::WorkerId,
    queue::{Jobs, Lanes, redis::RedisQueue},
    time::{Clock, SystemClock},
};
use lexilingo_tests::servers::RedisServer;
use tokio::runtime::Runtime;

fn queue(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let redis = runtime.block_on(RedisServer::with(&stage::REDIS)).expect("Redis starts");
    let url = redis.url();
    let input = Author::new().repeat(&request::text(1));
    let client = runtime.block_on(LaneClient::connect(&url, &input)).expect("a client");
    let queue = runtime.block_on(RedisQueue::connect(&url, "bench")).expect("a queue");
    let worker = WorkerId::new(SystemClock.now(), rand::random());

    let mut group = criterion.benchmark_group("queue");
    group.bench_function("create", |bencher| {
        bencher.iter(|| runtime.block_on(queue.create(&client.job())).expect("a job"));
    });
    // Every call at once, in the order of a job's life, so that the lane stays short.
    group.bench_function("create, push, lease, start, finish, settle", |bencher| {
        bencher.iter(|| {
            runtime.block_on(async {
                let job = client.job();
                queue.create(&job).await.expect("a job");
                client.push(&job).await.expect("room in the lane");
                let leased = queue.lease(LANE, &worker, SystemClock.now()).await;
                let delivery = leased.expect("a lease").expect("an entry");
                work(&queue, &delivery, "{}".to_owned()).await.expect("the job ends");
            });
        });
    });
    let worker = runtime.block_on(LaneWorker::start(&url, "{}", 1)).expect("a worker");
    group.bench_function("from submission to result, a worker waiting", |bencher| {
        bencher.iter(|| runtime.block_on(client.one()).expect("a result"));
    });
    runtime.block_on(worker.stop());
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = queue
}
criterion_main!(benches);
