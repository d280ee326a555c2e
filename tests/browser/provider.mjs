// A provider of OpenID Connect for a story: a real one, with people that the story knows.

import http from 'node:http';
import { once } from 'node:events';
import Provider from 'oidc-provider';

/** How this program is known there. */
export const CLIENT = { id: 'belofte', secret: 'een geheim van deze proef' };

/**
 * Starts it on a free port. `people` are claims by login; a story may change them. `url` is the
 * issuer; `sendsBackTo(address)` says where its people come from. The story stops it.
 */
export async function startProvider(people) {
  let answer;
  const server = http.createServer((request, response) => answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    sendsBackTo: (address) => {
      const provider = new Provider(url, {
        clients: [{
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [address],
        }],
        claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'] },
        cookies: { keys: ['alleen voor deze proef'] },
        findAccount: (_, id) => (people[id]
          ? { accountId: id, claims: () => ({ sub: id, ...people[id] }) }
          : undefined),
      });
      answer = provider.callback();
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Signs in there as this person, and agrees. */
export async function signInThere(page, login) {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('wordt daar niet nagekeken');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Continue' }).click();
}
