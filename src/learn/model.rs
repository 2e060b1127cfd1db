//! A learned model: what each feature adds to each class, small enough to ship and to hold.

use super::Features;
use std::borrow::Cow;
use std::hash::Hasher;

/// The first bytes of a model. The number goes up with every change to how features or models are made.
const MARK: &[u8; 8] = b"pamphle2";
/// What adds less than this to a class is left out.
const LEAST: f32 = 0.3;
/// Into so many parts the hashes are cut by their first bits, so that one is found at once.
const PARTS: usize = 1 << 15;
/// Bytes of the checksum at the end.
const SUM: usize = 8;
/// Bytes before the first table: the mark, the counts and the grain.
const HEAD: usize = MARK.len() + 16;
/// The bits of a packed weight that name its class; the others hold the weight itself.
const CLASS_BITS: u32 = 9;
/// The most classes of a model.
const MOST_CLASSES: usize = 1 << CLASS_BITS;
/// The largest weight in grains, up or down.
const MOST_GRAINS: f32 = 63.0;

/// A learned model. It is one piece of memory, read where it lies.
///
/// | bytes | what |
/// |---|---|
/// | 8 | the mark |
/// | 4 + 4 + 4 | how many classes, features and weights there are |
/// | 4 | the grain: what a weight of one stands for, as `f32` |
/// | 4 × classes | what each class has by itself, as `f32` |
/// | 4 × (features + 1) | where the weights of each feature begin |
/// | 4 × features | the hashes, ascending |
/// | 2 × weights | a class (9 bits) and what the feature adds to it, in grains (7 bits) |
/// | 8 | SipHash of all before |
///
/// All numbers are little-endian.
#[derive(Debug, Clone)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    classes: usize,
    features: usize,
    grain: f32,
    /// Where the hashes of each part begin.
    parts: Vec<u32>,
}

impl Model {
    /// A model of what each class has by itself and, by ascending hash, what each feature adds to each class. It has at most
    /// [`MOST_CLASSES`].
    pub(super) fn new(bias: &[f32], rows: impl Iterator<Item = (u32, Vec<f32>)>) -> Self {
        let (mut starts, mut hashes, mut weights) = (vec![0_u32], Vec::new(), Vec::new());
        for (hash, row) in rows {
            // What a feature adds to all classes alike decides nothing.
            let usual = row.iter().sum::<f32>() / row.len().max(1) as f32;
            let telling = row.iter().map(|weight| weight - usual).enumerate();
            weights.extend(telling.filter(|(_, weight)| weight.abs() >= LEAST));
            hashes.extend(hash.to_le_bytes());
            starts.push(weights.len() as u32);
        }
        let largest = weights.iter().map(|(_, weight)| weight.abs()).fold(f32::EPSILON, f32::max);
        let grain = largest / MOST_GRAINS;
        let packed = |(class, weight): &(usize, f32)| {
            let grains = (weight / grain).round() as i16;
            ((grains << CLASS_BITS) | (*class as i16 & (MOST_CLASSES as i16 - 1))).to_le_bytes()
        };
        let counts = [bias.len() as u32, (starts.len() - 1) as u32, weights.len() as u32];
        let mut bytes = MARK.to_vec();
        bytes.extend(counts.into_iter().flat_map(u32::to_le_bytes));
        bytes.extend(grain.to_le_bytes());
        bytes.extend(bias.iter().flat_map(|bias| bias.to_le_bytes()));
        bytes.extend(starts.into_iter().flat_map(u32::to_le_bytes));
        bytes.append(&mut hashes);
        bytes.extend(weights.iter().flat_map(packed));
        bytes.extend(checksum(&bytes).to_le_bytes());
        Self::of(Cow::Owned(bytes), bias.len(), counts[1] as usize)
    }

    /// A model from its bytes. `None` if they are not what [`Model::bytes`] gave, to the last bit.
    pub fn read(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Self> {
        let bytes = bytes.into();
        let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(SUM)?)?;
        let count = |at: usize| Some(u32::from_le_bytes(*body.get(MARK.len() + 4 * at..)?.first_chunk()?) as usize);
        let (classes, features, weights) = (count(0)?, count(1)?, count(2)?);
        let length = HEAD + 4 * (classes + (features + 1) + features) + 2 * weights;
        let whole = body.starts_with(MARK) && body.len() == length && checksum(body).to_le_bytes() == sum;
        whole.then(|| Self::of(bytes, classes, features))
    }

