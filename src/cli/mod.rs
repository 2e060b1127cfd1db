//! The command line: one file a subcommand. The only place that prints.

mod ask;
mod backup;
mod batch;
mod beside;
mod chat;
mod check;
mod counting;
mod demo;
mod eval;
mod exit;
mod explain;
mod export;
mod import;
mod index;
mod invite;
mod local;
mod log;
mod mock;
mod new;
mod progress;
pub mod report;
mod review;
mod run;
mod serve;
mod service;
mod shelves;
mod staged;
mod tune;

pub use exit::{Exit, Failure};

use clap::{Parser, Subcommand};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// A Discord bot for patient support groups: answers treatment questions word for word from FAQ files.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
struct Arguments {
    /// The settings file [default: config.toml, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Arguments),
    Chat(chat::Arguments),
    Run(run::Arguments),
    Mock(mock::Arguments),
    New(new::Arguments),
    Check(check::Arguments),
    Review(review::Arguments),
    Import(import::Arguments),
    Export(export::Arguments),
    Index(index::Arguments),
    Ask(ask::Arguments),
    Eval(eval::Arguments),
    Tune(tune::Arguments),
    Invite(invite::Arguments),
    Backup(backup::Arguments),
}

/// Puts text on stdout.
///
/// # Errors
/// When stdout can't take it; a reader that went away ends the command quietly.
fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    Ok(stdout.flush()?)
}

/// Puts text on stderr. Where that is closed, there is nobody to tell, and nothing to do about it.
fn complain(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Whether a stream is a terminal that wants colours.
fn colour(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Runs the command line: arguments in, exit code out.
pub fn run() -> ExitCode {
    let Arguments { config, command } = Arguments::parse();
    log::silence_panics();
    let config = config.as_deref();
    let done = match command {
        Command::Demo(arguments) => demo::run(&arguments, config),
        Command::Chat(arguments) => chat::run(&arguments, config),
        Command::Run(arguments) => run::run(&arguments, config),
        Command::Mock(arguments) => mock::run(&arguments, config),
        Command::New(arguments) => new::run(&arguments, config),
        Command::Check(arguments) => check::run(&arguments, config),
        Command::Review(arguments) => review::run(&arguments, config),
        Command::Import(arguments) => import::run(&arguments, config),
        Command::Export(arguments) => export::run(&arguments, config),
        Command::Index(arguments) => index::run(&arguments, config),
        Command::Ask(arguments) => ask::run(&arguments, config),
        Command::Eval(arguments) => eval::run(&arguments, config),
        Command::Tune(arguments) => tune::run(&arguments, config),
        Command::Invite(arguments) => invite::run(&arguments, config),
        Command::Backup(arguments) => backup::run(&arguments, config),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(failure) => {
            if !failure.message.is_empty() {
                complain(&format!("error: {}\n", failure.message));
            }
            failure.exit.into()
        }
    }
}
