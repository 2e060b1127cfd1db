//! How a model is learned: softmax regression by stochastic gradient descent with a pace of its own for each feature.
//!
//! The pace is AdaGrad's (Duchi, Hazan and Singer, 2011), so that a rare word that tells is learned as fast as a usual one.
//! A lesson may have several right classes: what is learned is that one of them is right, and which one is left to the
//! others that share their words.
//!
//! What is learned depends on the order of the lessons, and most so where little is known. So several pupils take them, each in
//! an order of its own, and the model is the mean of what they learned (parameter mixing: McDonald, Hall and Mann, 2010).

use super::{Features, Model};
use crate::parallel;
use std::collections::HashMap;

/// How often all lessons are gone through.
const ROUNDS: usize = 4;
/// The pace of the first round; the last one's is a fifth of it.
const PACE: f32 = 0.7;
/// How far a rare feature weighs more than a usual one (times the logarithm of how rare it is).
const RARITY: f32 = 0.25;
/// A class whose slope is no more than this keeps the weights of its features: most of many classes do.
const STILL: f32 = 1e-3;
/// A lesson that is known this well teaches nothing more.
const KNOWN: f32 = 0.99;

/// A text and what is right for it.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The text's features.
    pub features: Features,
    /// The classes of which one is right; a lesson without any teaches nothing.
    pub right: Vec<usize>,
}

/// How much care is taken.
#[derive(Debug, Clone, Copy)]
pub struct Care {
    /// A feature is learned if it is met in at least so many lessons.
    pub met: u32,
    /// How many pupils take the lessons; there is always one. Each holds four bytes for every feature and class.
    pub pupils: u32,
}

/// Learns a model of so many classes: one at least, [`MOST_CLASSES`](super::MOST_CLASSES) at most. `progress` is told how many
/// rounds are done, and of how many.
pub fn teach(lessons: &[Lesson], classes: usize, care: Care, progress: &mut dyn FnMut(usize, usize)) -> Model {
    let vocabulary = Vocabulary::of(lessons, care.met);
    let known: Vec<Vec<(usize, f32)>> = lessons.iter().map(|lesson| vocabulary.known(&lesson.features)).collect();
    let pupil = |chance: u32| Pupil::new(vocabulary.hashes.len(), classes, lessons.len(), Chance(chance.into()));
    let mut pupils: Vec<Pupil> = (1..=care.pupils.max(1)).map(pupil).collect();
    for round in 0..ROUNDS {
        progress(round, ROUNDS);
        let pace = PACE * (1.0 - 0.8 * round as f32 / (ROUNDS - 1) as f32);
        parallel::change(&mut pupils, |pupil| pupil.take_all(lessons, &known, pace));
    }
    progress(ROUNDS, ROUNDS);
    let (bias, weights) = mean(pupils).unwrap_or_default();
    let rows = weights.chunks(classes.max(1)).zip(&vocabulary.rarity);
    let rows = rows.map(|(row, rarity)| row.iter().map(|weight| weight * rarity).collect::<Vec<f32>>());
    Model::new(&bias, vocabulary.hashes.iter().copied().zip(rows))
}

/// The mean of what the pupils learned: of each class by itself, and of each feature.
fn mean(pupils: Vec<Pupil>) -> Option<(Vec<f32>, Vec<f32>)> {
    let share = 1.0 / pupils.len() as f32;
    let add = |all: &mut [f32], own: &[f32]| all.iter_mut().zip(own).for_each(|(all, own)| *all += own);
    let mut all = pupils.into_iter().reduce(|mut all, own| {
        add(&mut all.bias, &own.bias);
        add(&mut all.weights, &own.weights);
        all
    })?;
    all.bias.iter_mut().chain(&mut all.weights).for_each(|weight| *weight *= share);
    Some((all.bias, all.weights))
}

/// The features that are learned, ordered by hash, and how rare each is.
struct Vocabulary {
    hashes: Vec<u32>,
    rarity: Vec<f32>,
}

impl Vocabulary {
    fn of(lessons: &[Lesson], least: u32) -> Self {
        let mut met: HashMap<u32, u32> = HashMap::new();
        for (hash, _) in lessons.iter().flat_map(|lesson| &lesson.features.all) {
            *met.entry(*hash).or_default() += 1;
        }
        let mut often: Vec<(u32, u32)> = met.into_iter().filter(|(_, met)| *met >= least).collect();
        often.sort_unstable();
        let rarity = |met: u32| RARITY * (lessons.len() as f32 / met as f32).ln();
        let rarity = often.iter().map(|(_, met)| rarity(*met)).collect();
        Self { hashes: often.into_iter().map(|(hash, _)| hash).collect(), rarity }
    }

    /// The features that are learned, by their place, with their weight.
    fn known(&self, features: &Features) -> Vec<(usize, f32)> {
        let place = |(hash, weight): &(u32, f32)| {
            let at = self.hashes.binary_search(hash).ok()?;
            Some((at, weight * self.rarity.get(at)?))
        };
        features.all.iter().filter_map(place).collect()
    }
}

