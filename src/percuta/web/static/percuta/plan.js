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
