//! Whether a probability can be taken at its word.

/// How sure the search was of its best candidate, and whether that was right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess {
    /// The probability that was given, from 0 to 1.
    pub score: f64,
    /// Whether the candidate is right.
    pub right: bool,
}

/// How many bins there are, all of one width.
const BINS: usize = 10;

/// What was said against what was so.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// How many guesses there are.
    pub count: usize,
    /// The expected calibration error, from 0 to 1: the gap between what was said and what was so in each bin, weighed by
    /// the guesses in it (Naeini, Cooper and Hauskrecht 2015). None without a guess.
    pub ece: Option<f64>,
    /// The mean squared distance between what was said and what was so, from 0 to 1 (Brier 1950). None without a guess.
    pub brier: Option<f64>,
    /// The ten bins, the least sure first.
    pub bins: Vec<Bin>,
}

/// The guesses whose score lies in one tenth of the scale; 1 is in the last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// How many guesses are in it.
    pub count: usize,
    /// How many of them are right.
    pub right: usize,
    /// Their mean score; none of nothing.
    pub said: Option<f64>,
}

impl Bin {
    /// The share that is right; none of nothing.
    pub fn so(&self) -> Option<f64> {
        super::Share { count: self.right, of: self.count }.value()
    }
}

impl Calibration {
    /// Over these guesses.
    #[expect(clippy::cast_precision_loss, reason = "counts of messages are far below 2^52")]
    pub fn of(guesses: &[Guess]) -> Self {
        let bins: Vec<Bin> = (0..BINS).map(|number| bin(number, guesses)).collect();
        let of = guesses.len() as f64;
        let gap = |bin: &Bin| Some(bin.count as f64 * (bin.so()? - bin.said?).abs());
        let ece = bins.iter().filter_map(gap).sum::<f64>() / of;
        let distance = |guess: &Guess| (guess.score.clamp(0.0, 1.0) - f64::from(u8::from(guess.right))).powi(2);
        let brier = guesses.iter().map(distance).sum::<f64>() / of;
        let some = |figure| (!guesses.is_empty()).then_some(figure);
        Self { count: guesses.len(), ece: some(ece), brier: some(brier), bins }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of messages are far below 2^52")]
fn bin(number: usize, guesses: &[Guess]) -> Bin {
    let within: Vec<&Guess> = guesses.iter().filter(|guess| place(guess.score) == number).collect();
    let said = within.iter().map(|guess| guess.score.clamp(0.0, 1.0)).sum::<f64>() / within.len() as f64;
    Bin {
        from: number as f64 / BINS as f64,
        to: (number + 1) as f64 / BINS as f64,
        count: within.len(),
        right: within.iter().filter(|guess| guess.right).count(),
        said: (!within.is_empty()).then_some(said),
    }
}

/// The bin of a score.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "from 0 to 10"
)]
fn place(score: f64) -> usize {
    ((score.clamp(0.0, 1.0) * BINS as f64) as usize).min(BINS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(guesses: &[(f64, bool)], ece: Option<f64>, brier: Option<f64>) {
        let guesses: Vec<Guess> = guesses.iter().map(|(score, right)| Guess { score: *score, right: *right }).collect();
        let found = Calibration::of(&guesses);
        let rounded = |figure: Option<f64>| figure.map(|figure| (figure * 1e6).round() / 1e6);
        assert_eq!((rounded(found.ece), rounded(found.brier)), (ece, brier), "{found:?}");
        assert_eq!(found.bins.iter().map(|bin| bin.count).sum::<usize>(), guesses.len());
    }

    #[test]
    fn the_error_is_the_gap_between_said_and_so() {
        check(&[], None, None);
        check(&[(1.0, true), (0.0, false)], Some(0.0), Some(0.0));
        check(&[(1.0, false)], Some(1.0), Some(1.0));
        // One bin: said 0.75, so 0.5; the squares are 0.0625 and 0.5625.
        check(&[(0.75, true), (0.75, false)], Some(0.25), Some(0.3125));
        // Two bins: a gap of 0.25 on two guesses, of 0.1 on one; (2·0.25 + 0.1) / 3.
        check(&[(0.75, true), (0.75, false), (0.1, false)], Some(0.2), Some(0.211_667));
    }

    #[test]
    fn a_score_off_the_scale_counts_at_its_end() {
        check(&[(1.5, true), (-0.5, false)], Some(0.0), Some(0.0));
    }
}
