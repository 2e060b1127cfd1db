//! How long a message takes.

/// Times of all decisions, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Time {
    /// Half of them take no longer.
    pub median: f64,
    /// 99 in 100 of them take no longer.
    pub p99: f64,
}

impl Time {
    /// Of these times, in microseconds, by nearest rank: each figure is a time that was measured. None without any.
    pub fn of(mut micros: Vec<f64>) -> Option<Self> {
        micros.sort_by(f64::total_cmp);
        let rank = |percent: usize| micros.get((micros.len() * percent).div_ceil(100).checked_sub(1)?).copied();
        Some(Self { median: rank(50)?, p99: rank(99)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_times_that_were_measured() {
        assert_eq!(Time::of(Vec::new()), None);
        assert_eq!(Time::of(vec![7.0]), Some(Time { median: 7.0, p99: 7.0 }));
        let hundred = (1..=100).rev().map(f64::from).collect();
        assert_eq!(Time::of(hundred), Some(Time { median: 50.0, p99: 99.0 }));
    }
}
