/* The plan page: a zone of the map is chosen without loading the page anew, and a press that came to nothing says so. */
"use strict";

const ZONE_LINKS = "#plan a.zone-link, #plan a.small-map, #plan .zone-list a";
const FAILURES = ["htmx:responseError", "htmx:sendError", "htmx:timeout"];

const isPlain = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey);
const isOfPlan = (event) => event.detail.target && event.detail.target.id === "plan";
const linkTo = (address) => document.querySelector(`#plan a[href="${address}"]`);

document.addEventListener("click", (event) => {
  const link = event.target.closest(ZONE_LINKS);
  if (!link || !isPlain(event)) return;
  event.preventDefault();
  const address = link.getAttribute("href");
  htmx.ajax("GET", address, { target: "#plan", swap: "outerHTML" }).then(() => {
    history.replaceState(null, "", address);
    const again = linkTo(address);
    if (again) again.focus({ preventScroll: true });
  });
});

for (const name of FAILURES) {
  document.addEventListener(name, (event) => {
    const trouble = document.getElementById("trouble");
    if (trouble && isOfPlan(event)) trouble.hidden = false;
  });
}

/* A drug without its milligrams, or the other way round, is still being typed: it is not sent. */
document.addEventListener("change", (event) => {
  const row = event.target.closest(".dose");
  const fields = row ? [...row.querySelectorAll("input")] : [];
  if (fields.some((field) => field.value) && fields.some((field) => !field.value)) {
    event.stopPropagation();
  }
}, true);
