//! How much of what there was over time, as a picture: a bar for each span of it, stacked of its parts. The only place that
//! names resvg.

use maud::{Markup, html};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Source;
use resvg::usvg::{Options, Tree};
use std::sync::Arc;

const WIDTH: u32 = 960;
const HEIGHT: u32 = 480;
/// The field that the bars stand in.
const LEFT: f64 = 64.0;
const RIGHT: f64 = 940.0;
const TOP: f64 = 96.0;
const BOTTOM: f64 = 408.0;
/// How far apart the names of the parts stand.
const COLUMN: f64 = 220.0;
const WIDEST_BAR: f64 = 96.0;
/// How many lines at most show how high the bars are.
const LINES: u64 = 6;

/// A picture to be drawn.
#[derive(Debug)]
pub struct Chart<'c> {
    /// What stands above it.
    pub title: &'c str,
    /// What stands below it.
    pub note: &'c str,
    /// What a bar is stacked of, the lowest first: the name and the colour of each part, as SVG writes it.
    pub parts: &'c [(&'c str, &'c str)],
    /// The bars, from left to right.
    pub bars: &'c [Bar],
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What stands below it.
    pub label: String,
    /// How high each of its parts is.
    pub heights: Vec<u64>,
}

/// Why a picture can't be drawn.
#[derive(Debug, thiserror::Error)]
#[error("a picture can't be drawn: {0}\nhint: please report this line: it is a fault of pamphlet")]
pub struct ChartError(String);

impl Chart<'_> {
    /// Draws it, as the bytes of a PNG.
    ///
    /// # Errors
    /// When it can't be drawn, which no heights lead to.
    pub fn png(&self) -> Result<Vec<u8>, ChartError> {
        let mut options = Options { font_family: "DejaVu Sans".to_owned(), ..Options::default() };
        options.fontdb_mut().load_font_source(Source::Binary(Arc::new(dejavu::sans::regular())));
        let tree = Tree::from_str(&self.svg().into_string(), &options).map_err(|why| ChartError(why.to_string()))?;
        let mut pixels = Pixmap::new(WIDTH, HEIGHT).ok_or_else(|| ChartError("it has no size".to_owned()))?;
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        pixels.encode_png().map_err(|why| ChartError(why.to_string()))
    }

    fn svg(&self) -> Markup {
        let highest = self.bars.iter().map(Bar::height).max().unwrap_or(0);
        let step = step(highest);
        let top = highest.div_ceil(step).max(1).saturating_mul(step);
        html! {
            svg xmlns="http://www.w3.org/2000/svg" width=(WIDTH) height=(HEIGHT) font-size="16" fill="#222" {
                rect width="100%" height="100%" fill="#fff" {}
                text x="24" y="38" font-size="22" { (self.title) }
                @for ((name, colour), x) in self.parts.iter().zip((0..).map(column)) {
                    rect x=(x) y="58" width="16" height="16" fill=(colour) {}
                    text x=(x + 24.0) y="72" { (name) }
                }
                @for height in (0..=top).step_by(usize::try_from(step).unwrap_or(usize::MAX)) {
                    @let y = y(height, top);
                    line x1=(LEFT) x2=(RIGHT) y1=(y) y2=(y) stroke="#ccc" {}
                    text x=(LEFT - 10.0) y=(y + 6.0) text-anchor="end" { (height) }
                }
                @for (bar, at) in self.bars.iter().zip(0..) { (self.bar(bar, at, top)) }
                text x="24" y="464" font-size="14" fill="#555" { (self.note) }
            }
        }
    }

    fn bar(&self, bar: &Bar, at: u32, top: u64) -> Markup {
        let slot = (RIGHT - LEFT) / self.bars.len() as f64;
        let width = (slot * 0.7).min(WIDEST_BAR);
        let middle = LEFT + slot * (f64::from(at) + 0.5);
        let ends = bar.heights.iter().scan(0_u64, |end, height| {
            let start = std::mem::replace(end, end.saturating_add(*height));
            Some((start, *end))
        });
        html! {
            @for ((low, high), (_, colour)) in ends.zip(self.parts) {
                // A part that there is nothing of has no height, which resvg would warn of.
                @if low < high {
                    @let (low, high) = (y(low, top), y(high, top));
                    // The white edge keeps neighbours apart for whoever sees their colours alike.
                    rect x=(middle - width / 2.0) y=(high) width=(width) height=(low - high) fill=(colour) stroke="#fff" {}
                }
            }
            text x=(middle) y=(BOTTOM + 24.0) font-size="14" text-anchor="middle" { (bar.label) }
        }
    }
}

