//! Tests that meet programs from outside: bots on other libraries, a browser, and a database. `.ci/run` installs what they need.
//!
//! An absent program is a failure with `PAMPHLET_REQUIRE=all`; without it the test says what it needs and passes.

mod discord_js;
mod discord_py;
mod list;
mod local;
mod pack;
mod page;
mod postgres;
mod program;
mod serenity;
mod site;
mod twilight;
