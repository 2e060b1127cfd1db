// A person at the page of the demo: asks, reads, presses, switches member, mentions. Pictures of it go to `folder`.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const [address, executablePath, folder] = process.argv.slice(1);
const PASSAGE = "can lead to weak, brittle bones (osteoporosis)";
const SOURCE = "Source: Dermatomyositis Treatment Advancements";
const REMINDER = "General information from one document, not advice for you.";
const RELATED = "What are the side effects of prednisone?";

const browser = await chromium.launch({ executablePath, args: ["--disable-quic", "--disable-sync"] });
const complaints = [];

/** A page of the demo in a window like this; whatever it complains of is kept. */
async function open(window) {
  const page = await browser.newPage({ reducedMotion: "reduce", ...window });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (line) => ["error", "warning"].includes(line.type()) && complaints.push(line.text()));
  page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure().errorText}`));
  page.on("request", (request) => request.url().startsWith(address) || complaints.push(`asks for ${request.url()}`));
  await page.goto(address);
  await page.locator("#intro").waitFor();
  const answers = page.locator('#messages .message[data-author="pamphlet"]');
  return { page, answers, picture: (name) => page.screenshot({ path: `${folder}/${name}.png` }) };
}

async function type(page, text) {
  await page.locator("#text").fill(text);
  await page.locator("#text").press("Enter");
}

/** The answer in this place, once it shows these texts. */
async function answer({ answers }, place, ...texts) {
  const shown = answers.nth(place);
  for (const text of texts) await shown.locator(".content").getByText(text).first().waitFor();
  return shown;
}

const wide = await open({ viewport: { width: 1280, height: 900 } });
await wide.picture("page-start");
await type(wide.page, "/ask will prednisone wreck my bones?");
const bones = await answer(wide, 0, "Does prednisone weaken bones?", PASSAGE, SOURCE, REMINDER);
await bones.locator(".privacy").waitFor();
await wide.picture("page-answer");

await bones.getByRole("button", { name: RELATED }).click();
const related = await answer(wide, 1, RELATED, SOURCE, REMINDER);
await related.locator(".privacy").waitFor();

await wide.page.getByRole("radio", { name: "alex" }).check();
assert.equal(await wide.answers.count(), 0, "alex sees what was said to sam alone");
await type(wide.page, "@pamphlet is tofacitinib a pill");
const mentioned = await answer(wide, 0, "Is tofacitinib a pill?", SOURCE, REMINDER);
assert.equal(await mentioned.locator(".privacy").count(), 0, "the answer to a mention is for everyone");

await wide.page.getByRole("radio", { name: "sam" }).check();
await answer(wide, 2, "Is tofacitinib a pill?");
await wide.picture("page-wide");

const phone = await open({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
await answer(phone, 2, "Is tofacitinib a pill?");
await phone.picture("page-phone");
const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
assert.ok(width <= 390, `the page is ${width} wide on a phone`);

assert.deepEqual(complaints, []);
await browser.close();
