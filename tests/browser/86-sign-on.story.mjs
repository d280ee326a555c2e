// An employee signs in with the provider of the municipality; groups say what they are, and who is
// in none, or says no, hears why they do not come in.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { CLERK, openMunicipality } from './municipality.mjs';
import { CLIENT, signInThere, startProvider } from './provider.mjs';

const people = {
  f7: { name: 'Fenna Voorbeeld', preferred_username: 'fenna', groups: ['Klantcontact'] },
  p8: { name: 'Piet Voorbeeld', preferred_username: 'piet', groups: ['Groenvoorziening'] },
  a9: { name: 'Anders Voorbeeld', preferred_username: CLERK.login, groups: ['Klantcontact'] },
};

let browser;
let municipality;
let provider;
let folder;
test.before(async () => {
  [browser, provider] = await Promise.all([launch(), startProvider(people)]);
  folder = await mkdtemp(path.join(tmpdir(), 'belofte-story-'));
  const file = path.join(folder, 'belofte.toml');
  await writeFile(file, `
[sign-on]
name = "Gemeente Voorbeeld"
issuer = "${provider.url}"
client = "${CLIENT.id}"
[sign-on.roles]
Klantcontact = ["employee"]
"Team leiders" = ["lead"]
`);
  const env = { BELOFTE_CONFIG: file, BELOFTE_SIGN_ON_SECRET: CLIENT.secret };
  municipality = await openMunicipality({ env });
  provider.sendsBackTo(`${municipality.url()}/werk/aanmelden/terug`);
});
test.after(async () => {
  provider?.stop();
  await Promise.all([browser?.close(), municipality?.close()]);
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** A page at the provider's door, asked for by keyboard from a page of the workspace. */
async function atTheDoor() {
  const page = await openPage(browser);
  await page.goto(`${municipality.url()}/werk/teams`);
  await page.getByRole('link', { name: 'Aanmelden met Gemeente Voorbeeld' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('input[name=login]').waitFor();
  return page;
}

test('who is in a group comes in, as what that group is', async () => {
  const found = [];
  const fenna = await atTheDoor();
  await signInThere(fenna, 'f7');
  await fenna.getByRole('link', { name: 'Fenna Voorbeeld' }).waitFor();
  assert.equal(new URL(fenna.url()).pathname, '/werk/teams', 'where she wanted to go');
  await fenna.goto(`${municipality.url()}/werk`);
  await fenna.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await fenna.getByRole('link', { name: 'Kwaliteit' }).count(), 0);
  await fenna.getByRole('button', { name: 'Afmelden' }).click();
  await judge(fenna, 'aanmelden-elders', found);
  await fenna.context().close();

  people.f7.groups = ['Klantcontact', 'Team leiders'];
  const leads = await atTheDoor();
  await signInThere(leads, 'f7');
  await leads.getByRole('link', { name: 'Kwaliteit' }).waitFor();
  assert.deepEqual(found, []);
  await leads.context().close();
});

test('who is in no group, has the name of another, or says no stays outside', async () => {
  const found = [];
  for (const [login, sentence] of [
    ['p8', 'u heeft hier nog geen taak'],
    ['a9', 'al een account met uw gebruikersnaam'],
  ]) {
    const page = await atTheDoor();
    await signInThere(page, login);
    await page.getByRole('alert').getByText(sentence).waitFor();
    await judge(page, `aanmelden-elders-${login}`, found);
    await page.context().close();
  }
  const page = await atTheDoor();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('alert').getByText('Het aanmelden bij Gemeente Voorbeeld lukte niet').waitFor();
  await page.context().close();
  // An answer that another browser asked for.
  const stranger = await openPage(browser);
  await stranger.goto(`${municipality.url()}/werk/aanmelden/terug?code=x&state=y`);
  await stranger.getByRole('alert').waitFor();
  await stranger.context().close();
  assert.ok(!municipality.log().includes('Voorbeeld'), 'no names in the log');
  assert.deepEqual(found, []);
});
