import { answerTo, between, chanceOf, type Chance } from './chance.js';
import { pause } from './door.js';
import { listen } from './event-stream.js';
import { utc } from './figures.js';
import { mapEnding, type Ending } from './mapping.js';
import { Bell, hoped, type Scene } from './scene.js';
import { contactLength } from './schedule.js';
import type { Answer, Session } from './session.js';
import * as views from './views.js';

const LOOK_AT_LEAST_EVERY_MS = 3_000;
const LOOK_AT_MOST_EVERY_MS = 100;
/** Every so many looks the peer makes sure of being on duty and of not having forgotten a contact. */
const LOOKS_PER_ROUND_UP = 5;
const ON_DUTY_FOR_MS = 8 * 3_600_000;
const PATIENCE_MS = 30_000;
const STRANGER_CONTACT_MS = 1_000;

/** A demo peer on duty who answers offers as seeded chance has it and sees each contact through. */
export class SimulatedPeer {
  private readonly bell = new Bell();
  /** Two streams, so that the n-th offer to a peer gets the same answer whatever the pace of the run. */
  private readonly mood: Chance;
  private readonly pace: Chance;
  private readonly answered = new Set<string>();
  private readonly attending = new Map<string, Promise<void>>();
  private wasOnDutyBefore = true;

  constructor(private readonly session: Session, private readonly scene: Scene) {
    this.mood = chanceOf(scene.options.seed, session.email, 'mood');
    this.pace = chanceOf(scene.options.seed, session.email, 'pace');
  }

  /** False when the server would not let the peer check in. */
  async begin(): Promise<boolean> {
    await this.session.signIn();
    this.wasOnDutyBefore = (await this.duty()) === 'on';
    return this.checkIn();
  }

  async work(signal: AbortSignal): Promise<void> {
    const listening = listen(this.session, ({ type }) => {
      if (type === 'reset' || type.startsWith('offer.')) this.bell.ring();
    }, signal);
    for (let look = 1; !signal.aborted; look += 1) {
      await this.lookAtOffers(signal);
      if (look % LOOKS_PER_ROUND_UP === 0) await this.roundUp(signal);
      await pause(LOOK_AT_MOST_EVERY_MS, signal);
      await this.bell.wait(LOOK_AT_LEAST_EVERY_MS, signal);
    }
    await Promise.all([listening, ...this.attending.values()]);
  }

  /** Leaves the deployment as it was found: a simulated peer left on duty would be offered real requests. */
  async goHome(): Promise<void> {
    if (this.wasOnDutyBefore) return;
    await hoped(this.scene.ledger, 'DELETE /me/duty', [200, 204], () => this.session.call('DELETE', '/me/duty?as=peer'));
  }

  private async checkIn(): Promise<boolean> {
    const { clock, ledger, programmeId } = this.scene;
    const body = {
      as: 'peer',
      mode: 'active',
      programmeIds: [programmeId],
      until: utc(clock.nowMs() + ON_DUTY_FOR_MS),
      contactKinds: ['phone', 'text'],
    };
    const answer = await hoped(ledger, 'PUT /me/duty', [200, 201], () => this.session.call('PUT', '/me/duty', body));
    return answer !== null;
  }

  private async duty(): Promise<'on' | 'off' | 'unknown'> {
    const answer = await hoped(this.scene.ledger, 'GET /me/duty', [200], () => this.session.call('GET', '/me/duty'));
    const read = views.myDuty.safeParse(answer?.body);
    if (!read.success) return 'unknown';
    return read.data.peer === null ? 'off' : 'on';
  }

  private async lookAtOffers(signal: AbortSignal): Promise<void> {
    const { ledger } = this.scene;
    const answer = await hoped(ledger, 'GET /me/offers', [200], () => this.session.call('GET', '/me/offers'));
    const read = views.offers.safeParse(answer?.body);
    if (answer && !read.success) ledger.surprises.add('GET /me/offers: not the shape of offers');
    for (const offer of read.data?.items ?? []) {
      if (offer.status !== 'pending' || this.answered.has(offer.id)) continue;
      this.answered.add(offer.id);
      this.attend(offer.id, this.answer(offer, signal));
    }
  }

