// A resident points at a place on a map, by keyboard; the next one hears that it is known, though
// the street has another name; a clerk sees where. The tiles come from a server of the story.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { openMunicipality, signIn } from './municipality.mjs';

/** A grey square of one pixel. */
const TILE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNsaGj4DwAF'
  + 'hAKAvDrOcQAAAABJRU5ErkJggg==', 'base64');
/** Sent sooner, a form says that nobody types so fast; in milliseconds. */
const TYPING_MS = 2_500;

let browser;
let municipality;
let tiles;
const asked = [];
test.before(async () => {
  tiles = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(200, {
      'content-type': 'image/png',
      // Another site may show them: the pages of a municipality let nothing else in.
      'cross-origin-resource-policy': 'cross-origin',
    });
    response.end(TILE);
  }).listen(0, '127.0.0.1');
  await once(tiles, 'listening');
  const env = {
    BELOFTE_MAP_TILES: `http://127.0.0.1:${tiles.address().port}/{z}/{x}/{y}.png`,
    BELOFTE_MAP_BY: 'Voorbeeldkaart',
    BELOFTE_MAP_CENTRE: '53.1745,5.4225',
  };
  [browser, municipality] = await Promise.all([launch(), openMunicipality({ env })]);
});
test.after(() => Promise.all([browser?.close(), municipality?.close(), tiles?.close()]));

test('a place is pointed at and found again', async () => {
  const found = [];
  const page = await openPage(browser);
  await page.goto(`${municipality.url()}/melding`);
  assert.deepEqual(asked, [], 'nobody else hears of who only looks at the form');
  await page.getByLabel('Straatverlichting').check({ force: true });
  await page.getByLabel('Waar is het?').fill('Op de dijk');
  await page.getByText('Wijs de plek aan op de kaart').click();
  const view = page.getByRole('application');
  await page.waitForFunction(() => document.querySelectorAll('.leaflet-tile-loaded').length > 3);
  assert.ok(asked.every((url) => /^\/14\/\d+\/\d+\.png$/.test(url)), asked.join(' '));
  await judge(page, 'melding-kaart', found);
  // By keyboard: nearer, a step to the right, this is the place.
  await view.focus();
  for (const key of ['+', '+', 'ArrowRight']) {
    await page.keyboard.press(key);
    await pause(400);
  }
  // Past the two buttons that make it larger and smaller.
  for (const key of ['Tab', 'Tab', 'Tab', 'Enter']) await page.keyboard.press(key);
  await page.getByText('U heeft een plek op de kaart aangewezen.').waitFor();
  let spot = await page.locator('#plek').inputValue();
  const [lat, lon] = spot.split(',').map(Number);
  assert.ok(Math.abs(lat - 53.1745) < 0.001 && lon > 5.4225 && lon < 5.44, spot);
  await page.getByRole('button', { name: 'Plek weghalen' }).click();
  assert.equal(await page.locator('#plek').inputValue(), '');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#plek').inputValue(), spot, 'the focus is on the other button');
  // From then on the place goes with the cross.
  await view.focus();
  await page.keyboard.press('ArrowUp');
  await pause(400);
  const moved = await page.locator('#plek').inputValue();
  assert.ok(Number(moved.split(',')[0]) > lat, moved);
  spot = moved;
  await page.getByRole('button', { name: 'Verder', exact: true }).click();
  await page.getByLabel('Stuur de plek op de kaart mee').waitFor();
  await page.getByLabel('Wat is er aan de hand?').fill('De lamp is uit.');
  await pause(TYPING_MS);
  await judge(page, 'melding-met-plek', found);
  await page.getByRole('button', { name: 'Melding versturen' }).click();
  await page.getByRole('heading', { name: 'Bedankt, uw bericht is binnen' }).waitFor();

  const next = `${municipality.url()}/melding?wat=light&waar=Voorbeeldpad&plek=${spot}`;
  await page.goto(next);
  assert.equal(await page.locator('input[name=beside]').count(), 2, 'it is known by its place');
  await page.context().close();

  const clerk = await openPage(browser);
  await signIn(clerk, municipality.url());
  await clerk.getByRole('link', { name: 'Straatverlichting: Op de dijk' }).click();
  const where = clerk.getByRole('link', { name: spot });
  assert.match(await where.getAttribute('href'), /mlat=53\.\d{6}&mlon=5\.\d{6}/);
  await clerk.context().close();

  // Without tiles, and without JavaScript, words are enough.
  await new Promise((resolve) => { tiles.closeAllConnections(); tiles.close(resolve); });
  const broken = await openPage(browser);
  await broken.goto(`${municipality.url()}/melding`);
  await broken.getByText('Wijs de plek aan op de kaart').click();
  await broken.getByText('De kaart doet het nu niet.').waitFor();
  await broken.context().close();
  const plain = await openPage(browser, { javaScriptEnabled: false });
  await plain.goto(`${municipality.url()}/melding`);
  assert.equal(await plain.getByText('Wijs de plek aan').isVisible(), false);
  await plain.context().close();
  assert.deepEqual(found, []);
});
