// Small comforts for who works with the keyboard. Everything works without this file.
"use strict";

const typing = (target) =>
  target.closest("input, textarea, select, [contenteditable]") !== null;

const rows = [...document.querySelectorAll("[data-row] a[data-open]")];

function move(step) {
  const now = rows.indexOf(document.activeElement);
  const next = now < 0 ? (step > 0 ? 0 : rows.length - 1) : now + step;
  rows[Math.max(0, Math.min(rows.length - 1, next))]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter" && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "/") focus_on("[data-key='/']", event);
  else if (event.key === "b") focus_on("[data-key='b']", event);
  else if (event.key === "z") focus_on("[data-key='z']", event);
});

function focus_on(selector, event) {
  const field = document.querySelector(selector);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.scrollIntoView({ block: "center" });
}

// A form is sent once: a second press waits for the answer to the first.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// What was typed and not sent is not lost by accident.
const texts = [...document.querySelectorAll("textarea")];
let sending = false;
document.addEventListener("submit", () => { sending = true; });
window.addEventListener("beforeunload", (event) => {
  if (!sending && texts.some((text) => text.value !== text.defaultValue)) event.preventDefault();
});
