//! What channels and applications are set to: kept, told, and what begins with it.

use super::keeping::{Here, NONE};
use super::*;

#[tokio::test]
async fn a_channel_keeps_its_settings_and_its_threads_begin_with_them() {
    let (fixture, Here { guild, general, .. }) = Fixture::with_bot().await;
    let made = async |wish: Value| {
        let (status, made) = fixture.call("POST", &format!("/api/v10/guilds/{guild}/channels"), wish).await;
        assert_eq!(status, 201, "{made}");
        made
    };
    let voice = made(json!({ "name": "talk", "type": 2, "bitrate": 96_000, "user_limit": 5 })).await;
    assert_eq!((&voice["bitrate"], &voice["user_limit"]), (&json!(96_000), &json!(5)));
    let path = format!("/api/v10/channels/{}", voice["id"].as_str().unwrap());
    let (_, voice) = fixture.call("PATCH", &path, json!({ "user_limit": null, "rtc_region": "rotterdam" })).await;
    let told = [&voice["bitrate"], &voice["user_limit"], &voice["rtc_region"]];
    assert_eq!(told, [&json!(96_000), &json!(0), &json!("rotterdam")]);
    let emoji = json!({ "emoji_id": null, "emoji_name": "👍" });
    let forum =
        made(json!({ "name": "help", "type": 15, "default_reaction_emoji": emoji, "default_sort_order": 1 })).await;
    assert_eq!((&forum["default_reaction_emoji"], &forum["default_sort_order"]), (&emoji, &json!(1)));
    let wish = json!({ "default_auto_archive_duration": 60, "default_thread_rate_limit_per_user": 7 });
    fixture.all(&[("PATCH", &format!("/channels/{general}"), wish, 200)]).await;
    for (wish, minutes) in [(json!({ "name": "a" }), 60), (json!({ "name": "b", "auto_archive_duration": 1440 }), 1440)]
    {
        let (_, thread) = fixture.call("POST", &format!("/api/v10/channels/{general}/threads"), wish).await;
        let told = (&thread["thread_metadata"]["auto_archive_duration"], &thread["rate_limit_per_user"]);
        assert_eq!(told, (&json!(minutes), &json!(7)), "{thread}");
    }
    fixture.mock.stop().await;
}

#[tokio::test]
async fn an_application_says_what_it_is() {
    let (fixture, _) = Fixture::with_bot().await;
    let own = "/api/v10/applications/@me";
    for told in [json!({ "description": { "default": "helps" } }), json!({ "tags": [] })] {
        let (status, application) = fixture.call("PATCH", own, told).await;
        assert_eq!((status, &application["description"]), (200, &json!("helps")));
    }
    assert_eq!(fixture.call("PATCH", own, json!({ "description": "d".repeat(401) })).await.0, 400);
    assert_eq!(fixture.call("GET", own, NONE).await.1["description"], json!("helps"));
    fixture.mock.stop().await;
}
