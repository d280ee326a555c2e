// Holds what we say to jambonz and what we understand of it against the schemas it publishes.
// Reads a file with a list of verbs a line; the hooks stand in jambonz-hooks.json.

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const { validateApp } = require('@jambonz/schema');
const Ajv = require('ajv/dist/2020').default;
const folder = dirname(require.resolve('@jambonz/schema'));
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

// Their schemas allow any other property; a name that none of them knows is a mistake of ours.
function stranger(verb) {
  const known = read(join(folder, 'verbs', `${verb.verb}.schema.json`)).properties;
  return Object.keys(verb).find((name) => !(name in known));
}

function complaint(verbs) {
  const { valid, errors } = validateApp(verbs);
  if (!valid) return JSON.stringify(errors.slice(0, 3));
  const odd = verbs.find(stranger);
  return odd && `${odd.verb} has no ${stranger(odd)}`;
}

// Lists that must be refused, so that what is accepted means something.
const WRONG = {
  'no list': {},
  'an empty list': [],
  'no verb of theirs': [{ verb: 'zeg', text: 'Hallo' }],
  'digits in words': [{ verb: 'gather', numDigits: 'een' }],
  'keys of no kind': [{ verb: 'gather', input: ['toetsen'] }],
  'a queue without a name': [{ verb: 'enqueue', waitHook: '/wait' }],
  'nobody to call': [{ verb: 'dial', target: [] }],
  'a target of no kind': [{ verb: 'dial', target: [{ number: '+31517492222' }] }],
  'a voice of nobody': [{ verb: 'say', text: 'Hallo', synthesizer: { language: 'nl-NL' } }],
  'a name that is not known': [{ verb: 'gather', numDigit: 1 }],
};

// Hooks that must be refused: the hook's schema and a body.
const WRONG_HOOKS = {
  'a queue left somehow': ['enqueue', { queue_sid: 'q', queue_time: 1, queue_result: 'gone' }],
  'no time in a queue': ['enqueue-wait', { queue_sid: 'q' }],
  'a time in words': ['enqueue-wait', { queue_sid: 'q', queue_time: 'lang' }],
  'keys for no reason': ['gather', { reason: 'pressed' }],
  'a call that goes sideways': ['session-new', { direction: 'sideways' }],
  'a status of no kind': ['call-status', { call_status: 'gone' }],
};

const ajv = new Ajv({ strict: false, logger: false });
for (const name of readdirSync(join(folder, 'callbacks'))) {
  ajv.addSchema(read(join(folder, 'callbacks', name)));
}
const fits = (schema, body) => {
  const validate = ajv.getSchema(`https://jambonz.org/schema/callbacks/${schema}`);
  return validate(body) ? undefined : ajv.errorsText(validate.errors);
};

const failed = [];
const lines = readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean);
for (const line of lines) {
  const why = complaint(JSON.parse(line));
  if (why) failed.push(`${why}: ${line}`);
}
if (lines.length < 60) failed.push(`only ${lines.length} lists of verbs`);
for (const [what, verbs] of Object.entries(WRONG)) {
  if (!complaint(verbs)) failed.push(`${what} was accepted`);
}
const hooks = read(new URL('jambonz-hooks.json', import.meta.url));
for (const { hook, schema, body } of hooks) {
  const why = fits(schema, body);
  if (why) failed.push(`${hook}: ${why}: ${JSON.stringify(body)}`);
}
for (const [what, [schema, body]] of Object.entries(WRONG_HOOKS)) {
  if (!fits(schema, body)) failed.push(`${what} was accepted`);
}
if (failed.length > 0) {
  console.error(failed.join('\n'));
  process.exit(1);
}
const refused = Object.keys(WRONG).length + Object.keys(WRONG_HOOKS).length;
console.log(`jambonz: ${lines.length} lists of verbs and ${hooks.length} hooks are as described, ` +
  `${refused} wrong ones refused`);
