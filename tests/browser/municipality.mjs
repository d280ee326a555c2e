// A municipality for a story: the program with mail in and mail out, an employee, and a calendar
// that can be turned forward.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startBelofte } from './browser.mjs';
import { send, startSink } from './mail.mjs';

/** The published address. */
export const INFO = 'info@harlingen.nl';

/** A second employee, where a story has two. */
export const COLLEAGUE =
  { login: 'fenna', name: 'Fenna Voorbeeld', password: 'ook een lang wachtwoord' };

/** Who opens accounts, where a story has somebody for that. */
export const BOSS =
  { login: 'baas', name: 'Bo Voorbeeld', password: 'het wachtwoord van bo', roles: ['administrator'] };

/** Who reads the log, where a story has somebody for that. */
export const AUDITOR =
  { login: 'inge', name: 'Inge Voorbeeld', password: 'het wachtwoord van inge', roles: ['auditor'] };

/** Who works here. */
export const CLERK = { login: 'anne', name: 'Anne Voorbeeld', password: 'een lang wachtwoord' };

/** Seconds in a day. */
const DAY = 86_400;

/**
 * Opens a municipality with one employee and a relay that keeps what it gets. The story closes it.
 * `url()` is the site's address now; `daysLater(days)` ends the program as a power cut would and
 * starts it again with the calendar that many days further; the address changes then. `norms`
 * names the norm file; without it they are those of Harlingen. With `colleague` there are two
 * employees, with `boss` one more who opens accounts, with `auditor` one who reads the log. `env` is
 * set beside that; with `listen` it listens there, and else anywhere that is free.
 */
export async function openMunicipality(
  { norms, colleague = false, boss = false, auditor = false, listen, env = {} } = {},
) {
  const data = await mkdtemp(path.join(tmpdir(), 'belofte-story-'));
  await addEmployee(data, CLERK);
  if (colleague) await addEmployee(data, COLLEAGUE);
  if (boss) await addEmployee(data, BOSS);
  if (auditor) await addEmployee(data, AUDITOR);
  const sink = await startSink();
  let ahead = 0;
  const start = () => startBelofte({
    data,
    listen,
    env: {
      BELOFTE_MAIL_LMTP_LISTEN: '127.0.0.1:0',
      BELOFTE_MAIL_RELAY_URL: `smtp://127.0.0.1:${sink.port}`,
      BELOFTE_CLOCK_OFFSET_SECONDS: String(ahead),
      ...(norms ? { BELOFTE_NORMS: norms } : {}),
      ...env,
    },
  });
  let belofte = await start();
  return {
    sink,
    url: () => belofte.url,
    log: () => belofte.log(),
    /** A mail of a resident; it must be taken. */
    mail: async ({ from, headers, text }) => {
      const raw = `From: ${from}\nTo: ${INFO}\n${headers}\n\n${text}\n`;
      const port = Number(/listening on lmtp:\/\/\S+:(\d+)/.exec(belofte.log())[1]);
      const verdicts = await send({ port, from, to: [INFO], raw });
      assert.deepEqual(verdicts.map((verdict) => verdict.code), [250]);
    },
    daysLater: async (days) => {
      await belofte.crash();
      ahead += days * DAY;
      belofte = await start();
    },
    close: async () => {
      await belofte.stop();
      await sink.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** In a small municipality everybody does everything. */
const ROLES = ['employee', 'complaints', 'finance', 'editor', 'lead'];

/** `belofte account add`, with the password on standard input. */
async function addEmployee(data, { login, name, password, roles: named = ROLES }) {
  const roles = named.flatMap((role) => ['--role', role]);
  const args = ['account', 'add', login, '--name', name, ...roles, '--data', data];
  const child = spawn(process.env.BELOFTE_BIN, args, { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(`${password}\n`);
  const [code] = await once(child, 'exit');
  assert.equal(code, 0, 'the account is opened');
}

/** Signs an employee in, with the mouse. */
export async function signIn(page, url, { login, password } = CLERK) {
  await page.goto(`${url}/werk/aanmelden`);
  await page.getByLabel('Gebruikersnaam').fill(login);
  await page.getByLabel('Wachtwoord').fill(password);
  await page.getByRole('button', { name: 'Aanmelden', exact: true }).click();
  await page.waitForURL(({ pathname }) => /^\/werk(?!\/aanmelden)/.test(pathname));
}

/** A message at the sink: its header fields, unfolded, and its readable text. */
export function read(message) {
  const [head, ...rest] = message.raw.toString('utf8').split('\r\n\r\n');
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const header = (name) =>
    lines.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      ?.slice(name.length + 1).trim();
  return { header, text: readable(rest.join('\r\n\r\n')) };
}

/** Quoted-printable and base64 parts as text, joined. */
function readable(body) {
  const parts = body.split(/^--part-\S+$/m);
  return parts.map((part) => {
    const [head, ...rest] = part.replace(/^\r\n/, '').split('\r\n\r\n');
    const text = rest.join('\r\n\r\n');
    if (/base64/i.test(head)) return Buffer.from(text, 'base64').toString('utf8');
    if (!/quoted-printable/i.test(head)) return text;
    const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  }).join('\n');
}

/** What /normen counts under a norm over the whole year: kept, broken, still open. */
export async function counted(page, url, norm) {
  await page.goto(`${url}/normen`);
  const rows = page.locator(`article[id="${norm}"] .score tbody`);
  const cells = await rows.last().locator('tr').last().locator('td').allTextContents();
  return cells.map((cell) => Number(cell.replace(/\D/g, '')));
}
