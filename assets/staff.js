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
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    open_palette();
    return;
  }
  if (event.ctrlKey && event.key === "Enter" && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  // Esc leaves a field, so that keys do something again.
  if (event.key === "Escape" && typing(event.target) && !event.target.closest("dialog")) {
    event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "x") choose(event);
  else if (/^[a-z1-9/]$/.test(event.key)) press(event);
});

// A key goes to a field, and does what a button or a link with it does.
function press(event) {
  const place = `[data-key='${event.key}']`;
  const target = document.querySelector(place);
  if (!target?.matches("button, a[href]")) focus_on(place, event);
  else {
    event.preventDefault();
    target.click();
  }
}

// x chooses the contact that has the focus, for what is done to several.
function choose(event) {
  const box = document.activeElement?.closest("[data-row]")?.querySelector(".row__choose");
  if (!box) return;
  event.preventDefault();
  box.click();
}

// The palette: everything there is to go to and to do on this page, found by typing.
const palette = document.querySelector("[data-palette]");

function open_palette() {
  if (!palette || palette.open) return;
  const [field, list] = [palette.querySelector("input"), palette.querySelector("ul")];
  const targets = [...document.querySelectorAll(
    ".masthead a[href], .tabs a[href], .kept a[href], main summary, [data-key], [data-command]",
  )].filter((target) => target !== field && target.getClientRects().length > 0);
  const name = (target) => (target.labels?.[0]?.innerText ?? target.getAttribute("aria-label")
    ?? target.innerText).trim().replace(/\s+/g, " ");
  const go = (target) => {
    palette.close();
    if (target.matches("a[href]")) target.click();
    else if (target.matches("summary")) {
      target.parentElement.open = true;
      (target.parentElement.querySelector("input:not([type=hidden]), select, textarea, button")
        ?? target).focus();
    } else target.focus();
  };
  const show = () => {
    const asked = field.value.trim().toLowerCase();
    const found = targets.filter((target) => name(target).toLowerCase().includes(asked));
    list.replaceChildren(...found.map((target) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name(target);
      button.addEventListener("click", () => go(target));
      const line = document.createElement("li");
      line.append(button);
      return line;
    }));
  };
  field.oninput = show;
  field.onkeydown = (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      const first = list.querySelector("button");
      if (first) first.click();
      else palette.querySelector("form").submit();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      list.querySelector("button")?.focus();
    }
  };
  list.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...list.querySelectorAll("button")];
    const next = buttons.indexOf(document.activeElement) + step;
    (buttons[next] ?? field).focus();
  };
  field.value = "";
  show();
  palette.showModal();
  field.focus();
}

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

// What is typed into the composer is kept every few seconds, without a word; Belofte answers 204.
const KEEP_MS = 4000;
const kept_forms = [...document.querySelectorAll("form[data-keep]")];
// Files are not text: they go with the button that adds them.
const texts_of = (form) =>
  [...new FormData(form)].filter(([name, value]) => name !== "ook" && typeof value === "string");
const typed = (form) => new URLSearchParams(texts_of(form)).toString();

for (const form of kept_forms) {
  const state = form.querySelector("[data-draft-state]");
  let last = typed(form);
  let timer = 0;
  const keep = async () => {
    const now = typed(form);
    if (now === last || form.dataset.sent) return;
    let kept = false;
    try {
      const body = `${now}&stil=ja`;
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const answer = await fetch(form.dataset.keep,
        { method: "POST", body, headers, redirect: "manual", keepalive: body.length < 60000 });
      kept = answer.status === 204;
    } catch { /* No connection: said below, and tried again. */ }
    if (kept) last = now;
    form.dataset.unkept = kept && typed(form) === now ? "" : "yes";
    state.textContent = kept ? form.dataset.kept : form.dataset.notKept;
    if (!kept) timer = setTimeout(keep, KEEP_MS);
  };
  form.addEventListener("input", () => {
    form.dataset.unkept = "yes";
    state.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_MS);
  });
}

// A standard text goes where the cursor is; without this it comes below, in a page of its own.
for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", async (event) => {
    const form = button.form;
    const [choice, text] = [form.elements.standard, form.elements.text];
    if (!choice.value) return;
    event.preventDefault();
    const body = new URLSearchParams({ standard: choice.value, stil: "ja" });
    let answer = null;
    try {
      answer = await fetch(button.formAction, { method: "POST", body, redirect: "manual" });
    } catch { /* No connection: the form says so. */ }
    if (answer?.status !== 200) {
      form.requestSubmit(button);
      return;
    }
    text.setRangeText(await answer.text(), text.selectionStart, text.selectionEnd, "end");
    choice.value = "";
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// A file that is chosen is added at once.
for (const button of document.querySelectorAll("[data-enclose]")) {
  const chosen = button.form.elements.file;
  chosen.addEventListener("change", () => {
    if (chosen.files.length > 0) button.form.requestSubmit(button);
  });
}

// What changes while the page is open: counts, colleagues with the same contact, something new.
// Only the page that is looked at listens: a browser has few connections to spare.
const live = document.querySelector("[data-live]");
let events = null;

function listen() {
  events?.close();
  events = null;
  if (!live || document.hidden) return;
  events = new EventSource(live.dataset.live);
  events.addEventListener("counts", (event) => {
    for (const [view, count] of Object.entries(JSON.parse(event.data))) {
      const shown = document.querySelector(`[data-count="${view}"]`);
      if (shown) shown.textContent = count;
    }
  });
  const [here, changed] = ["[data-here]", "[data-changed]"].map((of) => live.querySelector(of));
  events.addEventListener("here", (event) => {
    here.textContent = JSON.parse(event.data).join(" ");
    live.hidden = here.textContent === "" && changed.hidden;
  });
  events.addEventListener("changed", (event) => {
    changed.querySelector("[data-said]").textContent = JSON.parse(event.data);
    changed.hidden = live.hidden = false;
  });
}
listen();
document.addEventListener("visibilitychange", listen);
window.addEventListener("pagehide", () => events?.close());

// A letter that has left can not be called back: the button goes when its time has come.
for (const held of document.querySelectorAll("[data-leaves]")) {
  const over = () => {
    held.querySelector("form").hidden = true;
    held.querySelector("b").hidden = true;
    held.querySelector(".held__gone").hidden = false;
  };
  setTimeout(over, Number(held.dataset.leaves) * 1000);
}

// What was typed and not sent is not lost by accident.
const texts = [...document.querySelectorAll("textarea")];
let sending = false;
document.addEventListener("submit", () => { sending = true; });
const lost = (text) => text.form?.dataset.keep
  ? text.form.dataset.unkept === "yes"
  : text.value !== text.defaultValue;
window.addEventListener("beforeunload", (event) => {
  if (!sending && texts.some(lost)) event.preventDefault();
});
