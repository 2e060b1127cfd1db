/** Small helpers around the document. Text always goes in as text, never as markup. */

const SPOKEN_MS = 3000;

/** The element with this id. */
export const $ = (id) => document.getElementById(id);

/** A new element: properties are set, `data` and `aria` become attributes, children may be text or null. */
export function el(tag, { data = {}, aria = {}, ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  Object.assign(element.dataset, data);
  for (const [name, value] of Object.entries(aria)) element.setAttribute(`aria-${name}`, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A push button, deaf while `run` is under way. It is not `disabled` then: that would take the keyboard's focus away. */
export function button(label, run, properties = {}) {
  const element = el("button", { type: "button", textContent: label, ...properties });
  element.addEventListener("click", async () => {
    if (element.ariaDisabled === "true") return;
    element.ariaDisabled = "true";
    try {
      await run();
    } finally {
      element.ariaDisabled = null;
    }
  });
  return element;
}

/** Has a screen reader say something; the words go again soon, so that nobody meets them twice. */
export function say(text) {
  const spoken = el("p", {}, text);
  $("announce").append(spoken);
  setTimeout(() => spoken.remove(), SPOKEN_MS);
}

/** Makes `parent` hold exactly `wanted`, in order, without touching the children that stay where they are. */
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((child, place) => {
    if (parent.children[place] !== child) parent.insertBefore(child, parent.children[place] ?? null);
  });
}
