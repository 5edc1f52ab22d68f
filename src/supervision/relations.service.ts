import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Relation } from './domain/relation.js';
import { RelationsStore } from './relations.store.js';

/** Who stands behind somebody now; null where nobody does. */
interface Supervisors {
  readonly supervisorId: string | null;
  readonly deputyId: string | null;
}

/** Told of everybody who is to stand behind a peer, in the same transaction. */
interface SuccessionDoor {
  appointed(tx: Tx, relation: Pick<Relation, 'personId' | 'supervisorId' | 'effectiveAt'>): Promise<void>;
  /** Earlier than was said, by the peer's tap. */
  began(tx: Tx, relation: Pick<Relation, 'personId' | 'supervisorId'>): Promise<void>;
}

/** Who supervises whom, for every module that has to know. In effect at that moment only. */
@Injectable()
export class RelationsService {
  private door: SuccessionDoor | null = null;

  constructor(private readonly store: RelationsStore) {}

  /** Held by who has something to hand over, behind walls of its own. */
  useSuccessionDoor(door: SuccessionDoor): void {
    this.door = door;
  }

  get succession(): SuccessionDoor {
    if (!this.door) throw new Error('nobody said what a successor is told');
    return this.door;
  }

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
