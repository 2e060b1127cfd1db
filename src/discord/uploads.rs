//! Files that moderators upload: fetched from where Discord keeps them before the rules are asked.

use super::rest::{Rest, RestError};
use crate::bot::{Change, Event, NotFetched, Upload, Wish};

/// The most bytes of a file.
const MOST: usize = 2 << 20;

/// A file that came with a command.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Attached {
    /// How many bytes it has, as Discord says.
    pub(super) size: u64,
    /// Where it is. Whoever knows this can read it.
    pub(super) address: String,
}

impl std::fmt::Debug for Attached {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Attached({} bytes)", self.size)
    }
}

/// An upload with what stands in its file, or why that isn't known.
pub(super) async fn told(event: Event, file: &Attached, rest: &Rest) -> Event {
    let Event::Workshop { scene, by, at, wish: Wish::Change(Change::Upload(upload)) } = event else { return event };
    let upload = Upload { bytes: fetched(file, rest).await, ..upload };
    Event::Workshop { scene, by, at, wish: Wish::Change(Change::Upload(upload)) }
}

async fn fetched(file: &Attached, rest: &Rest) -> Result<Vec<u8>, NotFetched> {
    if file.size > MOST as u64 {
        return Err(NotFetched::TooLarge(MOST));
    }
    rest.fetch(&file.address, MOST).await.map_err(|error| match error {
        RestError::TooLarge => NotFetched::TooLarge(MOST),
        error => {
            tracing::warn!(target: super::LOG, %error, "an uploaded file could not be fetched\nhint: pamphlet must reach cdn.discordapp.com and media.discordapp.net");
            NotFetched::Lost
        }
    })
}
