//! Discord's HTTP interface: the routes that a bot calls.

mod bans;
mod body;
mod caller;
mod channels;
mod commands;
mod escapes;
mod faults;
mod follow_ups;
mod interactions;
mod limits;
mod members;
mod messages;
mod nothing;
mod path;
mod pins;
mod query;
mod reactions;
mod roles;
mod rooms;
mod thread_lists;
mod thread_members;
mod threads;
mod users;
mod watch;
mod webhooks;
mod written;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{delete, get, patch, post, put};

use crate::mock::refusal::Refusal;
use crate::mock::server::Shared;
pub(crate) use escapes::with_plain_at;
pub(crate) use limits::Limits;

/// The most bytes of a request.
pub(crate) const MAX_REQUEST: usize = 25 * 1024 * 1024;

/// All routes, under each of the versions that clients use.
pub(crate) fn router(server: &Shared) -> Router<Shared> {
    let watched = |routes: Router<Shared>| match server.openapi.is_some() || server.recorder.is_some() {
        true => routes.layer(from_fn_with_state(server.clone(), watch::watch)),
        false => routes,
    };
    let routes = people()
        .merge(places())
        .merge(hanging())
        .merge(commands())
        .merge(answers())
        .merge(guilds())
        .merge(nothing::routes())
        .route_layer(from_fn_with_state(server.clone(), limits::hold))
        .fallback(no_route)
        .method_not_allowed_fallback(no_method);
    // Outermost: what was ordered is no answer of this Discord's own, and a cut one has no end to wait for.
    let routes = watched(routes).layer(from_fn_with_state(server.clone(), faults::befall)).with_state(server.clone());
    // As services: what stands around each route is copied for every request.
    let versions = ["/api/v10", "/api/v9", "/api"];
    versions.into_iter().fold(Router::new(), |router, version| router.nest_service(version, routes.clone()))
}

fn people() -> Router<Shared> {
    Router::new()
        .route("/gateway", get(users::gateway))
        .route("/gateway/bot", get(users::gateway_for_bot))
        .route("/users/@me", get(users::me).patch(users::rename))
        .route("/users/@me/channels", post(users::open_direct))
        .route("/users/@me/guilds", get(users::guilds))
        .route("/users/{user}", get(users::user))
        .route("/applications/@me", get(users::application).patch(users::edit_application))
        .route("/oauth2/applications/@me", get(users::application))
}

fn places() -> Router<Shared> {
    Router::new()
        .route("/channels/{channel}", get(channels::channel).patch(rooms::edit).delete(rooms::delete))
        .route("/channels/{channel}/typing", post(channels::typing))
        .route("/channels/{channel}/permissions/{target}", put(rooms::overwrite).delete(rooms::lift_overwrite))
        .route("/channels/{channel}/messages/pins", get(pins::list))
        .route("/channels/{channel}/messages/pins/{message}", put(pins::pin).delete(pins::unpin))
        .route("/channels/{channel}/pins", get(pins::old_list))
        .route("/channels/{channel}/pins/{message}", put(pins::pin).delete(pins::unpin))
        .route("/channels/{channel}/webhooks", get(webhooks::of_channel).post(webhooks::create))
        .route("/channels/{channel}/messages/bulk-delete", post(messages::delete_together))
        .route("/channels/{channel}/messages/{message}/crosspost", post(messages::publish))
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

fn guilds() -> Router<Shared> {
    Router::new()
        .route("/guilds/{guild}", get(channels::guild).patch(channels::rename))
        .route("/guilds/{guild}/channels", get(channels::list).post(rooms::create).patch(rooms::order))
        .route("/guilds/{guild}/roles", get(roles::list).post(roles::create).patch(roles::order))
        .route("/guilds/{guild}/roles/{role}", get(roles::one).patch(roles::edit).delete(roles::delete))
        .route("/guilds/{guild}/members", get(members::list))
        .route("/guilds/{guild}/members/search", get(members::search))
        .route("/guilds/{guild}/members/@me", patch(members::edit_own))
        .route(
            "/guilds/{guild}/members/{user}",
            get(members::one).merge(patch(members::edit)).merge(delete(members::send_away)),
        )
        .route("/guilds/{guild}/members/{user}/roles/{role}", put(members::give_role).delete(members::take_role))
        .route("/guilds/{guild}/bans", get(bans::list))
        .route("/guilds/{guild}/bans/{user}", get(bans::one).put(bans::ban).delete(bans::pardon))
        .route("/guilds/{guild}/bulk-ban", post(bans::ban_together))
        .route("/guilds/{guild}/webhooks", get(webhooks::of_guild))
        .route("/guilds/{guild}/threads/active", get(thread_lists::active))
}

fn hanging() -> Router<Shared> {
    Router::new()
        .route("/channels/{channel}/threads/archived/{kind}", get(thread_lists::archived))
        .route("/channels/{channel}/users/@me/threads/archived/private", get(thread_lists::archived_joined))
        .route("/channels/{channel}/threads", post(threads::start_alone))
        .route("/channels/{channel}/messages/{message}/threads", post(threads::start_from_message))
        .route("/channels/{channel}/thread-members", get(thread_members::list))
        .route(
            "/channels/{channel}/thread-members/@me",
            get(thread_members::own).put(thread_members::join).delete(thread_members::leave),
        )
        .route(
            "/channels/{channel}/thread-members/{user}",
            get(thread_members::one).put(thread_members::add).delete(thread_members::remove),
        )
        .route("/channels/{channel}/messages/{message}/reactions", delete(reactions::clear))
        .route(
            "/channels/{channel}/messages/{message}/reactions/{emoji}",
            get(reactions::list).merge(delete(reactions::clear_one)),
        )
        .route("/channels/{channel}/messages/{message}/reactions/{emoji}/{user}", delete(reactions::take_from))
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
        .route("/webhooks/{webhook}", get(webhooks::one).merge(patch(webhooks::edit)).merge(delete(webhooks::delete)))
        .route(
            "/webhooks/{webhook}/{token}",
            post(follow_ups::write)
                .merge(get(webhooks::one_by_token))
                .merge(patch(webhooks::edit_by_token))
                .merge(delete(webhooks::delete_by_token)),
        )
        .route(
            "/webhooks/{webhook}/{token}/messages/{message}",
            get(follow_ups::one).merge(patch(follow_ups::edit)).merge(delete(follow_ups::delete)),
        )
}

async fn no_route() -> Refusal {
    Refusal::no_route()
}

async fn no_method() -> Refusal {
    Refusal::new(axum::http::StatusCode::METHOD_NOT_ALLOWED, 0, "405: Method Not Allowed")
}
