//! Many servers: which shard hears of which, and messages in all of them.

use super::bot::{Bot, identify};
use super::*;

/// The servers that a bot is told of, one event each.
async fn servers_of(bot: &mut Bot) -> Vec<Value> {
    let ready = bot.hear().await;
    let told = ready["d"]["guilds"].as_array().unwrap().len();
    let mut servers = Vec::new();
    for _ in 0..told {
        let event = bot.hear().await;
        assert_eq!(event["t"], "GUILD_CREATE");
        servers.push(event["d"].clone());
    }
    servers
}

#[tokio::test]
async fn every_server_is_told_to_the_shard_that_has_it() {
    let fixture = Fixture::of_servers(5).await;
    fixture.order(json!({ "login_limits": false })).await;
    let mut names = Vec::new();
    for shard in [0, 1] {
        let mut bot = Bot::greeted(&fixture).await;
        bot.say(2, identify(json!({ "shard": [shard, 2] }))).await;
        let servers = servers_of(&mut bot).await;
        assert!((2..=3).contains(&servers.len()), "{}", servers.len());
        for server in servers.iter().filter(|server| server["name"] != "Test server") {
            let channel = format!("{}/questions", server["name"].as_str().unwrap());
            let message = json!({ "channel": channel, "author": "mo", "content": "hello" });
            assert_eq!(fixture.call("POST", "/mock/messages", message).await.0, 201);
            let heard = &bot.hear().await["d"];
            assert_eq!((&heard["guild_id"], &heard["content"]), (&server["id"], &json!("hello")));
            assert_eq!(heard["channel_id"], server["channels"][1]["id"]);
            assert_eq!(heard["member"]["roles"][0], server["roles"][1]["id"]);
        }
        names.extend(servers.into_iter().map(|server| server["name"].as_str().unwrap().to_owned()));
    }
    names.sort();
    assert_eq!(names, ["Test server", "server-2", "server-3", "server-4", "server-5"]);
    let (_, listed) = fixture.call("GET", "/api/v10/users/@me/guilds?limit=3", Value::Null).await;
    let last = listed[2]["id"].as_str().unwrap();
    let (_, rest) = fixture.call("GET", &format!("/api/v10/users/@me/guilds?after={last}"), Value::Null).await;
    assert_eq!((listed.as_array().unwrap().len(), rest.as_array().unwrap().len()), (3, 2));
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_command_of_one_server_is_offered_there_alone() {
    let fixture = Fixture::of_servers(2).await;
    fixture.log_in();
    let home = fixture.mock.server.world().home;
    let command = json!({ "name": "ask", "description": "Asks" });
    let commands = format!("/api/v10/applications/1234/guilds/{home}/commands");
    assert_eq!(fixture.call("POST", &commands, command).await.0, 201);
    for (channel, status) in [("general", 201), ("server-2/general", 409), ("dm", 409), ("server-3/general", 404)] {
        let used = json!({ "channel": channel, "author": "sam", "name": "ask" });
        assert_eq!(fixture.call("POST", "/mock/commands", used).await.0, status, "{channel}");
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn a_load_is_written_in_every_server_in_turn() {
    let fixture = Fixture::of_servers(3).await;
    let mut bot = Bot::greeted(&fixture).await;
    bot.say(2, identify(json!({}))).await;
    assert_eq!(servers_of(&mut bot).await.len(), 3);
    let load = json!({ "per_second": 6, "seconds": 1, "messages": ["one", "two"], "mention_every": 3 });
    let (status, answer) = fixture.call("POST", "/mock/load", load).await;
    assert_eq!((status, &answer["sent"]), (200, &json!(6)));
    let mut heard = Vec::new();
    for _ in 0..6 {
        heard.push(bot.hear().await["d"].clone());
    }
    let said: Vec<&str> = heard.iter().map(|message| message["content"].as_str().unwrap()).collect();
    assert_eq!(said, ["one", "two", "<@1234> one", "two", "one", "<@1234> two"]);
    let servers: Vec<&Value> = heard.iter().map(|message| &message["guild_id"]).collect();
    assert_eq!(servers[..3], servers[3..]);
    assert!(servers[0] != servers[1] && servers[1] != servers[2]);
    for load in [
        json!({ "per_second": 0, "seconds": 1, "messages": ["one"] }),
        json!({ "per_second": 1, "seconds": 1, "messages": [] }),
        json!({ "per_second": 1, "seconds": 1, "messages": ["a".repeat(2001)] }),
    ] {
        assert_eq!(fixture.call("POST", "/mock/load", load.clone()).await.0, 400, "{load}");
    }
    fixture.mock.stop().await;
}
