//! The review pack in a browser and on paper, as a clinician gets it.

use super::program::{Program, browser, installed, script};
use crate::shipped::root;
use crate::stage::pamphlet;
use pamphlet::faq;
use std::fs;

const TEA: &str = "\
+++
question = \"Does tea help?\"
also = [\"is tea good\", \"tea for a cold\", \"should one drink tea\"]
topic = \"Drinks\"
source = \"A book on colds\"
+++

Tea is warm. It does no harm.
";

#[test]
fn a_clinician_reads_and_prints_a_pack() {
    let Some((node, browser)) = browser() else { return };
    let desk = tempfile::tempdir().expect("a folder");
    let colds = desk.path().join("faq/colds");
    fs::create_dir_all(&colds).expect("a folder");
    let write = |name: &str, text: &str| fs::write(colds.join(name), text).expect("a file");
    write("collection.toml", "title = \"Colds\"\nreminder = \"General information.\"\nask = \"your doctor\"\n");
    write("tea.md", TEA);
    write("honey.md", &TEA.replace("tea", "honey").replace("warm", "sweet"));
    fs::write(desk.path().join("config.toml"), "faq = \"faq\"\n").expect("a file");
    let run = |arguments: &[&str]| {
        let ran = pamphlet().args(arguments).current_dir(desk.path()).status().expect("it runs");
        assert!(ran.success(), "{arguments:?}");
    };
    let read = faq::load(&colds).collection.expect("a collection").entry("tea").expect("an entry").wording().hash();
    run(&["review", "sign", &format!("tea@{read}"), "--as", "specialist nurse"]);
    let signed = fs::read_to_string(colds.join("tea.md")).expect("a file");
    write("tea.md", &signed.replace("warm", "hot"));
    run(&["review", "pack", "--to", "pack.html"]);
    let page = format!("file://{}", desk.path().join("pack.html").display());
    let person = [page.as_ref(), browser.as_os_str(), installed().as_os_str()].map(ToOwned::to_owned);
    Program::start(script(&node, include_str!("pack.mjs"), &person)).succeed();
    assert!(root().join("target/outside/pack-wide.png").exists());
}