/// A model while it learns.
struct Pupil {
    classes: usize,
    bias: Vec<f32>,
    weights: Vec<f32>,
    /// For each feature, how much it has been changed so far: the sum of its squared gradients.
    changed: Vec<f32>,
    bias_changed: f32,
    scores: Vec<f32>,
    /// The classes whose weights a lesson moves, each with its slope.
    moving: Vec<(usize, f32)>,
    /// The order of the lessons, and what will change it.
    order: Vec<usize>,
    chance: Chance,
}

impl Pupil {
    fn new(features: usize, classes: usize, lessons: usize, chance: Chance) -> Self {
        Self {
            classes,
            bias: vec![0.0; classes],
            weights: vec![0.0; features * classes],
            changed: vec![1e-4; features],
            bias_changed: 1e-2,
            scores: vec![0.0; classes],
            moving: Vec::with_capacity(classes),
            order: (0..lessons).collect(),
            chance,
        }
    }

    /// Takes all lessons once, in a new order by chance.
    fn take_all(&mut self, lessons: &[Lesson], known: &[Vec<(usize, f32)>], pace: f32) {
        self.chance.shuffle(&mut self.order);
        let order = std::mem::take(&mut self.order);
        for (lesson, known) in order.iter().filter_map(|at| Some((lessons.get(*at)?, known.get(*at)?))) {
            self.take(known, &lesson.right, pace);
        }
        self.order = order;
    }

    /// Takes one lesson: moves the weights towards one of the right classes.
    fn take(&mut self, known: &[(usize, f32)], right: &[usize], pace: f32) {
        let Self { classes, bias, weights, changed, bias_changed, scores, moving, .. } = self;
        scores.copy_from_slice(bias);
        for (at, value) in known {
            let row = weights.chunks_exact(*classes).nth(*at).unwrap_or_default();
            scores.iter_mut().zip(row).for_each(|(score, weight)| *score += weight * value);
        }
        super::model::softmax(scores);
        let held: f32 = right.iter().filter_map(|class| scores.get(*class)).sum::<f32>().max(1e-9);
        if right.is_empty() || held > KNOWN {
            return;
        }
        // The gradient of -ln(held) by the scores.
        for class in right {
            scores.get_mut(*class).into_iter().for_each(|score| *score -= *score / held);
        }
        let square: f32 = scores.iter().map(|slope| slope * slope).sum();
        *bias_changed += square;
        let step = 0.1 * pace / bias_changed.sqrt();
        bias.iter_mut().zip(scores.iter()).for_each(|(bias, slope)| *bias -= step * slope);
        moving.clear();
        moving.extend(scores.iter().copied().enumerate().filter(|(_, slope)| slope.abs() > STILL));
        for (at, value) in known {
            let (Some(changed), Some(row)) = (changed.get_mut(*at), weights.chunks_exact_mut(*classes).nth(*at)) else {
                continue;
            };
            *changed += square * value * value;
            let step = pace * value / changed.sqrt();
            for (class, slope) in moving.iter() {
                row.get_mut(*class).into_iter().for_each(|weight| *weight -= step * slope);
            }
        }
    }
}

/// The same chance every time (Knuth's linear congruential generator).
struct Chance(u64);

impl Chance {
    fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, (self.0 >> 33) as usize % (at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::features;
    use super::*;

    const CARE: Care = Care { met: 1, pupils: 2 };

    fn lesson(text: &str, right: &[usize]) -> Lesson {
        Lesson { features: features(text), right: right.to_vec() }
    }

    fn taught() -> Model {
        let lessons = [
            lesson("does it weaken the bones", &[0]),
            lesson("weak bones from it?", &[0]),
            lesson("bones get thin", &[0]),
            lesson("is it a pill", &[1]),
            lesson("pill or a jab", &[1]),
            lesson("do i swallow a pill", &[1]),
            lesson("hello there everyone", &[2]),
            lesson("good morning everyone", &[2]),
        ];
        teach(&lessons, 3, CARE, &mut |_, _| ())
    }

    #[track_caller]
    fn check(text: &str, expected: usize) {
        let chances = taught().probabilities(&features(text));
        let best = (0..3).max_by(|one, other| chances[*one].total_cmp(&chances[*other]));
        assert_eq!(best, Some(expected), "{text:?}: {chances:?}");
    }

    #[test]
    fn words_speak_for_what_they_were_seen_with() {
        check("my bones!", 0);
        check("which pill", 1);
        check("hello everyone", 2);
        check("bonez", 0);
    }

    #[test]
    fn the_same_lessons_teach_the_same() {
        assert_eq!(taught().bytes(), taught().bytes());
    }

    #[test]
    fn of_several_right_classes_the_one_with_the_words_is_learned() {
        let lessons = [
            lesson("weak bones", &[0]),
            lesson("bones ache", &[0]),
            lesson("a pill", &[1]),
            lesson("one pill", &[1]),
            lesson("bones get thin", &[0, 1]),
            lesson("bones are thin", &[0, 1]),
        ];
        let lessons: Vec<Lesson> = lessons.iter().cycle().take(4 * lessons.len()).cloned().collect();
        let chances = teach(&lessons, 2, CARE, &mut |_, _| ()).probabilities(&features("thin"));
        assert!(chances[0] > chances[1], "{chances:?}");
    }
}
