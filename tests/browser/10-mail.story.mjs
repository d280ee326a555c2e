// A resident mails, the municipality answers or says when, and the public page tells the truth.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launch, openPage } from './browser.mjs';
import { CLERK, counted, openMunicipality, read, signIn } from './municipality.mjs';

const JAN = 'jan@voorbeeld.example';
const SUBJECT = 'Lantaarnpaal in de Voorstraat kapot';

/** The year may have a count that lags: long enough for every promise of a story to be due. */
const LONG_AFTER_DAYS = 45;

async function begin(t) {
  const [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
  t.after(() => Promise.all([browser.close(), municipality.close()]));
  const page = await openPage(browser);
  page.on('pageerror', (error) => assert.fail(`the page broke: ${error.message}`));
  await municipality.mail({
    from: JAN,
    headers: `Subject: ${SUBJECT}\nMessage-ID: <lamp@voorbeeld.example>`,
    text: 'Goedemiddag,\n\nDe lantaarnpaal bij nummer 12 doet het niet.\n\nJan Voorbeeld',
  });
  await municipality.sink.received(1);
  return { browser, municipality, page };
}

/** Signs in and opens the mail from the work list. */
async function openFromWorkList(page, url) {
  await signIn(page, url);
  await page.getByRole('link', { name: SUBJECT }).click();
  await page.getByRole('heading', { level: 1, name: SUBJECT }).waitFor();
}

test('a mail is acknowledged, answered in time, and counted as kept', async (t) => {
  const { municipality, page } = await begin(t);
  const { sink, url } = municipality;
  const acknowledgement = read(sink.messages[0]);
  assert.equal(acknowledgement.header('Auto-Submitted'), 'auto-replied');
  assert.equal(acknowledgement.header('In-Reply-To'), '<lamp@voorbeeld.example>');
  const number = /\d{4}-\d{6}/.exec(acknowledgement.header('Subject'))[0];
  const link = /http:\S+\/volg\/\S+/.exec(acknowledgement.text)[0];

  await openFromWorkList(page, url());
  await page.getByText('De lantaarnpaal bij nummer 12 doet het niet.').waitFor();
  await page.getByRole('textbox', { name: 'Uw antwoord' })
    .fill('Beste Jan,\n\nDe lamp is vanochtend vervangen.');
  await page.getByRole('button', { name: 'Antwoord versturen' }).click();
  await page.getByRole('status').waitFor();
  await sink.received(2);
  const answer = read(sink.messages[1]);
  assert.deepEqual(sink.messages[1].to, [JAN]);
  assert.equal(answer.header('In-Reply-To'), '<lamp@voorbeeld.example>');
  assert.match(answer.header('References'), /<lamp@voorbeeld\.example>/);
  assert.equal(answer.header('Auto-Submitted'), undefined, 'a person wrote it');
  assert.match(answer.text, /De lamp is vanochtend vervangen\./);
  assert.match(answer.text, new RegExp(CLERK.name));

  // The resident sees it too, under the link of the acknowledgement.
  await page.goto(link);
  await page.getByText(number).first().waitFor();
  await page.getByText('De lamp is vanochtend vervangen.').waitFor();

  await municipality.daysLater(LONG_AFTER_DAYS);
  assert.deepEqual(await counted(page, url(), 'message.contact'), [1, 0, 0]);
  assert.deepEqual(await counted(page, url(), 'message.acknowledge'), [1, 0, 0]);
});

test('a date that was told and not kept stays broken, also after a late answer', async (t) => {
  const { municipality, page } = await begin(t);
  const { sink, url } = municipality;
  const link = /\/volg\/\S+/.exec(read(sink.messages[0]).text)[0];

  await openFromWorkList(page, url());
  const date = page.getByLabel('Antwoord uiterlijk op');
  const told = new Date(`${await date.getAttribute('min')}T12:00:00Z`);
  told.setUTCDate(told.getUTCDate() + 7);
  const day = told.toISOString().slice(0, 10);
  await date.fill(day);
  await page.getByLabel('Tekst voor de inwoner').fill('Wij wachten op een onderdeel.');
  await page.getByLabel('Waarom duurt het tot dan?').fill('Levering van de lamp');
  await page.getByRole('button', { name: 'Datum toezeggen' }).click();
  await page.getByRole('status').waitFor();
  await sink.received(2);
  const letter = read(sink.messages[1]);
  const inWords = new Intl.DateTimeFormat('nl-NL', {
    weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC',
  }).format(told);
  assert.match(letter.text, new RegExp(inWords), 'the date in words');
  assert.match(letter.text, /Wij wachten op een onderdeel\./);
  await page.goto(url() + link);
  await page.getByText(inWords).first().waitFor();

  await municipality.daysLater(LONG_AFTER_DAYS);
  await page.goto(url() + link);
  await page.getByText('Wij zijn te laat').waitFor();
  const before = await datesTold(page, url());
  assert.deepEqual(before, { kept: 0, all: 1 }, 'the first promise was kept, the date was not');
  assert.deepEqual(await counted(page, url(), 'message.contact'), [1, 0, 0]);

  await openFromWorkList(page, url());
  await page.getByText('Niet nagekomen').first().waitFor();
  await page.getByRole('textbox', { name: 'Uw antwoord' }).fill('De lamp brandt weer.');
  await page.getByRole('button', { name: 'Antwoord versturen' }).click();
  await page.getByRole('status').waitFor();
  await sink.received(3);
  assert.deepEqual(await datesTold(page, url()), before, 'late is late');
});

/** How many of the dates that were told are shown as kept, and of how many. */
async function datesTold(page, url) {
  await page.goto(`${url}/normen`);
  const facts = page.locator('article[id="message.contact"] .facts');
  const text = await facts.getByText('Toegezegde datum gehouden').locator('xpath=..').innerText();
  const [, kept, all] = /(\d+) van (\d+)/.exec(text);
  return { kept: Number(kept), all: Number(all) };
}
