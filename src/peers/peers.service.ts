import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { Principal } from '../access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import type { PeerProfile, Trait } from './domain/peer.js';
import { PeerStore, type PeerRow, type PeerSearch } from './peer.store.js';

type NewPeer = Omit<PeerProfile, 'status'> & { readonly traits: readonly Trait[] };

@Injectable()
export class PeersService {
  constructor(
    private readonly peers: PeerStore,
    private readonly programmes: ProgrammesService,
    private readonly access: AccessService,
    private readonly clock: Clock,
  ) {}

  /** Peers of the caller's programmes by name; admins see everybody's, and alone those who no longer serve. */
  async page(tx: Tx, who: Principal, slice: Omit<PeerSearch, 'programmeIds' | 'now'>): Promise<PeerRow[]> {
    if (slice.status === 'inactive' && !this.access.includes(who, 'peer.keep')) return [];
    const programmeIds = await this.scopeOf(tx, who, 'peer.list');
    return this.peers.page(tx, { ...slice, programmeIds, now: this.clock.now() });
  }

  /** Null when there is no such peer, or none the caller may see. */
  async find(tx: Tx, who: Principal, personId: string): Promise<PeerRow | null> {
    return this.peers.byId(tx, personId, await this.scopeOf(tx, who, 'peer.read'), this.clock.now());
  }

  /** For rules and commands, not for showing to anybody; null when the person is not a peer. */
  profileOf(tx: Tx, personId: string): Promise<PeerProfile | null> {
    return this.peers.profile(tx, personId);
  }

  async shareProgramme(tx: Tx, personId: string, otherId: string): Promise<boolean> {
    const mine = new Set(await this.programmes.programmesOf(tx, personId));
    return (await this.programmes.programmesOf(tx, otherId)).some((id) => mine.has(id));
  }

  async enrol(tx: Tx, { traits, ...profile }: NewPeer): Promise<void> {
    await this.peers.insert(tx, { ...profile, status: 'active' }, traits);
  }

  private async scopeOf(tx: Tx, who: Principal, action: string): Promise<string[] | null> {
    if (this.access.reach(who, action).some((relations) => relations.length === 0)) return null;
    return (await this.programmes.reach(tx, who, action)).map(({ id }) => id);
  }
}
