import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import { after, HOUR_MS, MINUTE_MS } from '../platform/clock.js';
import type { Tx } from '../platform/database/tx.js';
import { Ground } from '../platform/ground.js';
import { CarePolicyService } from '../programmes/care-policy.service.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { DutyService } from '../shifts/duty.service.js';
import { CriticalReading } from './critical-reading.service.js';
import type { CheckInSeen, CriticalContactSeen, DebriefWished } from './critical.store.js';
import type { CheckInView, CriticalContactView, DebriefWishedView, DueView, ExposureView, MySupervisionView, ProgrammeCoverView, SupervisedPeerView, SupervisorDayView } from './day.contract.js';
import { DayStore, type PeerFigures } from './day.store.js';
import { DAY_MS } from './domain/due.js';
import { ratioReached, supervisorsThere } from './domain/ratio.js';
import { exposureSince, shiftBegan, shiftHours } from './domain/strain.js';
import { DueService, type Due } from './due.service.js';
import { RelationReading } from './relation-reading.service.js';
import { RelationsService } from './relations.service.js';
import { SessionReading } from './session-reading.service.js';

/** Said this long before the last supervisor goes, so that somebody can step in before offers stop. */
const COVER_ENDS_WITHIN_MS = 30 * MINUTE_MS;
/** A debrief that nobody answered leaves the peer's page after so long. */
const DEBRIEFS_SHOWN_MS = 30 * DAY_MS;

/** Who stands behind whom, and what is owed. */
@Injectable()
export class DayParts {
  constructor(
    readonly relations: RelationsService,
    readonly relationReading: RelationReading,
    readonly sessions: SessionReading,
    readonly due: DueService,
    readonly critical: CriticalReading,
  ) {}
}

/** Who covers, and by which policy. */
@Injectable()
export class CoverParts {
  constructor(
    readonly programmes: ProgrammesService,
    readonly duty: DutyService,
    readonly care: CarePolicyService,
  ) {}
}

/** Who needs a supervisor now, in the order in which they do; and what a peer sees of it. */
@Injectable()
export class DayService {
  constructor(
    private readonly store: DayStore,
    private readonly parts: DayParts,
    private readonly cover: CoverParts,
    private readonly ground: Ground,
  ) {}

  day(me: AccountPrincipal): Promise<SupervisorDayView> {
    return this.ground.db.read(async (tx) => {
      const now = this.ground.clock.now();
      const peerIds = await this.parts.relations.peersOf(tx, me.personId, now);
      const cover = await this.coverOf(tx, me, now);
      const covered = cover.filter(({ mine }) => mine).map(({ view }) => view.programmeId);
      const { critical } = this.parts;
      return {
        at: now.toISOString(),
        criticalContacts: (await critical.open(tx, me.personId, peerIds, covered)).map(criticalView),
        checkIns: (await critical.checkInsDue(tx, me.personId, peerIds, covered, after(now, DAY_MS))).map(checkInView),
        debriefs: (await critical.debriefs(tx, me.personId, peerIds)).map(debriefView),
        sessions: await this.parts.sessions.planned(tx, me, peerIds),
        peers: await this.peersOf(tx, me, peerIds, now),
        cover: cover.map(({ view }) => view),
      };
    });
  }

  mine(me: AccountPrincipal): Promise<MySupervisionView> {
    return this.ground.db.read(async (tx) => {
      const now = this.ground.clock.now();
      const { due, critical, sessions, relationReading } = this.parts;
      const [figures] = await this.store.figures(tx, [me.personId], after(now, -24 * HOUR_MS));
      if (!figures) throw new Error(`no person ${me.personId}`);
      return {
        supervisors: await relationReading.mineIn(tx, me.personId, now),
        upcoming: await sessions.planned(tx, me, [me.personId]),
        dues: (await due.ofPeople(tx, [me.personId], now)).map(dueView),
        exposure: await this.exposureOf(tx, figures, now),
        waitsForContact: await critical.store.isOpenFor(tx, me.personId),
        debriefs: (await critical.store.offersOf(tx, me.personId, after(now, -DEBRIEFS_SHOWN_MS))).map(({ assignmentId, offeredAt, answer }) => ({ id: assignmentId, offeredAt: offeredAt.toISOString(), answer })),
      };
    });
  }

