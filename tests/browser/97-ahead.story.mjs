// What is expected of the next weeks, beside the hours of staff: hours are filled in, both are away
// for a week, and the page says how it is reckoned. By keyboard, with and without JavaScript.

import assert from 'node:assert/strict';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { COLLEAGUE, openMunicipality, signIn } from './municipality.mjs';

/** Days between one round of questions and the next: the same day of the week. */
const ROUND = 7;
/** How many rounds: more than it takes to say anything of the day of the week. */
const ROUNDS = 9;

let browser;
let municipality;
let ahead = 0;
test.before(async () => {
  [browser, municipality] = await Promise.all([launch(), openMunicipality({ colleague: true })]);
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const subject of ['De lantaarn', 'De stoeptegel', 'De boom'].slice(0, 1 + round % 3)) {
      const id = `${round}-${subject.length}@voorbeeld.example`;
      const headers = `Subject: ${subject}\nMessage-ID: <${id}>`;
      await municipality.mail({ from: 'jan@voorbeeld.example', headers, text: 'Kunt u kijken?' });
    }
    const step = round < ROUNDS ? ROUND : 1;
    ahead += step;
    await municipality.daysLater(step);
  }
});
test.after(() => Promise.all([browser?.close(), municipality?.close()]));

const at = (path) => new URL(path, municipality.url()).href;

/** A day after today in this municipality, as in a form. */
const day = (later) =>
  new Date(Date.now() + (ahead + later) * 86_400_000).toISOString().slice(0, 10);

for (const javaScriptEnabled of [true, false]) {
  test(`${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const found = [];
    const anne = await openPage(browser, { javaScriptEnabled });
    const look = async (name) => { if (javaScriptEnabled) await judge(anne, name, found); };
    await signIn(anne, municipality.url());

    await anne.goto(at('/werk/cijfers'));
    await anne.getByRole('link', { name: 'Vooruitblik' }).focus();
    await anne.keyboard.press('Enter');
    await anne.waitForURL(/\/werk\/cijfers\/vooruit/);
    const rows = anne.getByRole('table').getByRole('row');
    assert.ok(await rows.count() > 15, 'a row for each working day');
    if (javaScriptEnabled) {
      await anne.getByText('Van niemand zijn de werktijden bekend').waitFor();
      await look('vooruit-zonder-uren');
    }

    // The hours of two people: first what is no hours, then a week.
    await anne.goto(at('/werk/teams'));
    await anne.getByRole('link', { name: 'Werktijden' }).focus();
    await anne.keyboard.press('Enter');
    await anne.waitForURL(/\/werk\/teams\/uren/);
    for (const name of ['Anne Voorbeeld', COLLEAGUE.name]) {
      const form = anne.locator('details.card', { hasText: name });
      await form.locator('summary').focus();
      await anne.keyboard.press('Enter');
      const hours = name === COLLEAGUE.name ? 'veel' : '7,5';
      for (const weekday of ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag']) {
        await form.getByLabel(weekday).fill(hours);
      }
      await anne.keyboard.press('Enter');
      if (hours === 'veel') {
        await anne.getByRole('alert').waitFor();
        await look('werktijden-onbekend');
        for (const weekday of ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag']) {
          await form.getByLabel(weekday).fill('6');
        }
        await anne.keyboard.press('Enter');
        await form.getByText('30 uur per week').waitFor();
      } else {
        await form.getByText('37,5 uur per week').waitFor();
      }
    }
    await look('werktijden');

    // Both are away for a week: the hours of its days are none, and the page says so in words.
    await anne.goto(at('/werk/afwezig'));
    for (const name of ['Anne Voorbeeld', COLLEAGUE.name]) {
      await anne.getByLabel('Wie', { exact: true }).selectOption({ label: name });
      await anne.getByLabel('Eerste dag').fill(day(14));
      await anne.getByLabel('Laatste dag').fill(day(20));
      await anne.getByRole('button', { name: 'Vastleggen' }).focus();
      await anne.keyboard.press('Enter');
      await anne.getByText(name).first().waitFor();
    }
    await anne.goto(at('/werk/cijfers/vooruit'));
    const picture = anne.locator('svg.chart');
    await picture.waitFor();
    assert.ok(await picture.getAttribute('aria-label'), 'a picture says what it shows');
    await anne.getByRole('cell').getByText('13,5').first().waitFor();
    await anne.getByText('niemand aan het werk').first().waitFor();
    await anne.getByRole('heading', { name: 'Zo is dit berekend' }).waitFor();
    await look('vooruit');

    const cookies = await anne.context().cookies();
    const cookie = cookies.map((it) => `${it.name}=${it.value}`).join('; ');
    const got = await fetch(at('/werk/cijfers/vooruit.csv'), { headers: { cookie } });
    assert.match(got.headers.get('content-type'), /text\/csv/);
    assert.match(await got.text(), /"13,5"/);
    assert.deepEqual(found, []);
    await anne.context().close();
  });
}
