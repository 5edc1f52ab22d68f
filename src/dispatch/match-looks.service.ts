import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { assertNever, DomainError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { after } from '../platform/time.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { RequestsService } from '../requests/requests.service.js';
import { judgeLook, LOOKS } from './domain/match-look.js';
import { MatchLooksStore } from './match-looks.store.js';

/** Who looked for which request at who would be asked: on record, and no oftener than anybody at a desk needs. */
@Injectable()
export class MatchLooks {
  constructor(
    private readonly store: MatchLooksStore,
    private readonly requests: RequestsService,
    private readonly ground: Ground,
  ) {}

  /** The request that may be looked at. Errors: 404, 409 `not-searching-yet`, `request-not-open`, 429 `too-many-looks`. */
  async at(tx: Tx, principal: AccountPrincipal, id: string): Promise<CrisisRequest> {
    const request = await this.requests.findVisible(tx, principal, id);
    await this.store.lock(tx, principal.accountId);
    const now = this.ground.clock.now();
    const earlier = after(now, -LOOKS.withinMs);
    const verdict = judgeLook(request, await this.store.looksOf(tx, principal.accountId, earlier), now);
    switch (verdict.kind) {
      case 'refuse':
        throw new DomainError(verdict.code);
      case 'wait':
        throw new DomainError('too-many-looks', { retryAfterSeconds: verdict.retryAfterSeconds });
      case 'on-record':
        return request;
      case 'record':
        await this.store.record(tx, principal.accountId, { requestId: request.id, at: now }, earlier);
        await this.ground.events.audit(tx, now, { action: 'request.match', subjectType: 'request', subjectId: request.id, actor: actorOf(principal) });
        return request;
      default:
        return assertNever(verdict);
    }
  }
}
