//! Weights learned from labelled messages: ranking first, then confidence. Deterministic: the same messages give the same
//! weights.

use super::evidence::{Evidence, SIGNALS, WIDTH, of_signals};
use super::judging::{Judged, Reading};
use super::readings::readings;
use super::weights::Scale;
use super::{Incoming, Weights};
use crate::faq::SourceRef;
use crate::safety::Signs;
use crate::search::Index;

/// A message, and what answers it.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The message.
    pub incoming: Incoming,
    /// The ids of the entries or of the source passages that are a right answer; none if nothing answers it.
    pub gold: Vec<String>,
}

/// How many wrong entries a right one is compared with.
const RIVALS: usize = 5;
/// How strongly weights are held back from fitting chance (the L2 penalty on standardised numbers).
const RESTRAINT: f64 = 1.0;
/// How often Newton's method steps at most; it is there long before.
const STEPS: usize = 30;

/// Learns weights from lessons: for a collection whose topics were learned, and as if they had not been.
pub fn learn(index: &Index, lessons: &[Lesson]) -> Weights {
    Weights { taught: learn_scale(index, lessons, true), untaught: learn_scale(index, lessons, false) }
}

fn learn_scale(index: &Index, lessons: &[Lesson], taught: bool) -> Scale {
    let mut scale = Scale::none(taught);
    scale.rank = learn_ranking(index, lessons, &scale);
    // First from every way of reading a message, then from the one that would be chosen.
    let all = |readings: &[Reading]| (0..readings.len()).collect::<Vec<_>>();
    (scale.base, scale.confidence) = learn_confidence(index, lessons, &scale, all);
    let chosen = |readings: &[Reading]| {
        let surest = (0..readings.len()).max_by(|one, other| {
            let confidence = |at: &usize| readings.get(*at).map_or(0.0, Reading::confidence);
            confidence(one).total_cmp(&confidence(other))
        });
        surest.into_iter().collect()
    };
    (scale.base, scale.confidence) = learn_confidence(index, lessons, &scale, chosen);
    scale
}

fn readings_of(index: &Index, lesson: &Lesson, scale: &Scale) -> Vec<Reading> {
    let Incoming { text, context, .. } = &lesson.incoming;
    readings(index, scale, &Signs::of(text, true, &[]), context).all
}

/// Whether a judged entry is a right answer.
fn is_right(index: &Index, lesson: &Lesson, judged: &Judged) -> bool {
    let Some(entry) = index.collection().entries.get(judged.entry) else { return false };
    let is_gold = |(SourceRef::Passage(id) | SourceRef::Named(id)): &SourceRef| lesson.gold.contains(id);
    lesson.gold.contains(&entry.id) || entry.source.iter().any(is_gold)
}

/// Learns to put a right entry before the wrong ones: from the difference between the two, which should speak for the
/// right one (RankNet's pairwise logistic loss, with a linear model).
fn learn_ranking(index: &Index, lessons: &[Lesson], scale: &Scale) -> [f32; SIGNALS] {
    let mut rows = Vec::new();
    for lesson in lessons.iter().filter(|lesson| !lesson.gold.is_empty()) {
        let readings = readings_of(index, lesson, scale);
        let Some(reading) = readings.first() else { continue };
        let (right, wrong): (Vec<&Judged>, Vec<&Judged>) =
            reading.entries.iter().partition(|judged| is_right(index, lesson, judged));
        let Some(right) = right.into_iter().max_by(|one, other| alike(one).total_cmp(&alike(other))) else { continue };
        for wrong in wrong.into_iter().take(RIVALS) {
            let (right, wrong) = (of_signals(&right.signals), of_signals(&wrong.signals));
            let difference: [f32; SIGNALS] = std::array::from_fn(|at| right[at] - wrong[at]);
            rows.push(Row { numbers: difference.map(f64::from), holds: true, weight: 1.0 });
            rows.push(Row { numbers: difference.map(|number| -f64::from(number)), holds: false, weight: 1.0 });
        }
    }
    fit(&rows).1.map(|weight| weight as f32)
}

fn alike(judged: &Judged) -> f32 {
    judged.signals.phrasing + judged.signals.coverage
}

