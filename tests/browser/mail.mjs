// The mail's side of a story: a relay that keeps what it gets, and a sender of raw messages.

import { once } from 'node:events';
import net from 'node:net';

/** How long a story waits for mail or for a reply, in milliseconds. */
const WAIT_MAX_MS = 30_000;

/**
 * A relay on a free loopback port that keeps every message.
 *
 * Gives `port`, `messages` (each `{ from, to, raw }`, raw as a Buffer without dot stuffing),
 * `received(count)` (waits until there are that many), `refuse({ at, code, text })` and
 * `accept()`, and `stop()`. `at` is the command that is refused: `EHLO`, `MAIL`, `RCPT`, `DATA`,
 * or `END` for the message itself. A code of 4xx asks to come back, 5xx never to. To someone who
 * says LHLO it speaks LMTP.
 */
export async function startSink() {
  const messages = [];
  const sockets = new Set();
  const waiting = new Set();
  let refusal = null;
  const keep = (message) => {
    messages.push(message);
    for (const look of waiting) look();
  };
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // A sender that hangs up is part of some stories.
    converse(socket, (at) => (refusal?.at === at ? refusal : null), keep);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    messages,
    received: (count) => until(() => messages.length >= count, waiting, () =>
      `${messages.length} of ${count} messages came`),
    refuse: ({ at, code, text = 'refused by the story' }) => {
      refusal = { at, code, text };
    },
    accept: () => {
      refusal = null;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * Sends one message over SMTP or LMTP, and gives one `{ to, code, text }` per recipient: the
 * refusal of the recipient, or what was said of the message. A refusal before that is given to
 * all. Text gets CRLF line ends; a Buffer goes as it is, but for dot stuffing.
 */
export async function send({ port, host = '127.0.0.1', protocol = 'lmtp', from, to, raw }) {
  const socket = net.connect(port, host);
  const replies = repliesOf(socket);
  const ask = async (line) => {
    socket.write(`${line}\r\n`);
    return replies();
  };
  try {
    const opening = [
      () => replies(),
      () => ask(protocol === 'lmtp' ? 'LHLO story.example.nl' : 'EHLO story.example.nl'),
      () => ask(`MAIL FROM:<${from}>`),
    ];
    for (const step of opening) {
      const reply = await step();
      if (reply.code >= 400) return to.map((address) => ({ to: address, ...reply }));
    }
    const verdicts = [];
    for (const address of to) {
      verdicts.push({ to: address, ...(await ask(`RCPT TO:<${address}>`)) });
    }
    const accepted = verdicts.filter((verdict) => verdict.code < 400);
    if (accepted.length > 0) await deliver({ socket, replies, ask, protocol, accepted, raw });
    socket.write('QUIT\r\n');
    return verdicts;
  } finally {
    socket.end();
  }
}

/** DATA, the message, and its verdict: one for all in SMTP, one each in LMTP (RFC 2033). */
async function deliver({ socket, replies, ask, protocol, accepted, raw }) {
  const go = await ask('DATA');
  if (go.code !== 354) {
    for (const verdict of accepted) Object.assign(verdict, go);
    return;
  }
  socket.write(stuffed(raw));
  let reply = null;
  for (const verdict of accepted) {
    if (reply === null || protocol === 'lmtp') reply = await replies();
    Object.assign(verdict, reply);
  }
}

/** The bytes of DATA with a dot doubled at the start of a line, and the closing dot. */
function stuffed(raw) {
  const bytes = typeof raw === 'string' ? Buffer.from(raw.replace(/\r?\n/g, '\r\n')) : raw;
  let text = bytes.toString('latin1');
  if (!text.endsWith('\r\n')) text += '\r\n';
  return Buffer.from(`${text.replace(/^\./gm, '..')}.\r\n`, 'latin1');
}

/** The relay's half of one connection. */
function converse(socket, refusalAt, keep) {
  const say = (line) => socket.write(`${line}\r\n`);
  let envelope = { from: null, to: [] };
  let body = null;
  let isLmtp = false;
  const orRefuse = (at, accept) => {
    const refused = refusalAt(at);
    if (refused) say(`${refused.code} ${refused.text}`);
    else accept();
  };
  const finish = () => {
    const raw = Buffer.from(body.join(''), 'latin1');
    body = null;
    const { from, to } = envelope;
    envelope = { from: null, to: [] };
    const refused = refusalAt('END');
    if (!refused) keep({ from, to, raw });
    const verdict = refused ? `${refused.code} ${refused.text}` : '250 kept';
    for (let left = isLmtp ? to.length : 1; left > 0; left -= 1) say(verdict);
  };
  const greet = () =>
    orRefuse('EHLO', () => say('250-sink.example.nl\r\n250-8BITMIME\r\n250 SMTPUTF8'));
  const commands = {
    EHLO: greet,
    LHLO: () => {
      isLmtp = true;
      greet();
    },
    HELO: () => orRefuse('EHLO', () => say('250 sink.example.nl')),
    MAIL: (line) => orRefuse('MAIL', () => {
      envelope = { from: address(line), to: [] };
      say('250 sender noted');
    }),
    RCPT: (line) => orRefuse('RCPT', () => {
      envelope.to.push(address(line));
      say('250 recipient noted');
    }),
    DATA: () => orRefuse('DATA', () => {
      if (envelope.to.length === 0) return say('503 nobody to send to');
      body = [];
      say('354 go on');
    }),
    RSET: () => {
      envelope = { from: null, to: [] };
      say('250 forgotten');
    },
    NOOP: () => say('250 here'),
    QUIT: () => socket.end('221 goodbye\r\n'),
  };
  say('220 sink.example.nl');
  eachLine(socket, (line) => {
    if (body === null) {
      const command = commands[line.slice(0, 4).toUpperCase()];
      if (command) command(line);
      else say('500 unknown here');
    } else if (line === '.') {
      finish();
    } else {
      body.push(`${line.startsWith('.') ? line.slice(1) : line}\r\n`);
    }
  });
}

function address(line) {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}

/** Calls `take` with each line that ends in CRLF, one character a byte. */
function eachLine(socket, take) {
  let rest = '';
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop();
    for (const line of lines) take(line);
  });
}

/** A function that gives the next reply, `{ code, text }`, also one of several lines. */
function repliesOf(socket) {
  const ready = [];
  const waiting = new Set();
  let text = [];
  let failure = null;
  eachLine(socket, (line) => {
    text.push(line.slice(4));
    if (line[3] === '-') return;
    ready.push({ code: Number(line.slice(0, 3)), text: text.join('\n') });
    text = [];
    for (const look of waiting) look();
  });
  const fail = (why) => {
    failure ??= why;
    for (const look of waiting) look();
  };
  socket.on('error', (error) => fail(error.message));
  socket.on('close', () => fail('the connection was closed'));
  return async () => {
    await until(() => ready.length > 0 || failure, waiting, () => 'no reply came');
    if (ready.length === 0) throw new Error(failure);
    return ready.shift();
  };
}

/** Waits until `holds()`; whoever changes something calls the looks in `waiting`. */
function until(holds, waiting, otherwise) {
  return new Promise((resolve, reject) => {
    const finish = (settle) => {
      clearTimeout(timer);
      waiting.delete(look);
      settle();
    };
    const look = () => {
      if (holds()) finish(resolve);
    };
    const timer = setTimeout(() => finish(() => reject(new Error(otherwise()))), WAIT_MAX_MS);
    waiting.add(look);
    look();
  });
}
