//! Shards: the parts that Discord splits a bot's servers into, and which of them this process serves.

use std::str::FromStr;
use twilight_gateway::ShardId;

/// The shards from `first` to `last`, both included, of `total`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shards {
    first: u16,
    last: u16,
    total: u16,
}

/// Text that names no shards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShardsError {
    /// It isn't three numbers, or there are no shards at all.
    #[error(
        "write it like 0-3/8 (one alone: 3-3/8): the first shard, the last, and how many there are in all (1 to 65535)"
    )]
    Form,
    /// The first comes after the last.
    #[error("shard {first} comes after shard {last}: write the smaller one first")]
    Backwards {
        /// The first.
        first: u16,
        /// The last.
        last: u16,
    },
    /// There are not so many.
    #[error("there is no shard {last} among {total}: they are counted from 0")]
    Beyond {
        /// The last.
        last: u16,
        /// How many there are.
        total: u16,
    },
}

impl Shards {
    /// All of so many, of which there is at least one.
    pub(super) fn all(total: u16) -> Self {
        let total = total.max(1);
        Self { first: 0, last: total - 1, total }
    }

    /// How many of them this process serves.
    pub(super) fn count(self) -> u16 {
        self.last - self.first + 1
    }

    /// How many there are in all.
    pub(super) fn total(self) -> u16 {
        self.total
    }

    /// Each that this process serves.
    pub(super) fn ids(self) -> impl Iterator<Item = ShardId> {
        (self.first..=self.last).filter_map(move |shard| ShardId::new_checked(shard.into(), self.total.into()))
    }
}

impl FromStr for Shards {
    type Err = ShardsError;

    fn from_str(text: &str) -> Result<Self, ShardsError> {
        let (range, total) = text.split_once('/').ok_or(ShardsError::Form)?;
        let (first, last) = range.split_once('-').ok_or(ShardsError::Form)?;
        let number = |text: &str| text.trim().parse::<u16>().map_err(|_| ShardsError::Form);
        let (first, last, total) = (number(first)?, number(last)?, number(total)?);
        if total == 0 {
            return Err(ShardsError::Form);
        }
        if first > last {
            return Err(ShardsError::Backwards { first, last });
        }
        if last >= total {
            return Err(ShardsError::Beyond { last, total });
        }
        Ok(Self { first, last, total })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_both_ends() {
        let check = |text: &str, wanted: &[u32]| {
            let shards: Shards = text.parse().unwrap();
            assert_eq!(shards.ids().map(ShardId::number).collect::<Vec<_>>(), wanted, "{text}");
            assert_eq!(usize::from(shards.count()), wanted.len(), "{text}");
        };
        check("0-3/4", &[0, 1, 2, 3]);
        check("2-2/4", &[2]);
        check(" 1 - 2 / 4 ", &[1, 2]);
        assert_eq!(Shards::all(4), "0-3/4".parse().unwrap());
        assert_eq!(Shards::all(0), "0-0/1".parse().unwrap());
    }

    #[test]
    fn refuses_nonsense() {
        let check = |text: &str, wanted| assert_eq!(text.parse::<Shards>(), Err(wanted), "{text}");
        check("3-1/4", ShardsError::Backwards { first: 3, last: 1 });
        check("0-4/4", ShardsError::Beyond { last: 4, total: 4 });
        for form in ["", "0-0/0", "1-0/0", "4/4", "0-3", "0-3/", "-3/4", "a-b/c", "0-3/4/5", "0-3/65536", "-1-3/4"] {
            check(form, ShardsError::Form);
        }
    }
}
