//! How the process ends.

use std::process::ExitCode;

/// What the exit code says. Each failure that an operator can mend has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All went well.
    Ok = 0,
    /// `check` found errors, or `eval` did in a file of labels, `tune` has too little to learn from, `import` left rows out, or a
    /// replay isn't as it was.
    Problems = 1,
    /// The command line can't be understood (clap's own code), or Discord refuses the shards that it names.
    Usage = 2,
    /// The settings file can't be used.
    Config = 3,
    /// There is no collection to serve.
    NoCollection = 4,
    /// There is no token.
    NoToken = 5,
    /// Discord refuses the token.
    TokenRefused = 6,
    /// An intent is asked for that isn't switched on.
    IntentMissing = 7,
    /// The address can't be reached.
    Unreachable = 8,
    /// The port can't be taken.
    Listen = 9,
    /// A file named on the command line can't be read, output can't be written, or the store can't be used.
    Io = 10,
    /// Anything else: a fault of pamphlet.
    Fault = 70,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A failure that ends the command: what to tell the operator, and the code.
#[derive(Debug)]
pub struct Failure {
    /// The code.
    pub exit: Exit,
    /// What is wrong, and the hint.
    pub message: String,
}

impl Failure {
    /// A failure with this code and message.
    pub fn new(exit: Exit, message: impl std::fmt::Display) -> Self {
        Self { exit, message: message.to_string() }
    }
}

impl From<crate::config::ConfigError> for Failure {
    fn from(why: crate::config::ConfigError) -> Self {
        Self::new(Exit::Config, why)
    }
}

impl From<std::io::Error> for Failure {
    /// A reader that went away early (`pamphlet … | head`) is no failure.
    fn from(why: std::io::Error) -> Self {
        match why.kind() {
            std::io::ErrorKind::BrokenPipe => Self::new(Exit::Ok, ""),
            _ => Self::new(Exit::Io, why),
        }
    }
}
