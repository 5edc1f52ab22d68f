import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import { ConsultService } from '../dispatch/consult.service.js';
import { GivingUpService } from '../dispatch/giving-up.service.js';
import { OffersService } from '../dispatch/offers.service.js';
import { EncountersService } from '../encounters/encounters.service.js';
import { PeersService } from '../peers/peers.service.js';
import { after, SECOND_MS } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { assertNever } from '../platform/errors.js';
import { SignsOfLife } from '../platform/signs-of-life.store.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { CheckInService } from '../shifts/check-in.service.js';
import { DutyService } from '../shifts/duty.service.js';
import { actOnContact, actOnOffer, comesOnDutyAtMs, endingOf, isOurs, type Evening, type Stage } from './domain/evening.js';
import { positionOf, principalOf, unlessRefused } from './evening-desk.service.js';
import { EveningStore, type Player, type PlayerContact, type PlayerOffer } from './evening.store.js';

const DUTY_SECONDS = 3_600;
/** A simulated peer answers "still there?" well before their duty would end. */
const STILL_HERE_AFTER_MS = 20 * SECOND_MS;

/** Everything a peer does, through the services that real peers use. */
@Injectable()
export class PeerDoors {
  constructor(
    readonly offers: OffersService,
    readonly encounters: EncountersService,
    readonly givingUp: GivingUpService,
    readonly consults: ConsultService,
  ) {}
}

/** How simulated peers come on duty and leave it. */
@Injectable()
export class DutyDoors {
  constructor(
    readonly checkIns: CheckInService,
    readonly duty: DutyService,
    readonly peers: PeersService,
    readonly programmes: ProgrammesService,
  ) {}
}

type Word = string | number;

/** The simulated peers of an evening. A duty that somebody who signed in has changed is theirs from then on. */
@Injectable()
export class EveningPlayers {
  constructor(
    private readonly db: Database,
    private readonly store: EveningStore,
    private readonly doors: PeerDoors,
    private readonly onDuty: DutyDoors,
    private readonly signs: SignsOfLife,
  ) {}

  /** One look round: who is due comes on duty, and everybody does what their moment asks for. */
  async act(evening: Evening, now: Date, atMs: number): Promise<void> {
    for (const player of await this.players(evening)) {
      if (player.dutyVersion === null && player.since === null && comesOnDutyAtMs(player.position) <= atMs) await this.comeOnDuty(evening, player, now);
    }
    const players = await this.ours(evening);
    const personIds = players.map(({ personId }) => personId);
    // They have no page that could be seen, and act as if one were open all the while.
    await this.db.withTx((tx) => this.signs.seen(tx, personIds, now));
    for (const player of players) {
      const asked = player.stillHereAskedAt;
      if (asked && (now.getTime() - asked.getTime()) * evening.speed >= STILL_HERE_AFTER_MS) await unlessRefused(() => this.onDuty.duty.stillHere(player.personId));
    }
    for (const offer of await this.db.read((tx) => this.store.offersFor(tx, personIds))) await this.answer(evening, offer, playerOf(players, offer), now);
    for (const contact of await this.db.read((tx) => this.store.contactsOf(tx, personIds, evening.startedAt))) {
      await this.goOn(evening, contact, playerOf(players, contact), now);
    }
  }

  /** Ends what they are in, gives back what they have not begun, and goes off duty. */
  async leave(evening: Evening): Promise<void> {
    const players = await this.ours(evening);
    const personIds = players.map(({ personId }) => personId);
    for (const contact of await this.db.read((tx) => this.store.contactsOf(tx, personIds, evening.startedAt))) {
      const player = playerOf(players, contact);
      if (contact.contactMadeAt || contact.endedAt) await this.closeOut(evening, contact, player);
      else await unlessRefused(() => this.doors.givingUp.giveUp(contact.id, player.personId, 'handed-back', actorOf(principalOf(player, 'peer'))));
    }
    for (const { personId } of players) await unlessRefused(() => this.onDuty.duty.checkOut(personId, 'peer'));
  }

