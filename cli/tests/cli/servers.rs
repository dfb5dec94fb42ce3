//! `lexilingo doctor` and `lexilingo migrate` against servers that are started as the doctor says.

use crate::place::{Place, Said};
use mongodb::{Client, bson::doc};
use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const PATIENCE: Duration = Duration::from_secs(90);

/// A server that ends with the test.
struct Server(Child);

impl Server {
    fn start(mut command: Command) -> Self {
        command.stdout(Stdio::null()).stderr(Stdio::null());
        Server(command.spawn().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Asks the doctor until it says what is wanted: each run takes its time, so there is nothing to wait for between.
fn until(place: &Place, wanted: impl Fn(&Said) -> bool) -> Said {
    let begun = Instant::now();
    loop {
        let said = place.run(&["doctor"]);
        if wanted(&said) {
            return said;
        }
        assert!(begun.elapsed() < PATIENCE, "{said:?}");
    }
}

/// What `mongosh --eval 'rs.initiate()'` does: the shell is not part of the tests' server.
#[tokio::main]
async fn initiate(port: u16) {
    let uri = format!("mongodb://127.0.0.1:{port}/?directConnection=true");
    let admin = Client::with_uri_str(uri).await.unwrap().database("admin");
    let members = [doc! { "_id": 0, "host": format!("127.0.0.1:{port}") }];
    let set = doc! { "replSetInitiate": { "_id": "rs0", "members": members.to_vec() } };
    admin.run_command(set).await.unwrap();
}

#[test]
fn servers_that_are_down_are_brought_up_step_by_step() {
    if std::env::var_os("LEXILINGO_MONGOD").is_none() {
        eprintln!("skipped: LEXILINGO_MONGOD does not name a mongod");
        return;
    }
    let (redis_port, mongo_port) = (free_port(), free_port());
    let mut place = Place::new();
    place.set("REDIS_URL", format!("redis://127.0.0.1:{redis_port}"));
    place.set("MONGODB_URI", format!("mongodb://127.0.0.1:{mongo_port}/?directConnection=true"));

    let said = place.run(&["doctor"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    let _redis = Server::start(place.follow(&said.remedy("FAIL", "REDIS_URL")).unwrap());
    let _mongod = Server::start(place.follow(&said.remedy("FAIL", "MONGODB_URI")).unwrap());
    let redis_is_up = |said: &Said| said.find_remedy("FAIL", "REDIS_URL").is_none();
    let said = until(&place, redis_is_up);
    assert!(said.find_remedy("warn", "REDIS_URL").is_none(), "{said:?}");

    until(&place, |said| said.out.contains("has not been initiated"));
    initiate(mongo_port);
    let lacks = |said: &Said| said.out.contains("lacks the migrations");
    let said = until(&place, lacks);
    assert_eq!(said.status, Some(3), "{said:?}");

    let remedy = said.remedy("FAIL", "MONGODB_URI");
    let deadline = Instant::now() + PATIENCE;
    while !place.follow(&remedy).unwrap().output().unwrap().status.success() {
        // A set elects its primary in its own time.
        assert!(Instant::now() < deadline, "migrations are not applied");
    }
    let said = place.run(&["doctor"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    let made = place.follow(&said.remedy("FAIL", "API_AUTH")).unwrap().output().unwrap();
    assert!(made.status.success() && made.stdout.starts_with(b"lx_"), "{made:?}");
    let said = place.run(&["doctor"]);
    assert_eq!(said.status, Some(0), "{said:?}");
    assert!(!said.out.contains("warn"), "{said:?}");
    assert_eq!(place.run(&["migrate"]).status, Some(0));
}

#[test]
fn a_queue_that_may_lose_jobs_is_told_of() {
    let port = free_port();
    let mut place = Place::new();
    place.set("REDIS_URL", format!("redis://127.0.0.1:{port}"));
    place.set("MONGODB_URI", "mongodb://127.0.0.1:1");
    let mut careless = Command::new("redis-server");
    careless.args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", ""]);
    careless.args(["--maxmemory-policy", "allkeys-lru"]).current_dir(place.path());
    let _redis = Server::start(careless);
    let mut said = until(&place, |said| said.find_remedy("FAIL", "REDIS_URL").is_none());
    for setting in ["maxmemory-policy", "appendonly"] {
        let remedy = said.remedy("warn", "REDIS_URL");
        assert!(remedy.contains(setting), "{remedy}");
        let mut command = place.follow(&remedy).unwrap();
        assert!(command.stdout(Stdio::null()).status().unwrap().success(), "{remedy}");
        said = place.run(&["doctor"]);
    }
    assert!(said.find_remedy("warn", "REDIS_URL").is_none(), "{said:?}");
}
