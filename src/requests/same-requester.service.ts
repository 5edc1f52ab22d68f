import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { DomainError, invalidField } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { HOME_COUNTRY, namesNobody, normaliseRequesterKey } from '../platform/requester-key.js';
import { KeyedHash } from '../platform/seal.js';
import { after } from '../platform/time.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { LOOKS, secondsToNextLook } from './domain/same-requester.js';
import { SameRequesterStore, type OpenRequest } from './same-requester.store.js';

/** Whether somebody who asks for help is waiting already: told while they are being taken in, to those who could open the request anyway. */
@Injectable()
export class SameRequester {
  constructor(
    private readonly store: SameRequesterStore,
    private readonly programmes: ProgrammesService,
    @Inject(KeyedHash) private readonly keyedHash: KeyedHash,
    private readonly ground: Ground,
  ) {}

  /** In the caller's programmes. Each look is on record, without the key. Throws `invalid` for a key that names nobody, `too-many-looks`. */
  async openFor(me: AccountPrincipal, requesterKey: string): Promise<OpenRequest | null> {
    const normalised = normaliseRequesterKey(requesterKey, HOME_COUNTRY);
    if (namesNobody(normalised)) throw invalidField('requesterKey', 'Give a telephone number, an e-mail address or a reference.', 'blank');
    const key = { keyId: this.keyedHash.keyId, keyHash: this.keyedHash.of(normalised) };
    return this.ground.db.withTx(async (tx) => {
      await this.store.lockLooks(tx, me.accountId);
      const now = this.ground.clock.now();
      const earlier = after(now, -LOOKS.withinMs);
      const retryAfterSeconds = secondsToNextLook(await this.store.looksOf(tx, me.accountId, earlier), now);
      if (retryAfterSeconds > 0) throw new DomainError('too-many-looks', { retryAfterSeconds });
      await this.store.addLook(tx, { id: this.ground.ids.next(), accountId: me.accountId, at: now }, earlier);
      const found = await this.store.openOf(tx, key, await this.programmes.programmesOf(tx, me.personId));
      const subject = found ? { subjectType: 'request', subjectId: found.requestId } : { subjectType: 'account', subjectId: me.accountId };
      await this.ground.events.audit(tx, now, { action: 'request.find-same', ...subject, actor: actorOf(me), data: { found: found !== null } });
      return found;
    });
  }
}
