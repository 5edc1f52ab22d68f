import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, HOUR_MS } from '../../platform/time.js';
import { exitStep, owesWord, type ExitApproval } from './agreement.js';
import { appealed, appealHeard, changed, contacted, dueOf, firstWord, grantOf, needsTwo, opened, step, steppedBackAgain, told, type FlagCase, type Timer } from './flag-case.js';
import { appealHearers, askedFrom, mayKnow, type OnRung, type Rung } from './reach.js';

const BEGAN = new Date('2026-03-02T18:00:00Z');
const KIM = 'kim';
const RUTH = 'ruth';
const LEAD = 'alex';
const TWO = [KIM, RUTH];
type Target = ExitApproval['target'];

/** A case with what was agreed about it, told without a database: the services write what these rules say. */
interface Course {
  readonly flag: FlagCase;
  /** Who set what holds; null: nothing was set. */
  readonly setBy: string | null;
  /** Steps of a return that were agreed and have not begun. */
  readonly stepsLeft: number;
  readonly said: readonly ExitApproval[];
  /** Somebody was in touch since the peer last stepped back: kept beside the case, not read from it. */
  readonly heard: boolean;
  /** By whose words limits or time off were left last. */
  readonly leftBy: readonly string[];
  readonly here: Readonly<Record<string, boolean>>;
  readonly now: Date;
}
type Act = (course: Course) => Course | null;

const rung = ({ here }: Course, id: string): OnRung[] => [{ personId: id, here: here[id] ?? true }];
const ladder = (course: Course): Record<Rung, OnRung[]> => ({ supervisor: rung(course, KIM), deputy: rung(course, RUTH), 'supervisor-lead': rung(course, LEAD) });
const asked = (course: Course) => ({ contactHours: 24, askedOf: askedFrom('supervisor', ladder(course)).askedOf });
const setBy = ({ flag, setBy: set }: Course): string | null => set ?? flag.raisedBy;
const settersIn = (course: Course): string[] => [setBy(course)].filter((id) => id !== null);
const isTold = ({ flag }: Course): boolean => flag.toldAt !== null && flag.state !== 'closed';
const looked = (course: Course, days: number): Partial<FlagCase> => ({ reviewAt: after(course.now, days * 24 * HOUR_MS), remindedAt: null });
const flagged = (course: Course, flag: FlagCase | null): Course | null => flag && { ...course, flag };

/** What held until now is over, and whatever was said about ending it. */
const left = (course: Course, flag: FlagCase | null): Course | null => flag && { ...course, flag, setBy: null, said: [] };
const agree = (act: 'restrict' | 'grant-leave', by: string): Act => (course) => {
  const next = isTold(course) ? step(course.flag, act, course.now, looked(course, 14)) : null;
  return next && { ...course, flag: next, setBy: by, stepsLeft: 0, said: [] };
};
const planReturn = (steps: number): Act => (course) => (needsTwo(course.flag.state) ? { ...course, stepsLeft: steps, said: [], flag: changed(course.flag, { wordDueAt: null, wordAskedAt: null }) } : null);
const say = (byPerson: string, target: Target): Act => (course) => {
  const next = exitStep(course.flag, course.said, { byPerson, target }, course.stepsLeft > 0);
  if (next === 'first-word') return { ...course, flag: firstWord(course.flag, course.now), said: [...course.said, { byPerson, target, at: course.now }] };
  if (next !== 'leave') return null;
  const both = { ...course, leftBy: [...course.said.filter((each) => each.target === target).map((each) => each.byPerson), byPerson] };
  if (target === 'closed') return left(both, step(course.flag, 'close', course.now, { reviewAt: null }));
  return left({ ...both, stepsLeft: course.stepsLeft - 1 }, step(course.flag, 'return', course.now, looked(course, 7)));
};
const stepOver: Act = (course) => {
  if (course.flag.state !== 'returning') return null;
  if (course.stepsLeft === 0 && !course.flag.contactMadeAt) return null;
  if (course.stepsLeft === 0) return left(course, step(course.flag, 'finish', course.now, { reviewAt: null }));
  return { ...course, stepsLeft: course.stepsLeft - 1, flag: changed(course.flag, looked(course, 7)) };
};
const appeal: Act = (course) => {
  if (course.flag.state === 'closed' || (course.flag.appealedAt && !course.flag.appealHeardAt)) return null;
  const heard = course.flag.toldAt ? course.flag : told(course.flag, asked(course), course.now);
  return flagged(course, appealed(heard, appealHearers(settersIn(course), ladder(course)).askedOf, course.now));
};
const hear = (by: string, outcome: 'stays' | 'granted'): Act => (course) => {
  if (!course.flag.appealDueAt || by === setBy(course) || (by === LEAD && course.flag.appealAskedOf !== 'supervisor-lead')) return null;
  const heard = { ...course, flag: appealHeard(course.flag, by, outcome, course.now) };
  const grant = outcome === 'granted' ? grantOf(heard.flag) : null;
  if (grant === 'dismiss') return left(heard, step(heard.flag, 'dismiss', heard.now, { reviewAt: null }));
  if (grant === 'approve-exit') return say(by, 'closed')(heard);
  if (grant === 'first-word') return { ...heard, flag: firstWord(heard.flag, heard.now), said: [...heard.said, { byPerson: by, target: 'closed', at: heard.now }] };
  return grant === 'step-over' ? (stepOver(heard) ?? heard) : heard;
};
const stepBack: Act = (course) => (course.flag.state === 'closed' ? null : { ...course, heard: false, flag: steppedBackAgain(course.flag, asked(course), course.now), said: [] });
const ACTS: readonly Act[] = [
  (course) => (course.flag.toldAt ? null : flagged(course, told(course.flag, asked(course), course.now))),
  (course) => (isTold(course) ? { ...course, heard: true, flag: contacted(course.flag, KIM, course.now) } : null),
  (course) => flagged(course, course.flag.state === 'supported' && course.flag.contactMadeAt ? step(course.flag, 'close', course.now, { reviewAt: null }) : null),
  agree('restrict', KIM), agree('restrict', RUTH), agree('grant-leave', KIM), planReturn(1), planReturn(2), stepOver, appeal, appeal, stepBack,
  ...[...TWO, LEAD].flatMap((by) => [hear(by, 'stays'), hear(by, 'granted')]), ...TWO.flatMap((by) => [say(by, 'closed'), say(by, 'returning')]),
  ...[...TWO, LEAD].map((id): Act => (course) => ({ ...course, here: { ...course.here, [id]: !(course.here[id] ?? true) } })),
];

