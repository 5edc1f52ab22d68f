import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { RelationsStore } from './relations.store.js';

/** Who stands behind somebody now; null where nobody does. */
export interface Supervisors {
  readonly supervisorId: string | null;
  readonly deputyId: string | null;
}

/** Who supervises whom, for every module that has to know. In effect at that moment only. */
@Injectable()
export class RelationsService {
  constructor(private readonly store: RelationsStore) {}

  async supervisorsOf(tx: Tx, personId: string, now: Date): Promise<Supervisors> {
    const standing = await this.store.inEffect(tx, personId, now);
    const of = (kind: 'supervisor' | 'deputy'): string | null => standing.find((each) => each.kind === kind)?.supervisorId ?? null;
    return { supervisorId: of('supervisor'), deputyId: of('deputy') };
  }

  /** As supervisor or deputy. */
  async isSupervisorOf(tx: Tx, supervisorPersonId: string, personId: string, now: Date): Promise<boolean> {
    const { supervisorId, deputyId } = await this.supervisorsOf(tx, personId, now);
    return supervisorPersonId === supervisorId || supervisorPersonId === deputyId;
  }

  /** Ids of the people they stand behind, as supervisor or deputy. */
  peersOf(tx: Tx, supervisorPersonId: string, now: Date): Promise<string[]> {
    return this.store.peersOf(tx, supervisorPersonId, now);
  }
}
