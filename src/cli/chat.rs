//! `pamphlet chat`: the local Discord with the real bot in it, in the terminal: a line in, a card out.
//!
//! | file | what it is |
//! |---|---|
//! | `lines` | lines from stdin, with a prompt on a terminal |
//! | `wish` | a line as what it wishes for |
//! | `talk` | does what is wished for and shows what came of it |
//! | `place` | who one is, and where |
//! | `offer` | what numbers stand for, and forms that are filled in |
//! | `control`, `row` | the way to the local Discord, and what it tells |
//! | `screen`, `plain` | a row as text for a terminal, and its Markdown |

mod control;
mod lines;
mod offer;
mod place;
mod plain;
mod row;
mod screen;
mod talk;
mod wish;

use super::local::{self, Wanted};
use super::service::Service;
use super::{Exit, Failure};
use crate::config::Config;
use lines::Lines;
use screen::Screen;
use std::io::IsTerminal;
use std::path::Path;
use talk::Talk;

/// Try pamphlet in the terminal, with a Discord that runs on this machine alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pamphlet chat\n  echo \"will prednisone wreck my bones?\" | pamphlet chat\n  \
    printf '/ask does diet help?\\n1\\n' | pamphlet chat 2>/dev/null\n\nA line is a message to pamphlet, a number presses a \
    button, :help lists the rest, Ctrl-D ends it; nothing is kept.")]
pub(super) struct Arguments {}

/// What is said first.
const GREETING: &str = "This is a small Discord on this machine alone, with pamphlet connected to it. Nothing of it is kept.\n\
    Write a question and press Enter; a number presses a button. :help lists the rest, Ctrl-D ends it.\n\n";

pub(super) fn run(_: &Arguments, file: Option<&Path>) -> Result<Exit, Failure> {
    let config = Config::load(file)?;
    super::log::start(config.log);
    let service = Service::open(&config, file)?;
    let wanted = Wanted { port: 0, introduction: None, explainer: None };
    local::run(&config, service, wanted, |url| async move { talk(&url).await })
}

/// Talks until there are no more lines, or one says to end.
async fn talk(url: &str) -> Result<(), Failure> {
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    // On a terminal stands already what somebody typed.
    let mut talk = Talk::open(url, Screen::of_stdout(), !terminal).await?;
    super::print(GREETING)?;
    let lines = Lines { prompts: terminal };
    while let Some(line) = lines.next(&talk.prompt()).await? {
        if talk.hear(&line).await?.is_break() {
            break;
        }
    }
    Ok(())
}
