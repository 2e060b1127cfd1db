// What every script at the page begins with: the browser, its windows, and what holds of each of them.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const [address, executablePath, folder, ...others] = process.argv.slice(1);
const browser = await chromium.launch({ executablePath, args: ["--disable-quic", "--disable-sync"] });
const complaints = [];

const WIDE = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** A page in a window like this; whatever it complains of is kept. */
async function visit(window, path) {
  const page = await browser.newPage({ reducedMotion: "reduce", ...window });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (line) => ["error", "warning"].includes(line.type()) && complaints.push(line.text()));
  page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure().errorText}`));
  page.on("request", (request) => request.url().startsWith(address) || complaints.push(`asks for ${request.url()}`));
  await page.addInitScript({ path: "node_modules/axe-core/axe.min.js" });
  await page.goto(`${address}/${path}`);
  return page;
}

/** The page of the local Discord. */
async function open(window, query = "") {
  const page = await visit(window, query);
  await page.locator("#place", { hasText: /./ }).waitFor();
  const answers = page.locator("#messages .message", { has: page.locator(".badge") });
  return { page, answers };
}

/** Takes a picture, and holds the page against axe's rules, light and dark. */
async function look({ page }, name) {
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${folder}/page-${name}-${colorScheme}.png` });
    // Else axe would fetch the style once more, which a page may forbid.
    const { violations, passes } = await page.evaluate(() => globalThis.axe.run({ preload: false }));
    const grave = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
    const faults = grave.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => [id, target, failureSummary]));
    assert.deepEqual(faults, [], `${name}, ${colorScheme}`);
    assert.ok(passes.length >= 10, `axe looked at ${passes.length} things of ${name}`);
  }
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, page.viewportSize().width, `${name} is wider than its window`);
}

async function type(page, text) {
  await page.locator("#text").fill(text);
  await page.locator("#text").press("Enter");
}

/** The bot's message in this place, once it shows these texts. */
async function answer({ answers }, place, ...texts) {
  const shown = answers.nth(place);
  for (const text of texts) await shown.getByText(text).first().waitFor();
  return shown;
}

/** Becomes another member. */
const become = ({ page }, name) => page.getByRole("radio", { name }).check();

/** The end: nothing was complained of. */
async function close() {
  assert.deepEqual(complaints, []);
  await browser.close();
}
