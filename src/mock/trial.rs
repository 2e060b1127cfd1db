//! A trial: a local Discord for one test of a bot, at a free port, recorded, and checked when the test lets it go.

use std::fmt::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::thread::panicking;

use serde_json::Value;
use tempfile::TempDir;
use tracing::error;

use crate::mock::openapi::Openapi;
use crate::mock::snowflake::Id;
use crate::mock::transcript::rows;
use crate::mock::{Mock, Options, StartError, start};

/// The name of the recording, in a folder of its own.
const STORY: &str = "story.jsonl";

/// A local Discord that ends with the test that started it.
#[derive(Debug)]
pub struct Trial {
    pub(super) mock: Mock,
    /// Where the recording is; gone when all went well.
    folder: Option<TempDir>,
}

impl Trial {
    /// Starts one as the options say, at a free port and recorded.
    ///
    /// # Errors
    /// When there is no port or no place for the recording, or one of the files of the options can't be used.
    pub async fn start(options: Options) -> Result<Trial, StartError> {
        let nowhere = |source| StartError::Record { path: std::env::temp_dir(), source };
        let folder = tempfile::tempdir().map_err(nowhere)?;
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mock = start(Options { listen, record: Some(folder.path().join(STORY)), ..options }).await?;
        Ok(Trial { mock, folder: Some(folder) })
    }

    /// Its base address, for the bot and for the control interface under `/mock/`.
    pub fn url(&self) -> String {
        self.mock.url()
    }

    /// The recording, as docs/mock.md describes it.
    pub fn recording(&self) -> PathBuf {
        self.folder.as_ref().map(|folder| folder.path().join(STORY)).unwrap_or_default()
    }

    /// What members see, in words, a row a line.
    pub fn story(&self) -> String {
        let rows = rows(&self.mock.server.world(), Some(Id(0)), false);
        let rows = rows.iter().map(|row| serde_json::to_value(row).unwrap_or_default());
        rows.fold(String::new(), |mut story, row| {
            let text = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            let private = row.get("private_to").and_then(Value::as_str).map(|name| format!(" (only {name} sees it)"));
            let (author, channel, content) = (text("author"), text("channel"), text("content"));
            // A text takes all that is written to it.
            let _ = writeln!(story, "{author} in {channel}{}: {content}", private.unwrap_or_default());
            story
        })
    }
}

impl Drop for Trial {
    /// Fails the test if something broke Discord's OpenAPI document, and tells the story. A test that fails leaves its recording.
    #[expect(clippy::panic, reason = "that is how a test fails")]
    fn drop(&mut self) {
        self.mock.server.stop.cancel();
        let breaches = self.mock.server.openapi.as_ref().map(Openapi::breaches).unwrap_or_default();
        if breaches.is_empty() && !panicking() {
            return;
        }
        let story = self.story();
        let recording = self.folder.take().map(|folder| folder.keep().join(STORY)).unwrap_or_default();
        let recording = recording.display();
        if panicking() {
            error!(target: "pamphlet::mock", %recording, story, "a test failed");
        } else {
            panic!("Discord's OpenAPI document was broken: {breaches:#?}\n{story}everything: {recording}");
        }
    }
}
