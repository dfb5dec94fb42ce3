//! Ends a server when the test process goes, however it goes: statics are not dropped, and a killed test drops nothing.

use std::process::{Child, Command, Stdio};

/// A small shell that waits for the end of its input, which is the end of this process, and then kills one process id.
#[derive(Debug)]
pub struct Guardian(Child);

impl Guardian {
    pub fn over(pid: u32) -> std::io::Result<Guardian> {
        let child = Command::new("sh")
            .args(["-c", "read _; kill -9 \"$0\" 2>/dev/null", &pid.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        Ok(Guardian(child))
    }
}

impl Drop for Guardian {
    fn drop(&mut self) {
        // Whoever drops the guardian has ended the server, so that its process id may be another's by now.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
