//! Controls and forms whose ids name what is another server's: the local Discord lets nobody use one, so they go to the rules.

use super::{BURNS, COLDS, House, both};
use jiff::Timestamp;
use jiff::civil::date;
use pamphlet::answer::{Brain, Letter, Press, Serving, Task};
use pamphlet::bot::{Action, Asker, Bot, Change, Command, Event, Member, On, Scene, Sent, Settings, Wish};
use pamphlet::faq::{Problem, load_all};
use pamphlet::search::Index;
use pamphlet::store::{self, Location};
use pamphlet::workshop::Workshop;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;
use tempfile::TempDir;

/// The servers with these collections.
const SERVERS: [(u64, House); 2] = [(1, COLDS), (2, BURNS)];

struct Street {
    faq: TempDir,
    bot: Bot,
}

impl Street {
    fn new() -> Self {
        let faq = both();
        let (collections, problems) = load_all(faq.path());
        assert!(!problems.iter().any(Problem::is_error), "{problems:?}");
        let indexes = collections.into_iter().map(|collection| Index::at_once(&Arc::new(collection), None).unwrap());
        let serving = Arc::new(Serving::new(Brain::new(indexes, date(2026, 11, 23))));
        let servers = SERVERS.map(|(server, house)| (server, vec![house.id.to_owned()])).into();
        let store = store::open(&Location::File(faq.path().join(".store"))).unwrap();
        let bot = Bot::new(serving, Settings { servers, ..Settings::default() })
            .with_servers(Arc::clone(&store))
            .with_workshop(Workshop::open(faq.path(), store));
        Self { faq, bot }
    }

    /// What comes of a moderator's wish.
    fn wish(&self, server: u64, wish: Wish) -> Vec<Action> {
        let by = Member { id: 9, name: "mo".to_owned(), manages: true, roles: Vec::new() };
        self.handle(Event::Workshop { scene: scene(server), by, at: Timestamp::UNIX_EPOCH, wish })
    }

    fn press(&self, server: u64, press: Press, text: &str) -> Vec<Action> {
        let on = On { message: 5, text: text.to_owned(), question: None };
        self.handle(Event::Press { scene: scene(server), on, press, may_remove: false })
    }

    fn handle(&self, event: Event) -> Vec<Action> {
        self.bot.handle(event, Instant::now())
    }

    /// The files of a collection, each with its text.
    fn files(&self, house: &House) -> BTreeMap<String, String> {
        let files = std::fs::read_dir(self.faq.path().join(house.id)).unwrap().flatten();
        let read = |file: std::fs::DirEntry| {
            (file.file_name().into_string().unwrap(), std::fs::read_to_string(file.path()).unwrap())
        };
        files.map(read).collect()
    }
}

fn scene(server: u64) -> Scene {
    Scene { server: Some(server), channel: 10 * server, thread_of: None, asker: Asker(server) }
}

/// Every server with its house and that of the other.
fn pairs() -> [(u64, House, House); 2] {
    [(1, COLDS, BURNS), (2, BURNS, COLDS)]
}

/// The task of the control or form that has this verb.
#[track_caller]
fn task(actions: &[Action], verb: &str) -> Task {
    let presses: Vec<&Press> = match actions {
        [Action::Respond(reply) | Action::Update(reply), ..] => {
            reply.buttons.iter().map(|button| &button.press).collect()
        }
        [Action::Form(form), ..] => vec![&form.press],
        other => panic!("{other:?}"),
    };
    let mut tasks = presses.into_iter().filter_map(|press| match press {
        Press::Work(task) if task.verb == verb => Some(task.clone()),
        _ => None,
    });
    tasks.next().unwrap_or_else(|| panic!("no {verb}: {actions:?}"))
}

#[test]
fn a_control_finds_what_is_of_its_server() {
    let street = Street::new();
    for (server, own, other) in pairs() {
        let entry = other.own.0.to_owned();
        for press in [Press::Read as fn(String) -> Press, Press::Show] {
            let done = format!("{:?}", street.press(server, press("rest".to_owned()), ""));
            assert!(done.contains(&own.mark()) && !other.is_in(&done), "{done}");
            let done = format!("{:?}", street.press(server, press(entry.clone()), ""));
            assert!(done.contains("no longer") && !other.is_in(&done), "{done}");
        }
        for press in [
            Press::Topic(0),
            Press::Helpful(entry.clone()),
            Press::NotHelpful(entry.clone()),
            Press::Write(Letter::Problem(entry.clone())),
        ] {
            let done = format!("{:?}", street.press(server, press, ""));
            assert!(!other.is_in(&done), "{done}");
        }
    }
}

