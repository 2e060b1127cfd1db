//! Files that Discord keeps. They aren't part of its API: no token goes there, and no redirect is followed.

use super::{Rest, RestError, error, read, unanswered};
use reqwest::Url;
use std::time::Duration;

/// Where Discord keeps files (Discord's documentation, "Image Base Url" and "Signed Attachment CDN URLs").
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];
/// The longest that one may take.
const WHOLE_FILE: Duration = Duration::from_secs(10);

impl Rest {
    /// What stands in a file of at most `most` bytes. Nothing is asked of anybody but Discord.
    ///
    /// # Errors
    /// When it can't be had, in time, or is larger.
    pub(crate) async fn fetch(&self, address: &str, most: usize) -> Result<Vec<u8>, RestError> {
        let url = Url::parse(address).ok().filter(|url| self.keeps_files(url)).ok_or(RestError::Elsewhere)?;
        let request = self.client.get(url).timeout(WHOLE_FILE);
        let answer = request.send().await.map_err(|error| unanswered(&error).error)?;
        if !answer.status().is_success() {
            return Err(error::of_answer(answer.status(), &[]));
        }
        read(answer, most).await.map_err(|failure| failure.error)
    }

    /// Whether an address is one of Discord's own files: the local Discord serves them beside its API.
    fn keeps_files(&self, url: &Url) -> bool {
        let is_discords = url.scheme() == "https" && url.port().is_none();
        is_discords && url.host_str().is_some_and(|host| HOSTS.contains(&host)) || url.origin() == self.api.origin()
    }
}
