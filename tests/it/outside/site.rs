//! An exported website in a browser, as a person reads it: wide and phone-sized, light and dark, with and without scripts.

use super::program::browser;
use super::program::{Program, installed, script};
use crate::shipped;
use crate::stage::pamphlet;
use std::ffi::OsStr;
use std::fs;

#[test]
fn a_person_reads_the_exported_website() {
    let Some((node, browser)) = browser() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("config.toml"), "region = \"GB\"\n").expect("a settings file");
    let mut export = pamphlet();
    let export = export.current_dir(folder.path()).arg("export").arg(shipped::folder());
    let done = export.args(["--to", "public", "--format", "site"]).output().expect("an export");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));

    let address = format!("file://{}", folder.path().join("public").display());
    let pictures = installed();
    let person: [&OsStr; 3] = [address.as_ref(), browser.as_os_str(), pictures.as_os_str()];
    let steps = format!("{}{}", include_str!("browser.mjs"), include_str!("site.mjs"));
    Program::start(script(&node, &steps, &person)).succeed();
}
