//! MongoDB and what the migrations made in it.

use super::{Finding, PATIENCE};
use lexilingo_shared::{
    config::SecretUrl,
    store::probe::{self, Membership},
};

const VARIABLE: &str = "MONGODB_URI";

pub(super) async fn check(uri: &SecretUrl, database: &str) -> Vec<Finding> {
    let facts = match probe::mongodb(uri, PATIENCE).await {
        Ok(facts) => facts,
        Err(reason) => {
            return vec![Finding::fail(
                VARIABLE,
                format!("{uri} cannot be used: {reason}"),
                format!(
                    "start it with `mkdir -p data/mongodb && mongod --replSet rs0 --bind_ip 127.0.0.1 \
                     --port {} --dbpath data/mongodb`, or set {VARIABLE} to a server that runs",
                    port(uri)
                ),
            )];
        }
    };
    let initiate = format!("`mongosh --port {} --eval 'rs.initiate()'`", port(uri));
    match facts.membership {
        Membership::Member(set) => {
            let said = format!("{uri} is MongoDB {} of {set}", facts.version);
            vec![Finding::ok(VARIABLE, said), migrations(uri, database).await]
        }
        Membership::Uninitiated => {
            let said = format!("the replica set of {uri} has not been initiated");
            vec![Finding::fail(VARIABLE, said, initiate)]
        }
        // Without a set there is no majority, and acknowledged writes are lost in a crash.
        Membership::Standalone => vec![Finding::fail(
            VARIABLE,
            format!("{uri} is not a member of a replica set"),
            format!("start it with `--replSet rs0`, then {initiate}"),
        )],
    }
}

async fn migrations(uri: &SecretUrl, database: &str) -> Finding {
    match lexilingo_migrations::pending(uri.expose(), Some(database)).await {
        Ok(pending) if pending.is_empty() => {
            Finding::ok(VARIABLE, format!("every migration is applied to {database}"))
        }
        Ok(pending) => Finding::fail(
            VARIABLE,
            format!("{database} lacks the migrations {}", pending.join(", ")),
            "`lexilingo migrate`",
        ),
        Err(error) => Finding::fail(
            VARIABLE,
            uri.scrub(&format!(
                "the migrations of {database} cannot be read: {}",
                probe::brief(&error.to_string())
            )),
            "`lexilingo migrate`",
        ),
    }
}

fn port(uri: &SecretUrl) -> String {
    let masked = uri.masked();
    let rest = masked.split_once("://").map_or("", |(_, rest)| rest);
    let hosts = rest.split(['/', '?']).next().unwrap_or_default();
    let first = hosts.rsplit('@').next().unwrap_or_default().split(',').next().unwrap_or_default();
    first.rsplit_once(':').map_or("27017", |(_, port)| port).to_owned()
}
