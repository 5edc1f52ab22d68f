import type { AddressInfo } from 'node:net';
import { PASSWORD, type Person } from './given.js';
import { Api } from './http-api.js';
import type { World } from './world.js';

/** Lets the world's application listen, on any free port unless one is named, and returns its public API. */
export async function listening({ app }: Pick<World, 'app'>, port = 0): Promise<Api> {
  await app.listen(port, '127.0.0.1');
  return new Api(`http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`);
}

/** The cookie of a fresh session, for those who talk HTTP by hand. */
export async function cookieOf(api: Api, person: Pick<Person, 'email'>): Promise<string> {
  const answer = await api.post('/sessions', { email: person.email, password: PASSWORD });
  const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0];
  if (!cookie) throw new Error(`${person.email} could not sign in: ${answer.status} ${answer.text}`);
  return cookie;
}
