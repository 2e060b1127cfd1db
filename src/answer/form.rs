//! The form of a message: its sentences, which of them ask something, and whom they ask.

use crate::text;

/// How a question begins, or what in a sentence says that one is asked.
const ASKING: &[&[&str]] = &[
    &["what"],
    &["whats"],
    &["which"],
    &["why"],
    &["how"],
    &["hows"],
    &["when"],
    &["where"],
    &["wheres"],
    &["who"],
    &["whos"],
    &["is"],
    &["are"],
    &["does"],
    &["do"],
    &["did"],
    &["can"],
    &["could"],
    &["will"],
    &["would"],
    &["should"],
    &["has"],
    &["have"],
    &["am"],
    &["was"],
    &["any"],
    &["anyone"],
    &["anybody"],
    &["isnt"],
    &["arent"],
    &["doesnt"],
    &["dont"],
    &["cant"],
    &["wat"],
    &["wots"],
    &["wot"],
    &["whats"],
    &["y"],
    &["hw"],
    &["r"],
    &["exist"],
    &["exists"],
    &["tell"],
    &["explain"],
];
/// Words that ask wherever they stand in a sentence.
const ASKING_ANYWHERE: &[&[&str]] = &[
    &["wondering"],
    &["curious"],
    &["wonder"],
    &["explain"],
    &["how", "come"],
    &["any", "idea"],
    &["question"],
    &["or", "not"],
    &["tell", "me"],
    &["want", "to", "know"],
    &["wanna", "know"],
    &["need", "to", "know"],
    &["like", "to", "know"],
    &["what", "is"],
    &["what", "are"],
    &["what", "does"],
    &["what", "do"],
    &["whats"],
    &["is", "it"],
    &["is", "there"],
    &["are", "there"],
    &["does", "it"],
    &["do", "they"],
    &["is", "that"],
    &["does", "that"],
    &["is", "this"],
    &["can", "it"],
    &["how", "do"],
    &["how", "does"],
    &["how", "long"],
    &["how", "much"],
    &["how", "is"],
    &["how", "can"],
    &["what", "it"],
    &["why", "do"],
    &["why", "is"],
    &["where", "do"],
    &["where", "can"],
    &["who", "is"],
    &["is", "true"],
    &["right"],
    &["whether"],
    &["looking", "for"],
    &["dont", "understand"],
    &["dont", "get"],
    &["no", "idea"],
    &["not", "sure"],
    &["confused"],
];
/// Words by which a member turns to the other members.
const MEMBERS: &[&[&str]] = &[
    &["anyone"],
    &["anybody"],
    &["any", "one"],
    &["anyone", "else"],
    &["yall"],
    &["you", "guys"],
    &["u", "guys"],
    &["you", "lot"],
    &["folks"],
    &["everyone"],
    &["everybody"],
    &["someone", "else"],
    &["has", "any"],
    &["of", "you"],
    &["you", "all"],
    &["who", "else"],
    &["your", "experience"],
    &["your", "experiences"],
    &["peeps"],
    &["ladies"],
    &["did", "you"],
    &["have", "you"],
    &["for", "you"],
    &["do", "you"],
];

/// What the form of a message tells.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Form {
    /// It ends in a question mark.
    pub(super) marked: bool,
    /// Its words ask something.
    pub(super) asks: bool,
    /// It turns to the other members.
    pub(super) to_members: bool,
    /// How many words it has.
    pub(super) words: usize,
}

impl Form {
    /// Whether it asks something.
    pub(super) fn is_question(&self) -> bool {
        self.marked || self.asks
    }

    /// The form of a text.
    pub(super) fn of(own: &str) -> Self {
        let words = text::words(own);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let has = |list: &[&[&str]]| list.iter().any(|row| words.windows(row.len()).any(|window| window == *row));
        Self {
            marked: own.contains('?'),
            asks: ASKING.iter().any(|start| words.starts_with(start)) || has(ASKING_ANYWHERE),
            to_members: has(MEMBERS),
            words: words.len(),
        }
    }
}

/// The sentences of a text, in order, each with at least one word; what follows after so many is one sentence.
pub(super) fn sentences(own: &str, most: usize) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut letters = own.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if sentences.len() + 1 >= most {
            break;
        }
        let next = letters.peek().map(|(_, next)| *next);
        let ends = match letter {
            '\n' => true,
            '!' | '?' | ';' => next.is_none_or(|next| next.is_whitespace() || next == letter),
            // "6.5" and "e.g" are no ends.
            '.' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends {
            let end = at + letter.len_utf8();
            sentences.extend(own.get(start..end));
            start = end;
        }
    }
    sentences.extend(own.get(start..));
    sentences.retain(|sentence| sentence.contains(char::is_alphanumeric));
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_people_end_them() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = sentences(text, 9).into_iter().map(str::trim).collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check("Hi. is it a pill?? or 6.5 mg", &["Hi.", "is it a pill?", "or 6.5 mg"]);
        check("one\ntwo!", &["one", "two!"]);
        check("?!", &[]);
        assert_eq!(sentences("a. b. c. d.", 2), ["a.", " b. c. d."]);
    }

    #[test]
    fn a_question_is_known_by_its_words() {
        assert!(Form::of("does it hurt").asks && !Form::of("congrats on the new job").asks);
        assert!(Form::of("anyone on ofev?").to_members && Form::of("anyone on ofev?").marked);
    }
}
