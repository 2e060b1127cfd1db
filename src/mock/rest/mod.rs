//! Discord's HTTP interface: the routes that a bot calls.

mod body;
mod caller;
mod channels;
mod commands;
mod faults;
mod interactions;
mod limits;
mod messages;
mod moderation;
mod path;
mod reactions;
mod threads;
mod users;
mod watch;
mod webhooks;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{delete, get, patch, post, put};

use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
pub(crate) use limits::Limits;

/// The most bytes of a request.
const MAX_REQUEST: usize = 25 * 1024 * 1024;

/// All routes, under each of the versions that clients use.
pub(crate) fn router(server: &Shared) -> Router<Shared> {
    let routes = || {
        people()
            .merge(places())
            .merge(hanging())
            .merge(commands())
            .merge(answers())
            .merge(moderation::routes())
            .route_layer(from_fn_with_state(server.clone(), limits::hold))
            .fallback(no_route)
            .method_not_allowed_fallback(no_method)
            .layer(from_fn_with_state(server.clone(), watch::watch))
            // Outermost: what was ordered is no answer of this Discord's own, and a cut one has no end to wait for.
            .layer(from_fn_with_state(server.clone(), faults::befall))
    };
    Router::new()
        .nest("/api/v10", routes())
        .nest("/api/v9", routes())
        .nest("/api", routes())
        .layer(DefaultBodyLimit::max(MAX_REQUEST))
}

fn people() -> Router<Shared> {
    Router::new()
        .route("/gateway", get(users::gateway))
        .route("/gateway/bot", get(users::gateway_for_bot))
        .route("/users/@me", get(users::me).patch(users::rename))
        .route("/users/@me/channels", post(users::open_direct))
        .route("/users/@me/guilds", get(users::guilds))
        .route("/users/{user}", get(users::user))
        .route("/applications/@me", get(users::application))
        .route("/oauth2/applications/@me", get(users::application))
}

fn places() -> Router<Shared> {
    Router::new()
        .route("/guilds/{guild}", get(channels::guild))
        .route("/guilds/{guild}/channels", get(channels::list))
        .route("/guilds/{guild}/roles", get(channels::roles))
        .route("/guilds/{guild}/members", get(channels::members))
        .route("/guilds/{guild}/members/search", get(channels::search))
        .route("/guilds/{guild}/members/{user}", get(channels::member))
        .route("/channels/{channel}", get(channels::channel).patch(threads::edit))
        .route("/channels/{channel}/typing", post(channels::typing))
        .route("/channels/{channel}/messages", get(messages::list).post(messages::create))
        .route(
            "/channels/{channel}/messages/{message}",
            get(messages::one).patch(messages::edit).delete(messages::delete),
        )
        .route(
            "/channels/{channel}/messages/{message}/reactions/{emoji}/@me",
            put(reactions::put).delete(reactions::take),
        )
}

fn hanging() -> Router<Shared> {
    Router::new()
        .route("/guilds/{guild}/threads/active", get(threads::active))
        .route("/channels/{channel}/threads", post(threads::start_alone))
        .route("/channels/{channel}/messages/{message}/threads", post(threads::start_from_message))
        .route("/channels/{channel}/thread-members", get(threads::members))
        .route("/channels/{channel}/thread-members/@me", put(threads::join).delete(threads::leave))
        .route("/channels/{channel}/thread-members/{user}", put(threads::add).delete(threads::remove))
        .route("/channels/{channel}/messages/{message}/reactions/{emoji}", get(reactions::list))
}

fn commands() -> Router<Shared> {
    Router::new()
        .route(
            "/applications/{application}/commands",
            get(commands::list).post(commands::create).put(commands::overwrite),
        )
        .route(
            "/applications/{application}/commands/{command}",
            get(commands::one).patch(commands::edit).delete(commands::delete),
        )
        .route(
            "/applications/{application}/guilds/{guild}/commands",
            get(commands::list).post(commands::create).put(commands::overwrite),
        )
        .route(
            "/applications/{application}/guilds/{guild}/commands/{command}",
            get(commands::one).patch(commands::edit).delete(commands::delete),
        )
}

fn answers() -> Router<Shared> {
    Router::new()
        .route("/interactions/{interaction}/{token}/callback", post(interactions::respond))
        .route("/webhooks/{application}/{token}", post(webhooks::follow_up))
        .route(
            "/webhooks/{application}/{token}/messages/{message}",
            get(webhooks::one).merge(patch(webhooks::edit)).merge(delete(webhooks::delete)),
        )
}

async fn no_route() -> Refusal {
    Refusal::no_route()
}

async fn no_method() -> Refusal {
    Refusal::new(axum::http::StatusCode::METHOD_NOT_ALLOWED, 0, "405: Method Not Allowed")
}
