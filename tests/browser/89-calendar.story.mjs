// Calendar files of visits, read by programs that we did not write. The files are those that the
// tests of the words compare with what is written (`crates/words/tests/all/calendars.rs`).

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { readCalendar } from './calendar.mjs';

const FOLDER = new URL('../../crates/words/tests/all/calendars/', import.meta.url);

/** Git keeps the files with plain line ends. */
async function written(name) {
  return (await readFile(new URL(`${name}.ics`, FOLDER), 'utf8')).replaceAll('\n', '\r\n');
}

/** The file, its method and sequence, and its begin and end in UTC, worked out by hand. */
const VISITS = [
  ['thursday', 'REQUEST', 0, '2026-11-26T18:00:00.000Z', '2026-11-26T18:20:00.000Z'],
  ['after-autumn', 'REQUEST', 0, '2026-10-26T08:00:00.000Z', '2026-10-26T08:10:00.000Z'],
  ['after-spring', 'REQUEST', 0, '2027-03-29T07:00:00.000Z', '2027-03-29T07:10:00.000Z'],
  ['new-year', 'REQUEST', 0, '2026-12-31T22:55:00.000Z', '2026-12-31T23:10:00.000Z'],
  ['twice', 'REQUEST', 0, '2026-10-25T01:30:00.000Z', '2026-10-25T02:15:00.000Z'],
  ['frisian', 'REQUEST', 0, '2026-12-03T12:15:00.000Z', '2026-12-03T12:45:00.000Z'],
  ['cancel', 'CANCEL', 2, '2026-11-26T18:00:00.000Z', '2026-11-26T18:20:00.000Z'],
  ['published', 'PUBLISH', 0, '2026-11-26T18:00:00.000Z', '2026-11-26T18:20:00.000Z'],
];

for (const [name, method, sequence, start, end] of VISITS) {
  test(`${name}: two programs read the same visit`, async () => {
    const calendar = readCalendar(await written(name));
    assert.equal(calendar.method, method);
    assert.equal(calendar.events.length, 1);
    const [visit] = calendar.events;
    assert.equal(visit.uid, '2026-000123@contact.example.nl');
    assert.deepEqual([visit.sequence, visit.start, visit.end], [sequence, start, end]);
    assert.equal(visit.status, method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED');
    assert.equal(visit.alarm, method === 'REQUEST' ? 60 : null);
    assert.equal(visit.organizer, 'mailto:info@harlingen.example');
    assert.equal(visit.attendee === null, method === 'PUBLISH');
  });
}

test('what somebody typed arrives as it was typed', async () => {
  const [visit] = readCalendar(await written('frisian')).events;
  assert.equal(visit.summary, 'Ôfspraak: "rydbewiis", ferlingje; of nij 🚗');
  assert.equal(visit.location, 'Stedhûs, Foarstrjitte 35; kluske 2, Harns');
  const said = visit.description;
  assert.ok(said.startsWith('Nim jo âlde paspoart, in pasfoto en “it brief” mei; komme jo letter, '));
  const last = '\n\nRoute: C:\\kaart\\stêd; s. 1,5\nBEGIN:VEVENT\n"Oant sjen" 👩‍👩‍👧‍👦😀';
  assert.ok(said.endsWith(last), said);
  assert.equal(visit.attendee, 'mailto:sjoerd%3Fcc%3Dx@example.nl');
});

test('a feed keeps its hour when the clock changes', async () => {
  const { method, name, events } = readCalendar(await written('feed'));
  assert.deepEqual([method, name, events.length], ['PUBLISH', 'Afspraken; loket 2', 30]);
  events.forEach((event, nr) => {
    const day = new Date(Date.UTC(2026, 8, 1 + 9 * nr)).toISOString().slice(0, 10);
    const summer = day < '2026-10-25' || day >= '2027-03-28';
    assert.equal(event.uid, `loket-${nr}@contact.example.nl`);
    assert.equal(event.start, `${day}T${summer ? '08' : '09'}:30:00.000Z`);
    assert.equal(event.sequence, nr % 3);
    assert.equal(event.attendee, null);
  });
});

test('parsers that do not agree are found out', async () => {
  const file = await written('thursday');
  const changed = file.replaceAll('TZOFFSETTO:+0100', 'TZOFFSETTO:+0300');
  assert.throws(() => readCalendar(changed), /two parsers/);
  assert.throws(() => readCalendar(file.replaceAll('\r\n', '\n')), /every line/);
});
