//! The recorder: lines in a file, as things happen.

use std::fs::File;
use std::io::{self, LineWriter, Write};
use std::path::Path;
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
    /// None once it couldn't be written to.
    file: Mutex<Option<LineWriter<File>>>,
}

impl Recorder {
    /// Begins a recording in a new file; one that is there isn't overwritten.
    pub(crate) fn create(path: &Path, cast: Cast) -> io::Result<Recorder> {
        let file = LineWriter::new(File::create_new(path)?);
        let recorder = Recorder { started: Instant::now(), file: Mutex::new(Some(file)) };
        recorder.note(Entry::Start { cast, version: env!("CARGO_PKG_VERSION").to_owned() });
        Ok(recorder)
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
    let (method, path) = (parts.method.to_string(), parts.uri.path().to_owned());
    let (head, answer) = next.run(Request::from_parts(parts, Body::from(body.clone()))).await.into_parts();
    // The answer was made here and is in memory already.
    let answer = to_bytes(answer, usize::MAX).await.unwrap_or_default();
    let json = |bytes: &[u8]| serde_json::from_slice(bytes).unwrap_or(Value::Null);
    let status = head.status.as_u16();
    recorder.note(Entry::Deed { method, path, body: json(&body), status, answer: json(&answer) });
    Response::from_parts(head, Body::from(answer))
}
