//! `pamphlet mock`: the local Discord alone.

use super::{Exit, Failure, serve};
use crate::config::LogFormat;
use crate::mock::{self, Mock, Options, StartError};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The variable that names the OpenAPI document where the command line doesn't.
const OPENAPI_VARIABLE: &str = "PAMPHLET_OPENAPI";

/// Run the local Discord alone, for any bot: no account, no network, nothing kept.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pamphlet mock\n  pamphlet mock --listen 127.0.0.1:0\n\nThe address is the first line of \
    stdout. docs/mock.md shows how to point bots at it."
)]
pub(super) struct Arguments {
    /// The address to listen on, of this machine alone; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4650")]
    listen: SocketAddr,
    /// Discord's OpenAPI document, to hold requests and answers against [default: what PAMPHLET_OPENAPI names]
    #[arg(long, value_name = "FILE")]
    openapi: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, _: Option<&Path>) -> Result<Exit, Failure> {
    super::log::start(LogFormat::Human);
    serve::block_on(async {
        let shutdown = serve::shutdown()?;
        let openapi = arguments.openapi.clone().or_else(openapi);
        let mock = start(Options { openapi, ..Options::new(arguments.listen) }).await?;
        super::print(&format!("{}\n", mock.url()))?;
        shutdown.await;
        mock.stop().await;
        Ok(Exit::Ok)
    })
}

/// The OpenAPI document that the environment names.
pub(super) fn openapi() -> Option<PathBuf> {
    std::env::var_os(OPENAPI_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// Starts the local Discord.
pub(super) async fn start(options: Options) -> Result<Mock, Failure> {
    mock::start(options).await.map_err(|why| match why {
        StartError::NotLoopback(_) => Failure::new(Exit::Usage, why),
        StartError::Listen { address, source } => {
            let hint = "hint: is another pamphlet running? Take another port, or 0 for a free one";
            Failure::new(Exit::Listen, format!("can't listen on {address}: {source}\n{hint}"))
        }
        StartError::Openapi { path, source } => {
            let hint = "hint: --openapi or the variable PAMPHLET_OPENAPI names it; Discord publishes it as openapi.json at \
                        https://github.com/discord/discord-api-spec";
            Failure::new(Exit::Io, format!("{}: can't be used as Discord's OpenAPI document: {source}\n{hint}", path.display()))
        }
    })
}
