// Two colleagues at one contact: who begins to write has it, the other waits or takes over; tags
// gather contacts in the list; the language of an answer is looked at before it leaves.

import assert from 'node:assert/strict';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { COLLEAGUE, openMunicipality, signIn } from './municipality.mjs';

let browser;
let municipality;
test.before(async () => {
  [browser, municipality] =
    await Promise.all([launch(), openMunicipality({ colleague: true })]);
});
test.after(() => Promise.all([browser?.close(), municipality?.close()]));

test('a contact is written to by one, and taken over on purpose', async () => {
  const found = [];
  for (const [name, subject] of [['jan', 'Lantaarn'], ['piet', 'Terras'], ['els', 'Kermis']]) {
    await municipality.mail({
      from: `${name}@example.nl`,
      headers: `To: info@harlingen.nl\nSubject: ${subject}\nMessage-ID: <${name}@example.nl>`,
      text: 'Goedendag, kunt u mij zeggen hoe het zit?',
    });
  }
  const anne = await openPage(browser);
  await signIn(anne, municipality.url());
  const fenna = await openPage(browser);
  await signIn(fenna, municipality.url(), COLLEAGUE);
  await anne.getByRole('link', { name: 'Lantaarn' }).click();
  const address = anne.url();
  // Fenna looks first, then Anne types: Fenna hears of it on the open page.
  await fenna.goto(address);
  await anne.getByLabel('Uw antwoord').fill('Beste Jan, wij sturen middels deze brief een monteur.');
  await anne.getByText('Concept bewaard').waitFor();
  await fenna.getByText('Anne Voorbeeld', { exact: false }).first().waitFor();
  await fenna.reload();
  await fenna.getByRole('heading', { name: 'Anne Voorbeeld schrijft een antwoord.' }).waitFor();
  assert.equal(await fenna.getByLabel('Uw antwoord').count(), 0);
  await judge(fenna, 'contact-schrijft-al', found);

  // Anne has her words looked at.
  await anne.getByRole('button', { name: 'Taal nakijken' }).first().click();
  await anne.getByText('“middels” is ambtelijk.').waitFor();
  const kept = await anne.getByLabel('Uw antwoord').inputValue();
  assert.match(kept, /middels deze brief/);
  await judge(anne, 'contact-taal-nagekeken', found);

  // By keyboard: Fenna takes over.
  await fenna.getByRole('button', { name: 'Overnemen' }).focus();
  await fenna.keyboard.press('Enter');
  await fenna.getByText('U schrijft nu het antwoord.').waitFor();
  // Anne sends all the same: refused, and nothing that she typed is lost.
  await anne.getByRole('button', { name: 'Antwoord versturen' }).click();
  await anne.getByRole('alert').getByText('Een collega schrijft een antwoord.').waitFor();
  assert.match(await anne.getByLabel('Uw antwoord').inputValue(), /monteur/);
  await anne.getByRole('heading', { name: 'Fenna Voorbeeld schrijft een antwoord.' }).waitFor();
  await judge(anne, 'contact-overgenomen', found);

  // Tags: one by one and together, and a list of what has one.
  await fenna.getByText('Label toevoegen', { exact: true }).first().click();
  await fenna.getByRole('combobox', { name: 'Label toevoegen' }).fill('Sail 2026');
  await fenna.keyboard.press('Enter');
  await fenna.getByText('Het label staat erop.').waitFor();
  await judge(fenna, 'contact-met-label', found);
  await fenna.goto(`${municipality.url()}/werk`);
  for (const box of await fenna.locator('.row__choose').all()) await box.check();
  assert.equal(await fenna.locator('#together-tag').isVisible(), false, 'not asked yet');
  await fenna.locator('#together-deed').selectOption('label');
  await fenna.locator('#together-tag').fill('Raadsvraag');
  await judge(fenna, 'lijst-label-erop', found);
  await fenna.getByRole('button', { name: 'Doen', exact: true }).click();
  await fenna.getByText('3 contacten').waitFor();
  assert.equal(await fenna.locator('.row .tag', { hasText: 'Raadsvraag' }).count(), 3);
  await fenna.locator('#sift-tag').selectOption({ label: 'Sail 2026' });
  await fenna.getByRole('button', { name: 'Toon' }).click();
  assert.equal(await fenna.locator('[data-row]').count(), 1);
  await judge(fenna, 'lijst-met-label', found);
  // What has a tag is found by it.
  await fenna.getByRole('link', { name: 'Lantaarn' }).click();
  await fenna.getByRole('button', { name: 'Label Sail 2026 weghalen' }).click();
  await fenna.getByText('Het label is weg.').waitFor();
  assert.deepEqual(found, []);
  await Promise.all([anne.context().close(), fenna.context().close()]);
});
