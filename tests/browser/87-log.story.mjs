// An employee looks at a contact and asks for the telephone number; an auditor finds both in the
// log, by keyboard, and takes the lines out.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { AUDITOR, openMunicipality, signIn } from './municipality.mjs';

const PHONE = '0517-000123';

let browser;
let municipality;
test.before(async () => {
  [browser, municipality] = await Promise.all([launch(), openMunicipality({ auditor: true })]);
});
test.after(() => Promise.all([browser?.close(), municipality?.close()]));

test('who looks and who asks for a telephone number stands in the log', async () => {
  const found = [];
  const jan = await openPage(browser);
  await jan.goto(`${municipality.url()}/contact`);
  await jan.locator('#name').fill('Jan Voorbeeld');
  await jan.locator('#phone').fill(PHONE);
  await jan.locator('#subject').fill('Lantaarn bij de haven');
  await jan.locator('#message').fill('De lantaarn bij de haven is uit.');
  await jan.locator('#email').fill('jan@example.nl');
  // Who fills it in faster than a person can is taken for a robot.
  await jan.waitForTimeout(4000);
  await jan.getByRole('button', { name: 'Versturen' }).click();
  await jan.getByRole('heading', { level: 1 }).waitFor();

  const anne = await openPage(browser);
  await signIn(anne, municipality.url());
  await anne.getByRole('link', { name: 'Lantaarn bij de haven' }).click();
  assert.ok(!(await anne.content()).includes(PHONE), 'the number is not on the page');
  await anne.getByRole('link', { name: 'Telefoonnummer tonen' }).focus();
  await anne.keyboard.press('Enter');
  await anne.getByRole('link', { name: PHONE }).waitFor();
  await judge(anne, 'contact-telefoon', found);

  const inge = await openPage(browser);
  await signIn(inge, municipality.url(), AUDITOR);
  await inge.getByRole('link', { name: 'Organisatie' }).click();
  await inge.getByRole('link', { name: 'Logboek' }).click();
  await inge.getByRole('cell', { name: 'Telefoonnummer bekeken' }).waitFor();
  await inge.getByRole('cell', { name: 'Contact bekeken' }).waitFor();
  const text = await inge.locator('main').innerText();
  assert.ok(!text.includes('Jan Voorbeeld') && !text.includes('Lantaarn'), text);
  await judge(inge, 'logboek', found);
  await inge.getByLabel('Nummer van het contact').fill('12');
  await inge.keyboard.press('Enter');
  await inge.getByRole('alert').waitFor();
  await judge(inge, 'logboek-fout', found);
  await inge.getByLabel('Nummer van het contact').fill('');
  await inge.getByLabel('Wat', { exact: true }).selectOption('seen');
  await inge.getByRole('button', { name: 'Tonen' }).click();
  await inge.getByRole('cell', { name: 'Aangemeld' }).waitFor({ state: 'detached' });
  const [list] = await Promise.all([
    inge.waitForEvent('download'),
    inge.getByRole('button', { name: 'Meenemen als lijst' }).click(),
  ]);
  const lines = (await readFile(await list.path(), 'utf8')).trim().split('\r\n');
  assert.equal(lines.length, 3, lines.join('\n'));
  assert.match(lines[1], /Anne Voorbeeld";"Telefoonnummer bekeken/);
  assert.deepEqual(found, []);
  await Promise.all([jan.context().close(), anne.context().close(), inge.context().close()]);
});
