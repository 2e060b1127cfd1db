// The search of the first page. It runs in the browser alone: what is typed goes nowhere.
const MOST = 20;
const { same, entries } = JSON.parse(document.getElementById("index").textContent);
const [form, field, found, results, questions] =
  ["search", "words", "found", "results", "questions"].map((id) => document.getElementById(id));
const links = [...questions.querySelectorAll(".list a")];

/** The words of a text, as the index has them. */
function wordsOf(text) {
  const plain = text.normalize("NFKD").replace(/[\p{M}'’‘`´]/gu, "").toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => (Object.hasOwn(same, word) ? same[word] : word));
}

const pages = links.map((link, place) => ({ link, title: new Set(wordsOf(link.textContent)), all: new Set(entries[place].split(" ")) }));
const often = new Map();
for (const { all } of pages) for (const word of all) often.set(word, (often.get(word) ?? 0) + 1);

/** How much a word tells: the fewer entries have it, the more. */
const weight = (word) => Math.log(1 + pages.length / (often.get(word) ?? 1));

/** How well a word stands for one of these: itself, or the beginning of another. */
function fit(word, words) {
  if (words.has(word)) return weight(word);
  const longer = word.length > 2 && [...words].find((other) => other.startsWith(word));
  return longer ? weight(longer) / 2 : 0;
}

/** The pages that share words with the text, the best first. */
function search(text) {
  const asked = [...new Set(wordsOf(text))];
  const scored = pages.map((page) => ({
    page,
    score: asked.reduce((sum, word) => sum + fit(word, page.all) + fit(word, page.title), 0),
  }));
  const best = Math.max(...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score > 0 && score >= best / 3).sort((a, b) => b.score - a.score).slice(0, MOST);
}

function show() {
  const text = field.value.trim();
  const hits = text ? search(text) : [];
  questions.hidden = hits.length > 0;
  found.textContent = !text ? "" : hits.length === 0 ? "No question fits. Try other words, or look below."
    : hits.length === 1 ? "1 question fits." : `${hits.length} questions fit, the nearest first.`;
  results.replaceChildren(...hits.map(({ page }) => {
    const item = document.createElement("li");
    item.append(page.link.cloneNode(true));
    return item;
  }));
}

field.addEventListener("input", show);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  results.querySelector("a")?.focus();
});
form.hidden = false;
show();
