//! PostgreSQL carries the store as SQLite does, goes away and comes back.

use super::program::need;
use crate::counting::{Shelf, counted, faq, says};
use crate::stage::{Process, signal};
use crate::storing::child::Child;
use crate::storing::suite;
use pamphlet::store::{Counted, Counter, Fault, Location, Store, open};
use serde_json::json;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The line with which a server says that it may be asked.
const READY: &str = "ready to accept connections";

/// How long a server that says nothing is waited for, at the least.
const SILENCE: Duration = Duration::from_secs(6);

/// What moderators are told who want the counts of a store that is down.
const AWAY: &str = "can't get at the counts just now";

/// A server on a free port, with its files in a folder of its own.
struct Server {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    process: Option<Process>,
}

impl Server {
    /// Makes one and starts it; nothing where there is no PostgreSQL. Who connects as `locked` needs a password.
    fn start() -> Option<Self> {
        let programs = programs()?;
        let folder = tempfile::tempdir().expect("a folder");
        let owner = owner();
        chown(folder.path(), Some(owner), None).expect("the folder can be given away");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let mut server = Self { programs, folder, port, process: None };
        let data = server.data();
        let initdb = server
            .command("initdb")
            .args(["--username=bot", "--auth=trust", "--no-sync", "--encoding=UTF8"])
            .arg("--pgdata")
            .arg(&data)
            .output();
        let made = initdb.expect("initdb runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        fs::write(data.join("pg_hba.conf"), "host all locked all scram-sha-256\nhost all all all trust\n")
            .expect("a file");
        server.run();
        Some(server)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A program of PostgreSQL's, as the user who may run it.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir(self.folder.path()).stdin(Stdio::null()).uid(owner());
        command
    }

    /// Starts it once more with a certificate of its own; gives the certificate's file.
    fn restart_with_certificate(&mut self, openssl: &Path) -> PathBuf {
        // An absolute path stays as it is.
        let mut command = self.command(&openssl.to_string_lossy());
        command.current_dir(self.data()).args(["req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=pamphlet's test"]);
        command.args(["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"]);
        let made = command.args(["-newkey", "rsa:2048", "-keyout", "server.key", "-out", "server.crt"]).output();
        let made = made.expect("openssl runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        self.sql("postgres", "ALTER SYSTEM SET ssl = on");
        self.stop();
        self.run();
        self.data().join("server.crt")
    }

    /// Starts its process and waits until it is ready.
    fn run(&mut self) {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        let (data, port) = (self.data(), self.port.to_string());
        let mut command = self.command("postgres");
        command.arg("-D").arg(data).args([
            "-p",
            &port,
            "-h",
            "127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "fsync=off",
        ]);
        command.env("LC_ALL", "C").stdout(Stdio::null()).stderr(writer);
        self.process = Some(Process::start(&mut command));
        drop(command);
        let mut lines = BufReader::new(reader).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.contains(READY)), "the server didn't come up");
        std::thread::spawn(move || lines.for_each(drop));
    }

    /// Ends it as an operator does who doesn't wait for its clients.
    fn stop(&mut self) {
        let mut process = self.process.take().expect("a server that runs");
        signal("INT", &process.id().to_string());
        assert!(process.ended().success());
    }

    /// Holds its process and that of a session, or lets them go on.
    fn signal(&self, name: &str, session: &str) {
        let own = self.process.as_ref().expect("a server that runs").id().to_string();
        [session, &own].into_iter().for_each(|process| signal(name, process));
    }

