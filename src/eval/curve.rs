//! What would be won and lost if the threshold for an answer were another.

use super::{Guess, Share};

/// Precision against coverage, as the threshold falls.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// One point for each score that occurs, the surest first.
    pub points: Vec<Point>,
}

/// What an answer to all messages with at least this score would come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The score.
    pub threshold: f64,
    /// The right answers among all answers.
    pub precision: Share,
    /// The messages that get an answer, right or wrong, among those for which some passage is right.
    pub coverage: Share,
}

impl Curve {
    /// Over these guesses, each with whether some passage is right for its message; `answerable` is how many such messages
    /// there are, those without a guess among them.
    pub fn of(guesses: &[(Guess, bool)], answerable: usize) -> Self {
        let mut sorted = guesses.to_vec();
        sorted.sort_by(|(one, _), (other, _)| other.score.total_cmp(&one.score));
        let (mut precision, mut coverage) = (Share::default(), Share { count: 0, of: answerable });
        let mut points = Vec::new();
        for equals in sorted.chunk_by(|(one, _), (other, _)| one.score.total_cmp(&other.score).is_eq()) {
            precision.of += equals.len();
            precision.count += equals.iter().filter(|(guess, _)| guess.right).count();
            coverage.count += equals.iter().filter(|(_, is_answerable)| *is_answerable).count();
            let threshold = equals.first().map_or(0.0, |(guess, _)| guess.score);
            points.push(Point { threshold, precision, coverage });
        }
        Self { points }
    }

    /// The last point whose threshold is no lower than this; none where no message has so high a score.
    pub fn at(&self, threshold: f64) -> Option<&Point> {
        self.points.iter().take_while(|point| point.threshold >= threshold).last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_score_adds_its_messages() {
        let guess = |score, right, is_answerable| (Guess { score, right }, is_answerable);
        let guesses =
            [guess(0.5, false, true), guess(0.9, true, true), guess(0.5, true, true), guess(0.7, false, false)];
        let curve = Curve::of(&guesses, 5);
        let shown: Vec<String> = curve
            .points
            .iter()
            .map(|Point { threshold, precision, coverage }| {
                format!("{threshold}: {}/{} right, {}/{}", precision.count, precision.of, coverage.count, coverage.of)
            })
            .collect();
        assert_eq!(shown, ["0.9: 1/1 right, 1/5", "0.7: 1/2 right, 1/5", "0.5: 2/4 right, 3/5"]);
        assert_eq!(curve.at(0.6).map(|point| point.threshold), Some(0.7));
        assert_eq!(curve.at(0.95), None);
    }
}
