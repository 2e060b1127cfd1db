//! What `demo` and `chat` share: the local Discord with the real bot connected to it.

use super::service::Service;
use super::{Exit, Failure, mock, serve};
use crate::config::Config;
use crate::discord::{self, Token};
use crate::mock::{Explainer, Introduction, Options};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

/// The application's id here: any number is good for the local Discord.
const APPLICATION: &str = "1000000000000000001";

/// Which local Discord is wanted: its port (0 takes a free one), and what its page says of the bot and of
/// its reasons.
pub(super) struct Wanted {
    pub(super) port: u16,
    pub(super) introduction: Option<Introduction>,
    pub(super) explainer: Option<Explainer>,
}

/// Runs a local Discord and the bot, and lets people in at its address once the bot is ready. All of it ends when the people
/// have left, when the bot can't go on, or when the operator asks for it.
///
/// # Errors
/// When the port is taken, or the bot can't go on; and those of the people.
pub(super) fn run<People: Future<Output = Result<(), Failure>>>(
    config: &Config,
    service: Service,
    wanted: Wanted,
    people: impl FnOnce(String) -> People,
) -> Result<Exit, Failure> {
    serve::block_on(service.run(|bot, notices| async {
        let shutdown = serve::shutdown()?;
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, wanted.port));
        let bot_name = Some("pamphlet".to_owned());
        let Wanted { introduction, explainer, .. } = wanted;
        let openapi = mock::openapi();
        let locale = config.language.locale().to_owned();
        let options = Options { bot_name, introduction, explainer, openapi, locale, ..Options::new(listen) };
        let mock = mock::start(options).await?;
        let url = mock.url();
        let way = serve::way(&url, token()?, config)?;
        let (say_ready, ready) = oneshot::channel();
        let end = CancellationToken::new();
        let serving = async {
            let say_ready = move || say_ready.send(()).unwrap_or_default();
            let served = discord::run(way, bot, notices, say_ready, end.clone().cancelled_owned()).await;
            end.cancel();
            served
        };
        let visit = async {
            let visit = async { if ready.await.is_ok() { people(url).await } else { Ok(()) } };
            let left = tokio::select! {
                left = visit => left,
                () = shutdown => Ok(()),
                () = end.cancelled() => Ok(()),
            };
            end.cancel();
            left
        };
        let (served, left) = tokio::join!(serving, visit);
        mock.stop().await;
        served?;
        left?;
        Ok(Exit::Ok)
    }))
}

fn token() -> Result<Token, Failure> {
    Token::new(&format!("{}.demo.demo", STANDARD_NO_PAD.encode(APPLICATION)))
        .map_err(|why| Failure::new(Exit::Fault, why))
}
