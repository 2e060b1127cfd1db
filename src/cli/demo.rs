//! `pamphlet demo`: the local Discord, the real bot connected to it, and a page to talk to it.

use super::local::{self, Wanted};
use super::service::Service;
use super::{Exit, Failure, explain};
use crate::config::Config;
use crate::mock::Introduction;
use crate::words::Language;
use std::path::Path;

/// Try pamphlet in a browser, with a Discord that runs on this machine alone.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pamphlet demo\n  pamphlet demo --port 0 --no-open\n\nThe address of the page is the first \
    line of stdout. Ctrl-C ends it; nothing is kept."
)]
pub(super) struct Arguments {
    /// The port of the page; 0 takes a free one
    #[arg(long, default_value_t = 4650)]
    port: u16,
    /// Don't open a browser
    #[arg(long)]
    no_open: bool,
}

pub(super) fn run(arguments: &Arguments, file: Option<&Path>) -> Result<Exit, Failure> {
    let config = Config::load(file)?;
    super::log::start(config.log);
    let service = Service::open(&config, file)?;
    let explainer = explain::explainer(&service.serving);
    let wanted = Wanted { port: arguments.port, introduction: Some(introduction(config.language)), explainer };
    let open = !arguments.no_open;
    local::run(&config, service, wanted, |url| async move {
        // A demo that can't say where it is ends: nobody would find it.
        show(&url, open)?;
        std::future::pending().await
    })
}

/// Says where the page is, and opens it.
fn show(url: &str, open: bool) -> Result<(), Failure> {
    super::print(&format!("{url}\n"))?;
    // No browser is no failure: the address stands in the terminal.
    if open && open::that_detached(url).is_err() {
        tracing::info!("no browser could be opened; go to {url}");
    }
    Ok(())
}

/// What the page says of pamphlet.
fn introduction(language: Language) -> Introduction {
    Introduction {
        text: "pamphlet answers from the group’s FAQ, word for word, with the source and whom to ask. It gives no advice for \
               one person."
            .to_owned(),
        command: language.command_ask().name,
        examples: [
            "will prednisone wreck my bones?",
            "what does rituximab do",
            "is tofacitinib a pill",
            "best pizza in Rome",
        ]
        .map(str::to_owned)
        .to_vec(),
    }
}
