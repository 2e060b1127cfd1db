//! The folder of a collection: which files it has, and the text of each. Nothing outside the folder is read, nothing
//! that isn't a plain file is opened, and no more of a file than is allowed.

use super::nearest::nearest;
use super::sheet::Sheet;
use super::text::decode;
use crate::faq::Problem;
use crate::faq::limits::{MAX_FILE_BYTES, MAX_FILES};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub(super) const COLLECTION: &str = "collection.toml";
pub(super) const SOURCE: &str = "source.toml";
pub(super) const WORDS: &str = "words.toml";
pub(super) const GAPS: &str = "gaps.toml";
pub(super) const URGENT: &str = "urgent.toml";

/// The folder of a collection in which the signed text of each entry is kept, as `<id>.md`.
pub const APPROVED: &str = "approved";

/// The files beside the entries.
pub(super) const TABLES: [&str; 5] = [COLLECTION, SOURCE, WORDS, GAPS, URGENT];

/// A folder and the names in it, in order; hidden ones are left out.
pub(super) struct Folder {
    path: PathBuf,
    /// The folder with all links resolved.
    real: PathBuf,
    files: Vec<OsString>,
    folders: Vec<OsString>,
    /// What is read in the place of some of the files.
    texts: BTreeMap<OsString, Vec<u8>>,
}

/// What came of reading a file.
pub(super) struct Reading {
    /// Its text, if it could be read.
    pub(super) sheet: Option<Sheet>,
    /// What is wrong with the file as such.
    pub(super) problems: Vec<Problem>,
}

impl Folder {
    /// Lists a folder.
    pub(super) fn open(path: &Path) -> Result<Self, Box<Problem>> {
        let refuse = |cause: io::Error| {
            let what = format!("this folder can't be read: {}", plainly(cause.kind()));
            Box::new(Problem::error(path, what, "", "check that it is there and that pamphlet may read it"))
        };
        let mut listed = Self {
            path: path.to_owned(),
            real: fs::canonicalize(path).map_err(refuse)?,
            files: Vec::new(),
            folders: Vec::new(),
            texts: BTreeMap::new(),
        };
        for item in fs::read_dir(&listed.real).map_err(refuse)? {
            let item = item.map_err(refuse)?;
            let name = item.file_name();
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            if item.file_type().is_ok_and(|kind| kind.is_dir()) {
                listed.folders.push(name)
            } else {
                listed.files.push(name)
            }
            listed.check_number()?;
        }
        listed.files.sort_unstable();
        listed.folders.sort_unstable();
        Ok(listed)
    }

    /// Refuses a folder that holds too much.
    pub(super) fn check_number(&self) -> Result<(), Box<Problem>> {
        if self.files.len() + self.folders.len() <= MAX_FILES {
            return Ok(());
        }
        let what = format!("this folder holds more than {MAX_FILES} files");
        Err(Box::new(Problem::error(&self.path, what, "", "make several collections of it")))
    }

    /// Reads the files beside the entries now, and no more. One that can't be read says so when it is asked for.
    pub(super) fn read_tables(&mut self) {
        let there = TABLES.into_iter().filter(|name| self.has(name));
        self.texts = there.filter_map(|name| Some((name.into(), self.bytes(OsStr::new(name)).ok()?))).collect();
    }

    /// What stands in a file that was read already.
    pub(super) fn text(&self, name: &str) -> Option<&[u8]> {
        self.texts.get(OsStr::new(name)).map(Vec::as_slice)
    }

    /// Has these texts read in the places of files, which may be gone; takes one without a text for one that isn't there.
    pub(super) fn put(&mut self, files: impl IntoIterator<Item = (OsString, Option<Vec<u8>>)>) {
        let mut there: BTreeSet<OsString> = std::mem::take(&mut self.files).into_iter().collect();
        for (name, text) in files {
            match text {
                Some(text) => {
                    there.insert(name.clone());
                    self.texts.insert(name, text);
                }
                None => {
                    there.remove(&name);
                }
            }
        }
        self.files = there.into_iter().collect();
    }

