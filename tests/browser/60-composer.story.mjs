// An employee writes: a text of the municipality, a signature, a draft that is kept, an answer that
// is taken back and sent again. Once by keyboard alone, once without JavaScript.

import assert from 'node:assert/strict';
import test from 'node:test';
import { axe, launch, openPage, shots } from './browser.mjs';
import { CLERK, openMunicipality, read, signIn } from './municipality.mjs';

/** Longer than the script waits before it keeps what was typed, in milliseconds. */
const KEEP_MS = 9_000;

async function begin(t, options = {}) {
  const [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
  t.after(() => Promise.all([browser.close(), municipality.close()]));
  const page = await openPage(browser, options);
  await municipality.mail({
    from: 'jan@voorbeeld.example',
    headers: 'Subject: Re: Lantaarnpaal\nMessage-ID: <lamp@voorbeeld.example>\n'
      + 'References: <eerder@voorbeeld.example>',
    text: 'Goedemiddag,\n\nDe lantaarnpaal bij nummer 12 doet het niet.\n\nJan Voorbeeld',
  });
  await municipality.sink.received(1);
  return { municipality, page };
}

/** The id of what has the focus. */
function focused(page) {
  return page.evaluate(() => document.activeElement?.id);
}

/** Presses Tab until what is asked for has the focus. */
async function tabTo(page, wanted) {
  for (let stops = 0; stops < 80; stops += 1) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(
      (text) => document.activeElement?.id === text
        || document.activeElement?.innerText?.trim().startsWith(text),
      wanted,
    );
    if (found) return;
  }
  assert.fail(`no way to ${wanted} by keyboard`);
}

