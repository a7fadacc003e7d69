/* An answer replaces every form: what is chosen or written meanwhile is put into the new ones, and what is pressed waits its turn. */
"use strict";

const PRESSED = `#plan form[hx-post] button, ${ZONE_LINKS}`;
const SETTING_FIELDS = "#plan .setting-fields :is(select, input:not([type=hidden]))";

let sent = null;
let written = [];
let waiting = [];
let isUsed = false;
let isSaved = null;

const settingFields = () => [...document.querySelectorAll(SETTING_FIELDS)];
const said = (field) => (field.type === "checkbox" ? field.checked : field.value);

function saved(field) {
  if (field.type === "checkbox") return field.defaultChecked;
  if (!field.options) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) || field.options[0]).value;
}

document.addEventListener("htmx:beforeSend", (event) => {
  if (isOfPlan(event)) sent = new Map(settingFields().map((field) => [field.id, said(field)]));
});

document.addEventListener("click", (event) => {
  const press = event.target.closest(PRESSED);
  if (!sent || !press || !isPlain(event)) return;
  event.preventDefault();
  event.stopPropagation();
  if (press.closest(".setting-fields")) isUsed = true;
  else waiting.push(press.id || press.getAttribute("href"));
}, true);

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!sent || !isOfPlan(event)) return;
  isSaved = event.detail.xhr.status < 400;
  written = settingFields().filter((field) => said(field) !== sent.get(field.id) && !field.validity.badInput);
});

document.addEventListener("htmx:afterSwap", () => {
  for (const field of written) putBack(field);
  written = [];
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (isSaved === null || !isOfPlan(event)) return;
  const isToGoOn = isSaved;
  [sent, isSaved] = [null, null];
  if (isToGoOn) goOn();
  else [waiting, isUsed] = [[], false];
});

for (const name of FAILURES) {
  document.addEventListener(name, (event) => {
    if (isOfPlan(event)) [sent, isSaved, isUsed, written, waiting] = [null, null, false, [], []];
  });
}

function putBack(old) {
  const field = document.getElementById(old.id);
  if (!field) return;
  if (field.type === "checkbox") field.checked = old.checked;
  else field.value = old.value;
  if (field.type === "text") field.setSelectionRange(old.selectionStart, old.selectionEnd);
}

function isStillWritten(field) {
  if (isUsed || field !== document.activeElement) return false;
  return isWalked || !field.matches("select, [type=checkbox]");
}

function goOn() {
  const fields = settingFields().filter((field) => said(field) !== saved(field));
  unsent = fields.find(isStillWritten) || null;
  isUsed = false;
  const chosen = fields.find((field) => field !== unsent);
  if (chosen) {
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    return;
  }
  const next = waiting.shift();
  const press = next && (document.getElementById(next) || linkTo(next));
  if (press) press.click();
}

/* By keyboard one walks through a list, and a field may be half written when an answer comes: what it says counts once it is left. */
let isWalked = false;
let unsent = null;

document.addEventListener("keydown", () => { isWalked = true; }, true);
document.addEventListener("pointerdown", () => { isWalked = false; }, true);
document.addEventListener("change", (event) => {
  if (!event.target.matches(SETTING_FIELDS)) return;
  const isOpen = isWalked && event.target.matches("select");
  if (isOpen) unsent = event.target;
  else if (event.target === unsent) unsent = null;
  if (isOpen || sent) event.stopPropagation();
}, true);
document.addEventListener("focusout", (event) => {
  if (event.target !== unsent) return;
  unsent = null;
  isWalked = false;
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
});
