import { Injectable } from '@nestjs/common';
import { AccountsService } from '../access/accounts.service.js';
import type { Role } from '../access/principal.js';
import { PeersService } from '../peers/peers.service.js';
import type { Tx } from '../platform/database/tx.js';
import { AreasService } from '../programmes/areas.service.js';
import { OnCallService } from '../programmes/on-call.service.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { DemoStore } from './demo.store.js';
import { AREAS, ON_CALL_MAILBOX, PEERS, PROGRAMMES, STAFF, type DemoPeer } from './people.js';

const ORGANISATION = 'Lane Demo';
export const emailOf = (mailbox: string): string => `${mailbox}@demo.test`;
export const peerMailbox = (index: number): string => `peer${String(index + 1).padStart(2, '0')}`;

interface DemoPerson {
  readonly accountId: string;
  readonly personId: string;
}

export interface Seeded {
  readonly created: boolean;
  readonly demo: boolean;
  readonly programmeIds: readonly string[];
  /** By mailbox; of a database that was left as it is, nobody. */
  readonly staff: ReadonlyMap<string, DemoPerson>;
  readonly peers: ReadonlyMap<string, DemoPerson>;
}

/** Enters the demo's people through the same services as real ones. */
@Injectable()
export class DemoService {
  constructor(
    private readonly store: DemoStore,
    private readonly accounts: AccountsService,
    private readonly programmes: ProgrammesService,
    private readonly areas: AreasService,
    private readonly onCall: OnCallService,
    private readonly peers: PeersService,
  ) {}

  /** False when the database was not empty; nothing is written then. Every account gets the same password. */
  async seed(tx: Tx, hash: () => Promise<string>): Promise<Seeded> {
    const [staff, peers] = [new Map<string, DemoPerson>(), new Map<string, DemoPerson>()];
    const { empty, demo } = await this.store.lockDeployment(tx);
    if (!empty) return { created: false, demo, programmeIds: [], staff, peers };
    const passwordHash = await hash();
    await this.store.becomeDemo(tx, ORGANISATION);
    const programmeIds: string[] = [];
    for (const programme of PROGRAMMES) programmeIds.push((await this.programmes.create(tx, programme)).id);
    const areaIds = new Map<string, string>();
    for (const { name, countyFips } of AREAS) areaIds.set(name, await this.areas.create(tx, name, countyFips));
    for (const { mailbox, name, role, also = [] } of STAFF) {
      const person = await this.join(tx, programmeIds, { mailbox, name, roles: [role, ...also], passwordHash });
      staff.set(mailbox, person);
      if (mailbox === ON_CALL_MAILBOX) for (const id of programmeIds) await this.onCall.setList(tx, id, [person.accountId]);
    }
    for (const [index, peer] of PEERS.entries()) {
      const person = await this.join(tx, programmeIds, { mailbox: peerMailbox(index), name: peer.name, roles: ['peer'], passwordHash });
      peers.set(peerMailbox(index), person);
      await this.enrol(tx, person.personId, peer, areaIds.get(peer.area) ?? null);
    }
    return { created: true, demo: true, programmeIds, staff, peers };
  }

  private async join(
    tx: Tx, programmeIds: readonly string[], who: { mailbox: string; name: string; roles: readonly Role[]; passwordHash: string },
  ): Promise<DemoPerson> {
    const ids = await this.accounts.create(tx, {
      email: emailOf(who.mailbox), displayName: who.name, roles: who.roles, passwordHash: who.passwordHash,
    });
    for (const programmeId of programmeIds) await this.programmes.join(tx, programmeId, ids.personId);
    return ids;
  }

  private async enrol(tx: Tx, personId: string, { name: _, area: __, ...profile }: DemoPeer, areaId: string | null): Promise<void> {
    await this.peers.enrol(tx, { ...profile, personId, areaId });
  }
}
