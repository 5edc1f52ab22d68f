import fc from 'fast-check';
import { DeskService } from '../../src/dispatch/desk.service.js';
import { GivingUpService } from '../../src/dispatch/giving-up.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { Tally, type Act } from '../support/model/act.js';
import * as care from '../support/model/case-acts.js';
import * as desk from '../support/model/desk-acts.js';
import * as peer from '../support/model/peer-acts.js';
import * as field from '../support/model/field-acts.js';
import * as policy from '../support/model/policy-acts.js';
import { STANDINGS } from '../support/model/policy-shelf.js';
import { lostRequests } from '../support/model/rescue.js';
import { Step, type Model } from '../support/model/run.js';
import { Stage } from '../support/model/stage.js';
import * as time from '../support/model/time-acts.js';

/**
 * The gate runs the same sequences each time; `MODEL_SEED=any MODEL_RUNS=2000` takes a long look at new ones. What a failure
 * prints as seed, path and replayPath brings it back.
 */
const { MODEL_RUNS = '30', MODEL_SEED = '1', MODEL_PATH, MODEL_REPLAY, MODEL_TALLY } = process.env;
const RUNS = Number(MODEL_RUNS);
/** About half of them find something to be done to. */
const STEPS = 50;
/** A busy machine makes fewer runs, and shrinking ends in time to be printed. */
const TIME_LIMIT_MS = Math.max(45_000, RUNS * 3_000);

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: desk.intake },
  { weight: 25, arbitrary: time.sweeping },
  { weight: 50, arbitrary: peer.accepting },
  { weight: 12, arbitrary: time.forward },
  { weight: 10, arbitrary: time.living },
  { weight: 20, arbitrary: peer.makingContact },
  { weight: 8, arbitrary: field.settingOut },
  { weight: 6, arbitrary: field.fallingSilent },
  { weight: 8, arbitrary: field.askingAdvice },
  { weight: 4, arbitrary: peer.goingAway },
  { weight: 6, arbitrary: peer.excluding },
  { weight: 8, arbitrary: peer.ignoring },
  { weight: 8, arbitrary: peer.declining },
  { weight: 6, arbitrary: peer.checkingIn },
  { weight: 6, arbitrary: desk.undoing },
  { weight: 6, arbitrary: peer.mustGo },
  { weight: 10, arbitrary: care.goingOn },
  { weight: 4, arbitrary: peer.goingAwayAsked },
  { weight: 4, arbitrary: peer.limitingAsked },
  { weight: 5, arbitrary: care.steppingBack },
  { weight: 3, arbitrary: time.anotherShift },
  { weight: 3, arbitrary: policy.everybodyReads },
  ...[
    peer.acceptingAgain, peer.declineLate, peer.knowing, peer.knowingLate, peer.closingOut, peer.closingOutContact, peer.takingCloseOutBack, peer.closingOutOwed, peer.handingBack, peer.knownPerson, peer.beyondScope, peer.givingUpLate,
    peer.closingPage, peer.openingPage, peer.checkingOut, peer.pausing, peer.returning, peer.stillHere, peer.limiting, peer.liftingLimits, desk.triaging, desk.escalating,
    desk.cancelling, desk.reOffering, desk.assigning, desk.assigning, desk.withdrawing, desk.acknowledging, desk.acknowledging, desk.confirming, desk.returningToSearch,
    field.sayingSafe, field.takingConsult, field.answeringConsult, field.decliningConsult, field.endingConsult,
    care.raising, care.approvingExit, care.signingOff, care.proposing, care.answering, policy.confirmingPolicy,
    desk.acknowledgingAlarm, desk.speakingWithPeer, desk.supervisorAway, desk.supervisorBack, time.ringing, time.supplying, time.supplying,
  ].map((arbitrary) => ({ weight: 2, arbitrary })),
  ...[
    care.appealing, care.hearingAppeal, care.telling, care.supporting, care.offeringSupport, care.takingSupport, care.settingReview, care.closing, policy.newPolicy, policy.readingPolicies,
  ].map((arbitrary) => ({ weight: 1, arbitrary })),
);
const twoRequests = fc.array(desk.intake.map((single) => new Step([single])), { minLength: 2, maxLength: 2 });
/** What has begun before anything goes wrong: somebody asked, on the way, in contact. */
const begun = fc.array(fc.oneof(time.sweeping, peer.accepting, peer.accepting, field.settingOut, peer.makingContact, care.goingOn).map((single) => new Step([single])), { maxLength: 8 });
/** Somebody is on the way back already, or about to leave. */
const onTheWayBack = fc
  .tuple(fc.oneof(care.steppingBack, care.raising), fc.array(fc.oneof({ weight: 6, arbitrary: care.goingOn }, { weight: 1, arbitrary: time.anotherShift }), { minLength: 1, maxLength: 9 }))
  .map(([first, next]) => [first, ...next].map((single) => new Step([single])));