#[test]
fn the_steps_of_moderators_stay_in_their_server() {
    let street = Street::new();
    let before = [COLDS, BURNS].map(|house| street.files(&house));
    for (server, own, other) in pairs() {
        let elsewhere = 3 - server;
        let entry = other.own.0;
        // Another's entry by its id and version, however one came by them.
        let theirs = street.wish(elsewhere, Wish::Change(Change::Edit(entry.to_owned())));
        let edit = task(&theirs, "edit");
        let removal = task(&street.wish(elsewhere, Wish::Change(Change::Remove(entry.to_owned()))), "remove");
        let Some(Action::Form(form)) = theirs.first() else { panic!("{theirs:?}") };
        let fields: BTreeMap<String, String> = form
            .fields
            .iter()
            .map(|field| (field.id.to_owned(), field.value.replace("Only", "No longer only")))
            .collect();
        // A draft of theirs, and a question that they tried.
        let sent = Sent { form: edit.clone(), fields: fields.clone() };
        let save = task(&street.wish(elsewhere, Wish::Sent(sent)), "save");
        let add = task(&street.wish(elsewhere, Wish::Test(other.own.1.to_owned())), "add");
        let number = &save.what;
        let mut tried: Vec<Vec<Action>> = Vec::new();
        let by_number = ["redo", "save-all", "discard"].map(|kind| Task::new(kind, number));
        for step in [edit.clone(), removal, save.clone(), add].into_iter().chain(by_number) {
            tried.push(street.wish(server, Wish::Pressed(step, String::new())));
        }
        for form in [edit, Task::new("redo", number)] {
            tried.push(street.wish(server, Wish::Sent(Sent { form, fields: fields.clone() })));
        }
        for change in [Change::Edit, Change::Remove, Change::Undo, Change::History] {
            tried.push(street.wish(server, Wish::Change(change(entry.to_owned()))));
            tried.push(street.wish(server, Wish::Change(change(other.own.1.to_owned()))));
        }
        for done in tried {
            // What this server's own form was filled with may come back; of the other's files nothing does.
            let done = format!("{done:?}").replace("No longer only in", "");
            assert!(!done.contains(&other.mark()), "{done}");
        }
        assert_eq!([COLDS, BURNS].map(|house| street.files(&house)), before, "{} and {}", own.id, other.id);
        // Their draft is still theirs.
        let kept = street.wish(elsewhere, Wish::Pressed(Task::new("redo", number), String::new()));
        assert!(matches!(kept.first(), Some(Action::Form(_))), "{kept:?}");
    }
}

#[test]
fn nobody_chooses_a_collection_that_is_not_theirs() {
    let street = Street::new();
    for (server, own, other) in pairs() {
        street.wish(server, Wish::Chosen(Task::new("set-faq", other.id), Vec::new()));
        street.wish(server, Wish::Pressed(Task::new("set-faq", other.id), String::new()));
        let question = "Does rest help?".to_owned();
        let command = Command::Ask { question, private: None };
        let done = format!("{:?}", street.handle(Event::Command { scene: scene(server), command }));
        assert!(done.contains(&own.mark()) && !other.is_in(&done), "{done}");
    }
}

#[test]
fn letters_and_notices_go_to_the_moderators_of_their_server() {
    let street = Street::new();
    let channel = |server: u64| 100 + server;
    for (server, ..) in pairs() {
        street.wish(server, Wish::Chosen(Task::new("set-channel", ""), vec![channel(server)]));
    }
    for (server, own, _) in pairs() {
        let sent = street.press(server, Press::Send(Letter::Question), "This goes:\n```\nis it?\n```");
        assert!(matches!(&sent[..], [Action::Forward(forward)] if forward.channel == channel(server)), "{sent:?}");
        let removal = task(&street.wish(server, Wish::Change(Change::Remove("rest".to_owned()))), "remove");
        let done = street.wish(server, Wish::Pressed(removal, String::new()));
        let told: Vec<u64> = done
            .iter()
            .filter_map(|action| match action {
                Action::Tell { channel, .. } => Some(*channel),
                _ => None,
            })
            .collect();
        assert_eq!(told, [channel(server)], "{}: {done:?}", own.id);
    }
}