impl Bar {
    fn height(&self) -> u64 {
        self.heights.iter().fold(0, |sum, height| sum.saturating_add(*height))
    }
}

/// Where the name of a part stands.
fn column(at: u32) -> f64 {
    24.0 + COLUMN * f64::from(at)
}

/// Where a height is in the picture.
fn y(height: u64, top: u64) -> f64 {
    BOTTOM - (BOTTOM - TOP) * height as f64 / top as f64
}

/// How far apart the lines are: 5, 10 or 25, or so many tens, hundreds and so on.
fn step(highest: u64) -> u64 {
    let powers = std::iter::successors(Some(1_u64), |power| power.checked_mul(10));
    let mut steps = powers.flat_map(|power| [5, 10, 25].map(|step| power.saturating_mul(step)));
    steps.find(|step| highest / step < LINES).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: &[(&str, &str)] = &[("answered", "#0072b2"), ("offered", "#56b4e9")];

    fn drawn(heights: &[&[u64]]) -> Vec<u8> {
        let bars = heights.iter().map(|heights| Bar { label: "2 Nov".to_owned(), heights: heights.to_vec() });
        let bars: Vec<Bar> = bars.collect();
        Chart { title: "Tea & <honey>", note: "", parts: PARTS, bars: &bars }.png().unwrap()
    }

    /// How many points of the picture have a part's colour.
    fn points(png: &[u8], [red, green, blue]: [u8; 3]) -> usize {
        let pixels = Pixmap::decode_png(png).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (WIDTH, HEIGHT));
        let is_its = |point: &&resvg::tiny_skia::PremultipliedColorU8| {
            (point.red(), point.green(), point.blue()) == (red, green, blue)
        };
        pixels.pixels().iter().filter(is_its).count()
    }

    #[test]
    fn a_part_of_twice_the_height_has_twice_the_room() {
        let png = drawn(&[&[40, 20], &[0, 0], &[0, 5]]);
        // Each has a square beside its name, too.
        let (answered, offered) = (points(&png, [0, 0x72, 0xb2]) - 256, points(&png, [0x56, 0xb4, 0xe9]) - 256);
        let times = |more: usize, less: usize| more as f64 / less as f64;
        assert!((times(answered, offered) - 40.0 / 25.0).abs() < 0.1, "{answered} {offered}");
    }

    #[test]
    fn text_is_drawn_as_it_is_read() {
        let text = |png: &[u8]| points(png, [0x22, 0x22, 0x22]);
        let without = Chart { title: "", note: "", parts: PARTS, bars: &[] }.png().unwrap();
        assert!(text(&drawn(&[&[0, 0]])) > text(&without) + 200);
    }

    #[test]
    fn any_heights_are_drawn() {
        let many: [&[u64]; 400] = [&[5, 5]; 400];
        let one = [0, 1, u64::MAX].map(|height| [height, height]);
        for heights in [&many[..], &many[..0], &[&one[0]], &[&one[1]], &[&one[2]]] {
            assert!(drawn(heights).starts_with(b"\x89PNG"));
        }
    }

    #[test]
    fn lines_stand_at_round_heights() {
        assert_eq!([0, 5, 29, 30, 59, 60, 149, 150, 1_000].map(step), [5, 5, 5, 10, 10, 25, 25, 50, 250]);
    }
}
