// A day at the counter, by keyboard: an appointment by telephone, arrived, called, on the screen of
// the waiting room without a name, helped; somebody without an appointment; a desk that closes.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { judge, launch, openPage } from './browser.mjs';
import { readCalendar } from './calendar.mjs';
import { openMunicipality, signIn } from './municipality.mjs';

const NORMS = fileURLToPath(new URL('../../norms/harlingen.toml', import.meta.url));
const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
/** Seconds in a day. */
const DAY = 86_400;

let browser;
let municipality;
let folder;
test.before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'belofte-norms-'));
  const norms = path.join(folder, 'norms.toml');
  const hours = WEEK.map((day) => `${day} = ["0.05-23.55"]`).join('\n');
  const source = await readFile(NORMS, 'utf8');
  await writeFile(norms, source.replace(/(?<=\[hours\.counter\]\n)(\w+ = .*\n)+/, `${hours}\n`));
  // The counter has no weekend: the story is on the first Wednesday from today on.
  const ahead = (10 - new Date().getDay()) % 7;
  const env = { BELOFTE_CLOCK_OFFSET_SECONDS: String(ahead * DAY) };
  [browser, municipality] = await Promise.all([launch(), openMunicipality({ norms, env })]);
});
test.after(async () => {
  await Promise.all([browser?.close(), municipality?.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** Presses a button or follows a link as a keyboard does. */
async function press(page, role, name) {
  await page.getByRole(role, { name }).first().focus();
  await page.keyboard.press('Enter');
}

/** Types in a field as a keyboard does. */
async function type(page, label, text) {
  await page.getByLabel(label).first().focus();
  await page.keyboard.type(text);
}

test('a day at the counter', async () => {
  const found = [];
  const anne = await openPage(browser);
  await signIn(anne, municipality.url());
  await press(anne, 'link', 'Balie');
  await anne.getByText('zijn er geen afspraken').waitFor();
  await judge(anne, 'balie-leeg', found);

  await press(anne, 'link', 'Afspraak maken');
  await anne.getByLabel('Uittreksel of verklaring').focus();
  await anne.keyboard.press('Space');
  await judge(anne, 'balie-afspraak-leeg', found);
  await press(anne, 'button', 'Vrije tijden tonen');
  // Not the first: that is the five minutes that run, and can not be moved any more.
  await anne.locator('#times input').nth(3).focus();
  await anne.keyboard.press('Space');
  await type(anne, 'Naam', 'Jan Voorbeeld');
  await judge(anne, 'balie-afspraak-tijden', found);
  await anne.keyboard.press('Enter');
  await anne.getByRole('alert').getByText('Vul een telefoonnummer of een e-mailadres in').first().waitFor();
  await judge(anne, 'balie-afspraak-fout', found);
  await type(anne, 'Telefoon', '0517 123 456');
  await anne.keyboard.press('Enter');
  await anne.getByText('De afspraak is gemaakt.').waitFor();
  await judge(anne, 'balie-afspraak-contact', found);

  await press(anne, 'link', 'Verzetten');
  await anne.getByRole('heading', { name: 'Verzetten' }).waitFor();
  await judge(anne, 'balie-verzetten', found);

  await press(anne, 'link', 'Balie');
  await press(anne, 'button', 'Aangemeld');
  await anne.getByText('heeft nummer 1').waitFor();
  const screen = await openPage(browser);
  await screen.goto(`${municipality.url()}/wachtruimte`);
  await screen.getByRole('heading', { name: 'Welkom' }).waitFor();
  await judge(screen, 'wachtruimte-leeg', found);
  await anne.getByLabel('Balie Jan Voorbeeld').selectOption({ label: 'Balie 2' });
  await press(anne, 'button', 'Oproepen');
  await anne.getByText('De inwoner is opgeroepen.').waitFor();
  await judge(anne, 'balie-opgeroepen', found);
  // The screen hears of it by itself.
  await screen.getByText('Balie 2').waitFor();
  const shown = await screen.locator('main').innerText();
  assert.match(shown, /Nummer\s*1/);
  assert.doesNotMatch(shown, /Voorbeeld/);
  await judge(screen, 'wachtruimte', found);
  await screen.setViewportSize({ width: 1920, height: 1080 });
  await screen.screenshot({ path: shot('wachtruimte-1920') });
  await screen.emulateMedia({ colorScheme: 'dark' });
  await screen.screenshot({ path: shot('wachtruimte-donker-1920') });
  await press(anne, 'button', 'Geholpen');
  await anne.getByText('De inwoner is geholpen.').waitFor();

  await anne.getByText('Zonder afspraak').focus();
  await anne.keyboard.press('Enter');
  await anne.getByLabel('Waarvoor').selectOption({ label: 'Uittreksel of verklaring aanvragen' });
  await type(anne, 'Naam', 'Piet Voorbeeld');
  await judge(anne, 'balie-zonder-afspraak', found);
  await anne.keyboard.press('Enter');
  await anne.getByText('heeft nummer 2').waitFor();

  // A colleague subscribes to the calendar of the desk: it says what comes, and not who.
  await press(anne, 'link', "Agenda's");
  await judge(anne, 'balie-agendas', found);
  await press(anne, 'button', 'Link maken Balie 2');
  await anne.getByText('Kopieer de link nu').waitFor();
  await judge(anne, 'balie-agenda-nieuw', found);
  const link = new URL(await anne.getByLabel('Geheime link').inputValue());
  const file = await (await fetch(municipality.url() + link.pathname)).text();
  assert.doesNotMatch(file, /Voorbeeld|0517/);
  const calendar = readCalendar(file);
  assert.match(calendar.name, /^Balie 2, /);
  const [event] = calendar.events.filter((it) => it.summary.startsWith('Uittreksel'));
  assert.deepEqual([event.sequence, event.status, event.attendee], [0, 'CONFIRMED', null]);
  assert.match(event.uid, /^appointment-\d+@/);
  await press(anne, 'button', 'Link beëindigen Balie 2');
  await anne.getByText('De link is gemaakt').waitFor({ state: 'detached' });
  assert.equal((await fetch(municipality.url() + link.pathname)).status, 404);
  await press(anne, 'link', 'Balie');

  // Tomorrow somebody comes, and then every desk closes.
  const today = await anne.getByRole('link', { name: 'Verversen' }).getAttribute('href');
  const day = new Date(`${today.split('dag=')[1]}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  const tomorrow = day.toISOString().slice(0, 10);
  await anne.goto(`${municipality.url()}/werk/balie/afspraak?product.uittreksel=ja&dag=${tomorrow}`);
  await anne.locator('#times input').first().focus();
  await anne.keyboard.press('Space');
  await type(anne, 'Naam', 'Klaas Voorbeeld');
  await type(anne, 'Telefoon', '0517 123 456');
  await anne.keyboard.press('Enter');
  await anne.getByText('De afspraak is gemaakt.').waitFor();
  await press(anne, 'link', 'Balie');
  await press(anne, 'link', 'Sluitingen');
  await anne.getByLabel('Tot dag').fill(tomorrow);
  await anne.getByLabel('Tot tijd').fill('23:50');
  await type(anne, 'Waarom', 'Overleg');
  await judge(anne, 'balie-sluitingen', found);
  await anne.keyboard.press('Enter');
  await anne.getByText('Eén inwoner moet worden gebeld').waitFor();
  await judge(anne, 'balie-gesloten', found);
  await press(anne, 'link', 'Bekijk wie');
  await press(anne, 'link', 'Telefoonnummer tonen');
  await anne.getByRole('link', { name: '0517 123 456' }).waitFor();
  await judge(anne, 'balie-bellen', found);
  await Promise.all([anne.context().close(), screen.context().close()]);
  assert.deepEqual(found, []);
});

/** A place for a picture. */
function shot(name) {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const shots = process.env.BELOFTE_SCREENSHOTS ?? path.join(here, '../../target/screenshots');
  return path.join(shots, `${name}.png`);
}
