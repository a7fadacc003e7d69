/* The consultation: a zone of the map is a box of the list; a press that came to nothing says so; a page in place of a part is opened as a page. */
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

const boxOf = (link) => document.querySelector(`.concern-form input[name="zone"][value="${link.dataset.zone}"]`);

function showChosen() {
  for (const link of document.querySelectorAll("#map a.zone-link")) {
    const box = boxOf(link);
    link.classList.toggle("is-chosen", box.checked);
    if (box.checked) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("#map a.zone-link");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const box = boxOf(link);
  box.checked = !box.checked;
  showChosen();
});
document.addEventListener("change", showChosen);
document.addEventListener("htmx:afterSwap", showChosen);
showChosen();

/* Presses that overtake each other may draw an older state over a newer one: then it is read anew. */
let underWay = 0;
let hasOvertaken = false;

function ended() {
  underWay -= 1;
  if (underWay > 0 || !hasOvertaken) return;
  hasOvertaken = false;
  htmx.ajax("GET", window.location.pathname, { target: "#consult", swap: "outerHTML" });
}

document.addEventListener("htmx:beforeSend", (event) => {
  underWay += 1;
  if (underWay > 1) hasOvertaken = true;
  event.detail.xhr.addEventListener("loadend", ended);
});
