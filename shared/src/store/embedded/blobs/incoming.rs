//! A blob on its way in: a file under a temporary name that goes away unless it is kept.

use bytes::Bytes;
use std::{
    io,
    path::{Path, PathBuf},
};
use tokio::{
    fs::{DirBuilder, File, OpenOptions},
    io::AsyncWriteExt,
};

pub(super) struct Incoming {
    file: File,
    rubbish: Rubbish,
}

/// A file in its place whose row is not written yet.
pub(super) struct Placed(Rubbish);

/// Removes its file when it is dropped, whichever way an upload breaks off.
struct Rubbish(Option<PathBuf>);

impl Incoming {
    /// Starts beside `target`, so that placing it is a rename within one file system.
    pub(super) async fn create(target: &Path) -> io::Result<Incoming> {
        let folder = target.parent().ok_or(io::ErrorKind::InvalidInput)?;
        let made = DirBuilder::new().mode(0o700).create(folder).await;
        match made {
            Ok(()) => sync_folder(folder.parent().unwrap_or(folder)).await?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        let path = target.with_extension("part");
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).await?;
        Ok(Incoming { file, rubbish: Rubbish(Some(path)) })
    }

    pub(super) async fn write(&mut self, chunk: &Bytes) -> io::Result<()> {
        self.file.write_all(chunk).await
    }

    /// Makes the content and then its name durable.
    pub(super) async fn place(mut self, target: &Path) -> io::Result<Placed> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        if let Some(path) = &self.rubbish.0 {
            tokio::fs::rename(path, target).await?;
        }
        self.rubbish.0 = Some(target.to_owned());
        sync_folder(target.parent().unwrap_or(target)).await?;
        Ok(Placed(self.rubbish))
    }
}

impl Placed {
    pub(super) fn keep(mut self) {
        self.0.0 = None;
    }
}

impl Drop for Rubbish {
    fn drop(&mut self) {
        if let Some(path) = self.0.take() {
            // What cannot be removed now is removed when the folder is opened again.
            let _ = std::fs::remove_file(path);
        }
    }
}

async fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder).await?.sync_all().await
}
