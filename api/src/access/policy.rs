//! The budgets of a key, by name.

use super::admission::Charge;
use lexilingo_shared::{config::Access, lane::Class, principal::OwnLimits, queue::Budget};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What a submission is charged to; the name stands in `RateLimit-Policy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    Class(Class),
    Uploads,
    Day,
}

impl Policy {
    pub fn as_str(self) -> &'static str {
        match self {
            Policy::Class(class) => class.as_str(),
            Policy::Uploads => "uploads",
            Policy::Day => "day",
        }
    }

    /// Everything that `charge` is charged to, the shortest window first.
    pub fn of(charge: Charge) -> Vec<Policy> {
        match charge {
            Charge::Job(class) => vec![Policy::Class(class), Policy::Day],
            Charge::Upload => vec![Policy::Uploads],
        }
    }

    /// `None` where nothing is limited.
    pub fn budget(self, own: OwnLimits, access: &Access) -> Option<Budget> {
        let (quota, window) = match self {
            Policy::Class(_) | Policy::Uploads => {
                (own.per_minute.unwrap_or(access.rate_limit_per_minute), MINUTE)
            }
            Policy::Day => (own.per_day.unwrap_or(access.daily_quota), DAY),
        };
        (quota > 0).then_some(Budget { name: self.as_str(), quota, window })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lexilingo_shared::config::Config;

    #[test]
    fn a_keys_own_limits_go_before_the_services_and_zero_is_none() {
        let mut access = Config::read(&|_| None).unwrap().access;
        let shown = |own, access: &Access, charge| -> Vec<(&str, u64)> {
            let budgets = Policy::of(charge).into_iter().filter_map(|p| p.budget(own, access));
            budgets.map(|budget| (budget.name, budget.quota)).collect()
        };
        let (none, voice) = (OwnLimits::default(), Charge::Job(Class::Voice));
        assert_eq!(shown(none, &access, voice), [("voice", 60)]);
        access.daily_quota = 1000;
        assert_eq!(shown(none, &access, voice), [("voice", 60), ("day", 1000)]);
        assert_eq!(shown(none, &access, Charge::Upload), [("uploads", 60)]);
        let own = OwnLimits { per_minute: Some(0), per_day: Some(5) };
        assert_eq!(shown(own, &access, voice), [("day", 5)]);
    }
}
