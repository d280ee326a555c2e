// An administrator makes an account and gives the link; the colleague chooses a password, turns on
// a second step with the codes of an app, and signs in with both, by keyboard.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { BOSS, openMunicipality, signIn } from './municipality.mjs';

const PASSWORD = 'een zin die ik onthoud';
/** Seconds for which a code lasts. */
const STEP = 30;

let browser;
let municipality;
test.before(async () => {
  [browser, municipality] = await Promise.all([launch(), openMunicipality({ boss: true })]);
});
test.after(() => Promise.all([browser?.close(), municipality?.close()]));

test('a colleague comes in by a link, and with two steps', async () => {
  const found = [];
  const boss = await openPage(browser);
  await signIn(boss, municipality.url(), BOSS);
  await boss.getByRole('link', { name: 'Organisatie' }).click();
  await boss.getByRole('link', { name: 'Medewerkers' }).click();
  await boss.getByLabel('Gebruikersnaam').fill('fenna');
  await boss.getByLabel('Naam', { exact: true }).last().fill('Fenna Voorbeeld');
  await boss.getByRole('button', { name: 'Account maken' }).click();
  await boss.getByRole('heading', { name: 'Link voor Fenna Voorbeeld' }).waitFor();
  const link = new URL(await boss.getByLabel('Link', { exact: true }).inputValue()).pathname;
  await boss.getByText('fenna', { exact: false }).first().click();
  await judge(boss, 'medewerkers-link', found);

  const fenna = await openPage(browser);
  await fenna.goto(`${municipality.url()}${link}`);
  await judge(fenna, 'welkom', found);
  await fenna.getByLabel('Nieuw wachtwoord').focus();
  await fenna.keyboard.type(PASSWORD);
  await fenna.keyboard.press('Enter');
  await fenna.getByRole('heading', { name: 'Goed dat u er bent' }).waitFor();
  await signIn(fenna, municipality.url(), { login: 'fenna', password: PASSWORD });
  await fenna.getByRole('link', { name: 'Fenna Voorbeeld' }).click();
  await fenna.getByRole('link', { name: 'Aanmelden en beveiliging' }).click();
  await judge(fenna, 'toegang', found);
  await fenna.getByRole('button', { name: 'Tweede stap aanzetten' }).click();
  const secret = await fenna.locator('input[name=secret]').inputValue();
  await judge(fenna, 'tweede-stap', found);
  await fenna.getByLabel('Code van zes cijfers').fill(code(secret));
  await fenna.keyboard.press('Enter');
  await fenna.getByRole('heading', { name: 'Uw noodcodes' }).waitFor();
  const codes = await fenna.locator('.codes code').allInnerTexts();
  assert.equal(codes.length, 10);
  await judge(fenna, 'noodcodes', found);
  await fenna.getByRole('button', { name: 'Afmelden' }).last().click();

  // The password alone is half the way; a code that was used does not count again.
  await fenna.goto(`${municipality.url()}/werk/aanmelden`);
  await fenna.getByLabel('Gebruikersnaam').fill('fenna');
  await fenna.getByLabel('Wachtwoord').fill(PASSWORD);
  await fenna.keyboard.press('Enter');
  await fenna.getByRole('heading', { name: 'Tweede stap bij het aanmelden' }).waitFor();
  await fenna.keyboard.type('000000');
  await fenna.keyboard.press('Enter');
  await fenna.getByRole('alert').getByText('Deze code klopt niet').waitFor();
  await judge(fenna, 'aanmelden-code-fout', found);
  await fenna.getByLabel('Code van zes cijfers').fill(codes[3]);
  await fenna.keyboard.press('Enter');
  await fenna.getByRole('link', { name: 'Fenna Voorbeeld' }).waitFor();
  await fenna.goto(`${municipality.url()}/werk/mij/toegang`);
  await fenna.getByText('U heeft nog 9 noodcodes.').waitFor();
  assert.deepEqual(found, []);
  await Promise.all([boss.context().close(), fenna.context().close()]);
});

/** The code that an app shows now (RFC 6238). */
function code(secret) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const count = Buffer.alloc(8);
  count.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000 / STEP)));
  const hash = createHmac('sha1', key).update(count).digest();
  const at = hash[hash.length - 1] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1e6).padStart(6, '0');
}
