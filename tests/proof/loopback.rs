//! Under the eyes of the kernel, the bot that serves a local Discord reaches for nothing but this machine.

use crate::load::runtime;
use crate::program;
use crate::stage::{Stage, pamphlet};
use serde_json::json;
use std::fs;
use std::net::IpAddr;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The system calls that name an address.
const CALLS: &str = "trace=connect,sendto,sendmsg,sendmmsg";
/// How long strace may take to write its last line.
const PATIENCE: Duration = Duration::from_secs(30);

pub fn only_loopback() {
    let Some(strace) = program::need("strace") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("calls");
    let mut traced = Command::new(strace);
    // -D: the bot keeps the process id that it would have alone. -s 0: what is sent stays out of the file.
    traced.args(["-D", "-f", "-s", "0", "-e", CALLS, "-o"]).arg(&file).arg(pamphlet().get_program());
    traced.env_remove("DISCORD_TOKEN");
    runtime().block_on(async {
        let stage = Stage::open_as(traced, "", "info").await;
        stage.ask("sam", "will prednisone wreck my bones?").await;
        stage.mention("alex", "what does rituximab do").await;
        stage.say("messages", json!({ "channel": "dm", "author": "sam", "content": "does diet help" })).await;
        stage.close();
    });
    let calls = whole(&file);
    let addresses: Vec<&str> = calls.lines().flat_map(addresses).collect();
    let mut kinds = addresses.clone();
    kinds.sort_unstable();
    kinds.dedup();
    println!("{} system calls named an address: {kinds:?}", addresses.len());
    assert!(kinds.contains(&"127.0.0.1"), "the bot is connected, and no call shows it:\n{calls}");
    for address in kinds {
        let is_loopback = address.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        assert!(is_loopback || address == "AF_UNIX", "{address} is not of this machine:\n{calls}");
    }
}

/// The file of system calls, once strace saw the bot end.
fn whole(file: &Path) -> String {
    let until = Instant::now() + PATIENCE;
    loop {
        let calls = fs::read_to_string(file).expect("the calls");
        // The first process in it is the bot itself; its threads end before it.
        let bot = calls.split_whitespace().next().unwrap_or_default();
        if calls.lines().any(|line| line.starts_with(bot) && line.contains("+++ exited")) {
            return calls;
        }
        assert!(Instant::now() < until, "strace doesn't end:\n{calls}");
        std::thread::yield_now();
    }
}

/// The addresses that a line names; for a family that isn't the internet's, its name.
fn addresses(line: &str) -> impl Iterator<Item = &str> {
    line.split("sa_family=").skip(1).map(|rest| {
        let family = rest.split([',', '}']).next().unwrap_or(rest);
        let quoted = || rest.split('"').nth(1).unwrap_or(rest);
        if family.starts_with("AF_INET") { quoted() } else { family }
    })
}
