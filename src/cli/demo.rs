//! `pamphlet demo`: the local Discord, the real bot connected to it, and a page to talk to it.

use super::{Exit, Failure, mock, serve};
use crate::config::Config;
use crate::discord::{self, Token};
use crate::mock::{Introduction, Options};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use tokio::sync::oneshot;

/// The application's id in the demo: any number is good for the local Discord.
const APPLICATION: &str = "1000000000000000001";

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

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let config = Config::load(config)?;
    super::log::start(config.log);
    let bot = serve::bot(&config)?;
    serve::block_on(async {
        let shutdown = serve::shutdown()?;
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port));
        let bot_name = Some("pamphlet".to_owned());
        let introduction = Some(introduction());
        let options = Options { bot_name, introduction, openapi: mock::openapi(), ..Options::new(listen) };
        let mock = mock::start(options).await?;
        let way = serve::way(&mock.url(), token()?, &config)?;
        let (say_ready, ready) = oneshot::channel();
        let (url, open) = (mock.url(), !arguments.no_open);
        // A demo that can't say where it is ends: nobody would find it.
        let (say_lost, lost) = oneshot::channel();
        let page = async move {
            let shown = if ready.await.is_ok() { show(&url, open) } else { Ok(()) };
            shown.inspect_err(|_| say_lost.send(()).unwrap_or_default())
        };
        let end = async move {
            tokio::select! {
                () = shutdown => {}
                Ok(()) = lost => {}
            }
        };
        let served = discord::run(way, bot, move || say_ready.send(()).unwrap_or_default(), end);
        let (served, shown) = tokio::join!(served, page);
        mock.stop().await;
        served?;
        shown?;
        Ok(Exit::Ok)
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
fn introduction() -> Introduction {
    Introduction {
        text: "pamphlet answers from the group’s FAQ, word for word, with the source and whom to ask. It gives no advice for \
               one person."
            .to_owned(),
        command: "ask".to_owned(),
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

fn token() -> Result<Token, Failure> {
    Token::new(&format!("{}.demo.demo", STANDARD_NO_PAD.encode(APPLICATION)))
        .map_err(|why| Failure::new(Exit::Fault, why))
}
