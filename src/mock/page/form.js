/** The window that a bot opens to ask for text. */

import { $, button, el } from "/dom.js";

/** The most characters that a field may take. */
const MAX_FIELD = 4000;

/** Opens the form of `row`; `submit(fields)` gets `{label: text}` and may throw what the person should read. */
export function openForm(row, submit) {
  const dialog = $("dialog");
  if (dialog.open) return;
  const { title, fields } = row.form;
  const inputs = fields.map(() => el("input", { maxLength: MAX_FIELD }));
  const problem = el("p", { className: "problem", role: "alert", hidden: true });
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { id: "dialog-title" }, title),
    ...inputs.map((input, place) => el("label", {}, el("span", {}, fields[place]), input)),
    problem,
    el(
      "div",
      { className: "dialog-end" },
      button("Cancel", () => dialog.close()),
      el("button", { type: "submit", className: "send" }, "Submit"),
    ),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await submit(Object.fromEntries(inputs.map((input, place) => [fields[place], input.value])));
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
  dialog.replaceChildren(form);
  dialog.showModal();
}
