//! The demo's page in a browser, as a person uses it.

use super::program::{Program, installed, need, script};
use crate::shipped::root;
use crate::stage::{Discord, pamphlet};
use std::fs;
use std::process::Stdio;

#[test]
fn a_person_asks_on_the_page() {
    let (Some(node), Some(_), Some(browser)) = (need("node"), need("playwright-core"), need("chromium")) else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("config.toml");
    fs::write(&config, format!("faq = {:?}\n", root().join("faq"))).expect("a settings file");
    let mut demo = pamphlet();
    let demo = Discord::start(demo.args(["demo", "--port", "0", "--no-open", "--config"]).arg(config), Stdio::null());
    let address = &demo.url;
    assert!(address.starts_with("http://127.0.0.1:"), "the demo is ready at {address:?}");
    let person = [address.as_ref(), browser.as_os_str(), installed().as_os_str()].map(ToOwned::to_owned);
    Program::start(script(&node, include_str!("page.mjs"), &person)).succeed();
}
