//! `lexilingo keys`: who may use the api.

use crate::{
    arguments::{CreateKey, Keys, RotateKey},
    checkup::folder,
    exit::{Exit, Failure, Missing},
};
use anyhow::Context;
use lexilingo_shared::{
    api_key::{ApiKey, KeyPrefix, KeyRecord, MAX_NAME_BYTES, NewKey, RANDOM_BYTES},
    config::{Backend, Config, SecretUrl},
    principal::OwnLimits,
    store::{self, KeyRegistry, probe},
    telemetry,
    time::{Clock, SystemClock, Timestamp},
};
use serde_json::json;
use std::{io::Write, time::Duration};

const HOUR: u64 = 60 * 60;
const DAY: u64 = 24 * HOUR;

pub async fn run(command: Keys) -> Result<Exit, Failure> {
    let config = Config::from_process()?;
    let _telemetry = telemetry::init(&config.service, "lexilingo-keys");
    let registry = open(&config).await?;
    let now = SystemClock.now();
    match command {
        Keys::Create(new) => create(&registry, new, now).await,
        Keys::List { json } => list(&registry, json, now).await,
        Keys::Rotate(rotate) => self::rotate(&registry, rotate, now).await,
        Keys::Revoke { prefix } => revoke(&registry, &prefix, now).await,
    }
}

async fn open(config: &Config) -> Result<KeyRegistry, Failure> {
    if let Backend::Fleet { mongodb, database, .. } = &config.storage.backend {
        up_to_date(mongodb, database).await?;
    }
    let opened = store::open_documents(&config.storage).await;
    let documents = opened.map_err(|error| match &config.storage.backend {
        Backend::Embedded { data_dir } => {
            let (problem, remedy) = folder::unusable(data_dir, &error);
            Failure::Missing(Missing { variable: folder::VARIABLE, problem, remedy })
        }
        Backend::Fleet { .. } => Failure::Missing(Missing {
            variable: "MONGODB_URI",
            problem: error.to_string(),
            remedy: "`lexilingo doctor` says what the server lacks".to_owned(),
        }),
    })?;
    Ok(KeyRegistry::new(documents))
}

/// A collection that a first key brings into being would lack what its migration gives it.
async fn up_to_date(uri: &SecretUrl, database: &str) -> Result<(), Failure> {
    let missing = |problem, remedy: &str| {
        Failure::Missing(Missing { variable: "MONGODB_URI", problem, remedy: remedy.to_owned() })
    };
    match lexilingo_migrations::pending(uri.expose(), Some(database)).await {
        Ok(pending) if pending.is_empty() => Ok(()),
        Ok(pending) => {
            let problem = format!("{database} lacks the migrations {}", pending.join(", "));
            Err(missing(problem, "`lexilingo migrate`"))
        }
        Err(error) => {
            let problem = uri.scrub(&probe::brief(&error.to_string()));
            Err(missing(problem, "`lexilingo doctor` says what the server lacks"))
        }
    }
}

async fn create(registry: &KeyRegistry, new: CreateKey, now: Timestamp) -> Result<Exit, Failure> {
    let fits = |name: &str| name.len() <= MAX_NAME_BYTES && !name.chars().any(char::is_control);
    if !fits(&new.name) {
        let problem = format!("--name may have {MAX_NAME_BYTES} bytes and no control characters");
        return Err(Failure::WrongUse(problem));
    }
    let new = NewKey {
        tenant: new.tenant,
        name: new.name,
        scopes: new.scopes.into_iter().collect(),
        limits: OwnLimits { per_minute: new.per_minute, per_day: new.per_day },
        valid_until: new.expires_days.map(|days| now.plus(Duration::from_secs(days * DAY))),
    };
    add(registry, |key| KeyRecord::new(key, new.clone(), now), now).await?;
    Ok(Exit::Done)
}

