// A resident makes an appointment with the keyboard only, moves it and cancels it; the mail and its
// calendar file say the same, read by two parsers of others. With and without JavaScript.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { readCalendar } from './calendar.mjs';
import { openMunicipality, read } from './municipality.mjs';

let browser;
let municipality;
test.before(async () => {
  [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
});
test.after(() => Promise.all([browser?.close(), municipality?.close()]));

/** The calendar file that goes with a mail. */
function calendarOf(message) {
  const parts = message.raw.toString('utf8').split(/^--/m);
  const part = parts.find((it) => /content-type: text\/calendar/i.test(it));
  const body = part.split('\r\n\r\n').slice(1).join('');
  return Buffer.from(body.replace(/\s/g, ''), 'base64').toString('utf8');
}

/** Presses Tab until something with this name has the focus. */
async function tabTo(page, name) {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const it = document.activeElement;
      return (it?.labels?.[0]?.textContent ?? it?.textContent ?? '').trim();
    });
    if (name.test(focused)) return;
  }
  assert.fail(`the keyboard does not reach ${name}`);
}

for (const javaScriptEnabled of [true, false]) {
  test(`an appointment, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const page = await openPage(browser, { javaScriptEnabled });
    const { sink, url } = municipality;
    const before = sink.messages.length;
    const found = [];
    const look = async (name) => { if (javaScriptEnabled) await judge(page, name, found); };
    await page.goto(`${url()}/afspraak`);
    await page.getByRole('heading', { level: 1, name: 'Afspraak maken' }).waitFor();
    await look('afspraak-wat');
    await page.getByLabel('Rijbewijs aanvragen of verlengen').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await tabTo(page, /^Kies een tijd$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Kies een dag en een tijd' }).waitFor();
    await look('afspraak-wanneer');
    const times = page.locator('#tijden + ul button');
    const chosen = (await times.last().textContent()).trim();
    await times.last().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Uw gegevens' }).waitFor();
    await look('afspraak-wie');
    await page.getByLabel('Naam').fill('Jan Voorbeeld');
    await page.getByLabel('E-mailadres').fill('jan@voorbeeld.example');
    await page.waitForTimeout(2_100);
    await page.getByRole('button', { name: 'Afspraak maken' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Uw afspraak staat').waitFor();
    await page.getByText(chosen).first().waitFor();
    await look('afspraak-gemaakt');
    await sink.received(before + 1);
    const mail = read(sink.messages[before]);
    assert.match(mail.header('Subject'), /afspraak/i);
    const made = readCalendar(calendarOf(sink.messages[before]));
    assert.equal(made.method, 'REQUEST');
    assert.equal(made.events[0].sequence, 0);

    await page.getByRole('link', { name: 'Verzetten' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Die blijft staan tot u een andere tijd kiest.').waitFor();
    await look('afspraak-verzetten');
    await page.locator('.days a').first().focus();
    await page.keyboard.press('Enter');
    await times.first().focus();
    await page.keyboard.press('Enter');
    await page.getByText('Afspraak verzet').waitFor();
    await sink.received(before + 2);
    const moved = readCalendar(calendarOf(sink.messages[before + 1]));
    assert.equal(moved.events[0].uid, made.events[0].uid);
    assert.equal(moved.events[0].sequence, 1);
    assert.notDeepEqual(moved.events[0].start, made.events[0].start);

    await page.locator('summary', { hasText: 'Afzeggen' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Ja, zeg de afspraak af' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Deze afspraak is afgezegd').waitFor();
    await look('afspraak-afgezegd');
    await sink.received(before + 3);
    const gone = readCalendar(calendarOf(sink.messages[before + 2]));
    assert.deepEqual([gone.method, gone.events[0].sequence], ['CANCEL', 2]);
    assert.deepEqual(found, []);
    await page.context().close();
  });
}

test('in Frisian and English the pages are whole too', async () => {
  const page = await openPage(browser);
  const found = [];
  for (const [lang, what] of [['fy', 'Rydbewiis'], ['en', 'driving licence']]) {
    await page.goto(`${municipality.url()}/afspraak?lang=${lang}`);
    await page.getByText(what).first().waitFor();
    await judge(page, `afspraak-wat-${lang}`, found);
    await page.goto(`${municipality.url()}/afspraak?wat=rijbewijs&personen=2&lang=${lang}`);
    await judge(page, `afspraak-wanneer-${lang}`, found);
  }
  assert.deepEqual(found, []);
  await page.context().close();
});

test('where the norms ask for it, a mail confirms', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'belofte-norms-'));
  const harlingen = await readFile(new URL('../../norms/harlingen.toml', import.meta.url), 'utf8');
  const asks = harlingen.replace('\nlate = 15\n', '\nlate = 15\nconfirm-by-mail = "30 minutes"\n');
  assert.notEqual(asks, harlingen);
  const norms = path.join(folder, 'norms.toml');
  await writeFile(norms, asks);
  const strict = await openMunicipality({ norms });
  t.after(() => Promise.all([strict.close(), rm(folder, { recursive: true })]));
  const found = [];
  for (const [lang, title] of [['nl', /bevestig/i], ['fy', /befêstig/i], ['en', /confirm/i]]) {
    const page = await openPage(browser, { javaScriptEnabled: lang !== 'fy' });
    const look = async (name) => { if (lang !== 'fy') await judge(page, `${name}-${lang}`, found); };
    const before = strict.sink.messages.length;
    await page.goto(`${strict.url()}/afspraak?lang=${lang}`);
    await page.locator('input[name=wat][value=rijbewijs]').check();
    await page.locator('form button[type=submit]').last().press('Enter');
    await page.locator('#tijden + ul button').first().press('Enter');
    await page.locator('#name').fill('Jan Voorbeeld');
    await page.locator('#email').fill(`jan-${lang}@voorbeeld.example`);
    await look('bevestigen-gegevens');
    await page.waitForTimeout(2_100);
    await page.locator('main form button[type=submit]').last().press('Enter');
    await page.getByText(`jan-${lang}@voorbeeld.example`).waitFor();
    await look('bevestigen-kijk');
    await strict.sink.received(before + 1);
    const mail = read(strict.sink.messages[before]);
    const link = /https?:\/\/\S+\/afspraak\/bevestigen\/\S+/.exec(mail.text)[0];
    await page.goto(link);
    assert.match(await page.locator('h1').innerText(), title);
    await look('bevestigen-knop');
    await page.locator('main form button[type=submit]').press('Enter');
    await page.waitForURL(/\/volg\//);
    await strict.sink.received(before + 2);
    assert.equal(readCalendar(calendarOf(strict.sink.messages[before + 1])).method, 'REQUEST');
    await page.context().close();
  }
  assert.deepEqual(found, []);
});
