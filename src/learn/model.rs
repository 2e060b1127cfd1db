//! A learned model: what each feature adds to each class, small enough to ship and to hold.

use super::Features;
use super::packing::{BYTES, Packing};
use std::borrow::Cow;
use std::hash::Hasher;
use std::iter;
use std::ops::RangeInclusive;

/// The first bytes of a model. The number goes up with every change to how models are laid out.
const MARK: &[u8; 8] = b"pamphle6";
/// What adds less than this to a class is left out.
const LEAST: f32 = 0.3;
/// The most classes of a model.
pub const MOST_CLASSES: usize = 255;
/// The hashes are cut into parts by their first bits, by so many of them, so that one is found at once. What is kept of a hash
/// in its part are its last 16 bits, so that with fewer than 16 some would be lost.
const BITS: RangeInclusive<u32> = 16..=20;
/// At most twice so many features are in one part, on average: as many as are fetched from memory together.
const IN_PART: usize = 4;
/// So many parts stand in one block: each is found from where its block begins, which takes less room.
const IN_BLOCK: usize = 8;
/// Bytes that say where a block begins, and where each of its parts ends.
const BLOCK: usize = 4 + 2 * IN_BLOCK;
/// So many features of a text are looked up side by side.
const TOGETHER: usize = 64;
/// Bytes before the first number of a class: the mark, three counts and the largest weight.
const HEAD: usize = MARK.len() + 16;
/// Bytes of the checksum at the end.
const SUM: usize = 8;

/// A learned model. It is one piece of memory, read where it lies: what is known of a feature stands together.
///
/// | bytes | what |
/// |---|---|
/// | 8 | the mark |
/// | 4 + 4 + 4 | how many classes there are, bytes of features, and bits of a hash that name its part |
/// | 4 | the largest weight, as `f32` |
/// | 4 × classes | what each class has by itself, as `f32` |
/// | 20 × blocks | of every eight parts: where the features of the first begin (4) and, from there, where those of each end (2) |
/// | … | each feature: the last 16 bits of its hash (2), how many weights it has (1), and these, each with its class, as they are packed (1 or 2) |
/// | 8 | SipHash of all before |
///
/// All numbers are little-endian.
#[derive(Debug, Clone)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    classes: usize,
    /// How many bits of a hash name its part.
    bits: u32,
    packing: Packing,
    /// The weight of each number of steps, by the byte that stands for it.
    weights: Box<[f32; BYTES]>,
}

impl Model {
    /// A model of what each class has by itself and, by ascending hash, what each feature adds to each class. It has at most
    /// [`MOST_CLASSES`].
    pub(super) fn new(bias: &[f32], rows: impl Iterator<Item = (u32, Vec<f32>)>) -> Self {
        let rows: Vec<(u32, Vec<(u8, f32)>)> = rows.map(|(hash, row)| (hash, telling(&row))).collect();
        let weights = rows.iter().flat_map(|(_, row)| row).map(|(_, weight)| weight.abs());
        let largest = weights.fold(f32::EPSILON, f32::max);
        let bits = (rows.len() / IN_PART).max(1).ilog2().clamp(*BITS.start(), *BITS.end());
        let packing = Packing::of(bias.len());
        let packed = rows.iter().map(|(hash, row)| {
            let row = row.iter().filter_map(|(class, weight)| packing.pack(*class, weight / largest));
            let row: Vec<u8> = row.flat_map(|(first, second)| iter::once(first).chain(second)).collect();
            let weights = (row.len() / packing.width()) as u8;
            (*hash, (*hash as u16).to_le_bytes().into_iter().chain([weights]).chain(row).collect())
        });
        let (mut table, mut features) = in_blocks(packed, bits);
        let mut bytes = MARK.to_vec();
        bytes.extend([bias.len() as u32, features.len() as u32, bits].into_iter().flat_map(u32::to_le_bytes));
        bytes.extend([largest].iter().chain(bias).copied().flat_map(f32::to_le_bytes));
        bytes.append(&mut table);
        bytes.append(&mut features);
        bytes.extend(checksum(&bytes).to_le_bytes());
        Self::of(Cow::Owned(bytes), bias.len(), bits, largest)
    }

