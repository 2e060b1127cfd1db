//! A place with one collection and its index, and the real binary at work in it.

use crate::stage::pamphlet;
use std::fs;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long one command may take, a build of the largest collection included.
const PATIENCE: Duration = Duration::from_secs(120);
/// The signal of `kill -9`.
const SIGKILL: i32 = 9;

/// What a command said, and how long it took. It ended well.
pub struct Said {
    pub stdout: String,
    pub stderr: String,
    pub took: Duration,
}

impl Said {
    /// How many indexes it built.
    pub fn built(&self) -> usize {
        self.stderr.matches("built the index").count()
    }

    /// What stood in the way, if anything did.
    pub fn warned(&self) -> bool {
        self.stderr.contains("WARN")
    }
}

/// A folder with settings, a collection and its index.
pub struct Library {
    folder: TempDir,
    faq: PathBuf,
}

impl Library {
    /// A library without collections: they go to [`Library::faq`].
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let faq = folder.path().join("faq");
        fs::create_dir(&faq).expect("a folder");
        Self::at(folder, faq)
    }

    /// A library over this folder of collections.
    pub fn over(faq: PathBuf) -> Self {
        Self::at(tempfile::tempdir().expect("a folder"), faq)
    }

    fn at(folder: TempDir, faq: PathBuf) -> Self {
        let library = Self { folder, faq };
        library.keep_index_in(&library.index());
        library
    }

    /// Where the collections are.
    pub fn faq(&self) -> &Path {
        &self.faq
    }

    /// Where the index is kept, unless it was told otherwise.
    pub fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// Changes the settings to keep the index here.
    pub fn keep_index_in(&self, index: &Path) {
        let settings = format!("faq = {:?}\nindex = {:?}\n", self.faq, index);
        fs::write(self.settings(), settings).expect("a settings file");
    }

    fn settings(&self) -> PathBuf {
        self.folder.path().join("config.toml")
    }

    /// Starts a command.
    pub fn start(&self, arguments: &[&str]) -> Running {
        let mut command = pamphlet();
        command.args(arguments).arg("--config").arg(self.settings()).env("RUST_LOG", "info");
        let began = Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary starts");
        let stdout = read(child.stdout.take().expect("a pipe"));
        let stderr = read(child.stderr.take().expect("a pipe"));
        Running { child, stdout, stderr, began }
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Said {
        self.start(arguments).finish()
    }

    /// Asks a question.
    pub fn ask(&self, question: &str) -> Said {
        self.run(&["ask", question])
    }
}

/// A command at work, which ends with the proof.
pub struct Running {
    child: Child,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
    began: Instant,
}

impl Running {
    /// Waits until something is so; false if the command ended first.
    pub fn until(&mut self, is_so: impl Fn() -> bool) -> bool {
        while !is_so() {
            assert!(self.began.elapsed() < PATIENCE, "it neither comes nor ends");
            if self.child.try_wait().expect("a status").is_some() {
                return is_so();
            }
            std::thread::yield_now();
        }
        true
    }

    /// Kills it as `kill -9` does; false if it had ended by itself.
    pub fn kill(mut self) -> bool {
        self.child.kill().expect("a process of ours");
        self.child.wait().expect("a status").signal() == Some(SIGKILL)
    }

    /// Waits until it ended by itself, and well, and gives what it said.
    pub fn finish(mut self) -> Said {
        let wait = |stream: &Receiver<String>| stream.recv_timeout(PATIENCE).expect("an end in time");
        let (stdout, stderr) = (wait(&self.stdout), wait(&self.stderr));
        let status = self.child.wait().expect("a status");
        assert!(status.success(), "{status}\n{stderr}");
        Said { stdout, stderr, took: self.began.elapsed() }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads a stream to its end beside everything else.
fn read(mut stream: impl Read + Send + 'static) -> Receiver<String> {
    let (say, all) = channel();
    std::thread::spawn(move || {
        let mut text = String::new();
        let read = stream.read_to_string(&mut text);
        read.is_ok() && say.send(text).is_ok()
    });
    all
}
