//! What pamphlet does with what happens: events in, actions out. No clock, no network, no chat service's types.

mod conversation;
mod counting;
mod event;
mod here;
mod letters;
mod memory;
mod notices;
mod opening;
mod servers;
mod setup;
mod state;
mod topics;
mod work;

pub use event::{
    Action, Address, Asker, Change, ChannelId, Command, Event, Forward, Member, MessageId, NotFetched, On, Scene, Sent,
    ServerId, Upload, Wish,
};
pub use memory::EXCHANGE_AGE;
pub use state::{Bot, Settings};