    /// A model from its bytes. `None` if they are not what [`Model::bytes`] gave, to the last bit.
    pub fn read(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Self> {
        let bytes = bytes.into();
        let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(SUM)?)?;
        let number = |at: usize| Some(u32::from_le_bytes(*body.get(MARK.len() + 4 * at..)?.first_chunk()?));
        let (classes, features) = (number(0)? as usize, number(1)? as usize);
        let (bits, largest) = (number(2)?, f32::from_bits(number(3)?));
        if classes > MOST_CLASSES || !BITS.contains(&bits) {
            return None;
        }
        let length = (HEAD + 4 * classes + BLOCK * blocks(bits)).checked_add(features)?;
        let whole = body.starts_with(MARK) && body.len() == length && checksum(body).to_le_bytes() == sum;
        whole.then(|| Self::of(bytes, classes, bits, largest))
    }

    fn of(bytes: Cow<'static, [u8]>, classes: usize, bits: u32, largest: f32) -> Self {
        let packing = Packing::of(classes);
        Self { bytes, classes, bits, packing, weights: packing.weights(largest) }
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
        let after_head = self.bytes.get(HEAD..).unwrap_or_default();
        let (bias, after_bias) = after_head.split_at_checked(4 * self.classes).unwrap_or_default();
        let (table, known) = after_bias.split_at_checked(BLOCK * blocks(self.bits)).unwrap_or_default();
        let (bias, table) = (bias.as_chunks().0, table.as_chunks().0);
        // As long as there are bytes, so that no class needs to be looked for in vain.
        let mut scores = [0.0_f32; BYTES];
        scores.iter_mut().zip(bias).for_each(|(score, bias)| *score = f32::from_le_bytes(*bias));
        let (mut met, mut all) = (0.0, f32::EPSILON);
        let mut places = [(0, 0); TOGETHER];
        for some in features.all.chunks(TOGETHER) {
            // The places lie far apart, and so does what says where they are. Touched one right after the other, they are
            // fetched from memory side by side; looked through one by one, each would be waited for.
            let mut touched = 0_u8;
            for ((hash, _), place) in some.iter().zip(&mut places) {
                *place = stretch(part(*hash, self.bits), table);
            }
            for (start, end) in places.iter().take(some.len()) {
                touched ^= known.get(*start).copied().unwrap_or_default();
                touched ^= known.get(end.wrapping_sub(1)).copied().unwrap_or_default();
            }
            std::hint::black_box(touched);
            for ((hash, value), (start, end)) in some.iter().zip(places) {
                all += value * value;
                let known = known.get(start..end).unwrap_or_default();
                let Some(row) = find(*hash, known, self.packing.width()) else { continue };
                met += value * value;
                let mut add = |class: u8, steps: u8| {
                    let adds = self.weights.get(usize::from(steps)).copied().unwrap_or_default() * value;
                    scores.get_mut(usize::from(class)).into_iter().for_each(|score| *score += adds);
                };
                match self.packing {
                    Packing::Narrow => row.iter().for_each(|both| add(both >> 4, *both)),
                    Packing::Wide => row.as_chunks().0.iter().for_each(|[class, steps]| add(*class, *steps)),
                }
            }
        }
        let mut chances = scores.into_iter().take(self.classes).collect::<Vec<f32>>();
        softmax(&mut chances);
        (chances, met / all)
    }
}

/// The classes that a feature tells apart, with the weight of each: what it adds to most of them alike decides nothing.
fn telling(row: &[f32]) -> Vec<(u8, f32)> {
    let mut ordered = row.to_vec();
    ordered.sort_by(f32::total_cmp);
    let usual = ordered.get(row.len() / 2).copied().unwrap_or_default();
    let weights = row.iter().map(|weight| weight - usual);
    (0..=u8::MAX).zip(weights).filter(|(_, weight)| weight.abs() >= LEAST).take(usize::from(u8::MAX)).collect()
}

