import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { Health } from '../platform/http/health.js';
import { Queues } from '../platform/queues.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { DutyService } from '../shifts/duty.service.js';
import type { BoardAlarmView, BoardPersonView, BoardView, CoverView, StaffRequestView } from './contract.js';
import { RequestViews } from './request-views.service.js';
import { ViewsStore, type AlarmRow, type DutyPersonRow } from './views.store.js';

const REQUESTS_SHOWN = 300;

/** Clock and health of this process. */
@Injectable()
export class BoardGround {
  constructor(
    readonly clock: Clock,
    private readonly health: Health,
    private readonly queues: Queues,
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

  async board(tx: Tx, principal: AccountPrincipal): Promise<BoardView> {
    const now = this.ground.clock.now();
    const programmeIds = await this.programmes.programmesOf(tx, principal.personId);
    const requests = await this.requestViews.forStaff(tx, await this.records.open(tx, programmeIds, REQUESTS_SHOWN), programmeIds);
    const onDuty = await this.views.peopleOnDuty(tx, programmeIds, now);
    const people = [...onDuty.map(dutyView), ...(await this.onCallPeople(tx, programmeIds, onDuty, now))];
    const cover = programmeIds.map((programmeId) => coverOf(programmeId, people));
    return {
      at: now.toISOString(), requests, openTotal: await this.records.openCount(tx, programmeIds), people, cover,
      alarms: [...unacknowledged(requests), ...(await this.views.openAlarms(tx, programmeIds)).map(alarmView)],
      degraded: this.ground.degraded(),
    };
  }

  private async onCallPeople(tx: Tx, programmeIds: readonly string[], onDuty: readonly DutyPersonRow[], now: Date): Promise<BoardPersonView[]> {
    const found = new Map<string, BoardPersonView>();
    for (const programmeId of programmeIds) {
      for (const { personId, displayName } of await this.duty.supervisorsFor(tx, programmeId, now)) {
        if (onDuty.some((row) => row.personId === personId && row.dutyAs === 'supervisor')) continue;
        const known = found.get(personId);
        found.set(personId, {
          personId, name: displayName, as: 'supervisor', mode: 'on-call', state: 'free', stateSince: null, until: null, languages: [],
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
  };
}

function coverOf(programmeId: string, people: readonly BoardPersonView[]): CoverView {
  const here = people.filter(({ programmeIds }) => programmeIds.includes(programmeId));
  const peers = here.filter((person) => person.as === 'peer');
  return {
    programmeId, peersOnDuty: peers.length, peersFree: peers.filter(({ state }) => state === 'free').length,
    supervisors: here.filter((person) => person.as === 'supervisor').length,
  };
}

function unacknowledged(requests: readonly StaffRequestView[]): BoardAlarmView[] {
  return requests.flatMap(({ id, programmeId, escalation }) =>
    escalation && !escalation.acknowledgedAt && !escalation.closedAt
      ? [{
          id: escalation.id, kind: 'escalation-unacknowledged' as const, programmeId, subjectId: id, escalation, since: escalation.openedAt,
          pagesSent: escalation.pagesSent, acknowledgedAt: null,
        }]
      : [],
  );
}

function alarmView(row: AlarmRow): BoardAlarmView {
  return {
    id: row.id, kind: row.kind, programmeId: row.programmeId, subjectId: row.aboutId, escalation: null, since: row.openedAt.toISOString(),
    pagesSent: row.pagesSent, acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
  };
}
