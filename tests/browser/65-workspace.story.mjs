// Two employees at work: counts and colleagues change without asking, several contacts at once, a
// kept view, the palette, later, and search. By keyboard, in a browser with and without JavaScript.

import assert from 'node:assert/strict';
import test from 'node:test';
import { axe, launch, openPage, shots } from './browser.mjs';
import { COLLEAGUE, openMunicipality, read, signIn } from './municipality.mjs';

async function begin(t, options = {}) {
  const [browser, municipality] = await Promise.all([launch(), openMunicipality({ colleague: true })]);
  t.after(() => Promise.all([browser.close(), municipality.close()]));
  const page = await openPage(browser, options);
  return { browser, municipality, page };
}

async function mail(municipality, name, subject, text) {
  await municipality.mail({
    from: `${name}@voorbeeld.example`,
    headers: `Subject: ${subject}\nMessage-ID: <${name}-${subject.length}@voorbeeld.example>`,
    text,
  });
}

test('the list counts by itself, and a colleague is seen', async (t) => {
  const { browser, municipality, page } = await begin(t);
  const { url, sink } = municipality;
  await signIn(page, url());
  const all = page.locator('[data-count="alles"]');
  assert.equal(await all.innerText(), '0');
  await mail(municipality, 'jan', 'Lantaarnpaal', 'De lantaarnpaal doet het niet.\n\nJan');
  await sink.received(1);
  await page.waitForFunction(() => document.querySelector('[data-count="alles"]').innerText === '1');

  await page.goto(`${url()}/werk`);
  await page.getByRole('link', { name: 'Lantaarnpaal' }).click();
  const colleague = await openPage(browser, {});
  await signIn(colleague, url(), COLLEAGUE);
  await colleague.goto(page.url());
  await page.getByText(`${COLLEAGUE.name} heeft dit contact ook open.`).waitFor();
  await colleague.getByLabel('Uw antwoord').fill('Ik kijk er even naar.');
  await page.getByText(`${COLLEAGUE.name} schrijft nu een antwoord.`).waitFor();
  assert.deepEqual(await axe(page), []);
  await shots(page, 'item-colleague');
  await colleague.getByText('Notitie maken').click();
  await colleague.locator('#note').fill('Netbeheerder gebeld.');
  await colleague.locator('#note').press('Control+Enter');
  await page.getByRole('link', { name: 'Er is iets bijgekomen. Toon het.' }).waitFor();
});

test('several at once, a kept view, the palette, later and search, by keyboard', async (t) => {
  const { municipality, page } = await begin(t);
  const { url, sink } = municipality;
  const { keyboard } = page;
  await mail(municipality, 'jan', 'Lantaarnpaal', 'De lantaarnpaal doet het niet.\n\nJan');
  await mail(municipality, 'els', 'Paspoort', 'Wanneer kan ik mijn paspoort ophalen?\n\nEls');
  await mail(municipality, 'kees', 'Stoeptegels', 'Er liggen stoeptegels los.\n\nKees');
  await sink.received(3);
  await signIn(page, url());
  await shots(page, 'list');
  assert.deepEqual(await axe(page), []);

  await keyboard.press('j');
  await keyboard.press('x');
  await keyboard.press('j');
  await keyboard.press('x');
  assert.equal(await page.locator('.row__choose:checked').count(), 2);
  await page.getByLabel('Met de gekozen contacten').selectOption('geef:self');
  await page.getByRole('button', { name: 'Doen' }).click();
  await page.getByText('Gedaan met 2 contacten.').waitFor();

  await keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(await axe(page), []);
  await keyboard.type('van mij');
  await shots(page, 'palette');
  await keyboard.press('Enter');
  await page.waitForURL(/lijst=mijn/);
  assert.equal(await page.locator('[data-row]').count(), 2);

  await page.getByText('Deze weergave bewaren').click();
  await page.getByLabel('Naam', { exact: true }).fill('Mijn stapel');
  await keyboard.press('Enter');
  await page.getByRole('link', { name: 'Mijn stapel' }).waitFor();

  // Found by a word of the message, without its ending.
  await keyboard.press('/');
  await keyboard.type('stoeptegel liggen');
  await keyboard.press('Enter');
  await page.waitForURL(/zoeken/);
  await page.waitForFunction(() => document.querySelectorAll('[data-row]').length === 1
    || (setTimeout(() => location.reload(), 1000), false));
  await page.getByRole('link', { name: 'Stoeptegels' }).click();
  await page.waitForURL(/contacten/);

  await keyboard.press('Control+k');
  await keyboard.type('later');
  await keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'later-until');
});

