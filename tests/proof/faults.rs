//! pamphlet under every fault that the local Discord can be told to have: what was lost, what was answered twice, and how soon all
//! was well again. The table goes to the file that `PAMPHLET_FAULTS_TABLE` names; `docs/faults.md` is such a file.

use crate::load::runtime;
use crate::shipped;
use crate::stage::Stage;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// What stands above the rows.
const HEAD: &str = "\
# pamphlet under faults

Made by `PAMPHLET_FAULTS_TABLE=docs/faults.md cargo test --release --test proof -- faults`, which fails when a row isn't as
promised. For each row the real binary answers at a local Discord, the fault is ordered as `docs/mock.md` says, three members
ask while it lasts, and others ask each second until one is answered. What reached a session that Discord lets a bot resume is
never lost; what is said while there is none, Discord tells nobody. A channel that refused an answer is spared for a minute,
since Discord bars who asks in vain too often.

| fault | what pamphlet did | recovered in | questions lost | answered twice |
|---|---|---|---|---|
";
/// The questions that are asked while the fault lasts, each by somebody else.
const QUESTIONS: [&str; 3] =
    ["will prednisone wreck my bones?", "what does rituximab do", "is tofacitinib a pill or an infusion?"];
/// The question that shows that all is well.
const AFTERWARDS: &str = "what is phototherapy for dermatomyositis?";
/// After this long, what isn't answered is lost.
const PATIENCE: Duration = Duration::from_secs(90);
/// After this long, another question is asked.
const SOON: Duration = Duration::from_secs(15);
/// So many are suffered at a time, each by a bot and a local Discord of its own: most of it is waiting.
const SIDE_BY_SIDE: usize = 6;
/// Nobody is asked to be patient here.
const SETTINGS: &str = "[cooldown]\nperson_per_minute = 1000\nchannel_per_minute = 1000\n";

/// What is to be told to the local Discord, and what Discord promises of it.
struct Fault {
    name: &'static str,
    /// The bodies for the control interface, in order.
    bodies: Vec<Value>,
    promise: Promise,
}

/// Which questions Discord lets a bot hear of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Promise {
    /// All: the session can be resumed, or it is the answer that has trouble.
    All,
    /// Those that are asked in the new session: the old one is gone, and what was said in between with it. The first that is
    /// answered shows that there is one.
    NewSession,
    /// None: the answer is refused for good.
    NoAnswer,
    /// The bot has to end, with this exit code.
    End(i32),
}

/// What came of a fault.
struct Outcome {
    /// How often each question was answered.
    answers: Vec<usize>,
    /// The same of those that were asked afterwards until one of them was answered.
    probes: Vec<usize>,
    recovered_in: Option<Duration>,
    resumed: usize,
    logged_in: usize,
    ended: Option<i32>,
}

