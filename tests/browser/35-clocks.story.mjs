// Norms of every kind at the desk: what a contact is told apart by, what was done, what happened,
// and a ground on which a norm is set aside.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { axe, launch, openPage, shots } from './browser.mjs';
import { openMunicipality, signIn } from './municipality.mjs';

/** A municipality that does not exist, with a norm for every kind of clock. */
const NORMS = new URL('../../crates/promises/tests/all/clocks.toml', import.meta.url);

let browser;
let municipality;
let folder;
test.before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'belofte-norms-'));
  const norms = path.join(folder, 'norms.toml');
  // Nobody registers an order by hand: here an invoice is followed by a receipt.
  const source = await readFile(NORMS, 'utf8');
  await writeFile(norms, source.replace('kinds = ["order"]\nfrom = "payment"',
    'kinds = ["invoice"]\nfrom = "payment"'));
  [browser, municipality] = await Promise.all([launch(), openMunicipality({ norms })]);
});
test.after(async () => {
  await Promise.all([browser?.close(), municipality?.close()]);
  await rm(folder, { recursive: true, force: true });
});

test('the subject that is chosen decides the norm, and each step starts the next', async () => {
  const page = await openClerk();
  await register(page, { channel: 'report', topic: 'spill', what: 'Olie op straat' });
  await look(page, 'registreren-met-onderwerp');
  await page.getByRole('status').getByRole('link').click();
  const made = (norm) => page.locator('.promise', { hasText: norm });
  await made('report.spill.safe').waitFor();
  assert.equal(await made('report.lamp').count(), 0, 'the norm of another subject');
  await look(page, 'contact-stappen');

  await made('report.spill.safe').getByRole('button').click();
  await page.getByRole('status').getByText('Vastgelegd.').waitFor();
  await made('report.spill.solve').getByRole('button').waitFor();
  assert.equal(await made('report.spill.safe').getByRole('button').count(), 0, 'that step is done');
  await made('report.spill.solve').getByRole('button').click();
  await made('report.spill.solve').getByRole('button').waitFor({ state: 'detached' });
  // What was told by telephone is owed a call back all the same.
  await made('phone.callback').getByText('Loopt').waitFor();
  await look(page, 'contact-stappen-klaar');
});

test('a ground sets a promise aside, with a day where it needs one', async () => {
  const page = await openClerk();
  await register(page, { channel: 'invoice', what: 'Factuur 2026-17' });
  await page.getByRole('status').getByRole('link').click();
  const open = async () => {
    await page.getByText('Geldt de norm hier niet?').click();
    await page.getByLabel('Waarom niet').selectOption('dispute');
  };
  await open();
  await look(page, 'contact-terzijde');
  await page.locator('.promise details button[type=submit]').click();
  await page.getByRole('alert').waitFor();
  await look(page, 'contact-terzijde-fout');
  await open();
  await page.locator('.promise input[type=date]').fill(inDays(20));
  await page.locator('.promise details button[type=submit]').click();
  await page.getByRole('status').getByText('Vastgelegd.').waitFor();
  assert.equal(await page.locator('.promise').count(), 2, 'the old date stays in the list');
  await look(page, 'contact-terzijde-klaar');
});

test('a moment that came starts its clock', async () => {
  const page = await openClerk();
  await register(page, { channel: 'invoice', what: 'Factuur 2026-18' });
  await page.getByRole('status').getByRole('link').click();
  await page.getByText('Is er iets gebeurd?').click();
  await page.locator('#moment').selectOption('payment');
  await page.locator('#moment-at').fill(`${inDays(-1)}T10:00`);
  await look(page, 'contact-gebeurd');
  await page.locator('form[action*="gebeurd"] button').click();
  await page.getByRole('status').getByText('Vastgelegd.').waitFor();
  await page.locator('.promise', { hasText: 'order.deliver' }).waitFor();
  await look(page, 'contact-gebeurd-klaar');
});

async function openClerk() {
  const page = await openPage(browser);
  await signIn(page, municipality.url());
  return page;
}

/** Registers a contact by hand, without an answer. */
/** Everybody who calls is another person: who calls again is pointed at what is open. */
let callers = 0;

async function register(page, { channel, topic, what }) {
  callers += 1;
  await page.goto(`${municipality.url()}/werk/registreren`);
  await page.locator(`#channel-${channel}`).check();
  if (topic) await page.getByLabel('topic').selectOption(topic);
  await page.locator('#phone').fill(`0999 00000${callers}`);
  await page.locator('#subject').fill(what);
  await page.locator('#text').fill('Zo is het verteld.');
  await page.locator('.register__send button').click();
  await page.getByRole('status').waitFor();
}

/** A day so many days from now, as a date field wants it. */
function inDays(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** No rule of WCAG is broken, nobody scrolls sideways, and there is a picture. */
async function look(page, name) {
  assert.deepEqual(await axe(page), [], name);
  for (const { width, overflows } of await shots(page, name)) {
    assert.ok(!overflows, `${name} is wider than ${width}`);
  }
}
