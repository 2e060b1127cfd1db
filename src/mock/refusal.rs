//! A refusal: the error that Discord answers a request with, as status, code and words.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why a request of a bot is refused.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    /// The status of the answer.
    pub(crate) status: StatusCode,
    /// Discord's own number for the reason; 0 where it has none.
    pub(crate) code: u32,
    /// Discord's words for it.
    pub(crate) message: String,
    /// For an invalid body: what is wrong, as a tree over its fields.
    pub(crate) errors: Option<Value>,
}

impl Refusal {
    /// A refusal with any status, code and words.
    pub(crate) fn new(status: StatusCode, code: u32, message: &str) -> Refusal {
        Refusal { status, code, message: message.to_owned(), errors: None }
    }

    /// The body breaks rules; `errors` says which.
    pub(crate) fn invalid_form(errors: Value) -> Refusal {
        let mut refusal = Refusal::new(StatusCode::BAD_REQUEST, 50035, "Invalid Form Body");
        refusal.errors = Some(errors);
        refusal
    }

    /// The body is no JSON at all.
    pub(crate) fn unreadable() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 50109, "The request body contains invalid JSON.")
    }

    /// The body has more bytes than are read.
    pub(crate) fn too_large() -> Refusal {
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, 40005, "Request entity too large")
    }

    /// The token isn't one.
    pub(crate) fn unauthorized() -> Refusal {
        Refusal::new(StatusCode::UNAUTHORIZED, 0, "401: Unauthorized")
    }

    /// There is no such route.
    pub(crate) fn no_route() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 0, "404: Not Found")
    }

    /// The channel isn't there.
    pub(crate) fn unknown_channel() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 10003, "Unknown Channel")
    }

    /// The server isn't there.
    pub(crate) fn unknown_guild() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 10004, "Unknown Guild")
    }

    /// The member isn't there.
    pub(crate) fn unknown_member() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 10007, "Unknown Member")
    }

    /// The message isn't there, or isn't the bot's to see.
    pub(crate) fn unknown_message() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 10008, "Unknown Message")
    }

    /// The person isn't there.
    pub(crate) fn unknown_user() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 10013, "Unknown User")
    }

    /// The role isn't there.
    pub(crate) fn unknown_role() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 10011, "Unknown Role")
    }

    /// Of those that were to be banned together none could be.
    pub(crate) fn nobody_banned() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 500_000, "Failed to ban users")
    }

    /// Whoever isn't in a voice channel isn't moved or silenced there.
    pub(crate) fn not_in_voice() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 40032, "Target user is not connected to voice.")
    }

    /// Nobody of this id is banned.
    pub(crate) fn unknown_ban() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 10026, "Unknown Ban")
    }

    /// There is no role or member to change the permissions of, or nothing was changed of theirs.
    pub(crate) fn unknown_overwrite() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 10009, "Unknown permission overwrite")
    }

    /// Everybody's role and those of bots stay where they are.
    pub(crate) fn invalid_role() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 50028, "Invalid Role")
    }

    /// A channel has so many pinned messages at most.
    pub(crate) fn too_many_pins() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 30003, "Maximum number of pins reached for the channel (250)")
    }

    /// A forum has one pinned post at most.
    pub(crate) fn too_many_pinned_posts() -> Refusal {
        let words = "Maximum number of pinned threads in a forum channel has been reached";
        Refusal::new(StatusCode::BAD_REQUEST, 30047, words)
    }

    /// A server has so many roles at most.
    pub(crate) fn too_many_roles() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 30005, "Maximum number of server roles reached (250)")
    }

    /// A channel has so many webhooks at most.
    pub(crate) fn too_many_webhooks() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 30007, "Maximum number of webhooks reached (15)")
    }

    /// A channel has so many overwrites at most.
    pub(crate) fn too_many_overwrites() -> Refusal {
        let words = "Maximum number of channel permission overwrites reached (100)";
        Refusal::new(StatusCode::BAD_REQUEST, 30060, words)
    }

    /// A server has so many channels at most.
    pub(crate) fn too_many_channels() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 30013, "Maximum number of server channels reached (500)")
    }

    /// Not in a direct message.
    pub(crate) fn direct_message() -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, 50003, "Cannot execute action on a DM channel")
    }

    /// A webhook of a forum opens a post or writes in one.
    pub(crate) fn webhook_without_thread() -> Refusal {
        let words = "Webhooks posted to forum channels must have a thread_name or thread_id";
        Refusal::new(StatusCode::BAD_REQUEST, 220_001, words)
    }

    /// A webhook opens a post or writes in one, and not both.
    pub(crate) fn webhook_with_two_threads() -> Refusal {
        let words = "Webhooks posted to forum channels cannot have both a thread_name and thread_id";
        Refusal::new(StatusCode::BAD_REQUEST, 220_002, words)
    }

    /// Only in a forum a webhook opens anything.
    pub(crate) fn webhook_without_forum() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 220_003, "Webhooks can only create threads in forum channels")
    }

    /// A bot writes neither to itself nor to another bot.
    pub(crate) fn no_direct_message() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 50007, "Cannot send messages to this user")
    }

    /// Messages of more than two weeks aren't deleted together.
    pub(crate) fn too_old_to_delete() -> Refusal {
        let words = "You can only bulk delete messages that are under 14 days old.";
        Refusal::new(StatusCode::BAD_REQUEST, 50034, words)
    }

    /// Who may not read what was said doesn't reply to it.
    pub(crate) fn no_history() -> Refusal {
        let words = "Cannot reply without permission to read message history";
        Refusal::new(StatusCode::BAD_REQUEST, 160_002, words)
    }

    /// There is no such emoji.
    pub(crate) fn unknown_emoji() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 10014, "Unknown Emoji")
    }

    /// No interaction of this application has such a token, or none was acknowledged.
    pub(crate) fn unknown_webhook() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 10015, "Unknown Webhook")
    }

    /// The interaction isn't there, or its three seconds have passed.
    pub(crate) fn unknown_interaction() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 10062, "Unknown interaction")
    }

    /// The command isn't there.
    pub(crate) fn unknown_command() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 10063, "Unknown application command")
    }

    /// Nobody changed the permissions of the command.
    pub(crate) fn unknown_permissions() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 10066, "Unknown application command permissions")
    }

    /// The message was published beyond its channel before.
    pub(crate) fn already_published() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 40033, "This message has already been crossposted")
    }

    /// The interaction has had its first response.
    pub(crate) fn already_acknowledged() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 40060, "Interaction has already been acknowledged.")
    }

    /// The channel isn't the bot's to see.
    pub(crate) fn missing_access() -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, 50001, "Missing Access")
    }

    /// The message belongs to someone else.
    pub(crate) fn not_the_author() -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, 50005, "Cannot edit a message authored by another user")
    }

    /// A message needs content, an embed, a component or a file.
    pub(crate) fn empty_message() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 50006, "Cannot send an empty message")
    }

    /// The bot may not do this here.
    pub(crate) fn missing_permissions() -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, 50013, "Missing Permissions")
    }

    /// Not with a channel of this kind.
    pub(crate) fn wrong_kind_of_channel() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 50024, "Cannot execute action on this channel type")
    }

    /// In the thread only those write who may manage threads.
    pub(crate) fn thread_locked() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 160_005, "This thread is locked")
    }

    /// The forum wants a tag of every post.
    pub(crate) fn tag_needed() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 40067, "A tag is required to create a forum post in this channel")
    }

    /// The forum has no such tag.
    pub(crate) fn unknown_tag() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, 10087, "Unknown tag")
    }

    /// No messages stand in a channel of this kind.
    pub(crate) fn not_a_text_channel() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 50008, "Cannot send messages in a non-text channel")
    }

    /// The thread is over.
    pub(crate) fn thread_archived() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 50083, "Thread is archived")
    }

    /// So many threads go on at once at most.
    pub(crate) fn too_many_threads() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 160_006, "Maximum number of active threads reached")
    }

    /// A message has one thread at most.
    pub(crate) fn thread_exists() -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, 160_004, "A thread has already been created for this message")
    }

    /// Under a message there are so many different emoji at most.
    pub(crate) fn too_many_reactions() -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, 30010, "Maximum number of reactions reached (20)")
    }

    /// The interaction's fifteen minutes are over, or no webhook has this token.
    pub(crate) fn invalid_token() -> Refusal {
        Refusal::new(StatusCode::UNAUTHORIZED, 50027, "Invalid Webhook Token")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut body = json!({ "message": self.message, "code": self.code });
        if let (Some(errors), Some(body)) = (self.errors, body.as_object_mut()) {
            body.insert("errors".to_owned(), errors);
        }
        (self.status, Json(body)).into_response()
    }
}
