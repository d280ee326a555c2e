// A resident reports a broken light on a phone, by keyboard and without JavaScript, with a photo
// and without a name; the next one sees that it is known; a clerk sees the photo, and writes down
// a report that came by telephone.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { openMunicipality, signIn } from './municipality.mjs';

/** A red square of one pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';
const PHOTO = { name: 'lamp.png', mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') };
/** Sent sooner, a form says that nobody types so fast; in milliseconds. */
const TYPING_MS = 2_500;

let browser;
let municipality;
test.before(async () => {
  [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
});
test.after(() => Promise.all([browser?.close(), municipality?.close()]));

test('a light is reported, known, and shown', async () => {
  const found = [];
  const page = await openPage(browser, {
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
  });
  await page.goto(municipality.url());
  await page.getByRole('link', { name: 'Meld een probleem op straat' }).click();
  // By keyboard: the second choice, the place, on.
  await page.getByLabel('Straatverlichting').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Voorbeeldstraat 10');
  await page.keyboard.press('Enter');
  await page.getByText('Stap 2 van 2').waitFor();
  // Sent without a word: the message is asked for, the place is kept.
  await pause(TYPING_MS);
  await page.getByRole('button', { name: 'Melding versturen' }).click();
  await page.getByRole('alert').getByText('Schrijf uw bericht.').waitFor();
  assert.equal(await page.getByLabel('Waar is het?').inputValue(), 'Voorbeeldstraat 10');
  await page.getByLabel('Wat is er aan de hand?').fill('De lamp is uit sinds gisteren.');
  await page.getByLabel(/Foto’s/).setInputFiles([PHOTO]);
  await page.getByRole('button', { name: 'Melding versturen' }).click();
  await page.getByRole('heading', { name: 'Bedankt, uw bericht is binnen' }).waitFor();
  await page.getByText('Een melding').waitFor();
  await page.getByRole('link', { name: 'Volg uw bericht' }).click();
  await page.getByText('De lamp is uit sinds gisteren.').waitFor();
  await page.context().close();

  for (const lang of ['nl', 'fy', 'en']) {
    const next = await openPage(browser);
    await next.goto(`${municipality.url()}/melding?wat=light&waar=Voorbeeldstraat+12&lang=${lang}`);
    assert.equal(await next.locator('input[name=beside]').count(), 2, 'one like it, or none');
    await judge(next, `melding-al-bekend-${lang}`, found);
    await next.context().close();
  }

  const clerk = await openPage(browser);
  await signIn(clerk, municipality.url());
  await clerk.getByRole('link', { name: 'Straatverlichting: Voorbeeldstraat 10' }).click();
  await clerk.getByText('lamp.png').first().waitFor();
  await judge(clerk, 'contact-melding', found);

  // The telephone rings: the same questions, asked by an employee.
  await clerk.getByRole('link', { name: 'Registreren' }).click();
  assert.equal(await clerk.getByLabel(/Waar is het/).isVisible(), false, 'asked of reports only');
  await clerk.getByLabel('Melding', { exact: true }).check({ force: true });
  await clerk.getByLabel('Soort melding').selectOption('road');
  await clerk.getByLabel(/Waar is het/).fill('Proefweg 3');
  await clerk.getByLabel(/Telefoon/).last().fill('06-12345678');
  await judge(clerk, 'registreren-melding', found);
  await clerk.getByRole('button', { name: 'Registreren' }).click();
  await clerk.getByRole('status').getByRole('link').click();
  await clerk.getByRole('heading', { name: 'Weg, stoep of fietspad: Proefweg 3' }).waitFor();
  assert.deepEqual(found, []);
  await clerk.context().close();
});
