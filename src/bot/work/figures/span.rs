//! The days that a moderator means, and the bars that they make.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Duration, ToSpan};
use std::ops::RangeInclusive;

/// The most days that are asked for at once.
const MOST_DAYS: u16 = 365;
/// The most days of which each has a bar.
const BARS_OF_DAYS: u16 = 14;
/// The most days of which each week has a bar.
const BARS_OF_WEEKS: u16 = 92;

/// The last so many days, and a few before them where they begin amid a week or a month that is one bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    since: Date,
    until: Date,
    bar: Length,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Day,
    Week,
    Month,
}

impl Span {
    /// The last so many days, today among them.
    pub(super) fn last(days: u16, today: Date) -> Self {
        let days = days.clamp(1, MOST_DAYS);
        let first = today.saturating_sub(i64::from(days - 1).days());
        let bar = if days <= BARS_OF_DAYS {
            Length::Day
        } else if days <= BARS_OF_WEEKS {
            Length::Week
        } else {
            Length::Month
        };
        let since = match bar {
            Length::Day => first,
            Length::Week => first.saturating_sub(i64::from(first.weekday().since(Weekday::Monday)).days()),
            Length::Month => first.first_of_month(),
        };
        Self { since, until: today, bar }
    }

    /// All its days.
    pub(super) fn days(&self) -> RangeInclusive<Date> {
        self.since..=self.until
    }

    /// The days of each bar, the earliest first.
    pub(super) fn bars(&self) -> impl Iterator<Item = RangeInclusive<Date>> {
        let length: Duration = match self.bar {
            Length::Day => 1.day(),
            Length::Week => 7.days(),
            Length::Month => 1.month(),
        };
        let starts = std::iter::successors(Some(self.since), move |start| start.checked_add(length).ok());
        let until = self.until;
        starts.take_while(move |start| *start <= until).map(move |start| {
            let end = start.saturating_add(length).saturating_sub(1.day());
            start..=end.min(until)
        })
    }

    /// Its first day, in words.
    pub(super) fn since(&self) -> String {
        self.since.strftime("%-d %B %Y").to_string()
    }

    /// What a bar of it is, in words.
    pub(super) fn bar(&self) -> &'static str {
        match self.bar {
            Length::Day => "day",
            Length::Week => "week",
            Length::Month => "month",
        }
    }

    /// What a bar that starts on this day is called.
    pub(super) fn label(&self, start: Date) -> String {
        let form = if self.bar == Length::Month { "%b ’%y" } else { "%-d %b" };
        start.strftime(form).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn bars(days: u16) -> Vec<RangeInclusive<Date>> {
        Span::last(days, date(2026, 11, 26)).bars().collect()
    }

    #[test]
    fn days_weeks_and_months_are_whole_up_to_today() {
        assert_eq!(bars(2), [25, 26].map(|day| date(2026, 11, day)..=date(2026, 11, day)));
        assert_eq!(bars(0), bars(1), "a day at least");
        let weeks = bars(30);
        assert_eq!(weeks.first(), Some(&(date(2026, 10, 26)..=date(2026, 11, 1))), "from a Monday");
        assert_eq!(weeks.last(), Some(&(date(2026, 11, 23)..=date(2026, 11, 26))));
        let months = bars(u16::MAX);
        assert_eq!(months.first(), Some(&(date(2025, 11, 1)..=date(2025, 11, 30))));
        assert_eq!(months.last(), Some(&(date(2026, 11, 1)..=date(2026, 11, 26))));
    }

    #[test]
    fn the_bars_hold_every_day_once_and_there_are_few() {
        for days in 1..=MOST_DAYS {
            let span = Span::last(days, date(2026, 3, 1));
            let bars: Vec<_> = span.bars().collect();
            assert!((1..=15).contains(&bars.len()), "{days}: {bars:?}");
            assert_eq!((bars[0].start(), bars[bars.len() - 1].end()), (span.days().start(), span.days().end()));
            let follows = |pair: &[RangeInclusive<Date>]| pair[0].end().tomorrow().ok() == Some(*pair[1].start());
            assert!(bars.windows(2).all(follows), "{days}: {bars:?}");
        }
    }
}
