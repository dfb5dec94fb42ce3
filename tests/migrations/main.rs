//! Migrations against a real server.

use lexilingo_migrations::{MigrationError, Options, Runner, Step, lock::Lock, pending, run};
use lexilingo_shared::store::mongo::Mongo;
use lexilingo_tests::servers::MongoServer;
use mongodb::bson::{Document, doc};
use std::time::{Duration, Instant};

/// One server for all: starting it costs more than every test together.
#[tokio::test]
async fn migrations() {
    let server = MongoServer::start().await.unwrap();
    let uri = server.uri();
    a_second_run_finds_nothing_to_do(&uri).await;
    concurrent_runners_apply_each_step_once(&uri).await;
    a_changed_step_is_refused(&uri).await;
    a_dead_runner_blocks_for_its_lease_only(&uri).await;
    a_failed_step_is_not_recorded(&uri).await;
}

async fn a_second_run_finds_nothing_to_do(uri: &str) {
    let database = Some("twice");
    let all: Vec<String> = Step::all().unwrap().into_iter().map(|step| step.name).collect();
    assert_eq!(pending(uri, database).await.unwrap(), all);
    let first = run(uri, database).await.unwrap();
    assert_eq!(first.into_iter().map(|step| step.name).collect::<Vec<_>>(), all);
    assert!(run(uri, database).await.unwrap().is_empty());
    assert!(pending(uri, database).await.unwrap().is_empty());

    let mongo = Mongo::connect(uri, database).await.unwrap();
    let indexes = mongo.database().collection::<Document>("ai_interactions");
    let names = indexes.list_index_names().await.unwrap();
    for name in ["expires_at", "tenant_learner", "job_id", "tenant_user_created"] {
        assert!(names.iter().any(|known| known == name), "{name} in {names:?}");
    }
    // Every step bears being run again, as after a crash before it was recorded.
    mongo.database().collection::<Document>("_migrations").delete_many(doc! {}).await.unwrap();
    assert_eq!(run(uri, database).await.unwrap().len(), all.len());
}

async fn concurrent_runners_apply_each_step_once(uri: &str) {
    let database = Some("four");
    let (a, b, c, d) = tokio::join!(
        run(uri, database),
        run(uri, database),
        run(uri, database),
        run(uri, database)
    );
    let applied: usize = [a, b, c, d].map(|run| run.unwrap().len()).iter().sum();
    assert_eq!(applied, Step::all().unwrap().len());
}

async fn a_changed_step_is_refused(uri: &str) {
    let mongo = Mongo::connect(uri, Some("changed")).await.unwrap();
    let runner = |text: &str| {
        let step = Step::commands("0001_first", text).unwrap();
        Runner::new(mongo.database(), vec![step], Options::default())
    };
    assert_eq!(runner(r#"[{"create":"a"}]"#).run().await.unwrap().len(), 1);
    assert!(runner(r#"[ {"create": "a"} ]"#).run().await.unwrap().is_empty());
    let changed = runner(r#"[{"create":"b"}]"#);
    for refused in [changed.run().await.map(drop), changed.pending().await.map(drop)] {
        assert!(matches!(refused, Err(MigrationError::Changed { .. })), "{refused:?}");
    }
}

async fn a_dead_runner_blocks_for_its_lease_only(uri: &str) {
    let mongo = Mongo::connect(uri, Some("dead")).await.unwrap();
    let lease = Duration::from_millis(1500);
    // A runner that took the lock and was killed: it neither renews nor releases.
    let dead = Lock::take(mongo.database(), lease, Duration::ZERO).await.unwrap();
    let steps = || vec![Step::commands("0001_first", r#"[{"create":"a"}]"#).unwrap()];

    let hasty = Options { lease, wait: Duration::ZERO };
    let busy = Runner::new(mongo.database(), steps(), hasty).run().await;
    assert!(matches!(busy, Err(MigrationError::Busy { .. })), "{busy:?}");
    let begun = Instant::now();
    let patient = Options { lease, wait: Duration::from_secs(60) };
    let applied = Runner::new(mongo.database(), steps(), patient).run().await.unwrap();
    assert_eq!(applied.len(), 1);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    drop(dead);
}

async fn a_failed_step_is_not_recorded(uri: &str) {
    let mongo = Mongo::connect(uri, Some("failed")).await.unwrap();
    let steps = vec![
        Step::commands("0001_first", r#"[{"create":"a"}]"#).unwrap(),
        Step::commands("0002_wrong", r#"[{"noSuchCommand":1}]"#).unwrap(),
        Step::commands("0003_third", r#"[{"create":"c"}]"#).unwrap(),
    ];
    let runner = Runner::new(mongo.database(), steps, Options::default());
    let failed = runner.run().await;
    assert!(matches!(failed, Err(MigrationError::Refused { .. })), "{failed:?}");
    assert_eq!(runner.pending().await.unwrap(), ["0002_wrong", "0003_third"]);
    // The lock is free again.
    let lock = Lock::take(mongo.database(), Duration::from_secs(5), Duration::ZERO).await;
    assert!(lock.is_ok(), "{lock:?}");
}
