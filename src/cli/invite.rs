//! `pamphlet invite`: the address that adds the bot to a server.

use super::{Exit, Failure};
use crate::config::Config;
use crate::discord;
use std::num::NonZeroU64;
use std::path::Path;

/// Print the address that adds the bot to a server, with the fewest permissions.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  pamphlet invite --application 123456789012345678\n  DISCORD_TOKEN=… pamphlet invite"
)]
pub(super) struct Arguments {
    /// The application's id [default: read from the token]
    #[arg(long, value_name = "ID")]
    application: Option<NonZeroU64>,
}

pub(super) fn run(arguments: &Arguments, config: Option<&Path>) -> Result<Exit, Failure> {
    let application = match arguments.application {
        Some(application) => application.get(),
        None => from_token(&Config::load(config)?)?,
    };
    super::print(&format!("{}\n", discord::invite_url(application)))?;
    Ok(Exit::Ok)
}

fn from_token(config: &Config) -> Result<u64, Failure> {
    let unread =
        || Failure::new(Exit::NoToken, "the application's id can't be read from the token\nhint: add --application ID");
    discord::application_id(&super::run::token(config)?).ok_or_else(unread)
}
