### Was Mitglieder sehen, auf Deutsch.
###
### Wir sagen „du“: So sprechen Selbsthilfegruppen miteinander und so spricht Discord selbst; ein „Sie“ klänge nach Praxis
### oder Amt, und pamphlet ist keins von beiden. Wen man fragen kann ({ $ask }), steht überall im Akkusativ: „dein
### Behandlungsteam“, „deine Ärztin oder deinen Arzt“.

## Um einen Abschnitt herum

personal_notice = Zu deiner eigenen Behandlung kann ich nichts raten. Bitte ändere sie nicht, bevor du mit deinem Team gesprochen hast.
did_you_mean = Ich bin nicht sicher, ob ich das verstanden habe. Meintest du eine dieser Fragen?
helpful = Hilfreich
not_helpful = Nicht hilfreich
no_answer = Diese FAQ hat darauf keine Antwort, und ich rate nicht drauflos.
nothing_on = Zum Thema „{ $topic }“ steht in dieser FAQ noch nichts.
not_covered = { $what } Frag dazu am besten { $ask }. `/{ command_topics }` zeigt, was in der FAQ steht.
withheld = Die Antwort auf „{ $question }“ ist zurückgezogen, bis jemand sie geprüft hat. Frag dazu am besten { $ask }.

## Eine Karte

card_title = **Du fragst vielleicht: { $question }**
card_source = Quelle: { $titles }. { $review }
card_source_sections = Quelle: { $titles }, in { $sections }. { $review }
section = „{ $name }“
both_sections = { $one } und { $other }
reviewed = Geprüft am { $day } ({ $role }).
changed_since_review = Seit der letzten Prüfung am { $day } geändert.
not_reviewed = Noch von keiner medizinischen Fachperson geprüft.
review_due = { $review } Neue Prüfung fällig seit { $day }.
card_reminder = { $reminder } Zu deinem eigenen Fall frag { $ask }.

## Gefahr

no_number = deine örtliche Notrufnummer
either_number = { $one } oder { $other }
either_line = { $one }, oder { $other }
urgent_medical = **Hier könnte sofort Hilfe nötig sein. Bitte ruf { $emergency } an.**
    Ich bin ein Bot und kann das nicht beurteilen. Wenn das Anrufen schwerfällt, bitte jemanden in deiner Nähe, für dich anzurufen, oder geh in die nächste Notaufnahme.
crisis_lines = Hier kannst du mit jemandem sprechen: { $lines }.
urgent_crisis = **Es tut mir leid, dass es so schwer ist. Bitte sprich jetzt mit einem Menschen; du musst das nicht allein tragen.**
    { $listen }Wenn gerade Gefahr besteht, ruf bitte { $emergency } an.
    Ich bin ein Bot und kann dabei selbst nicht helfen. Bitte sag es auch jemandem in deiner Nähe.

## Was pamphlet ist, was es behält und was es weiß

help = Ich bin ein Bot. Ich schlage Fragen in der FAQ „{ $title }“ nach und zeige dir Wort für Wort den Abschnitt, der passt.
    Frag mich mit `/{ command_ask }` (die Antwort siehst nur du, wenn dieser Server sie nicht allen zeigt; mit `{ command_ask_private }` entscheidest du), oder erwähne mich und schreib deine Frage. `/{ command_topics }` zeigt, was in der FAQ steht, `/{ command_privacy }`, was ich behalte (nichts von dem, was du schreibst).
    Zu deiner eigenen Behandlung kann ich nichts raten. Ruf im Notfall { $emergency } an.