    /// The folder's own name, links resolved.
    pub(super) fn name(&self) -> String {
        self.real.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The path of a file, as the reader can open it.
    pub(super) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.path.join(name)
    }

    /// A problem for each link that isn't one to a file: it may lead outside, or back here.
    pub(super) fn astray(&self) -> Vec<Problem> {
        let is_link = |path: &Path| fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink());
        let is_file = |path: &Path| fs::metadata(path).is_ok_and(|about| about.is_file());
        let links = self.files.iter().filter(|name| {
            let path = self.real.join(name);
            is_link(&path) && !is_file(&path)
        });
        let told = links.map(|name| {
            let (valid, mend) = ("a collection is a folder of its own", "put the folder itself here");
            Problem::error(&self.path(name), "this link is not followed", valid, mend)
        });
        told.collect()
    }

    /// The folders in it.
    pub(super) fn folders(&self) -> &[OsString] {
        &self.folders
    }

    /// The folder of signed texts, if there is one.
    pub(super) fn approved(&self) -> Option<Result<Self, Box<Problem>>> {
        self.folders.iter().any(|name| name == APPROVED).then(|| Self::open(&self.path(APPROVED)))
    }

    /// The files that are entries.
    pub(super) fn entries(&self) -> impl Iterator<Item = &OsString> {
        self.files.iter().filter(|name| has_extension(name, "md"))
    }

    /// The files of messages.
    pub(super) fn messages(&self) -> impl Iterator<Item = &OsString> {
        self.files.iter().filter(|name| has_extension(name, "jsonl"))
    }

    /// Whether there is a file of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.files.iter().any(|file| file == name)
    }

    /// Whether anything in it looks like a part of a collection.
    pub(super) fn looks_like_a_collection(&self) -> bool {
        self.files.iter().any(|name| has_extension(name, "md") || has_extension(name, "toml"))
    }

    /// Files and folders that look as if pamphlet should read them, and which it doesn't.
    pub(super) fn strays(&self) -> Vec<Problem> {
        let tables =
            self.files.iter().filter(|name| has_extension(name, "toml") && !TABLES.iter().any(|table| name == table));
        let valid = format!("the files are {} and one `.md` for each entry", TABLES.join(", "));
        let unknown = tables.map(|name| {
            let near = nearest(&name.to_string_lossy(), TABLES.into_iter());
            let mend = near.map_or_else(|| "move it elsewhere".to_owned(), |near| format!("name it `{near}`"));
            Problem::warning(&self.path(name), "pamphlet doesn't read a file of this name", &valid, mend)
        });
        let misnamed =
            self.files.iter().filter_map(|name| Some((name, meant_for_an_entry(name)?))).map(|(name, id)| {
                let mend = format!("name it `{id}.md`, if it is an entry");
                Problem::warning(&self.path(name), "pamphlet doesn't read a file of this name", &valid, mend)
            });
        let nested = self.folders.iter().filter(|name| *name != APPROVED).map(|name| {
            let what = "pamphlet doesn't read a folder inside a collection";
            Problem::warning(&self.path(name), what, &valid, "move its files up or elsewhere")
        });
        unknown.chain(misnamed).chain(nested).collect()
    }

    /// Reads one file.
    pub(super) fn read(&self, name: &OsStr) -> Reading {
        let path = self.path(name);
        let bytes = self.texts.get(name).map_or_else(|| self.bytes(name), |text| not_too_large(text.clone()));
        match bytes.and_then(|bytes| decode(&path, bytes)) {
            Ok((sheet, problems)) => Reading { sheet: Some(sheet), problems },
            Err(fault) => Reading { sheet: None, problems: vec![fault.into_problem(&path)] },
        }
    }

    fn bytes(&self, name: &OsStr) -> Result<Vec<u8>, Fault> {
        let path = self.real.join(name);
        let real = if fs::symlink_metadata(&path)?.is_symlink() { self.follow(&path)? } else { path };
        // Opening a named pipe would wait for ever, so what a file is comes first.
        let about = fs::metadata(&real)?;
        if !about.is_file() {
            return Err(Fault::Special);
        }
        if about.len() > MAX_FILE_BYTES {
            return Err(Fault::TooLarge);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
        // A file can grow between the look and the reading.
        File::open(&real)?.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
        not_too_large(bytes)
    }

    /// Where a link leads to, if that is inside the folder and not an entry already.
    fn follow(&self, link: &Path) -> Result<PathBuf, Fault> {
        let real = fs::canonicalize(link).map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => Fault::Link("this link leads nowhere"),
            io::ErrorKind::PermissionDenied | io::ErrorKind::NotADirectory => Fault::Unreadable(cause),
            _ => Fault::Link("this link leads in a circle"),
        })?;
        if !real.starts_with(&self.real) {
            return Err(Fault::Link("this link leaves the collection's folder"));
        }
        let is_beside =
            real.parent() == Some(&self.real) && real.file_name().is_some_and(|name| has_extension(name, "md"));
        if is_beside { Err(Fault::Link("duplicate id: this link leads to another entry")) } else { Ok(real) }
    }
}

