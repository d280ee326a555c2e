// A person asks what is known about them: who leads finds it, gives it as a file, and erases what
// can go. And the list of what is past its term is looked at.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { openMunicipality, signIn } from './municipality.mjs';

let browser;
let municipality;
test.before(async () => {
  [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
});
test.after(() => Promise.all([browser?.close(), municipality?.close()]));

test('a person gets everything, and is erased', async () => {
  const found = [];
  const resident = await openPage(browser);
  await resident.goto(`${municipality.url()}/privacy`);
  await judge(resident, 'privacy-termijnen', found);
  await resident.goto(`${municipality.url()}/contact`);
  await resident.locator('input[name=kind]').first().check();
  await resident.locator('#name').fill('Jan Voorbeeld');
  await resident.locator('#email').fill('jan@example.nl');
  await resident.locator('#subject').fill('Lantaarn');
  await resident.locator('#message').fill('De lantaarn bij de haven is uit.');
  await resident.waitForTimeout(4000);
  await resident.locator('#contact-form button[type=submit]').click();
  const follow = await resident.getByRole('link', { name: /volg/i }).first().getAttribute('href');

  const lead = await openPage(browser);
  await signIn(lead, municipality.url());
  await lead.getByRole('link', { name: 'Lantaarn' }).first().click();
  await lead.locator('summary', { hasText: 'Sluiten zonder antwoord' }).click();
  await lead.locator('#close-why').selectOption('withdrawn');
  await lead.getByRole('button', { name: 'Sluiten zonder antwoord' }).click();
  await lead.waitForURL(/gedaan=/);

  await lead.goto(`${municipality.url()}/werk/vernietigen`);
  await lead.getByText('Er is niets over de bewaartermijn.').waitFor();
  await judge(lead, 'vernietigen', found);
  await lead.getByRole('link', { name: 'Vraag van een persoon' }).click();
  await lead.getByLabel('E-mailadres of telefoonnummer').focus();
  await lead.keyboard.type('jan@example.nl');
  await lead.keyboard.press('Enter');
  await lead.getByRole('heading', { name: '1 contact' }).waitFor();
  assert.ok(!lead.url().includes('jan'), 'nothing personal stands in the address');
  await judge(lead, 'persoon', found);
  const download = lead.waitForEvent('download');
  await lead.getByRole('button', { name: 'Alles als bestand' }).click();
  const file = JSON.parse(await readFile(await (await download).path(), 'utf8'));
  assert.equal(file.contacts[0].messages[0].text, 'De lantaarn bij de haven is uit.');
  await lead.getByLabel('Ja, wis wat ik heb gekozen').check();
  await lead.getByRole('button', { name: 'Persoonsgegevens wissen' }).click();
  await lead.getByText('Hierover bewaren wij niets.').waitFor();

  const gone = await resident.goto(new URL(follow, municipality.url()).href);
  assert.equal(gone.status(), 410);
  await resident.getByText('Gewist op').waitFor();
  await judge(resident, 'gewist', found);
  assert.deepEqual(found, []);
  await Promise.all([resident.context().close(), lead.context().close()]);
});
