// The helpers themselves: a story that fails here would fail everywhere for the wrong reason.

import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { WIDTHS, axe, launch, openPage, shots, startBelofte } from './browser.mjs';
import { send, startSink } from './mail.mjs';

const asPage = (html) => `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;

const GOOD = `<!doctype html><html lang="nl"><title>Proef</title>
  <main><h1>Lamp kapot</h1><label>Naam <input value="Jan Voorbeeld"></label></main>`;

const BAD = `<!doctype html><html><title>Proef</title>
  <main><h1>Lamp kapot</h1><input style="width: 900px"></main>`;

test('a page is read, checked and pictured', async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const page = await openPage(browser);

  await page.goto(asPage(GOOD));
  assert.equal(await page.getByLabel('Naam').inputValue(), 'Jan Voorbeeld');
  assert.deepEqual(await axe(page), []);
  const taken = await shots(page, 'smoke');
  assert.deepEqual(taken.map((shot) => shot.width), WIDTHS);
  for (const { file, overflows } of taken) {
    assert.equal(overflows, false);
    assert.ok((await stat(file)).size > 0);
  }

  await page.goto(asPage(BAD));
  const found = await axe(page);
  assert.deepEqual(found.map((each) => each.id).sort(), ['html-has-lang', 'label']);
  assert.deepEqual(found.find((each) => each.id === 'label').where, ['input']);
  const wide = await shots(page, 'smoke-wide');
  assert.deepEqual(wide.map((shot) => shot.overflows), [true, true, false]);
});

/** A stand-in for the binary: a script that answers as it is told. */
async function standIn(t, script) {
  const folder = await mkdtemp(path.join(tmpdir(), 'belofte-smoke-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'belofte');
  await writeFile(file, `#!${process.execPath}\n${script}`);
  await chmod(file, 0o755);
  return file;
}

const LISTENS = `
  const http = require('node:http');
  const folder = process.argv[process.argv.indexOf('--data') + 1];
  require('node:fs').writeFileSync(folder + '/arguments', process.argv.slice(2).join(' '));
  const server = http.createServer((_, response) => response.end(process.env.GREETING));
  server.listen(0, '127.0.0.1', () =>
    console.log('listening on http://127.0.0.1:' + server.address().port + '/'));
`;

test('the binary is started, found and ended', async (t) => {
  const binary = await standIn(t, LISTENS);
  const belofte = await startBelofte({ args: ['demo'], env: { GREETING: 'dag' }, binary });
  assert.equal(await (await fetch(`${belofte.url}/`)).text(), 'dag');
  const seen = await readFile(path.join(belofte.data, 'arguments'), 'utf8');
  assert.equal(seen, `demo --data ${belofte.data} --listen 127.0.0.1:0`);
  assert.match(belofte.log(), /listening on/);
  await belofte.stop();
  await assert.rejects(fetch(belofte.url));
  await assert.rejects(stat(belofte.data));
});

test('after a crash the data is still there for the next start', async (t) => {
  const binary = await standIn(t, LISTENS);
  const first = await startBelofte({ binary });
  t.after(() => rm(first.data, { recursive: true, force: true }));
  await first.crash();
  const second = await startBelofte({ binary, data: first.data });
  await second.stop();
  assert.ok((await stat(first.data)).isDirectory());
});

test('a binary that ends at once is quoted', async (t) => {
  const binary = await standIn(t, 'console.error("no such norm file"); process.exit(2);');
  await assert.rejects(startBelofte({ binary }), /ended with 2 before it listened\nno such norm/);
});

const MAIL = 'From: jan@example.nl\nSubject: lamp kapot\n\n.begin\nsinds dinsdag\n';

for (const protocol of ['smtp', 'lmtp']) {
  test(`mail goes out over ${protocol}, is kept, and is the same byte for byte`, async (t) => {
    const sink = await startSink();
    t.after(() => sink.stop());
    const to = ['loket@example.nl', 'post@example.nl'];
    const verdicts = await send({
      port: sink.port, protocol, from: 'jan@example.nl', to, raw: MAIL,
    });
    assert.deepEqual(verdicts, to.map((address) => ({ to: address, code: 250, text: 'kept' })));
    await sink.received(1);
    assert.deepEqual(sink.messages, [
      { from: 'jan@example.nl', to, raw: Buffer.from(MAIL.replaceAll('\n', '\r\n')) },
    ]);
  });
}

test('the relay refuses where it is told, until it accepts again', async (t) => {
  const sink = await startSink();
  t.after(() => sink.stop());
  const once = () => send({
    port: sink.port, protocol: 'smtp', from: '', to: ['jan@example.nl'], raw: MAIL,
  });
  for (const at of ['EHLO', 'MAIL', 'RCPT', 'DATA', 'END']) {
    sink.refuse({ at, code: 451, text: 'later' });
    assert.deepEqual(await once(), [{ to: 'jan@example.nl', code: 451, text: 'later' }], at);
  }
  assert.equal(sink.messages.length, 0);
  sink.accept();
  assert.equal((await once())[0].code, 250);
  assert.equal(sink.messages.length, 1);
});
