// The telephone: two questions in one call by keyboard, who calls is known the next time, the board,
// the figures, and where everybody is called. A caller who comes over an exchange is put through.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { judge, launch, openPage } from './browser.mjs';
import { COLLEAGUE, openMunicipality, signIn } from './municipality.mjs';

let browser;
let municipality;
test.before(async () => {
  [browser, municipality] = await Promise.all([launch(), openMunicipality()]);
});
test.after(async () => {
  await Promise.all([browser?.close(), municipality?.close()]);
});

/** An address of the municipality. */
const at = (path) => new URL(path, municipality.url()).href;

/** Writes down what came of a question: what it was about, and one key. */
async function settle(page, subject, key) {
  await page.getByLabel('Waar gaat het over?').focus();
  await page.keyboard.type(subject);
  await page.keyboard.press('Escape');
  await page.keyboard.press(key);
}

test('the telephone', async () => {
  const found = [];
  const anne = await openPage(browser);
  await signIn(anne, municipality.url());

  // What an exchange opens when it rings.
  await anne.goto(at('/werk/gesprek?nummer=%2B31612345678'));
  await anne.getByText('Van dit nummer is niets bekend.').waitFor();
  await judge(anne, 'gesprek', found);
  await settle(anne, '', '1');
  await anne.getByRole('link', { name: /Vul in waar het over gaat/ }).waitFor();
  await judge(anne, 'gesprek-fout', found);
  await settle(anne, 'Openingstijden', '1');
  await anne.getByText('Heeft de beller nog een vraag?').waitFor();
  await anne.getByLabel('Naam').fill('Jan Voorbeeld');
  await settle(anne, 'Een boom kappen', '3');
  await anne.getByText('Jan Voorbeeld: Een boom kappen').waitFor();
  await judge(anne, 'gesprek-tweede', found);

  // Known by the number, however it is typed; an appointment takes the number along.
  await anne.goto(at('/werk/gesprek?nummer=06-12%2034%2056%2078'));
  await anne.getByText('Jan Voorbeeld: Een boom kappen').waitFor();
  assert.equal(await anne.getByLabel('Naam').inputValue(), 'Jan Voorbeeld');
  await anne.keyboard.press('4');
  await anne.waitForURL(/werk\/balie\/afspraak/);
  assert.equal(await anne.locator('#phone').inputValue(), '06-12 34 56 78');

  await anne.goto(at('/werk/telefoon'));
  await anne.getByRole('heading', { name: /^Nu aan de telefoon/ }).waitFor();
  await judge(anne, 'telefoon', found);
  await anne.goto(at('/werk/telefoon/cijfers'));
  await anne.getByRole('heading', { name: /^Cijfers van de telefoon/ }).waitFor();
  await judge(anne, 'telefoon-cijfers', found);
  await anne.goto(at('/werk/telefoon/bezetting'));
  await anne.getByRole('heading', { name: /^Hoeveel mensen/ }).waitFor();
  await judge(anne, 'telefoon-bezetting', found);
  await anne.goto(at('/werk/telefoon/nummers'));
  await anne.getByLabel(/Voorbeeld/).first().fill('0517 400 401');
  await anne.getByRole('button', { name: 'Nummers vastleggen' }).click();
  await anne.getByText('De nummers zijn vastgelegd.').waitFor();
  await judge(anne, 'telefoon-nummers', found);

  // Without JavaScript the same form does the same.
  const plain = await openPage(browser, { javaScriptEnabled: false });
  await signIn(plain, municipality.url());
  await plain.goto(at('/werk/gesprek?nummer=0517400400'));
  await plain.getByLabel('Waar gaat het over?').fill('Losse tegel');
  await plain.getByRole('button', { name: /Melding/ }).click();
  await plain.getByText('Heeft de beller nog een vraag?').waitFor();
  assert.deepEqual(found, []);
});

/** Seconds to the next Monday but one at ten: the telephone is open then. */
function toMonday() {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + 7 + ((8 - day.getUTCDay()) % 7));
  day.setUTCHours(9, 0, 0, 0);
  return Math.round((day - Date.now()) / 1000);
}

