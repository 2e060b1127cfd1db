//! Paths as clients write them that escape what they can.

use super::keeping::{Here, NONE};
use super::*;

#[tokio::test]
async fn oneself_is_found_however_the_path_is_escaped() {
    let (fixture, Here { guild, general, sam }) = Fixture::with_bot().await;
    let message = format!("/channels/{general}/messages/{}", fixture.sams_message());
    let start = json!({ "name": "aside", "type": 11 });
    let (_, thread) = fixture.call("POST", &format!("/api/v10/channels/{general}/threads"), start).await;
    let own = format!("/channels/{}/thread-members/%40me", thread["id"].as_str().unwrap());
    fixture
        .all(&[
            ("GET", "/users/%40me", NONE, 200),
            ("GET", "/users/%40me/guilds", NONE, 200),
            ("POST", "/users/%40me/channels", json!({ "recipient_id": sam }), 200),
            ("GET", "/applications/%40me", NONE, 200),
            ("PATCH", &format!("/guilds/{guild}/members/%40me"), json!({ "nick": "Helper" }), 200),
            ("PUT", &format!("{message}/reactions/%F0%9F%91%8D/%40me"), NONE, 204),
            ("DELETE", &own, NONE, 204),
            ("PUT", &own, NONE, 204),
            ("GET", "/users/%2540me", NONE, 400),
        ])
        .await;
    fixture.order(json!({ "status": 500, "path": "/users/@me" })).await;
    fixture.all(&[("GET", "/users/%40me", NONE, 500)]).await;
    fixture.mock.stop().await;
}
