import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { dayOrNight } from '../programmes/domain/night.js';
import type { DispatchPolicy } from '../programmes/domain/policy.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { DutyService } from '../shifts/duty.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { Places } from '../programmes/places.service.js';
import type { DutyRow } from '../shifts/domain/duty.js';
import { serves, type PolicyStanding } from '../wellness/domain/relapse-policy.js';
import { CandidatesStore, type CandidateRow, type IdPage, type Wanted } from './candidates.store.js';
import { CareTerms, type Terms } from './care-terms.service.js';
import type { Course } from './course.service.js';
import { DispatchStore } from './dispatch.store.js';
import { isHandingOver } from './domain/assignment.js';
import type { Candidate, Demand } from './domain/candidate.js';
import { demandOf } from './domain/demand.js';
import { fits, isBusy } from './domain/gates.js';
import { likedTraits, rank } from './domain/score.js';

/** What is looked for, before anybody is looked at. */
export interface OpenField {
  readonly demand: Demand;
  readonly supervisorCover: boolean;
  /** The programme's relapse policy, or the grace after it, lets peers be asked for this request. */
  readonly policyServes: boolean;
  /** What peers are read for. */
  readonly wanted: Wanted;
}

export interface Field {
  readonly candidates: readonly Candidate[];
  /** Those of the candidates whom no gate keeps out. */
  readonly fitting: readonly Candidate[];
}

/** What people who ask "why nobody?" are told about: everybody of the programme, on duty or not. */
interface Survey extends Omit<OpenField, 'wanted'> {
  readonly candidates: readonly Candidate[];
  readonly offDuty: number;
}

interface OnePeer extends Omit<OpenField, 'wanted'> {
  /** null when the peer is not on duty. */
  readonly candidate: Candidate | null;
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
/** Of whom everything is read first; seldom does a gate keep out so many of the best. */
const NEAREST = 16;

/** Everything that can be known about who could take a request now. */
@Injectable()
export class FieldService {
  constructor(
    private readonly candidates: CandidatesStore,
    private readonly store: DispatchStore,
    private readonly duty: DutyService,
    private readonly programmes: ProgrammesService,
    private readonly places: Places,
    private readonly care: CareTerms,
  ) {}

  async open(tx: Tx, { request, policy, lead }: Course, seat: Demand['seat'], now: Date): Promise<OpenField> {
    const found = await this.placeOf(tx, { programmeId: request.programmeId, requestId: request.id }, policy.content, now);
    // Somebody is in contact already: whoever takes over is looked for whether a supervisor is there or not (product §4).
    const place = seat === 'lead' && isHandingOver(lead) ? { ...found, supervisorCover: true, onlySupervisorId: null } : found;
    const demand = this.demandOf(request, policy.content, place, seat, now);
    const wanted: Wanted = { request, timeZone: place.timeZone, credentials: credentialsFor(demand), policyId: place.policyId };
    return { demand, wanted, supervisorCover: place.supervisorCover, policyServes: serves(place.relapsePolicy, request.receivedAt) };
  }

