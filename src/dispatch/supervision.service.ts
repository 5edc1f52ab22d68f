import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { AreasService } from '../programmes/areas.service.js';
import { OnCallService } from '../programmes/on-call.service.js';
import { HandOffScripts } from '../programmes/hand-off-scripts.service.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { mayTake } from '../requests/domain/escalation.js';
import { alarmView, BoardService } from './board.service.js';
import { ContactReach } from './contact-reach.service.js';
import { stateOf } from './domain/assignment.js';
import { byGravity } from './domain/to-take.js';
import type { EscalationAtHandView, HandingOverView, OnCallPlaceView, PageToTakeView, TeamView } from './supervision.contract.js';
import { SupervisionStore, type EscalationRow, type HandingOverRow } from './supervision.store.js';
import { escalationView, takerIn } from './views.js';
import { ViewsStore, type AlarmRow } from './views.store.js';

/** Whom a supervisor stands behind, and where they stand themself. */
@Injectable()
export class SupervisorsReach {
  constructor(
    readonly programmes: ProgrammesService,
    readonly areas: AreasService,
    readonly onCall: OnCallService,
    readonly scripts: HandOffScripts,
    readonly contacts: ContactReach,
  ) {}
}

/** What waits for a supervisor, what they have taken on, and who serves under them. */
@Injectable()
export class SupervisionService {
  constructor(
    private readonly store: SupervisionStore,
    private readonly alarms: ViewsStore,
    private readonly board: BoardService,
    private readonly reach: SupervisorsReach,
  ) {}

  /** What no supervisor has taken on, the gravest first. */
  async pages(tx: Tx, me: AccountPrincipal): Promise<PageToTakeView[]> {
    const programmeIds = await this.reach.programmes.programmesOf(tx, me.personId);
    const alarms = (await this.alarms.openAlarms(tx, programmeIds)).filter(({ acknowledgedAt }) => acknowledgedAt === null);
    const escalations = await this.store.untaken(tx, programmeIds);
    const views = await this.atHand(tx, me, programmeIds, escalations);
    return [
      ...escalations.map((row, index) => ({ what: { cause: row.cause }, since: row.openedAt, view: escalationPage(row, views[index] ?? null) })),
      ...alarms.map((row) => ({ what: { alarm: row.kind }, since: row.openedAt, view: alarmPage(row) })),
    ].sort(byGravity).map(({ view }) => view);
  }

  /** Open escalations the caller owns, the next deadline first. */
  async escalations(tx: Tx, me: AccountPrincipal): Promise<EscalationAtHandView[]> {
    const programmeIds = await this.reach.programmes.programmesOf(tx, me.personId);
    return this.atHand(tx, me, programmeIds, await this.store.ownedBy(tx, me.accountId, programmeIds));
  }

  async team(tx: Tx, me: AccountPrincipal): Promise<TeamView> {
    const programmeIds = await this.reach.programmes.programmesOf(tx, me.personId);
    const handingOver: HandingOverView[] = [];
    for (const row of await this.store.handingOver(tx, programmeIds)) handingOver.push(handingOverView(row, await this.reach.areas.nameFor(tx, row.countyFips)));
    return { ...(await this.board.people(tx, programmeIds)), handingOver, onCall: await this.placesOf(tx, me.accountId, programmeIds) };
  }

  private async placesOf(tx: Tx, accountId: string, programmeIds: readonly string[]): Promise<OnCallPlaceView[]> {
    const places: OnCallPlaceView[] = [];
    for (const programmeId of programmeIds) {
      const list = await this.reach.onCall.accountsFor(tx, programmeId);
      const at = list.findIndex((entry) => entry.accountId === accountId);
      if (at >= 0) places.push({ programmeId, position: at + 1, of: list.length });
    }
    return places;
  }

  private async atHand(tx: Tx, me: AccountPrincipal, programmeIds: readonly string[], rows: readonly EscalationRow[]): Promise<EscalationAtHandView[]> {
    const takerOf = takerIn(me, await this.reach.onCall.clinicianAmong(tx, programmeIds, me.accountId));
    const openTo = await this.reach.contacts.among(tx, me, rows.map((row) => ({ id: row.requestId, leadPersonId: row.leadPersonId, escalations: [row] })));
    const views: EscalationAtHandView[] = [];
    for (const row of rows) {
      const { requestNumber, programmeId, urgency, contactKind, language, searchContinues, leadName } = row;
      const area = await this.reach.areas.nameFor(tx, row.countyFips);
      views.push({
        ...escalationView(row, this.reach.scripts.for(row.cause, row.tier), row.holderName, mayTake(row, takerOf(programmeId), row.leadPersonId)), requestNumber, programmeId, urgency, contactKind, language, area, searchContinues, leadName, leadState: leadStateOf(row),
        nextDueAt: row.nextPageAt?.toISOString() ?? null, mayOpenContact: openTo.has(row.requestId),
      });
    }
    return views;
  }
}

function leadStateOf(row: EscalationRow): EscalationAtHandView['leadState'] {
  if (row.leadName === null) return null;
  const state = stateOf({ endedAt: null, enRouteAt: row.leadEnRouteAt, contactMadeAt: row.leadContactAt, handingOverAt: row.leadHandingOverAt });
  return state === 'ended' ? null : state;
}

function escalationPage(row: EscalationRow, escalation: EscalationAtHandView | null): PageToTakeView {
  return { kind: 'escalation', id: row.id, since: row.openedAt.toISOString(), pagesSent: row.pagesSent, escalation, alarm: null };
}

function alarmPage(row: AlarmRow): PageToTakeView {
  return { kind: 'alarm', id: row.id, since: row.openedAt.toISOString(), pagesSent: row.pagesSent, escalation: null, alarm: alarmView(row) };
}

function handingOverView(row: HandingOverRow, area: string | null): HandingOverView {
  const { requestId, requestNumber, assignmentId, peerName, urgency, contactKind, language } = row;
  return { requestId, requestNumber, assignmentId, peerName, since: row.since.toISOString(), urgency, contactKind, language, area };
}
