//! Files: what bots and members attach, kept for a while and served at the addresses that their messages name.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};

use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
use crate::mock::snowflake::Id;
use crate::mock::wire::with;

/// The most bytes of a file, as every interaction says.
pub(crate) const MAX_FILE: usize = 10 * 1024 * 1024;
/// The most bytes that are kept of all files; the oldest go first.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// About how many bytes a file takes besides its content and its name.
const OVERHEAD: usize = 256;

/// The files that are kept.
#[derive(Default)]
pub(crate) struct Files(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    files: BTreeMap<Id, Arc<File>>,
    bytes: usize,
}

/// A file as it was attached.
pub(crate) struct File {
    pub(crate) name: String,
    /// What its sender says that it is, if anything.
    pub(crate) kind: Option<String>,
    pub(crate) bytes: Bytes,
}

impl File {
    /// About how many bytes it takes to keep it.
    fn weight(&self) -> usize {
        OVERHEAD + self.name.len() + self.bytes.len()
    }

    /// What it is: by its name, as Discord tells it, else as its sender does.
    fn kind(&self) -> Option<String> {
        let by_name = mime_guess::from_path(&self.name).first_raw().map(|kind| match kind {
            text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
            other => other.to_owned(),
        });
        by_name.or_else(|| self.kind.clone())
    }
}

impl Files {
    /// Keeps a file under an id, and gives it back as an attachment at this Discord's address.
    pub(crate) fn keep(&self, id: Id, file: File, url: &str) -> Value {
        let file = File { name: plain(&file.name), ..file };
        let kind = file.kind();
        let url = format!("{url}/attachments/{id}/{}", in_path(&file.name));
        let size = imagesize::blob_size(&file.bytes).ok();
        let attachment = json!({
            "id": id,
            "filename": file.name,
            "size": file.bytes.len(),
            "url": url,
            "proxy_url": url,
        });
        let attachment = kind.map_or(attachment.clone(), |kind| with(attachment, json!({ "content_type": kind })));
        let mut kept = self.kept();
        kept.bytes += file.weight();
        kept.files.insert(id, Arc::new(file));
        while kept.bytes > MAX_BYTES && kept.files.len() > 1 {
            kept.bytes -= kept.files.pop_first().map_or(0, |(_, file)| file.weight());
        }
        size.map_or(attachment.clone(), |size| with(attachment, json!({ "width": size.width, "height": size.height })))
    }

    fn find(&self, id: Id) -> Option<Arc<File>> {
        self.kept().files.get(&id).cloned()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file's name as Discord tells it: with `_` for each space, and of other marks only those that every system takes.
fn plain(name: &str) -> String {
    let kept = |letter: &char| !letter.is_ascii() || letter.is_ascii_alphanumeric() || "-_.".contains(*letter);
    let name: String = name.replace(' ', "_").chars().filter(kept).collect();
    if name.is_empty() { "unknown".to_owned() } else { name }
}

/// A file's name as a part of a path: letters, digits and a few marks as they are, the rest as `_`, as Discord does.
fn in_path(name: &str) -> String {
    name.chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '_' })
        .collect()
}

/// Where files are served.
pub(crate) fn router() -> Router<Shared> {
    Router::new().route("/attachments/{id}/{name}", get(serve))
}

