//! What members send to the moderators, on the real binary: looked at first, sent once, nameless unless they say otherwise, and
//! never lost without a word.

use crate::room::{KEEPER, Room, text};
use serde_json::{Value, json};

const ROOMS: &str = "[[server]]\nname = \"Friends\"\nchannels = [\"general\", \"questions\", \"staff\"]\n\
    [[member]]\nname = \"sam\"\n[[member]]\nname = \"alex\"\n[[member]]\nname = \"mo\"\nmoderator = true\n";
const SOUP: &str = "does chicken soup cure a cold";
const QUESTION: &str = "Your question";
const NAME: &str = "Your name, if it is to be told (optional)";

impl Room {
    async fn with_staff() -> Self {
        let room = Self::open_in(ROOMS, KEEPER).await;
        room.keep_moderators_in("staff").await;
        room
    }

    /// The next message in the moderators' channel.
    async fn in_staff(&self, after: &Value) -> Value {
        let after = after["id"].as_str().unwrap().to_owned();
        self.stage.row(&after, |row| row["bot"] == true && row["channel"] == "staff").await
    }

    /// What a member's private message says once it says this.
    async fn said(&self, row: &Value, part: &str) -> Value {
        let (id, after) = (row["id"].clone(), row["id"].as_str().unwrap().to_owned());
        self.stage.row(&after, |row| row["id"] == id && text(row).contains(part)).await
    }

    fn buttons(row: &Value) -> Vec<&str> {
        row["buttons"].as_array().unwrap().iter().map(|label| label.as_str().unwrap()).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_without_an_answer_becomes_an_entry() {
    let room = Room::with_staff().await;
    let answer = room.command("sam", "ask", json!({ "question": SOUP })).await;
    assert!(text(&answer).contains("no answer to that"), "{answer}");
    // What was asked stands in the form, since Discord sends the message along.
    let form = room.click(&answer, "sam", "Ask the moderators").await;
    let look = room.fill(&form, "sam", json!({})).await;
    assert_eq!(look["private_to"], "sam", "{look}");
    assert!(text(&look).contains(SOUP) && text(&look).contains("without your name"), "{look}");
    room.stage.act("clicks", json!({ "message": look["id"], "author": "sam", "label": "Send" })).await;
    let letter = room.in_staff(&look).await;
    assert!(text(&letter).contains(SOUP) && !letter.to_string().contains("sam"), "{letter}");
    let sent = room.said(&look, "Sent to the moderators").await;
    assert!(!text(&sent).contains(SOUP), "{sent}");
    // A member may not draft; a moderator's form has the question.
    let refused = room.click(&letter, "alex", "Draft an entry").await;
    assert!(text(&refused).contains("is for the moderators"), "{refused}");
    let form = room.click(&letter, "mo", "Draft an entry").await;
    let fields = json!({ "The answer, word for word": "Soup is food.", "Where it comes from, one or two, one a line": "A book" });
    let preview = room.fill(&form, "mo", fields).await;
    assert!(text(&preview).contains("Soup is food.") && text(&preview).contains(SOUP), "{preview}");
    room.click(&preview, "mo", "Save").await;
    room.in_staff(&preview).await;
    room.check(SOUP, "Soup is food.").await;
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mention_and_a_name_go_along_if_their_writer_wants() {
    let room = Room::with_staff().await;
    let answer = room.mention_in("questions", "sam", SOUP).await;
    assert!(Room::buttons(&answer).contains(&"Ask the moderators"), "{answer}");
    // Somebody else's question is theirs: the form of another is empty.
    let form = room.click(&answer, "alex", "Ask the moderators").await;
    let look = room.fill(&form, "alex", json!({ QUESTION: "and does broth" })).await;
    assert!(!text(&look).contains(SOUP), "{look}");
    let form = room.click(&answer, "sam", "Ask the moderators").await;
    let look = room.fill(&form, "sam", json!({ NAME: "Sam @everyone" })).await;
    assert!(text(&look).contains("with the name") && text(&look).contains(SOUP), "{look}");
    room.stage.act("clicks", json!({ "message": look["id"], "author": "sam", "label": "Send" })).await;
    let letter = room.in_staff(&look).await;
    assert!(text(&letter).contains("— Sam @everyone"), "{letter}");
    assert_eq!(letter["pings"], json!([]), "{letter}");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_with_a_passage_is_reported() {
    let room = Room::with_staff().await;
    let answer = room.command("sam", "ask", json!({ "question": "Does tea help?" })).await;
    let sorry = room.click(&answer, "sam", "Not helpful").await;
    let form = room.click(&sorry, "sam", "Report a problem with this passage").await;
    let look = room.fill(&form, "sam", json!({ "What is wrong or missing?": "Mine was cold." })).await;
    room.stage.act("clicks", json!({ "message": look["id"], "author": "sam", "label": "Send" })).await;
    let letter = room.in_staff(&look).await;
    assert!(text(&letter).contains("the passage of `tea`") && text(&letter).contains("Mine was cold."), "{letter}");
    room.said(&look, "Sent to the moderators").await;
    let form = room.click(&letter, "mo", "Change the entry").await;
    assert_eq!(form["form"]["title"], "Change tea", "{form}");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn danger_in_a_letter_is_answered_first() {
    let room = Room::with_staff().await;
    let answer = room.command("sam", "ask", json!({ "question": SOUP })).await;
    let form = room.click(&answer, "sam", "Ask the moderators").await;
    let look = room.fill(&form, "sam", json!({ QUESTION: "I can't breathe and my chest hurts badly" })).await;
    let (urgent, look_at) = (text(&look).find("emergency number"), text(&look).find("This goes to the moderators"));
    assert!(urgent.is_some() && urgent < look_at, "{look}");
    // Who sends it all the same keeps the numbers.
    room.stage.act("clicks", json!({ "message": look["id"], "author": "sam", "label": "Send" })).await;
    let sent = room.said(&look, "Sent to the moderators").await;
    assert!(text(&sent).contains("emergency number"), "{sent}");
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_does_not_arrive_is_not_lost() {
    let room = Room::with_staff().await;
    let answer = room.command("sam", "ask", json!({ "question": SOUP })).await;
    let form = room.click(&answer, "sam", "Ask the moderators").await;
    let look = room.fill(&form, "sam", json!({})).await;
    let mute = json!({ "who": "@everyone", "channel": "staff", "deny": ["SEND_MESSAGES"] });
    room.stage.post("permissions", mute).await;
    room.stage.act("clicks", json!({ "message": look["id"], "author": "sam", "label": "Send" })).await;
    let lost = room.said(&look, "couldn't reach the moderators").await;
    assert!(text(&lost).contains(SOUP) && Room::buttons(&lost) == ["Send"], "{lost}");
    assert!(!room.stage.log().contains("soup"), "{}", room.stage.log());
    room.stage.close();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_moderators_channel_nothing_is_promised() {
    let room = Room::open().await;
    let answer = room.command("sam", "ask", json!({ "question": SOUP })).await;
    assert!(!Room::buttons(&answer).contains(&"Ask the moderators"), "{answer}");
    let answer = room.command("sam", "ask", json!({ "question": "Does tea help?" })).await;
    let sorry = room.click(&answer, "sam", "Not helpful").await;
    assert_eq!(Room::buttons(&sorry), Vec::<&str>::new(), "{sorry}");
    room.stage.close();
}