fn not_too_large(bytes: Vec<u8>) -> Result<Vec<u8>, Fault> {
    if bytes.len() as u64 > MAX_FILE_BYTES { Err(Fault::TooLarge) } else { Ok(bytes) }
}

fn has_extension(name: impl AsRef<Path>, wanted: &str) -> bool {
    name.as_ref().extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

/// The id that was meant, where an editor gave an entry another ending than `.md`: "tea.md.txt", "tea.markdown". Other files
/// may be notes.
fn meant_for_an_entry(name: &OsStr) -> Option<String> {
    let stem = Path::new(name).file_stem()?;
    let id = match Path::new(name).extension()?.to_ascii_lowercase().to_str()? {
        "txt" | "text" if has_extension(stem, "md") => Path::new(stem).file_stem()?,
        "markdown" => stem,
        _ => return None,
    };
    Some(id.to_string_lossy().into_owned())
}

/// Why a file isn't read.
pub(super) enum Fault {
    Unreadable(io::Error),
    Special,
    TooLarge,
    Link(&'static str),
    /// The bytes aren't text; the problem says where.
    NotText(Box<Problem>),
}

impl From<io::Error> for Fault {
    fn from(cause: io::Error) -> Self {
        Self::Unreadable(cause)
    }
}

impl Fault {
    pub(super) fn into_problem(self, path: &Path) -> Problem {
        match self {
            Self::Unreadable(cause) => {
                let what = format!("this file can't be read: {}", plainly(cause.kind()));
                Problem::error(path, what, "", "check that pamphlet may read it")
            }
            Self::Special => {
                Problem::error(path, "this is not a plain file", "pamphlet opens plain files only", "remove it")
            }
            Self::TooLarge => {
                let what = format!("this file is over {MAX_FILE_BYTES} bytes, so it was not read");
                Problem::error(path, what, "a file may have 1 MiB", "split it, or take out what doesn't belong there")
            }
            Self::Link(what) => {
                let valid = "a link leads to a file of its own in this folder";
                Problem::error(path, what, valid, "put a copy of the file here")
            }
            Self::NotText(problem) => *problem,
        }
    }
}

/// What kept something from being read, in a person's words.
fn plainly(kind: io::ErrorKind) -> String {
    match kind {
        io::ErrorKind::NotFound => "it isn't there".to_owned(),
        io::ErrorKind::NotADirectory => "it is a file".to_owned(),
        io::ErrorKind::PermissionDenied => "pamphlet may not read it".to_owned(),
        kind => kind.to_string(),
    }
}
