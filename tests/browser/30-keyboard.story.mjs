// A clerk who never touches the mouse: sign in, walk the work list, answer.

import assert from 'node:assert/strict';
import test from 'node:test';
import { launch, openPage } from './browser.mjs';
import { CLERK, openMunicipality, read } from './municipality.mjs';

/** More than any page has places to stop. */
const STOPS_MAX = 80;

test('from signing in to sending, with the keyboard alone', async (t) => {
  const [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
  t.after(() => Promise.all([browser.close(), municipality.close()]));
  const page = await openPage(browser);
  const { keyboard } = page;
  for (const name of ['een', 'twee', 'drie']) {
    await municipality.mail({
      from: `${name}@voorbeeld.example`,
      headers: `Subject: Vraag ${name}\nMessage-ID: <${name}@voorbeeld.example>`,
      text: `Dit is vraag ${name}. Wanneer gaat het loket open?`,
    });
  }
  await municipality.sink.received(3);

  await page.goto(`${municipality.url()}/werk`);
  assert.equal(await focused(page), 'name', 'the first field waits for typing');
  await keyboard.type(CLERK.login);
  await keyboard.press('Tab');
  await keyboard.type(CLERK.password);
  await keyboard.press('Enter');
  await page.waitForURL(`${municipality.url()}/werk`);

  // The first stop is the way past the menu.
  await keyboard.press('Tab');
  assert.match(await page.locator(':focus').innerText(), /Naar de inhoud/);

  const at = async () => page.locator(':focus').innerText();
  await keyboard.press('j');
  const first = await at();
  await keyboard.press('j');
  const second = await at();
  assert.notEqual(first, second);
  await keyboard.press('k');
  assert.equal(await at(), first);
  await keyboard.press('k');
  assert.equal(await at(), first, 'no further than the first');
  await keyboard.press('/');
  assert.equal(await focused(page), 'q');
  await keyboard.type('jjj');
  assert.equal(await page.locator('#q').inputValue(), 'jjj', 'typing is typing');
  await page.reload();
  await keyboard.press('j');
  await keyboard.press('Enter');
  await page.waitForURL(/\/werk\/contacten\//);

  await keyboard.press('b');
  assert.equal(await focused(page), 'answer-text');
  await keyboard.type('Beste inwoner, het loket gaat om half negen open.');
  await keyboard.press('Control+Enter');
  await page.getByRole('status').waitFor();
  await municipality.sink.received(4);
  assert.match(read(municipality.sink.messages[3]).text, /om half negen open/);

  // Every stop on the next item shows that it has the focus, and none is a trap.
  await page.goto(`${municipality.url()}/werk`);
  await keyboard.press('j');
  await keyboard.press('Enter');
  await page.waitForURL(/\/werk\/contacten\//);
  await keyboard.press('z');
  assert.equal(await focused(page), 'when-date');
  await page.locator('body').click({ position: { x: 1, y: 1 } });
  const shown = new Map();
  let stops = 0;
  for (; stops < STOPS_MAX; stops += 1) {
    await keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const it = document.activeElement;
      if (!it || it === document.body) return null;
      const style = getComputedStyle(it);
      const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      return { marked, what: it.outerHTML.slice(0, 120) };
    });
    if (!stop) break;
    // A date has several stops inside, and the browser marks its button itself.
    shown.set(stop.what, stop.marked || shown.get(stop.what));
  }
  const unseen = [...shown].filter(([, marked]) => !marked).map(([what]) => what);
  assert.ok(stops > 10 && stops < STOPS_MAX, `${stops} stops`);
  assert.deepEqual(unseen, [], 'the focus can be seen everywhere');
});

/** The id of what has the focus. */
function focused(page) {
  return page.evaluate(() => document.activeElement?.id);
}