  /** Everybody, as far as it takes to have enough to choose from. */
  async all(tx: Tx, { demand, wanted }: OpenField, now: Date): Promise<Field> {
    const candidates: Candidate[] = [];
    const fitting: Candidate[] = [];
    let free = 0;
    for (let next: string | null = null; ; ) {
      const page: IdPage = await this.candidates.idsFor(tx, wanted, next);
      for (const row of await this.candidates.those(tx, wanted, now, page.ids)) {
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

  /** The same with these peers alone. */
  async among(tx: Tx, { demand, wanted }: OpenField, personIds: readonly string[], now: Date): Promise<Field> {
    const candidates = (await this.candidates.those(tx, wanted, now, personIds)).map((row) => this.placed(row));
    return { candidates, fitting: candidates.filter((candidate) => fits(candidate, demand, now)) };
  }

  /**
   * The few who would be asked first if no gate kept them out, of those nobody asks and who have a slot. What weighs is a
   * part of what gates go by, and reading all of hundreds of peers costs more than the rest of a search: whoever of these
   * fits is asked before anybody else who does. Nobody when they are not sure to be the first: too many are on duty.
   */
  async nearest(tx: Tx, { demand, wanted }: OpenField, weights: DispatchPolicy['weights'], now: Date): Promise<string[]> {
    const { ids, next } = await this.candidates.idsFor(tx, wanted, null);
    const rows = await this.candidates.free(tx, wanted, now, ids, likedTraits(demand));
    if (next !== null && rows.length < ENOUGH) return [];
    const free = rows.map((row) => ({ ...row, place: this.places.at(row.place) }));
    return rank(free, demand, weights, now).slice(0, NEAREST).map(({ candidate }) => candidate.personId);
  }

  /** What is known of these peers, whoever of `demands` asks; what is between one of them and one request is not in it. */
  async those(tx: Tx, { programmeId, timeZone, policyId }: FieldPlace, demands: readonly Demand[], personIds: readonly string[], now: Date): Promise<Candidate[]> {
    const wanted = { request: { ...NO_REQUEST, programmeId }, timeZone, credentials: [...new Set(demands.flatMap(credentialsFor))], policyId };
    return (await this.candidates.those(tx, wanted, now, personIds)).map((row) => this.placed(row));
  }

  /** Everybody, whether they fit or not, covered or not. */
  async survey(tx: Tx, course: Course, seat: Demand['seat'], now: Date): Promise<Survey> {
    const { demand, wanted, ...open } = await this.open(tx, course, seat, now);
    const candidates: Candidate[] = [];
    for (let page: IdPage | null = null; page === null || page.next !== null; ) {
      page = await this.candidates.idsOf(tx, wanted, page?.next ?? null);
      candidates.push(...(await this.candidates.those(tx, wanted, now, page.ids)).map((row) => this.placed(row)));
    }
    return { demand, candidates, ...open, offDuty: await this.candidates.offDutyCount(tx, course.request.programmeId) };
  }

  /** One peer as they are now. Whoever decides by it holds their duty row. */
  async peer(tx: Tx, course: Course, personId: string, seat: Demand['seat'], now: Date): Promise<OnePeer> {
    const { demand, wanted, ...open } = await this.open(tx, course, seat, now);
    const row = await this.candidates.peerOnDuty(tx, wanted, now, personId);
    return { demand, candidate: row && this.placed(row), ...open };
  }

  /** The same candidates with what may have changed since, for those whose duty rows are locked now. */
  async refreshed(tx: Tx, request: Pick<CrisisRequest, 'id' | 'programmeId'>, candidates: readonly Candidate[], rows: readonly DutyRow[], now: Date): Promise<Candidate[]> {
    const ids = rows.map((row) => row.personId);
    const [occupied, standing] = await Promise.all([this.store.occupancyOf(tx, ids), this.candidates.standingsOf(tx, request, ids, now)]);
    const occupancy = new Map(occupied.map((found) => [found.personId, found]));
    const standings = new Map(standing.map((found) => [found.personId, found]));
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
    const [programme, cover, { policyId, relapsePolicy, ...terms }] = await Promise.all([
      this.programmes.get(tx, programmeId), this.duty.supervisorCover(tx, programmeId, now, policy.supervisorGraceSeconds), this.care.of(tx, programmeId, requestId, now),
    ]);
    const timeZone = programme?.timeZone ?? 'UTC';
    return {
      programmeId, timeZone, night: dayOrNight(now, timeZone).night, terms, policyId, relapsePolicy, supervisorCover: cover.covered, onlySupervisorId: cover.onlyPersonId,
    };
  }

  demandOf(request: CrisisRequest, policy: DispatchPolicy, { night, terms, onlySupervisorId }: Pick<FieldPlace, 'night' | 'terms' | 'onlySupervisorId'>, seat: Demand['seat'], now: Date): Demand {
    return demandOf(request, policy, { seat, at: this.places.at(request.place), night, onlySupervisorId, ...terms }, now);
  }

  private placed(row: CandidateRow): Candidate {
    // Most people give no place; copying the rows of a thousand of them would cost more than judging them.
    return isNowhere(row) ? row : { ...row, place: this.places.at(row.place) };
  }
}

function isNowhere(row: CandidateRow): row is CandidateRow & { readonly place: null } {
  return row.place === null;
}

function credentialsFor({ training, certifications }: Demand): string[] {
  return [...training, ...(certifications ?? [])];
}
