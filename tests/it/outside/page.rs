//! The page in a browser, as a person uses it.

use super::program::{Program, browser, installed, script};
use crate::shipped::root;
use crate::stage::{Discord, TOKEN, pamphlet};
use std::fs;
use std::process::Stdio;

/// A person at the page of this Discord does what the steps say.
fn visit(discord: &Discord, steps: &str) {
    let Some((node, browser)) = browser() else { return };
    let pictures = installed();
    let person = [discord.url.as_ref(), browser.as_os_str(), pictures.as_os_str(), TOKEN.as_ref()];
    let steps = format!("{}{steps}", include_str!("browser.mjs"));
    Program::start(script(&node, &steps, &person)).succeed();
}

#[test]
fn a_person_asks_on_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config.toml");
    let settings =
        format!("faq = {:?}\n[cooldown]\nperson_per_minute = 1000\nchannel_per_minute = 1000\n", root().join("faq"));
    fs::write(&config, settings).expect("a settings file");
    let mut demo = pamphlet();
    let demo = Discord::start(demo.args(["demo", "--port", "0", "--no-open", "--config"]).arg(config), Stdio::null());
    assert!(demo.url.starts_with("http://127.0.0.1:"), "the demo is ready at {:?}", demo.url);
    visit(&demo, include_str!("page.mjs"));
}

#[test]
fn a_person_meets_any_bot_on_the_page() {
    let mock = Discord::start(pamphlet().args(["mock", "--listen", "127.0.0.1:0"]), Stdio::null());
    visit(&mock, include_str!("page_any.mjs"));
}
