//! The tests of the whole.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    missing_docs,
    reason = "tests may fail loudly"
)]

mod any_text;
mod asking;
mod beside;
mod chatting;
mod conversation;
mod counting;
mod crowd;
mod evaluating;
mod index_home;
mod languages;
mod letters;
mod live;
mod loading;
mod neighbours;
mod openapi;
mod outside;
mod recording;
mod reviewing;
mod room;
mod secrets;
mod setting_up;
mod shipped;
mod stage;
mod storing;
mod tidy;
mod transfer;
mod uploading;
mod ways;
mod working;
