//! One look at a server, for `lexilingo doctor`: is it there, and is it set up so that nothing acknowledged is lost.

use crate::config::SecretUrl;
use mongodb::{
    Client,
    bson::{Document, doc},
    options::ClientOptions,
};
use std::{fmt::Display, time::Duration};

/// What a Redis server says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedisFacts {
    pub version: String,
    /// e.g. `noeviction`.
    pub eviction: String,
    /// Whether it writes an append-only file.
    pub append_only: bool,
}

/// What a MongoDB server says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MongoFacts {
    pub version: String,
    pub membership: Membership,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Membership {
    /// Of a replica set with this name, or behind a router.
    Member(String),
    /// Started for a replica set that nobody has initiated.
    Uninitiated,
    Standalone,
}

/// Asks a Redis server. The reason of a failure never holds the address's password.
pub async fn redis(url: &SecretUrl, patience: Duration) -> Result<RedisFacts, String> {
    let ask = async {
        let client = redis::Client::open(url.expose())?;
        let mut connection = client.get_multiplexed_async_connection().await?;
        let info: String = redis::cmd("INFO").query_async(&mut connection).await?;
        Ok::<_, redis::RedisError>(facts(&info))
    };
    within(url, patience, ask).await
}

/// Asks a MongoDB server. The reason of a failure never holds the address's password.
pub async fn mongodb(uri: &SecretUrl, patience: Duration) -> Result<MongoFacts, String> {
    let ask = async {
        let mut options = ClientOptions::parse(uri.expose()).await?;
        options.server_selection_timeout = Some(patience);
        options.connect_timeout = Some(patience);
        // A member of a set that nobody initiated answers only when it is asked by itself.
        if options.hosts.len() == 1 && options.load_balanced != Some(true) {
            options.direct_connection = Some(true);
            options.repl_set_name = None;
        }
        let admin = Client::with_options(options)?.database("admin");
        let hello = admin.run_command(doc! { "hello": 1 }).await?;
        // Needs a login where logins are needed, so a wrong password shows here.
        let build = admin.run_command(doc! { "buildInfo": 1 }).await?;
        admin
            .run_command(doc! { "listDatabases": 1, "nameOnly": true, "authorizedDatabases": true })
            .await
            .or_else(|error| {
                if membership(&hello) == Membership::Uninitiated { Ok(doc! {}) } else { Err(error) }
            })?;
        let version = build.get_str("version").unwrap_or("unknown").to_owned();
        Ok::<_, mongodb::error::Error>(MongoFacts { version, membership: membership(&hello) })
    };
    within(uri, patience * 2, ask).await
}

async fn within<T, E: Display>(
    url: &SecretUrl,
    patience: Duration,
    ask: impl Future<Output = Result<T, E>>,
) -> Result<T, String> {
    match tokio::time::timeout(patience, ask).await {
        Ok(Ok(facts)) => Ok(facts),
        Ok(Err(error)) => Err(url.scrub(&brief(&error.to_string()))),
        Err(_) => Err(format!("no answer within {} seconds", patience.as_secs())),
    }
}

/// A driver's message without the state of everything that it knows: what happened, and the system's reason.
pub fn brief(message: &str) -> String {
    let Some((said, topology)) = message.split_once(". Topology:") else {
        return message.to_owned();
    };
    let said = said.rsplit(": ").next().unwrap_or(said);
    let reason =
        topology.split_once("I/O error: ").and_then(|(_, rest)| rest.split_once(", labels"));
    match reason {
        Some((reason, _)) => format!("{said}: {reason}"),
        None => said.to_owned(),
    }
}

fn facts(info: &str) -> RedisFacts {
    let field = |name: &str| {
        let value = info.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        value.unwrap_or("unknown").trim().to_owned()
    };
    RedisFacts {
        version: field("redis_version"),
        eviction: field("maxmemory_policy"),
        append_only: field("aof_enabled") == "1",
    }
}

fn membership(hello: &Document) -> Membership {
    if let Ok(set) = hello.get_str("setName") {
        Membership::Member(set.to_owned())
    } else if hello.get_str("msg") == Ok("isdbgrid") {
        Membership::Member("sharded cluster".to_owned())
    } else if hello.get_bool("isreplicaset") == Ok(true) {
        Membership::Uninitiated
    } else {
        Membership::Standalone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_info_of_a_redis_server_is_read() {
        let info =
            "# Server\r\nredis_version:7.0.15\r\naof_enabled:1\r\nmaxmemory_policy:allkeys-lru\r\n";
        let expected = RedisFacts {
            version: "7.0.15".to_owned(),
            eviction: "allkeys-lru".to_owned(),
            append_only: true,
        };
        assert_eq!(facts(info), expected);
    }

    #[test]
    fn a_long_message_is_cut_to_what_happened_and_why() {
        let long = "Kind: Server selection timeout: No available servers. Topology: { Servers: [ { Error: \
                    Kind: I/O error: Connection refused (os error 111), labels: {} } ] }";
        assert_eq!(brief(long), "No available servers: Connection refused (os error 111)");
        assert_eq!(brief("wrong password"), "wrong password");
    }

    #[test]
    fn the_three_kinds_of_mongodb_server_are_told_apart() {
        assert_eq!(membership(&doc! { "setName": "rs0" }), Membership::Member("rs0".to_owned()));
        assert_eq!(membership(&doc! { "isreplicaset": true }), Membership::Uninitiated);
        assert_eq!(membership(&doc! { "ok": 1.0 }), Membership::Standalone);
    }
}