/** An exchange in the tongue of jambonz: it signs what it says, and does what it is told. */
async function exchange(secret) {
  const told = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
      told.push({ path: request.url, ...JSON.parse(body) });
      response.writeHead(202).end();
    });
  });
  await new Promise((listening) => { server.listen(0, '127.0.0.1', listening); });
  const ahead = toMonday();
  const say = async (url, said) => {
    const body = JSON.stringify(said);
    const t = Math.round(Date.now() / 1000) + ahead;
    const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
    const headers = { 'content-type': 'application/json', 'jambonz-signature': `t=${t},v1=${v1}` };
    const answer = await fetch(url, { method: 'POST', headers, body });
    assert.equal(answer.status, 200, url);
    return answer.json();
  };
  const close = () => new Promise((closed) => { server.close(closed); });
  return { told, say, ahead, api: `http://127.0.0.1:${server.address().port}`, close };
}

test('a caller over an exchange is put through', async (t) => {
  const secret = 'een-gedeeld-geheim';
  const jambonz = await exchange(secret);
  const folder = await mkdtemp(path.join(tmpdir(), 'belofte-exchange-'));
  const config = path.join(folder, 'belofte.toml');
  await writeFile(config, `[phone.jambonz]
secret = "${secret}"
api = "${jambonz.api}"
account = "acc"
key = "sleutel"
`);
  const env = { BELOFTE_CONFIG: config, BELOFTE_CLOCK_OFFSET_SECONDS: String(jambonz.ahead) };
  const house = await openMunicipality({ colleague: true, env });
  t.after(() => Promise.all([house.close(), jambonz.close(), rm(folder, { recursive: true })]));
  const found = [];
  const anne = await openPage(browser);
  await signIn(anne, house.url());
  await anne.goto(`${house.url()}/werk/telefoon/nummers`);
  await anne.getByLabel('Anne Voorbeeld').fill('0517 123 101');
  await anne.getByLabel(COLLEAGUE.name).fill('0517 123 102');
  await anne.getByRole('button', { name: 'Nummers vastleggen' }).click();
  await anne.getByText('De nummers zijn vastgelegd.').waitFor();

  const hook = (name) => `${house.url()}/telefoon/jambonz/${name}`;
  const caller = { call_sid: 'c1', direction: 'inbound', from: '+31612345678' };
  const verb = (verbs, name) => verbs.find((it) => it.verb === name);
  const menu = await jambonz.say(hook('new'), { ...caller, call_status: 'trying' });
  const pressed = { ...caller, reason: 'dtmfDetected', digits: '0' };
  const queue = await jambonz.say(verb(menu, 'gather').actionHook, pressed);
  assert.equal(verb(queue, 'enqueue').name, 'employee');
  await jambonz.say(hook('take'), { call_sid: 'e1', direction: 'inbound', from: '+31517123101' });
  const dequeued = { event: 'leave', leave_reason: 'dequeued', queue: 'employee' };
  await jambonz.say(hook('queues'), { ...caller, ...dequeued });

  // The screen knows who it is, and what was typed stays while the caller is put through.
  await anne.goto(`${house.url()}/werk/gesprek`);
  await anne.getByRole('link', { name: '+31612345678' }).waitFor();
  await anne.getByLabel('Waar gaat het over?').fill('Een boom kappen');
  await anne.getByLabel(/^Doorverbinden met/).selectOption({ label: COLLEAGUE.name });
  await judge(anne, 'gesprek-doorverbinden', found);
  await anne.keyboard.press('Escape');
  await anne.keyboard.press('7');
  await anne.getByText('De telefoon van Fenna Voorbeeld gaat over. De inwoner wacht.').waitFor();
  assert.equal(await anne.getByLabel('Waar gaat het over?').inputValue(), 'Een boom kappen');
  assert.equal(jambonz.told.length, 2);
  await judge(anne, 'gesprek-gaat-over', found);
  const line = { call_sid: 'e1', direction: 'inbound' };
  const rings = await jambonz.say(jambonz.told[1].call_hook.url, line);
  assert.equal(verb(rings, 'dial').target[0].number, '+31517123102');
  const reached = { call_sid: 'k1', parent_call_sid: 'e1', direction: 'outbound' };
  await jambonz.say(verb(rings, 'dial').confirmHook, reached);
  await anne.keyboard.press('9');
  await anne.getByText('U overlegt met Fenna Voorbeeld. De inwoner wacht.').waitFor();
  await judge(anne, 'gesprek-overleg', found);
  await anne.keyboard.press('7');
  await anne.getByText('U overlegt met Fenna Voorbeeld').waitFor({ state: 'detached' });
  assert.ok(jambonz.told.some((it) => it.child_call_hook), 'the other line takes the caller');
  await anne.keyboard.press('2');
  await anne.getByText('Heeft de beller nog een vraag?').waitFor();
  assert.deepEqual(found, []);
});
