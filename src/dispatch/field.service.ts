import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { Tx } from '../platform/database/tx.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { DutyService } from '../shifts/duty.service.js';
import type { DutyRow } from '../shifts/domain/duty.js';
import { CandidatesStore, type CandidateRow, type Page } from './candidates.store.js';
import type { Course } from './course.service.js';
import { DispatchStore } from './dispatch.store.js';
import type { Candidate, Demand } from './domain/candidate.js';
import { demandOf } from './domain/demand.js';
import { closedGates, isBusy } from './domain/gates.js';
import { ZipCentroids } from './zip-centroids.service.js';

export interface Field {
  readonly demand: Demand;
  readonly candidates: readonly Candidate[];
  readonly supervisorCover: boolean;
}

/** What people who ask "why nobody?" are told about: everybody of the programme, on duty or not. */
export interface Survey extends Field {
  readonly offDuty: number;
}

export interface OnePeer {
  readonly demand: Demand;
  /** null when the peer is not on duty. */
  readonly candidate: Candidate | null;
  readonly supervisorCover: boolean;
}

const PAGE = 1_000;
/** Enough to choose from; a page more is read only while fewer fit. */
const ENOUGH = 50;
const NIGHT_FROM = 22;
const NIGHT_UNTIL = 6;

/** Everything that can be known about who could take a request now. */
@Injectable()
export class FieldService {
  constructor(
    private readonly candidates: CandidatesStore,
    private readonly store: DispatchStore,
    private readonly duty: DutyService,
    private readonly programmes: ProgrammesService,
    private readonly zips: ZipCentroids,
  ) {}

  async of(tx: Tx, course: Course, seat: Demand['seat'], now: Date): Promise<Field> {
    const { demand, timeZone, supervisorCover } = await this.ground(tx, course, seat, now);
    return { demand, candidates: supervisorCover ? await this.read(tx, course, demand, timeZone, now) : [], supervisorCover };
  }

  /** Everybody, whether they fit or not, covered or not. */
  async survey(tx: Tx, course: Course, seat: Demand['seat'], now: Date): Promise<Survey> {
    const { demand, timeZone, supervisorCover } = await this.ground(tx, course, seat, now);
    const candidates: Candidate[] = [];
    for (let page: Page | null = { afterPersonId: null, limit: PAGE }; page; ) {
      const rows: CandidateRow[] = await this.candidates.onDutyOf(tx, course.request, timeZone, now, page);
      candidates.push(...rows.map((row) => this.placed(row)));
      page = rows.length < PAGE ? null : { afterPersonId: rows.at(-1)?.personId ?? null, limit: PAGE };
    }
    return { demand, candidates, supervisorCover, offDuty: await this.candidates.offDutyCount(tx, course.request.programmeId) };
  }

  /** One peer as they are now. Whoever decides by it holds their duty row. */
  async peer(tx: Tx, course: Course, personId: string, seat: Demand['seat'], now: Date): Promise<OnePeer> {
    const { demand, timeZone, supervisorCover } = await this.ground(tx, course, seat, now);
    const row = await this.candidates.peerOnDuty(tx, course.request, timeZone, now, personId);
    return { demand, candidate: row && this.placed(row), supervisorCover };
  }

  /** The same candidates with what may have changed since, for those whose duty rows are locked now. */
  async refreshed(tx: Tx, candidates: readonly Candidate[], rows: readonly DutyRow[], now: Date): Promise<Candidate[]> {
    const ids = rows.map((row) => row.personId);
    const occupancy = new Map((await this.store.occupancyOf(tx, ids)).map((found) => [found.personId, found]));
    const standings = new Map((await this.candidates.standingsOf(tx, ids, now)).map((found) => [found.personId, found]));
    return rows.flatMap((row) => {
      const known = candidates.find((candidate) => candidate.personId === row.personId);
      const [found, stands] = [occupancy.get(row.personId), standings.get(row.personId)];
      if (!known || !found || !stands) return [];
      return [{
        ...known, ...stands, programmeIds: row.programmeIds, until: row.until, draining: row.draining, capacity: row.capacity, maxAcuity: row.maxAcuity,
        buddyOnly: row.buddyOnly, contactKinds: known.contactKinds.filter((kind) => row.contactKinds.includes(kind)),
        hasPendingOffer: found.pending, liveAssignments: found.slots.length,
      }];
    });
  }

  private async ground(tx: Tx, { request, policy }: Course, seat: Demand['seat'], now: Date) {
    const programme = await this.programmes.get(tx, request.programmeId);
    const timeZone = programme?.timeZone ?? 'UTC';
    const hour = DateTime.fromJSDate(now, { zone: timeZone }).hour;
    const demand = demandOf(request, policy.content, { seat, at: this.zips.at(request.place), night: hour >= NIGHT_FROM || hour < NIGHT_UNTIL }, now);
    const { covered } = await this.duty.supervisorCover(tx, request.programmeId, now, policy.content.supervisorGraceSeconds);
    return { demand, timeZone, supervisorCover: covered };
  }

  private placed(row: CandidateRow): Candidate {
    return { ...row, place: this.zips.at(row.place) };
  }

  private async read(tx: Tx, course: Course, demand: Demand, timeZone: string, now: Date): Promise<Candidate[]> {
    const found: Candidate[] = [];
    let fitting = 0;
    for (let afterPersonId: string | null = null; ; ) {
      const rows: CandidateRow[] = await this.candidates.onDutyFor(tx, course.request, timeZone, now, { afterPersonId, limit: PAGE });
      const page = rows.map((row) => this.placed(row));
      found.push(...page);
      fitting += page.filter((candidate) => !candidate.askedThisRound && !isBusy(candidate) && closedGates(candidate, demand, now).length === 0).length;
      afterPersonId = rows.at(-1)?.personId ?? null;
      if (rows.length < PAGE || fitting >= ENOUGH) return found;
    }
  }
}
