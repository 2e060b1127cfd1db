//! pamphlet: a Discord bot that answers treatment questions word for word from FAQ files.
//!
//! The house, from the ground up; imports point down, never sideways, but for [`cli`], which wires everything.
//!
//! | module | what it is |
//! |---|---|
//! | [`faq`] | what a collection is: entries, words, problems, loading |
//! | [`store`] | what outlives the process: counts, revisions, settings of servers |
//! | [`review`] | entries on paper for a clinician, and signatures in their files |
//! | [`chart`] | how much of what there was over time, as a picture |
//! | [`lock`] | locks that other processes may hold |
//! | [`page`] | a page of its own, which loads nothing |
//! | [`parallel`] | work on many things side by side, and work apart on a thread of its own |
//! | [`text`] | the words of a text: one way of reading for everything that compares texts |
//! | [`words`] | the words that members see, in each language that pamphlet speaks |
//! | [`learn`] | what the words of a text speak for, learned from labelled texts |
//! | [`transfer`] | a collection brought from elsewhere, and taken there |
//! | [`kinds`] | what kind of message it is: a question, talk, a wish for advice, an emergency |
//! | [`search`] | a collection's text to ranked candidates, each with its reasons |
//! | [`safety`] | urgent and personal signs in a message, and what may go out |
//! | [`workshop`] | what a moderator's change does to the files: drafts, saving, undoing |
//! | [`answer`] | candidates and signs to a decision, and a decision to a reply |
//! | [`eval`] | labelled messages and what became of them, to figures and a page |
//! | [`site`] | a collection as a website of plain files |
//! | [`bot`] | events to actions: commands, buttons, cooldowns, duplicates |
//! | [`discord`] | the edge to Discord: convert in, convert out, perform |
//! | [`mock`] | a small Discord on this machine |
//! | [`config`] | the settings file and the environment, as plain values |
//! | [`cli`] | one file a subcommand; the only place that prints |

pub mod answer;
pub mod bot;
pub mod chart;
pub mod cli;
pub mod config;
pub mod discord;
pub mod eval;
pub mod faq;
pub mod kinds;
pub mod learn;
pub mod live;
pub mod lock;
pub mod mock;
pub mod page;
pub mod parallel;
pub mod review;
pub mod safety;
pub mod search;
pub mod site;
pub mod store;
pub mod text;
pub mod transfer;
pub mod words;
pub mod workshop;