  private async answer(offer: views.OfferView, signal: AbortSignal): Promise<void> {
    const { ledger, options } = this.scene;
    const choice = answerTo(options.acceptRate, this.mood);
    ledger.answers.add(choice);
    await pause(between(100, 600, this.pace), signal);
    if (choice === 'ignore' || signal.aborted) return;
    const answer = await this.command(`/offers/${offer.id}/${choice}`, {}, [200, 201, 204], signal);
    if (choice !== 'accept') return;
    const assignment = views.assignment.safeParse(answer?.body);
    if (assignment.success) await this.seeThrough(assignment.data, signal);
    else if (answer) ledger.surprises.add('POST /offers/{id}/accept: not the shape of an assignment');
  }

  /** Makes contact, talks as long as recorded, closes. */
  private async seeThrough(assignment: views.AssignmentView, signal: AbortSignal): Promise<void> {
    const { ledger } = this.scene;
    ledger.sawLead(assignment);
    await pause(between(200, 800, this.pace), signal);
    const { outcome, reasons, intensity, lengthMs } = this.endingOf(assignment.requestId);
    if (assignment.contactMadeAt === null && outcome !== 'no-contact') {
      await this.command(`/assignments/${assignment.id}/contact-made`, {}, [200, 201, 204], signal);
    }
    await pause(lengthMs, signal);
    if (signal.aborted) return;
    const closed = await this.command(`/assignments/${assignment.id}/close`, { outcome, reasons, intensity }, [200, 201], signal);
    const ended = views.assignment.safeParse(closed?.body);
    if (ended.success) ledger.sawLead(ended.data);
  }

  private endingOf(requestId: string): Ending & { readonly lengthMs: number } {
    const { catalogue, compression, ledger, mapping } = this.scene;
    const record = ledger.takenFrom.get(requestId);
    const { outcome, intensity } = mapping.defaults;
    if (!record) return { outcome: outcome.value, intensity: intensity.value, reasons: [], lengthMs: STRANGER_CONTACT_MS };
    const ending = mapEnding(record, mapping, catalogue);
    for (const name of ending.defaults) ledger.defaults.add(name);
    const length = contactLength(record, compression);
    if (length.kind !== 'recorded') ledger.defaults.add(`contact length: ${length.kind} (${Math.round(length.ms)} ms)`);
    return { ...ending.value, lengthMs: length.ms };
  }

  /** Off duty without asking for it → checks in again; a contact nobody here attends to → takes it up. */
  private async roundUp(signal: AbortSignal): Promise<void> {
    const { ledger } = this.scene;
    if (this.attending.size === 0 && (await this.duty()) === 'off') {
      ledger.answers.add('checked in again');
      await this.checkIn();
    }
    if (this.attending.size > 0) return;
    const answer = await hoped(ledger, 'GET /me/assignments', [200], () => this.session.call('GET', '/me/assignments'));
    for (const assignment of views.assignments.safeParse(answer?.body).data?.items ?? []) {
      if (assignment.endedAt === null) this.attend(assignment.id, this.seeThrough(assignment, signal));
    }
  }

  private attend(id: string, task: Promise<void>): void {
    this.attending.set(id, task.finally(() => this.attending.delete(id)));
  }

  private command(path: string, body: object, statuses: readonly number[], signal: AbortSignal): Promise<Answer | null> {
    const what = `POST ${path.replace(/[0-9a-f-]{36}/, '{id}')}`;
    return hoped(this.scene.ledger, what, statuses, () =>
      this.session.callPatiently('POST', path, body, { patienceMs: PATIENCE_MS, signal }));
  }
}
