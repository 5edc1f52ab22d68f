import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, of, type Observable } from 'rxjs';
import { after, Clock, HOUR_MS, MINUTE_MS } from '../clock.js';
import { CONFIG, type Config } from '../config.js';
import { Database } from '../database/database.js';
import { DomainError, invalidField } from '../errors.js';
import { callerOf } from './caller.js';
import { fingerprintKey, fingerprintOf, isIdempotencyKey, isKept, judgeHeld, type IdempotencyScope, type KeptAnswer } from './idempotency.js';
import { IdempotencyStore } from './idempotency.store.js';
import { makeOnce } from './once.js';
import { pathOf, problemOf, PROBLEM_TYPE, refusalOf } from './problem.js';
import { NEVER_REPLAYED } from './route.js';

const KEPT_FOR_MS = 24 * HOUR_MS;
/** Far above what any statement may take: whoever ran it is gone. */
const LOST_AFTER_MS = MINUTE_MS;
const REMOVED_AT_ONCE = 5;

/** `Idempotency-Key` on POST: one of several equal calls is carried out, the others get its answer. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly fingerprintKey: Buffer;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly reflector: Reflector,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly store: IdempotencyStore,
  ) {
    this.fingerprintKey = fingerprintKey(config.exclusionKey.key);
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    const principal = callerOf(request);
    const applies = request.method === 'POST' && key !== undefined && principal !== null;
    if (!applies || this.reflector.get<boolean | undefined>(NEVER_REPLAYED, context.getHandler())) return next.handle();
    if (!isIdempotencyKey(key)) throw invalidField('Idempotency-Key', 'An Idempotency-Key has 1 to 200 visible ASCII characters.');
    const scope: IdempotencyScope = { principal, route: `POST ${pathOf(request.url)}`, key };
    const reply = http.getResponse<FastifyReply>();
    const fingerprint = fingerprintOf(this.fingerprintKey, request.body);
    const startedAt = this.clock.now();
    if (await this.take(scope, fingerprint, startedAt)) {
      makeOnce(request, { madeBefore: (tx) => this.store.madeUnder(tx, scope), remember: (tx, id) => this.store.remember(tx, scope, id) });
      return from(this.carryOut(scope, startedAt, next, request, reply));
    }
    return of(await this.repeat(scope, fingerprint, reply));
  }

  private take(scope: IdempotencyScope, fingerprint: Buffer, now: Date): Promise<boolean> {
    const times = { now, expiresAt: after(now, KEPT_FOR_MS), lostBefore: after(now, -LOST_AFTER_MS) };
    return this.db.withTx(async (tx) => {
      const taken = await this.store.take(tx, scope, fingerprint, times);
      await this.store.removeSomeExpired(tx, now, REMOVED_AT_ONCE);
      return taken;
    });
  }

  private async carryOut(
    scope: IdempotencyScope, startedAt: Date, next: CallHandler, request: FastifyRequest, reply: FastifyReply,
  ): Promise<unknown> {
    let body: unknown;
    try {
      body = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      const refusal = refusalOf(error);
      const answer = { status: refusal.status, body: problemOf(refusal, pathOf(request.url)) };
      await this.settle(scope, startedAt, answer).catch(() => request.log.error({}, 'idempotency.not-kept'));
      throw error;
    }
    // It is done: a failure to remember that must not tell the caller otherwise.
    await this.settle(scope, startedAt, { status: reply.statusCode, body }).catch(() => request.log.error({}, 'idempotency.not-kept'));
    return body;
  }

  private async settle(scope: IdempotencyScope, startedAt: Date, answer: KeptAnswer): Promise<void> {
    await this.db.withTx((tx) =>
      isKept(answer.status) ? this.store.keep(tx, scope, startedAt, answer) : this.store.release(tx, scope, startedAt),
    );
  }

  private async repeat(scope: IdempotencyScope, fingerprint: Buffer, reply: FastifyReply): Promise<unknown> {
    const row = await this.db.read((tx) => this.store.held(tx, scope));
    // Released between our two looks: the first call came to nothing, and this one may simply be sent again.
    if (!row) throw new DomainError('idempotency-in-progress', { retryAfterSeconds: 1 });
    const held = judgeHeld(row, fingerprint);
    if (held !== 'replay') {
      throw new DomainError(held === 'reused' ? 'idempotency-key-reused' : 'idempotency-in-progress', held === 'reused' ? {} : { retryAfterSeconds: 1 });
    }
    const status = row.responseStatus ?? 200;
    void reply.status(status).header('idempotency-replayed', 'true');
    if (status >= 400) void reply.header('content-type', `${PROBLEM_TYPE}; charset=utf-8`);
    return row.responseBody ?? undefined;
  }
}
