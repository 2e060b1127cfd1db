//! Whether and when a failed call is sent again: never when it could post twice.

use std::time::Duration;

/// The first wait; each further one doubles it, up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// The least wait after a 429, whatever it asks for: nothing is sent again at once.
const LEAST_WAIT: Duration = Duration::from_millis(100);

/// What went wrong with one attempt, as far as sending again goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fault {
    /// Discord certainly did nothing with it.
    Unsent,
    /// Discord may have carried it out.
    Ambiguous,
    /// Discord turned it away until this long from now.
    Limited(Duration),
}

/// What sending a call twice does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// The same as sending it once.
    Harmless,
    /// It may post twice.
    MayPostTwice,
}

/// How long to wait before sending again, or none to give up, which the deadline decides. `repeats` counts those already
/// made, `dice` is between 0 and 1 and spreads the waits, `left` is the time until the deadline.
pub(super) fn wait(repeats: u32, fault: Fault, repeat: Repeat, dice: f64, left: Duration) -> Option<Duration> {
    let wait = match (fault, repeat) {
        (Fault::Ambiguous, Repeat::MayPostTwice) => return None,
        (Fault::Limited(wait), _) => wait.max(LEAST_WAIT),
        _ => {
            let doubled = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(repeats)).min(LONGEST_WAIT);
            doubled.mul_f64(0.5 + dice.clamp(0.0, 1.0))
        }
    };
    (wait < left).then_some(wait)
}

/// How long a 429 asks to wait: the body's figure is the more exact, then the header's, then a second.
pub(super) fn asked_wait(header: Option<&str>, body: &[u8]) -> Duration {
    let body: Option<f64> = serde_json::from_slice::<serde_json::Value>(body)
        .ok()
        .and_then(|body| body.get("retry_after").and_then(serde_json::Value::as_f64));
    let header = header.and_then(|text| text.trim().parse().ok());
    let sane = |seconds: &f64| seconds.is_finite() && *seconds >= 0.0;
    let seconds = body.filter(sane).or(header.filter(sane)).unwrap_or(1.0);
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(10);

    fn check(repeats: u32, fault: Fault, repeat: Repeat, left: Duration, wanted: Option<u64>) {
        let got = wait(repeats, fault, repeat, 0.5, left);
        assert_eq!(got, wanted.map(Duration::from_millis), "{repeats} {fault:?} {repeat:?}");
    }

    #[test]
    fn sends_again_only_what_cannot_post_twice() {
        check(0, Fault::Ambiguous, Repeat::Harmless, LONG, Some(200));
        check(0, Fault::Ambiguous, Repeat::MayPostTwice, LONG, None);
        check(0, Fault::Unsent, Repeat::MayPostTwice, LONG, Some(200));
        check(0, Fault::Limited(Duration::from_secs(2)), Repeat::MayPostTwice, LONG, Some(2_000));
    }

    #[test]
    fn waits_longer_each_time_up_to_the_longest() {
        check(1, Fault::Unsent, Repeat::Harmless, LONG, Some(400));
        check(2, Fault::Unsent, Repeat::Harmless, LONG, Some(800));
        check(3, Fault::Unsent, Repeat::Harmless, LONG, Some(1_600));
        check(40, Fault::Unsent, Repeat::Harmless, LONG, Some(5_000));
        check(0, Fault::Limited(Duration::ZERO), Repeat::Harmless, LONG, Some(100));
    }

    #[test]
    fn never_waits_past_the_deadline() {
        check(0, Fault::Limited(LONG), Repeat::Harmless, LONG, None);
        check(0, Fault::Unsent, Repeat::Harmless, Duration::from_millis(199), None);
        check(40, Fault::Unsent, Repeat::Harmless, Duration::from_secs(5), None);
    }

    #[test]
    fn reads_the_wait_that_is_asked_for() {
        let check = |header, body: &str, wanted| assert_eq!(asked_wait(header, body.as_bytes()).as_millis(), wanted);
        check(Some("3"), "", 3_000);
        check(Some("3"), r#"{"retry_after":2.5}"#, 2_500);
        check(None, r#"{"retry_after":0.25}"#, 250);
        check(Some("soon"), "<html>", 1_000);
        check(Some("-1"), r#"{"retry_after":"x"}"#, 1_000);
        check(Some("1e300"), "", Duration::MAX.as_millis());
    }

    proptest::proptest! {
        #[test]
        fn any_answer_gives_some_wait(header: Option<String>, body: Vec<u8>) {
            asked_wait(header.as_deref(), &body);
        }
    }
}
