//! Commands, and what hangs on their answers: buttons, menus, forms.

use super::{List, each, some};
use serde_json::{Value, json};

/// What every bot registers, typed commands and menus.
const COMMANDS: [&str; 11] =
    ["Greet", "Quote", "ask", "choose", "faq", "file", "form", "gone", "later", "ping", "types"];

pub(super) async fn check(list: &mut List<'_>) {
    typed(list).await;
    menus(list).await;
    components(list).await;
    later(list).await;
}

async fn typed(list: &mut List<'_>) {
    let ready = list.local.get("/mock/ready?wait_ms=30000").await;
    list.point("logs in", &json!(ready["bots"].as_array().map(Vec::len)), &json!(1));
    let mut commands: Vec<Value> = ready["bots"][0]["commands"].as_array().cloned().unwrap_or_default();
    commands.sort_by_key(Value::to_string);
    list.point("registers its commands", &json!(commands), &json!(COMMANDS));

    let pong = list.command("ping", json!({})).await;
    list.point("a private answer", &some(&pong, ["content", "private_to"]), &json!(["pong", "sam"]));
    let typing = json!({ "channel": "general", "author": "sam", "name": "ask", "option": "question", "text": "die" });
    let choices = list.local.send("autocomplete", typing).await;
    let expected = json!([{ "name": "die", "value": "die" }, { "name": "die?", "value": "die?" }]);
    list.point("suggestions while typing", &choices, &expected);
    let asked = list.command("ask", json!({ "question": "what is “light” therapy?" })).await;
    list.point("a text", &some(&asked, ["content", "private_to"]), &json!(["asked: what is “light” therapy?", null]));
    let types = json!({
        "count": 7, "share": 1.5, "flag": true, "who": "alex", "where": "general", "role": "Moderators",
    });
    let types = list.command("types", types).await;
    list.point("every kind of option", &types["content"], &json!("7 1.5 true alex general Moderators"));
    let topics = list.command("faq topics", json!({})).await;
    list.point("a subcommand", &topics["content"], &json!("faq topics"));
    let used = json!({ "channel": "dm", "author": "sam", "name": "ping" });
    let pong = list.answer(&list.local.act("commands", used).await).await;
    list.point("a command in a direct message", &some(&pong, ["content", "dm_with"]), &json!(["pong", "sam"]));
    let file = list.command("file", json!({})).await;
    list.point("an answer with a file", &some(&file, ["content", "files"]), &json!(["a file", ["notes.txt"]]));
}

async fn menus(list: &mut List<'_>) {
    let message = list.write("general", "hard to *swallow*").await;
    let used = json!({ "channel": "general", "author": "alex", "name": "Quote", "target": message });
    let quote = list.answer(&list.local.act("commands", used).await).await;
    list.point(
        "the menu of a message",
        &some(&quote, ["content", "private_to"]),
        &json!(["> hard to *swallow*", "alex"]),
    );
    let world = list.local.get("/mock/world").await;
    let members = world["members"].as_array().into_iter().flatten();
    let mo = members.filter(|member| member["name"] == "mo").map(|member| &member["id"]).next().cloned();
    let used = json!({ "channel": "general", "author": "sam", "name": "Greet", "target": mo });
    let greeted = list.answer(&list.local.act("commands", used).await).await;
    list.point("the menu of a person", &greeted["content"], &json!("hello mo"));
}

async fn components(list: &mut List<'_>) {
    let choose = list.command("choose", json!({})).await;
    list.point("a button", &some(&choose, ["content", "buttons"]), &json!(["choose", ["Press me"]]));
    let options = json!([{ "label": "A", "value": "a" }, { "label": "B", "value": "b" }]);
    list.point("a menu", &choose["selects"], &json!([{ "label": "Pick one", "options": options }]));

    let picked = json!({ "message": choose["id"], "author": "sam", "label": "Pick one", "values": ["b"] });
    let picked = list.answer(&list.local.act("clicks", picked).await).await;
    list.point("a choice is answered", &some(&picked, ["content", "private_to"]), &json!(["picked b", "sam"]));
    let pressed = json!({ "message": choose["id"], "author": "sam", "label": "Press me" });
    let pressed = list.answer(&list.local.act("clicks", pressed).await).await;
    list.point("a press changes its message", &some(&pressed, ["id", "content"]), &json!([choose["id"], "pressed"]));
    list.point("and takes its buttons away", &some(&pressed, ["buttons", "selects"]), &json!([[], []]));

    let form = list.command("form", json!({})).await;
    let shown = &form["form"];
    list.point("a form", &some(shown, ["title", "fields"]), &json!(["Report", ["Why"]]));
    let filled = json!({ "form": shown["id"], "author": "sam", "fields": { "Why": "it is old" } });
    let sent = list.local.act("forms", filled).await;
    let rows = list.rows(&sent, |rows| rows.iter().any(|row| row["form"].is_null())).await;
    let because = rows.iter().find(|row| row["form"].is_null()).cloned().unwrap_or_default();
    list.point("a form is answered", &some(&because, ["content", "private_to"]), &json!(["because: it is old", "sam"]));
}

async fn later(list: &mut List<'_>) {
    let used = json!({ "channel": "general", "author": "sam", "name": "later" });
    let used = list.local.act("commands", used).await;
    let rows = list.rows(&used, |rows| rows.len() == 2 && rows[1]["content"] == "and that").await;
    list.point("a promised answer, a follow-up, both changed", &each(&rows, "content"), &json!(["done", "and that"]));
    let used = json!({ "channel": "general", "author": "sam", "name": "gone" });
    let used = list.local.act("commands", used).await;
    let rows = list.rows(&used, |rows| rows.iter().any(|row| row["deleted"] == true)).await;
    list.point("an answer taken back", &each(&rows, "content"), &json!([""]));
}
