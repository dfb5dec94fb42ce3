//! The jobs that a document has counted already, so that each counts once.

use super::turn::array;
use serde_json::{Map, Value, json};

const MEMBER: &str = "applied_jobs";
/// Job ids that a document remembers: twice what one batch of the document writer holds, so that a whole batch that is
/// written again is known again.
const REMEMBERED: usize = 512;

/// Notes a job; false when it was noted before.
pub fn note(body: &mut Map<String, Value>, job: &str) -> bool {
    let mut applied = array(body, MEMBER);
    if applied.iter().any(|other| other == job) {
        return false;
    }
    applied.push(json!(job));
    applied.drain(..applied.len().saturating_sub(REMEMBERED));
    body.insert(MEMBER.to_owned(), Value::Array(applied));
    true
}

/// Forgets a job whose trace is taken back.
pub fn forget(body: &mut Map<String, Value>, job: &str) {
    if let Some(Value::Array(applied)) = body.get_mut(MEMBER) {
        applied.retain(|other| other != job);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_that_is_written_again_is_known_again() {
        let mut body = Map::new();
        let batch: Vec<String> = (0..256).map(|n| format!("job_{n}")).collect();
        assert!(batch.iter().all(|job| note(&mut body, job)));
        assert!(!batch.iter().any(|job| note(&mut body, job)));
        forget(&mut body, "job_7");
        assert!(note(&mut body, "job_7"));
    }

    #[test]
    fn a_document_does_not_grow_without_end() {
        let mut body = Map::new();
        for n in 0..2_000 {
            note(&mut body, &format!("job_{n}"));
        }
        assert_eq!(array(&body, MEMBER).len(), REMEMBERED);
    }
}
