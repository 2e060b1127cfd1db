//! `pamphlet run`: serves Discord.

use super::service::Service;
use super::{Exit, Failure, serve};
use crate::config::Config;
use crate::discord::{self, Shards, Token};
use std::path::Path;

/// The variable that holds the token.
pub(super) const TOKEN_VARIABLE: &str = "DISCORD_TOKEN";
/// No token is longer; what is longer is another file.
const MAX_TOKEN_BYTES: u64 = 1_024;

/// Serve Discord, with the token from DISCORD_TOKEN or the settings' token_file.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  DISCORD_TOKEN=… pamphlet run\n  pamphlet run --config /etc/pamphlet/config.toml\n  \
    DISCORD_TOKEN=$(printf 1234 | base64).x.y pamphlet run --api http://127.0.0.1:4650"
)]
pub(super) struct Arguments {
    /// Where Discord is: the real one, or one on this machine
    #[arg(long, value_name = "URL", default_value = discord::DISCORD)]
    api: String,
    /// Serve a part of the bot's servers: the first shard, the last, and how many there are in all, such as 0-3/8, with
    /// another process for 4-7/8 [default: all that Discord recommends]
    #[arg(long, value_name = "FIRST-LAST/TOTAL")]
    shards: Option<Shards>,
}

pub(super) fn run(arguments: &Arguments, file: Option<&Path>) -> Result<Exit, Failure> {
    let config = Config::load(file)?;
    super::log::start(config.log);
    let way = serve::way(&arguments.api, token(&config)?, &config)?;
    let way = discord::Settings { shards: arguments.shards, ..way };
    let service = Service::open(&config, file)?.with_store(&config);
    serve::block_on(service.run(|bot, notices| async {
        let shutdown = serve::shutdown()?;
        discord::run(way, bot, notices, || (), shutdown).await?;
        tracing::info!("stopped");
        Ok(Exit::Ok)
    }))
}

/// The token: the variable's, else the file's.
pub(super) fn token(config: &Config) -> Result<Token, Failure> {
    let (text, place) = match (std::env::var(TOKEN_VARIABLE), &config.token_file) {
        (Ok(text), _) if !text.trim().is_empty() => (text, TOKEN_VARIABLE.to_owned()),
        (_, Some(file)) => {
            let unreadable = |why: String| {
                let hint = "hint: `token_file` in the settings names the file; DISCORD_TOKEN wins over it";
                Failure::new(Exit::NoToken, format!("{}: the token can't be read: {why}\n{hint}", file.display()))
            };
            match std::fs::metadata(file) {
                Ok(data) if data.len() > MAX_TOKEN_BYTES => {
                    return Err(unreadable("the file is too large for one".to_owned()));
                }
                Ok(_) | Err(_) => {}
            }
            (std::fs::read_to_string(file).map_err(|why| unreadable(why.to_string()))?, file.display().to_string())
        }
        (_, None) => {
            let hint = "hint: set the variable DISCORD_TOKEN, or name a file with `token_file` in the settings; the token is on \
                        the page “Bot” of Discord's developer portal. To try pamphlet without one: pamphlet demo";
            return Err(Failure::new(Exit::NoToken, format!("there is no token\n{hint}")));
        }
    };
    Token::new(text.trim()).map_err(|why| Failure::new(Exit::NoToken, format!("{place}: {why}")))
}
