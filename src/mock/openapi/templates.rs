//! The paths of the document, some of whose parts are names: `/channels/{channel_id}/messages`.

/// All paths of a document.
pub(super) struct Templates(Vec<String>);

impl Templates {
    pub(super) fn new(templates: impl IntoIterator<Item = String>) -> Templates {
        Templates(templates.into_iter().collect())
    }

    /// The template that a path follows. A word that fits (`@me`) wins over a name that takes anything, from the left.
    pub(super) fn find(&self, path: &str) -> Option<&str> {
        let fitting = self.0.iter().filter(|template| fits(template, path));
        fitting.min_by_key(|template| template.split('/').map(is_name).collect::<Vec<_>>()).map(String::as_str)
    }
}

fn fits(template: &str, path: &str) -> bool {
    let same_length = template.split('/').count() == path.split('/').count();
    same_length && template.split('/').zip(path.split('/')).all(|(wanted, part)| is_name(wanted) || wanted == part)
}

fn is_name(part: &str) -> bool {
    part.starts_with('{') && part.ends_with('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_win_over_names() {
        let known = [
            "/users/{user_id}",
            "/users/@me",
            "/webhooks/{id}/{token}",
            "/webhooks/{id}/{token}/messages/{message_id}",
            "/webhooks/{id}/{token}/messages/@original",
        ];
        let templates = Templates::new(known.map(str::to_owned));
        for (path, template) in [
            ("/users/5", Some("/users/{user_id}")),
            ("/users/@me", Some("/users/@me")),
            ("/webhooks/5/abc", Some("/webhooks/{id}/{token}")),
            ("/webhooks/5/abc/messages/7", Some("/webhooks/{id}/{token}/messages/{message_id}")),
            ("/webhooks/5/abc/messages/@original", Some("/webhooks/{id}/{token}/messages/@original")),
            ("/users", None),
            ("/users/5/", None),
            ("/guilds/5", None),
        ] {
            assert_eq!(templates.find(path), template, "{path}");
        }
    }
}
