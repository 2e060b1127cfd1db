// A person at the page of the demo: asks in every way, reads, presses, switches member, looks behind the scenes.
const PASSAGE = "can lead to weak, brittle bones (osteoporosis)";
const SOURCE = "Source: Dermatomyositis Treatment Advancements";
const REMINDER = "General information from one document, not advice for you.";
const RELATED = "What are the side effects of prednisone?";

const wide = await open(WIDE);
const { page } = wide;
const reasons = page.locator("#reasons-list > li");
/** The reasons that stand on top, once they are there. */
async function why(...texts) {
  for (const text of texts) await reasons.first().getByText(text).first().waitFor();
  return reasons.first();
}
/** The entry that stands on top is about this. */
const nearest = async () => (await reasons.first().locator(".why ol > li").first().textContent()).match(/“(.*?)”/)[1];

await page.getByText("Nothing was asked here yet.").waitFor();
await look(wide, "start");
await type(page, "/ask will prednisone wreck my bones?");
const bones = await answer(wide, 0, "Does prednisone weaken bones?", PASSAGE, SOURCE, REMINDER, "Only you can see this");
await why("will prednisone wreck my bones?", "sam · /ask", /^Answered with/, "Does prednisone weaken bones?");
await look(wide, "answer");

// Every button of the card.
await bones.getByRole("button", { name: RELATED }).click();
await answer(wide, 1, RELATED, SOURCE, REMINDER, "Only you can see this");
await bones.getByRole("button", { name: "Helpful", exact: true }).click();
await answer(wide, 2, "Thank you for telling me.");
await bones.getByRole("button", { name: "Not helpful" }).click();
await answer(wide, 3, "Thank you for saying so.");
await bones.getByRole("button", { name: "Show in channel" }).click();
const shown = await answer(wide, 4, PASSAGE, SOURCE, REMINDER);
assert.equal(await shown.getByText("Only you can see this").count(), 0, "what is shown in the channel is for everyone");

// What follows goes on from what was said; the reasons know it, and tell of the very entry that is shown.
await type(page, "/ask and what are the side effects?");
const followed = await answer(wide, 5, SOURCE, "Only you can see this");
await why("and what are the side effects?", "What was said before was taken into account.");
assert.ok(await followed.getByText(await nearest()).count(), "the reasons are about another entry than the answer");

// A menu of the bot, with the keyboard alone.
await type(page, "/topics");
const topics = await answer(wide, 6, "What the FAQ");
await topics.locator("summary").first().press("Enter");
await topics.locator(".choice li button").first().press("Enter");
await answer(wide, 7, SOURCE, REMINDER);
assert.equal(await reasons.count(), 2, "a command that asks nothing, or a button, has no reasons");

// The other member sees what is for everyone, and no more.
await become(wide, "alex");
assert.equal(await wide.answers.count(), 1, "alex sees what was said to sam alone");
assert.equal(await reasons.count(), 0, "alex sees why sam was answered");
await page.getByText("Nothing was asked here yet.").waitFor();
await type(page, "@pamphlet is tofacitinib a pill");
const mentioned = await answer(wide, 1, "Is tofacitinib a pill?", SOURCE, REMINDER);
assert.equal(await mentioned.locator(".privacy").count(), 0, "the answer to a mention is for everyone");
await why("is tofacitinib a pill", "alex · mention", /^Answered with/);
await type(page, "does rituximab help at all");

// The menu of another member's message.
await become(wide, "sam");
const question = page.locator("#messages .message", { hasText: "does rituximab help at all" });
await question.hover();
await question.getByRole("button", { name: "Answer from the FAQ" }).click();
await page.locator(".message.private", { hasText: "used Answer from the FAQ" }).getByText(SOURCE).waitFor();
await why("does rituximab help at all", "sam · Answer from the FAQ");
await become(wide, "alex");
assert.equal(await page.locator(".message.private").count(), 0, "alex sees what sam's menu brought");

// Only who asked may remove an answer.
await become(wide, "sam");
const removable = page.locator("#messages .message:not(.private)", { hasText: "Is tofacitinib a pill?" });
await removable.getByRole("button", { name: "Remove" }).click();
await wide.answers.getByText("Only the person who asked, or a moderator, can remove this.").waitFor();
await become(wide, "alex");
await removable.getByRole("button", { name: "Remove" }).click();
await removable.waitFor({ state: "detached" });

// A direct message, and a reply to the card there.
await page.getByRole("button", { name: "Direct message" }).click();
await type(page, "does prednisone weaken bones?");
const direct = await answer(wide, 0, PASSAGE, SOURCE);
await direct.hover();
await direct.getByRole("button", { name: "Reply", exact: true }).click();
await type(page, "and what are the side effects?");
await answer(wide, 1, SOURCE);
await why("and what are the side effects?", "alex · reply");
await become(wide, "mo");
assert.equal(await page.locator("#messages .message").count(), 0, "mo sees alex's direct messages");

// Faults, and how they end.
await page.getByRole("button", { name: "Faults", exact: true }).press("Enter");
assert.equal(await page.locator("#reasons").isVisible(), false, "one panel at a time");
const fault = (name) => page.locator("#faults").getByRole("button", { name }).click();
const ended = (text) => page.locator("#faults-log > li").first().getByText(text).waitFor();
await fault("Close it (4000)");
await ended(/^pamphlet was back after \d+\.\d s and resumed its session/);
await fault("500, twice");
await ended("Waiting for the next request: ask something.");
await type(page, "is tofacitinib a pill");
await ended("It happened, and pamphlet got through all the same.");
await answer(wide, 0, SOURCE);
await fault("Deliver it twice");
await ended("Waiting for the next message: mention pamphlet.");
await type(page, "does prednisone weaken bones?");
await ended("It was delivered twice, and pamphlet answered once.");
await look(wide, "faults");
await page.locator("#faults").getByRole("button", { name: "Drop it" }).press("Escape");
assert.equal(await page.locator("#faults").isVisible(), false, "Escape closes the panel");
assert.ok(await page.getByRole("button", { name: "Faults", exact: true }).evaluate((it) => it === document.activeElement));

const phone = await open(PHONE, "?as=alex&in=questions");
await answer(phone, 0, PASSAGE);
assert.equal(await phone.page.locator("#reasons").isVisible(), false, "on a phone the reasons wait until they are asked for");
await type(phone.page, "@pamphlet what does rituximab do");
await answer(phone, 1, SOURCE);
await look(phone, "phone");
const opener = phone.page.getByRole("button", { name: "Channels" });
await opener.tap();
await look(phone, "phone-drawer");
await phone.page.getByRole("button", { name: "Reasons", exact: true }).tap();
await phone.page.locator("#reasons-list").getByText("what does rituximab do").first().waitFor();
await phone.page.locator("#reasons-list").getByText(/^Answered with/).first().waitFor();
assert.ok(await phone.page.locator("main").evaluate((main) => main.inert), "what lies below the panel is still reached");
await look(phone, "phone-reasons");
await phone.page.getByRole("button", { name: "Close the reasons" }).tap();
assert.ok(await opener.evaluate((it) => it === document.activeElement), "the focus is lost");
await opener.tap();
await phone.page.getByRole("button", { name: "Faults", exact: true }).tap();
await look(phone, "phone-faults");

await close();
