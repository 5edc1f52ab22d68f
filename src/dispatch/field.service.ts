import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { Tx } from '../platform/database/tx.js';
import type { DispatchPolicy } from '../programmes/domain/policy.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { DutyService } from '../shifts/duty.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import type { DutyRow } from '../shifts/domain/duty.js';
import { serves, type PolicyStanding } from '../wellness/domain/relapse-policy.js';
import { CandidatesStore, type CandidatePage, type CandidateRow, type Wanted } from './candidates.store.js';
import { CareTerms, type Terms } from './care-terms.service.js';
import type { Course } from './course.service.js';
import { DispatchStore } from './dispatch.store.js';
import { isHandingOver } from './domain/assignment.js';
import type { Candidate, Demand } from './domain/candidate.js';
import { demandOf } from './domain/demand.js';
import { fits, isBusy } from './domain/gates.js';
import { ZipCentroids } from './zip-centroids.service.js';

export interface Field {
  readonly demand: Demand;
  readonly candidates: readonly Candidate[];
  /** Those of the candidates whom no gate keeps out. */
  readonly fitting: readonly Candidate[];
  readonly supervisorCover: boolean;
  /** The programme's relapse policy, or the grace after it, lets peers be asked for this request. */
  readonly policyServes: boolean;
}

/** What people who ask "why nobody?" are told about: everybody of the programme, on duty or not. */
export interface Survey extends Omit<Field, 'fitting'> {
  readonly offDuty: number;
}

export interface OnePeer {
  readonly demand: Demand;
  /** null when the peer is not on duty. */
  readonly candidate: Candidate | null;
  readonly supervisorCover: boolean;
  readonly policyServes: boolean;
}

/** Where and when a request is looked after. */
export interface FieldPlace {
  readonly programmeId: string;
  readonly timeZone: string;
  readonly night: boolean;
  /** The relapse policy peers acknowledge; null: there is none. */
  readonly policyId: string | null;
  /** What the programme asks for the sake of its peers. */
  readonly terms: Omit<Terms, 'policyId' | 'relapsePolicy'>;
  readonly relapsePolicy: PolicyStanding;
  readonly supervisorCover: boolean;
  /** The only supervisor there is, who is not their own; null when there are several. */
  readonly onlySupervisorId: string | null;
}

