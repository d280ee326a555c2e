// `belofte demo`: the three addresses it prints open, and the employee it names can sign in.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import test from 'node:test';
import { axe, launch, openPage, shots, startBelofte } from './browser.mjs';

/** How long the printed lines may take after the address, in milliseconds. */
const PRINTED_MAX_MS = 10_000;

test('the demo opens', async (t) => {
  const [browser, demo] = await Promise.all([launch(), startBelofte({ args: ['demo'] })]);
  t.after(() => Promise.all([browser.close(), demo.stop()]));
  const [, password] = await printed(demo, /sign in as demo, password (\S+)/);
  const addresses = [...demo.log().matchAll(/(http:\/\/\S+?\/\S*)\s*(?:$|sign)/gm)];
  const paths = addresses.map(([, address]) => new URL(address).pathname);
  assert.deepEqual(paths.sort(), ['/', '/normen', '/werk']);

  const page = await openPage(browser);
  const totals = new Set();
  for (const path of ['/', '/normen']) {
    const response = await page.goto(demo.url + path);
    assert.equal(response.status(), 200, path);
    assert.deepEqual(await axe(page), [], path);
    const taken = await shots(page, `demo${path === '/' ? '-voorpagina' : '-normen'}`);
    assert.deepEqual(taken.filter((shot) => shot.overflows), [], path);
    totals.add(await page.getByText(/^(Van de|In) .* beloften? in /).innerText());
  }
  assert.equal(totals.size, 1, [...totals].join('\n'));
  await page.goto(`${demo.url}/werk`);
  await page.getByLabel('Gebruikersnaam').fill('demo');
  await page.getByLabel('Wachtwoord').fill(password);
  await page.getByRole('button', { name: 'Aanmelden' }).click();
  await page.waitForURL(`${demo.url}/werk`);
  assert.ok(await page.locator('[data-row]').count() > 5, 'there is work');
  assert.deepEqual(await axe(page), []);
  await shots(page, 'demo-werk');
  for (const view of await page.locator('.tabs a').all()) {
    assert.match(await view.innerText(), /\d/, 'each list says how much is in it');
  }
  await page.locator('[data-row] a').first().click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.deepEqual(await axe(page), []);
  await shots(page, 'demo-contact');
});

async function printed(demo, pattern) {
  for (let waited = 0; waited < PRINTED_MAX_MS; waited += 100) {
    const found = pattern.exec(demo.log());
    if (found) return found;
    await pause(100);
  }
  throw new Error(`${pattern} was not printed\n${demo.log()}`);
}
