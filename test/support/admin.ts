import type { Role } from '../../src/access/principal.js';
import { PASSWORD, type Person } from './given.js';
import type { Answer, Api } from './http-api.js';
import { listening } from './listening.js';
import type { World } from './world.js';

/** What stands behind the `#` of a one-time link. */
export function tokenIn(answer: Answer): string {
  const { link } = answer.body;
  if (typeof link !== 'string') throw new Error(`no link in ${answer.status} ${answer.text}`);
  return link.split('#')[1] ?? '';
}

/** The API of a world, and an administrator who is signed in to it. */
export class AdminDesk {
  private people = 0;

  private constructor(
    readonly api: Api,
    readonly admin: Person,
    public asAdmin: Api,
  ) {}

  static async open(world: World): Promise<AdminDesk> {
    const api = await listening(world);
    const admin = await world.given.person({ roles: ['admin'], canSignIn: true });
    return new AdminDesk(api, admin, await api.signIn(admin.email, PASSWORD));
  }

  /** After the clock has moved beyond what a session lasts. */
  async signInAgain(): Promise<void> {
    this.asAdmin = await this.api.signIn(this.admin.email, PASSWORD);
  }

  async invited({ roles = ['coordinator'] }: { readonly roles?: readonly Role[] } = {}): Promise<{ id: string; email: string; token: string }> {
    this.people += 1;
    const email = `new${this.people}@example.test`;
    const answer = await this.asAdmin.post('/accounts', { email, displayName: `Newcomer ${this.people}`, roles });
    const { account } = answer.body as { account?: { id: string } };
    if (answer.status !== 201 || !account) throw new Error(`not invited: ${answer.status} ${answer.text}`);
    return { id: account.id, email, token: tokenIn(answer) };
  }
}
