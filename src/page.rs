//! A page of its own: one file of HTML that carries its style and loads nothing, no network and no script.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The page may show its own style, and load nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The whole page in HTML, with this title, this CSS and what stands in its main part. maud escapes every text in it.
pub fn alone(title: &str, style: &str, main: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body {
                main { (main) }
            }
        }
    };
    page.into_string()
}