/// `GET /attachments/{id}/{name}`
async fn serve(State(server): State<Shared>, Path((id, _)): Path<(Id, String)>) -> Response {
    let Some(file) = server.files.find(id) else {
        return Refusal::new(StatusCode::NOT_FOUND, 0, "This file isn't kept, or isn't kept any more.").into_response();
    };
    let kind = file.kind().unwrap_or_else(|| "application/octet-stream".to_owned());
    // A page among them must not act as this server's own.
    let guards = [(CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    ([(CONTENT_TYPE, kind)], guards, file.bytes.clone()).into_response()
}

/// Where parts name a file, and what of the file then stands in them: a picture, or the icon of an author or a footer.
type Shown = (&'static str, &'static [(&'static str, &'static str)]);
const SHOWN: [Shown; 2] = [
    (
        "url",
        &[
            ("url", "url"),
            ("proxy_url", "proxy_url"),
            ("width", "width"),
            ("height", "height"),
            ("content_type", "content_type"),
        ],
    ),
    ("icon_url", &[("icon_url", "url"), ("proxy_icon_url", "proxy_url")]),
];

/// Puts files that a message shows in an embed or a component in their place there, by their addresses, and takes them off
/// the list of those below it, as Discord does.
pub(crate) fn show_in_place(files: &mut Vec<Value>, parts: &mut [Value]) {
    fn visit(part: &mut Value, files: &[Value], shown: &mut Vec<String>) {
        match part {
            Value::Object(keys) => {
                for (named_in, put) in SHOWN {
                    let named = keys.get(named_in).and_then(Value::as_str);
                    let file = named.and_then(|url| url.strip_prefix("attachment://")).and_then(|name| {
                        files.iter().find(|file| file.get("filename").and_then(Value::as_str) == Some(name))
                    });
                    let Some(file) = file else { continue };
                    for (key, of_file) in put {
                        let value = file.get(of_file).cloned();
                        value.into_iter().for_each(|value| drop(keys.insert((*key).to_owned(), value)));
                    }
                    shown.extend(file.get("filename").and_then(Value::as_str).map(str::to_owned));
                }
                keys.values_mut().for_each(|inner| visit(inner, files, shown));
            }
            Value::Array(items) => items.iter_mut().for_each(|inner| visit(inner, files, shown)),
            _ => {}
        }
    }

    let mut shown = Vec::new();
    parts.iter_mut().for_each(|part| visit(part, files, &mut shown));
    files.retain(|file| {
        !file.get("filename").and_then(Value::as_str).is_some_and(|name| shown.iter().any(|shown| shown == name))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, kind: Option<&str>, bytes: usize) -> File {
        File { name: name.to_owned(), kind: kind.map(str::to_owned), bytes: Bytes::from(vec![b'a'; bytes]) }
    }

    #[test]
    fn a_file_is_what_its_name_says() {
        let files = Files::default();
        let check = |name: &str, kind: Option<&str>, expected: &str| {
            let attachment = files.keep(Id(1), file(name, kind, 3), "http://127.0.0.1:1");
            assert_eq!(attachment["content_type"], expected, "{name}");
        };
        check("notes.txt", Some("application/octet-stream"), "text/plain; charset=utf-8");
        check("a.png", None, "image/png");
        check("no ending", Some("image/gif"), "image/gif");
    }

    #[test]
    fn a_file_is_named_as_discord_names_it() {
        let name = |name: &str| Files::default().keep(Id(1), file(name, None, 3), "")["filename"].clone();
        assert_eq!(name("my file (1).txt"), "my_file_1.txt");
        assert_eq!(name("été.txt"), "été.txt");
        assert_eq!(name("()"), "unknown");
    }

    #[test]
    fn the_oldest_files_go_first_and_the_last_stays() {
        let files = Files::default();
        (1..=3).for_each(|id| drop(files.keep(Id(id), file("a", None, MAX_BYTES / 2 - 2 * OVERHEAD), "")));
        assert!(files.find(Id(1)).is_none() && files.find(Id(2)).is_some());
        files.keep(Id(4), file("a", None, MAX_BYTES + 1), "");
        assert!(files.find(Id(3)).is_none() && files.find(Id(4)).is_some());
    }

    #[test]
    fn a_file_that_is_shown_in_an_embed_is_not_listed_below() {
        let mut files =
            ["a.png", "b.txt"].map(|name| json!({ "filename": name, "url": format!("http://h/{name}") })).to_vec();
        let picture = json!({ "image": { "url": "attachment://a.png" } });
        let icon = json!({ "author": { "icon_url": "attachment://a.png", "url": "http://h" } });
        let mut embeds = [picture, icon];
        show_in_place(&mut files, &mut embeds);
        assert_eq!(embeds[0]["image"]["url"], "http://h/a.png");
        assert_eq!(embeds[1]["author"], json!({ "icon_url": "http://h/a.png", "url": "http://h" }));
        assert_eq!(files.len(), 1);
    }
}
