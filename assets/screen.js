// The screen of the waiting room asks for itself again, and stands when the server is away for a
// moment. Without this file the page loads itself anew.
"use strict";

const EVERY_MILLISECONDS = 3000;

async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [now, then] = [document, fresh].map((page) => page.querySelector("main"));
    if (then && now.innerHTML !== then.innerHTML) now.replaceWith(then);
  } catch {
    // What was shown stays.
  }
}

setInterval(look, EVERY_MILLISECONDS);