privacy = **Was ich von dir behalte: nichts.**
    - Was du fragst, kommt nie auf eine Festplatte oder in ein Protokoll, und niemand erfährt davon.
    - Solange ich laufe, habe ich im Speicher: wonach du in einem Kanal zuletzt gefragt hast (in den Worten der FAQ, wenn sie eine Antwort hatte, sonst in deinen), höchstens zehn Minuten, damit ich eine Rückfrage verstehe; welche Nachrichten ich beantwortet habe, an ihren Nummern, damit ich nur einmal antworte und eine Antwort zurücknehmen kann; wie oft jemand in der letzten Minute gefragt hat, unter einem verwürfelten Schlüssel; und dass jemand unter einer Nachricht „{ helpful }“ oder „{ not_helpful }“ gewählt hat, unlesbar verwürfelt, damit es einmal zählt. All das ist weg, wenn ich anhalte.
    - Ich behalte Zahlen, je FAQ und Tag: wie oft jeder Eintrag die Antwort war; wie oft ich Einträge vorschlug, keinen hatte, eine Notfallkarte schickte oder schwieg; wie oft ein Eintrag hilfreich war oder nicht; wie oft nach jedem Thema gefragt wurde, zu dem es keinen gibt. Nie einen Text, nie wer fragte, nie wer welche Antwort bekam. Die Moderation sieht sie auf Vielfache von fünf abgerundet.
    - Was du der Moderation schickst, steht in ihrem Kanal. Ich behalte nichts davon.
    - Ich lese Nachrichten, die mich erwähnen, Antworten an mich, Direktnachrichten und Nachrichten, auf die jemand „{ menu_answer }“ anwendet. Wo die Moderation es will, lese ich auch mit, was in bestimmten Kanälen und Foren geschrieben wird, um ungefragt zu antworten; Discord zeigt mir dann vielleicht auch andere Nachrichten, die ich sofort fallen lasse. Meine Antwort in einem Kanal geht mit „{ remove }“ weg, oder wenn du deine Frage löschst.
    - Wer die FAQ ändert, wird mit Änderung und Zeit festgehalten. Was die Moderation gerade schreibt oder ausprobiert, habe ich eine Viertelstunde lang im Speicher.
    - Discord selbst bewahrt Nachrichten und Klicks nach seinen eigenen Regeln auf.
topics_title = **Was in der FAQ „{ $title }“ steht**
topics_line =
    { $count ->
        [one] - { $topic }: { $count } Eintrag
       *[other] - { $topic }: { $count } Einträge
    }
topics_more =
    { $count ->
        [one] - und { $count } weiteres Thema
       *[other] - und { $count } weitere Themen
    }
choose_question = Wähle eine Frage, um die Antwort zu lesen.
choose_topic = Wähle ein Thema
entries_more = Es gibt { $count } weitere; frag danach mit `/{ command_ask }`.

## Das Gespräch

show = Im Kanal zeigen
remove = Entfernen
use_the_menu = Um auf die Nachricht von jemand anderem zu antworten: Öffne das Menü dieser Nachricht, wähle „Apps“, dann „{ menu_answer }“. Die Antwort siehst nur du. Oder erwähne mich und schreib die Frage selbst.
too_fast = Das war viel auf einmal. Bitte gib mir eine Minute und frag dann noch einmal. Ruf im Notfall { $emergency } an.
thank_you = Danke für die Rückmeldung.
sorry = Danke, dass du das sagst. Wenn du magst, sag jemandem von der Moderation, was gefehlt hat.
not_yours = Das kann nur entfernen, wer gefragt hat, oder jemand von der Moderation.
sorry_report = Danke, dass du das sagst. Wenn in dem Text etwas falsch ist oder fehlt, kannst du es der Moderation sagen.
gone = Diesen Eintrag gibt es in der FAQ nicht mehr. `/{ command_topics }` zeigt, was es gibt.
no_text = In dieser Nachricht steht kein Text, den ich lesen kann.
no_collection = Für diesen Ort gibt es noch keine FAQ. Wer diesen Bot betreibt, kann eine festlegen.
not_a_moderator = `/{ command_faq }` ist für die Moderation dieses Servers, die die FAQ pflegt. Wenn darin etwas falsch ist oder fehlt, sag es ihr bitte; sie freut sich darüber.
paused = Die Moderation hat meine Antworten vorerst angehalten. Mit einer Frage zur Behandlung wende dich an dein Behandlungsteam. Ruf im Notfall { $emergency } an.
elsewhere = Auf diesem Server antworte ich in { $channels }. Frag mich bitte dort.
slow = Das hat mir zu lange gedauert. Bitte mach es noch einmal.
trouble = Entschuldige, bei mir ist etwas schiefgegangen. Bitte versuch es gleich noch einmal. Ruf im Notfall { no_number } an.

