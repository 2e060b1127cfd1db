//! A connection to PostgreSQL.

use super::password;
use super::trouble::{down, refused, trouble};
use crate::store::engine::{Row, Session, Value};
use crate::store::error::StoreError;
use crate::store::location::Address;
use rustls::{ClientConfig, RootCertStore};
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio_postgres::config::SslMode;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, NoTls, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long it may take to connect, from the name's look-up to the server's welcome.
const CONNECTING: Duration = Duration::from_secs(2);
/// How the server is told how long a statement, or its wait for others, may take.
const LIMITS: &str = "SET statement_timeout = '5s'; SET lock_timeout = '5s'; SET client_min_messages = 'warning'";
/// How long this side waits for a server that should have ended a statement by itself.
const SILENCE: Duration = Duration::from_secs(6);

/// An open connection, and the statements that it knows.
pub(super) struct Link {
    client: Client,
    statements: HashMap<String, Statement>,
}

impl Link {
    /// Connects.
    pub(super) fn connect(runtime: &Runtime, address: &Address) -> Result<Self, StoreError> {
        let mut config = address.config().clone();
        config.application_name("pamphlet").connect_timeout(CONNECTING);
        if let Some(password) = password::find(address) {
            config.password(password);
        }
        let told = |why| trouble(address, &why);
        let connected = runtime.block_on(async {
            let client = if address.is_encrypted() {
                let tls = MakeRustlsConnect::new(certificates().map_err(|why| refused(address, why))?);
                let connecting = config.ssl_mode(SslMode::Require).connect(tls);
                let (client, connection) = within(CONNECTING, address, connecting).await?.map_err(told)?;
                tokio::spawn(connection);
                client
            } else {
                let connecting = config.ssl_mode(SslMode::Disable).connect(NoTls);
                let (client, connection) = within(CONNECTING, address, connecting).await?.map_err(told)?;
                tokio::spawn(connection);
                client
            };
            within(SILENCE, address, client.batch_execute(LIMITS)).await?.map_err(told)?;
            Ok(client)
        });
        Ok(Self { client: connected?, statements: HashMap::new() })
    }
}

/// The certificates that the machine trusts; the variable `SSL_CERT_FILE` names others.
fn certificates() -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = versions.map_err(|why| why.to_string())?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

async fn within<T>(limit: Duration, address: &Address, waiting: impl Future<Output = T>) -> Result<T, StoreError> {
    let ended = tokio::time::timeout(limit, waiting).await;
    ended.map_err(|_| down(address, &format!("it said nothing for {} seconds", limit.as_secs())))
}

/// A connection while work is done over it.
pub(super) struct Linked<'a> {
    pub(super) address: &'a Address,
    pub(super) runtime: &'a Runtime,
    pub(super) link: &'a mut Link,
}

impl Linked<'_> {
    /// Waits for an answer of the server.
    fn wait<T>(
        &mut self,
        ask: impl AsyncFnOnce(&mut Link) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, StoreError> {
        let answered = self.runtime.block_on(within(SILENCE, self.address, ask(self.link)))?;
        answered.map_err(|why| trouble(self.address, &why))
    }
}

impl Session for Linked<'_> {
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        self.wait(async |link| {
            let statement = prepared(link, sql).await?;
            link.client.execute(&statement, &parameters(values)).await
        })
    }

    fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let rows = self.wait(async |link| {
            let statement = prepared(link, sql).await?;
            link.client.query(&statement, &parameters(values)).await
        })?;
        let read = |row| {
            let values = values_of(row).map_err(|why| StoreError::odd_row(&self.place(), why))?;
            Ok(Row::new(self.place(), values))
        };
        rows.iter().map(read).collect()
    }

    fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.wait(async |link| link.client.batch_execute(sql).await)
    }

    fn numbering(&self) -> &'static str {
        "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    }

    fn place(&self) -> String {
        self.address.to_string()
    }
}

async fn prepared(link: &mut Link, sql: &str) -> Result<Statement, tokio_postgres::Error> {
    if let Some(statement) = link.statements.get(sql) {
        return Ok(statement.clone());
    }
    let statement = link.client.prepare(sql).await?;
    link.statements.insert(sql.to_owned(), statement.clone());
    Ok(statement)
}

fn parameters(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(parameter).collect()
}

fn parameter(value: &Value) -> &(dyn ToSql + Sync) {
    match value {
        Value::Nothing => &None::<&str>,
        Value::Number(number) => number,
        Value::Text(text) => text,
    }
}

fn values_of(row: &tokio_postgres::Row) -> Result<Vec<Value>, tokio_postgres::Error> {
    let value = |(index, column): (usize, &tokio_postgres::Column)| {
        Ok(match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(index)?.map_or(Value::Nothing, Value::Number),
            _ => row.try_get::<_, Option<String>>(index)?.map_or(Value::Nothing, Value::Text),
        })
    };
    row.columns().iter().enumerate().map(value).collect()
}
