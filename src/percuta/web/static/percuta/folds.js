/* What was unfolded stays unfolded, though it may tell other numbers now. */
"use strict";

let unfolded = new Set();

function folds() {
  const met = {};
  return [...document.querySelectorAll("#plan details")].map((fold) => {
    const words = fold.matches(".setting") ? "" : fold.querySelector("summary").textContent.replace(/[\d.]+/g, "");
    met[words] = (met[words] || 0) + 1;
    return [fold, `${words} ${met[words]}`];
  });
}

document.addEventListener("htmx:beforeSwap", () => {
  unfolded = new Set(folds().filter(([fold]) => fold.open).map(([, name]) => name));
});

document.addEventListener("htmx:afterSwap", () => {
  for (const [fold, name] of folds()) if (unfolded.has(name)) fold.open = true;
});
