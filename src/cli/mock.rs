//! `pamphlet mock`: the local Discord alone, and a recording of it done again.

use super::{Exit, Failure, serve};
use crate::config::LogFormat;
use crate::mock::{self, Mock, Options, Outcome, StartError};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The variable that names the OpenAPI document where the command line doesn't.
const OPENAPI_VARIABLE: &str = "PAMPHLET_OPENAPI";

/// Run the local Discord alone, for any bot: no account, no network, nothing kept unless it is recorded.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  pamphlet mock\n  pamphlet mock --listen 127.0.0.1:0 --record story.jsonl\n  \
    pamphlet mock replay story.jsonl\n\nThe address is the first line of stdout. docs/mock.md shows how to point bots at it."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    place: Place,
    /// How many servers there are
    #[arg(long, value_name = "COUNT", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=50_000))]
    servers: u32,
    /// The language of the members' clients, a locale of Discord's such as de: what commands are called there
    #[arg(long, value_name = "LOCALE", conflicts_with = "scenario", value_parser = clap::builder::PossibleValuesParser::new(mock::LOCALES), hide_possible_values = true, default_value = "en-US")]
    locale: String,
    /// A file that says which servers and members there are, and what happens (see docs/mock.md)
    #[arg(long, value_name = "FILE", conflicts_with = "servers")]
    scenario: Option<PathBuf>,
    /// A new file for every frame and request, what members do and what they see, one JSON object a line
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

/// Where the local Discord is, and what it is held against.
#[derive(Debug, clap::Args)]
struct Place {
    /// The address to listen on, of this machine alone; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4650")]
    listen: SocketAddr,
    /// Discord's OpenAPI document, to hold requests and answers against [default: what PAMPHLET_OPENAPI names]
    #[arg(long, value_name = "FILE")]
    openapi: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Replay(Replay),
}

/// Do again what members did in a recording, once as many bots are there as then, and tell what isn't as it was.
#[derive(Debug, clap::Args)]
struct Replay {
    /// A file that `--record` made
    file: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Take as long for it as it took then, and not only until the bots have answered
    #[arg(long)]
    in_time: bool,
}

pub(super) fn run(arguments: &Arguments, _: Option<&Path>) -> Result<Exit, Failure> {
    super::log::start(LogFormat::Human);
    serve::block_on_one_thread(async {
        let shutdown = serve::shutdown()?;
        let options = |place: &Place| {
            let openapi = place.openapi.clone().or_else(openapi);
            Options { openapi, ..Options::new(place.listen) }
        };
        match &arguments.command {
            Some(Command::Replay(wish)) => {
                let replay = Some(wish.file.clone());
                let mock = open(Options { replay, ..options(&wish.place) }).await?;
                let done = tokio::select! {
                    done = mock.replay(wish.in_time) => done,
                    () = shutdown => None,
                };
                mock.stop().await;
                report(done)
            }
            None => {
                let Arguments { servers, locale, scenario, record, .. } = arguments;
                let (servers, scenario, record) = (*servers as usize, scenario.clone(), record.clone());
                let locale = locale.clone();
                let mock = open(Options { servers, locale, scenario, record, ..options(&arguments.place) }).await?;
                shutdown.await;
                mock.stop().await;
                Ok(Exit::Ok)
            }
        }
    })
}

/// Starts the local Discord and says where it is.
async fn open(options: Options) -> Result<Mock, Failure> {
    let mock = start(options).await?;
    super::print(&format!("{}\n", mock.url()))?;
    Ok(mock)
}

/// Tells what came of a replay.
fn report(done: Option<Outcome>) -> Result<Exit, Failure> {
    let Some(Outcome { deeds, rows, differences }) = done else {
        return Err(Failure::new(Exit::Problems, "the replay was ended before it was done"));
    };
    let told = differences.iter().map(|difference| format!("{difference}\n")).collect::<String>();
    let all = if differences.is_empty() {
        "all is as it was".to_owned()
    } else {
        format!("{} differences", differences.len())
    };
    super::print(&format!("{told}{deeds} deeds done again, {rows} answers of bots compared: {all}\n"))?;
    Ok(if differences.is_empty() { Exit::Ok } else { Exit::Problems })
}

/// The OpenAPI document that the environment names.
pub(super) fn openapi() -> Option<PathBuf> {
    std::env::var_os(OPENAPI_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// Starts the local Discord.
pub(super) async fn start(options: Options) -> Result<Mock, Failure> {
    let unusable = |path: PathBuf, what: &str, why: &dyn std::fmt::Display, hint: &str| {
        Failure::new(Exit::Io, format!("{}: can't be used as {what}: {why}\nhint: {hint}", path.display()))
    };
    mock::start(options).await.map_err(|why| match why {
        StartError::NotLoopback(_) => Failure::new(Exit::Usage, why),
        StartError::Listen { address, source } => {
            let hint = "hint: is another pamphlet running? Take another port, or 0 for a free one";
            Failure::new(Exit::Listen, format!("can't listen on {address}: {source}\n{hint}"))
        }
        StartError::Openapi { path, source } => {
            let hint = "--openapi or the variable PAMPHLET_OPENAPI names it; Discord publishes it as openapi.json at \
                        https://github.com/discord/discord-api-spec";
            unusable(path, "Discord's OpenAPI document", &source, hint)
        }
        StartError::Scenario { path, source } => {
            unusable(path, "a scenario", &source, "docs/mock.md shows one, under “A scenario”")
        }
        StartError::Replay { path, source } => {
            unusable(path, "a recording", &source, "`pamphlet mock --record FILE` makes one")
        }
        StartError::Record { path, source } => {
            let hint = "hint: a recording needs a new file, in a folder that can be written to";
            Failure::new(Exit::Io, format!("{}: can't be recorded in: {source}\n{hint}", path.display()))
        }
    })
}
