// The week of the counter, by keyboard: from a free time to an appointment, from the appointment to
// its contact, what a desk more would change, the figures, and the week on paper.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { axe, judge, launch, openPage } from './browser.mjs';
import { openMunicipality, signIn } from './municipality.mjs';

/** Seconds in a day. */
const DAY = 86_400;

let browser;
let municipality;
test.before(async () => {
  // The story is on the first Monday from today on: a whole week is ahead.
  const ahead = (8 - new Date().getDay()) % 7;
  const env = { BELOFTE_CLOCK_OFFSET_SECONDS: String(ahead * DAY) };
  [browser, municipality] = await Promise.all([launch(), openMunicipality({ env })]);
});
test.after(() => Promise.all([browser?.close(), municipality?.close()]));

/** Presses a button or follows a link as a keyboard does. */
async function press(page, role, name) {
  await page.getByRole(role, { name }).first().focus();
  await page.keyboard.press('Enter');
}

/** What axe finds in the dark. */
async function inTheDark(page, name, found) {
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const violation of await axe(page)) found.push(`${name}, dark: ${violation.id}`);
  await page.screenshot({ path: shot(`${name}-dark`) });
  await page.emulateMedia({ colorScheme: 'light' });
}

test('a week at the counter', async () => {
  const found = [];
  const anne = await openPage(browser);
  await signIn(anne, municipality.url());
  await press(anne, 'link', 'Balie');
  await press(anne, 'link', 'Planning');
  await press(anne, 'link', 'Volgende week');
  await anne.getByRole('link', { name: 'Deze week' }).waitFor();

  // A table with names for its rows and columns.
  const table = anne.getByRole('table', { name: /^Week van maandag/ });
  assert.equal(await table.getByRole('columnheader').count(), 6);
  assert.equal(await table.getByRole('rowheader').count(), 3);

  // The first free time of Tuesday at desk 2.
  const free = table.getByRole('row', { name: /^Balie 2/ }).getByRole('link', { name: /vrij/ });
  await free.nth(1).focus();
  await anne.keyboard.press('Enter');
  await anne.getByText('U ziet alleen de tijden van Balie 2.').waitFor();
  await anne.getByLabel('Rijbewijs aanvragen').focus();
  await anne.keyboard.press('Space');
  await press(anne, 'button', 'Vrije tijden tonen');
  // The time is kept.
  await anne.locator('#times input:checked').waitFor({ state: 'attached' });
  await anne.getByLabel('Naam').first().focus();
  await anne.keyboard.type('Jan Voorbeeld');
  await anne.getByLabel('Telefoon').first().focus();
  await anne.keyboard.type('0517 123 456');
  await judge(anne, 'planning-boeken', found);
  await anne.keyboard.press('Enter');
  await anne.getByText('De afspraak is gemaakt.').waitFor();

  await press(anne, 'link', 'Balie');
  await press(anne, 'link', 'Sluitingen');
  await press(anne, 'link', 'Planning');
  await press(anne, 'link', 'Volgende week');
  await anne.getByRole('link', { name: 'Deze week' }).waitFor();
  await judge(anne, 'planning', found);
  await inTheDark(anne, 'planning', found);
  await anne.emulateMedia({ media: 'print' });
  assert.equal(await anne.getByRole('link', { name: 'Volgende week' }).count(), 0);
  const paper = await anne.pdf({ preferCSSPageSize: true, printBackground: true });
  await writeFile(shot('planning').replace('.png', '.pdf'), paper);
  const pages = paper.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  assert.equal(pages, 1, 'a week is one page');
  await anne.emulateMedia({ media: 'screen' });

  await press(anne, 'link', 'Wat als');
  await anne.getByLabel('Elke week op').selectOption({ label: 'donderdag' });
  await anne.getByLabel('Van tijd').fill('19:00');
  await anne.getByLabel('Tot tijd').fill('18:00');
  await press(anne, 'button', 'Bekijk wat er verandert');
  await anne.getByRole('alert').getByText('na de begintijd').waitFor();
  await judge(anne, 'wat-als-fout', found);
  await anne.getByLabel('Tot tijd').fill('21:00');
  await press(anne, 'button', 'Bekijk wat er verandert');
  await anne.getByRole('heading', { name: /Een balie erbij op donderdag/ }).waitFor();
  await judge(anne, 'wat-als', found);
  await inTheDark(anne, 'wat-als', found);

  await press(anne, 'link', 'Cijfers');
  await judge(anne, 'balie-cijfers-leeg', found);
  const until = new Date(Date.now() + 20 * DAY * 1000).toISOString().slice(0, 10);
  await anne.getByLabel('Tot en met dag').fill(until);
  await press(anne, 'button', 'Toon de cijfers');
  await anne.getByRole('table', { name: /^Balie/ }).waitFor();
  await judge(anne, 'balie-cijfers', found);
  await inTheDark(anne, 'balie-cijfers', found);
  const [file] = await Promise.all([
    anne.waitForEvent('download'),
    press(anne, 'link', 'Download als CSV'),
  ]);
  assert.match(file.suggestedFilename(), /^belofte-balie-.*\.csv$/);

  const resident = await openPage(browser);
  await resident.goto(`${municipality.url()}/normen#counter`);
  await resident.getByText('Eerste vrije tijd, nu').waitFor();
  await judge(resident, 'normen-balie', found);
  await Promise.all([anne.context().close(), resident.context().close()]);
  assert.deepEqual(found, []);
});

/** A place for a picture. */
function shot(name) {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const shots = process.env.BELOFTE_SCREENSHOTS ?? path.join(here, '../../target/screenshots');
  return path.join(shots, `${name}.png`);
}