fn faults() -> Vec<Fault> {
    let fault = |name, promise, bodies: &[Value]| Fault { name, bodies: bodies.to_vec(), promise };
    let close = |name, promise, code: u16| fault(name, promise, &[json!({ "close": code })]);
    use Promise::{All, End, NewSession, NoAnswer};
    vec![
        close("close 1000 (normal)", All, 1000),
        close("close 1001 (going away)", All, 1001),
        close("close 4000 (unknown error)", All, 4000),
        close("close 4001 (unknown opcode)", All, 4001),
        close("close 4002 (decode error)", All, 4002),
        close("close 4003 (not authenticated)", All, 4003),
        close("close 4005 (already authenticated)", All, 4005),
        close("close 4007 (invalid sequence)", NewSession, 4007),
        close("close 4008 (rate limited)", All, 4008),
        close("close 4009 (session timed out)", NewSession, 4009),
        close("close 4004 (authentication failed)", End(6), 4004),
        close("close 4010 (invalid shard)", End(8), 4010),
        close("close 4011 (sharding required)", End(8), 4011),
        close("close 4012 (invalid version)", End(8), 4012),
        close("close 4013 (invalid intents)", End(7), 4013),
        close("close 4014 (disallowed intents)", End(7), 4014),
        fault("the connection is cut without a close", All, &[json!({ "drop": true })]),
        fault("asked to reconnect", All, &[json!({ "reconnect": true })]),
        fault("invalid session that may be resumed", All, &[json!({ "invalidate": true })]),
        fault("invalid session", NewSession, &[json!({ "invalidate": false })]),
        fault("RESUME refused once", NewSession, &[json!({ "refuse_resume": 1 }), json!({ "close": 4000 })]),
        fault("frozen for 8 seconds", All, &[json!({ "freeze_ms": 8000 })]),
        fault("an acknowledgement is withheld", All, &[json!({ "withhold_ack": 1 })]),
        fault("events come 2 seconds late", All, &[json!({ "delay_events_ms": 2000, "times": 3 })]),
        fault("an event comes twice", All, &[json!({ "repeat": 1 })]),
        fault("two events change places", All, &[json!({ "reorder": true })]),
        fault("an event of broken JSON", All, &[json!({ "malformed": true })]),
        fault("an unknown event", All, &[json!({ "unknown_event": true })]),
        fault("a frame of garbage", All, &[json!({ "garbage": true })]),
        fault("500 twice", All, &[json!({ "status": 500, "times": 2, "path": "/messages" })]),
        fault("502 twice", All, &[json!({ "status": 502, "times": 2, "path": "/messages" })]),
        fault("503 for 5 seconds", All, &[json!({ "status": 503, "for_ms": 5000, "path": "/messages" })]),
        fault(
            "429 of the person",
            All,
            &[json!({ "status": 429, "scope": "user", "retry_after": 1.0, "path": "/messages" })],
        ),
        fault(
            "429 of everything",
            All,
            &[json!({ "status": 429, "scope": "global", "retry_after": 1.0, "path": "/messages" })],
        ),
        fault(
            "429 of the channel",
            All,
            &[json!({ "status": 429, "scope": "shared", "retry_after": 1.0, "path": "/messages" })],
        ),
        fault(
            "429 without headers",
            All,
            &[json!({ "status": 429, "scope": "user", "retry_after": 1.0, "headers": false, "path": "/messages" })],
        ),
        fault("the answer is held back for 4 seconds", All, &[json!({ "delay_ms": 4000, "path": "/messages" })]),
        fault("the request for an answer is cut off", All, &[json!({ "cut": true, "path": "/messages" })]),
        fault(
            "it is cut off after it was carried out",
            All,
            &[json!({ "cut": true, "after": true, "path": "/messages" })],
        ),
        fault(
            "403 to an answer",
            NoAnswer,
            &[json!({ "status": 403, "code": 50013, "message": "Missing Permissions", "path": "/messages" })],
        ),
        fault(
            "404 to an answer",
            NoAnswer,
            &[json!({ "status": 404, "code": 10003, "message": "Unknown Channel", "path": "/messages" })],
        ),
        fault(
            "401 to an answer",
            End(6),
            &[json!({ "status": 401, "message": "401: Unauthorized", "path": "/messages" })],
        ),
        fault("the clock jumps an hour ahead", All, &[json!({ "clock_jump_s": 3600 })]),
    ]
}

pub fn every_fault() {
    let mut table = String::from(HEAD);
    let mut broken = Vec::new();
    let faults = faults();
    let side_by_side = rayon::ThreadPoolBuilder::new().num_threads(SIDE_BY_SIDE).build().expect("threads");
    let suffered = |fault: &Fault| {
        let outcome = runtime().block_on(suffer(fault));
        print!("{}", row(fault, &outcome));
        outcome
    };
    // Before several bots would each learn it.
    shipped::index();
    let outcomes: Vec<Outcome> = side_by_side.install(|| faults.par_iter().map(suffered).collect());
    for (fault, outcome) in faults.iter().zip(&outcomes) {
        table.push_str(&row(fault, outcome));
        if !holds(fault.promise, outcome) {
            broken.push(format!("{}: {:?}, then {:?}", fault.name, outcome.answers, outcome.probes));
        }
    }
    if let Some(file) = std::env::var_os("PAMPHLET_FAULTS_TABLE") {
        std::fs::write(file, table).expect("the table is written");
    }
    assert!(broken.is_empty(), "not as promised: {}", broken.join("\n"));
}

/// Makes the fault, asks while it lasts, and waits until all is answered or past hope.
async fn suffer(fault: &Fault) -> Outcome {
    let mut stage = Stage::open(SETTINGS, "info").await;
    stage.mention("before", AFTERWARDS).await;
    for body in &fault.bodies {
        stage.post("faults", body.clone()).await;
    }
    let began = Instant::now();
    let ends = matches!(fault.promise, Promise::End(_));
    let mut asked = Vec::new();
    for (number, question) in QUESTIONS.iter().enumerate() {
        asked.extend(ask(&stage, &format!("asker{number}"), question, !ends).await);
    }
    assert!(ends || asked.len() == QUESTIONS.len(), "{}: not every question could be asked", fault.name);
    let ended = ends.then(|| stage.bot.ended().code().unwrap_or(-1));
    let (recovered_in, probes) =
        if ended.is_some() { (None, Vec::new()) } else { recover(&stage, fault.promise, &asked, began).await };
    let rows = stage.transcript().await;
    let [answers, probes] = [asked, probes].map(|ids| ids.iter().map(|id| answers(&rows, id)).collect());
    let log = stage.discord_log();
    let count = |what: &str| log.lines().filter(|line| line.contains(what)).count();
    let (resumed, logged_in) = (count("a bot resumed its session"), count("a bot logged in") - 1);
    if ended.is_some() {
        stage.end()
    } else {
        stage.close()
    };
    Outcome { answers, probes, recovered_in, resumed, logged_in, ended }
}

