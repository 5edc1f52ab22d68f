import fc from 'fast-check';
import { DispatchService } from '../../../src/dispatch/dispatch.service.js';
import { SupplyService } from '../../../src/dispatch/supply.service.js';
import { nth, type Act } from './act.js';
import { COMING_AND_GOING } from './crew.js';
import type { Stage } from './stage.js';

/** Time passes and nobody settles anything: every process is down, or busy. */
export const forward: fc.Arbitrary<Act> = fc.constantFrom(1, 5, 15, 46, 61, 121, 301, 901, 1_200, 1_801).map((seconds) => ({
  name: `forward (${seconds} s)`,
  aim: ({ clock }) => ({ go: async () => clock.forward({ seconds }) }),
}));
export const sweeping: fc.Arbitrary<Act> = fc.constant({ name: 'sweep', settles: true, aim: (stage) => ({ expect: 'success', go: () => stage.sweep() }) });
/** Time passes and the workers work: each obligation is settled at its moment. */
export const living: fc.Arbitrary<Act> = fc.constantFrom(10, 60, 200).map((seconds) => ({
  name: `live on (${seconds} s)`, settles: true, lasts: true,
  aim: (stage) => ({ expect: 'success', go: () => liveOn(stage, seconds * 1_000) }),
}));
/** Nobody settles anything for hours, and then the next shift begins. */
export const anotherShift: fc.Arbitrary<Act> = fc.constantFrom(4, 24, 24).map((hours) => ({
  name: `another shift (${hours} h later)`, settles: true, lasts: true,
  aim: (stage) => ({
    go: async () => {
      stage.clock.forward({ hours });
      await stage.sweep();
      await stage.beginShift();
      await stage.sweep();
    },
  }),
}));
/** The queue rings, for something to do or for nothing. */
export const ringing: fc.Arbitrary<Act> = fc.nat(4).map((index) => ({
  name: `the queue rings (request ${index})`,
  aim: ({ world }, { requests }) => {
    const request = nth(requests, index);
    return request ? { expect: 'success', go: () => world.get(DispatchService).advance(request.id) } : null;
  },
}));
export const supplying: fc.Arbitrary<Act> = fc.nat(COMING_AND_GOING - 1).map((index) => ({
  name: `supply (peer ${index})`,
  aim: ({ world, crew }) => ({ expect: 'success', go: () => world.get(SupplyService).supply(crew.peers[index]?.personId ?? '') }),
}));

/** From one due time to the next, as the queue would ring. */
export async function liveOn(stage: Stage, forMs: number): Promise<void> {
  const end = stage.clock.now().getTime() + forMs;
  for (;;) {
    await stage.sweep();
    const now = stage.clock.now().getTime();
    const due = (await stage.read()).requests.flatMap(({ nextActionAt }) => (nextActionAt ? [nextActionAt.getTime()] : []));
    const next = Math.min(end, ...due.filter((at) => at > now));
    if (next <= now) return;
    stage.clock.forward({ ms: next - now });
  }
}
