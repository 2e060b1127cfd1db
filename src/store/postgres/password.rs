//! Where the password of a database is found: in the environment, or in the file that PostgreSQL's own programs read.

use crate::store::location::Address;
use std::path::PathBuf;

/// The variable that holds the password of the store's database. It wins over `~/.pgpass`.
pub const PASSWORD_VARIABLE: &str = "PAMPHLET_STORE_PASSWORD";

/// Looks for the password. It is done anew for each connection, so that a changed one needs no restart.
pub(super) fn find(address: &Address) -> Option<String> {
    if let Ok(password) = std::env::var(PASSWORD_VARIABLE) {
        return Some(password);
    }
    let home = || std::env::home_dir().map(|home| home.join(".pgpass"));
    let file = std::env::var_os("PGPASSFILE").map(PathBuf::from).or_else(home)?;
    in_file(&std::fs::read_to_string(file).ok()?, &address.parts())
}

/// The password of the first line that fits: `host:port:database:user:password`, where `*` fits everything, and a backslash
/// takes the meaning from a colon or a backslash.
fn in_file(text: &str, parts: &[String; 4]) -> Option<String> {
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let mut fields = fields(line).into_iter();
        let is_ours = parts.iter().all(|part| fields.next().is_some_and(|field| field == "*" || field == *part));
        fields.next().filter(|_| is_ours)
    })
}

fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ':' if fields.len() < 5 => fields.push(String::new()),
            _ => {
                let plain = if letter == '\\' { letters.next() } else { Some(letter) };
                fields.last_mut().into_iter().for_each(|field| field.extend(plain));
            }
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(user: &str) -> [String; 4] {
        ["db.example", "5432", "faq", user].map(str::to_owned)
    }

    #[test]
    fn the_first_line_that_fits_holds_the_password() {
        let file = "# db.example:5432:faq:bot:comment\n\
                    db.example:5432:other:bot:wrong\n\
                    db.example:*:faq:bot:right: with a colon\n\
                    *:*:*:*:last\n\
                    broken";
        assert_eq!(in_file(file, &parts("bot")).as_deref(), Some("right: with a colon"));
        assert_eq!(in_file(file, &parts("mo")).as_deref(), Some("last"));
        assert_eq!(in_file("broken\n::\n", &parts("mo")), None);
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_found_again(user in "[^\n\r]{0,8}", password in "[^\n\r]{1,20}") {
            let escaped = |text: &str| text.replace('\\', "\\\\").replace(':', "\\:");
            let line = format!("*:*:*:{}:{}", escaped(&user), escaped(&password));
            prop_assert_eq!(in_file(&line, &parts(&user)), Some(password));
        }

        #[test]
        fn no_file_is_too_odd(text in any::<String>()) {
            in_file(&text, &parts("bot"));
        }
    }
}
