import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { DomainError } from '../platform/errors.js';
import { MembershipStore } from './membership.store.js';
import { OnCallStore } from './on-call.store.js';
import { ProgrammesService } from './programmes.service.js';

/** Which programmes somebody belongs to. Memberships of closed programmes stay as they are. */
@Injectable()
export class MembershipsService {
  constructor(
    private readonly memberships: MembershipStore,
    private readonly programmes: ProgrammesService,
    private readonly onCall: OnCallStore,
  ) {}

  /** Active programmes of each; nobody is missing. */
  async ofPeople(tx: Tx, personIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const byPerson = new Map<string, string[]>(personIds.map((id) => [id, []]));
    for (const { personId, programmeId } of await this.memberships.ofPeople(tx, personIds)) byPerson.get(personId)?.push(programmeId);
    return byPerson;
  }

  /** Throws `invalid` naming each programme that is not there, or closed. */
  async refuseUnknown(tx: Tx, programmeIds: readonly string[], field: string): Promise<void> {
    const active = new Set((await this.programmes.list(tx)).map(({ id }) => id));
    const errors = programmeIds.flatMap((id, index) =>
      active.has(id) ? [] : [{ field: `${field}.${index}`, code: 'no-such-programme', message: 'There is no such programme.' }],
    );
    if (errors.length > 0) throw new DomainError('invalid', { errors });
  }

  /** Who leaves a programme can no longer answer its pages, so they leave its on-call list as well. */
  async change(tx: Tx, personId: string, change: { readonly join: readonly string[]; readonly leave: readonly string[] }): Promise<void> {
    await this.memberships.add(tx, personId, change.join);
    await this.memberships.remove(tx, personId, change.leave);
    for (const programmeId of change.leave) await this.onCall.strike(tx, programmeId, personId);
  }
}
