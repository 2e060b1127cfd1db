//! A small Discord on this machine: HTTP, gateway, state and a page.
//!
//! It listens on loopback alone and keeps everything in memory. Bots connect to it as to Discord, with only the base
//! address changed; people and tests act through the control interface under `/mock/` (see docs/mock.md).
//!
//! | module | what it is |
//! |---|---|
//! | `world` | all that is remembered: people, roles and what they may do, channels, messages, sessions, interactions |
//! | `wire` | the world as the JSON that clients expect |
//! | `gateway` | the WebSocket: login, heartbeats, events |
//! | `rest` | the HTTP routes that bots call |
//! | `checks` | Discord's rules for what bots send |
//! | `control` | the interface under `/mock/`, through which members act |
//! | `transcript` | what members see, as rows |
//! | `scenario`, `recording`, `player` | who is there and what happens by a file; all that happens in a file, and again from it |
//! | `locale` | what commands are called in the languages of clients |
//! | `explainer` | why the bot answers as it does, told by whoever knows it |
//! | `typing`, `files` | which bots are writing, and where; what was attached to messages |
//! | `parts` | embeds and components as messages keep them |
//! | `openapi` | Discord's OpenAPI document, and what breaks it |
//! | `trial` | a local Discord for one test of a bot |
//! | `page`, `markdown` | the page in the browser |

mod checks;
mod clock;
mod control;
mod explainer;
mod files;
mod gateway;
mod guard;
mod intents;
mod kinds;
pub(crate) mod locale;
mod markdown;
pub(crate) mod openapi;
mod page;
mod parts;
mod player;
mod reading;
mod recording;
mod refusal;
mod rest;
mod scenario;
mod server;
mod snowflake;
mod token;
mod transcript;
mod trial;
mod typing;
mod wire;
mod world;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tracing::{info, warn};

pub use explainer::{Earlier, Explainer, Question};
pub use locale::ALL as LOCALES;
use openapi::Openapi;
pub use openapi::OpenapiError;
pub use recording::{Outcome, ReelError};
use recording::{Recorder, Reel};
pub use scenario::ScenarioError;
use scenario::{Cast, Scenario};
use server::{Server, Shared};
pub use trial::Trial;

/// How long open connections have to end when the server stops.
const FAREWELL: Duration = Duration::from_secs(3);

/// Where a local Discord listens, and how it is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// A loopback address; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The name of a bot that gives itself none; `bot-` and four digits of its id without one.
    pub bot_name: Option<String>,
    /// What the page says of the bot that is expected; nothing without one.
    pub introduction: Option<Introduction>,
    /// Who tells the page why the bot answers as it does; nobody without one.
    pub explainer: Option<Explainer>,
    /// Discord's OpenAPI document, to hold requests and answers against; they are held against none without one.
    pub openapi: Option<PathBuf>,
    /// How many servers there are; at least one.
    pub servers: usize,
    /// The language of all clients: a locale of Discord's.
    pub locale: String,
    /// A scenario, which says what servers and members there are and what happens.
    pub scenario: Option<PathBuf>,
    /// A new file to record everything in.
    pub record: Option<PathBuf>,
    /// A recording to do again with [`Mock::replay`]; the servers and members are those of it.
    pub replay: Option<PathBuf>,
}

impl Options {
    /// A local Discord at this address, for any bot.
    pub fn new(listen: SocketAddr) -> Options {
        Options {
            listen,
            bot_name: None,
            introduction: None,
            explainer: None,
            openapi: None,
            servers: 1,
            locale: locale::USUAL.to_owned(),
            scenario: None,
            record: None,
            replay: None,
        }
    }
}

/// How the page introduces a bot to whoever opens it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Introduction {
    /// What the bot does, in a sentence or two.
    pub text: String,
    /// The command that an example is sent with, as the text of its first option.
    pub command: String,
    /// What to try with that command.
    pub examples: Vec<String>,
}

/// Why a local Discord can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Its control interface has no lock, so nobody else may reach it.
    #[error(
        "{0} is not a loopback address; the local Discord listens on this machine alone, such as on 127.0.0.1:4650"
    )]
    NotLoopback(SocketAddr),
    /// The address can't be listened on, for instance because its port is taken.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The scenario can't be used.
    #[error("{}", path.display())]
    Scenario {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: ScenarioError,
    },
    /// The recording can't be begun.
    #[error("{}", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The recording can't be done again.
    #[error("{}", path.display())]
    Replay {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: ReelError,
    },
    /// The file isn't the OpenAPI document that it is to be.
    #[error("{}", path.display())]
    Openapi {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: OpenapiError,
    },
}

