//! The processes of the end-to-end tests: each ends with its test, and the local Discord tells first whether anything broke the
//! document.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

/// How long anything may take on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How long a program may take to its first word: it may have to build many indexes before, beside other tests that do.
pub const FIRST_WORD: Duration = Duration::from_secs(900);

/// A process that ends with the test.
pub struct Process(Child);

impl Process {
    /// Starts a command.
    pub fn start(command: &mut Command) -> Self {
        Self(command.spawn().expect("the binary starts"))
    }

    /// The process's id.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Whether it hasn't ended yet.
    pub fn is_running(&mut self) -> bool {
        self.0.try_wait().expect("a status").is_none()
    }

    /// The first line of its stdout.
    pub fn first_line(&mut self) -> String {
        self.first_line_and_rest().0
    }

    /// The first line of its stdout, and all that follows once it has ended.
    pub fn first_line_and_rest(&mut self) -> (String, Receiver<String>) {
        let mut stdout = BufReader::new(self.0.stdout.take().expect("a piped stdout"));
        let (say, heard) = mpsc::channel();
        std::thread::spawn(move || {
            let (mut line, mut rest) = (String::new(), String::new());
            let read = stdout.read_line(&mut line).is_ok() && say.send(line.trim_end().to_owned()).is_ok();
            read && stdout.read_to_string(&mut rest).is_ok() && say.send(rest).is_ok()
        });
        (heard.recv_timeout(FIRST_WORD).expect("a first line in time"), heard)
    }

    /// Waits until it ended by itself; one that doesn't is killed, which its status shows.
    pub fn ended(&mut self) -> ExitStatus {
        let id = self.id().to_string();
        let (done, watched) = mpsc::channel::<()>();
        let watch = std::thread::spawn(move || {
            if watched.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                signal("KILL", &id);
            }
        });
        let status = self.0.wait().expect("a status");
        drop(done);
        watch.join().expect("the watch ends");
        status
    }

    /// Asks it to end, as an operator does, and waits until it did.
    pub fn stop(&mut self) -> ExitStatus {
        signal("TERM", &self.id().to_string());
        self.ended()
    }
}

/// Sends a signal to a process. The shell has a `kill` of its own, which every machine has.
pub fn signal(name: &str, id: &str) {
    let sent = Command::new("sh").args(["-c", "kill -$0 $1", name, id]).status();
    assert!(sent.is_ok_and(|status| status.success()), "kill -{name}");
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A process that serves the local Discord. When it ends, nothing may have broken Discord's OpenAPI document, if
/// PAMPHLET_OPENAPI names one.
pub struct Discord {
    /// Its address.
    pub url: String,
    /// Its process.
    pub process: Process,
    stopped: bool,
}

impl Discord {
    /// Starts a command that says the address first; its log goes where it is told to.
    pub fn start(command: &mut Command, log: impl Into<Stdio>) -> Self {
        let mut process = Process::start(command.stdout(Stdio::piped()).stderr(log));
        Self { url: process.first_line(), process, stopped: false }
    }

    /// Asks it to end, as an operator does, and waits until it did.
    pub fn stop(&mut self) -> ExitStatus {
        self.check();
        self.stopped = true;
        self.process.stop()
    }

    /// Asked over a bare socket, since there is no waiting for a client in a `drop`.
    fn check(&self) {
        let address = self.url.strip_prefix("http://").expect("an address");
        let mut line = TcpStream::connect(address).expect("a connection");
        line.set_read_timeout(Some(PATIENCE)).expect("a deadline");
        line.write_all(b"GET /mock/breaches HTTP/1.0\r\nHost: localhost\r\n\r\n").expect("a request");
        let mut answer = String::new();
        line.read_to_string(&mut answer).expect("an answer");
        let (head, breaches) = answer.split_once("\r\n\r\n").expect("a body");
        // It is held against no document.
        if head.split(' ').nth(1) == Some("409") {
            return;
        }
        let breaches: Value = serde_json::from_str(breaches).expect("JSON");
        assert_eq!(breaches, json!([]), "Discord's OpenAPI document was broken: {breaches:#}");
    }
}

impl Drop for Discord {
    fn drop(&mut self) {
        if !self.stopped && !std::thread::panicking() {
            self.check();
        }
    }
}
