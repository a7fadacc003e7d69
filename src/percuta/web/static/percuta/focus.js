/* What was pressed may be gone or hidden once its part is exchanged: the focus then goes to what is nearest to it. What holds the focus stays where it was on the screen. */
"use strict";

const CAN_HOLD = "a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary";
let trail = [];
let height = 0;

document.addEventListener("htmx:beforeSwap", () => {
  trail = [];
  height = document.activeElement.getBoundingClientRect().top;
  for (let held = document.activeElement; held && held !== document.body; held = held.parentElement) {
    if (held.id) trail.push(held.id);
  }
});

document.addEventListener("htmx:afterSwap", () => {
  keepFocus();
  queueMicrotask(stay);
});

function stay() {
  if (!document.activeElement.id || document.activeElement.id !== trail[0]) return;
  window.scrollBy({ top: document.activeElement.getBoundingClientRect().top - height, behavior: "instant" });
}

function keepFocus() {
  if (document.activeElement !== document.body) return;
  for (const id of trail) {
    const near = nearest(document.getElementById(id));
    if (near) {
      near.focus({ preventScroll: true });
      return;
    }
  }
}

function nearest(kept) {
  if (!kept || kept.id === "main") return kept;
  const folded = kept.closest("details:not([open])");
  if (folded) return folded.querySelector("summary");
  const away = (one) => Math.abs(one.getBoundingClientRect().top - height);
  return [...kept.querySelectorAll(CAN_HOLD)]
    .filter((one) => one.checkVisibility())
    .sort((one, other) => away(one) - away(other))[0];
}
