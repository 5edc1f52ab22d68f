import fc from 'fast-check';
import { StepBackService } from '../../../src/dispatch/step-back.service.js';
import type { LimitTerms } from '../../../src/peers/domain/limits.js';
import { after, MINUTE_MS } from '../../../src/platform/time.js';
import { AgreementsService, type ProposedStep } from '../../../src/wellness/agreements.service.js';
import { AppealsService } from '../../../src/wellness/appeals.service.js';
import { CasesService } from '../../../src/wellness/cases.service.js';
import { SUPPORT_CODES } from '../../../src/wellness/support-rules.js';
import { nth, type Act, type Aim } from './act.js';
import { inEffect, isOpenCase, isProposed, isToCome, takesTwo, type CaseRow } from './care-records.js';
import { behind, COMING_AND_GOING, type Helper } from './crew.js';
import type { Records } from './records.js';
import type { Stage } from './stage.js';

const n = fc.nat(2);
const peer = fc.nat(COMING_AND_GOING - 1);
const helper = fc.constantFrom<Helper>('supervisor', 'deputy');
const kind = fc.constantFrom('limits', 'leave', 'return');
const yes = fc.constantFrom('agreed', 'agreed', 'agreed', 'declined');
const terms = fc.record<LimitTerms>({
  contactKinds: fc.constantFrom(null, null, ['text'], ['phone', 'text']), maxAcuity: fc.constantFrom(null, 2, 3), buddyOnly: fc.constantFrom(false, false, true), noNights: fc.constant(false),
  hoursAWeek: fc.constantFrom(null, null, 40),
});

function onPeer(name: string, go: (stage: Stage, personId: string) => Promise<unknown>): fc.Arbitrary<Act> {
  return peer.map((index) => ({ name: `${name} (peer ${index})`, aim: (stage) => ({ go: () => go(stage, stage.crew.peers[index]?.personId ?? '') }) }));
}

/** Something somebody does about a case, rightly or too early or too late. */
function onCase(name: string, go: (stage: Stage, held: CaseRow, by: string, seen: Records) => Promise<unknown>): fc.Arbitrary<Act> {
  return fc.record({ index: n, as: helper }).map(({ index, as }) => ({
    name: `${name} (case ${index}, ${as})`,
    aim: (stage, seen) => {
      const held = nth(seen.cases, index);
      return held ? { go: () => go(stage, held, behind(stage.crew, held.personId, as).personId, seen) } : null;
    },
  }));
}

const cases = ({ world }: Stage): CasesService => world.get(CasesService);
const agreements = ({ world }: Stage): AgreementsService => world.get(AgreementsService);
const stepsOf = (what: 'limits' | 'leave' | 'return', limited: LimitTerms, more: boolean): ProposedStep[] => {
  const step = { terms: what === 'leave' ? null : limited, days: 1 };
  return what === 'return' && more ? [step, { ...step, terms: { ...limited, maxAcuity: null } }] : [step];
};