    /// Runs a statement in a database.
    fn sql(&self, database: &str, sql: &str) -> String {
        let port = self.port.to_string();
        let mut command = self.command("psql");
        command.args(["-h", "127.0.0.1", "-p", &port, "-U", "bot", "-d", database, "-X", "-A", "-t", "-c", sql]);
        let output = command.output().expect("psql runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// A new database.
    fn database(&self, name: &str) -> Location {
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        self.place("bot", name)
    }

    fn place(&self, user: &str, database: &str) -> Location {
        let text = format!("postgres://{user}@127.0.0.1:{}/{database}", self.port);
        Location::parse(&text, Path::new("")).expect("an address")
    }
}

/// Where PostgreSQL's programs are: Debian keeps them out of the way.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let folders = versions.map(|version| version.path().join("bin")).filter(|folder| folder.join("initdb").exists());
    folders.max().or_else(|| Some(need("initdb")?.parent()?.to_owned()))
}

/// Whom the server runs as: it refuses root, for whom there is the user that Debian's package makes.
fn owner() -> u32 {
    let own = fs::metadata("/proc/self").expect("a process").uid();
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let postgres = users.lines().find_map(|line| line.strip_prefix("postgres:")?.split(':').nth(1)?.parse().ok());
    if own == 0 { postgres.expect("a user `postgres`") } else { own }
}

fn offered(store: &Store) -> u64 {
    suite::all(store, "tea").values().sum()
}

#[test]
fn postgres_does_what_a_store_does() {
    let Some(server) = Server::start() else { return };
    suite::run(|name| server.database(name));
}

#[test]
fn counts_come_back_when_the_server_does() {
    let Some(mut server) = Server::start() else { return };
    let place = server.database("faq");
    let store = open(&place).unwrap();
    let counter = Counter::new(Arc::clone(&store));
    let count = || counter.count(suite::offered("tea", 1));
    count();
    counter.flush().unwrap();

    server.stop();
    count();
    let why = counter.flush().unwrap_err();
    assert_eq!(why.fault(), Some(Fault::Down), "{why}");
    count();
    assert_eq!(counter.flush().unwrap_err().fault(), Some(Fault::Down));
    // A bot that starts now goes on without its store, too.
    let late = open(&place).unwrap();
    assert_eq!(late.settings().unwrap_err().fault(), Some(Fault::Down));

    server.run();
    count();
    counter.flush().unwrap();
    assert_eq!((offered(&store), offered(&late), counter.lost()), (4, 4, 0));

    // The connection was good when it was last used, and the first call after is not told of it.
    server.stop();
    server.run();
    let number = store.begin(&suite::change("green", None, Some("hot"))).unwrap();
    store.finish(number).unwrap();
    assert_eq!(offered(&late), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_go_on_without_the_server_and_the_counts_come_back_with_it() {
    let Some(mut server) = Server::start() else { return };
    let (shelf, place) = (Shelf::new(), server.database("faq"));
    let stage = shelf.stage(&format!("postgres://bot@127.0.0.1:{}/faq", server.port)).await;
    let ask = async || {
        let options = json!({ "question": "Does tea help?" });
        let command = json!({ "channel": "questions", "author": "sam", "name": "ask", "options": options });
        let asked = stage.act("commands", command).await;
        stage.row(&asked, |row| row["private_to"] == "sam" && says(row, "Tea is warm.")).await;
    };
    let stats = async |part| {
        let told = faq(&stage, "mo", "stats").await;
        assert!(says(&told, part), "{part}: {told}\n{}", stage.log());
    };
    ask().await;
    stats("- answered: fewer than five").await;
    server.stop();
    for _ in 0..2 {
        ask().await;
        stats(AWAY).await;
    }
    server.run();
    ask().await;
    stats("- answered: fewer than five").await;

    // A server that says nothing is waited for, but by no answer.
    let session = server.sql("faq", "SELECT pid FROM pg_stat_activity WHERE application_name = 'pamphlet'");
    server.signal("STOP", &session);
    let command = json!({ "channel": "questions", "author": "mo", "name": "faq stats", "options": {} });
    let waiting = stage.act("commands", command).await;
    let asked = Instant::now();
    for _ in 0..4 {
        ask().await;
    }
    assert!(asked.elapsed() < SILENCE, "{:?}", asked.elapsed());
    let told = stage.row(&waiting, |row| row["private_to"] == "mo" && says(row, AWAY)).await;
    assert!(asked.elapsed() >= SILENCE, "it wasn't waited for: {told}");
    server.signal("CONT", &session);
    stats("- answered: 5+").await;
    ask().await;
    stage.close();
    let kept = tokio::task::block_in_place(|| counted(&open(&place).unwrap()));
    assert_eq!(kept, [(Counted::Answered("tea".to_owned()), 9)].into());
}

#[test]
fn a_server_that_says_nothing_is_given_up_on() {
    let Some(server) = Server::start() else { return };
    let store = open(&server.database("faq")).unwrap();
    let session = server.sql("faq", "SELECT pid FROM pg_stat_activity WHERE application_name = 'pamphlet'");
    server.signal("STOP", &session);
    let why = store.settings().unwrap_err();
    server.signal("CONT", &session);
    assert_eq!(why.fault(), Some(Fault::Down), "{why}");
    store.settings().unwrap();
}

#[test]
fn what_an_operator_must_mend_is_told() {
    let Some(server) = Server::start() else { return };
    let check = |place: &Location, fault: Fault, part: &str| {
        let why = open(place).map(|_| ()).unwrap_err();
        assert_eq!(why.fault(), Some(fault), "{why}");
        assert!(why.to_string().contains(part) && why.to_string().contains("hint: "), "{why}");
    };
    check(&server.place("bot", "nowhere"), Fault::Refused, "nowhere");
    check(&server.place("locked", "faq"), Fault::Refused, "password");
    let encrypted = format!("postgres://bot@127.0.0.1:{}/faq?sslmode=require", server.port);
    check(&Location::parse(&encrypted, Path::new("")).unwrap(), Fault::Refused, "TLS");

    let place = server.database("faq");
    drop(open(&place).unwrap());
    server.sql("faq", "INSERT INTO steps (number) VALUES (900)");
    check(&place, Fault::Newer, "900");
    server.sql("faq", "DELETE FROM steps WHERE number = 900");

    let store = open(&place).unwrap();
    server.sql("faq", "INSERT INTO servers (server, settings) VALUES (7, '{')");
    assert_eq!(store.settings().unwrap_err().fault(), Some(Fault::Damaged));
}

#[test]
fn a_password_and_a_certificate_are_found_in_the_environment() {
    let (Some(mut server), Some(openssl)) = (Server::start(), need("openssl")) else { return };
    let certificate = server.restart_with_certificate(&openssl);
    server.sql("postgres", "CREATE ROLE locked LOGIN PASSWORD 'open sesame'");
    server.sql("postgres", "CREATE DATABASE faq OWNER locked");
    let encrypted = format!("postgres://locked@127.0.0.1:{}/faq?sslmode=require", server.port);
    let place = Location::parse(&encrypted, Path::new("")).unwrap();
    let why = open(&place).map(|_| ()).unwrap_err();
    assert_eq!(why.fault(), Some(Fault::Refused), "nobody vouches for the certificate: {why}");
    assert!(why.to_string().contains("invalid peer certificate"), "{why}");
    let (folder, certificate) = (tempfile::tempdir().unwrap(), certificate.to_string_lossy());
    let more = [("PAMPHLET_STORE_PASSWORD", "open sesame"), ("SSL_CERT_FILE", &*certificate)];
    Child::start_with(&place, &folder.path().join("green.md"), &more).saved();
    assert_eq!(server.sql("faq", "SELECT count(*) > 0 FROM revisions"), "t");
}