test('written, kept, taken back and sent again, by keyboard alone', async (t) => {
  const { municipality, page } = await begin(t);
  const { sink, url } = municipality;
  const { keyboard } = page;
  await page.goto(`${url()}/werk`);
  await keyboard.type(CLERK.login);
  await keyboard.press('Tab');
  await keyboard.type(CLERK.password);
  await keyboard.press('Enter');
  await page.waitForURL(`${url()}/werk`);

  await tabTo(page, 'Teksten');
  await keyboard.press('Enter');
  await page.waitForURL(/teksten/);
  await tabTo(page, 'text-name');
  await keyboard.type('Gemaakt');
  await tabTo(page, 'text-body');
  await keyboard.type('Beste {{ naam }}, het is gemaakt.');
  await keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Gemaakt' }).waitFor();
  assert.deepEqual(await axe(page), []);
  await tabTo(page, CLERK.name);
  await keyboard.press('Enter');
  await page.waitForURL(/mij/);
  await tabTo(page, 'sign-department');
  await keyboard.type('Team Buiten');
  await keyboard.press('Enter');
  await page.getByRole('status').waitFor();

  await page.goto(`${url()}/werk`);
  await keyboard.press('j');
  await keyboard.press('Enter');
  await page.waitForURL(/\/werk\/contacten\//);
  const item = page.url();
  await keyboard.press('b');
  assert.equal(await focused(page), 'answer-text');
  await keyboard.press('Shift+Tab');
  await keyboard.press('Shift+Tab');
  assert.equal(await focused(page), 'answer-standard');
  await keyboard.type('Gemaakt');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'answer-text');
  const text = page.locator('#answer-text');
  assert.match(await text.inputValue(), /^Beste .*, het is gemaakt\.$/);
  await keyboard.type(' Tot ziens.');
  await page.getByText('Concept bewaard').waitFor({ timeout: KEEP_MS });
  await page.goto(item);
  assert.match(await text.inputValue(), /gemaakt\. Tot ziens\.$/, 'kept without being asked');
  assert.deepEqual(await axe(page), []);

  // A file that is chosen is added at once, and what was typed stays.
  await page.getByLabel('Bijlagen bij het antwoord').setInputFiles(
    { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 plan') });
  await page.getByRole('link', { name: 'plan.pdf' }).waitFor();
  assert.match(await text.inputValue(), /gemaakt\. Tot ziens\.$/);
  assert.deepEqual(await axe(page), []);
  await shots(page, 'composer-file');

  await keyboard.press('b');
  await keyboard.press('Control+Enter');
  await page.getByText('De brief gaat over').waitFor();
  assert.deepEqual(await axe(page), []);
  await tabTo(page, 'Toch niet versturen');
  await keyboard.press('Enter');
  await page.getByText('De brief is teruggehaald').waitFor();
  assert.match(await text.inputValue(), /Tot ziens\.$/);
  await keyboard.press('b');
  await keyboard.press('Control+Enter');
  await page.getByText('De brief gaat over').waitFor();
  await sink.received(2);
  await page.getByText('De brief is onderweg.').waitFor();
  const answer = read(sink.messages[1]);
  assert.equal(answer.header('Subject'), 'Re: Lantaarnpaal');
  assert.equal(answer.header('References'), '<eerder@voorbeeld.example> <lamp@voorbeeld.example>');
  assert.match(answer.text, /het is gemaakt\. Tot ziens\./);
  assert.match(answer.text, /Team Buiten/);
  assert.match(answer.text, /schreef .*:\s+> Goedemiddag,/);
});

test('the same without JavaScript', async (t) => {
  const { municipality, page } = await begin(t, { javaScriptEnabled: false });
  const { sink, url } = municipality;
  await signIn(page, url());
  await page.goto(`${url()}/werk/teksten`);
  await page.getByLabel('Naam in de lijst').fill('Gemaakt');
  await page.getByLabel('Tekst', { exact: true }).fill('Het is gemaakt, {{ medewerker }}.');
  await page.getByRole('button', { name: 'Bewaren' }).click();
  await page.getByRole('heading', { name: 'Gemaakt' }).waitFor();

  await page.goto(`${url()}/werk`);
  await page.getByRole('link', { name: 'Lantaarnpaal' }).click();
  const text = page.getByRole('textbox', { name: 'Uw antwoord' });
  await text.fill('Goedemiddag,');
  await page.getByLabel('Tekst invoegen').first().selectOption('Gemaakt');
  await page.getByRole('button', { name: 'Tekst invoegen' }).click();
  assert.equal(await text.inputValue(), `Goedemiddag,\n\nHet is gemaakt, ${CLERK.name}.`);
  await page.getByLabel('Kopie aan (Cc)').fill('wijk@voorbeeld.example');
  await page.getByLabel('Bijlagen bij het antwoord').setInputFiles([
    { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 plan') },
    { name: 'fout.txt', mimeType: 'text/plain', buffer: Buffer.from('verkeerd') },
  ]);
  await page.getByRole('button', { name: 'Bijlage toevoegen' }).click();
  await page.getByText('Concept bewaard.').waitFor();
  await page.getByRole('button', { name: 'fout.txt weghalen' }).click();
  await page.getByRole('link', { name: 'fout.txt' }).waitFor({ state: 'detached' });
  assert.equal(await text.inputValue(), `Goedemiddag,\n\nHet is gemaakt, ${CLERK.name}.`);
  await page.getByRole('button', { name: 'Antwoord versturen' }).click();
  await page.getByText('De brief gaat over').waitFor();
  await page.getByRole('button', { name: 'Toch niet versturen' }).click();
  await page.getByText('De brief is teruggehaald').waitFor();
  assert.match(await text.inputValue(), /Het is gemaakt/);
  await page.getByRole('button', { name: 'Antwoord versturen' }).click();
  await sink.received(2);
  assert.deepEqual(sink.messages[1].to, ['jan@voorbeeld.example', 'wijk@voorbeeld.example']);
  const sent = read(sink.messages[1]);
  assert.equal(sent.header('Cc'), 'wijk@voorbeeld.example');
  assert.match(sent.header('Content-Type'), /^multipart\/mixed/);
  assert.match(sink.messages[1].raw.toString(), /filename="plan\.pdf"[^]*JVBERi0xLjcgcGxhbg==/);
});
