### What members see, in English. The first language: every other file has the same words with the same names.
###
### A name is that of a function in src/words/list.rs, what stands in braces with a dollar is what the function is told, and
### without a dollar another of these words. No sentence of medicine stands here.

## Around a passage

personal_notice = I can't advise on your own treatment, and please don't change it before you have spoken with your team.
did_you_mean = I'm not sure that I understood. Did you mean one of these?
helpful = Helpful
not_helpful = Not helpful
no_answer = This FAQ has no answer to that, and I don't guess.
nothing_on = This FAQ has nothing on { $topic } yet.
not_covered = { $what } The people to ask are { $ask }. `/{ command_topics }` shows what the FAQ covers.
withheld = The answer to “{ $question }” is withdrawn until somebody has reviewed it. The people to ask are { $ask }.

## A card

# Whoever replies to a card goes on from its question, which is found by the words on both sides of it: no other language
# may have the same ones before it, and no question may hold those after it.
card_title = **You may be asking: { $question }**
card_source = Source: { $titles }. { $review }
card_source_sections = Source: { $titles }, in { $sections }. { $review }
section = “{ $name }”
both_sections = { $one } and { $other }
reviewed = Reviewed on { $day } ({ $role }).
changed_since_review = Changed since its last review on { $day }.
not_reviewed = Not yet reviewed by a clinician.
review_due = { $review } Due for review since { $day }.
card_reminder = { $reminder } For your own case, ask { $ask }.

## Danger: who can help now. It asks nothing, promises nothing, repeats nothing.

# What is called where no number is known.
no_number = your local emergency number
either_number = { $one } or { $other }
either_line = { $one }, or { $other }
urgent_medical = **This may need help right now. Please call { $emergency }.**
    I'm a bot and can't judge it. If calling is hard, ask somebody near you to call, or go to the nearest emergency department.
crisis_lines = You can talk to { $lines }.
# What `$listen` says ends with its line, if anybody is known who listens.
urgent_crisis = **I'm sorry that it is this hard. Please talk to a person now; you don't have to carry this alone.**
    { $listen }If there is danger right now, please call { $emergency }.
    I'm a bot and can't help with this myself. Please tell somebody near you as well.

## What pamphlet is, what it keeps, and what it covers

help = I'm a bot. I look questions up in the FAQ “{ $title }” and show you the passage that fits, word for word.
    Ask me with `/{ command_ask }` (only you see the answer, unless this server shows answers to all; `{ command_ask_private }` is your choice), or mention me and write your question. `/{ command_topics }` shows what the FAQ covers, `/{ command_privacy }` what I keep (nothing you write).
    I can't give advice on your own treatment. In an emergency, call { $emergency }.
