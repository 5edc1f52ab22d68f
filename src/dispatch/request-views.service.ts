import { Injectable } from '@nestjs/common';
import type { AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { after, SECOND_MS } from '../platform/time.js';
import { AreasService } from '../programmes/areas.service.js';
import { HandOffScripts } from '../programmes/hand-off-scripts.service.js';
import { OnCallService } from '../programmes/on-call.service.js';
import { PolicyService } from '../programmes/policy.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { gravest, mayTake, type Escalation, type Taker } from '../requests/domain/escalation.js';
import { isOpen } from '../requests/domain/request.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { ConsultStore, type ConsultSeen } from './consult.store.js';
import { ContactReach } from './contact-reach.service.js';
import type { EscalationView, RequestView, StaffOfferView, StaffRequestView } from './contract.js';
import { DispatchStore } from './dispatch.store.js';
import type { Assignment } from './domain/assignment.js';
import type { Offer } from './domain/offer.js';
import { assignmentView, consultView, escalationView, offerView, questionsToAsk, requestView, staffAssignmentView, staffOfferView, takerIn } from './views.js';
import { ViewsStore } from './views.store.js';

interface Parts {
  readonly offers: Map<string, Offer[]>;
  readonly leads: Map<string, Assignment>;
  readonly escalations: Map<string, Escalation[]>;
  /** Of the accounts that have them. */
  readonly holders: Map<string, string>;
  readonly areas: Map<string, string>;
}

/** What only people at the desk see of a request. */
interface StaffParts extends Parts {
  readonly seats: Map<string, Assignment[]>;
  readonly consults: Map<string, ConsultSeen>;
  readonly names: Map<string, string>;
  readonly duplicates: Map<string, string>;
  readonly numbers: Map<string, number>;
  /** What whoever reads them is in a programme. */
  readonly takerIn: (programmeId: string) => Taker;
  /** Requests whose contact they may open. */
  readonly openTo: ReadonlySet<string>;
}

/** What the records of a request mean in words, and the times that follow from its policy. */
@Injectable()
export class RequestWords {
  constructor(
    readonly areas: AreasService,
    readonly scripts: HandOffScripts,
    readonly policies: PolicyService,
    readonly consults: ConsultStore,
    readonly onCall: OnCallService,
  ) {}
}

/** Requests as people and partners see them, many at a time with a fixed number of statements. */
@Injectable()
export class RequestViews {
  constructor(
    private readonly store: DispatchStore,
    private readonly views: ViewsStore,
    private readonly escalations: EscalationsService,
    private readonly records: RequestRecords,
    private readonly words: RequestWords,
    private readonly contacts: ContactReach,
  ) {}

  /** For a coordinator or supervisor of `programmeIds`; duplicates are looked for among those programmes only. */
  async forStaff(tx: Tx, reader: AccountPrincipal, requests: readonly CrisisRequest[], programmeIds: readonly string[]): Promise<StaffRequestView[]> {
    const parts = await this.staffParts(tx, reader, requests, programmeIds);
    const views: StaffRequestView[] = [];
    for (const request of requests) views.push(await this.staffView(tx, request, parts));
    return views;
  }

  /** For an intake partner: how its own request goes, not who the peers are, and nothing of other people's requests. */
  async forPartner(tx: Tx, requests: readonly CrisisRequest[]): Promise<RequestView[]> {
    const parts = await this.parts(tx, requests);
    const views: RequestView[] = [];
    for (const request of requests) {
      const area = areaOf(request, parts);
      const offers = (parts.offers.get(request.id) ?? []).map((offer) => offerView(offer, request, area));
      const lead = parts.leads.get(request.id);
      const escalation = this.shown(request, parts, null);
      views.push(
        requestView(request, {
          area, offers, assignment: lead ? assignmentView(lead) : null, escalation: escalation && { ...escalation, ownerAccountId: null, acknowledgedByName: null, contactConfirmedName: null },
        }),
      );
    }
    return views;
  }

  private async staffView(tx: Tx, request: CrisisRequest, parts: StaffParts): Promise<StaffRequestView> {
    const { policies } = this.words;
    const area = areaOf(request, parts);
    const nameOf = ({ personId }: { personId: string }): string => parts.names.get(personId) ?? '';
    const offers: StaffOfferView[] = [];
    for (const offer of parts.offers.get(request.id) ?? []) {
      const { number } = await policies.byId(tx, offer.policyVersionId);
      offers.push(staffOfferView(offer, request, area, nameOf(offer), number));
    }
    const lead = parts.leads.get(request.id);
    const assignment = lead ? staffAssignmentView(lead, nameOf(lead)) : null;
    const consult = parts.consults.get(request.id);
    const { undoSeconds } = (await policies.byId(tx, request.policyVersionId)).content;
    const undoUntil = request.state === 'cancelled' && request.cancelledAt ? after(request.cancelledAt, undoSeconds * SECOND_MS) : null;
    return {
      ...requestView(request, { area, offers, assignment, escalation: this.shown(request, parts, parts.takerIn(request.programmeId)) }), offers, assignment,
      number: parts.numbers.get(request.id) ?? 0, takenInBy: request.takenInBy,
      seats: (parts.seats.get(request.id) ?? []).map((seat) => staffAssignmentView(seat, nameOf(seat))), consult: consult ? consultView(consult) : null,
      preferences: request.preferences.map((preference) => ({ ...preference })), undoUntil: undoUntil?.toISOString() ?? null,
      ask: isOpen(request.state) ? questionsToAsk(request) : [], possibleDuplicateOf: parts.duplicates.get(request.id) ?? null, mayOpenContact: parts.openTo.has(request.id),
    };
  }

  private shown(request: CrisisRequest, parts: Parts, reader: Taker | null): EscalationView | null {
    const all = parts.escalations.get(request.id) ?? [];
    const open = gravest(all.filter(({ closedAt }) => closedAt === null));
    const last = all.filter(({ closeReason }) => closeReason === 'contact-confirmed').at(0) ?? null;
    const found = open ?? (request.state === 'ended' || request.state === 'closed' ? last : null);
    if (!found) return null;
    const takes = reader !== null && mayTake(found, reader, parts.leads.get(request.id)?.personId ?? null);
    return escalationView(found, this.words.scripts.for(found.cause, found.tier), parts.holders.get(found.acknowledgedBy ?? '') ?? null, takes);
  }

  private async staffParts(tx: Tx, reader: AccountPrincipal, requests: readonly CrisisRequest[], programmeIds: readonly string[]): Promise<StaffParts> {
    const ids = requests.map(({ id }) => id);
    const parts = await this.parts(tx, requests);
    const seats = await this.store.liveSeatsAmong(tx, ids);
    const people = [...[...parts.offers.values()].flat(), ...parts.leads.values(), ...seats].map(({ personId }) => personId);
    return {
      ...parts, seats: grouped(seats, ({ requestId }) => requestId),
      consults: new Map((await this.words.consults.openAmong(tx, ids)).map((consult) => [consult.requestId, consult])),
      names: await this.views.namesOf(tx, [...new Set(people)]), duplicates: await this.records.possibleDuplicates(tx, ids, programmeIds),
      numbers: await this.records.numbersOf(tx, ids), takerIn: takerIn(reader, await this.words.onCall.clinicianAmong(tx, programmeIds, reader.accountId)),
      openTo: await this.contacts.among(tx, reader, ids.map((id) => ({ id, leadPersonId: parts.leads.get(id)?.personId ?? null, escalations: parts.escalations.get(id) ?? [] }))),
    };
  }

  private async parts(tx: Tx, requests: readonly CrisisRequest[]): Promise<Parts> {
    const ids = requests.map(({ id }) => id);
    const leads = await this.store.leadsOf(tx, ids);
    const escalations = await this.escalations.latestOf(tx, ids);
    const holders = escalations.flatMap(({ acknowledgedBy }) => acknowledgedBy ?? []);
    return {
      offers: grouped(await this.store.offersOf(tx, ids), ({ subjectId }) => subjectId),
      leads: new Map(leads.map((lead) => [lead.requestId, lead])),
      escalations: grouped(escalations, ({ requestId }) => requestId),
      areas: await this.words.areas.namesFor(tx, requests.map(({ place }) => place.countyFips)),
      holders: await this.views.namesOfAccounts(tx, [...new Set(holders)]),
    };
  }
}

function areaOf({ place }: CrisisRequest, { areas }: Parts): string | null {
  return areas.get(place.countyFips ?? '') ?? null;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
