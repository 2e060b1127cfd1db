//! Many servers over several shards: each is answered by the shard that has it.

use crate::stage::Stage;
use serde_json::json;

#[tokio::test]
async fn every_server_is_answered() {
    let stage = Stage::open_crowd("5", "0-1/2", "").await;
    let condition = stage.get("/mock/condition?connected=2&wait_ms=30000").await;
    assert_eq!(condition["sessions"].as_array().map(Vec::len), Some(2), "{condition}");
    for channel in ["questions", "server-2/questions", "server-3/questions", "server-4/general", "server-5/general"] {
        let question = json!({ "channel": channel, "author": "sam", "content": "does prednisone weaken bones?", "mention_bot": true });
        let reply = stage.say("messages", question).await;
        assert!(reply["content"].as_str().is_some_and(|content| content.contains("bone")), "{channel}: {reply}");
        let options = json!({ "question": "what is rituximab" });
        let command = json!({ "channel": channel, "author": "mo", "name": "ask", "options": options });
        let reply = stage.say("commands", command).await;
        let content = reply["content"].as_str().unwrap_or_default().to_lowercase();
        assert!(content.contains("rituximab"), "{channel}: {reply}");
    }
    stage.close();
}
