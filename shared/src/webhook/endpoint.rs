//! An endpoint: where a tenant wants to be told of what, and whether it still listens.

use super::{
    event::EventType,
    secret::{SECRET_BYTES, Secret},
};
use crate::{id::EndpointId, time::Timestamp};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, time::Duration};

/// Endpoints of one tenant.
pub const MOST_ENDPOINTS: usize = 50;
/// How long a secret that was rotated still signs.
pub const OVERLAP: Duration = Duration::from_secs(24 * 3600);
/// An endpoint that has answered nothing well for so long is disabled.
pub const FAILING_FOR: Duration = Duration::from_secs(5 * 24 * 3600);

/// Why an endpoint gets nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disabled {
    /// It answered 410.
    Gone,
    /// It failed for days.
    Failing,
    /// Its owner asked for it.
    ByOwner,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldSecret {
    pub secret: Secret,
    pub signs_until: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    pub id: EndpointId,
    pub url: String,
    /// What it wants to hear of; nothing means everything.
    pub events: BTreeSet<EventType>,
    pub secret: Secret,
    pub old_secrets: Vec<OldSecret>,
    pub disabled: Option<Disabled>,
    /// Since when every attempt has failed.
    pub failing_since: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl Endpoint {
    pub fn new(
        id: EndpointId,
        url: String,
        events: BTreeSet<EventType>,
        random: [u8; SECRET_BYTES],
        now: Timestamp,
    ) -> Self {
        Endpoint {
            id,
            url,
            events,
            secret: Secret::new(random),
            old_secrets: Vec::new(),
            disabled: None,
            failing_since: None,
            created_at: now,
        }
    }

    pub fn is_enabled(&self) -> bool {
        self.disabled.is_none()
    }

    /// Whether it is to hear of this.
    pub fn wants(&self, kind: EventType) -> bool {
        self.is_enabled() && (self.events.is_empty() || self.events.contains(&kind))
    }

    /// Every secret that signs now, the newest first.
    pub fn secrets(&self, now: Timestamp) -> impl Iterator<Item = &Secret> {
        let old = self.old_secrets.iter().filter(move |old| now < old.signs_until);
        std::iter::once(&self.secret).chain(old.map(|old| &old.secret))
    }

    /// Signs by a new secret from now on, and by the old one for a day more.
    pub fn rotate(&mut self, random: [u8; SECRET_BYTES], now: Timestamp) {
        let secret = std::mem::replace(&mut self.secret, Secret::new(random));
        self.old_secrets.retain(|old| now < old.signs_until);
        self.old_secrets.insert(0, OldSecret { secret, signs_until: now.plus(OVERLAP) });
        // Whoever rotates many times in a day means the last of them.
        self.old_secrets.truncate(3);
    }

    pub fn enable(&mut self) {
        self.disabled = None;
        self.failing_since = None;
    }

    /// Whether an attempt's end changes anything here.
    pub fn is_changed_by(&self, end: End, now: Timestamp) -> bool {
        let mut changed = self.clone();
        changed.note(end, now);
        changed != *self
    }

    /// Notes how an attempt ended.
    pub fn note(&mut self, end: End, now: Timestamp) {
        match end {
            End::Delivered => self.failing_since = None,
            End::Gone => self.disabled = Some(self.disabled.unwrap_or(Disabled::Gone)),
            End::Failed => {
                let since = *self.failing_since.get_or_insert(now);
                if now.since(since) >= FAILING_FOR && self.disabled.is_none() {
                    self.disabled = Some(Disabled::Failing);
                }
            }
        }
    }
}

/// How an attempt ended, as far as the endpoint is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Delivered,
    Failed,
    /// 410: it will never want anything again.
    Gone,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(events: &[EventType]) -> Endpoint {
        let id = EndpointId::new(Timestamp::from_millis(1), 1);
        let events = events.iter().copied().collect();
        Endpoint::new(id, "https://a.example/".to_owned(), events, [1; SECRET_BYTES], at(0))
    }

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_millis(hours * 3_600_000)
    }

    #[test]
    fn a_filter_lets_through_what_it_names_and_none_lets_through_all() {
        assert!(endpoint(&[]).wants(EventType::Failed));
        let some = endpoint(&[EventType::Succeeded]);
        assert!(some.wants(EventType::Succeeded) && !some.wants(EventType::Failed));
        let off = Endpoint { disabled: Some(Disabled::ByOwner), ..some };
        assert!(!off.wants(EventType::Succeeded));
    }

    #[test]
    fn for_a_day_after_a_rotation_both_secrets_sign() {
        let mut endpoint = endpoint(&[]);
        let old = endpoint.secret.clone();
        endpoint.rotate([2; SECRET_BYTES], at(0));
        let signing = |hour| endpoint.secrets(at(hour)).cloned().collect::<Vec<_>>();
        assert_eq!(signing(23), [endpoint.secret.clone(), old]);
        assert_eq!(signing(24), [endpoint.secret.clone()]);
        let mut often = endpoint.clone();
        for n in 0..20 {
            often.rotate([n; SECRET_BYTES], at(1));
        }
        assert_eq!(often.secrets(at(1)).count(), 4);
    }

    #[test]
    fn days_of_failure_or_a_410_disable_and_one_success_forgives() {
        let mut endpoint = endpoint(&[]);
        endpoint.note(End::Failed, at(0));
        endpoint.note(End::Failed, at(119));
        assert!(endpoint.is_enabled());
        endpoint.note(End::Delivered, at(119));
        endpoint.note(End::Failed, at(121));
        assert!(endpoint.is_enabled());
        assert!(!endpoint.is_changed_by(End::Failed, at(122)));
        endpoint.note(End::Failed, at(121 + 120));
        assert_eq!(endpoint.disabled, Some(Disabled::Failing));
        endpoint.enable();
        endpoint.note(End::Gone, at(300));
        assert_eq!(endpoint.disabled, Some(Disabled::Gone));
    }
}
