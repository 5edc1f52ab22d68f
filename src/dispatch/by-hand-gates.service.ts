import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { assertNever, DomainError, invalidField } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { Sealed } from '../platform/seal.js';
import { SealedTexts } from '../platform/sealed-texts.store.js';
import { subject } from '../requests/requests.service.js';
import { ByHandStore } from './by-hand.store.js';
import { CareTerms } from './care-terms.service.js';
import type { AssignByHandDto } from './match.contract.js';
import type { Course } from './course.service.js';
import type { GateOverride } from './domain/assignment.js';
import { asAgreed, closedByHand, lift } from './domain/by-hand.js';
import type { Candidate, Demand } from './domain/candidate.js';
import type { Seat } from './domain/offer.js';
import { FieldService } from './field.service.js';
import { GatesTold } from './gates-told.service.js';

export type ByHand = AssignByHandDto & { readonly seat: Seat };

interface Cleared {
  readonly candidate: Candidate;
  readonly demand: Demand;
  /** Gates that are closed and were lifted. */
  readonly overrides: readonly GateOverride[];
}

/** The gates, when a person decides: closed ones only with a reason, and only by who may lift them. */
@Injectable()
export class ByHandGates {
  constructor(
    private readonly field: FieldService,
    private readonly gates: GatesTold,
    private readonly store: ByHandStore,
    private readonly texts: SealedTexts,
    private readonly ground: Ground,
    private readonly care: CareTerms,
  ) {}

  /** Throws `invalid` for somebody who is no peer of the programme. */
  async requirePeer(tx: Tx, programmeId: string, personId: string): Promise<void> {
    if (!(await this.store.isPeerOf(tx, programmeId, personId))) throw invalidField('personId', 'No such peer in this programme', 'unknown-peer');
  }

  /**
   * Errors: 409 `peer-unavailable`, which is never told more of, and `gate-closed` with each gate that is left. The
   * caller holds the peer's duty row.
   */
  async clear(tx: Tx, course: Course, ask: ByHand, principal: AccountPrincipal, now: Date): Promise<Cleared> {
    // Who agreed is with somebody at once; who is asked is counted again when they accept.
    if (ask.agreed !== 'no') await this.care.oneAfterTheOther(tx, course.request.programmeId, now);
    const { candidate: found, demand, ...open } = await this.field.peer(tx, course, ask.personId, ask.seat, now);
    if (!found) throw new DomainError('peer-unavailable');
    const candidate = asAgreed(found, ask.agreed, course.seats.some(({ personId }) => personId === ask.personId));
    const named = (ask.overrides ?? []).map(({ gate }) => gate);
    const verdict = lift(closedByHand(candidate, demand, open, now), named, (gate) => this.gates.rules.mayLift(gate, principal.roles));
    switch (verdict.kind) {
      case 'unavailable':
        throw new DomainError('peer-unavailable');
      case 'closed': {
        // What keeps a peer well is told of nobody by name but to who stands behind them.
        const tells = await this.gates.to(tx, principal, [candidate], now);
        if (!verdict.gates.every((code) => tells(candidate, code))) throw new DomainError('peer-unavailable');
        throw new DomainError('gate-closed', {
          errors: verdict.gates.map((code) => ({ field: 'overrides', code, message: 'This gate is closed' })),
        });
      }
      case 'open':
        return { candidate, demand, overrides: verdict.overrides };
      default:
        return assertNever(verdict);
    }
  }

  /** Who lifted a gate for whom, for everybody to see; which one, for those it may be named to; the reason sealed. */
  async record(tx: Tx, { request }: Course, ask: ByHand, overrides: readonly GateOverride[], principal: AccountPrincipal, now: Date): Promise<void> {
    const actor = actorOf(principal);
    for (const { gate } of overrides) {
      const id = this.ground.ids.next();
      await this.store.insertOverride(tx, { id, requestId: request.id, personId: ask.personId, gate, byAccount: principal.accountId, at: now });
      const reason = ask.overrides?.find((named) => named.gate === gate)?.reason ?? '';
      await this.texts.put(tx, now, { table: 'gate_override', rowId: id, column: 'reason' }, new Sealed(reason));
      const data = { requestId: request.id, personId: ask.personId, overrideId: id };
      await this.ground.events.append(tx, now, { ...subject(request), type: 'gate.overridden', actor, data });
      await this.ground.events.audit(tx, now, { action: 'gate.override', subjectType: 'request', subjectId: request.id, actor, data });
    }
  }
}