  private async peersOf(tx: Tx, me: AccountPrincipal, peerIds: readonly string[], now: Date): Promise<SupervisedPeerView[]> {
    const dues = await this.parts.due.ofPeople(tx, peerIds, now);
    const peers: SupervisedPeerView[] = [];
    for (const figures of await this.store.figures(tx, peerIds, after(now, -24 * HOUR_MS))) {
      const { supervisorId } = await this.parts.relations.supervisorsOf(tx, figures.personId, now);
      peers.push({
        personId: figures.personId, name: figures.name, as: supervisorId === me.personId ? 'supervisor' : 'deputy', onDutySince: figures.onDutySince?.toISOString() ?? null,
        longOnDuty: await this.isLongOnDuty(tx, figures.personId, now),
        exposure: await this.exposureOf(tx, figures, now), dues: dues.filter(({ personId }) => personId === figures.personId).map(dueView),
      });
    }
    return peers;
  }

  /** What is shown is what the gate judges. */
  private async exposureOf(tx: Tx, { personId, onDutySince, since: lately }: PeerFigures, now: Date): Promise<ExposureView> {
    const since = onDutySince ? shiftBegan(onDutySince, await this.store.stints(tx, personId, after(now, -2 * DAY_MS))) : lately;
    const contacts = await this.store.contactsOf(tx, personId, after(now, -2 * DAY_MS));
    const { contacts: count, minutes, heavy } = exposureSince(contacts, since, now);
    const ends = contacts.flatMap(({ until }) => (until && until > since ? [until.getTime()] : []));
    return { since: since.toISOString(), contacts: count, minutes: Math.round(minutes), heavy, lastEndedAt: ends.length > 0 ? new Date(Math.max(...ends)).toISOString() : null };
  }

  /** By the policy of any of their programmes: said before the gate closes. */
  private async isLongOnDuty(tx: Tx, personId: string, now: Date): Promise<boolean> {
    const duty = await this.store.dutyOfLate(tx, personId, after(now, -2 * DAY_MS));
    if (!duty) return false;
    for (const programmeId of await this.cover.programmes.programmesOf(tx, personId)) {
      const { hours } = (await this.cover.care.current(tx, programmeId, now)).content;
      if (shiftHours(duty, hours, now).hours >= hours.shiftWarnHours) return true;
    }
    return false;
  }

  private async coverOf(tx: Tx, me: AccountPrincipal, now: Date): Promise<{ mine: boolean; view: ProgrammeCoverView }[]> {
    const { programmes, duty, care } = this.cover;
    const mine = new Set(await programmes.programmesOf(tx, me.personId));
    const ending = new Set(await duty.coverEnding(tx, now, COVER_ENDS_WITHIN_MS));
    const cover: { mine: boolean; view: ProgrammeCoverView }[] = [];
    for (const { id, name } of (await programmes.list(tx)).filter((each) => mine.has(each.id))) {
      const supervisors = await duty.supervisorsFor(tx, id, now);
      const peersWithSomebody = await this.store.peersWithSomebody(tx, id);
      const { peersPerSupervisor, enforced } = (await care.current(tx, id, now)).content.ratio;
      const view = {
        programmeId: id, name, supervisors: supervisors.map(({ displayName, source }) => ({ name: displayName, source })),
        supervisorsThere: supervisorsThere(supervisors), peersWithSomebody, peersPerSupervisor,
        ratioReached: ratioReached({ peersWithSomebody, supervisors, peersPerSupervisor }), ratioEnforced: enforced, endsSoon: ending.has(id),
      };
      cover.push({ mine: supervisors.some(({ personId }) => personId === me.personId), view });
    }
    return cover;
  }
}

export function criticalView({ assignmentId, personId, personName, openedAt, supervisorContactAt, version }: CriticalContactSeen): CriticalContactView {
  return { id: assignmentId, personId, name: personName, openedAt: openedAt.toISOString(), contactedAt: supervisorContactAt?.toISOString() ?? null, version };
}

export function checkInView({ id, personId, personName, number, of, dueAt, state, tries, version }: CheckInSeen): CheckInView {
  return { id, personId, name: personName, number, of, dueAt: dueAt.toISOString(), state, tries, version };
}

function debriefView({ assignmentId, personId, personName, offeredAt, dueAt }: DebriefWished): DebriefWishedView {
  return { id: assignmentId, personId, name: personName, offeredAt: offeredAt.toISOString(), dueAt: dueAt.toISOString() };
}

function dueView({ personId, track, dueAt, standing, restrictsAt }: Due): DueView {
  return { personId, track, dueAt: dueAt.toISOString(), standing, restrictsAt: restrictsAt.toISOString() };
}
