// Joins the style sheets of the two faces, drops what no page uses, and names every file by its
// content. Reads ../crates/web/{style,templates}; writes dist/NAME.HASH.EXT. Run: npm run build.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "lightningcss";

const here = dirname(fileURLToPath(import.meta.url));
const style = join(here, "../crates/web/style");
const templates = join(here, "../crates/web/templates");
const modules = join(here, "node_modules");
const dist = join(here, "dist");

const COMPONENTS = [
  "heading-1", "heading-2", "heading-3", "link",
  "skip-link", "alert", "button", "form-field", "form-fieldset", "form-label",
  "form-field-description", "form-field-error-message", "textbox", "textarea", "select",
  "checkbox", "radio-button",
];
// States our forms never have.
const NEVER = /:disabled|:read-only|:indeterminate|aria-(disabled|busy|pressed)|:placeholder|:(user-)?invalid/;
const FONT_WEIGHTS = [400, 600];
const BROWSERS = { chrome: 105 << 16, firefox: 115 << 16, safari: (15 << 16) | (4 << 8) };

const text = (...path) => readFileSync(join(...path), "utf8");

// The words in the templates of one face; what does not say which face it is of, is of both.
function words_in_templates(face) {
  const words = new Set();
  for (const entry of readdirSync(templates, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const source = text(entry.parentPath ?? entry.path, entry.name);
    const of = /extends "(\w+)\.html"/.exec(source)?.[1]
      ?? ["site", "staff"].find((name) => entry.name === `${name}.html`);
    if (of && of !== face) continue;
    for (const word of source.match(/[\w-]+/g) ?? []) words.add(word);
  }
  return words;
}

// A selector stays when every class it names occurs in a template; a rule, when a selector stays.
function only_used_rules(css, used) {
  const bare = css.replace(/\/\*[^]*?\*\//g, "");
  return bare.replace(/([^{};]+)\{([^{}]*)\}/g, (rule, prelude, body) => {
    if (prelude.trim().startsWith("@")) return rule;
    const stays = selectors_of(prelude).filter((selector) => !NEVER.test(selector) &&
      [...selector.matchAll(/\.([\w-]+)/g)].every(([, name]) => used.has(name)));
    return stays.length > 0 ? `${stays.join(",")}{${body}}` : "";
  });
}

// Split at commas, but not inside :is(a, b).
function selectors_of(prelude) {
  const found = [""];
  let depth = 0;
  for (const c of prelude) {
    if (c === "(") depth += 1;
    if (c === ")") depth -= 1;
    if (c === "," && depth === 0) found.push("");
    else found[found.length - 1] += c;
  }
  return found.map((selector) => selector.trim());
}

// Of the two thousand tokens of the design system only those that a rule, or a token of a rule,
// asks for.
function only_used_tokens(theme, rules) {
  const values = new Map();
  for (const [, name, value] of theme.matchAll(/^\s*(--[\w-]+):\s*(.+?);/gm)) {
    values.set(name, value);
  }
  const wanted = new Set();
  const ask = (css) => {
    for (const [, name] of css.matchAll(/var\(\s*(--[\w-]+)/g)) {
      if (wanted.has(name)) continue;
      wanted.add(name);
      if (values.has(name)) ask(values.get(name));
    }
  };
  ask(rules);
  const own = new Set([...rules.matchAll(/(?:^|[{;\s])(--[\w-]+)\s*:/g)].map(([, name]) => name));
  const lines = [...wanted].filter((name) => values.has(name) && !own.has(name)).sort();
  return `:root{${lines.map((name) => `${name}:${values.get(name)}`).join(";")}}`;
}

// What is set and never asked for, again until nothing is left to leave out.
function without_idle_tokens(css) {
  for (;;) {
    const asked = new Set([...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
    const left = css.replace(/(?<=[{;])(--[\w-]+):[^;{}]*(;|(?=\}))/g,
      (line, name) => (asked.has(name) ? line : ""));
    if (left === css) return css;
    css = left;
  }
}

function write(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const dot = name.lastIndexOf(".");
  const file = `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
  writeFileSync(join(dist, file), bytes);
  console.log(`${file} ${(bytes.length / 1000).toFixed(1)} kB`);
  return file;
}

function fonts() {
  return FONT_WEIGHTS.map((weight) => {
    const name = `source-sans-3-latin-${weight}-normal.woff2`;
    const file = write(
      `source-sans-${weight}.woff2`,
      readFileSync(join(modules, "@fontsource/source-sans-3/files", name)),
    );
    return `@font-face{font-family:"Source Sans 3";font-style:normal;font-weight:${weight};`
      + `font-display:swap;src:url(${file}) format("woff2")}`;
  }).join("\n");
}

function sheet(face, own, faces) {
  const name = `${face}.css`;
  const used = words_in_templates(face);
  const components = COMPONENTS
    .map((part) => text(modules, `@utrecht/${part}-css/dist/index.css`))
    .join("\n");
  const rules = only_used_rules(components, used);
  const ours = own.map((file) => text(style, file)).join("\n");
  const theme = text(modules, "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css");
  const tokens = only_used_tokens(theme, rules + ours);
  const { code } = transform({
    filename: name,
    code: Buffer.from([tokens, faces, rules, ours].join("\n")),
    minify: true,
    targets: BROWSERS,
  });
  const licence = "/*! NL Design System, Frameless B.V., Gemeente Utrecht: EUPL-1.2. "
    + "Source Sans 3, Adobe: OFL-1.1. Belofte: EUPL-1.2. */\n";
  write(name, Buffer.from(licence + without_idle_tokens(code.toString())));
}

// What one page needs beside the sheet of all.
function further(name) {
  const { code } = transform({
    filename: name,
    code: Buffer.from(text(style, name)),
    minify: true,
    targets: BROWSERS,
  });
  write(name, code);
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
const faces = fonts();
sheet("site", ["harlingen.tokens.css", "base.css", "belofte.css", "print.css"], faces);
sheet("staff", ["harlingen.tokens.css", "base.css", "staff.css", "figures.css", "print.css"], faces);
further("planning.css");
write("staff.js", readFileSync(join(here, "staff.js")));
write("report.js", readFileSync(join(here, "report.js")));
write("passkeys.js", readFileSync(join(here, "passkeys.js")));
write("screen.js", readFileSync(join(here, "screen.js")));
// The map library, for the page with a map only, and of its style what loads no pictures.
write("leaflet.js", Buffer.from(text(modules, "leaflet/dist/leaflet.js").replace(/\n\/\/# source.*/, "")));
write("leaflet.css", Buffer.from(text(modules, "leaflet/dist/leaflet.css")
  .replace(/\/\*[^]*?\*\//g, "")
  .replace(/[^{}]+\{[^{}]*url\([^{}]*\}/g, "")));
write("icon.svg", readFileSync(join(style, "icon.svg")));