/// Makes a key and prints it: the only time that it is shown.
async fn add(
    registry: &KeyRegistry,
    record: impl Fn(&ApiKey) -> KeyRecord,
    now: Timestamp,
) -> Result<(), Failure> {
    let key = loop {
        let key = ApiKey::new(rand::random::<[u8; RANDOM_BYTES]>());
        let added = registry.add(&record(&key), now).await;
        if added.context("the key cannot be stored")? {
            break key;
        }
    };
    writeln!(std::io::stdout().lock(), "{}", key.expose())?;
    anstream::eprintln!(
        "this key is shown once; `lexilingo keys list` knows it as {}",
        key.prefix()
    );
    Ok(())
}

async fn list(registry: &KeyRegistry, json: bool, now: Timestamp) -> Result<Exit, Failure> {
    let keys = registry.list(now).await.context("keys cannot be read")?;
    let mut out = std::io::stdout().lock();
    if json {
        for key in &keys {
            writeln!(out, "{}", shown(key, now))?;
        }
        return Ok(Exit::Done);
    }
    let row = |cells: [&str; 7]| {
        let [prefix, tenant, state, scopes, until, used, name] = cells;
        format!(
            "{prefix:<12}  {tenant:<16}  {state:<7}  {scopes:<24}  {until:<10}  {used:<16}  {name}"
        )
    };
    let head = ["prefix", "tenant", "state", "scopes", "until", "last use", "name"];
    writeln!(out, "{}", row(head))?;
    for key in &keys {
        let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.as_str()).collect();
        let until = day(key.valid_until);
        let used = key.last_used_at.map_or("never".to_owned(), |at| {
            at.rfc3339().get(..16).unwrap_or_default().replace('T', " ")
        });
        let (scopes, state) = (scopes.join(","), key.state(now).as_str());
        let cells =
            [key.prefix.as_str(), key.tenant.as_str(), state, &scopes, &until, &used, &key.name];
        writeln!(out, "{}", row(cells).trim_end())?;
    }
    Ok(Exit::Done)
}

fn day(at: Option<Timestamp>) -> String {
    at.map_or("-".to_owned(), |at| at.rfc3339().chars().take(10).collect())
}

/// Everything but the digest.
fn shown(key: &KeyRecord, now: Timestamp) -> serde_json::Value {
    json!({
        "prefix": key.prefix, "tenant": key.tenant, "name": key.name, "scopes": key.scopes,
        "state": key.state(now).as_str(), "per_minute": key.limits.per_minute,
        "per_day": key.limits.per_day, "created_at": key.created_at,
        "valid_until": key.valid_until, "revoked_at": key.revoked_at,
        "last_used_at": key.last_used_at,
    })
}

async fn rotate(
    registry: &KeyRegistry,
    rotate: RotateKey,
    now: Timestamp,
) -> Result<Exit, Failure> {
    let RotateKey { prefix, overlap_hours } = rotate;
    let found = registry.find(&prefix, now).await.context("keys cannot be read")?;
    let old = found.ok_or_else(|| unknown(&prefix))?;
    // The new one first: a failure in between leaves two keys, never none.
    add(registry, |key| old.successor(key, now), now).await?;
    let overlap = Duration::from_secs(overlap_hours * HOUR);
    let retired = registry.change(&prefix, now, |record| record.retire(overlap, now)).await;
    retired.with_context(|| format!("the old key {prefix} was not ended"))?;
    anstream::eprintln!("the old key {prefix} works for {overlap_hours} more hours");
    Ok(Exit::Done)
}

async fn revoke(
    registry: &KeyRegistry,
    prefix: &KeyPrefix,
    now: Timestamp,
) -> Result<Exit, Failure> {
    let end = |record: &mut KeyRecord| record.revoked_at = record.revoked_at.or(Some(now));
    let revoked = registry.change(prefix, now, end).await.context("keys cannot be changed")?;
    revoked.ok_or_else(|| unknown(prefix))?;
    anstream::eprintln!("{prefix} is revoked; services stop taking it within 5 seconds");
    Ok(Exit::Done)
}

fn unknown(prefix: &KeyPrefix) -> Failure {
    Failure::WrongUse(format!("there is no key {prefix}: `lexilingo keys list` shows them all"))
}
