import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { Health } from '../platform/http/health.js';
import { Queues } from '../platform/queues.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import type { OpenCount } from '../requests/domain/crisis-request.js';
import { RequestRecords } from '../requests/request-records.js';
import type { Thin } from '../shifts/domain/thin-cover.js';
import { DutyService } from '../shifts/duty.service.js';
import type { PolicyStanding } from '../wellness/domain/relapse-policy.js';
import { RelapsePolicies } from '../wellness/relapse-policies.service.js';
import type { BoardAlarmView, BoardPersonView, BoardView, CoverView, EscalationView, StaffRequestView } from './contract.js';
import { RequestViews } from './request-views.service.js';
import { ViewsStore, type AlarmRow, type DutyPersonRow } from './views.store.js';

/** Clock and health of this process, and what the programmes serve by. */
@Injectable()
export class BoardGround {
  constructor(
    readonly clock: Clock,
    private readonly health: Health,
    private readonly queues: Queues,
    readonly relapsePolicies: RelapsePolicies,
  ) {}

  degraded(): string[] {
    return [...new Set([...(this.queues.degraded ? ['queue'] : []), ...this.health.degraded])];
  }
}

/** One look at everything open, everybody on duty, and what is wrong. */
@Injectable()
export class BoardService {
  constructor(
    private readonly programmes: ProgrammesService,
    private readonly records: RequestRecords,
    private readonly requestViews: RequestViews,
    private readonly views: ViewsStore,
    private readonly duty: DutyService,
    private readonly ground: BoardGround,
  ) {}

  async board(tx: Tx, principal: AccountPrincipal, limit: number): Promise<BoardView> {
    const now = this.ground.clock.now();
    const programmeIds = await this.programmes.programmesOf(tx, principal.personId);
    const requests = await this.requestViews.forStaff(tx, principal, await this.records.open(tx, programmeIds, limit), programmeIds);
    const people = await this.peopleAt(tx, programmeIds, now);
    const wanted = (programmeId: string): string[] => requests.filter((request) => request.programmeId === programmeId).map(({ language }) => language);
    const open = await this.records.openCounts(tx, programmeIds);
    const cover: CoverView[] = [];
    for (const programmeId of programmeIds) {
      const thin = await this.duty.thinFor(tx, programmeId, wanted(programmeId), now);
      const policy = await this.ground.relapsePolicies.standing(tx, programmeId, now);
      cover.push(coverOf(programmeId, { people, thin, policy, open: open.get(programmeId) ?? NONE_OPEN }));
    }
    return {
      at: now.toISOString(), requests: requests.map(lean), openTotal: cover.reduce((sum, each) => sum + each.open, 0), people, cover,
      alarms: [...unacknowledged(requests), ...(await this.views.openAlarms(tx, programmeIds)).map(alarmView)],
      degraded: this.ground.degraded(),
    };
  }

  /** Everybody on duty or on call in these programmes, and how the system is. */
  async people(tx: Tx, programmeIds: readonly string[]): Promise<Pick<BoardView, 'at' | 'people' | 'degraded'>> {
    const now = this.ground.clock.now();
    return { at: now.toISOString(), people: await this.peopleAt(tx, programmeIds, now), degraded: this.ground.degraded() };
  }

  private async peopleAt(tx: Tx, programmeIds: readonly string[], now: Date): Promise<BoardPersonView[]> {
    const onDuty = await this.views.peopleOnDuty(tx, programmeIds, now);
    return [...onDuty.map(dutyView), ...(await this.onCallPeople(tx, programmeIds, onDuty, now))];
  }

  private async onCallPeople(tx: Tx, programmeIds: readonly string[], onDuty: readonly DutyPersonRow[], now: Date): Promise<BoardPersonView[]> {
    const found = new Map<string, BoardPersonView>();
    for (const programmeId of programmeIds) {
      for (const { personId, displayName } of await this.duty.supervisorsFor(tx, programmeId, now)) {
        if (onDuty.some((row) => row.personId === personId && row.dutyAs === 'supervisor')) continue;
        const known = found.get(personId);
        found.set(personId, {
          personId, name: displayName, as: 'supervisor', mode: 'on-call', state: 'free', stateSince: null, until: null, languages: [], answerBy: null, load: 0, capacity: 0, contactKinds: [],
          programmeIds: [...(known?.programmeIds ?? []), programmeId],
        });
      }
    }
    return [...found.values()];
  }
}

function dutyView(row: DutyPersonRow): BoardPersonView {
  const state = row.draining ? 'leaving' : row.liveAssignments > 0 ? 'with-someone' : row.askedSince ? 'asked' : 'free';
  const since = { leaving: row.withSomeoneSince, 'with-someone': row.withSomeoneSince, asked: row.askedSince, free: row.since }[state];
  return {
    personId: row.personId, name: row.displayName, as: row.dutyAs, mode: row.mode, state, stateSince: since?.toISOString() ?? null,
    until: row.until.toISOString(), languages: row.languages ?? [], programmeIds: row.programmeIds,
    answerBy: row.answerBy?.toISOString() ?? null, load: row.liveAssignments, capacity: row.capacity, contactKinds: row.contactKinds,
  };
}

const NONE_OPEN: OpenCount = { open: 0, waitingSince: null };

interface AtHand {
  readonly people: readonly BoardPersonView[];
  readonly thin: readonly Thin[];
  readonly policy: PolicyStanding;
  readonly open: OpenCount;
}

function coverOf(programmeId: string, { people, thin, policy, open }: AtHand): CoverView {
  const here = people.filter(({ programmeIds }) => programmeIds.includes(programmeId));
  const peers = here.filter((person) => person.as === 'peer');
  return {
    programmeId, open: open.open, waitingSince: open.waitingSince?.toISOString() ?? null, peersOnDuty: peers.length, peersFree: peers.filter(({ state }) => state === 'free').length,
    supervisors: here.filter((person) => person.as === 'supervisor').length,
    thin: thin.map((each) => ({ ...each, from: each.from?.toISOString() ?? null })),
    relapsePolicy: { kind: policy.kind, confirmBy: policy.kind === 'grace' ? policy.confirmBy.toISOString() : null },
  };
}

/** Scripts are long, and each of those nobody has stands in the alarms already. */
function lean(request: StaffRequestView): StaffRequestView {
  const { escalation } = request;
  return escalation && mustAct(escalation) ? { ...request, escalation: { ...escalation, script: null } } : request;
}

function mustAct({ acknowledgedAt, closedAt }: EscalationView): boolean {
  return acknowledgedAt === null && closedAt === null;
}

function unacknowledged(requests: readonly StaffRequestView[]): BoardAlarmView[] {
  return requests.flatMap(({ id, programmeId, escalation }) =>
    escalation && mustAct(escalation)
      ? [{
          id: escalation.id, kind: 'escalation-unacknowledged' as const, programmeId, subjectId: id, escalation, since: escalation.openedAt,
          pagesSent: escalation.pagesSent, acknowledgedAt: null, acknowledgedByName: null,
        }]
      : [],
  );
}

export function alarmView(row: AlarmRow): BoardAlarmView {
  return {
    id: row.id, kind: row.kind, programmeId: row.programmeId, subjectId: row.aboutId, escalation: null, since: row.openedAt.toISOString(),
    pagesSent: row.pagesSent, acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null, acknowledgedByName: row.acknowledgedByName,
  };
}