/// Learns how likely the best entry of a reading is right, from those readings of each message that `which` picks.
fn learn_confidence(
    index: &Index,
    lessons: &[Lesson],
    scale: &Scale,
    which: impl Fn(&[Reading]) -> Vec<usize>,
) -> (f32, Evidence) {
    let mut rows = Vec::new();
    for lesson in lessons {
        let readings = readings_of(index, lesson, scale);
        let picked = which(&readings);
        for best in picked.iter().filter_map(|at| readings.get(*at)?.entries.first()) {
            if !best.signals.exact {
                let numbers = best.evidence.map(f64::from);
                rows.push(Row { numbers, holds: is_right(index, lesson, best), weight: 1.0 / picked.len() as f64 });
            }
        }
    }
    let (base, weights) = fit::<WIDTH>(&rows);
    (base as f32, weights.map(|weight| weight as f32))
}

/// Numbers and whether what they speak of holds.
struct Row<const N: usize> {
    numbers: [f64; N],
    holds: bool,
    weight: f64,
}

/// Logistic regression with an L2 penalty, by Newton's method on standardised numbers: the intercept and the weights.
fn fit<const N: usize>(rows: &[Row<N>]) -> (f64, [f64; N]) {
    let total: f64 = rows.iter().map(|row| row.weight).sum::<f64>().max(f64::MIN_POSITIVE);
    let mean: [f64; N] =
        std::array::from_fn(|at| rows.iter().map(|row| row.weight * row.numbers[at]).sum::<f64>() / total);
    let spread: [f64; N] = std::array::from_fn(|at| {
        let squares: f64 = rows.iter().map(|row| row.weight * (row.numbers[at] - mean[at]).powi(2)).sum();
        let spread = (squares / total).sqrt();
        if spread > 1e-9 { spread } else { f64::INFINITY }
    });
    // The last one is the intercept, which is not held back.
    let mut weights = vec![0.0; N + 1];
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = weights.iter().map(|weight| -RESTRAINT * weight).collect();
        let mut bend = vec![vec![0.0; N + 1]; N + 1];
        for (at, row) in bend.iter_mut().enumerate() {
            row[at] = RESTRAINT;
        }
        slope[N] = 0.0;
        bend[N][N] = 1e-9;
        for row in rows {
            let numbers: Vec<f64> =
                (0..N).map(|at| (row.numbers[at] - mean[at]) / spread[at]).chain(std::iter::once(1.0)).collect();
            let sum: f64 = numbers.iter().zip(&weights).map(|(number, weight)| number * weight).sum();
            let likely = 1.0 / (1.0 + (-sum).exp());
            let error = row.weight * (f64::from(u8::from(row.holds)) - likely);
            let curve = row.weight * likely * (1.0 - likely);
            for one in 0..=N {
                slope[one] += error * numbers[one];
                for other in 0..=N {
                    bend[one][other] += curve * numbers[one] * numbers[other];
                }
            }
        }
        let step = solve(bend, slope);
        weights.iter_mut().zip(&step).for_each(|(weight, step)| *weight += step);
        if step.iter().all(|step| step.abs() < 1e-8) {
            break;
        }
    }
    let plain: [f64; N] = std::array::from_fn(|at| weights[at] / spread[at]);
    let base = weights[N] - plain.iter().zip(&mean).map(|(weight, mean)| weight * mean).sum::<f64>();
    (base, plain)
}

/// Solves a system of linear equations with a symmetric positive definite matrix, by Gaussian elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for pivot in 0..size {
        for row in pivot + 1..size {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            let above = matrix[pivot].clone();
            matrix[row].iter_mut().zip(above).skip(pivot).for_each(|(cell, above)| *cell -= factor * above);
            right[row] -= factor * right[pivot];
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| matrix[row][column] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_probability_is_learned() {
        // Nine of ten hold where the number is 1, one of ten where it is 0.
        let row = |number: f64, holds: bool| Row { numbers: [number, 7.0], holds, weight: 1.0 };
        let rows: Vec<Row<2>> =
            (0..2000).map(|at| row(f64::from(at % 2), (at / 2 % 10 == 0) != (at % 2 == 1))).collect();
        let (base, weights) = fit(&rows);
        let likely = |number: f64| 1.0 / (1.0 + (-(base + weights[0] * number + weights[1] * 7.0)).exp());
        assert!(
            (likely(1.0) - 0.9).abs() < 0.01 && (likely(0.0) - 0.1).abs() < 0.01,
            "{} {}",
            likely(1.0),
            likely(0.0)
        );
    }
}
