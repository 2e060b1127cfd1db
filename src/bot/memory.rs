//! The little that is held while the process runs: in memory, bounded, and never on disk.

use super::{Asker, ChannelId, MessageId};
use crate::config::Cooldown;
use lru::LruCache;
use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

/// How long an asker's last question is held for a follow-up.
pub const EXCHANGE_AGE: Duration = Duration::from_secs(600);
/// How many askers' last questions are held.
const EXCHANGES: usize = 1_000;
/// How many questions are known as answered.
const ANSWERED: usize = 4_096;
/// How many messages are known as deleted before they were taken up.
const GONE: usize = 512;
/// How many people and channels are counted for the cooldown.
const COUNTED: usize = 4_096;
/// How many opinions are known as counted.
const OPINIONS: usize = 8_192;
/// The span that the cooldown counts in.
const MINUTE: Duration = Duration::from_secs(60);

/// A cache of at most `capacity` values.
fn cache<K: std::hash::Hash + Eq, V>(capacity: usize) -> LruCache<K, V> {
    LruCache::new(NonZeroUsize::new(capacity).unwrap_or(NonZeroUsize::MIN))
}

/// Each asker's last question in a channel.
pub(super) struct Exchanges(LruCache<Asker, (Instant, String)>);

impl Exchanges {
    pub(super) fn new() -> Self {
        Self(cache(EXCHANGES))
    }

    /// What this asker asked last, if that was a few minutes ago.
    pub(super) fn last(&self, asker: Asker, now: Instant) -> Option<&str> {
        let (when, question) = self.0.peek(&asker)?;
        (now.saturating_duration_since(*when) < EXCHANGE_AGE).then_some(question.as_str())
    }

    /// Holds a question for a follow-up.
    pub(super) fn hold(&mut self, asker: Asker, question: String, now: Instant) {
        self.0.put(asker, (now, question));
    }

    /// Drops what is too old. Questions are in order of their time, since looking at one doesn't move it.
    pub(super) fn forget(&mut self, now: Instant) {
        while let Some((_, (when, _))) = self.0.peek_lru() {
            if now.saturating_duration_since(*when) < EXCHANGE_AGE {
                break;
            }
            self.0.pop_lru();
        }
    }
}

/// Which messages were taken up, so that each is answered once and its answer goes when it goes.
pub(super) struct Answered {
    fates: LruCache<MessageId, Fate>,
    /// Messages that were deleted before they were taken up: events come in any order.
    gone: LruCache<MessageId, ()>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Taken up; the answer isn't posted yet.
    Pending,
    /// Answered by this message.
    Posted(MessageId),
    /// Deleted by its author.
    Deleted,
}

impl Answered {
    pub(super) fn new() -> Self {
        Self { fates: cache(ANSWERED), gone: cache(GONE) }
    }

    /// Takes a message up; false if that was done before, or if the message is gone.
    pub(super) fn take_up(&mut self, question: MessageId) -> bool {
        if self.fates.contains(&question) || self.gone.contains(&question) {
            return false;
        }
        self.fates.put(question, Fate::Pending);
        true
    }

    /// Notes the answer to a question; true if the question was deleted meanwhile, so that the answer must go.
    pub(super) fn posted(&mut self, question: MessageId, answer: MessageId) -> bool {
        match self.fates.put(question, Fate::Posted(answer)) {
            Some(Fate::Deleted) => {
                self.fates.put(question, Fate::Deleted);
                true
            }
            _ => false,
        }
    }

    /// Notes that a message was deleted; gives the answer that must go with it.
    pub(super) fn deleted(&mut self, question: MessageId) -> Option<MessageId> {
        let Some(fate) = self.fates.peek_mut(&question) else {
            self.gone.put(question, ());
            return None;
        };
        match std::mem::replace(fate, Fate::Deleted) {
            Fate::Posted(answer) => Some(answer),
            Fate::Pending | Fate::Deleted => None,
        }
    }
}

/// Who said of which message already whether it helped, so that each is counted once. What is held is a hash of both under a
/// key of its own, made at start: neither can be read from it.
pub(super) struct Opinions {
    key: RandomState,
    counted: LruCache<u64, ()>,
}

impl Opinions {
    pub(super) fn new() -> Self {
        Self { key: RandomState::new(), counted: cache(OPINIONS) }
    }

    /// Notes an opinion; false if this asker gave one on this message before.
    pub(super) fn take(&mut self, asker: Asker, message: MessageId) -> bool {
        self.counted.put(self.key.hash_one((asker, message)), ()).is_none()
    }
}

/// What the cooldown says to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// Go on.
    Fine,
    /// Too many, and this asker hasn't been told yet.
    TooFast,
    /// Too many, and they know.
    TooFastAndTold,
}

