// How well promises were kept: a period told apart, what is behind a number, the report of a year
// on paper, the files, and how it is counted for everybody. By keyboard, with and without JavaScript.

import assert from 'node:assert/strict';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { openMunicipality, signIn } from './municipality.mjs';

let browser;
let municipality;
test.before(async () => {
  [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
  // Two questions that nobody answers, and then it is three weeks later.
  for (const subject of ['De lantaarn', 'De stoeptegel']) {
    const headers = `Subject: ${subject}\nMessage-ID: <${subject.length}@voorbeeld.example>`;
    await municipality.mail({ from: 'jan@voorbeeld.example', headers, text: 'Kunt u kijken?' });
  }
  await municipality.sink.received(2);
  await municipality.daysLater(21);
});
test.after(() => Promise.all([browser?.close(), municipality?.close()]));

const at = (path) => new URL(path, municipality.url()).href;

/** The last eight weeks and the next, as days of an address. */
function days() {
  const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  return `van=${day(-21)}&tot=${day(40)}`;
}

for (const javaScriptEnabled of [true, false]) {
  test(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const found = [];
    const anne = await openPage(browser, { javaScriptEnabled });
    const look = async (name) => { if (javaScriptEnabled) await judge(anne, name, found); };
    await signIn(anne, municipality.url());
    await anne.goto(at(`/werk/cijfers?${days()}`));
    await anne.getByRole('heading', { level: 1 }).waitFor();
    const picture = anne.locator('svg.chart').first();
    await picture.waitFor();
    assert.ok(await picture.getAttribute('aria-label'), 'a picture says what it shows');
    await look('cijfers');

    for (const per of ['channel', 'department', 'month']) {
      await anne.getByLabel('Per', { exact: true }).selectOption(per);
      await anne.getByRole('button', { name: 'Toon de cijfers' }).focus();
      await anne.keyboard.press('Enter');
      await anne.waitForURL((url) => url.searchParams.get('per') === per);
      await anne.getByRole('table').first().waitFor();
      await look(`cijfers-${per}`);
    }

    // What is behind a number, and from there the contact itself.
    const behind = anne.locator('a[href*="/werk/cijfers/lijst"]').first();
    const number = Number((await behind.textContent()).trim());
    await behind.focus();
    await anne.keyboard.press('Enter');
    await anne.waitForURL(/\/werk\/cijfers\/lijst/);
    assert.equal(await anne.getByRole('row').count() - 1, number, 'as many as the number says');
    await look('cijfers-lijst');
    await anne.getByRole('rowheader').getByRole('link').first().focus();
    await anne.keyboard.press('Enter');
    await anne.waitForURL(/\/werk\/contacten\//);

    const year = new Date(Date.now() + 21 * 86_400_000).getFullYear();
    await anne.goto(at(`/werk/cijfers/jaar/${year}`));
    await anne.getByText('belofte report --verify').waitFor();
    await look('jaarverslag');
    if (javaScriptEnabled) {
      const paper = await anne.pdf({ format: 'A4' });
      assert.equal(paper.subarray(0, 5).toString(), '%PDF-');
    }
    const cookie = (await anne.context().cookies()).map((it) => `${it.name}=${it.value}`).join('; ');
    for (const [file, type] of [['csv', /text\/csv/], ['json', /application\/json/]]) {
      const got = await fetch(at(`/werk/cijfers.${file}?${days()}`), { headers: { cookie } });
      assert.equal(got.status, 200);
      assert.match(got.headers.get('content-type'), type);
      assert.match(await got.text(), /message\.contact/);
    }
    assert.deepEqual(found, []);
    await anne.context().close();
  });
}

test('everybody reads how it is counted', async () => {
  const found = [];
  const page = await openPage(browser);
  for (const lang of ['nl', 'fy', 'en']) {
    await page.goto(at(`/normen?lang=${lang}`));
    await page.locator('a[href*="/normen/zo-tellen-wij"]').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/zo-tellen-wij/);
    assert.equal(await page.locator('html').getAttribute('lang'), lang);
    await judge(page, `zo-tellen-wij-${lang}`, found);
  }
  assert.deepEqual(found, []);
});
