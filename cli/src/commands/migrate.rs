//! `lexilingo migrate`: brings the MongoDB database to what this release needs.

use crate::exit::{Exit, Failure, Missing};
use lexilingo_migrations::MigrationError;
use lexilingo_shared::{
    config::{Backend, Config, SecretUrl},
    store::probe,
    telemetry,
};

pub async fn run() -> Result<Exit, Failure> {
    let config = Config::from_process()?;
    let _telemetry = telemetry::init(&config.service, "lexilingo-migrate");
    let Backend::Fleet { mongodb, database, .. } = &config.storage.backend else {
        anstream::eprintln!("embedded storage keeps itself up to date: nothing to do");
        return Ok(Exit::Done);
    };
    let applied = lexilingo_migrations::run(mongodb.expose(), Some(database))
        .await
        .map_err(|error| failure(mongodb, error))?;
    // The runner has logged each step; this is what remains when logs are turned down.
    match applied.len() {
        0 => anstream::eprintln!("{database} was up to date"),
        count => anstream::eprintln!("{database} is up to date, {count} migrations were applied"),
    }
    Ok(Exit::Done)
}

fn failure(uri: &SecretUrl, error: MigrationError) -> Failure {
    let problem =
        uri.scrub(&format!("migrations were not applied: {}", probe::brief(&error.to_string())));
    let remedy = "`lexilingo doctor` says what the server lacks".to_owned();
    Failure::Missing(Missing { variable: "MONGODB_URI", problem, remedy })
}
