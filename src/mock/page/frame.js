/** What lies around the messages: the drawer of channels, and the panels, of which one is open at a time. */

import { $ } from "/dom.js";

/** Where a panel lies over the messages, not beside them. As in panels.css. */
const OVER = matchMedia("(max-width: 70rem)");
const PANELS = ["reasons", "faults"];

const open = { drawer: false, panel: null };

function apply() {
  const covered = open.panel !== null && OVER.matches;
  document.body.classList.toggle("drawer-open", open.drawer);
  $("menu").setAttribute("aria-expanded", String(open.drawer));
  for (const panel of PANELS) {
    $(panel).hidden = panel !== open.panel;
    $(`${panel}-open`).setAttribute("aria-expanded", String(panel === open.panel));
  }
  $("scrim").hidden = !open.drawer && !covered;
  document.querySelector("main").inert = open.drawer || covered;
  $("drawer").inert = covered;
}

/** Opens or closes the drawer, which is one on small screens alone. */
export function openDrawer(wanted) {
  open.drawer = wanted;
  apply();
  if (wanted) $("channels").querySelector("[aria-current]")?.focus();
}

/** Opens this panel in place of another. */
function openPanel(panel) {
  open.drawer = false;
  open.panel = panel;
  apply();
  $(`${panel}-title`).focus();
}

/** Closes the panel; the focus goes back to where it was opened from. */
function closePanel() {
  const opener = $(`${open.panel}-open`);
  open.panel = null;
  apply();
  opener.focus();
  if (document.activeElement !== opener) $("menu").focus();
}

/** Makes the drawer and the panels openable. */
export function startFrame() {
  for (const panel of PANELS) {
    $(`${panel}-open`).addEventListener("click", () => (open.panel === panel ? closePanel() : openPanel(panel)));
    $(`${panel}-close`).addEventListener("click", closePanel);
  }
  $("menu").addEventListener("click", () => openDrawer(!open.drawer));
  $("scrim").addEventListener("click", () => (open.panel === null ? openDrawer(false) : closePanel()));
  OVER.addEventListener("change", apply);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (open.drawer) {
      openDrawer(false);
      $("menu").focus();
    } else if (open.panel !== null && (OVER.matches || event.target.closest?.(".panel"))) {
      closePanel();
    }
  });
}

/** Offers the reasons, or takes them away. Where there is room they are open from the start. */
export function offerReasons(offered) {
  if ($("reasons-open").hidden !== offered) return;
  $("reasons-open").hidden = !offered;
  if (offered && open.panel === null && !OVER.matches) open.panel = "reasons";
  if (!offered && open.panel === "reasons") open.panel = null;
  apply();
}
