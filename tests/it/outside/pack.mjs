// The review pack in a browser: wide, on a phone, and as it is printed on A4 and on Letter.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const [address, executablePath, folder] = process.argv.slice(1);
const browser = await chromium.launch({ executablePath, args: ["--disable-quic", "--disable-sync"] });
const complaints = [];

const WIDE = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** The pack in a window like this, without any script of its own; all that it complains of is kept. */
async function open(window) {
  const page = await browser.newPage({ reducedMotion: "reduce", ...window });
  page.on("console", (line) => ["error", "warning"].includes(line.type()) && complaints.push(line.text()));
  page.on("request", (request) => request.url() === address || complaints.push(`asks for ${request.url()}`));
  await page.addInitScript({ path: "node_modules/axe-core/axe.min.js" });
  await page.goto(address);
  return page;
}

/** Takes a picture, and holds the page against axe's rules. */
async function look(page, name) {
  await page.screenshot({ path: `${folder}/pack-${name}.png` });
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run());
  const faults = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => [id, target, failureSummary]));
  assert.deepEqual(faults, [], name);
  assert.ok(passes.length >= 10, `axe looked at ${passes.length} things of ${name}`);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, page.viewportSize().width, `${name} is wider than its window`);
}

const wide = await open(WIDE);
await look(wide, "wide");
const tea = wide.getByRole("article", { name: "Does tea help?" });
await wide.getByRole("link", { name: "Does tea help?" }).press("Enter");
await tea.getByRole("checkbox", { name: /^It is right as far as is known/ }).check();
assert.equal(await tea.locator(".text del").textContent(), "warm");
assert.equal(await tea.locator(".text ins").textContent(), "hot");
await tea.screenshot({ path: `${folder}/pack-entry.png` });

const phone = await open(PHONE);
await look(phone, "phone");
const link = phone.getByRole("link", { name: "Does honey help?" });
await link.tap();
await look(phone, "phone-entry");

// On paper: the cover, then each entry on a sheet of its own. 96 pixels are an inch.
const SHEETS = { A4: { width: 794, height: 1123 }, Letter: { width: 816, height: 1056 } };
for (const [format, sheet] of Object.entries(SHEETS)) {
  const page = await open({ viewport: { width: sheet.width - 106, height: sheet.height - 98 } });
  await page.emulateMedia({ media: "print" });
  await look(page, `print-${format}`);
  for (const entry of await page.locator("article").all()) {
    const { height } = await entry.boundingBox();
    assert.ok(height <= sheet.height - 98, `an entry of ${height} pixels is longer than a sheet of ${format}`);
  }
  const pdf = (await page.pdf({ path: `${folder}/pack-${format}.pdf`, format, preferCSSPageSize: false })).toString("latin1");
  assert.equal(pdf.match(/\/Type\s*\/Page\b/g).length, 1 + (await page.locator("article").count()), `sheets of ${format}`);
}

assert.deepEqual(complaints, []);
await browser.close();