/** Who is to do something once that timer is due: as the sweep asks them. */
function owing(course: Course, { kind }: Pick<Timer, 'kind'>): readonly string[] {
  const { flag } = course;
  const serving = { supervisorId: course.here[KIM] === false ? null : KIM, deputyId: RUTH };
  switch (kind) {
    case 'nothing':
      return [];
    case 'untold':
      return [flag.personId, ...([[KIM, 'supervisor'], [RUTH, 'deputy']] as const).filter(([id, as]) => mayKnow(id, as, flag, serving)).map(([id]) => id)];
    case 'contact-missed':
    case 'review':
      return askedFrom('supervisor', ladder(course)).people;
    case 'appeal-missed':
      return [LEAD, ...appealHearers(settersIn(course), ladder(course)).people].filter((id) => id !== setBy(course));
    case 'word-missed':
      return owesWord(course.said, TWO);
    case 'reopen':
      return [flag.personId];
  }
}

/** What the sweep keeps of having asked. */
function reminded(course: Course, { kind }: Timer): FlagCase {
  const { flag, now } = course;
  if (kind === 'appeal-missed') return changed(flag, { appealAskedOf: 'supervisor-lead', appealAskedAt: now });
  if (kind === 'word-missed') return changed(flag, { wordAskedAt: now });
  if (kind !== 'contact-missed') return changed(flag, { remindedAt: now });
  return flag.askedOf === 'supervisor' ? changed(flag, { askedOf: 'deputy' }) : changed(flag, { askedOf: 'supervisor-lead', remindedAt: now });
}

const begun = fc.boolean().map((self): Course => {
  const base = { setBy: null, stepsLeft: 0, said: [], heard: false, leftBy: [], here: {}, now: BEGAN };
  const flag = opened({ id: 'c', personId: 'p', origin: self ? 'self' : 'supervisor', raisedBy: self ? null : KIM }, BEGAN);
  return { ...base, flag: self ? told(flag, { contactHours: 24, askedOf: 'supervisor' }, BEGAN) : flag };
});
const turn = fc.oneof(
  { weight: 4, arbitrary: fc.nat(10_000).map((pick) => ({ pick, hours: 0 })) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }).map((hours) => ({ pick: null, hours })) },
);
const turns = fc.array(turn, { minLength: 1, maxLength: 40 });
/** Every course as it stands after each turn, with whatever was due settled. */
function walk(from: Course, all: readonly { readonly pick: number | null; readonly hours: number }[]): Course[] {
  const seen: Course[] = [from];
  let course = from;
  for (const { pick, hours } of all) {
    const possible = pick === null ? [] : ACTS.flatMap((act) => act(course) ?? []);
    course = possible[(pick ?? 0) % possible.length] ?? { ...course, now: after(course.now, hours * HOUR_MS) };
    for (let settled = 0, due = dueOf(course.flag, course.now); due.kind !== 'nothing' && settled < 10; settled += 1, due = dueOf(course.flag, course.now)) course = { ...course, flag: reminded(course, due) };
    seen.push(course);
  }
  return seen;
}

