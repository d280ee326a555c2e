// Passkeys: what the authenticator makes or shows goes into a form, and the form is sent. Without
// this file those forms are not there, and a password opens the door.
"use strict";
{
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const fill = (form, fields) => {
    for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
  };
  /** How long the authenticator may take, in milliseconds. */
  const WAIT = 5 * 60 * 1000;

  async function make(form) {
    const it = form.dataset;
    const known = it.known.split(" ").filter((id) => id);
    const made = await navigator.credentials.create({ publicKey: {
      rp: { id: it.place, name: it.town },
      user: { id: bytes(it.user), name: it.login, displayName: it.who },
      challenge: bytes(form.elements.challenge.value),
      // ES256, EdDSA, RS256.
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
      excludeCredentials: known.map((id) => ({ type: "public-key", id: bytes(id) })),
      authenticatorSelection:
        { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
      timeout: WAIT,
    } });
    const { clientDataJSON, attestationObject } = made.response;
    fill(form, { client: text(clientDataJSON), attestation: text(attestationObject) });
  }

  async function show(form) {
    const asked = await fetch(form.dataset.ask, { method: "POST" });
    const { challenge, place } = await asked.json();
    const shown = await navigator.credentials.get({ publicKey: {
      challenge: bytes(challenge), rpId: place, userVerification: "required", timeout: WAIT,
    } });
    const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response;
    fill(form, {
      challenge,
      credential: text(shown.rawId),
      user: text(userHandle ?? new ArrayBuffer(0)),
      client: text(clientDataJSON),
      authenticator: text(authenticatorData),
      signature: text(signature),
    });
  }

  if (globalThis.PublicKeyCredential) {
    for (const no of document.querySelectorAll("[data-no-passkeys]")) no.hidden = true;
    for (const it of document.querySelectorAll("[data-passkeys]")) it.hidden = false;
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (form.dataset.sent) return;
      const said = form.querySelector("[data-said]");
      said.textContent = "";
      try {
        await (form.dataset.passkey === "make" ? make : show)(form);
        form.submit();
      } catch (error) {
        const is_known = error.name === "InvalidStateError" && form.dataset.isKnown;
        said.textContent = is_known || form.dataset.failed;
        delete form.dataset.sent;
      }
    });
  }
}
