//! Messages: in channels, threads and private, with files, within the limits.

use super::{Limits, List, each, some};
use serde_json::json;
use std::time::{Duration, Instant};

pub(super) async fn check(list: &mut List<'_>, limits: Limits) {
    if limits == Limits::Ignores {
        list.local.order(json!({ "rate_limits": false })).await;
    }
    plain(list).await;
    elsewhere(list).await;
    asked_of_discord(list).await;
    let burst = list.write("general", "burst").await;
    let rows = list.rows(&burst, |rows| rows.len() >= 8).await;
    list.point("eight in a row, in order", &each(&rows, "content"), &json!(["1", "2", "3", "4", "5", "6", "7", "8"]));
    if limits == Limits::Foresees {
        let condition = list.local.get("/mock/condition").await;
        list.point("keeps to the limits by itself", &condition["limited"], &json!(0));
    }
    if limits != Limits::Ignores {
        limited(list).await;
    }
}

async fn plain(list: &mut List<'_>) {
    let hello = list.write("general", "hello").await;
    let heard = list.answer(&hello).await;
    list.point("a reply", &some(&heard, ["content", "reply_to"]), &json!(["heard hello", hello]));
    list.point("a reply pings", &heard["pings"], &json!(["sam"]));
    let embed = list.hear("embed").await;
    list.point("an embed", &embed["content"], &json!("**Title**\nText"));
    let files = list.hear("file").await;
    list.point("two files", &some(&files, ["content", "files"]), &json!(["two files", ["one.txt", "two.txt"]]));

    let edit = list.write("general", "edit").await;
    let rows = list.rows(&edit, |rows| rows.iter().any(|row| row["content"] == "after")).await;
    list.point("a message is changed", &each(&rows, "content"), &json!(["after"]));
    let delete = list.write("general", "delete").await;
    let rows = list.rows(&delete, |rows| rows.iter().any(|row| row["deleted"] == true)).await;
    list.point("a message is deleted", &each(&rows, "content"), &json!([""]));

    let before = list.local.newest().await;
    let typing = list.write("general", "typing").await;
    let typists = list.local.get(&format!("/mock/typing?after={before}&wait_ms=30000")).await;
    list.answer(&typing).await;
    list.point("is seen typing", &typists[0]["channel"], &json!("general"));
    let react = list.write("general", "react").await;
    let row = list.local.row_until(&react, |row| row["reactions"] != json!([])).await;
    list.point("a reaction", &row["reactions"], &json!(["👀"]));
}

async fn elsewhere(list: &mut List<'_>) {
    let private = list.hear("dm").await;
    list.point("opens a direct message", &some(&private, ["content", "dm_with"]), &json!(["in private", "sam"]));
    let heard = list.answer(&list.write("dm", "a secret").await).await;
    list.point("hears a direct message", &some(&heard, ["content", "dm_with"]), &json!(["heard a secret", "sam"]));

    let start = list.write("general", "thread").await;
    let inside = list.answer(&start).await;
    list.point("writes into a thread", &some(&inside, ["content", "channel"]), &json!(["in here", "aside"]));
    let row = list.local.row_until(&start, |row| !row["thread"].is_null()).await;
    list.point("starts the thread on a message", &row["thread"], &json!("aside"));
    let heard = list.answer(&list.write("aside", "hello").await).await;
    list.point("hears a thread", &some(&heard, ["content", "channel"]), &json!(["heard hello", "aside"]));
    let own = json!({ "channel": "general", "author": "mo", "name": "another" });
    list.local.act("threads", own).await;
    let heard = list.answer(&list.write("another", "hello").await).await;
    list.point(
        "hears a thread of a member's",
        &some(&heard, ["content", "channel"]),
        &json!(["heard hello", "another"]),
    );
}

async fn asked_of_discord(list: &mut List<'_>) {
    list.write("questions", "first").await;
    let history = list.answer(&list.write("questions", "history").await).await;
    list.point("reads what was said", &history["content"], &json!("first then history"));
    let channels = list.hear("channels").await;
    list.point("lists channels", &channels["content"], &json!("general questions moderators"));
    let member = list.hear("member").await;
    list.point("a member without roles", &member["content"], &json!("sam none"));
    let asks = json!({ "channel": "general", "author": "mo", "content": "member" });
    let member = list.answer(&list.local.act("messages", asks).await).await;
    list.point("a member with a role", &member["content"], &json!("mo Moderators"));
    let refused = list.hear("empty").await;
    let code = refused["content"].as_str().unwrap_or_default();
    list.point("reads why it is refused", &json!(["refused 50006", "refused 50035"].contains(&code)), &json!(true));
}

async fn limited(list: &mut List<'_>) {
    let limit = json!({ "status": 429, "retry_after": 1.5, "path": "/messages" });
    list.local.order(limit).await;
    let (said, asked) = (Instant::now(), list.write("general", "hello").await);
    let rows = list.rows(&asked, |rows| !rows.is_empty()).await;
    list.point("a limited message comes once", &each(&rows, "content"), &json!(["heard hello"]));
    let waited = said.elapsed() >= Duration::from_millis(1400);
    list.point("and not before it may", &json!(waited), &json!(true));
}
