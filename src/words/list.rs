//! Every word by its name, with what it is told: `language.withheld(question, ask)`. The words themselves, which stand in the
//! files of the languages, say what each is for.

use super::Language;

/// Makes a function of each word, and a list of them for the tests.
macro_rules! words {
    ($($name:ident($($told:ident: $kind:ty),*);)+) => {
        impl Language {
            $(pub(crate) fn $name(self, $($told: $kind),*) -> String {
                self.say(stringify!($name), None, [$((stringify!($told), $told.into())),*])
            })+
        }

        #[cfg(test)]
        pub(super) const WORDS: &[(&str, &[&str])] = &[$((stringify!($name), &[$(stringify!($told)),*])),+];
    };
}

/// The same for commands and their options, which have a name and a description.
macro_rules! commands {
    ($($name:ident;)+) => {
        impl Language {
            $(pub(crate) fn $name(self) -> Named {
                Named {
                    name: self.say(stringify!($name), None, []),
                    description: self.say(stringify!($name), Some(DESCRIPTION), []),
                }
            })+
        }

        #[cfg(test)]
        pub(super) const COMMANDS: &[&str] = &[$(stringify!($name)),+];
    };
}

/// A command, or an option of one, as Discord shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) description: String,
}

/// The part of a command's word that describes it.
pub(super) const DESCRIPTION: &str = "description";

words! {
    personal_notice();
    did_you_mean();
    helpful();
    not_helpful();
    no_answer();
    nothing_on(topic: &str);
    not_covered(what: &str, ask: &str);
    withheld(question: &str, ask: &str);

    card_title(question: &str);
    card_source(titles: &str, review: &str);
    card_source_sections(titles: &str, sections: &str, review: &str);
    section(name: &str);
    both_sections(one: &str, other: &str);
    reviewed(day: &str, role: &str);
    changed_since_review(day: &str);
    not_reviewed();
    review_due(review: &str, day: &str);
    card_reminder(reminder: &str, ask: &str);

    no_number();
    either_number(one: &str, other: &str);
    either_line(one: &str, other: &str);
    urgent_medical(emergency: &str);
    crisis_lines(lines: &str);
    urgent_crisis(listen: &str, emergency: &str);

    help(title: &str, emergency: &str);
    privacy();
    topics_title(title: &str);
    topics_line(topic: &str, count: usize);
    topics_more(count: usize);
    choose_question();
    choose_topic();
    entries_more(count: usize);

    show();
    remove();
    use_the_menu();
    too_fast(emergency: &str);
    thank_you();
    sorry();
    sorry_report();
    not_yours();
    gone();
    no_text();
    no_collection();
    paused(emergency: &str);
    elsewhere(channels: &str);
    not_a_moderator();
    slow();
    trouble();

    ask_moderators();
    report_problem();
    report_title();
    your_question();
    what_is_wrong();
    your_name();
    send();
    look_at_nameless();
    look_at_named();
    empty_letter();
    no_letterbox();
    letter_sent();
    letter_lost();

    menu_answer();
}

commands! {
    command_ask;
    command_ask_question;
    command_ask_private;
    command_topics;
    command_privacy;
    command_help;
    command_faq;
    command_faq_new;
    command_faq_edit;
    command_faq_remove;
    command_faq_undo;
    command_faq_history;
    command_faq_test;
    command_faq_stats;
    command_faq_gaps;
    command_faq_days;
    command_faq_upload;
    command_faq_file;
    command_faq_export;
    command_faq_reload;
    command_faq_setup;
    command_faq_pause;
    command_faq_resume;
    command_faq_entry;
    command_faq_question;
}