/// Counts questions of people and channels in spans of a minute.
pub(super) struct Pacer {
    limits: Cooldown,
    people: LruCache<Asker, Count>,
    channels: LruCache<ChannelId, Count>,
}

#[derive(Debug, Clone, Copy)]
struct Count {
    since: Instant,
    questions: u32,
    told: bool,
}

impl Pacer {
    pub(super) fn new(limits: Cooldown) -> Self {
        Self { limits, people: cache(COUNTED), channels: cache(COUNTED) }
    }

    /// Counts a question. What only its asker sees (no `channel`) doesn't weigh on a channel.
    pub(super) fn count(&mut self, asker: Asker, channel: Option<ChannelId>, now: Instant) -> Pace {
        let person = one_more(self.people.get_or_insert_mut(asker, || Count::from(now)), now);
        if person.questions > self.limits.person_per_minute.get() {
            return told_once(person);
        }
        let Some(channel) = channel else { return Pace::Fine };
        let channel = one_more(self.channels.get_or_insert_mut(channel, || Count::from(now)), now);
        if channel.questions > self.limits.channel_per_minute.get() { told_once(person) } else { Pace::Fine }
    }
}

impl Count {
    fn from(now: Instant) -> Self {
        Self { since: now, questions: 0, told: false }
    }
}

fn one_more(count: &mut Count, now: Instant) -> &mut Count {
    if now.saturating_duration_since(count.since) >= MINUTE {
        *count = Count::from(now);
    }
    count.questions = count.questions.saturating_add(1);
    count
}

fn told_once(count: &mut Count) -> Pace {
    if std::mem::replace(&mut count.told, true) { Pace::TooFastAndTold } else { Pace::TooFast }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sixth_question_in_a_minute_is_told_once() {
        let start = Instant::now();
        let mut pacer = Pacer::new(Cooldown::default());
        let paces: Vec<Pace> = (0..7).map(|_| pacer.count(Asker(1), Some(9), start)).collect();
        assert_eq!(paces[..5], [Pace::Fine; 5]);
        assert_eq!(paces[5..], [Pace::TooFast, Pace::TooFastAndTold]);
        assert_eq!(pacer.count(Asker(2), Some(9), start), Pace::Fine, "another person");
        assert_eq!(pacer.count(Asker(1), Some(9), start + MINUTE), Pace::Fine, "a minute later");
    }

    #[test]
    fn a_channel_has_its_own_limit() {
        let start = Instant::now();
        let mut pacer = Pacer::new(Cooldown { channel_per_minute: 2.try_into().unwrap(), ..Cooldown::default() });
        let paces: Vec<Pace> = (0..4).map(|person| pacer.count(Asker(person), Some(9), start)).collect();
        assert_eq!(paces, [Pace::Fine, Pace::Fine, Pace::TooFast, Pace::TooFast], "each is told once");
        assert_eq!(pacer.count(Asker(3), Some(9), start), Pace::TooFastAndTold);
        assert_eq!(pacer.count(Asker(4), None, start), Pace::Fine, "in private");
    }

    #[test]
    fn an_opinion_is_taken_once_for_a_person_and_message() {
        let mut opinions = Opinions::new();
        assert!(opinions.take(Asker(1), 10));
        assert!(!opinions.take(Asker(1), 10));
        assert!(opinions.take(Asker(2), 10) && opinions.take(Asker(1), 11));
        (0..2 * OPINIONS as u64).for_each(|message| {
            opinions.take(Asker(3), message);
        });
        assert_eq!(opinions.counted.len(), OPINIONS);
    }

    #[test]
    fn a_question_is_forgotten_after_ten_minutes() {
        let start = Instant::now();
        let mut exchanges = Exchanges::new();
        exchanges.hold(Asker(1), "first".to_owned(), start);
        assert_eq!(exchanges.last(Asker(1), start + EXCHANGE_AGE / 2), Some("first"));
        assert_eq!(exchanges.last(Asker(2), start), None);
        assert_eq!(exchanges.last(Asker(1), start + EXCHANGE_AGE), None);
        exchanges.forget(start + EXCHANGE_AGE);
        assert!(exchanges.0.is_empty());
    }

    #[test]
    fn an_answer_goes_with_its_question_whatever_comes_first() {
        let mut answered = Answered::new();
        assert!(answered.take_up(1));
        assert!(!answered.take_up(1), "delivered twice");
        assert!(!answered.posted(1, 10));
        assert_eq!(answered.deleted(1), Some(10));
        assert_eq!(answered.deleted(1), None, "deleted once");
        assert!(answered.take_up(2));
        assert_eq!(answered.deleted(2), None, "not answered yet");
        assert!(answered.posted(2, 20), "the answer came too late");
        assert_eq!(answered.deleted(3), None, "nobody asked this");
        assert!(!answered.take_up(3), "gone before it came");
    }
}