    fn of(bytes: Cow<'static, [u8]>, classes: usize, features: usize) -> Self {
        let mut model = Self { bytes, classes, features, grain: 0.0, parts: Vec::new() };
        model.grain = model.number_at(HEAD - 4).map_or(0.0, f32::from_bits);
        let mut parts = vec![0; PARTS + 1];
        for at in 0..features {
            parts.get_mut(part(model.hash(at)) + 1).into_iter().for_each(|end: &mut u32| *end = at as u32 + 1);
        }
        // An empty part begins where the one before ends.
        let mut end = 0;
        for part in &mut parts {
            end = end.max(*part);
            *part = end;
        }
        model.parts = parts;
        model
    }

    /// The model as bytes, to be kept.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many classes it tells apart.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// How likely each class is; together they are one.
    pub fn probabilities(&self, features: &Features) -> Vec<f32> {
        self.weigh(features).0
    }

    /// How likely each class is, and the share of the text that the model has met: of the squares of its features' weights.
    pub fn weigh(&self, features: &Features) -> (Vec<f32>, f32) {
        let (mut met, mut all) = (0.0, f32::EPSILON);
        let mut scores: Vec<f32> = (0..self.classes).map(|class| f32::from_bits(self.number(class))).collect();
        let weights =
            self.bytes.get(HEAD + 4 * (self.classes + 2 * self.features + 1)..).unwrap_or_default().as_chunks().0;
        for (hash, value) in &features.all {
            all += value * value;
            let Some(at) = self.find(*hash) else { continue };
            met += value * value;
            let value = value * self.grain;
            let added = weights.get(self.start(at)..self.start(at + 1)).unwrap_or_default();
            for packed in added {
                let packed = i16::from_le_bytes(*packed);
                let class = packed as usize & (MOST_CLASSES - 1);
                let adds = f32::from(packed >> CLASS_BITS) * value;
                scores.get_mut(class).into_iter().for_each(|score| *score += adds);
            }
        }
        softmax(&mut scores);
        (scores, met / all)
    }

    /// The place of a feature.
    fn find(&self, hash: u32) -> Option<usize> {
        let part = part(hash);
        let (from, to) = (*self.parts.get(part)? as usize, *self.parts.get(part + 1)? as usize);
        let hashes = self.numbers(self.classes + self.features + 1, self.features).get(from..to)?;
        hashes.iter().position(|other| u32::from_le_bytes(*other) == hash).map(|at| from + at)
    }

    fn start(&self, feature: usize) -> usize {
        self.number(self.classes + feature) as usize
    }

    fn hash(&self, feature: usize) -> u32 {
        self.number(self.classes + self.features + 1 + feature)
    }

    /// So many numbers from a place of the tables on, or as many as there are.
    fn numbers(&self, at: usize, count: usize) -> &[[u8; 4]] {
        let all = self.bytes.get(HEAD..).unwrap_or_default().as_chunks().0;
        let rest = all.get(at..).unwrap_or_default();
        rest.get(..count).unwrap_or(rest)
    }

    /// The number at a place of the tables; none there is nought.
    fn number(&self, at: usize) -> u32 {
        self.number_at(HEAD + 4 * at).unwrap_or_default()
    }

    fn number_at(&self, byte: usize) -> Option<u32> {
        self.bytes.get(byte..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }
}

fn part(hash: u32) -> usize {
    hash as usize / (1_usize << 32).div_ceil(PARTS)
}

fn checksum(bytes: &[u8]) -> u64 {
    let mut hasher = siphasher::sip::SipHasher13::new();
    hasher.write(bytes);
    hasher.finish()
}

/// Scores to probabilities.
pub(super) fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

#[cfg(test)]
mod tests {
    use super::super::features;
    use super::*;

    fn model() -> Model {
        let features = features("bones");
        Model::new(&[0.1, 0.0], features.all.iter().map(|(hash, _)| (*hash, vec![2.0, -2.0])))
    }

    #[test]
    fn a_model_reads_back_as_it_was() {
        let read = Model::read(model().bytes().to_vec()).unwrap();
        assert_eq!(read.probabilities(&features("bones")), model().probabilities(&features("bones")));
        assert!(read.probabilities(&features("bones"))[0] > 0.9);
        assert_eq!(read.classes(), 2);
    }

    #[test]
    fn no_damaged_model_is_read() {
        let bytes = model().bytes().to_vec();
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 4;
            assert!(Model::read(damaged).is_none(), "byte {at}");
        }
        for end in 0..bytes.len() {
            assert!(Model::read(bytes[..end].to_vec()).is_none(), "cut at {end}");
        }
    }
}