const past = fc.oneof(fc.constant([]), onTheWayBack);
/** Mostly the relapse policy is in force, and nobody thinks of it. */
const standing = fc.oneof({ weight: 5, arbitrary: fc.constant('in-force' as const) }, { weight: 1, arbitrary: fc.constantFrom(...STANDINGS) });
const one = act.map((single) => new Step([single]));
const short = act.filter(({ lasts }) => lasts !== true);
const two = fc.tuple(short, short).map((pair) => new Step(pair));
// Who of two at once comes first is the machine's affair, and a gate asks the same in each run: two at once are for longer looks.
const steps = fc.commands(process.env['MODEL_SEED'] ? [one, one, one, one, two] : [one], { maxCommands: STEPS, size: 'max', ...(MODEL_REPLAY ? { replayPath: MODEL_REPLAY } : {}) });

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

it('loses no request, gives none to two, and leaves nothing overdue, whatever happens in whatever order', async () => {
  const tally = new Tally();
  let runs = 0;
  const until = performance.now() + TIME_LIMIT_MS;
  const property = fc.asyncProperty(standing, past, twoRequests, begun, steps, async (stands, earlier, requests, before, sequence) => {
    // What has begun is brought to its end: left alone it would go on under the next test.
    if (performance.now() > until) return;
    await stage.begin(stands);
    const model: Model = { stage, tally, seen: await stage.read() };
    for (const step of earlier) if (step.check(model)) await step.run(model, stage);
    for (const step of requests) await step.run(model, stage);
    await stage.sweep();
    model.seen = await stage.judge(model.seen, true);
    for (const step of before) if (step.check(model)) await step.run(model, stage);
    await fc.asyncModelRun(() => ({ model, real: stage }), sequence);
    await stage.sweep();
    const { offers, assignments, caseSteps } = await stage.judge(model.seen, true);
    for (const { act: what } of caseSteps) tally.count(`of a case: ${what}`, 'done');
    for (const { status } of offers) tally.count(`an offer is ${status}`, 'done');
    for (const { endReason } of assignments) tally.count(`an assignment is ${endReason ?? 'live'}`, 'done');
    expect(await lostRequests(stage)).toEqual([]);
    runs += 1;
    if (MODEL_TALLY && runs % 100 === 0) process.stdout.write(`${runs} sequences kept every promise\n`);
  });
  const replayed = { ...(MODEL_SEED === 'any' ? {} : { seed: Number(MODEL_SEED) }), ...(MODEL_PATH ? { path: MODEL_PATH } : {}) };
  await fc.assert(property, { numRuns: RUNS, unbiased: true, includeErrorInReport: true, ...replayed });
  if (MODEL_TALLY) process.stdout.write(`${String(tally)}\ndeadlocks ${await stage.deadlocks()}\n`);
  // Runs in which nothing happens would keep every promise, too. A machine that is too slow for all of them has seen intakes at least.
  const all = ['accept', 'make contact', 'sweep', 'step back', 'the case goes on', 'of a case: agreed'];
  for (const happened of ['intake', ...(runs < RUNS ? [] : all)]) expect(tally.of(happened, 'done')).toBeGreaterThan(0);
}, TIME_LIMIT_MS + 180_000);

describe('what the model found once', () => {
  it('lets a request be given up that was escalated before it was triaged, and accepted', async () => {
    await stage.begin();
    const { world, crew } = stage;
    const id = await world.given.request({ programme: crew.programmes[0], acuity: undefined });
    await world.get(DeskService).escalate(crew.coordinator.principal, id, 'coordinator');
    await world.sweep();
    const offer = await world.look.pendingOffer(id);
    const { id: assignmentId } = await world.get(OffersService).accept(offer.id, offer.personId, { kind: 'system' });
    await world.get(GivingUpService).giveUp(assignmentId, offer.personId, 'handed-back', { kind: 'system' });
    expect(await world.look.request(id)).toMatchObject({ state: 'searching', acuity: 2 });
  });

  it('tells a supervisor at once that nobody could come however far one looks, and not after the last ring', async () => {
    await stage.begin();
    const { world, crew } = stage;
    const id = await world.given.request({ programme: crew.programmes[0], acuity: 4, contactKind: 'in-person', language: 'es', preferences: [{ kind: 'gender', value: 'woman', strength: 'must' }] });
    await world.sweep();
    expect(await world.look.escalations(id)).toMatchObject([{ cause: 'no-candidate', closedAt: null }]);
  });
});
