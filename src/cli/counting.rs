//! Writes what the bot counts to the store, off the way of answers.

use crate::store::Counter;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// How often what was counted is written. A process that is killed loses what it counted since.
const EVERY: Duration = Duration::from_secs(60);
/// How long the last counts may take when pamphlet is to stop.
const AT_THE_END: Duration = Duration::from_secs(3);

/// Writes now and then. A store that is down is tried again each time, and told of once.
pub(super) async fn write_now_and_then(counter: Arc<Counter>) -> Infallible {
    let mut is_down = false;
    loop {
        tokio::time::sleep(EVERY).await;
        match (write(&counter).await, is_down) {
            (Ok(()), true) => tracing::info!("counts are written again; none was lost that there was room for"),
            (Err(why), false) => tracing::warn!("counts can't be written now and are kept in memory: {why}"),
            (Ok(()), false) | (Err(_), true) => continue,
        }
        is_down = !is_down;
    }
}

/// Writes what was counted last, unless that takes too long.
pub(super) async fn write_the_last(counter: &Arc<Counter>) {
    let why = match tokio::time::timeout(AT_THE_END, write(counter)).await {
        Ok(Ok(())) => return,
        Ok(Err(why)) => why,
        Err(_) => {
            format!("the store takes more than {} seconds\nhint: look at its disk or its server", AT_THE_END.as_secs())
        }
    };
    tracing::warn!("the last counts are lost: {why}");
}

async fn write(counter: &Arc<Counter>) -> Result<(), String> {
    let counter = Arc::clone(counter);
    match tokio::task::spawn_blocking(move || counter.flush()).await {
        Ok(written) => written.map_err(|why| why.to_string()),
        Err(_) => Err("the store broke off\nhint: please report this line: it is a fault of pamphlet".to_owned()),
    }
}
