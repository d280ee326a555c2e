// Calendar files as two parsers read them that know nothing of each other: one goes by the rules of
// the clock in the file, the other by the name of the zone.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import ICAL from 'ical.js';

const nodeIcal = createRequire(import.meta.url)('node-ical');

/**
 * What an .ics file tells: `{ method, name, events }`, with of each event, in the order of their
 * begin, `{ uid, sequence, status, summary, description, location, link, start, end, organizer,
 * attendee, alarm }`. `start` and `end` are in UTC as ISO 8601 has it, `alarm` is in minutes before
 * the begin; what is not there is null. Throws when the parsers do not agree.
 */
export function readCalendar(raw) {
  assert.ok(!raw.replaceAll('\r\n', '').match(/[\r\n]/), 'every line ends in CR and LF');
  const first = byRules(raw);
  assert.deepEqual(byName(raw), first, 'two parsers read the same');
  return first;
}

const inOrder = (a, b) => a.start.localeCompare(b.start) || a.uid.localeCompare(b.uid);

/** ical.js, with no zone but the one that the file brings. */
function byRules(raw) {
  const calendar = new ICAL.Component(ICAL.parse(raw));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents('vevent').map((component) => {
    const value = (name) => component.getFirstPropertyValue(name);
    const moment = (name) => value(name).toJSDate().toISOString();
    const alarm = component.getFirstSubcomponent('valarm');
    return {
      uid: value('uid'),
      sequence: value('sequence'),
      status: value('status'),
      summary: value('summary'),
      description: value('description'),
      location: value('location'),
      link: value('url'),
      start: moment('dtstart'),
      end: moment('dtend'),
      organizer: value('organizer'),
      attendee: value('attendee'),
      alarm: alarm && alarm.getFirstPropertyValue('trigger').toSeconds() / -60,
    };
  });
  const method = calendar.getFirstPropertyValue('method');
  // A name that starts with X- could be of any type, so its value is as it stands in the file.
  const named = calendar.getFirstPropertyValue('x-wr-calname');
  const name = named && named.replaceAll(/\\([\\;,])/g, '$1');
  return { method, name, events: events.sort(inOrder) };
}

/** node-ical, which finds the zone by its name in what Node knows. */
function byName(raw) {
  const parsed = nodeIcal.sync.parseICS(raw);
  const text = (value) => (value === undefined ? null : (value.val ?? value));
  const events = Object.values(parsed).filter((entry) => entry.type === 'VEVENT').map((event) => ({
    uid: event.uid,
    sequence: Number(event.sequence),
    status: event.status,
    summary: text(event.summary),
    description: text(event.description),
    location: text(event.location),
    link: text(event.url),
    start: event.start.toISOString(),
    end: event.end.toISOString(),
    organizer: text(event.organizer),
    attendee: text(event.attendee),
    alarm: event.alarms ? minutesBefore(event.alarms[0].trigger) : null,
  }));
  const { method, 'WR-CALNAME': name = null } = parsed.vcalendar;
  return { method, name, events: events.sort(inOrder) };
}

/** `-PT60M`, the only way in which we write it. */
const minutesBefore = (trigger) => Number(/^-PT(\d+)M$/.exec(trigger)[1]);
