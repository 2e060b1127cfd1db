//! The moderators' work: what is written is shown before it is saved, and every change can be undone.
//!
//! | file | what it is |
//! |---|---|
//! | `mod` | who may, and what is wanted |
//! | `desk` | what lies between two steps: drafts, and questions that were tried |
//! | `form` | the form of an entry, and what was filled in |
//! | `list` | lists that a message holds |
//! | `step` | the steps, as controls and forms carry them |
//! | `draft` | from a form to what is saved |
//! | `upload` | from uploaded files to what is saved |
//! | `bench` | what a question would get, and why |
//! | `figures` | what was counted |
//! | `wording` | what is said |

mod bench;
mod desk;
mod draft;
mod figures;
mod form;
pub(super) mod list;
mod step;
mod upload;
mod wording;

use super::conversation::{CHOICES, Turn, private, private_reply};
use super::letters::asked_in;
use super::{Action, Change, Member, Scene, Sent, Wish, setup};
use crate::answer::{File, Reply, Task};
use crate::faq::{Collection, is_id};
use crate::search::Index;
use crate::store::Author;
use crate::transfer::{NotZipped, zipped};
use crate::words::Language;
use crate::workshop::{Workshop, WorkshopError};
pub(super) use desk::Desk;
pub(super) use draft::to_entry;
use jiff::Timestamp;
use std::sync::Arc;
use step::Step;
pub(super) use wording::{inert, letter_of};

/// The most bytes of a file that Discord takes from a bot (Discord's documentation, "Uploading Files").
const MOST_BYTES: u64 = 10 << 20;

/// What is to be done about a change: an answer, and what others are told.
type Done = Result<Vec<Action>, WorkshopError>;

/// What a moderator works with.
pub(super) struct Bench<'t> {
    pub(super) turn: &'t Turn<'t>,
    pub(super) workshop: &'t Workshop,
    pub(super) collection: Arc<Collection>,
    pub(super) author: Author,
    /// That of the cards that it shows.
    pub(super) language: Language,
    pub(super) at: Timestamp,
}

impl Turn<'_> {
    /// What to do about a moderator's wish. Who isn't one is told so, kindly.
    pub(super) fn work(&self, scene: Scene, by: &Member, at: Timestamp, wish: Wish) -> Vec<Action> {
        if !self.moderates(by) {
            return vec![private(scene, self.language().not_a_moderator())];
        }
        let wish = match wish {
            Wish::Setup => return self.setup(scene, by),
            Wish::Pause => return self.pause(scene, by, true),
            Wish::Resume => return self.pause(scene, by, false),
            Wish::Pressed(task, _) if setup::is_about(&task) => return self.set(scene, by, &task, &[]),
            Wish::Chosen(task, ids) => return self.set(scene, by, &task, &ids),
            wish => wish,
        };
        let language = self.language();
        let Some(index) = self.index(scene) else { return vec![private(scene, language.no_collection())] };
        let collection = Arc::clone(index.collection());
        match &wish {
            Wish::Test(question) => return vec![Action::Respond(bench::tried(self, index, question))],
            // A FAQ may serve servers that nobody knows: only those that the operator named keep it.
            _ if !self.keeps(scene) => return vec![private(scene, wording::NOT_THIS_SERVER)],
            Wish::Reload => {
                self.bot.reload();
                let told = match self.bot.workshop.as_ref().map(|workshop| workshop.problems(&collection.id)) {
                    Some(Ok(problems)) => list::problems(problems.iter(), None),
                    Some(Err(why)) => why.for_moderator(),
                    None => String::new(),
                };
                return vec![private(scene, wording::reloading(&told))];
            }
            Wish::Stats(days) => return vec![Action::Respond(self.figures(&collection, *days, figures::stats::told))],
            Wish::Gaps(days) => return vec![Action::Respond(self.figures(&collection, *days, figures::gaps::told))],
            _ => {}
        }
        let Some(workshop) = &self.bot.workshop else { return vec![private(scene, wording::CLOSED)] };
        let author = Author { id: by.id, name: by.name.clone() };
        let bench = Bench { turn: self, workshop, collection, author, language, at };
        let done = match wish {
            Wish::Change(change) => bench.change(change),
            Wish::Pressed(task, on) => bench.go_on(&task, &on),
            Wish::Sent(sent) => bench.sent(&sent).map(only),
            _ => Ok(only(Action::Respond(gone()))),
        };
        done.unwrap_or_else(|why| only(bench.trouble(scene, &why)))
    }

    /// The entries whose names hold each typed word: the questions of those that are there, withheld ones among them, then the
    /// ids of those that were removed, where they are wanted.
    pub(in crate::bot) fn names(&self, scene: Scene, by: &Member, typed: &str, gone: bool) -> Vec<String> {
        let may = self.moderates(by) && self.keeps(scene);
        let Some(collection) = self.index(scene).map(Index::collection).filter(|_| may) else { return Vec::new() };
        let typed = typed.to_lowercase();
        let fits = |name: &str| typed.split_whitespace().all(|word| name.contains(word));
        let workshop = self.bot.workshop.as_ref().filter(|_| gone);
        // Where nothing is known of them, they can still be named by hand.
        let removed = workshop.and_then(|workshop| workshop.removed(&collection.id, CHOICES).ok()).unwrap_or_default();
        // What was removed a moment ago is served until the files are read again.
        let there = collection.entries.iter().filter(|entry| !removed.contains(&entry.id));
        let there = there.filter(|entry| fits(&format!("{} {}", entry.question.to_lowercase(), entry.id)));
        let removed = removed.iter().filter(|id| fits(id)).cloned();
        there.map(|entry| entry.question.clone()).chain(removed).take(CHOICES).collect()
    }
}