describe('the course of a case and its appeals, whatever is done in whatever order', () => {
  it('always has somebody who owes the next step, and until when, until it is closed', () => {
    fc.assert(fc.property(begun, turns, (from, all) => {
      for (const course of walk(from, all).filter(({ flag }) => flag.state !== 'closed')) {
        const { nextDueAt, appealDueAt, appealAskedAt } = course.flag;
        const heardBy = appealDueAt && appealAskedAt && appealAskedAt >= appealDueAt ? after(appealAskedAt, 24 * HOUR_MS) : appealDueAt;
        expect(heardBy === null || (nextDueAt !== null && nextDueAt <= heardBy)).toBe(true);
        expect(nextDueAt !== null && nextDueAt > course.now).toBe(true);
        expect(owing(course, dueOf(course.flag, nextDueAt ?? course.now))).not.toEqual([]);
      }
    }), { numRuns: 600 });
  });

  it('leaves limits or time off by the word of two people only, and a first word never waits without a time', () => {
    fc.assert(fc.property(begun, turns, (from, all) => {
      const seen = walk(from, all);
      seen.slice(1).forEach((course, index) => {
        const before = seen[index] ?? from;
        const isLeft = needsTwo(before.flag.state) && !needsTwo(course.flag.state);
        expect(!isLeft || new Set(course.leftBy).size > 1).toBe(true);
        expect(course.flag.wordDueAt !== null).toBe(course.said.length > 0);
      });
    }), { numRuns: 600 });
  });

  it('is not over for somebody who stepped back before they heard from anybody', () => {
    fc.assert(fc.property(begun, turns, (from, all) => {
      const seen = walk(from, all);
      seen.slice(1).forEach(({ flag }, index) => {
        const before = (seen[index] ?? from).flag;
        const steppedBack = !['open', 'closed'].includes(before.state) && before.toldAt !== null && before.contactMadeAt === null;
        expect(steppedBack && flag.state === 'closed').toBe(false);
      });
    }), { numRuns: 600 });
  });

  it('never comes to its end without contact, whichever way out is taken: only what nobody has begun is let go by an appeal', () => {
    const waysOut: readonly Act[] = [...TWO.map((by) => say(by, 'returning')), ...TWO.map((by) => say(by, 'closed')), stepOver, ...[...TWO, LEAD].map((by) => hear(by, 'granted')), ...ACTS.slice(2, 3)];
    const outs = fc.array(fc.nat(waysOut.length - 1), { minLength: 1, maxLength: 12 });
    fc.assert(fc.property(begun, turns, fc.boolean(), outs, (from, all, back, ways) => {
      const seen = walk(from, all);
      const last = seen.at(-1) ?? from;
      const exit = ways.reduce<Course[]>((course, way) => [...course, waysOut[way]?.(course.at(-1) ?? last) ?? course.at(-1) ?? last], [(back ? stepBack(last) : null) ?? last]);
      const steps = [...seen, ...exit];
      steps.slice(1).forEach((course, index) => {
        const before = steps[index] ?? from;
        const ends = before.flag.state !== 'closed' && course.flag.state === 'closed';
        expect(!ends || course.heard || (before.flag.state === 'open' && course.flag.appealOutcome === 'granted')).toBe(true);
      });
    }), { numRuns: 1000 });
  });

  it('is never without an end: the two people in turn bring it there from wherever it is', () => {
    fc.assert(fc.property(begun, turns, (from, all) => {
      let course = walk(from, all).at(-1) ?? from;
      const toTheEnd: readonly Act[] = [...ACTS.slice(0, 2), ...TWO.map((by) => say(by, 'closed')), stepOver, stepOver, stepOver, ...ACTS.slice(2, 3)];
      for (const act of toTheEnd) course = act(course) ?? course;
      expect(course.flag.state).toBe('closed');
    }), { numRuns: 600 });
  });

  it('lets nobody hear an appeal about what they set, and a heard one waits for nobody', () => {
    fc.assert(fc.property(begun, turns, (from, all) => {
      const seen = walk(from, all);
      seen.slice(1).forEach(({ flag }, index) => {
        const before = seen[index] ?? from;
        const justHeard = flag.appealHeardAt !== null && before.flag.appealDueAt !== null && flag.appealDueAt === null;
        expect(justHeard && flag.appealHeardBy === setBy(before)).toBe(false);
        expect(flag.appealDueAt !== null && flag.appealHeardAt !== null).toBe(false);
      });
    }), { numRuns: 600 });
  });
});
