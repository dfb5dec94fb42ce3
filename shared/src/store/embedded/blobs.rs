//! Blobs as files, `blobs/<2 hex>/<id>`, each with a row that is written last: a file without a row is rubbish.

mod incoming;

use self::incoming::Incoming;
use super::{
    column::{count, instant, named, rows, stored},
    database::Database,
    fault::{FOLDER, file_fault},
    folder::make_folder,
};
use crate::{
    id::{Tenant, UploadId},
    store::blobs::{BlobInfo, BlobStream, Blobs, NewBlob, PutBlob},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;
use futures::StreamExt;
use rusqlite::{Connection, OptionalExtension, params, types::Value};
use sha2::{Digest, Sha256};
use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio_util::io::ReaderStream;

/// Bytes of one chunk that is read.
const CHUNK: usize = 64 * 1024;

pub(super) struct EmbeddedBlobs {
    root: PathBuf,
    database: Arc<Database>,
}

impl EmbeddedBlobs {
    /// Opens the folder of blobs and removes what a crash left there: half-written files, and files without a row.
    pub(super) fn open(
        root: &Path,
        known: &HashSet<String>,
        database: Arc<Database>,
    ) -> StoreResult<Self> {
        make_folder(root)?;
        remove_orphans(root, known)
            .map_err(|error| file_fault("tidy the folder of blobs", &error))?;
        Ok(EmbeddedBlobs { root: root.to_owned(), database })
    }

    async fn unlink(&self, ids: &[UploadId]) -> StoreResult<()> {
        for id in ids {
            match tokio::fs::remove_file(place(&self.root, id)).await {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(file_fault("remove a blob", &error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Deletes rows, which is what makes a blob gone, and then their files.
    async fn remove(&self, statement: &'static str, values: Vec<Value>) -> StoreResult<u64> {
        let ids: Vec<UploadId> = self
            .database
            .write(move |write| {
                let ids = write
                    .connection
                    .prepare_cached(statement)?
                    .query_map(rusqlite::params_from_iter(values), |row| named(row, 0))?
                    .collect::<Result<_, _>>()?;
                Ok(ids)
            })
            .await?;
        self.unlink(&ids).await?;
        Ok(ids.len() as u64)
    }
}

#[async_trait]
impl Blobs for EmbeddedBlobs {
    async fn put(
        &self,
        blob: &NewBlob,
        mut content: BlobStream,
        limit: u64,
    ) -> Result<BlobInfo, PutBlob> {
        let target = place(&self.root, &blob.id);
        if tokio::fs::try_exists(&target).await.unwrap_or(true) {
            return Err(StoreError::unavailable(FOLDER, "a blob of this id is there").into());
        }
        let write_fault = |error: io::Error| PutBlob::from(file_fault("write a blob", &error));
        let mut incoming = Incoming::create(&target).await.map_err(write_fault)?;
        let (mut size, mut digest) = (0u64, Sha256::new());
        while let Some(chunk) = content.next().await {
            let chunk = chunk.map_err(PutBlob::Interrupted)?;
            size += chunk.len() as u64;
            if size > limit {
                return Err(PutBlob::TooLarge { limit });
            }
            digest.update(&chunk);
            incoming.write(&chunk).await.map_err(write_fault)?;
        }
        let stored_file = incoming.place(&target).await.map_err(write_fault)?;
        let info = BlobInfo {
            id: blob.id.clone(),
            size,
            sha256: hex::encode(digest.finalize()),
            media_type: blob.media_type.clone(),
            expires_at: blob.expires_at,
        };
        let (blob, row) = (blob.clone(), info.clone());
        self.database
            .write(move |write| {
                write
                    .connection
                    .prepare_cached(
                        "INSERT INTO blobs (id, tenant, learner, media_type, size, sha256,
                             created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    )?
                    .execute(params![
                        row.id.as_str(),
                        blob.tenant.as_str(),
                        blob.learner,
                        row.media_type,
                        stored(row.size),
                        row.sha256,
                        blob.created_at.as_millis(),
                        row.expires_at.as_millis()
                    ])?;
                // Told here, because the caller may be gone by now and the row counts nevertheless.
                write.after_commit(move || stored_file.keep());
                Ok(())
            })
            .await?;
        Ok(info)
    }

    async fn info(
        &self,
        tenant: &Tenant,
        id: &UploadId,
        now: Timestamp,
    ) -> StoreResult<Option<BlobInfo>> {
        let (tenant, id) = (tenant.clone(), id.clone());
        self.database
            .read(move |connection| {
                let info = connection
                    .prepare_cached(
                        "SELECT id, size, sha256, media_type, expires_at FROM blobs
                         WHERE id = ?1 AND tenant = ?2 AND expires_at > ?3",
                    )?
                    .query_row(params![id.as_str(), tenant.as_str(), now.as_millis()], |row| {
                        Ok(BlobInfo {
                            id: named(row, 0)?,
                            size: count(row, 1)?,
                            sha256: row.get(2)?,
                            media_type: row.get(3)?,
                            expires_at: instant(row, 4)?,
                        })
                    })
                    .optional()?;
                Ok(info)
            })
            .await
    }

    async fn open(
        &self,
        tenant: &Tenant,
        id: &UploadId,
        now: Timestamp,
    ) -> StoreResult<Option<(BlobInfo, BlobStream)>> {
        let Some(info) = self.info(tenant, id, now).await? else { return Ok(None) };
        match tokio::fs::File::open(place(&self.root, id)).await {
            Ok(file) => Ok(Some((info, ReaderStream::with_capacity(file, CHUNK).boxed()))),
            // Deleted between the two looks.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(file_fault("open a blob", &error)),
        }
    }

    async fn delete(&self, tenant: &Tenant, id: &UploadId) -> StoreResult<bool> {
        let values = vec![id.as_str().to_owned().into(), tenant.as_str().to_owned().into()];
        let deleted = self
            .remove("DELETE FROM blobs WHERE id = ?1 AND tenant = ?2 RETURNING id", values)
            .await?;
        Ok(deleted > 0)
    }

    async fn set_digest(&self, tenant: &Tenant, id: &UploadId, digest: &str) -> StoreResult<bool> {
        let values = [digest, id.as_str(), tenant.as_str()].map(str::to_owned);
        self.database
            .write(move |write| {
                let changed = write
                    .connection
                    .prepare_cached("UPDATE blobs SET sha256 = ?1 WHERE id = ?2 AND tenant = ?3")?
                    .execute(values)?;
                Ok(changed > 0)
            })
            .await
    }

    async fn erase_learner(&self, tenant: &Tenant, learner: &str) -> StoreResult<u64> {
        let values = vec![tenant.as_str().to_owned().into(), learner.to_owned().into()];
        let erased = self
            .remove("DELETE FROM blobs WHERE tenant = ?1 AND learner = ?2 RETURNING id", values)
            .await?;
        self.database.checkpoint().await?;
        Ok(erased)
    }

    async fn sweep(&self, now: Timestamp, limit: usize) -> StoreResult<u64> {
        let values = vec![now.as_millis().into(), rows(limit).into()];
        self.remove(
            "DELETE FROM blobs WHERE id IN (SELECT id FROM blobs WHERE expires_at <= ?1
             ORDER BY expires_at LIMIT ?2) RETURNING id",
            values,
        )
        .await
    }
}

/// Ids of all blobs that have a row.
pub(super) fn known(connection: &Connection) -> StoreResult<HashSet<String>> {
    let ids = connection
        .prepare("SELECT id FROM blobs")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(ids)
}

/// Where a blob lies: spread over 256 folders by a digest of its id.
fn place(root: &Path, id: &UploadId) -> PathBuf {
    let digest = Sha256::digest(id.as_str());
    root.join(hex::encode(&digest[..1])).join(id.as_str())
}

fn remove_orphans(root: &Path, known: &HashSet<String>) -> io::Result<()> {
    for folder in std::fs::read_dir(root)? {
        let folder = folder?;
        if !folder.file_type()?.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(folder.path())? {
            let file = file?;
            if !file.file_name().to_str().is_some_and(|name| known.contains(name)) {
                std::fs::remove_file(file.path())?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