  /** Those on duty for the evening and for nobody else. */
  async ours(evening: Evening): Promise<Player[]> {
    const players = await this.players(evening);
    return players.filter((player) => {
      const duty = player.since && player.version !== null ? { since: player.since, version: player.version } : null;
      return isOurs(duty, player);
    });
  }

  private players(evening: Evening): Promise<Player[]> {
    return this.db.read((tx) => this.store.players(tx, evening.id));
  }

  private async comeOnDuty(evening: Evening, player: Player, now: Date): Promise<void> {
    const { contactKinds, programmeIds } = await this.db.read(async (tx) => ({
      contactKinds: (await this.onDuty.peers.profileOf(tx, player.personId))?.contactKinds.filter((kind) => kind !== 'in-person') ?? [],
      programmeIds: await this.onDuty.programmes.programmesOf(tx, player.personId),
    }));
    const until = after(now, DUTY_SECONDS * SECOND_MS);
    await unlessRefused(async () => {
      await this.db.withTx((tx) => this.store.markComing(tx, evening.id, player.personId, now));
      const duty = await this.onDuty.checkIns.checkIn(principalOf(player, 'peer'), {
        dutyAs: 'peer', mode: 'active', programmeIds, contactKinds, until, maxAcuity: null, buddyOnly: false, capacity: 1, place: null,
      });
      await this.db.withTx((tx) => this.store.markOnDuty(tx, evening.id, player.personId, duty));
    });
  }

  private async answer(evening: Evening, offer: PlayerOffer, player: Player, now: Date): Promise<void> {
    const words = [...this.words(evening, offer, player), offer.round];
    const me = principalOf(player, 'peer');
    const act = actOnOffer(evening.seed, words, (now.getTime() - offer.madeAt.getTime()) * evening.speed);
    if (act === 'accept') await unlessRefused(() => this.doors.offers.accept(offer.id, me.personId, actorOf(me)));
    if (act === 'decline') await unlessRefused(() => this.doors.offers.decline(offer.id, me.personId, actorOf(me)));
  }

  private async goOn(evening: Evening, contact: PlayerContact, player: Player, now: Date): Promise<void> {
    const me = principalOf(player, 'peer');
    const act = actOnContact(evening.seed, this.words(evening, contact, player), stageOf(contact, now, evening.speed));
    switch (act) {
      case 'wait':
        return;
      case 'contact-made':
        return unlessRefused(() => this.doors.encounters.contactMade(me, contact.id));
      case 'hand-back':
        return unlessRefused(() => this.doors.givingUp.giveUp(contact.id, me.personId, 'handed-back', actorOf(me)));
      case 'ask-advice':
        return unlessRefused(() => this.doors.consults.ask(me, contact.id));
      case 'close-out':
        return this.closeOut(evening, contact, player);
      default:
        return assertNever(act);
    }
  }

  private async closeOut(evening: Evening, contact: PlayerContact, player: Player): Promise<void> {
    const me: AccountPrincipal = principalOf(player, 'peer');
    const ending = endingOf(evening.seed, this.words(evening, contact, player));
    // No follow-up: it would be owed long after the evening.
    await unlessRefused(() => this.doors.encounters.closeOut(me, contact.id, { ...ending, reasons: [], followUp: false }));
  }

  private words(evening: Evening, { externalRef, requestId }: { externalRef: string | null; requestId: string }, player: Player): Word[] {
    return [positionOf(evening, externalRef) ?? requestId, player.position];
  }
}

function playerOf(players: readonly Player[], { personId }: { readonly personId: string }): Player {
  const player = players.find((each) => each.personId === personId);
  if (!player) throw new Error(`nobody plays ${personId}`);
  return player;
}

function stageOf(contact: PlayerContact, now: Date, speed: number): Stage {
  if (contact.endedAt) return { kind: 'to-close-out' };
  const forMs = (since: Date): number => (now.getTime() - since.getTime()) * speed;
  if (!contact.contactMadeAt) return { kind: 'accepted', forMs: forMs(contact.acceptedAt) };
  return { kind: 'in-contact', forMs: forMs(contact.contactMadeAt), askedAdvice: contact.askedAdvice };
}
