import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { AreasService } from '../programmes/areas.service.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { HandOffScripts } from '../programmes/hand-off-scripts.service.js';
import { gravest } from '../requests/domain/escalation.js';
import { EscalationsService } from '../requests/escalations.service.js';
import { RequestRecords } from '../requests/request-records.js';
import { ConsultStore } from './consult.store.js';
import type { MyAssignmentView, MyOfferView, ScriptView } from './contract.js';
import { DispatchStore } from './dispatch.store.js';
import { buddyNeed, type Assignment } from './domain/assignment.js';
import type { Offer } from './domain/offer.js';
import { consultView, myAssignmentView, myOfferView } from './views.js';

/** What stands beside a request on a peer's page. */
@Injectable()
export class MyWorkParts {
  constructor(
    readonly areas: AreasService,
    readonly programmes: ProgrammesService,
    readonly consults: ConsultStore,
    readonly scripts: HandOffScripts,
    readonly escalations: EscalationsService,
  ) {}
}

/** What a peer sees: what they are asked, and whom they are with. Never who asks before accepting. */
@Injectable()
export class MyWork {
  constructor(
    private readonly db: Database,
    private readonly store: DispatchStore,
    private readonly records: RequestRecords,
    private readonly parts: MyWorkParts,
  ) {}

  /** What an offer asks for. Null: there is no such offer. */
  async purposeOf(offerId: string): Promise<Offer['purpose'] | null> {
    return (await this.db.read((tx) => this.store.offer(tx, offerId)))?.purpose ?? null;
  }

  async offers(personId: string): Promise<MyOfferView[]> {
    return this.db.read(async (tx) => this.offersSeen(tx, await this.store.pendingOffersFor(tx, personId)));
  }

  /** Live ones, and those that ended while the close-out is still to be written, or the peer is not known to be out safe. */
  async assignments(personId: string): Promise<MyAssignmentView[]> {
    return this.db.read(async (tx) => {
      const toCloseOut = await this.store.assignmentsToCloseOut(tx, personId);
      const watched = (await this.store.watchedAfterEnd(tx, personId)).filter(({ id }) => toCloseOut.every((owed) => owed.id !== id));
      const rows = [...(await this.store.liveAssignmentsOf(tx, personId)), ...toCloseOut, ...watched];
      const views: MyAssignmentView[] = [];
      for (const row of rows) views.push(await this.assignmentSeen(tx, row));
      return views;
    });
  }

  async offer(offer: Offer): Promise<MyOfferView> {
    const [view] = await this.db.read((tx) => this.offersSeen(tx, [offer]));
    if (!view) throw new Error(`no view of offer ${offer.id}`);
    return view;
  }

  assignment(assignmentId: string): Promise<MyAssignmentView> {
    return this.db.read(async (tx) => {
      const assignment = await this.store.assignment(tx, assignmentId);
      if (!assignment) throw new Error(`no assignment ${assignmentId}`);
      return this.assignmentSeen(tx, assignment);
    });
  }

  private async offersSeen(tx: Tx, offers: readonly Offer[]): Promise<MyOfferView[]> {
    const views: MyOfferView[] = [];
    for (const offer of offers) {
      const request = await this.records.find(tx, await this.requestIdOf(tx, offer));
      if (!request) continue;
      const programme = await this.parts.programmes.get(tx, request.programmeId);
      views.push(myOfferView(offer, request, await this.parts.areas.nameFor(tx, request.place.countyFips), programme?.inPersonRule ?? null));
    }
    return views;
  }

  private async assignmentSeen(tx: Tx, assignment: Assignment): Promise<MyAssignmentView> {
    const request = await this.records.find(tx, assignment.requestId);
    if (!request) throw new Error(`assignment ${assignment.id} has no request`);
    const programme = await this.parts.programmes.get(tx, request.programmeId);
    const area = await this.parts.areas.nameFor(tx, request.place.countyFips);
    const seats = await this.store.liveSeatsOf(tx, request.id);
    const consult = await this.parts.consults.latestOf(tx, assignment.id);
    return myAssignmentView(assignment, request, {
      area, callingInstruction: programme?.callingInstruction ?? '', callingInstructionEs: programme?.callingInstructionEs ?? null, consult: consult && consultView(consult), closeOutDue: assignment.endedAt !== null && (await this.store.owesCloseOut(tx, assignment.id)),
      requestNumber: (await this.records.numbersOf(tx, [request.id])).get(request.id) ?? 0, script: assignment.endedAt ? null : await this.scriptFor(tx, assignment),
      inPersonRule: request.contactKind === 'in-person' ? (programme?.inPersonRule ?? null) : null,
      buddy: buddyNeed(request.contactKind, programme?.inPersonRule ?? null, seats),
    });
  }

  /** Help of another kind is on its way: whoever is with the person needs the words now. Who is not with them yet leaves what is beyond a peer to the supervisor. */
  private async scriptFor(tx: Tx, { requestId, contactMadeAt }: Assignment): Promise<ScriptView | null> {
    const stopped = (await this.parts.escalations.openOf(tx, requestId)).filter(({ searchContinues }) => !searchContinues);
    const open = gravest(stopped.filter(({ cause }) => cause !== 'beyond-scope' || contactMadeAt !== null));
    return open && this.parts.scripts.forPeer(open.cause, open.tier);
  }

  private async requestIdOf(tx: Tx, offer: Offer): Promise<string> {
    if (offer.purpose !== 'consult') return offer.subjectId;
    return (await this.parts.consults.find(tx, offer.subjectId))?.requestId ?? offer.subjectId;
  }
}
