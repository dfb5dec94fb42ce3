//! Fetches one large file over HTTP: into `NAME.part` first, from where a broken download goes on, and under its own name
//! once its digest is the one that the hub states.

use anyhow::{Context, bail};
use lexilingo_models::manifest::FileFact;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};
use ureq::http::{HeaderMap, Response, StatusCode, header};

/// Connections that may break without a byte having come between them.
const MOST_BREAKS: u32 = 5;
/// Until an address is connected to, and until it begins to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the hub says of a file before it is fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// 64 hexadecimal digits.
    pub sha256: String,
    pub bytes: Option<u64>,
}

/// Fetches `url` into `to` and returns what was fetched. `progress` hears how many bytes are there, and of how many.
///
/// # Errors
/// When the hub cannot be reached or states no SHA-256, and when what came is not what it stated: then nothing of it
/// stays.
pub fn fetch(
    url: &str,
    to: &Path,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> anyhow::Result<FileFact> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_connect(Some(PATIENCE))
        .timeout_recv_response(Some(PATIENCE))
        .http_status_as_error(false)
        .build()
        .into();
    let stated = ask(&agent, url)?;
    let part = part_of(to);
    let mut breaks = 0;
    loop {
        let before = length(&part);
        match go_on(&agent, url, &part, &stated, progress) {
            Ok(()) => break,
            Err(broken) if is_break(&broken) && length(&part) > before => breaks = 0,
            Err(broken) if is_break(&broken) && breaks + 1 < MOST_BREAKS => breaks += 1,
            Err(failed) => return Err(failed).with_context(|| url.to_owned()),
        }
    }
    let fact = FileFact::of(&part)?;
    if fact.sha256 != stated.sha256 {
        fs::remove_file(&part)?;
        bail!("{url}: sha256 {} came, and the hub states {}", fact.sha256, stated.sha256);
    }
    fs::rename(&part, to)?;
    Ok(fact)
}

fn part_of(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn length(file: &Path) -> u64 {
    file.metadata().map_or(0, |file| file.len())
}

/// Digest and size, from the headers of the hub's first answer: behind its redirects other servers answer.
fn ask(agent: &ureq::Agent, url: &str) -> anyhow::Result<Stated> {
    let request = agent.head(url).config().max_redirects(0).max_redirects_will_error(false).build();
    let answer = request.call().with_context(|| url.to_owned())?;
    let status = answer.status();
    if !status.is_success() && !status.is_redirection() {
        bail!("{url}: the hub answers {status}");
    }
    stated(answer.headers())
        .with_context(|| format!("{url}: the hub states no SHA-256 of it, so it cannot be checked"))
}

/// `X-Linked-Etag` and `X-Linked-Size` are those of a file in large-file storage; others have them in `ETag` if at all.
fn stated(headers: &HeaderMap) -> Option<Stated> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let digest = |name: &str| {
        let digest = text(name)?.trim_start_matches("W/").trim_matches('"').to_lowercase();
        let is_sha256 = digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit());
        is_sha256.then_some(digest)
    };
    let linked = digest("x-linked-etag");
    let size = if linked.is_some() { "x-linked-size" } else { "content-length" };
    let sha256 = linked.or_else(|| digest("etag"))?;
    Some(Stated { sha256, bytes: text(size).and_then(|bytes| bytes.parse().ok()) })
}

/// One request for what is not there yet.
fn go_on(
    agent: &ureq::Agent,
    url: &str,
    part: &Path,
    stated: &Stated,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> anyhow::Result<()> {
    let have = length(part);
    if have > 0 && stated.bytes == Some(have) {
        return Ok(());
    }
    let mut request = agent.get(url);
    if have > 0 {
        request = request.header(header::RANGE, format!("bytes={have}-"));
    }
    let answer: Response<ureq::Body> = request.call()?;
    let (mut file, mut have) = match answer.status() {
        StatusCode::PARTIAL_CONTENT => (OpenOptions::new().append(true).open(part)?, have),
        StatusCode::OK => (File::create(part)?, 0),
        // More is there than the hub has: it was another file's.
        StatusCode::RANGE_NOT_SATISFIABLE => {
            fs::remove_file(part)?;
            bail!(io::Error::from(io::ErrorKind::ConnectionReset));
        }
        status => bail!("the hub answers {status}"),
    };
    let mut body = answer.into_body().into_reader();
    let mut buffer = vec![0; 256 * 1024];
    loop {
        let read = body.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        file.write_all(&buffer[..read])?;
        have += read as u64;
        // A hub that sends more than it stated must not fill the disk.
        if stated.bytes.is_some_and(|bytes| have > bytes) {
            drop(file);
            fs::remove_file(part)?;
            bail!("more came than the {} bytes that the hub states", stated.bytes.unwrap_or(0));
        }
        progress(have, stated.bytes);
    }
    file.sync_all()?;
    match stated.bytes {
        Some(bytes) if have < bytes => bail!(io::Error::from(io::ErrorKind::UnexpectedEof)),
        _ => Ok(()),
    }
}

/// Whether a connection broke, as they do: worth another try.
fn is_break(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some()
        || matches!(error.downcast_ref::<ureq::Error>(), Some(ureq::Error::Io(_)))
}

#[cfg(test)]
mod tests;