privacy = **What I keep of you: nothing.**
    - What you ask is never written to a disk or a log, and nobody is told of it.
    - While I run, I hold in memory: what you last asked about in a channel (in the FAQ's words where it had an answer, else in yours), for at most ten minutes, so that a follow-up makes sense; which messages I answered, by their numbers, so that I answer once and can take an answer back; how often somebody asked in the last minute, under a scrambled key instead of a name; and that somebody pressed “{ helpful }” or “{ not_helpful }” on a message, scrambled so that neither can be read from it, to count it once. All of it is gone when I stop.
    - I keep counts, for each FAQ and day: how often each entry was the answer; how often I offered entries, had none, sent an urgent card or said nothing; how often an entry was found helpful or not; how often each topic was asked about that has no entry. Never a text, never who asked, never who got which answer. Moderators see them rounded down to fives.
    - What you send to the moderators stands in their channel. I keep nothing of it.
    - I read messages that mention me, replies to me, direct messages, and messages on which somebody uses “{ menu_answer }”. Where the moderators want it, I also read what is written in certain channels and forums, to answer unasked; Discord may then show me other messages too, which I drop at once. In a channel, an answer that I post can be taken away with “{ remove }”, and goes when you delete your question.
    - Moderators who change the FAQ are kept with what they changed and when. What they are still writing or trying, I hold in memory for a quarter of an hour.
    - Discord itself keeps messages and button presses by its own rules.
topics_title = **What the FAQ “{ $title }” covers**
topics_line =
    { $count ->
        [one] - { $topic }: { $count } entry
       *[other] - { $topic }: { $count } entries
    }
topics_more =
    { $count ->
        [one] - and { $count } more topic
       *[other] - and { $count } more topics
    }
choose_question = Choose a question to read its answer.
choose_topic = Choose a topic
entries_more = There are { $count } more; ask for them with `/{ command_ask }`.

## The conversation

show = Show in channel
remove = Remove
use_the_menu = To answer somebody else's message: open the menu of that message, choose “Apps”, then “{ menu_answer }”. Only you will see the answer. Or mention me and write the question yourself.
too_fast = That was a lot at once. Please give me a minute, then ask again. In an emergency, call { $emergency }.
thank_you = Thank you for telling me.
sorry = Thank you for saying so. If you can, tell a moderator what was missing.
not_yours = Only the person who asked, or a moderator, can remove this.
sorry_report = Thank you for saying so. If something in the passage is wrong or missing, you can tell the moderators.
gone = That entry is no longer in the FAQ. `/{ command_topics }` shows what there is.
no_text = That message has no text that I can read.
no_collection = There is no FAQ for this place yet. Whoever runs this bot can set one.
not_a_moderator = `/{ command_faq }` is for the moderators of this server, who keep the FAQ. If something in it is wrong or missing, please tell one of them; they will be glad to hear it.
paused = The moderators have paused my answers for now. Your care team can help you with a question about treatment. In an emergency, call { $emergency }.
elsewhere = In this server I answer in { $channels }. Please ask me there.
slow = That took me too long. Please do it once more.
trouble = Sorry, something went wrong on my side. Please try again in a moment. In an emergency, call { no_number }.

## What members send to the moderators

ask_moderators = Ask the moderators
report_problem = Report a problem with this passage
# The titles and labels of a form have room for 45 characters.
report_title = Report a problem
your_question = Your question
what_is_wrong = What is wrong or missing?
your_name = Your name, if it is to be told (optional)
send = Send
look_at_nameless = This goes to the moderators of this server, without your name, once you press “{ send }”. They are members like you, and no emergency service.
look_at_named = This goes to the moderators of this server, with the name that you gave, once you press “{ send }”. They are members like you, and no emergency service.
empty_letter = There was nothing in it, so there is nothing to send.
no_letterbox = I can't reach the moderators from here. Please write to one of them yourself.
letter_sent = Sent to the moderators. I keep nothing of it. If you told no name, they can't tell who wrote it; look for an answer in the server.
letter_lost = I couldn't reach the moderators just now. Your text is still here: send it again in a while, or write to one of them yourself.

## Commands, as Discord shows them: 1 to 32 characters for a name, in small letters and without a space but in a menu; 1 to 100
## for a description. The English names are those by which Discord tells of a command: they never change.

command_ask = ask
    .description = Ask the FAQ a question
command_ask_question = question
    .description = What would you like to know?
command_ask_private = private
    .description = Whether only you see the answer
command_topics = topics
    .description = See what the FAQ covers
command_privacy = privacy
    .description = See what pamphlet keeps, and what it doesn't
command_help = help
    .description = See how to ask
command_faq = faq
    .description = Keep the FAQ (for moderators)
command_faq_new = new
    .description = Write a new entry
command_faq_edit = edit
    .description = Change an entry
command_faq_remove = remove
    .description = Take an entry out of the FAQ
command_faq_undo = undo
    .description = Put back what an entry said before its last change
command_faq_history = history
    .description = See who changed an entry, when and how
command_faq_test = test
    .description = See what a question would get, and why; only you see it
command_faq_stats = stats
    .description = See how much was asked, what was answered, and what helped
command_faq_gaps = gaps
    .description = See what members asked that the FAQ has nothing on
command_faq_days = days
    .description = How many days back? 30 if you don't say
command_faq_upload = upload
    .description = Bring entries from their files, after a look at what changes
command_faq_file = file
    .description = An entry's file (.md), or a zip of some, as /faq export gives it
command_faq_export = export
    .description = Get the whole FAQ as a zip of its files
command_faq_reload = reload
    .description = Read the FAQ's files again now
command_faq_setup = setup
    .description = See and change how pamphlet works in this server
command_faq_pause = pause
    .description = Stop all answers in this server, but for urgent signs
command_faq_resume = resume
    .description = Let pamphlet answer again
command_faq_entry = entry
    .description = Which entry? Type some of its question
command_faq_question = question
    .description = A question, as a member would type it
# A line of a message's menu, which has no description.
menu_answer = Answer from the FAQ
