// Calling back: a resident asks for it on the site, a note is made by keyboard, nobody picks up,
// the next one has the answer. The site is played without JavaScript too.

import assert from 'node:assert/strict';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { openMunicipality, signIn } from './municipality.mjs';

/** How long a form must lie open before it may be sent, in milliseconds. */
const TYPING_MS = 2_500;

let browser;
let municipality;
test.before(async () => {
  [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
});
test.after(async () => {
  await Promise.all([browser?.close(), municipality?.close()]);
});

/** Presses a button or follows a link as a keyboard does. */
async function press(page, role, name) {
  await page.getByRole(role, { name }).first().focus();
  await page.keyboard.press('Enter');
}

/** Types in a field as a keyboard does. */
async function type(page, label, text) {
  await page.getByLabel(label).first().focus();
  await page.keyboard.type(text);
}

async function asks(options, name, found) {
  const page = await openPage(browser, options);
  await page.goto(municipality.url('/'));
  await page.getByRole('link', { name: 'Laat u terugbellen' }).click();
  await page.getByText('Wij bellen u uiterlijk op').waitFor();
  if (found) await judge(page, 'terugbellen', found);
  await type(page, 'Naam', name);
  await type(page, 'Telefoonnummer', '0517');
  await type(page, 'Waar gaat het over?', 'Een boom kappen');
  await new Promise((done) => setTimeout(done, TYPING_MS));
  await press(page, 'button', 'Bel mij terug');
  await page.getByRole('link', { name: /nummer in dat wij kunnen bellen/ }).waitFor();
  if (found) await judge(page, 'terugbellen-fout', found);
  await page.getByLabel('Telefoonnummer').fill('0517 400 400');
  await press(page, 'button', 'Bel mij terug');
  await page.getByText('Ik wil worden gebeld').waitFor();
  if (found) await judge(page, 'terugbellen-verzonden', found);
}

test('calling back', async () => {
  const found = [];
  await asks({}, 'Jan Voorbeeld', found);
  await asks({ javaScriptEnabled: false }, 'Piet Voorbeeld');

  const anne = await openPage(browser);
  await signIn(anne, municipality.url());
  await press(anne, 'link', 'Bellen');
  await anne.getByText('Jan Voorbeeld').waitFor();
  await judge(anne, 'bellen', found);

  await anne.keyboard.press('n');
  await type(anne, 'Naam', 'Els Voorbeeld');
  await type(anne, 'Telefoon', '06 12345678');
  await type(anne, 'Waar gaat het over?', 'Paspoort');
  await judge(anne, 'bellen-notitie', found);
  await press(anne, 'button', 'Terugbelnotitie vastleggen');
  await anne.getByText('De terugbelnotitie is gemaakt.').waitFor();
  assert.equal(await anne.locator('.calls > li').count(), 3);

  // One key for the next call, one for how it went.
  await anne.keyboard.press('b');
  await anne.getByRole('heading', { name: /Voorbeeld bellen$/ }).waitFor();
  const first = await anne.locator('h1').innerText();
  assert.equal(await anne.locator('.call__number a').getAttribute('href'), 'tel:+31517400400');
  await judge(anne, 'bellen-gesprek', found);
  await anne.keyboard.press('g');
  await anne.getByText('komt later terug in de lijst').waitFor();
  assert.notEqual(await anne.locator('h1').innerText(), first, 'the next one');
  await type(anne, 'Wat hebt u gezegd?', 'Dat mag zonder vergunning.');
  await press(anne, 'button', 'Vraag is beantwoord');
  await anne.getByText('Vastgelegd: de vraag is beantwoord.').waitFor();
  await press(anne, 'link', 'Terug naar de lijst');
  await anne.getByText('1 keer geprobeerd').waitFor();
  await judge(anne, 'bellen-later', found);
  assert.deepEqual(found, []);
});
