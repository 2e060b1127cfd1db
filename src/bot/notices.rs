//! What the moderators are told without having asked: problems of the FAQ's files, and reviews that are overdue.

use super::servers::NotKept;
use super::work::list;
use super::{Action, Bot, ServerId};
use crate::answer::{Brain, Reply};
use crate::faq::{Entry, Problem, Standing};
use crate::store::ServerSettings;
use jiff::civil::Date;
use std::cell::Cell;
use std::sync::Arc;
use std::time::Instant;

/// How many days lie between two notices of overdue reviews.
const DAYS_BETWEEN: i32 = 7;

impl Bot {
    /// Tells the moderators of every server that keeps a collection of problems in its files.
    pub fn problems(&self, collection: &str, problems: &[Problem]) -> Vec<Action> {
        self.problems_where(collection, problems.iter(), |_| true)
    }

    /// Tells them at a start what keeps something from being served, once a day, however often a bot starts and however many do. It
    /// may wait for the store, which keeps when they were told; where it can't, the operator's log alone says it.
    pub fn problems_at_a_start(&self, collection: &str, problems: &[Problem], today: Date) -> Vec<Action> {
        let errors = problems.iter().filter(|problem| problem.is_error());
        let is_due = |settings: &ServerSettings| settings.told_of_problems != Some(today);
        let mark = |settings: &mut ServerSettings| settings.told_of_problems = Some(today);
        self.problems_where(collection, errors, |server| self.is_first(server, is_due, mark).unwrap_or_default())
    }

    fn problems_where<'p>(
        &self,
        collection: &str,
        problems: impl Iterator<Item = &'p Problem>,
        is_told: impl Fn(ServerId) -> bool,
    ) -> Vec<Action> {
        let list = list::problems(problems, None);
        if list.is_empty() {
            return Vec::new();
        }
        let brain = self.brain();
        let keepers = self.turn(&brain, None, Instant::now()).keepers(collection).into_iter();
        let told = keepers.filter(|(server, _)| is_told(*server));
        let reply = Reply::plain(wording::problems(&list));
        told.map(|(_, channel)| Action::Tell { channel, reply: reply.clone() }).collect()
    }

    /// Whether this process is the first to do something for a server that is due: another may have done it meanwhile.
    fn is_first(
        &self,
        server: ServerId,
        is_due: impl Fn(&ServerSettings) -> bool,
        mark: impl Fn(&mut ServerSettings),
    ) -> Result<bool, NotKept> {
        let ours = Cell::new(false);
        self.servers.change(server, |settings| {
            ours.set(is_due(settings));
            if ours.get() {
                mark(settings);
            }
        })?;
        Ok(ours.get())
    }

    /// Tells the moderators of every server that keeps a collection once a week which reviews are overdue. It may wait for the
    /// store, which keeps when they were told; where it can't, they are told later.
    pub(super) fn overdue(&self, brain: &Brain, today: Date) -> Vec<Action> {
        let mut notices = Vec::new();
        for (server, chosen) in self.servers.all() {
            match self.overdue_in(brain, server, &chosen, today) {
                Ok(notice) => notices.extend(notice),
                // What it can't keep of one, it can't keep of the next.
                Err(_) => break,
            }
        }
        notices
    }

    fn overdue_in(
        &self,
        brain: &Brain,
        server: ServerId,
        chosen: &Arc<ServerSettings>,
        today: Date,
    ) -> Result<Option<Action>, NotKept> {
        let is_due = |settings: &ServerSettings| {
            let told = settings.told_of_reviews;
            !told.is_some_and(|told| told.until(today).is_ok_and(|since| since.get_days() < DAYS_BETWEEN))
        };
        let keeps = self.keeps(server) && is_due(chosen);
        let Some(channel) = chosen.moderator_channel.filter(|_| keeps) else { return Ok(None) };
        let turn = self.turn(brain, Some(server), Instant::now());
        let Some(index) = turn.index_of(server, chosen) else { return Ok(None) };
        let overdue = |entry: &&Entry| matches!(entry.standing, Standing::Overdue | Standing::Withdrawn);
        let overdue: Vec<&Entry> = index.collection().entries.iter().filter(overdue).collect();
        if overdue.is_empty() {
            return Ok(None);
        }
        let is_first = self.is_first(server, is_due, |settings| settings.told_of_reviews = Some(today))?;
        let notice = Action::Tell { channel, reply: Reply::plain(wording::overdue(&overdue)) };
        Ok(Some(notice).filter(|_| is_first))
    }
}

mod wording {
    use crate::bot::work::inert;
    use crate::faq::{Entry, Standing};

    /// The most entries that are named.
    const NAMED: usize = 15;

    pub(super) fn problems(list: &str) -> String {
        format!(
            "There is something to mend in the FAQ's files. An entry that is spoilt is served as it was before; where I have started \
             since, it is missing until it is mended. Nothing else is affected.\n{}",
            // It may quote what stands there.
            inert(list)
        )
    }

    pub(super) fn overdue(entries: &[&Entry]) -> String {
        let mut text =
            "These entries of the FAQ are due for a review. Until then, members read so on their cards:".to_owned();
        for entry in entries.iter().take(NAMED) {
            let withdrawn = if entry.standing == Standing::Withdrawn { " (withdrawn until then)" } else { "" };
            text.push_str(&format!("\n- `{}`{withdrawn}", entry.id));
        }
        if entries.len() > NAMED {
            text.push_str(&format!("\n- … and {} more", entries.len() - NAMED));
        }
        text.push_str("\n`pamphlet review pack` makes a file for whoever reviews them.");
        text
    }
}
