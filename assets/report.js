// The map of the report form. Without this file the place is written in words, which is enough.
"use strict";

const box = document.querySelector("[data-map]");
const field = document.querySelector("#plek");
const said = box?.querySelector("[data-map-said]");
const off = box?.querySelector("[data-map-off]");
let map = null;

const point = (text) => text.split(",").map(Number);

// The library is fetched when somebody wants the map, and not before.
function fetched(tag, fields) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), fields);
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });
}

async function open_map() {
  if (map) return;
  const { tiles, centre, zoom, script, style, fails } = box.dataset;
  try {
    await Promise.all([
      fetched("link", { rel: "stylesheet", href: style }),
      fetched("script", { src: script }),
    ]);
  } catch {
    said.textContent = fails;
    return;
  }
  const view = box.querySelector(".map__view");
  const names = { zoomInTitle: box.dataset.larger, zoomOutTitle: box.dataset.smaller };
  map = L.map(view, { attributionControl: false, zoomControl: false, zoomAnimation: false });
  L.control.zoom(names).addTo(map);
  map.setView(point(field.value || centre), field.value ? 18 : Number(zoom));
  L.tileLayer(tiles, { maxZoom: 19 }).on("tileerror", () => { said.textContent = fails; })
    .addTo(map);
}

function set(value) {
  field.value = value;
  off.hidden = value === "";
  said.textContent = value === "" ? box.dataset.off : box.dataset.set;
}

if (box) {
  box.hidden = false;
  off.hidden = field.value === "";
  box.addEventListener("toggle", () => { if (box.open) open_map(); });
  box.querySelector("[data-map-set]").addEventListener("click", () => {
    if (!map) return;
    const { lat, lng } = map.getCenter().wrap();
    set(`${lat.toFixed(6)},${lng.toFixed(6)}`);
  });
  off.addEventListener("click", () => set(""));
}
