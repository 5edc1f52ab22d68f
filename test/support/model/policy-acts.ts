import fc from 'fast-check';
import { after, MINUTE_MS } from '../../../src/platform/time.js';
import { RelapsePolicies } from '../../../src/wellness/relapse-policies.service.js';
import { RelapsePolicyKeeping } from '../../../src/wellness/relapse-policy-keeping.service.js';
import { RelapsePolicyStore } from '../../../src/wellness/relapse-policy.store.js';
import type { Act } from './act.js';
import type { Person } from '../given.js';
import { COMING_AND_GOING, type CrewPeer } from './crew.js';
import type { Stage } from './stage.js';

const programme = fc.constantFrom(0, 0, 1, 2);

/** The next version, written by one and approved by the other; nobody has read it yet. At once: refused where peers serve by the one before. */
export const newPolicy: fc.Arbitrary<Act> = fc.record({ index: programme, inMinutes: fc.constantFrom(0, 5, 1_440), forMinutes: fc.constantFrom(10, 1_500, 500_000) }).map(({ index, inMinutes, forMinutes }) => ({
  name: `a new relapse policy (programme ${index}, in ${inMinutes} min, for ${forMinutes} min)`,
  aim: ({ world, crew }, { now }) => ({
    go: async () => {
      const keeping = world.get(RelapsePolicyKeeping);
      const programmeId = crew.programmes[index]?.id ?? '';
      // Time that went on beside an earlier one has left its draft behind: its dates were over before it was approved.
      const left = (await world.db.read((tx) => world.get(RelapsePolicyStore).ofProgramme(tx, programmeId))).find(({ state }) => state === 'draft');
      const draft = left ?? (await keeping.draft(crew.admins[0].principal, programmeId, {}));
      const effectiveAt = after(now, inMinutes * MINUTE_MS);
      const dates = { effectiveAt, reviewAt: after(effectiveAt, MINUTE_MS), expiresAt: after(effectiveAt, forMinutes * MINUTE_MS) };
      await keeping.approve(crew.admins[1].principal, draft.id, draft.version, dates);
    },
  }),
}));
/** A supervisor answers for another day. */
export const confirmingPolicy: fc.Arbitrary<Act> = programme.map((index) => ({
  name: `confirm the relapse policy (programme ${index})`,
  aim: ({ world, crew }) => ({ go: () => world.get(RelapsePolicyKeeping).confirm((crew.supervisors[index] as Person).principal, crew.programmes[index]?.id ?? '') }),
}));
export const readingPolicies: fc.Arbitrary<Act> = fc.nat(COMING_AND_GOING - 1).map((index) => ({
  name: `read the relapse policies (peer ${index})`,
  aim: (stage) => ({ expect: 'success', go: () => readAll(stage, stage.crew.peers[index] as CrewPeer) }),
}));
export const everybodyReads: fc.Arbitrary<Act> = fc.constant({
  name: 'everybody reads the relapse policies',
  aim: (stage) => ({
    expect: 'success',
    go: async () => {
      for (const peer of stage.crew.peers) await readAll(stage, peer);
    },
  }),
});

export async function readAll({ world }: Stage, { personId }: Pick<CrewPeer, 'personId'>): Promise<void> {
  const policies = world.get(RelapsePolicies);
  for (const { id, acknowledgedAt } of await policies.mine(personId)) if (!acknowledgedAt) await policies.acknowledge(personId, id);
}

/** Whatever stood before, the programmes may serve for a year. */
export async function policiesAnew({ world, crew }: Stage): Promise<void> {
  for (const { id } of crew.programmes) await world.db.withTx((tx) => world.get(RelapsePolicyKeeping).publish(tx, id));
}