/// Asks again each second, until that and whatever was asked before is answered; gives how long the first answer took, and what
/// was asked.
async fn recover(stage: &Stage, promise: Promise, asked: &[String], began: Instant) -> (Option<Duration>, Vec<String>) {
    let mut probes = Vec::new();
    let mut recovered_in = None;
    while began.elapsed() < PATIENCE {
        if recovered_in.is_none() {
            probes.extend(ask(stage, &format!("prober{}", probes.len()), AFTERWARDS, true).await);
        }
        let last = probes.last().expect("a probe");
        stage.get(&format!("/mock/transcript?after={last}&wait_ms=1000")).await;
        let rows = stage.transcript().await;
        if recovered_in.is_none() && probes.iter().any(|id| answers(&rows, id) > 0) {
            recovered_in = Some(began.elapsed());
        }
        let all = asked.iter().all(|id| answers(&rows, id) > 0);
        if recovered_in.is_some() && (all || promise != Promise::All) {
            break;
        }
    }
    // Whatever is said twice is said before the answer to a question that comes later.
    while began.elapsed() < PATIENCE {
        let last = ask(stage, "after", AFTERWARDS, true).await.expect("somebody who hears it");
        if is_answered_soon(stage, &last).await {
            return (recovered_in, probes);
        }
        assert!(promise != Promise::All, "the last question was lost");
    }
    panic!("nothing is answered any more\n{}", stage.log());
}

/// Whether a message is answered within some seconds. One that is asked while a session is being refused may never be.
async fn is_answered_soon(stage: &Stage, id: &str) -> bool {
    let until = Instant::now() + SOON;
    while Instant::now() < until {
        if answers(&stage.transcript().await, id) > 0 {
            return true;
        }
        stage.get(&format!("/mock/transcript?after={id}&wait_ms=1000")).await;
    }
    false
}

/// Asks a question. Where no session is left that could hear it, whoever is patient asks it in the next one.
async fn ask(stage: &Stage, author: &str, question: &str, patient: bool) -> Option<String> {
    let message = json!({ "channel": "general", "author": author, "content": question, "mention_bot": true });
    let mut asked = stage.post("messages", message.clone()).await;
    if patient && asked["id"].is_null() {
        stage.get("/mock/ready?wait_ms=30000").await;
        asked = stage.post("messages", message).await;
    }
    asked["id"].as_str().map(str::to_owned)
}

/// How often the bot answered this message.
fn answers(rows: &[Value], id: &str) -> usize {
    rows.iter().filter(|row| row["bot"] == true && row["reply_to"] == id).count()
}

/// Whether what came of it is what Discord's rules allow.
fn holds(promise: Promise, outcome: &Outcome) -> bool {
    let counts = || outcome.answers.iter().chain(&outcome.probes);
    let recovered = outcome.recovered_in.is_some();
    counts().all(|count| *count < 2)
        && match promise {
            Promise::All => recovered && outcome.answers.iter().all(|count| *count > 0),
            // One gap at most: between the end of the old session and the begin of the new one.
            Promise::NewSession => {
                let from_gap = counts().skip_while(|count| **count > 0);
                recovered && from_gap.skip_while(|count| **count == 0).all(|count| *count > 0)
            }
            Promise::NoAnswer => recovered,
            Promise::End(code) => outcome.ended == Some(code),
        }
}

fn row(fault: &Fault, outcome: &Outcome) -> String {
    let times = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(what.to_owned()),
        _ => Some(format!("{what} {count} times")),
    };
    let did = [times(outcome.resumed, "resumed"), times(outcome.logged_in, "logged in anew")];
    let mut did: Vec<String> = did.into_iter().flatten().collect();
    did.extend(outcome.ended.map(|code| format!("said why and ended with exit code {code}")));
    if did.is_empty() {
        did.push("went on".to_owned());
    }
    let recovered = outcome.recovered_in.map_or("–".to_owned(), |time| format!("{:.1} s", time.as_secs_f64()));
    let lost = outcome.answers.iter().filter(|count| **count == 0).count();
    let doubled = outcome.answers.iter().chain(&outcome.probes).filter(|count| **count > 1).count();
    let mut row = String::new();
    let lost = match (fault.promise, lost) {
        (Promise::End(_), _) => "–".to_owned(),
        (Promise::NewSession, 1..) => format!("{lost}, asked while there was no session"),
        (Promise::NoAnswer, 1..) => format!("{lost}, refused"),
        _ => lost.to_string(),
    };
    writeln!(row, "| {} | {} | {recovered} | {lost} | {doubled} |", fault.name, did.join(", ")).expect("a row");
    row
}
