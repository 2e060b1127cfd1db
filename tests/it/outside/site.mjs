// A person at an exported website, which is opened from the disk: no server stands behind it.
const REMINDER = "Please don't start, stop or change a treatment on your own.";
const PAGES = { index: "index.html", entry: "entry/steroids-bones.html", numbers: "numbers.html", all: "all.html" };

for (const [size, window] of Object.entries({ wide: WIDE, phone: PHONE })) {
  for (const [name, path] of Object.entries(PAGES)) {
    const page = await visit(window, path);
    await look({ page }, `site-${name}-${size}`);
    const text = await page.locator("body").innerText();
    for (const part of [REMINDER, "In an emergency, call 999.", "Samaritans: 116 123"]) assert.ok(text.includes(part), `${path}: ${part}`);
    const levels = await page.locator("h1, h2, h3, h4, h5, h6").evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    assert.ok(levels.every((level, place) => level <= (levels[place - 1] ?? 0) + 1), `${path}: headings ${levels}`);
    await page.close();
  }
}

// Search, by the keyboard alone.
const page = await visit(WIDE, PAGES.index);
const results = page.locator("#results a");
await page.getByRole("searchbox", { name: "Search the questions" }).fill("britle bones from deltasone");
await page.getByRole("status").filter({ hasText: /fit/ }).waitFor();
assert.equal(await results.first().innerText(), "Does prednisone weaken bones?");
assert.equal(await page.locator("#questions").isVisible(), false);
await look({ page }, "site-search");
await page.keyboard.press("Enter");
await page.keyboard.press("Enter");
await page.getByRole("heading", { level: 1, name: "Does prednisone weaken bones?" }).waitFor();
await page.getByText("can lead to weak, brittle bones (osteoporosis)").waitFor();
await page.getByText(/^Source: Dermatomyositis Treatment Advancements.* Not yet reviewed by a clinician\.$/).waitFor();
await page.getByRole("navigation", { name: "Related questions" }).getByRole("link").first().click();
await page.getByRole("heading", { level: 1, name: "What are the side effects of prednisone?" }).waitFor();
await page.keyboard.press("Tab");
assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the text");
await page.keyboard.press("Enter");
assert.equal(await page.evaluate(() => document.activeElement.id), "main");

await page.goto(`${address}/index.html`);
for (const [words, told] of [["qwxz", "No question fits. Try other words, or look below."], ["", ""]]) {
  await page.getByRole("searchbox").fill(words);
  assert.equal(await page.getByRole("status").textContent(), told);
  assert.ok(await page.locator("#questions").isVisible());
}
await page.emulateMedia({ media: "print" });
assert.equal(await page.locator("#search").isVisible(), false, "nobody searches on paper");

// Without scripts all is there but the search.
const plain = await visit({ ...WIDE, javaScriptEnabled: false }, PAGES.index);
assert.equal(await plain.locator("#search").isVisible(), false);
await plain.getByRole("link", { name: "Does prednisone weaken bones?" }).click();
await plain.getByText("can lead to weak, brittle bones (osteoporosis)").waitFor();
await plain.getByRole("link", { name: "The disease and its first treatments" }).click();
await plain.getByRole("heading", { name: "The disease and its first treatments" }).waitFor();
await close();
