import { nowMs, pause } from './door.js';
import { listen } from './event-stream.js';
import { Bell, hoped, type Scene } from './scene.js';
import type { Session } from './session.js';
import * as views from './views.js';

const LOOK_AT_LEAST_EVERY_MS = 2_000;
const LOOK_AT_MOST_EVERY_MS = 250;
const PATIENCE_MS = 30_000;
/** How long a search may go on beside an escalation before the supervisor calls the person back in person. */
const CALLS_BACK_AFTER_MS = 30_000;

/** Causes that go to an outside partner or a clinician at once, without a search for a peer. */
const NO_SEARCH = ['imminent-danger', 'medical-emergency', 'needs-clinician', 'beyond-scope'];

type SupervisorStep =
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'confirm-contact'; readonly by: 'mobile-team' | 'supervisor' }
  | { readonly kind: 'leave' };

/** What the simulated supervisor does with an escalation first seen `ageMs` ago. */
export function supervisorStep(escalation: views.EscalationView, beingSearched: boolean, ageMs: number): SupervisorStep {
  if (escalation.acknowledgedAt === null) return { kind: 'acknowledge' };
  if (escalation.contactConfirmedAt !== null) return { kind: 'leave' };
  if (NO_SEARCH.includes(escalation.cause)) return { kind: 'confirm-contact', by: 'mobile-team' };
  if (beingSearched && ageMs >= CALLS_BACK_AFTER_MS) return { kind: 'confirm-contact', by: 'supervisor' };
  return { kind: 'leave' };
}

/** Works through the escalations of this run's own requests, and of no others. */
export class SimulatedSupervisor {
  private readonly bell = new Bell();
  private readonly firstSeenMs = new Map<string, number>();

  constructor(private readonly session: Session, private readonly scene: Scene) {}

  async work(signal: AbortSignal): Promise<void> {
    const listening = listen(this.session, ({ type }) => {
      if (type === 'reset' || type.startsWith('escalation.')) this.bell.ring();
    }, signal);
    while (!signal.aborted) {
      await this.lookAtEscalations();
      await pause(LOOK_AT_MOST_EVERY_MS, signal);
      await this.bell.wait(LOOK_AT_LEAST_EVERY_MS, signal);
    }
    await listening;
  }

  private async lookAtEscalations(): Promise<void> {
    const { ledger } = this.scene;
    let cursor = '';
    // Pages are bounded by what this run can have open; the cursor of the last page is null.
    for (let page = 0; page < 50; page += 1) {
      const answer = await hoped(ledger, 'GET /requests?state=escalated', [200], () =>
        this.session.call('GET', `/requests?state=escalated&limit=100${cursor}`));
      const read = views.requests.safeParse(answer?.body);
      if (answer && !read.success) ledger.surprises.add('GET /requests?state=escalated: not the shape of requests');
      for (const request of read.data?.items ?? []) {
        if (request.escalation && ledger.takenFrom.has(request.id)) await this.workOn(request, request.escalation);
      }
      if (!read.data?.nextCursor) return;
      cursor = `&cursor=${encodeURIComponent(read.data.nextCursor)}`;
    }
  }

  private async workOn(request: views.RequestView, escalation: views.EscalationView): Promise<void> {
    const { ledger } = this.scene;
    ledger.saw(request);
    const firstSeenMs = this.firstSeenMs.get(escalation.id) ?? nowMs();
    this.firstSeenMs.set(escalation.id, firstSeenMs);
    const beingSearched = request.assignment === null || request.assignment.endedAt !== null;
    const step = supervisorStep(escalation, beingSearched, nowMs() - firstSeenMs);
    if (step.kind === 'leave') return;
    const body = step.kind === 'acknowledge' ? {} : { by: step.by };
    const path = `/escalations/${escalation.id}/${step.kind === 'acknowledge' ? 'acknowledge' : 'contact-confirmed'}`;
    const done = await hoped(ledger, `POST /escalations/{id}/${step.kind}`, [200, 201, 204], () =>
      this.session.callPatiently('POST', path, body, { patienceMs: PATIENCE_MS }));
    if (done) ledger.answers.add(step.kind);
    if (done && step.kind === 'acknowledge') this.bell.ring();
  }
}
