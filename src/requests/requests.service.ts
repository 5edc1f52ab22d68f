import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Principal } from '../access/principal.js';
import { after, SECOND_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/errors.js';
import { SYSTEM, type Actor } from '../platform/events.js';
import { Ground } from '../platform/ground.js';
import type { Once } from '../platform/http/once.js';
import { HOME_COUNTRY, namesNobody, normaliseRequesterKey } from '../platform/requester-key.js';
import { KeyedHash, Sealed } from '../platform/seal.js';
import { SealedTexts } from '../platform/sealed-texts.store.js';
import type { ReceiveRequestDto, TriageRequestDto } from './contract.js';
import type { CrisisRequest, NextAction, Place } from './domain/crisis-request.js';
import { transition, type Acuity, type RequestState, type RequestStep } from './domain/request.js';
import { assess, effectiveUrgency, newCause, type EscalationCause, type TriageResult } from './domain/triage.js';
import { EscalationsService } from './escalations.service.js';
import { IntakeRules } from './intake-rules.js';
import { RequestsStore } from './requests.store.js';

const TABLE = 'crisis_request';
const SEALED_COLUMNS = ['callback', 'story'] as const;

interface Received {
  readonly requestId: string;
  /** False when a partner's reference or the call's own key was seen before, and nothing was written. */
  readonly created: boolean;
}

interface TriagedAgain {
  readonly request: CrisisRequest;
  /** What was not known before and needs somebody besides a peer. */
  readonly cause: EscalationCause | null;
}

/** Takes crisis requests in, triages and cancels them. Who gets one is the dispatcher's to say. */
@Injectable()
export class RequestsService {
  constructor(
    private readonly store: RequestsStore,
    private readonly escalations: EscalationsService,
    private readonly rules: IntakeRules,
    private readonly texts: SealedTexts,
    @Inject(KeyedHash) private readonly keyedHash: KeyedHash,
    private readonly ground: Ground,
  ) {}

  /** Errors: 404 programme not visible, 422 a code or combination that cannot be, 503 nothing. */
  async receive(principal: Principal, dto: ReceiveRequestDto, once: Once | null = null): Promise<Received> {
    const actor = actorOf(principal);
    const countyFips = this.rules.places.countyOf(dto.place ?? {});
    return this.ground.db.withTx(async (tx) => {
      const made = await once?.madeBefore(tx);
      if (made) return { requestId: made, created: false };
      const programme = await this.rules.programmeFor(tx, principal, dto.programmeId);
      const [policy] = await Promise.all([this.rules.policies.current(tx, programme.id), this.rules.check(tx, dto)]);
      const apiKeyId = principal.kind === 'api-key' ? principal.apiKeyId : null;
      if (apiKeyId && dto.externalRef) {
        await this.store.lockExternalRef(tx, apiKeyId, dto.externalRef);
        const known = await this.store.findByExternalRef(tx, apiKeyId, dto.externalRef);
        if (known) return { requestId: known.id, created: false };
      }
      const now = this.ground.clock.now();
      const request = newRequest(this.ground.ids.next(), dto, {
        countyFips, takenInBy: principal.kind === 'account' ? principal.accountId : null, apiKeyId, policyVersionId: policy.id, now,
      });
      const trusted = principal.kind === 'account' || principal.scopes.includes('triage');
      const result = assess({ ...request, acuity: trusted ? request.acuity : null, peersFirst: programme.peersFirst });
      const started = begin(request, result, now, after(now, policy.content.triageSeconds * SECOND_MS));
      await Promise.all([
        this.store.insert(tx, started),
        this.ground.events.append(tx, now, {
          ...subject(started), version: 1, type: 'request.received', actor,
          data: { channel: started.channel, contactKind: started.contactKind, acuity: started.acuity },
        }),
        this.ground.events.audit(tx, now, { action: 'request.receive', subjectType: TABLE, subjectId: started.id, actor }),
        this.sealTexts(tx, started.id, dto, now),
        once?.remember(tx, started.id),
      ]);
      await this.afterTriage(tx, started, result, policy.content, now, actor);
      return { requestId: started.id, created: true };
    });
  }

  /** The first triage, of a request that is locked and was received. Errors: 422 unknown codes. */
  async triage(tx: Tx, principal: Principal, request: CrisisRequest, dto: TriageRequestDto, now: Date): Promise<void> {
    await this.rules.checkTriage(tx, dto);
    const programme = await this.rules.programmeFor(tx, principal, request.programmeId);
    const policy = await this.rules.policies.byId(tx, request.policyVersionId);
    const triaged: CrisisRequest = { ...answered(request, dto), triagedAt: now };
    const result = assess({ ...triaged, peersFirst: programme.peersFirst });
    await this.store.saveTriage(tx, request.id, { ...triaged, at: now });
    const started = begin(triaged, result, now, now);
    const version = await this.store.save(tx, request.id, { ...started, next: started.nextAction, newRoundAt: null, halfAsked: false });
    await this.afterTriage(tx, { ...started, version }, result, policy.content, now, actorOf(principal));
  }

  /**
   * Triage once more, of a request that is locked and under way: writes what is known now, and says what it brought up.
   * What follows from it is the dispatcher's to do.
   */
  async triageAgain(tx: Tx, principal: Principal, request: CrisisRequest, dto: TriageRequestDto, now: Date): Promise<TriagedAgain> {
    await this.rules.checkTriage(tx, dto);
    const { peersFirst } = await this.rules.programmeFor(tx, principal, request.programmeId);
    const known = answered(request, dto);
    const result = assess({ ...known, peersFirst });
    const acuity = result.kind === 'await-triage' ? dto.acuity : (result.acuity ?? dto.acuity);
    const triaged: CrisisRequest = { ...known, acuity, triagedAt: request.triagedAt ?? now };
    await this.store.saveTriage(tx, request.id, { ...triaged, at: triaged.triagedAt ?? now });
    await this.ground.events.append(tx, now, { ...subject(triaged), type: 'request.triaged', actor: actorOf(principal), data: { acuity } });
    return { request: triaged, cause: newCause(assess({ ...request, peersFirst }), result) };
  }

  /** For the dispatcher and the controllers: the request, locked, or 404. */
  async lockVisible(tx: Tx, principal: Principal, id: string): Promise<CrisisRequest> {
    const request = await this.store.lock(tx, id);
    if (!request || !(await this.rules.mayKnow(tx, principal, request))) throw new DomainError('not-found');
    return request;
  }

  async findVisible(tx: Tx, principal: Principal, id: string): Promise<CrisisRequest> {
    const request = await this.store.find(tx, id);
    if (!request || !(await this.rules.mayKnow(tx, principal, request))) throw new DomainError('not-found');
    return request;
  }

  /** Sealed callback and story, opened on purpose, and where the person is; the reading is audited. */
  async readContact(tx: Tx, principal: Principal, id: string): Promise<{ callback: Sealed<string> | null; story: Sealed<string> | null; place: Place }> {
    const request = await this.store.find(tx, id);
    if (!request) throw new DomainError('not-found');
    const now = this.ground.clock.now();
    const actor = actorOf(principal);
    await this.ground.events.audit(tx, now, { action: 'contact.read', subjectType: TABLE, subjectId: request.id, actor });
    await this.ground.events.append(tx, now, { ...subject(request), type: 'contact.read', actor, data: { requestId: request.id } });
    const [callback, story] = await Promise.all(
      SEALED_COLUMNS.map((column) => this.texts.open(tx, { table: TABLE, rowId: request.id, column })),
    );
    return { callback: callback ?? null, story: story ?? null, place: request.place };
  }

  /** Remembers when it was cancelled and from what, for the undo; the reason is text somebody typed, so it is sealed. */
  async recordCancel(tx: Tx, request: CrisisRequest, reason: string, now: Date): Promise<void> {
    await this.store.markCancelled(tx, request.id, now, request.state);
    await this.texts.replace(tx, now, { table: TABLE, rowId: request.id, column: 'cancel_reason' }, new Sealed(reason));
  }

  private async sealTexts(tx: Tx, id: string, dto: ReceiveRequestDto, now: Date): Promise<void> {
    for (const column of SEALED_COLUMNS) {
      const text = dto[column];
      if (text) await this.texts.put(tx, now, { table: TABLE, rowId: id, column }, new Sealed(text));
    }
    if (dto.requesterKey) {
      const normalised = normaliseRequesterKey(dto.requesterKey, HOME_COUNTRY);
      if (namesNobody(normalised)) return;
      await this.store.addRequesterKey(tx, id, this.keyedHash.keyId, this.keyedHash.of(normalised));
    }
  }

  private async afterTriage(
    tx: Tx, request: CrisisRequest, result: TriageResult, policy: Parameters<EscalationsService['open']>[3], now: Date, actor: Actor,
  ): Promise<void> {
    const triaged = result.kind !== 'await-triage' && request.acuity
      ? [{ ...subject(request), type: 'request.triaged' as const, actor, data: { acuity: request.acuity } }] : [];
    switch (result.kind) {
      case 'await-triage':
        return;
      case 'search':
        if (request.state !== 'searching') return this.ground.events.append(tx, now, ...triaged);
        await this.ground.events.append(tx, now, ...triaged, { ...subject(request), type: 'request.search-started', actor: SYSTEM, data: { round: request.round } });
        this.ground.queues.wake(tx, 'advance', request.id);
        return;
      case 'escalate':
        await this.ground.events.append(tx, now, ...triaged);
        await this.escalate(tx, request, result.cause, policy, now, actor);
    }
  }

  private async escalate(
    tx: Tx, request: CrisisRequest, cause: EscalationCause, policy: Parameters<EscalationsService['open']>[3], now: Date, actor: Actor,
  ): Promise<void> {
    const escalation = await this.escalations.open(tx, request, cause, policy, now, actor);
    const next: NextAction = { kind: 'acknowledge', dueAt: escalation?.nextPageAt ?? now };
    const version = await this.store.save(tx, request.id, { ...request, state: 'escalated', next, searchAt: null, newRoundAt: null, halfAsked: false });
    await this.ground.events.append(tx, now, { ...subject({ ...request, version }), type: 'request.escalated', actor, data: { cause } });
  }
}

export function subject(request: Pick<CrisisRequest, 'id' | 'programmeId' | 'version'>) {
  return { subjectType: 'request', subjectId: request.id, programmeId: request.programmeId, version: request.version } as const;
}

/** Throws 409 when `step` is not open from the request's state. */
export function stepOf(request: Pick<CrisisRequest, 'state'>, step: RequestStep): RequestState {
  const next = transition(request.state, step);
  if (!next) throw new DomainError('request-not-open');
  return next;
}

/** State and next step right after the assessment. */
function begin(request: CrisisRequest, result: TriageResult, now: Date, triageDueAt: Date): CrisisRequest {
  switch (result.kind) {
    case 'await-triage':
      return { ...request, acuity: null, urgency: 2, triagedAt: null, state: 'received', nextAction: { kind: 'triage', dueAt: triageDueAt } };
    case 'escalate':
      return { ...request, acuity: result.acuity, urgency: urgencyOf(request, result.acuity), triagedAt: now, state: 'escalated', nextAction: { kind: 'acknowledge', dueAt: now } };
    case 'search':
      if (request.notBefore && request.notBefore > now) {
        return { ...request, acuity: result.acuity, urgency: urgencyOf(request, result.acuity), triagedAt: now, state: 'triaged', nextAction: { kind: 'begin', dueAt: request.notBefore } };
      }
      return {
        ...request, acuity: result.acuity, urgency: urgencyOf(request, result.acuity), triagedAt: now, state: 'searching',
        nextAction: { kind: 'match', dueAt: now }, searchAt: now, searchBeganAt: now,
      };
  }
}

/** Nobody has waited yet. */
function urgencyOf(request: CrisisRequest, acuity: Acuity | null): Acuity {
  return effectiveUrgency(acuity, request.safety, { ms: 0, ageingSeconds: 1, lostPeers: 0 });
}

function newRequest(
  id: string, dto: ReceiveRequestDto, by: { countyFips: string | null; takenInBy: string | null; apiKeyId: string | null; policyVersionId: string; now: Date },
): CrisisRequest {
  if (dto.channel === 'planned' && !dto.notBefore) throw invalidField('notBefore', 'A planned request needs a time', 'required');
  const { place, needs, safety } = dto;
  return {
    id, programmeId: dto.programmeId, channel: dto.channel, contactKind: dto.contactKind, language: dto.language,
    place: { countyFips: by.countyFips, zip: place?.zip ?? null, lat: place?.lat ?? null, lon: place?.lon ?? null },
    forWhom: dto.forWhom ?? 'self',
    needs: { populations: needs?.populations ?? [], experience: needs?.experience ?? [], skills: needs?.skills ?? [] },
    preferences: dto.preferences ?? [],
    safety: {
      imminentDanger: safety?.imminentDanger ?? 'unknown', violence: safety?.violence ?? 'unknown',
      medicalEmergency: safety?.medicalEmergency ?? 'unknown', minor: safety?.minor ?? 'unknown',
    },
    needsClinician: dto.needsClinician ?? false, acuity: dto.acuity ?? null, state: 'received', round: 1, policyVersionId: by.policyVersionId,
    nextAction: null, urgency: 2, searchAt: null, peerFreeAt: null, newRoundAt: null, searchBeganAt: null,
    lostPeers: 0, directedTo: null, cancelledAt: null, cancelledFrom: null, failures: 0, takenInBy: by.takenInBy, apiKeyId: by.apiKeyId, externalRef: dto.externalRef ?? null,
    notBefore: dto.notBefore ? new Date(dto.notBefore) : null, requestedAt: dto.requestedAt ? new Date(dto.requestedAt) : null,
    receivedAt: by.now, triagedAt: null, endedAt: null, closedAt: null, version: 1,
  };
}

/** The request with what triage adds; a question nobody answered keeps the answer it had. Languages that would be liked are the ones said last. */
function answered(request: CrisisRequest, dto: TriageRequestDto): CrisisRequest {
  const preferences = dto.preferences ? [...request.preferences.filter(({ kind }) => kind !== 'language'), ...dto.preferences] : request.preferences;
  return { ...request, acuity: dto.acuity, safety: { ...request.safety, ...definedOf(dto.safety) }, needs: { ...request.needs, ...definedOf(dto.needs) }, preferences };
}

/** Fields that were sent; an absent one keeps what is known. */
function definedOf<T extends object>(sent: T | undefined): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(sent ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