## Was Mitglieder der Moderation schicken

ask_moderators = Die Moderation fragen
report_problem = Ein Problem mit diesem Text melden
report_title = Ein Problem melden
your_question = Deine Frage
what_is_wrong = Was ist falsch oder fehlt?
your_name = Dein Name, falls gewünscht (freiwillig)
send = Abschicken
look_at_nameless = Das geht ohne deinen Namen an die Moderation dieses Servers, sobald du „{ send }“ drückst. Das sind Mitglieder wie du, kein Notdienst.
look_at_named = Das geht mit dem Namen, den du angegeben hast, an die Moderation dieses Servers, sobald du „{ send }“ drückst. Das sind Mitglieder wie du, kein Notdienst.
empty_letter = Es stand nichts darin, also gibt es nichts abzuschicken.
no_letterbox = Von hier aus erreiche ich die Moderation nicht. Bitte schreib ihr selbst.
letter_sent = An die Moderation geschickt. Ich behalte nichts davon. Wenn du keinen Namen genannt hast, weiß sie nicht, von wem es kommt; achte auf eine Antwort auf dem Server.
letter_lost = Ich habe die Moderation gerade nicht erreicht. Dein Text steht noch hier: Schick ihn in einer Weile noch einmal ab, oder schreib ihr selbst.

## Befehle, wie Discord sie zeigt

command_ask = frage
    .description = Stell der FAQ eine Frage
command_ask_question = frage
    .description = Was möchtest du wissen?
command_ask_private = privat
    .description = Ob nur du die Antwort siehst
command_topics = themen
    .description = Sieh, was in der FAQ steht
command_privacy = datenschutz
    .description = Sieh, was pamphlet behält und was nicht
command_help = hilfe
    .description = Sieh, wie man fragt
command_faq = faq
    .description = Die FAQ pflegen (für die Moderation)
command_faq_new = neu
    .description = Schreib einen neuen Eintrag
command_faq_edit = ändern
    .description = Ändere einen Eintrag
command_faq_remove = entfernen
    .description = Nimm einen Eintrag aus der FAQ
command_faq_undo = zurück
    .description = Stell her, was vor der letzten Änderung in einem Eintrag stand
command_faq_history = verlauf
    .description = Sieh, wer einen Eintrag wann und wie geändert hat
command_faq_test = testen
    .description = Sieh, was eine Frage bekäme und warum; das siehst nur du
command_faq_stats = zahlen
    .description = Sieh, wie viel gefragt und beantwortet wurde und was geholfen hat
command_faq_gaps = lücken
    .description = Sieh, wonach gefragt wurde, ohne dass etwas in der FAQ steht
command_faq_days = tage
    .description = Wie viele Tage zurück? 30, wenn du nichts sagst
command_faq_upload = hochladen
    .description = Bring Einträge aus ihren Dateien, nach einem Blick auf die Änderungen
command_faq_file = datei
    .description = Die Datei eines Eintrags (.md) oder ein Zip davon, wie /faq export es gibt
command_faq_export = export
    .description = Hol dir die ganze FAQ als Zip ihrer Dateien
command_faq_reload = laden
    .description = Lies die Dateien der FAQ jetzt neu
command_faq_setup = einrichten
    .description = Sieh und ändere, wie pamphlet auf diesem Server arbeitet
command_faq_pause = anhalten
    .description = Halte alle Antworten auf diesem Server an, außer in Notfällen
command_faq_resume = fortsetzen
    .description = Lass pamphlet wieder antworten
command_faq_entry = eintrag
    .description = Welcher Eintrag? Tippe etwas von seiner Frage
command_faq_question = frage
    .description = Eine Frage, wie ein Mitglied sie stellen würde
menu_answer = Antwort aus der FAQ