/** Stands for no request: nobody was asked for it, had it, or is to be kept from it. */
const NO_REQUEST = { id: '00000000-0000-0000-0000-000000000000', round: 0 } as const;
/** Enough to choose from; a page more is read only while fewer fit. */
const ENOUGH = 50;
const NOBODY: Pick<Field, 'candidates' | 'fitting'> = { candidates: [], fitting: [] };
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
    private readonly care: CareTerms,
  ) {}

  async of(tx: Tx, course: Course, seat: Demand['seat'], now: Date): Promise<Field> {
    const { demand, wanted, ...open } = await this.ground(tx, course, seat, now);
    const { candidates, fitting } = open.supervisorCover ? await this.read(tx, wanted, demand, now) : NOBODY;
    return { demand, candidates, fitting, ...open };
  }

  /** The same with these peers alone. */
  async among(tx: Tx, course: Course, seat: Demand['seat'], personIds: readonly string[], now: Date): Promise<Field> {
    const { demand, wanted, ...open } = await this.ground(tx, course, seat, now);
    const rows = open.supervisorCover ? await this.candidates.those(tx, wanted, now, personIds) : [];
    const candidates = rows.map((row) => this.placed(row));
    return { demand, candidates, fitting: candidates.filter((candidate) => fits(candidate, demand, now)), ...open };
  }

  /** What is known of these peers, whoever of `demands` asks; what is between one of them and one request is not in it. */
  async those(tx: Tx, { programmeId, timeZone, policyId }: FieldPlace, demands: readonly Demand[], personIds: readonly string[], now: Date): Promise<Candidate[]> {
    const wanted = { request: { ...NO_REQUEST, programmeId }, timeZone, credentials: [...new Set(demands.flatMap(credentialsFor))], policyId };
    return (await this.candidates.those(tx, wanted, now, personIds)).map((row) => this.placed(row));
  }

  /** Everybody, whether they fit or not, covered or not. */
  async survey(tx: Tx, course: Course, seat: Demand['seat'], now: Date): Promise<Survey> {
    const { demand, wanted, ...open } = await this.ground(tx, course, seat, now);
    const candidates: Candidate[] = [];
    for (let page: CandidatePage | null = null; page === null || page.next !== null; ) {
      page = await this.candidates.onDutyOf(tx, wanted, now, page?.next ?? null);
      candidates.push(...page.rows.map((row) => this.placed(row)));
    }
    return { demand, candidates, ...open, offDuty: await this.candidates.offDutyCount(tx, course.request.programmeId) };
  }

  /** One peer as they are now. Whoever decides by it holds their duty row. */
  async peer(tx: Tx, course: Course, personId: string, seat: Demand['seat'], now: Date): Promise<OnePeer> {
    const { demand, wanted, ...open } = await this.ground(tx, course, seat, now);
    const row = await this.candidates.peerOnDuty(tx, wanted, now, personId);
    return { demand, candidate: row && this.placed(row), ...open };
  }

  /** The same candidates with what may have changed since, for those whose duty rows are locked now. */
  async refreshed(tx: Tx, request: Pick<CrisisRequest, 'id' | 'programmeId'>, candidates: readonly Candidate[], rows: readonly DutyRow[], now: Date): Promise<Candidate[]> {
    const ids = rows.map((row) => row.personId);
    const occupancy = new Map((await this.store.occupancyOf(tx, ids)).map((found) => [found.personId, found]));
    const standings = new Map((await this.candidates.standingsOf(tx, request, ids, now)).map((found) => [found.personId, found]));
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

  /** What is the same for all requests of a programme at one time, or for this one of them. */
  async placeOf(
    tx: Tx, { programmeId, requestId }: { programmeId: string; requestId: string | null }, policy: Pick<DispatchPolicy, 'supervisorGraceSeconds'>, now: Date,
  ): Promise<FieldPlace> {
    const programme = await this.programmes.get(tx, programmeId);
    const timeZone = programme?.timeZone ?? 'UTC';
    const hour = DateTime.fromJSDate(now, { zone: timeZone }).hour;
    const { covered, onlyPersonId } = await this.duty.supervisorCover(tx, programmeId, now, policy.supervisorGraceSeconds);
    const { policyId, relapsePolicy, ...terms } = await this.care.of(tx, programmeId, requestId, now);
    return {
      programmeId, timeZone, night: hour >= NIGHT_FROM || hour < NIGHT_UNTIL, terms, policyId, relapsePolicy, supervisorCover: covered, onlySupervisorId: onlyPersonId,
    };
  }

  demandOf(request: CrisisRequest, policy: DispatchPolicy, { night, terms, onlySupervisorId }: Pick<FieldPlace, 'night' | 'terms' | 'onlySupervisorId'>, seat: Demand['seat'], now: Date): Demand {
    return demandOf(request, policy, { seat, at: this.zips.at(request.place), night, onlySupervisorId, ...terms }, now);
  }

  private async ground(tx: Tx, { request, policy, lead }: Course, seat: Demand['seat'], now: Date) {
    const found = await this.placeOf(tx, { programmeId: request.programmeId, requestId: request.id }, policy.content, now);
    // Somebody is in contact already: whoever takes over is looked for whether a supervisor is there or not (product §4).
    const place = seat === 'lead' && isHandingOver(lead) ? { ...found, supervisorCover: true, onlySupervisorId: null } : found;
    const demand = this.demandOf(request, policy.content, place, seat, now);
    const wanted: Wanted = { request, timeZone: place.timeZone, credentials: credentialsFor(demand), policyId: place.policyId };
    return { demand, wanted, supervisorCover: place.supervisorCover, policyServes: serves(place.relapsePolicy, request.receivedAt) };
  }

  private placed(row: CandidateRow): Candidate {
    // Most people give no place; copying the rows of a thousand of them would cost more than judging them.
    return isNowhere(row) ? row : { ...row, place: this.zips.at(row.place) };
  }

  private async read(tx: Tx, wanted: Wanted, demand: Demand, now: Date): Promise<Pick<Field, 'candidates' | 'fitting'>> {
    const candidates: Candidate[] = [];
    const fitting: Candidate[] = [];
    let free = 0;
    for (let next: string | null = null; ; ) {
      const page: CandidatePage = await this.candidates.onDutyFor(tx, wanted, now, next);
      for (const row of page.rows) {
        const candidate = this.placed(row);
        candidates.push(candidate);
        if (!fits(candidate, demand, now)) continue;
        fitting.push(candidate);
        if (!candidate.askedThisRound && !isBusy(candidate)) free += 1;
      }
      next = page.next;
      if (next === null || free >= ENOUGH) return { candidates, fitting };
    }
  }
}

function isNowhere(row: CandidateRow): row is CandidateRow & { readonly place: null } {
  return row.place === null;
}

function credentialsFor({ training, certifications }: Demand): string[] {
  return [...training, ...(certifications ?? [])];
}