/// A local Discord that runs until [`Mock::stop`].
#[derive(Debug)]
pub struct Mock {
    addr: SocketAddr,
    server: Shared,
    serving: JoinHandle<()>,
    reel: Option<Reel>,
}

/// Starts a local Discord.
///
/// # Errors
/// When the address isn't loopback or can't be listened on, or one of the files can't be used.
pub async fn start(options: Options) -> Result<Mock, StartError> {
    let listen = options.listen;
    if !listen.ip().is_loopback() {
        return Err(StartError::NotLoopback(listen));
    }
    let openapi = match options.openapi.clone() {
        Some(path) => Some(Openapi::open(&path).await.map_err(|source| StartError::Openapi { path, source })?),
        None => None,
    };
    let (cast, steps) = match &options.scenario {
        Some(path) => {
            let scenario = Scenario::open(path);
            let scenario = scenario.map_err(|source| StartError::Scenario { path: path.clone(), source })?;
            (scenario.cast, scenario.steps)
        }
        None => (Cast { locale: options.locale.clone(), ..Cast::usual(options.servers) }, Vec::new()),
    };
    let reel = options
        .replay
        .as_ref()
        .map(|path| Reel::open(path).map_err(|source| StartError::Replay { path: path.clone(), source }));
    let reel = reel.transpose()?;
    let cast = reel.as_ref().map_or(cast, |reel| reel.cast.clone());
    let failed = |source| StartError::Listen { address: listen, source };
    let listener = TcpListener::bind(listen).await.map_err(failed)?;
    let addr = listener.local_addr().map_err(failed)?;
    // Without this, small frames that follow each other wait some 40 ms for an acknowledgement.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            warn!(target: "pamphlet::mock", %error, "small packets may be delayed");
        }
    });
    let recorder = options
        .record
        .as_ref()
        .map(|path| Recorder::create(path).map_err(|source| StartError::Record { path: path.clone(), source }));
    let server = Server::new(addr, options, &cast, openapi, recorder.transpose()?);
    if let Some(recorder) = &server.recorder {
        recorder.begin(cast, &server.world());
        server.tasks.spawn(Recorder::follow(server.clone()));
    }
    if !steps.is_empty() {
        server.tasks.spawn(scenario::play(server.clone(), format!("http://{addr}"), steps));
    }
    let routes = router(&server);
    let stop = server.stop.clone();
    let serving = tokio::spawn(async move {
        let served = axum::serve(listener, routes).with_graceful_shutdown(stop.cancelled_owned());
        if let Err(error) = served.await {
            warn!(target: "pamphlet::mock", %error, "the local Discord ended early");
        }
    });
    info!(target: "pamphlet::mock", %addr, "the local Discord listens");
    Ok(Mock { addr, server, serving, reel })
}

/// When an id was made: every id of the local Discord carries its time, as Discord's own do.
pub fn time_of(id: u64) -> jiff::Timestamp {
    snowflake::Id(id).time()
}

fn router(server: &Shared) -> Router {
    let routes = Router::new()
        .merge(page::router())
        .merge(rest::router(server))
        .merge(files::router())
        .merge(control::router(server))
        .with_state(server.clone());
    // Around all of them at once: what is around each route is copied for every request.
    let around = Router::new().fallback_service(routes);
    around.layer(from_fn(guard::only_this_machine)).layer(from_fn(rest::with_plain_at))
}

impl Mock {
    /// Its base address, such as `http://127.0.0.1:4650`.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Does again what members did in the recording that was given, once as many bots are there as then, and tells what
    /// isn't as it was; `None` without a recording. `in_time` takes as long for it as it took then.
    pub async fn replay(&self, in_time: bool) -> Option<Outcome> {
        Some(recording::replay(&self.server, self.url(), self.reel.as_ref()?, in_time).await)
    }

    /// Ends every connection and the server. Takes a few seconds at most.
    pub async fn stop(mut self) {
        self.server.stop.cancel();
        self.server.tasks.close();
        let ended = tokio::time::timeout(FAREWELL, async {
            self.server.tasks.wait().await;
            (&mut self.serving).await
        });
        if ended.await.is_err() {
            self.serving.abort();
        }
    }
}

#[cfg(test)]
mod tests;
