//! A program from outside: where it is found, and a run of it.

use crate::shipped::root;
use crate::stage::Process;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long a program may take from its start to its end.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where `.ci/run` installs packages.
pub fn installed() -> PathBuf {
    root().join("target/outside")
}

/// The way to a program: one that `.ci/run` installed, or one of the machine's. `None` skips the test.
pub fn need(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = vec![installed().join("venv/bin"), installed().join("node_modules")];
    folders.extend(std::env::split_paths(&path));
    let found = folders.into_iter().map(|folder| folder.join(program)).find(|path| path.exists());
    if found.is_none() {
        miss(program);
    }
    found
}

/// Node, and the browser that it drives. `None` skips the test.
pub fn browser() -> Option<(PathBuf, PathBuf)> {
    let (node, browser) = (need("node"), need("chromium"));
    let packages = ["playwright-core", "axe-core", "discord.js"].map(need);
    if packages.contains(&None) { None } else { Some((node?, browser?)) }
}

/// Says that something is absent, or fails if nothing may be.
pub fn miss(program: &str) {
    let required = std::env::var_os("PAMPHLET_REQUIRE").is_some_and(|required| required == "all");
    assert!(!required, "{program} is absent; .ci/run installs it");
    // Past the test harness, which shows what a test printed only when it fails.
    writeln!(std::io::stdout(), "skipped: needs {program}").expect("a stdout");
}

/// A command that runs a script of Node's, which finds its packages where `.ci/run` installed them.
pub fn script(node: &Path, script: &str, arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(node);
    command.args(["--input-type=module", "--eval", script, "--"]).args(arguments).current_dir(installed());
    command
}

/// A program that runs until the test ends, and what it says.
pub struct Program {
    process: Process,
    lines: Receiver<String>,
}

impl Program {
    /// Starts it.
    pub fn start(mut command: Command) -> Self {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        command.stdin(Stdio::null()).stdout(writer.try_clone().expect("a pipe")).stderr(writer);
        let process = Process::start(&mut command);
        let (say, lines) = channel();
        std::thread::spawn(move || {
            BufReader::new(reader).lines().map_while(Result::ok).try_for_each(|line| say.send(line))
        });
        Self { process, lines }
    }

    /// What it said since this was last asked.
    pub fn said(&self) -> String {
        self.lines.try_iter().collect::<Vec<_>>().join("\n")
    }

    /// Waits until it ended by itself; it must have been content.
    pub fn succeed(mut self) {
        let until = Instant::now() + PATIENCE;
        let mut said = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            said.push(line);
        }
        let said = said.join("\n");
        assert!(Instant::now() < until, "the program doesn't end:\n{said}");
        assert!(self.process.ended().success(), "the program failed:\n{said}");
    }
}
