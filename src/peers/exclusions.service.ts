import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { Facts } from '../access/domain/matrix.js';
import type { Principal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { invalidField } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { HOME_COUNTRY, namesNobody, normaliseRequesterKey } from '../platform/requester-key.js';
import { KeyedHash } from '../platform/seal.js';
import { ExclusionsStore, type ExcludedKey } from './exclusions.store.js';
import { PeersService } from './peers.service.js';

export const EXCLUDE = 'peer.exclude';

/**
 * Not these two. Kept as a keyed hash and never listed back, not even as already there; no event and no audit entry
 * says who keeps whom out.
 */
@Injectable()
export class ExclusionsService implements OnModuleInit {
  private readonly parters: ((personId: string) => Promise<void>)[] = [];

  constructor(
    private readonly store: ExclusionsStore,
    private readonly peers: PeersService,
    private readonly access: AccessService,
    @Inject(KeyedHash) private readonly keyedHash: KeyedHash,
    private readonly ground: Ground,
  ) {}

  onModuleInit(): void {
    this.access.registerSubject({ kind: EXCLUDE, visible: (who, personId) => this.mayExclude(who, personId) });
  }

  /** As typed, in any spelling. Throws `invalid` for a key that names nobody. */
  async excludeRequester(personId: string, requesterKey: string): Promise<void> {
    const normalised = normaliseRequesterKey(requesterKey, HOME_COUNTRY);
    if (namesNobody(normalised)) throw invalidField('requesterKey', 'Give a telephone number, an e-mail address or a reference.', 'blank');
    const key = { keyId: this.keyedHash.keyId, keyHash: this.keyedHash.of(normalised) };
    await this.ground.db.withTx((tx) => this.exclude(tx, personId, [key], this.ground.clock.now()));
    for (const part of this.parters) await part(personId);
  }

  /** Called after it was written: what the two have to do with each other by now is taken back. */
  onExcluded(part: (personId: string) => Promise<void>): void {
    this.parters.push(part);
  }

  /** The keys of a request, for a peer who knows the requester. Repeats are harmless. */
  async exclude(tx: Tx, personId: string, keys: readonly ExcludedKey[], now: Date): Promise<void> {
    for (const key of keys) await this.store.add(tx, { ...key, id: this.ground.ids.next(), personId, setAt: now });
  }

  private mayExclude(who: Principal, personId: string): Promise<boolean> {
    return this.ground.db.read(async (tx) => {
      if (who.kind !== 'account' || !(await this.peers.profileOf(tx, personId))) return false;
      const facts: Facts = { isOwn: who.personId === personId, inProgramme: await this.peers.shareProgramme(tx, who.personId, personId) };
      return this.access.reach(who, EXCLUDE).some((relations) => relations.every((relation) => facts[relation] === true));
    });
  }
}
