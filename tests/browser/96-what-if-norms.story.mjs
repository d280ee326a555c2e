// What other norms would have made of a period: another limit and a whole file, by keyboard and
// without JavaScript, and a broken file that says where it is broken.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { judge, launch, openPage } from './browser.mjs';
import { openMunicipality, signIn } from './municipality.mjs';

const NORMS = fileURLToPath(new URL('../../norms/harlingen.toml', import.meta.url));

let browser;
let municipality;
test.before(async () => {
  [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
});
test.after(() => Promise.all([browser?.close(), municipality?.close()]));

/** Presses a button or follows a link as a keyboard does. */
async function press(page, role, name) {
  await page.getByRole(role, { name }).first().focus();
  await page.keyboard.press('Enter');
}

test('somebody telephoned', async () => {
  const anne = await openPage(browser);
  await signIn(anne, municipality.url());
  await anne.goto(`${municipality.url()}/werk/registreren`);
  await anne.locator('#channel-phone').check();
  await anne.locator('#phone').fill('0999 000001');
  await anne.locator('#subject').fill('De lantaarn bij de haven');
  await anne.locator('#text').fill('De lantaarn is uit.');
  await anne.locator('.register__send button').click();
  await anne.getByRole('status').waitFor();
});

for (const javaScriptEnabled of [true, false]) {
  test(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const found = [];
    const anne = await openPage(browser, { javaScriptEnabled });
    const look = async (name) => { if (javaScriptEnabled) await judge(anne, name, found); };
    await signIn(anne, municipality.url());
    await anne.goto(`${municipality.url()}/werk/cijfers/wat-als`);
    await look('normen-wat-als-leeg');

    await press(anne, 'button', 'Bekijk wat er anders was gegaan');
    await anne.getByRole('alert').getByText('Kies een norm').waitFor();
    await anne.getByLabel('Welke norm').selectOption('phone.callback');
    await anne.getByLabel('Nieuwe termijn: aantal').fill('1');
    await anne.getByLabel('Eenheid').selectOption('seconds');
    await anne.getByLabel('Nieuwe termijn: aantal').focus();
    await anne.keyboard.press('Enter');
    await anne.getByRole('heading', { name: /1 contact ontvangen/ }).waitFor();
    const row = anne.getByRole('row', { name: /0 → 1/ }).first();
    assert.match(await row.textContent(), /telefoon/i);
    await anne.getByText('1 nog niet gedaan').waitFor();
    await look('normen-wat-als');

    const folder = await mkdtemp(path.join(tmpdir(), 'belofte-normen-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const other = path.join(folder, 'other.toml');
    const harlingen = await readFile(NORMS, 'utf8');
    await writeFile(other, harlingen.replace('within = "30 days"', 'within = "30 dagen"'));
    await anne.getByLabel('Of een heel normenbestand').setInputFiles(other);
    await press(anne, 'button', 'Bekijk wat er anders was gegaan');
    await anne.getByRole('heading', { name: 'Wat er niet klopt in het bestand' }).waitFor();
    await anne.getByText(/other\.toml:\d+:10/).waitFor();
    await look('normen-wat-als-fout');
    assert.deepEqual(found, []);
  });
}
