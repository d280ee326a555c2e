// An employee adds a passkey after the password, signs in with it and nothing else, and takes it
// away again, by keyboard. The authenticator is one that the browser makes up.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { CLERK, openMunicipality, signIn } from './municipality.mjs';

/** A port that nobody listens on: passkeys are for an address that is known before. */
async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

let browser;
let municipality;
let site;
test.before(async () => {
  const port = await freePort();
  site = `http://localhost:${port}`;
  [browser, municipality] = await Promise.all([
    launch(),
    openMunicipality({ listen: `127.0.0.1:${port}`, env: { BELOFTE_SITE: site } }),
  ]);
});
test.after(() => Promise.all([browser?.close(), municipality?.close()]));

/** A page with an authenticator that knows its owner; `protocol()` says more to it. */
async function withAuthenticator() {
  const page = await openPage(browser);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options: {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } });
  return { page, say: (what, more) => devtools.send(`WebAuthn.${what}`, { authenticatorId, ...more }) };
}

/** Goes to something with Tab only, and presses Enter on it. */
async function press(page, target) {
  for (let at = 0; at < 80; at += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      await page.keyboard.press('Enter');
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`${target} is not reached with Tab`);
}

test('a passkey is added, opens the door, and is taken away', async () => {
  const found = [];
  const { page, say } = await withAuthenticator();
  await signIn(page, site);
  await page.goto(`${site}/werk/mij/toegang`);
  await press(page, page.getByText('Toegangssleutel toevoegen'));
  await judge(page, 'toegangssleutel-nieuw', found);
  await page.getByLabel('Naam van de sleutel').fill('Laptop op het werk');
  await page.locator('#passkey-password').focus();
  await page.keyboard.type('niet mijn wachtwoord');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Dit is niet uw huidige wachtwoord').waitFor();
  await press(page, page.getByText('Toegangssleutel toevoegen'));
  await page.getByLabel('Naam van de sleutel').fill('Laptop op het werk');
  await page.locator('#passkey-password').focus();
  await page.keyboard.type(CLERK.password);
  await page.keyboard.press('Enter');
  await page.getByText('Uw apparaat vraagt zo meteen').waitFor();
  await judge(page, 'toegangssleutel-maken', found);
  // Who says no may try again on the same page.
  await say('setUserVerified', { isUserVerified: false });
  await press(page, page.getByRole('button', { name: 'Toegangssleutel maken' }));
  await page.getByRole('alert').getByText('Dat lukte niet').waitFor();
  await judge(page, 'toegangssleutel-lukte-niet', found);
  await say('setUserVerified', { isUserVerified: true });
  await press(page, page.getByRole('button', { name: 'Toegangssleutel maken' }));
  await page.getByRole('status').getByText('Uw toegangssleutel is toegevoegd').waitFor();
  await page.getByText('Laptop op het werk').first().waitFor();
  await judge(page, 'toegangssleutels', found);
  assert.equal((await say('getCredentials')).credentials.length, 1);

  await press(page, page.getByRole('button', { name: 'Afmelden', exact: true }).first());
  await page.getByRole('heading', { name: 'Goed dat u er bent' }).waitFor();
  await page.goto(`${site}/werk/teams`);
  await judge(page, 'aanmelden-toegangssleutel', found);
  await press(page, page.getByRole('button', { name: 'Aanmelden met een toegangssleutel' }));
  await page.getByRole('link', { name: CLERK.name }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/werk/teams', 'where she wanted to go');

  await page.goto(`${site}/werk/mij/toegang`);
  await page.getByText('laatst gebruikt op').waitFor();
  await press(page, page.getByRole('button', { name: 'Verwijderen Laptop op het werk' }));
  await page.getByRole('status').getByText('De toegangssleutel is verwijderd').waitFor();
  await press(page, page.getByRole('button', { name: 'Afmelden', exact: true }).first());
  await page.getByRole('heading', { name: 'Goed dat u er bent' }).waitFor();
  await press(page, page.getByRole('button', { name: 'Aanmelden met een toegangssleutel' }));
  await page.getByRole('alert').getByText('lukte niet').first().waitFor();
  await judge(page, 'aanmelden-toegangssleutel-weg', found);
  await page.goto(`${site}/werk`);
  assert.match(page.url(), /aanmelden/, 'still outside');
  assert.deepEqual(found, []);
  await page.context().close();
});

test('without scripts the password opens the door, and nothing speaks of passkeys', async () => {
  const page = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(`${site}/werk/aanmelden`);
  const button = page.getByRole('button', { name: 'Aanmelden met een toegangssleutel' });
  assert.equal(await button.count(), 0);
  await signIn(page, site);
  await page.goto(`${site}/werk/mij/toegang`);
  await page.getByText('staat scripts niet toe').waitFor();
  await page.context().close();
});
