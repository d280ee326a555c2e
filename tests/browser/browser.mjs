// The browser's side of a story: Chromium, the running binary, an accessibility check, pictures.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import axeCore from 'axe-core';
import { chromium } from 'playwright-core';

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** Where pictures go; `cargo xtask test` names the folder that cargo builds in. */
const SCREENSHOTS =
  process.env.BELOFTE_SCREENSHOTS ?? path.join(HERE, '..', '..', 'target', 'screenshots');

/** Widths in pixels: a phone, a tablet, a desk. */
export const WIDTHS = [360, 768, 1280];

/** Height in pixels of the window in which a page is laid out. */
const HEIGHT = 900;

/** How long the binary may take to say where it listens, in milliseconds. */
const START_MAX_MS = 60_000;

/** How long it may take to end when asked, in milliseconds; then it is killed. */
const STOP_MAX_MS = 15_000;

/** Lines of the binary's output that are kept for the message of a failure. */
const LOG_LINES_MAX = 200;

/** Rules of axe that stand for WCAG 2.2, levels A and AA. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** Starts Chromium; the story closes it. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page of its own, as someone in the Netherlands sees it; options as of `newContext`. */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    viewport: { width: WIDTHS.at(-1), height: HEIGHT },
    ...options,
  });
  return context.newPage();
}

/**
 * Starts the binary on an empty data folder and a free port (or where `listen` says), and waits for its address.
 *
 * `args` begins with the subcommand; `env` is added to ours. Gives `url`, `data` (the folder),
 * `log()`, `crash()` (as a power cut: no goodbye, data stays) and `stop()` (data is removed).
 * With `data`, a folder of an earlier run is used and left in place.
 */
export async function startBelofte(
  { args = ['serve'], env = {}, data, binary, listen = '127.0.0.1:0' } = {},
) {
  const program = binary ?? process.env.BELOFTE_BIN;
  if (!program) throw new Error('BELOFTE_BIN must name the binary');
  const folder = data ?? (await mkdtemp(path.join(tmpdir(), 'belofte-story-')));
  const child = spawn(program, [...args, '--data', folder, '--listen', listen], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = [];
  const remove = () => (data ? undefined : rm(folder, { recursive: true, force: true }));
  try {
    const url = await addressOf(child, lines);
    return {
      url,
      data: folder,
      log: () => lines.join('\n'),
      crash: () => end(child, 'SIGKILL'),
      stop: async () => {
        await end(child, 'SIGTERM');
        await remove();
      },
    };
  } catch (error) {
    await end(child, 'SIGKILL');
    await remove();
    throw error;
  }
}

/** What axe finds against WCAG 2.2 AA: `{ id, impact, help, where }`, empty when all is well. */
export async function axe(page) {
  // Evaluated, not added as a script, so that the page's own content policy stays as it is.
  await page.evaluate(axeCore.source);
  // Colours that are still on their way to others are judged when they are there.
  await page.evaluate(() => Promise.allSettled(
    document.getAnimations()
      .filter((it) => Number.isFinite(it.effect?.getComputedTiming().endTime))
      .map((it) => it.finished),
  ));
  const { violations } = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values } }),
    WCAG,
  );
  return violations.map(({ id, impact, help, nodes }) => ({
    id,
    impact,
    help,
    where: nodes.map((node) => node.target.join(' ')),
  }));
}

/**
 * Pictures of the whole page at each width, in the folder of screenshots. Gives for each
 * `{ width, file, overflows }`; `overflows` is true when a reader must scroll sideways.
 */
export async function shots(page, name) {
  await mkdir(SCREENSHOTS, { recursive: true });
  const before = page.viewportSize();
  const taken = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    const file = path.join(SCREENSHOTS, `${name}-${width}.png`);
    await page.screenshot({ path: file, fullPage: true });
    const overflows = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    taken.push({ width, file, overflows });
  }
  if (before) await page.setViewportSize(before);
  return taken;
}

/** Waits for the line that says where the binary listens. */
function addressOf(child, lines) {
  return new Promise((resolve, reject) => {
    const fail = (why) => {
      clearTimeout(timer);
      reject(new Error(`belofte ${why}\n${lines.join('\n')}`));
    };
    const timer = setTimeout(() => fail(`was not there in ${START_MAX_MS} ms`), START_MAX_MS);
    const read = (line) => {
      lines.push(line);
      if (lines.length > LOG_LINES_MAX) lines.shift();
      const found = /listening on (http:\/\/\S+)/.exec(line);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[1].replace(/\/$/, ''));
    };
    readline.createInterface({ input: child.stdout }).on('line', read);
    readline.createInterface({ input: child.stderr }).on('line', read);
    child.once('error', (error) => fail(`did not start: ${error.message}`));
    child.once('close', (code) => fail(`ended with ${code} before it listened`));
  });
}

/** Ends our own child, by its pid, and waits until it is gone. */
async function end(child, signal) {
  if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_MAX_MS);
  await gone;
  clearTimeout(killer);
}

/** Pictures and the accessibility check; what is wrong is added to `found`. */
export async function judge(page, name, found) {
  // With its styles: what stands there already can still be without.
  await page.waitForLoadState();
  for (const { width, overflows } of await shots(page, name)) {
    if (overflows) found.push(`${name}: must be scrolled sideways at ${width}`);
  }
  for (const violation of await axe(page)) {
    found.push(`${name}: ${violation.id} (${violation.help}) ${violation.where.join(', ')}`);
  }
}
