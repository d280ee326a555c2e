// What everybody may see: a disruption from the form to every page, the page of openings, the
// feed, and searching; by mouse and by keyboard, with and without JavaScript, at three widths.

import assert from 'node:assert/strict';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { openMunicipality, signIn } from './municipality.mjs';

const TEXT = 'Onze telefoon is slecht bereikbaar. Stuur ons een bericht.';

let browser;
let municipality;
test.before(async () => {
  [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
});
test.after(() => Promise.all([browser?.close(), municipality?.close()]));

test('an employee publishes a disruption, everybody reads it, and it is over', async () => {
  const clerk = await openPage(browser);
  const url = municipality.url();
  await signIn(clerk, url);
  await clerk.getByRole('link', { name: 'Storingen' }).click();
  const found = [];
  await judge(clerk, 'storingen-leeg', found);
  // Nothing chosen and nothing written: what is wrong stands beside the field.
  await clerk.getByRole('button', { name: 'Publiceren' }).click();
  await clerk.getByRole('alert').waitFor();
  assert.equal(await clerk.locator('#nl').getAttribute('aria-invalid'), 'true');
  await judge(clerk, 'storingen-fout', found);
  await clerk.getByLabel('telefoon').check({ force: true });
  await clerk.getByLabel('Tekst in het Nederlands').fill(TEXT);
  await clerk.getByLabel('Tekst in het Fries').fill('Ús telefoan is min te berikken.');
  await clerk.getByRole('button', { name: 'Publiceren' }).click();
  await clerk.getByText('Storing is voorbij').waitFor();
  await judge(clerk, 'storingen-nu', found);

  for (const javaScriptEnabled of [true, false]) {
    const page = await openPage(browser, { javaScriptEnabled });
    for (const path of ['/', '/normen', '/contact', '/bereikbaar', '/bestaat-niet']) {
      await page.goto(url + path);
      await page.getByRole('complementary', { name: 'Mededeling' }).getByText(TEXT).waitFor();
    }
    await page.goto(`${url}/bereikbaar?lang=fy`);
    await page.getByText('Ús telefoan is min te berikken.').first().waitFor();
    await page.context().close();
  }
  const page = await openPage(browser);
  const errors = consoleErrors(page);
  for (const lang of ['nl', 'fy', 'en']) {
    await page.goto(`${url}/bereikbaar?lang=${lang}`);
    await judge(page, `bereikbaar-storing-${lang}`, found);
  }
  assert.deepEqual(errors, [], 'the data block breaks no policy');
  const office = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
  assert.equal(office['@type'], 'GovernmentOffice');

  const feed = await page.request.get(`${url}/storingen.rss`);
  assert.match(await feed.text(), /<title>Storing: telefoon\.<\/title>/);
  await page.goto(`${url}/?lang=nl`);
  const kinds = await page.evaluate(async () => {
    const link = document.querySelector('link[type="application/rss+xml"]');
    const text = await (await fetch(link.href)).text();
    const xml = new DOMParser().parseFromString(text, 'application/xml');
    const dates = [...xml.querySelectorAll('pubDate')].map((it) => Number.isNaN(Date.parse(it.textContent)));
    return [xml.documentElement.nodeName, xml.querySelectorAll('item').length, dates.includes(true)];
  });
  assert.deepEqual(kinds, ['rss', 1, false]);

  await clerk.getByRole('button', { name: 'Storing is voorbij' }).click();
  await clerk.getByText('Opgelost:').waitFor();
  await page.reload();
  assert.equal(await page.getByText(TEXT).count(), 0);
  await judge(clerk, 'storingen-voorbij', found);
  assert.deepEqual(found, []);
  await Promise.all([page.context().close(), clerk.context().close()]);
});

for (const lang of ['nl', 'fy', 'en']) {
  test(`openings and searching, ${lang}`, async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await openPage(browser, { javaScriptEnabled });
      const found = [];
      const errors = consoleErrors(page);
      const pages = [
        ['bereikbaar', '/bereikbaar'],
        ['toegankelijkheid', '/toegankelijkheid'],
        ['zoeken', '/zoeken'],
        ['zoeken-gevonden', '/zoeken?q=e-mail'],
        ['zoeken-deel', '/zoeken?q=e-mail+zeppelin'],
        ['zoeken-niets', '/zoeken?q=zeppelin'],
        ['onbekend', '/bestaat-niet'],
      ];
      for (const [name, path] of pages) {
        await page.goto(`${municipality.url()}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
        if (javaScriptEnabled) await judge(page, `${name}-${lang}`, found);
      }
      assert.deepEqual([...found, ...errors], []);
      await page.context().close();
    }
  });
}

test('searching by keyboard alone, on a phone, without JavaScript', async () => {
  const options = { javaScriptEnabled: false, viewport: { width: 360, height: 740 } };
  const page = await openPage(browser, options);
  await page.goto(`${municipality.url()}/`);
  const field = page.getByRole('searchbox', { name: 'Zoek op deze website' });
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    if (await field.evaluate((it) => it === it.ownerDocument.activeElement)) break;
  }
  await page.keyboard.type('brief');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /resultaten voor “brief”/ }).waitFor();
  assert.match(await page.title(), /resultaten voor “brief”/);
  const first = page.locator('.found a').first();
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await first.evaluate((it) => it === it.ownerDocument.activeElement)) break;
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/normen#post\./);
  await page.context().close();
});

/** What the browser complains about; a page that is not there says so too. */
function consoleErrors(page) {
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error' && !/404/.test(line.text())) errors.push(line.text());
  });
  return errors;
}
