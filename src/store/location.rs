//! Where a store is: a file of SQLite's, or a PostgreSQL server.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use tokio_postgres::config::{Host, SslMode};

/// Where a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A file.
    File(PathBuf),
    /// A database of a PostgreSQL server.
    Server(Address),
}

impl Location {
    /// Reads it as an operator writes it: `postgres://…`, else a path, which is meant from `folder`.
    ///
    /// # Errors
    /// When it begins like an address and isn't one, or holds a password. The text says what to write, and repeats nothing.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, String> {
        if !["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme)) {
            return Ok(Self::File(folder.join(text)));
        }
        // Why it can't be read may quote a piece of a password.
        let address: tokio_postgres::Config = text.parse().map_err(|_| {
            "the address of the database can't be read; write it like `postgres://user@host:5432/database`".to_owned()
        })?;
        if address.get_password().is_some() {
            let what = "the address of the database holds a password, which doesn't belong in this file";
            return Err(format!("{what}; set the variable {} or write it in ~/.pgpass", super::PASSWORD_VARIABLE));
        }
        if address.get_hosts().is_empty() {
            return Err("the address of the database names no host; write `localhost` for this machine".to_owned());
        }
        Ok(Self::Server(Address(Box::new(address))))
    }
}

/// The address of a database of a PostgreSQL server. It holds no password.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Box<tokio_postgres::Config>);

impl Address {
    /// How to connect, but for the password.
    pub(super) fn config(&self) -> &tokio_postgres::Config {
        &self.0
    }

    /// Whether a connection is encrypted and the server's certificate is checked: always, but on this machine, or where the
    /// address says `sslmode=disable`.
    pub(super) fn is_encrypted(&self) -> bool {
        match self.0.get_ssl_mode() {
            SslMode::Disable => false,
            SslMode::Require => true,
            _ => !self.0.get_hosts().iter().all(is_here) || !self.0.get_hostaddrs().iter().all(IpAddr::is_loopback),
        }
    }

    /// The parts by which a password is looked up: host, port, database and user.
    pub(super) fn parts(&self) -> [String; 4] {
        let host = match self.0.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            #[cfg(unix)]
            Some(Host::Unix(folder)) => folder.display().to_string(),
            None => String::new(),
        };
        let port = self.0.get_ports().first().copied().unwrap_or(5432);
        let user = self.0.get_user().unwrap_or_default();
        [host, port.to_string(), self.0.get_dbname().unwrap_or(user).to_owned(), user.to_owned()]
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [host, port, database, user] = self.parts();
        let at = if user.is_empty() { "" } else { "@" };
        // A host may be the folder of a socket.
        write!(out, "postgres://{user}{at}{}:{port}/{database}", host.replace('/', "%2F"))?;
        match self.0.get_ssl_mode() {
            SslMode::Disable => out.write_str("?sslmode=disable"),
            SslMode::Require => out.write_str("?sslmode=require"),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Location, String> {
        Location::parse(text, Path::new("/etc/pamphlet"))
    }

    fn address(text: &str) -> Address {
        match parse(text) {
            Ok(Location::Server(address)) => address,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_path_is_meant_from_the_folder_of_the_settings() {
        assert_eq!(parse("kept/store.sqlite3"), Ok(Location::File("/etc/pamphlet/kept/store.sqlite3".into())));
        assert_eq!(parse("/var/store"), Ok(Location::File("/var/store".into())));
    }

    #[test]
    fn an_address_is_shown_as_it_is_written() {
        for whole in [
            "postgres://bot@db.example:6000/faq",
            "postgres://bot@%2Frun%2Fpostgresql:5432/faq",
            "postgres://bot@127.0.0.1:5432/faq?sslmode=require",
        ] {
            assert_eq!(address(whole).to_string(), whole);
        }
        assert_eq!(address("postgresql://bot@db.example").to_string(), "postgres://bot@db.example:5432/bot");
    }

    #[test]
    fn what_leaves_the_machine_is_encrypted() {
        for (text, is_encrypted) in [
            ("postgres://bot@db.example/faq", true),
            ("postgres://bot@db.example/faq?sslmode=disable", false),
            ("postgres://bot@localhost/faq", false),
            ("postgres://bot@127.0.0.1/faq", false),
            ("postgres://bot@127.0.0.1/faq?sslmode=require", true),
            ("postgres://bot@%2Frun%2Fpostgresql/faq", false),
            ("postgres://bot@localhost,db.example/faq", true),
            ("postgres://bot@localhost/faq?hostaddr=192.0.2.1", true),
        ] {
            assert_eq!(address(text).is_encrypted(), is_encrypted, "{text}");
        }
    }

    #[test]
    fn a_password_is_refused_and_never_repeated() {
        for text in [
            "postgres://bot:geheim@db.example/faq",
            "postgres://bot@db.example/faq?password=geheim",
            "postgres://bot:gehe?geheim@db.example/faq",
            "postgres://bot:x@db.example:geheim/faq",
        ] {
            let why = parse(text).unwrap_err();
            assert!(!why.contains("geheim"), "{why}");
        }
        assert!(parse("postgres://bot:geheim@db.example/faq").unwrap_err().contains("PAMPHLET_STORE_PASSWORD"));
        assert!(parse("postgres:///faq").unwrap_err().contains("no host"));
    }
}