/// The table of the blocks, and the features, which come packed by ascending hash.
fn in_blocks(packed: impl Iterator<Item = (u32, Vec<u8>)>, bits: u32) -> (Vec<u8>, Vec<u8>) {
    let (mut table, mut features) = (Vec::new(), Vec::new());
    let mut packed = packed.peekable();
    for block in 0..blocks(bits) {
        let start = features.len();
        table.extend((start as u32).to_le_bytes());
        for number in block * IN_BLOCK..(block + 1) * IN_BLOCK {
            while let Some((_, feature)) = packed.next_if(|(hash, _)| part(*hash, bits) == number) {
                // Twice as many as are usual fit in, were each to have all weights; what doesn't fit is left out.
                if features.len() + feature.len() - start <= usize::from(u16::MAX) {
                    features.extend(feature);
                }
            }
            table.extend(((features.len() - start) as u16).to_le_bytes());
        }
    }
    (table, features)
}

/// Where what is known of a part's features begins and ends, by the table of the blocks.
fn stretch(part: usize, table: &[[u8; BLOCK]]) -> (usize, usize) {
    let block = table.get(part / IN_BLOCK).and_then(|block| block.split_first_chunk());
    let Some((start, ends)) = block else { return (0, 0) };
    let start = u32::from_le_bytes(*start) as usize;
    let end = |at: usize| ends.as_chunks().0.get(at).map_or(0, |end| usize::from(u16::from_le_bytes(*end)));
    let at = part % IN_BLOCK;
    (start + at.checked_sub(1).map_or(0, end), start + end(at))
}

/// What is known of a feature, among those of its part: its packed weights, each so many bytes wide.
fn find(hash: u32, mut known: &[u8], width: usize) -> Option<&[u8]> {
    while let Some(([first, second, weights], after)) = known.split_first_chunk() {
        let (row, others) = after.split_at_checked(width * usize::from(*weights))?;
        if u16::from_le_bytes([*first, *second]) == hash as u16 {
            return Some(row);
        }
        known = others;
    }
    None
}

fn blocks(bits: u32) -> usize {
    (1 << bits) / IN_BLOCK
}

/// The part of a hash.
fn part(hash: u32, bits: u32) -> usize {
    (hash >> (u32::BITS - bits)) as usize
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
    fn every_feature_is_found_again() {
        let many: Vec<u32> = (0..600_000).map(|number| number * 7_001).collect();
        let edges = vec![0, 1, 0xffff, 0x1_0000, 0x1_0001, u32::MAX - 1, u32::MAX];
        for (hashes, classes) in [(edges.clone(), 2), (edges.clone(), 16), (edges.clone(), 17), (edges, 255), (many, 2)]
        {
            let row = |hash: u32| {
                let mut row = vec![0.0; classes];
                row[hash as usize % classes] = 4.0;
                (hash, row)
            };
            let model = Model::new(&vec![0.0; classes], hashes.iter().copied().map(row));
            let read = Model::read(model.bytes().to_vec()).unwrap();
            for hash in hashes.iter().step_by(1 + hashes.len() / 1_000) {
                let (chances, met) = read.weigh(&Features { all: vec![(*hash, 1.0)] });
                let likeliest = (0..classes).max_by(|one, other| chances[*one].total_cmp(&chances[*other]));
                assert_eq!(likeliest, Some(*hash as usize % classes), "{hash:#x} of {classes} classes");
                assert!((met - 1.0).abs() < 1e-3);
            }
            assert!(read.weigh(&Features { all: vec![(5, 1.0)] }).1 < 1e-3, "what was never met is not known");
        }
    }

    #[test]
    fn a_block_that_is_full_takes_no_more_and_harms_no_other() {
        let classes = MOST_CLASSES;
        let row = |hash: u32| (hash, (0..classes).map(|class| class as f32 - 127.0).collect());
        // All in the first part, and one in the block after it.
        let next = (IN_BLOCK as u32) << (u32::BITS - *BITS.start());
        let model = Model::new(&vec![0.0; classes], (0..200).chain([next]).map(row));
        let model = Model::read(model.bytes().to_vec()).unwrap();
        let is_met = |hash: u32| model.weigh(&Features { all: vec![(hash, 1.0)] }).1 > 0.5;
        let met: Vec<u32> = (0..200).chain([next]).filter(|hash| is_met(*hash)).collect();
        assert!((100..200).contains(&met.len()), "{}", met.len());
        assert_eq!((met.first(), met.last()), (Some(&0), Some(&next)));
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
