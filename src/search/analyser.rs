//! The English analyser: words to terms. Stop words fall away, the rest is reduced to its stem.

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer,
};

/// The name under which the index knows the analyser.
pub(super) const NAME: &str = "pamphlet_english";

/// Longer words are nobody's words.
const MAX_TERM_BYTES: usize = 60;

/// Words that say nothing about what a question is about, besides those that tantivy lists.
const FUNCTION_WORDS: &str = "i im ive id me my mine you your yours youre he hes she shes him his her hers we our us \
    them theyre what whats which do does doesnt did didnt doing dont \
    am was were wasnt been being isnt arent can cant could couldnt would wouldnt will wont should shouldnt may might must \
    have havent has hasnt had having get gets got getting so just really very also too than then there here about from \
    up out off over some any anyone anybody someone somebody everyone else all both each ok okay pls please hi hey hello \
    thanks thank lol idk tho u r ur y wat wot dose doc know tell say said says ask asked explain mean means thing things stuff \
    actually actual one ones guys folks exactly maybe much many lot lots bit while because cos cuz bc after before again \
    yet still now ever only even";

/// A fresh analyser. Running one needs it mutable.
pub(super) fn english() -> TextAnalyzer {
    let tokens = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(MAX_TERM_BYTES))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .filter(StopWordFilter::remove(FUNCTION_WORDS.split_whitespace().map(str::to_owned)));
    match StopWordFilter::new(Language::English) {
        Some(stop_words) => tokens.filter(stop_words).filter(Stemmer::new(Language::English)).build(),
        None => tokens.filter(Stemmer::new(Language::English)).build(),
    }
}

/// A term of a text, and the word that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Analysed {
    pub(super) term: String,
    pub(super) word: String,
}

/// The terms of a text, in order, with repetitions.
pub(super) fn terms(analyser: &mut TextAnalyzer, text: &str) -> Vec<Analysed> {
    let mut terms = Vec::new();
    analyser.token_stream(text).process(&mut |token| {
        let word = text.get(token.offset_from..token.offset_to).unwrap_or_default().to_owned();
        terms.push(Analysed { term: token.text.clone(), word });
    });
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let terms: Vec<String> = terms(&mut english(), text).into_iter().map(|analysed| analysed.term).collect();
        assert_eq!(terms.join(" "), expected);
    }

    #[test]
    fn stop_words_fall_away_and_endings_too() {
        check("does it weaken the bones", "weaken bone");
        check("where can I find trials", "where find trial");
        check("infections infection infected", "infect infect infect");
        check("what is it", "");
    }
}
