// Every page and state, in each language, light and dark: no rule of WCAG 2.2 AA that a program
// can check is broken, nobody has to scroll sideways, and there is a picture of each.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { openMunicipality, read, signIn } from './municipality.mjs';

/** Sent sooner, a form says that nobody types so fast; in milliseconds. */
const TYPING_MS = 2_500;

const LONG = 'Hottentottententententoonstellingsvergunningsaanvraagformulier'.repeat(2);

/** Mails that make every state of the work list and the item. */
const MAILS = [
  ['jan', 'Subject: Lantaarnpaal kapot', 'De lantaarnpaal bij nummer 12 doet het niet.'],
  ['piet', `Subject: ${LONG}`, `Een lang woord: ${LONG}\n\n> eerder\n> geschreven`],
  ['klaas', 'Subject: T.k.n. verhuizing', 'Ter kennisneming: wij zijn verhuisd.'],
  ['robot', 'Subject: Automatisch antwoord: weg\nAuto-Submitted: auto-replied', 'Ik ben weg.'],
  ['', 'X-Leeg: ja', ''],
];

let browser;
let municipality;
let follow;
let item;
test.before(async () => {
  [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
  for (const [name, headers, text] of MAILS) {
    await municipality.mail({ from: `${name || 'leeg'}@voorbeeld.example`, headers, text });
  }
  await municipality.sink.received(3);
  const letters = municipality.sink.messages.map(read);
  follow = /\/volg\/\S+/.exec(letters.find((it) => /Lantaarnpaal/.test(it.text)).text)[0];
  item = `/werk/contacten/${follow.split('/')[2]}`;
});
test.after(() => Promise.all([browser?.close(), municipality?.close()]));

const PUBLIC = () => [
  ['voorpagina', '/'],
  ['normen', '/normen'],
  ['bereikbaar', '/bereikbaar'],
  ['zoeken', '/zoeken'],
  ['zoeken-gevonden', '/zoeken?q=e-mail'],
  ['contact', '/contact'],
  ['contact-klacht', '/contact?kind=complaint'],
  ['melding', '/melding'],
  ['melding-fout', '/melding?wat=&waar='],
  ['melding-rest', '/melding?wat=nuisance&waar=Voorbeeldstraat+10'],
  ['volg', follow],
  ['privacy', '/privacy'],
  ['toegankelijkheid', '/toegankelijkheid'],
  ['onbekend', '/bestaat-niet'],
];

const STAFF = () => [
  ['werk', '/werk'],
  ['werk-van-mij', '/werk?lijst=mijn'],
  ['werk-te-laat', '/werk?lijst=te-laat'],
  ['werk-zonder-bevestiging', '/werk?lijst=zonder-bevestiging'],
  ['contact-open', item],
  ['registreren', '/werk/registreren'],
  ['uit', '/werk/uit'],
  ['teksten', '/werk/teksten'],
  ['ondertekening', '/werk/mij'],
  ['brieven', '/werk/brieven'],
  ['brief', '/werk/brieven/bevestiging/nl'],
  ['storingen', '/werk/storingen'],
  ['afwezig', '/werk/afwezig'],
  ['teams', '/werk/teams'],
  ['kwaliteit', '/werk/kwaliteit'],
  ['normen-proberen', '/werk/normen?op=2026-12-24T16:00&kanaal=email'],
  ['werk-zoeken', '/werk/zoeken?q=jan@voorbeeld.example'],
  ['werk-zoeken-niets', '/werk/zoeken?q=2026-999999'],
];

for (const lang of ['nl', 'fy', 'en']) {
  for (const colorScheme of ['light', 'dark']) {
    test(`public pages, ${lang}, ${colorScheme}`, async () => {
      await look(PUBLIC(), lang, colorScheme, null);
    });
    // The workspace speaks Dutch and English.
    if (lang !== 'fy') {
      test(`workspace, ${lang}, ${colorScheme}`, async () => {
        await look(STAFF(), lang, colorScheme, (page) => signIn(page, municipality.url()));
      });
    }
  }
}

test('states of the forms', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await openPage(browser, { colorScheme });
    const url = municipality.url();
    const found = [];
    await page.goto(`${url}/werk/aanmelden`);
    await judge(page, `aanmelden-${colorScheme}`, found);
    await page.goto(`${url}/contact`);
    await pause(TYPING_MS);
    await page.locator('#contact-form button[type=submit]').click();
    await page.locator('#problems').waitFor();
    await judge(page, `contact-fouten-${colorScheme}`, found);
    await page.goto(url + follow);
    await pause(TYPING_MS);
    await page.locator('#reply button[type=submit]').click();
    await page.getByRole('alert').waitFor();
    await judge(page, `volg-fout-${colorScheme}`, found);
    await page.goto(`${url}/werk/aanmelden`);
    await page.getByLabel('Gebruikersnaam').fill('niemand');
    await page.getByLabel('Wachtwoord').fill('weet ik niet meer');
    await page.getByRole('button', { name: 'Aanmelden' }).click();
    await page.getByRole('alert').waitFor();
    await judge(page, `aanmelden-fout-${colorScheme}`, found);
    await signIn(page, url);
    await page.goto(`${url}/werk/registreren`);
    await page.evaluate(() => {
      for (const form of document.forms) form.noValidate = true;
    });
    await page.getByRole('button', { name: 'Registreren' }).click();
    await page.waitForLoadState();
    await judge(page, `registreren-fouten-${colorScheme}`, found);
    assert.deepEqual(found, []);
    await page.context().close();
  }
});

async function look(pages, lang, colorScheme, begin) {
  const page = await openPage(browser, { colorScheme });
  const found = [];
  page.on('pageerror', (error) => found.push(`the page broke: ${error.message}`));
  page.on('console', (line) => {
    // A page that is not there says so in the console too.
    if (line.type() === 'error' && !/404/.test(line.text())) found.push(line.text());
  });
  if (begin) await begin(page);
  for (const [name, path] of pages) {
    const query = lang === 'nl' ? '' : `${path.includes('?') ? '&' : '?'}lang=${lang}`;
    await page.goto(municipality.url() + path + query);
    assert.equal(await page.locator('html').getAttribute('lang'), lang, name);
    await judge(page, `${name}-${lang}-${colorScheme}`, found);
  }
  await page.context().close();
  assert.deepEqual(found, []);
}