impl Bench<'_> {
    /// What to do about a command.
    fn change(&self, change: Change) -> Done {
        match change {
            Change::New => Ok(only(self.begin())),
            Change::Edit(named) => self.with(self.id_of_any(&named), |entry| self.edit(entry).map(only)),
            Change::Remove(named) => self.with(self.id_of_any(&named), |entry| self.ask_to_remove(entry).map(only)),
            Change::Undo(named) => self.with(self.id_of_any(&named), |entry| self.undo(entry)),
            Change::History(named) => self.with(self.id_of_any(&named), |entry| self.history(entry).map(only)),
            Change::Upload(upload) => self.upload(&upload).map(Action::Respond).map(only),
            Change::Export => self.export().map(Action::Respond).map(only),
        }
    }

    /// The id of the entry that is meant, by its id or its question.
    fn id_of(&self, named: &str) -> Option<String> {
        let named = named.trim();
        let entries = &self.collection.entries;
        let found = entries.iter().find(|entry| entry.id == named || entry.question.eq_ignore_ascii_case(named));
        found.map(|entry| entry.id.clone())
    }

    /// The same of an entry that isn't served, be it gone or spoilt, which is named by its id.
    fn id_of_any(&self, named: &str) -> Option<String> {
        let gone = || Some(named.trim()).filter(|id| is_id(id)).map(str::to_owned);
        self.id_of(named).or_else(gone)
    }

    /// Works on the entry that is meant, if there is one.
    fn with(&self, entry: Option<String>, work: impl FnOnce(&str) -> Done) -> Done {
        entry.map_or_else(|| Ok(only(Action::Respond(said(wording::NO_SUCH_ENTRY)))), |entry| work(&entry))
    }

    /// What to do with a form that was sent.
    fn sent(&self, sent: &Sent) -> Result<Action, WorkshopError> {
        let fields = form::fields(&sent.fields);
        match Step::of(&sent.form) {
            Some(Step::New) => self.draft(&fields, None).map(Action::Respond),
            Some(Step::Edit { entry, version }) => self.draft(&fields, Some((&entry, &version))).map(Action::Respond),
            Some(Step::Redo(number)) => self.redraft(number, &fields).map(Action::Update),
            _ => Ok(Action::Respond(gone())),
        }
    }

    /// What to do with a control that was used.
    fn go_on(&self, task: &Task, on: &str) -> Done {
        match Step::of(task) {
            Some(Step::Save(number)) => self.save(number),
            Some(Step::SaveAll(number)) => self.save_all(number),
            Some(Step::Redo(number)) => Ok(only(self.reopen(number))),
            Some(Step::Edit { entry, .. }) => self.edit(&entry).map(only),
            Some(Step::Keep) => Ok(only(Action::Update(said(wording::KEPT)))),
            Some(Step::Remove { entry, version }) => self.remove(&entry, &version),
            Some(Step::Add { number, entry }) => self.add_phrasing(number, &entry).map(only),
            Some(Step::Discard(number)) => Ok(only(self.discard(number))),
            Some(Step::Answer) => Ok(only(self.answer(asked_in(on).unwrap_or_default()))),
            Some(Step::New) | None => Ok(only(Action::Respond(gone()))),
        }
    }

    /// The whole collection as its files.
    fn export(&self) -> Result<Reply, WorkshopError> {
        let id = &self.collection.id;
        let folder = self.workshop.folder(id)?;
        Ok(match zipped(&folder, MOST_BYTES) {
            Ok(bytes) => {
                let file = File { name: format!("{id}.zip"), bytes, description: None };
                Reply { files: vec![file], private: true, ..Reply::plain(wording::EXPORTED) }
            }
            Err(NotZipped::TooLarge(_)) => Reply { private: true, ..Reply::plain(wording::TOO_LARGE) },
            Err(why) => {
                tracing::warn!(collection = %id, %why, "the collection can't be exported");
                Reply { private: true, ..Reply::plain(wording::NOT_EXPORTED) }
            }
        })
    }

    /// What went wrong, in the moderator's words; the operator finds theirs in the log.
    fn trouble(&self, scene: Scene, why: &WorkshopError) -> Action {
        // What else can go wrong quotes what was typed, and is the moderator's to mend.
        if why.is_the_operators() {
            tracing::warn!(collection = %self.collection.id, %why, "a moderator's change was not made");
        }
        Action::Respond(private_reply(scene, why.for_moderator()))
    }
}

fn only(action: Action) -> Vec<Action> {
    vec![action]
}

fn gone() -> Reply {
    said(wording::GONE)
}

fn said(text: &str) -> Reply {
    Reply { private: true, ..Reply::plain(text) }
}
