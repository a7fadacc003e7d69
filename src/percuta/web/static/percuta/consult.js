/* The consultation: a press that came to nothing says so; a page in place of a part is opened as a page. */
"use strict";

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const unsaved = document.getElementById("unsaved");
    if (unsaved) unsaved.hidden = false;
  });
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail.xhr;
  if (!/^\s*<!doctype/i.test(answer.responseText)) return;
  event.detail.shouldSwap = false;
  window.location.assign(answer.responseURL);
});
