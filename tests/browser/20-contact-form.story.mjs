// The contact form, with and without JavaScript, in each language: mistakes, sending, following.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import test from 'node:test';
import { axe, launch, openPage } from './browser.mjs';
import { openMunicipality, read, signIn } from './municipality.mjs';

/** Sent sooner than this, the form says that nobody types so fast; in milliseconds. */
const TYPING_MS = 2_500;

/** What is looked for in each language. */
const LANGUAGES = {
  nl: {
    query: '', send: 'Versturen', subject: 'Onderwerp', message: 'Uw bericht',
    email: 'E-mailadres', reply: 'Uw reactie', sendReply: 'Reactie versturen',
    received: 'Wij hebben uw bericht ontvangen',
  },
  fy: { query: '?lang=fy' },
  en: { query: '?lang=en' },
};

for (const [code, words] of Object.entries(LANGUAGES)) {
  for (const javaScriptEnabled of [true, false]) {
    test(`${code}, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
      const [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
      t.after(() => Promise.all([browser.close(), municipality.close()]));
      const page = await openPage(browser, { javaScriptEnabled });
      const url = municipality.url();
      await page.goto(`${url}/contact${words.query}`);
      assert.equal(await page.locator('html').getAttribute('lang'), code);

      // Mistakes: named above the form and at the field, and what was typed is still there.
      await page.locator('#message').fill('De brug <b>piept</b> & kraakt.\nAl een week.');
      await page.locator('#email').fill('geen adres');
      await page.locator('#phone').fill('06-12345678');
      await pause(TYPING_MS);
      await page.locator('#contact-form button[type=submit]').click();
      await page.locator('#problems').waitFor();
      assert.equal(await page.locator('#problems a').count(), 2, 'subject and address');
      for (const field of ['subject', 'email']) {
        assert.equal(await page.locator(`#${field}`).getAttribute('aria-invalid'), 'true', field);
        assert.equal(await page.locator(`#problems a[href="#${field}"]`).count(), 1, field);
      }
      const typed = await page.locator('#message').inputValue();
      assert.equal(typed, 'De brug <b>piept</b> & kraakt.\nAl een week.');
      assert.equal(await page.locator('#email').inputValue(), 'geen adres');
      assert.equal(await page.locator('#phone').inputValue(), '06-12345678');
      assert.equal(municipality.sink.messages.length, 0, 'nothing was sent');

      // Mended and sent.
      await page.locator('#subject').fill('De brug');
      await page.locator('#email').fill('jan@voorbeeld.example');
      await pause(TYPING_MS);
      await page.locator('#contact-form button[type=submit]').click();
      await page.waitForURL(/\/contact\/verzonden\//);
      assert.equal(await page.locator('html').getAttribute('lang'), code);
      const number = /\d{4}-\d{6}/.exec(await page.locator('main').innerText())[0];
      await page.getByText('De brug <b>piept</b> & kraakt.').waitFor();
      await municipality.sink.received(1);
      const letter = read(municipality.sink.messages[0]);
      assert.match(letter.header('Subject'), new RegExp(number));
      assert.match(letter.text, /De brug <b>piept<\/b> & kraakt\./, 'a copy of what was entered');
      assert.deepEqual(municipality.sink.messages[0].to, ['jan@voorbeeld.example']);

      // Followed, and added to.
      await page.locator('main a[href*="/volg/"]').click();
      await page.waitForURL(/\/volg\//);
      assert.equal(await page.locator('html').getAttribute('lang'), code);
      await page.locator('#message').fill('Het is de brug bij de haven.');
      await pause(TYPING_MS);
      await page.locator('#reply button[type=submit]').click();
      await page.getByRole('status').waitFor();
      await page.getByText('Het is de brug bij de haven.').waitFor();
      assert.equal(municipality.sink.messages.length, 1, 'a follow-up is not confirmed');

      // The clerk sees both.
      const clerk = await openPage(browser);
      await signIn(clerk, url);
      await clerk.getByRole('link', { name: 'De brug' }).click();
      await clerk.getByText('Het is de brug bij de haven.').waitFor();
      assert.equal(await clerk.locator('b', { hasText: 'piept' }).count(), 0, 'text stays text');
    });
  }
}

test('robots and accidents', async (t) => {
  const [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
  t.after(() => Promise.all([browser.close(), municipality.close()]));
  const page = await openPage(browser);
  // Filled in by the page itself, and only when it came fast: a driver that is kept waiting
  // would send what a person may have typed.
  const isSent = () =>
    page.evaluate((most) => {
      if (performance.now() > most) return false;
      document.querySelector('#subject').value = 'Te snel';
      document.querySelector('#message').value = 'Tekst';
      document.querySelector('#email').value = 'jan@voorbeeld.example';
      document.querySelector('#contact-form').requestSubmit();
      return true;
    }, TYPING_MS / 3);
  do await page.goto(`${municipality.url()}/contact`, { waitUntil: 'domcontentloaded' });
  while (!(await isSent()));
  await page.locator('#problems').waitFor();
  assert.deepEqual(await axe(page), []);
  assert.equal(await page.locator('#subject').inputValue(), 'Te snel', 'kept');

  // A wrong secret shows nothing, and is no different from a number that does not exist.
  const answers = [];
  for (const path of ['/volg/2026-000001/aaaaaaaaaaaaaaaaaaaa', '/volg/2026-999999/a']) {
    const response = await page.goto(municipality.url() + path);
    answers.push([response.status(), await page.locator('h1').innerText()]);
  }
  assert.deepEqual(answers[0], answers[1]);
  assert.equal(answers[0][0], 404);

  // Another site's form does not get in.
  const forged = await fetch(`${municipality.url()}/contact`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://elders.example',
      'sec-fetch-site': 'cross-site',
    },
    body: 'subject=x&message=y&email=jan%40voorbeeld.example',
  });
  assert.equal(forged.status, 403);
  assert.equal(municipality.sink.messages.length, 0);
});
