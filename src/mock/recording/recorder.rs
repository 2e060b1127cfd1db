//! The recorder: lines in a file, as things happen.

use std::fs::File;
use std::io::{self, LineWriter, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tracing::warn;

use super::entry::{Entry, Line};
use crate::mock::scenario::Cast;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::transcript::rows;
use crate::mock::world::World;

/// How long to wait for the next row before looking whether this Discord still stands.
const PATIENCE: Duration = Duration::from_secs(60);

/// A file that is written to as things happen.
#[derive(Debug)]
pub(crate) struct Recorder {
    started: Instant,
    /// How many deeds there were.
    deeds: AtomicU64,
    /// None once it couldn't be written to.
    file: Mutex<Option<LineWriter<File>>>,
}

impl Recorder {
    /// A recording in a new file; one that is there isn't overwritten.
    pub(crate) fn create(path: &Path) -> io::Result<Recorder> {
        let file = LineWriter::new(File::create_new(path)?);
        Ok(Recorder { started: Instant::now(), deeds: AtomicU64::new(0), file: Mutex::new(Some(file)) })
    }

    /// The number of the next deed.
    fn next(&self) -> u64 {
        self.deeds.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Notes who and what is there at the start.
    pub(crate) fn begin(&self, cast: Cast, world: &World) {
        self.note(Entry::Start { cast, ids: world.ids_by_name(), version: env!("CARGO_PKG_VERSION").to_owned() });
    }

    /// Notes something. If that fails, the operator is told once and nothing more is noted.
    pub(crate) fn note(&self, entry: Entry) {
        let ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(open) = file.as_mut() else { return };
        let mut line = serde_json::to_vec(&Line { ms, entry }).unwrap_or_default();
        line.push(b'\n');
        if let Err(error) = open.write_all(&line) {
            warn!(target: "pamphlet::mock", %error, "the recording can't be written; it ends here");
            *file = None;
        }
    }

    /// Notes the rows of the transcript as they come and change, until the server ends.
    pub(crate) async fn follow(server: Shared) {
        let mut last = Id(0);
        loop {
            let new = |world: &World| Some(rows(world, Some(last), false)).filter(|rows| !rows.is_empty());
            let found = server.wait_for(PATIENCE, new).await;
            let ended = server.stop.is_cancelled();
            let found = found.or_else(|| new(&server.world()));
            for row in found.iter().flatten() {
                last = row.changed();
                let row = serde_json::to_value(row).unwrap_or_default();
                server.recorder.iter().for_each(|recorder| recorder.note(Entry::Row { row: row.clone() }));
            }
            if ended {
                return;
            }
        }
    }
}

/// Notes what is done over the control interface, if there is a recording.
pub(crate) async fn record_deeds(State(server): State<Shared>, request: Request, next: Next) -> Response {
    let Some(recorder) = server.recorder.as_ref().filter(|_| request.method() != Method::GET) else {
        return next.run(request).await;
    };
    let (parts, body) = request.into_parts();
    let body = match Bytes::from_request(Request::from_parts(parts.clone(), body), &()).await {
        Ok(body) => body,
        Err(refused) => return refused.into_response(),
    };
    let json = |bytes: &[u8]| serde_json::from_slice(bytes).unwrap_or(Value::Null);
    let (number, method, path) = (recorder.next(), parts.method.to_string(), parts.uri.path().to_owned());
    recorder.note(Entry::Deed { number, method, path, body: json(&body) });
    let (head, answer) = next.run(Request::from_parts(parts, Body::from(body.clone()))).await.into_parts();
    // The answer was made here and is in memory already.
    let answer = to_bytes(answer, usize::MAX).await.unwrap_or_default();
    recorder.note(Entry::Done { number, status: head.status.as_u16(), answer: json(&answer) });
    Response::from_parts(head, Body::from(answer))
}