test('the same without JavaScript', async (t) => {
  const { municipality, page } = await begin(t, { javaScriptEnabled: false });
  const { url, sink } = municipality;
  await mail(municipality, 'jan', 'Lantaarnpaal', 'De lantaarnpaal doet het niet.\n\nJan');
  await mail(municipality, 'els', 'Reclame', 'Koop nu onze verlichting, geachte gemeente.\n\nEls');
  await sink.received(2);
  await signIn(page, url());
  await page.getByRole('row', { name: 'Reclame' }).getByRole('checkbox').check();
  await page.getByLabel('Met de gekozen contacten').selectOption('soort:spam');
  await page.getByRole('button', { name: 'Doen' }).click();
  await page.getByText('Gedaan met één contact.').waitFor();
  await page.getByRole('link', { name: /^Spam/ }).click();
  await page.getByRole('link', { name: 'Reclame' }).waitFor();
  await page.goto(`${url()}/werk/afwezig`);
  await page.getByLabel('Laatste dag').fill('2099-01-01');
  await page.getByLabel('Wie vervangt').selectOption(COLLEAGUE.name);
  await page.getByRole('button', { name: 'Vastleggen' }).click();
  await page.getByText(`${COLLEAGUE.name} vervangt`).waitFor();
});

test('a team gets work, a colleague is asked to look, and the resident judges the answer', async (t) => {
  const { browser, municipality, page } = await begin(t);
  const { url, sink } = municipality;
  const { keyboard } = page;
  await mail(municipality, 'jan', 'Lantaarnpaal', 'De lantaarnpaal doet het niet.\n\nJan');
  await sink.received(1);
  await signIn(page, url());
  await page.goto(`${url()}/werk/teams`);
  await page.getByLabel('Naam van het team').focus();
  await keyboard.type('Team Buiten');
  await keyboard.press('Tab');
  await keyboard.press('Space');
  await keyboard.press('Enter');
  await page.locator('summary', { hasText: 'Team Buiten' }).waitFor();
  assert.deepEqual(await axe(page), []);
  await page.goto(`${url()}/werk`);
  await page.getByRole('link', { name: 'Lantaarnpaal' }).click();
  await page.locator('summary', { hasText: 'Doorzetten' }).click();
  await page.getByLabel('Naar wie?').selectOption({ label: 'Team Buiten' });
  await page.getByLabel('Wat moet uw collega weten?').fill('Hoort bij buiten.');
  await page.getByLabel('Wat moet uw collega weten?').press('Control+Enter');
  await page.getByText('Gegeven aan Team Buiten').waitFor();
  await page.getByText('Notitie maken').click();
  await page.locator('#note').fill('Weet jij wie hierover gaat?');
  await page.getByLabel('Laat het iemand weten').selectOption({ label: COLLEAGUE.name });
  await page.locator('#note').press('Control+Enter');
  await page.getByText('Notitie bewaard.').waitFor();

  const colleague = await openPage(browser, {});
  await signIn(colleague, url(), COLLEAGUE);
  await colleague.goto(`${url()}/werk?lijst=genoemd`);
  await colleague.getByRole('link', { name: 'Lantaarnpaal' }).click();
  assert.deepEqual(await axe(colleague), []);
  await shots(colleague, 'item-mentioned');
  await colleague.getByRole('button', { name: 'Ik heb het gezien' }).press('Enter');
  await colleague.getByText('De vermelding is afgevinkt.').waitFor();
  await colleague.getByLabel('Uw antwoord').fill('De lamp is vervangen.');
  await colleague.locator('#answer-via').selectOption('phone');
  await colleague.getByRole('button', { name: 'Antwoord versturen' }).press('Enter');
  await colleague.getByText('Antwoord vastgelegd.').waitFor();

  const [link] = /\/volg\/\S+/.exec(read(sink.messages[0]).text);
  const resident = await openPage(browser, { javaScriptEnabled: false });
  await resident.goto(`${url()}${link}`);
  await resident.getByLabel('Een beetje').check();
  await resident.getByLabel('Wat kan beter?').fill('Het duurde lang.');
  await resident.getByRole('button', { name: 'Mening versturen' }).click();
  await resident.getByText('Dank u wel. Wij leren hiervan.').waitFor();
  await colleague.goto(`${url()}/werk/kwaliteit`);
  await colleague.getByText('Het duurde lang.').waitFor();
  assert.deepEqual(await axe(colleague), []);
  await shots(colleague, 'quality');
});
