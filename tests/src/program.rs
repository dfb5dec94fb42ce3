//! A program of the workspace, running.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
};

/// Ended when dropped. Its output goes to a file, so that tests can look for what must not be there.
pub struct Program {
    child: Child,
    pub log: PathBuf,
}

impl Program {
    /// Starts the program `name`, which lies beside the test programs, with nothing in its environment but `env`.
    pub fn start(name: &str, arguments: &[&str], env: &[(String, String)], log: &Path) -> Program {
        let output = File::options().create(true).append(true).open(log).expect("a log file");
        let errors = output.try_clone().expect("a second handle");
        let child = Command::new(path(name))
            .args(arguments)
            .env_clear()
            .envs(env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .unwrap_or_else(|e| panic!("{name} cannot be started ({e}): build with tests/run"));
        Program { child, log: log.to_owned() }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL: no chance to tidy up.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// SIGTERM.
    pub fn ask_to_stop(&self) {
        self.signal(nix::sys::signal::Signal::SIGTERM);
    }

    pub fn signal(&self, signal: nix::sys::signal::Signal) {
        let pid = nix::unistd::Pid::from_raw(i32::try_from(self.child.id()).expect("a pid"));
        nix::sys::signal::kill(pid, signal).expect("the program runs");
    }

    /// Waits for its end.
    pub async fn ended(&mut self) -> ExitStatus {
        crate::wait::until("a program's end", async || self.child.try_wait().expect("our child"))
            .await
    }

    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The built program of this name.
pub fn path(name: &str) -> PathBuf {
    let own = std::env::current_exe().expect("the program's own path");
    let folder = own.parent().expect("a program lies in a folder");
    // Tests and benches lie in a folder beside the programs, the load program among them.
    let folder = if folder.ends_with("deps") { folder.parent() } else { Some(folder) };
    folder.expect("deps lies in a folder").join(name)
}
