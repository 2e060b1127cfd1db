//! Logs, on stderr. Nothing that a person wrote reaches them, at any level.
//!
//! Only pamphlet's own targets are shown: what a dependency says may carry payloads and request bodies. When one warns,
//! the line says who and where, without its words.

use crate::config::LogFormat;
use std::collections::HashMap;
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::filter::{EnvFilter, FilterExt, FilterFn, LevelFilter};
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry};

/// What is shown when RUST_LOG says nothing.
const DEFAULT: &str = "info";

/// Starts logging for the rest of the process.
pub(super) fn start(format: LogFormat) {
    start_at(format, DEFAULT);
}

fn start_at(format: LogFormat, default: &str) {
    let level = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    // The hints let everything finer be passed over at once, before anybody looks whose it is.
    let ours = FilterFn::new(is_ours).with_max_level_hint(LevelFilter::TRACE).and(level);
    let trouble = FilterFn::new(is_others_trouble).with_max_level_hint(LevelFilter::WARN);
    let lines =
        tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match format {
        LogFormat::Human => lines.with_filter(ours).boxed(),
        LogFormat::Json => lines.json().with_filter(ours).boxed(),
    };
    let others = Others { format, counts: Mutex::default() };
    // Started twice only by a fault that is none: the first keeps going.
    let _ = tracing_subscriber::registry().with(lines).with(others.with_filter(trouble)).try_init();
}

/// Starts logging for a command whose output is the point: warnings only, unless RUST_LOG asks for more.
pub(super) fn start_quiet(format: LogFormat) {
    start_at(format, "warn");
}

/// Makes a panic say where it happened, and not what was at hand: its message may quote a text.
pub(super) fn silence_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let mut place = String::from("an unknown place");
        if let Some(at) = panic.location() {
            place.clear();
            // Writing to a String can't fail.
            let _ = write!(place, "{}:{}", at.file(), at.line());
        }
        super::complain(&format!("error: a fault of pamphlet at {place}; please report it with this line\n"));
    }));
}

fn is_ours(metadata: &Metadata) -> bool {
    let target = metadata.target();
    target == "pamphlet" || target.starts_with("pamphlet::")
}

fn is_others_trouble(metadata: &Metadata) -> bool {
    metadata.is_event() && !is_ours(metadata) && *metadata.level() <= Level::WARN
}

/// Re-words what dependencies warn of: who, where and how often, never what. A repeated warning is shown the first,
/// second, fourth, eighth time and so on, so that a storm stays a trickle.
struct Others {
    format: LogFormat,
    counts: Mutex<HashMap<(&'static str, u32), u64>>,
}

impl<S: Subscriber> Layer<S> for Others {
    fn on_event(&self, event: &Event, _: Context<S>) {
        let (target, line) = (event.metadata().target(), event.metadata().line().unwrap_or_default());
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let times = counts.entry((target, line)).or_default();
        *times += 1;
        if !times.is_power_of_two() {
            return;
        }
        let level = event.metadata().level().as_str();
        let what = "a dependency reports trouble; its words are withheld, since they may hold messages";
        match self.format {
            LogFormat::Human => {
                super::complain(&format!("{level:>5} pamphlet::log: {what} at={target}:{line} times={times}\n"))
            }
            LogFormat::Json => {
                let fields = serde_json::json!({ "message": what, "at": format!("{target}:{line}"), "times": *times });
                let line = serde_json::json!({ "level": level, "target": "pamphlet::log", "fields": fields });
                super::complain(&format!("{line}\n"));
            }
        }
    }
}