export const steppingBack = onPeer('step back', (stage, personId) => stage.world.get(StepBackService).stepBack(personId));
export const raising = helper.chain((as) =>
  onPeer('raise a case', (stage, personId) => cases(stage).raise(behind(stage.crew, personId, as).personId, personId)).map((act) => ({ ...act, name: `${act.name} by the ${as}` })),
);
export const appealing = onPeer('appeal', (stage, personId) => stage.world.get(AppealsService).ask(personId));
export const takingSupport = onPeer('take what is offered', (stage, personId) => cases(stage).answerSupport(personId, SUPPORT_CODES[0] ?? '', 'accepted'));
export const telling = onCase('tell the peer', (stage, { id }, by) => cases(stage).tell(id, by));
export const supporting = onCase('be in touch', (stage, { id }, by) => cases(stage).contact(id, by));
export const offeringSupport = onCase('offer support', (stage, { id }, by) => cases(stage).offer(id, by, SUPPORT_CODES.slice(0, 1)));
export const proposing = fc.record({ what: kind, limited: terms, more: fc.boolean() }).chain(({ what, limited, more }) =>
  onCase(`propose`, (stage, { id }, by) => agreements(stage).propose(id, by, what, stepsOf(what, limited, more))).map((act) => ({ ...act, name: `${act.name} ${what} ${JSON.stringify(limited)}` })),
);
export const answering = yes.chain((answer) =>
  onCase('answer', (stage, { id, personId }, _, seen) => {
    const waiting = seen.agreements.find((each) => each.caseId === id && isProposed(each));
    return agreements(stage).answer(personId, waiting?.id ?? id, answer);
  }).map((act) => ({ ...act, name: `${act.name}: ${answer}` })),
);
export const approvingExit = fc.constantFrom<'returning' | 'closed'>('returning', 'closed').chain((target) =>
  onCase('approve the exit', (stage, { id }, by) => agreements(stage).approveExit(id, by, target)).map((act) => ({ ...act, name: `${act.name} to ${target}` })),
);
export const signingOff = onCase('sign off', (stage, { id }, by) => agreements(stage).signOff(id, by));
export const hearingAppeal = fc.constantFrom<'stays' | 'granted'>('stays', 'granted').chain((outcome) =>
  onCase('hear the appeal', (stage, { id }, by) => stage.world.get(AppealsService).hear(id, by, outcome)).map((act) => ({ ...act, name: `${act.name}: ${outcome}` })),
);
export const settingReview = onCase('set a review', (stage, { id }, by, { now }) => cases(stage).review(id, by, after(now, 10 * MINUTE_MS)));
export const closing = fc.constantFrom(null, 10).chain((inMinutes) =>
  onCase(`close the case${inMinutes ? ', to be looked at again' : ''}`, (stage, { id }, by, { now }) => cases(stage).close(id, by, inMinutes && after(now, inMinutes * MINUTE_MS))),
);

/** What comes next for a case that goes on: its people do their part, in turn. */
export const goingOn: fc.Arbitrary<Act> = fc.record({ index: n, as: helper, what: fc.constantFrom('limits', 'leave'), limited: terms, more: fc.boolean(), target: fc.constantFrom('returning', 'returning', 'closed') }).map(
  ({ index, as, what, limited, more, target }) => ({
    name: `the case goes on (case ${index}, ${as}, ${what} ${JSON.stringify(limited)}, to ${target})`,
    aim: (stage, seen) => {
      const held = nth(seen.cases.filter(isOpenCase), index);
      return held ? nextOf(stage, seen, held, { by: behind(stage.crew, held.personId, as).personId, what, limited, more, target }) : null;
    },
  }),
);

interface Course {
  readonly by: string;
  readonly what: 'limits' | 'leave';
  readonly limited: LimitTerms;
  readonly more: boolean;
  readonly target: 'returning' | 'closed';
}

function nextOf(stage: Stage, seen: Records, held: CaseRow, { by, what, limited, more, target }: Course): Aim | null {
  const { id, personId } = held;
  const succeed = (go: () => Promise<unknown>): Aim => ({ expect: 'success', go });
  const own = seen.agreements.filter(({ caseId }) => caseId === id);
  const waiting = own.find(isProposed);
  if (!held.toldAt) return succeed(() => cases(stage).seen(personId));
  if (!held.contactMadeAt) return succeed(() => cases(stage).contact(id, by));
  if (waiting) return succeed(() => agreements(stage).answer(personId, waiting.id, 'agreed'));
  if (held.state === 'supported') return succeed(() => agreements(stage).propose(id, by, what, stepsOf(what, limited, more)));
  if (takesTwo(held)) {
    if (target === 'returning' && !own.some(isToCome)) return succeed(() => agreements(stage).propose(id, by, 'return', stepsOf('return', limited, more)));
    return succeed(() => agreements(stage).approveExit(id, by, target));
  }
  const due = own.find(inEffect)?.dueAt;
  return due && due <= seen.now ? succeed(() => agreements(stage).signOff(id, by)) : null;
}
