/* The plan page: a zone of the map is chosen without loading the page anew, and a press that came to nothing says so. */
"use strict";

document.addEventListener("click", (event) => {
  const link = event.target.closest("#plan a.zone-link, #plan a.small-map, #plan .zone-list a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const address = link.getAttribute("href");
  htmx.ajax("GET", address, { target: "#plan", swap: "outerHTML" }).then(() => {
    history.replaceState(null, "", address);
    const again = document.querySelector(`#plan a[href="${address}"]`);
    if (again) again.focus({ preventScroll: true });
  });
});

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const trouble = document.getElementById("trouble");
    if (trouble) trouble.hidden = false;
  });
}

/* By keyboard one walks through a list: what is chosen counts once the list is left. */
let isWalked = false;
let walked = null;
const isSettingList = (part) => part.matches("#plan .setting-fields select");

document.addEventListener("keydown", () => { isWalked = true; }, true);
document.addEventListener("pointerdown", () => { isWalked = false; }, true);
document.addEventListener("change", (event) => {
  if (!isWalked || !isSettingList(event.target)) return;
  event.stopPropagation();
  walked = event.target;
}, true);
document.addEventListener("focusout", (event) => {
  if (event.target !== walked) return;
  walked = null;
  isWalked = false;
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
});
