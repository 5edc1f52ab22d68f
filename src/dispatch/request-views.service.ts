import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { AreasService } from '../programmes/areas.service.js';
import { HandOffScripts } from '../programmes/hand-off-scripts.service.js';
import type { CrisisRequest } from '../requests/domain/crisis-request.js';
import { gravest, type Escalation } from '../requests/domain/escalation.js';
import { isOpen } from '../requests/domain/request.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import type { EscalationView, RequestView, StaffRequestView } from './contract.js';
import { DispatchStore } from './dispatch.store.js';
import type { Assignment } from './domain/assignment.js';
import type { Offer } from './domain/offer.js';
import { escalationView, offerView, assignmentView, questionsToAsk, requestView, staffAssignmentView, staffOfferView } from './views.js';
import { ViewsStore } from './views.store.js';

interface Parts {
  readonly offers: Map<string, Offer[]>;
  readonly leads: Map<string, Assignment>;
  readonly escalations: Map<string, Escalation[]>;
}

/** Requests as people and partners see them, many at a time with a fixed number of statements. */
@Injectable()
export class RequestViews {
  constructor(
    private readonly store: DispatchStore,
    private readonly views: ViewsStore,
    private readonly escalations: EscalationsService,
    private readonly records: RequestRecords,
    private readonly areas: AreasService,
    private readonly scripts: HandOffScripts,
  ) {}

  /** For coordinators and supervisors of `programmeIds`; duplicates are looked for among those programmes only. */
  async forStaff(tx: Tx, requests: readonly CrisisRequest[], programmeIds: readonly string[]): Promise<StaffRequestView[]> {
    const ids = requests.map(({ id }) => id);
    const parts = await this.parts(tx, ids);
    const people = [...[...parts.offers.values()].flat(), ...parts.leads.values()].map(({ personId }) => personId);
    const names = await this.views.namesOf(tx, [...new Set(people)]);
    const duplicates = await this.records.possibleDuplicates(tx, ids, programmeIds);
    const nameOf = (personId: string): string => names.get(personId) ?? '';
    const views: StaffRequestView[] = [];
    for (const request of requests) {
      const area = await this.areas.nameFor(tx, request.place.countyFips);
      const offers = (parts.offers.get(request.id) ?? []).map((offer) => staffOfferView(offer, request, area, nameOf(offer.personId)));
      const lead = parts.leads.get(request.id);
      const assignment = lead ? staffAssignmentView(lead, nameOf(lead.personId)) : null;
      const escalation = this.shown(request, parts);
      views.push({
        ...requestView(request, { area, offers, assignment, escalation }), offers, assignment,
        ask: isOpen(request.state) ? questionsToAsk(request) : [], possibleDuplicateOf: duplicates.get(request.id) ?? null,
      });
    }
    return views;
  }

  /** For an intake partner: how its own request goes, not who the peers are, and nothing of other people's requests. */
  async forPartner(tx: Tx, requests: readonly CrisisRequest[]): Promise<RequestView[]> {
    const parts = await this.parts(tx, requests.map(({ id }) => id));
    const views: RequestView[] = [];
    for (const request of requests) {
      const area = await this.areas.nameFor(tx, request.place.countyFips);
      const offers = (parts.offers.get(request.id) ?? []).map((offer) => offerView(offer, request, area));
      const lead = parts.leads.get(request.id);
      const escalation = this.shown(request, parts);
      views.push(
        requestView(request, {
          area, offers, assignment: lead ? assignmentView(lead) : null, escalation: escalation && { ...escalation, ownerAccountId: null },
        }),
      );
    }
    return views;
  }

  escalation(escalation: Escalation): EscalationView {
    return escalationView(escalation, this.scripts.for(escalation.cause, escalation.tier));
  }

  private shown(request: CrisisRequest, parts: Parts): EscalationView | null {
    const all = parts.escalations.get(request.id) ?? [];
    const open = gravest(all.filter(({ closedAt }) => closedAt === null));
    const last = all.filter(({ closeReason }) => closeReason === 'contact-confirmed').at(0) ?? null;
    const found = open ?? (request.state === 'ended' || request.state === 'closed' ? last : null);
    return found ? this.escalation(found) : null;
  }

  private async parts(tx: Tx, ids: readonly string[]): Promise<Parts> {
    const leads = await this.store.leadsOf(tx, ids);
    return {
      offers: grouped(await this.store.offersOf(tx, ids), ({ subjectId }) => subjectId),
      leads: new Map(leads.map((lead) => [lead.requestId, lead])),
      escalations: grouped(await this.escalations.latestOf(tx, ids), ({ requestId }) => requestId),
    };
  }
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
