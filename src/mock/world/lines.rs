//! Lines: the open connections of the gateway, logged in or not, and what the server tells them to do.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::mock::snowflake::Id;
use crate::mock::world::{Session, World};

/// The most orders that wait for one connection.
const MAX_ORDERS: usize = 100;

/// One open connection.
pub(crate) struct Line {
    /// How it is woken.
    pub(crate) wake: Arc<Notify>,
    /// The bot and the shard that it serves; `None` before a login.
    pub(crate) serves: Option<(Id, u64)>,
    /// What it is to do beside sending events.
    pub(crate) orders: VecDeque<Order>,
    /// The last event that it sends, if it was ordered to end: what happens after the order isn't its to tell.
    pub(crate) until: Option<u64>,
}

/// All open connections.
pub(crate) type Lines = BTreeMap<Id, Line>;

/// Something that the server tells a connection to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Order {
    /// Close with this code.
    Close(u16),
    /// Ask the bot to reconnect and resume.
    Reconnect,
    /// Say that the session is no longer valid; `true` when it may be resumed all the same.
    Invalidate(bool),
    /// Cut the line without a close frame.
    Drop,
    /// Send and read nothing for so long.
    Freeze(Duration),
    /// Send an event whose JSON breaks off.
    Malformed,
    /// Send bytes that are no payload, compressed or not.
    Garbage,
}

/// Whom a fault is meant for: all, or those of one bot, one shard, or both.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Whom {
    pub(crate) bot: Option<Id>,
    pub(crate) shard: Option<u64>,
}

impl Whom {
    /// Whether it is meant for this bot and shard; `None` is a connection before its login.
    pub(crate) fn covers(self, who: Option<(Id, u64)>) -> bool {
        match who {
            Some((bot, shard)) => {
                self.bot.is_none_or(|wanted| wanted == bot) && self.shard.is_none_or(|wanted| wanted == shard)
            }
            None => self == Whom::default(),
        }
    }
}

impl World {
    /// Notes a connection, which tells its name and how it is woken.
    pub(crate) fn open_line(&mut self) -> (Id, Arc<Notify>) {
        let (id, wake) = (self.new_id(), Arc::new(Notify::new()));
        self.lines.insert(id, Line { wake: wake.clone(), serves: None, orders: VecDeque::new(), until: None });
        (id, wake)
    }

    /// Forgets a connection that is closed.
    pub(crate) fn close_line(&mut self, id: Id) {
        self.lines.remove(&id);
    }

    /// Whether all these connections have room for so many more orders.
    pub(crate) fn takes_orders(&self, whom: Whom, more: usize) -> bool {
        let mut meant = self.lines.values().filter(|line| whom.covers(line.serves));
        meant.all(|line| line.orders.len() + more <= MAX_ORDERS)
    }

    /// Gives an order to these connections.
    pub(crate) fn order(&mut self, whom: Whom, order: Order) {
        let ends = matches!(order, Order::Close(_) | Order::Drop | Order::Invalidate(_));
        for (id, line) in self.lines.iter_mut().filter(|(_, line)| whom.covers(line.serves)) {
            if ends && line.until.is_none() {
                let serves = |session: &&Session| session.connection.as_ref().is_some_and(|(line, _)| line == id);
                line.until = self.sessions.values().find(serves).map(|session| session.sequence);
            }
            line.orders.push_back(order);
            line.wake.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_for_those_whom_it_names() {
        let check = |bot: Option<u64>, shard: Option<u64>, who: Option<(u64, u64)>, expected: bool| {
            let whom = Whom { bot: bot.map(Id), shard };
            assert_eq!(whom.covers(who.map(|(bot, shard)| (Id(bot), shard))), expected, "{whom:?} {who:?}");
        };
        check(None, None, None, true);
        check(None, None, Some((1, 2)), true);
        check(Some(1), None, Some((1, 2)), true);
        check(Some(1), Some(2), Some((1, 2)), true);
        check(Some(1), None, Some((3, 2)), false);
        check(None, Some(2), Some((1, 3)), false);
        check(Some(1), None, None, false);
    }
}
