//! A trial: recorded, and gone when all went well.

use super::*;
use crate::mock::Trial;

#[tokio::test]
async fn a_trial_is_recorded_and_leaves_nothing_behind() {
    let trial = Trial::start(Options::new("127.0.0.1:4650".parse().unwrap())).await.unwrap();
    assert!(!trial.url().ends_with(":4650"), "{}", trial.url());
    trial.mock.server.world().admit_bot(Id(1234));
    trial.mock.server.world().log_in(Id(1234), Intents(0), (0, 1));
    let message = json!({ "channel": "general", "author": "sam", "content": "hello" });
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let sent = client.post(format!("{}/mock/messages", trial.url())).json(&message).send().await.unwrap();
    assert_eq!(sent.status(), 201);
    assert_eq!(trial.story(), "sam in general: hello\n");
    let recording = trial.recording();
    assert!(std::fs::read_to_string(&recording).unwrap().contains("\"what\":\"deed\""));
    drop(trial);
    assert!(!recording.exists());
}

#[tokio::test]
async fn a_test_that_fails_leaves_its_recording() {
    let trial = Trial::start(Options::new("127.0.0.1:0".parse().unwrap())).await.unwrap();
    let recording = trial.recording();
    let failed = std::thread::spawn(move || {
        let _trial = trial;
        panic!("as a test fails");
    });
    assert!(failed.join().is_err() && recording.exists());
    std::fs::remove_dir_all(recording.parent().unwrap()).unwrap();
}
