import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { AccountPrincipal } from '../access/principal.js';
import { DeskService } from '../dispatch/desk.service.js';
import { readConfigFile } from '../platform/config-files.js';
import type { Tx } from '../platform/database/tx.js';
import { Database } from '../platform/database/database.js';
import { DomainError } from '../platform/errors.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { ANSWERS, CHANNELS, CONTACT_KINDS } from '../requests/domain/request.js';
import { RequestsService } from '../requests/requests.service.js';
import { arrived, type Evening } from './domain/evening.js';
import { EveningStore, type Actor, type PlayedRequest } from './evening.store.js';

const answer = z.enum(ANSWERS);
const planned = z.strictObject({
  atSeconds: z.number().int().min(0), programme: z.string().min(1), channel: z.enum(CHANNELS), contactKind: z.enum(CONTACT_KINDS), language: z.string().min(2),
  acuity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]), countyFips: z.string().regex(/^\d{5}$/).optional(),
  experience: z.array(z.string()), populations: z.array(z.string()),
  safety: z.strictObject({ imminentDanger: answer, violence: answer, medicalEmergency: answer, minor: answer }),
});
const eveningFile = z.strictObject({ lengthSeconds: z.number().int().positive(), windDownSeconds: z.number().int().positive(), requests: z.array(planned).min(1) });

/** Takes the evening's requests in and cancels what is left of them, as a coordinator would. */
@Injectable()
export class EveningDesk {
  readonly plan = readConfigFile('demo-evening.json', eveningFile);

  constructor(
    private readonly db: Database,
    private readonly store: EveningStore,
    private readonly programmes: ProgrammesService,
    private readonly intake: RequestsService,
    private readonly desk: DeskService,
  ) {}

  /** What has come by now. One the catalogue does not know any more is left out. */
  async receive(evening: Evening, atMs: number): Promise<void> {
    const [requests, programmes, actor] = await this.db.read(async (tx) => [
      await this.requests(tx, evening), await this.programmes.list(tx), await this.store.account(tx, evening.deskAccountId),
    ] as const);
    const taken = new Set(requests.map(({ externalRef }) => positionOf(evening, externalRef)).filter((position) => position !== null));
    for (const position of arrived(this.plan.requests, taken, atMs)) {
      const { programme, countyFips, experience, populations, channel, contactKind, language, acuity, safety } = this.plan.requests[position] ?? missing(position);
      const programmeId = (programmes.find(({ name }) => name === programme) ?? programmes[0])?.id;
      if (!actor || !programmeId) return;
      await unlessRefused(() => this.intake.receive(principalOf(actor, 'coordinator'), {
        channel, contactKind, language, acuity, safety, programmeId, place: countyFips ? { countyFips } : undefined, needs: { experience, populations, skills: [] }, externalRef: refOf(evening, position),
      }));
    }
  }

  /** Whom a person of flesh and blood is in contact with is theirs to end. */
  async cancelOpen(evening: Evening): Promise<void> {
    const [requests, actor] = await this.db.read(async (tx) => [await this.requests(tx, evening), await this.store.account(tx, evening.deskAccountId)] as const);
    if (!actor) return;
    for (const { id } of requests.filter(({ open }) => open)) {
      await unlessRefused(() => this.desk.cancel(principalOf(actor, 'coordinator'), id, 'The played evening is over'));
    }
  }

  requests(tx: Tx, evening: Pick<Evening, 'id' | 'startedAt'>): Promise<PlayedRequest[]> {
    return this.store.requests(tx, prefixOf(evening), evening.startedAt);
  }

  async programmeIds(tx: Tx): Promise<string[]> {
    return (await this.programmes.list(tx)).map(({ id }) => id);
  }
}

function missing(position: number): never {
  throw new Error(`the evening has no request ${position}`);
}

/** Requests of an evening are known by their reference, so that it can be cleared away whatever happened in between. */
const prefixOf = ({ id }: Pick<Evening, 'id'>): string => `DEMO-${id.slice(-12)}-`;
const refOf = (evening: Pick<Evening, 'id'>, position: number): string => `${prefixOf(evening)}${String(position + 1).padStart(2, '0')}`;

/** Null: not one of this evening's. */
export function positionOf(evening: Pick<Evening, 'id'>, externalRef: string | null): number | null {
  const prefix = prefixOf(evening);
  return externalRef?.startsWith(prefix) ? Number(externalRef.slice(prefix.length)) - 1 : null;
}

/** Services ask who acts, not through which session. */
export function principalOf({ accountId, personId }: Actor, role: 'coordinator' | 'peer'): AccountPrincipal {
  return { kind: 'account', accountId, personId, roles: [role], peer: role === 'peer', sessionId: accountId };
}

/** Somebody else was quicker, or the rules say no: the next look sees how it stands. */
export async function unlessRefused(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (fault) {
    if (!(fault instanceof DomainError) || fault.status >= 500) throw fault;
  }
}
