// The map of the report form. Without this file the place is written in words, which is enough.
"use strict";

const box = document.querySelector("[data-map]");
const field = document.querySelector("#plek");
const said = box?.querySelector("[data-map-said]");
const off = box?.querySelector("[data-map-off]");
const here = box?.querySelector("[data-map-set]");
const broken = box?.querySelector("[data-map-fails]");
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
  const { tiles, centre, zoom, script, style } = box.dataset;
  try {
    await Promise.all([
      fetched("link", { rel: "stylesheet", href: style }),
      fetched("script", { src: script }),
    ]);
  } catch {
    broken.hidden = false;
    return;
  }
  const view = box.querySelector(".map__view");
  const names = { zoomInTitle: box.dataset.larger, zoomOutTitle: box.dataset.smaller };
  map = L.map(view, { attributionControl: false, zoomControl: false, zoomAnimation: false });
  L.control.zoom(names).addTo(map);
  map.setView(point(field.value || centre), field.value ? 18 : Number(zoom));
  // One tile can be missing, at sea; the map fails when none comes.
  let came = false;
  L.tileLayer(tiles, { maxZoom: 19 })
    .on("tileload", () => { came = true; broken.hidden = true; })
    .on("tileerror", () => { broken.hidden = came; })
    .addTo(map);
  // The place is where the cross is, from the first move on.
  map.on("moveend", set_here);
}

function set(value) {
  field.value = value;
  off.hidden = value === "";
  said.textContent = value === "" ? box.dataset.off : box.dataset.set;
}

function set_here() {
  const { lat, lng } = map.getCenter().wrap();
  set(`${lat.toFixed(6)},${lng.toFixed(6)}`);
}

if (box) {
  box.hidden = false;
  off.hidden = field.value === "";
  box.addEventListener("toggle", () => { if (box.open) open_map(); });
  here.addEventListener("click", () => { if (map) set_here(); });
  off.addEventListener("click", () => {
    here.focus();
    set("");
  });
}
