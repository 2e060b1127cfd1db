//! Plots as SVG, drawn for a page whose colours they take.

use super::Evaluation;
use super::share::percent;
use maud::{Markup, html};

/// The plot's field within the picture, which is 360 wide and 300 high.
const LEFT: f64 = 52.0;
const RIGHT: f64 = 344.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 248.0;

fn x(share: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * share.clamp(0.0, 1.0)
}

fn y(share: f64) -> f64 {
    BOTTOM - (BOTTOM - TOP) * share.clamp(0.0, 1.0)
}

/// Precision against coverage, as the threshold falls; a dot where decisions stand now.
pub(super) fn curve(evaluation: &Evaluation) -> Markup {
    let placed = evaluation.curve.points.iter().filter_map(|point| {
        let (coverage, precision) = (point.coverage.value()?, point.precision.value()?);
        Some(format!("{:.1},{:.1}", x(coverage), y(precision)))
    });
    let path = placed.collect::<Vec<_>>().join(" ");
    let now = evaluation.coverage.value().zip(evaluation.precision.value());
    let told = now.map_or_else(
        || "Nothing was answered.".to_owned(),
        |(coverage, precision)| {
            format!(
                "As decided: {} of the answers are right, at a coverage of {}.",
                percent(precision),
                percent(coverage)
            )
        },
    );
    let marks = html! {
        polyline.line points=(path) {}
        @if let Some((coverage, precision)) = now {
            circle.now cx=(tenths(x(coverage))) cy=(tenths(y(precision))) r="5" {}
        }
    };
    frame("curve", "Precision against coverage", &told, ["coverage", "precision"], &marks)
}

/// What was said against what was so: on the diagonal the score holds. A dot's area grows with its messages.
pub(super) fn calibration(evaluation: &Evaluation) -> Markup {
    let calibration = &evaluation.calibration;
    let most = calibration.bins.iter().map(|bin| bin.count).max().unwrap_or_default();
    let dots = calibration.bins.iter().filter_map(|bin| {
        let (said, so) = (bin.said?, bin.so()?);
        let size = super::Share { count: bin.count, of: most }.value()?;
        Some((tenths(x(said)), tenths(y(so)), tenths(y(said)), tenths(3.0 + 8.0 * size.sqrt())))
    });
    let told = calibration
        .ece
        .map_or_else(|| "Nothing was found.".to_owned(), |ece| format!("The calibration error (ECE) is {ece:.3}."));
    let marks = html! {
        line.ideal x1=(x(0.0)) y1=(y(0.0)) x2=(x(1.0)) y2=(y(1.0)) {}
        @for (said, so, ideal, radius) in dots {
            line.gap x1=(said) y1=(ideal) x2=(said) y2=(so) {}
            circle.dot cx=(said) cy=(so) r=(radius) {}
        }
    };
    frame("calibration", "Said against so", &told, ["said: mean score", "so: share that is right"], &marks)
}

/// A picture with two scales from 0 to 100 %.
fn frame(id: &str, title: &str, told: &str, [across, up]: [&str; 2], marks: &Markup) -> Markup {
    let ticks = (0..=5).map(|fifth| (fifth * 20, f64::from(fifth) / 5.0));
    html! {
        svg viewBox="0 0 360 300" role="img" aria-labelledby={ (id) "-title " (id) "-told" } {
            title id={ (id) "-title" } { (title) }
            desc id={ (id) "-told" } { (told) " The table below has the figures." }
            @for (number, share) in ticks {
                line.grid x1=(LEFT) y1=(tenths(y(share))) x2=(RIGHT) y2=(tenths(y(share))) {}
                line.grid x1=(tenths(x(share))) y1=(TOP) x2=(tenths(x(share))) y2=(BOTTOM) {}
                text x=(LEFT - 6.0) y=(tenths(y(share) + 4.0)) text-anchor="end" { (number) }
                text x=(tenths(x(share))) y=(BOTTOM + 17.0) text-anchor="middle" { (number) }
            }
            text x=(x(0.5)) y="288" text-anchor="middle" { (across) ", %" }
            text transform={ "translate(14 " (y(0.5)) ") rotate(-90)" } text-anchor="middle" { (up) ", %" }
            (marks)
        }
    }
}

/// A length with one digit, so that the page stays small.
fn tenths(length: f64) -> String {
    format!("{length:.1}")
}
