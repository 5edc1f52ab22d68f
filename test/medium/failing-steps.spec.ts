import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditorService } from '../../src/dispatch/auditor.service.js';
import { Sweep } from '../../src/platform/sweep.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { WELL } from '../support/well.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const look = () => world.get(AuditorService).look(world.clock.now());

describe('whatever else keeps failing', () => {
  const shown = async () => (await world.look.alarms()).filter(({ kind, closedAt }) => kind === 'step-failing' && closedAt === null);
  const retryInMs = async () => {
    const { retryAt } = await world.db.read((tx) => tx.one<{ retryAt: Date }>('SELECT retry_at FROM sweep_failure'));
    return retryAt.getTime() - world.clock.now().getTime();
  };
  let mended: boolean;
  let owed: boolean;
  let programme: Programme;
  beforeEach(async () => {
    programme = await world.given.programme();
    [mended, owed] = [false, true];
    world.get(Sweep).register({
      name: 'poisoned',
      due: async () => (owed ? ['somebody'] : []),
      run: async () => {
        if (!mended) throw new Error('broken');
        owed = false;
      },
    });
  });

  it('is tried again after 2, 4, 8, 16, 32 and then each 60 seconds', async () => {
    const waits: number[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      await world.sweep();
      const waitMs = await retryInMs();
      waits.push(waitMs / 1_000);
      world.clock.forward({ ms: waitMs });
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60]);
  });

  it('is on the boards after two failures and pages after five, and neither says about whom', async () => {
    const seen: [number, number | null][] = [];
    for (let tries = 1; tries <= 5; tries += 1) {
      await world.sweep();
      const { failingObligations } = await look();
      seen.push([failingObligations, (await shown())[0]?.pagesSent ?? null]);
      world.clock.forward({ ms: await retryInMs() });
    }
    expect(seen).toEqual([[0, null], [1, 0], [1, 0], [1, 0], [1, 1]]);
    expect(await shown()).toMatchObject([{ subjectId: programme.id }]);
    const [row] = await world.db.read((tx) => tx.rows<{ source: string; subject: string }>('SELECT source, subject FROM sweep_failure'));
    expect(row).toMatchObject({ source: 'poisoned', subject: expect.not.stringContaining('somebody') });
  });

  it('is over once it went through, or is owed no longer', async () => {
    for (const mend of [() => (mended = true), () => (owed = false)]) {
      [mended, owed] = [false, true];
      for (let tries = 0; tries < 2; tries += 1) {
        await world.sweep();
        world.clock.forward({ ms: await retryInMs() });
      }
      await look();
      expect(await shown()).toHaveLength(1);
      mend();
      // What is owed no longer is found in one round, and the alarm about it closed in the next.
      for (let rounds = 0; rounds < 2; rounds += 1) await world.sweep();
      expect([await look(), await shown()]).toEqual([WELL, []]);
    }
  });
});

describe('what is owed beside requests', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a duty that is over', () => world.given.peerOnDuty({ hours: 1 })],
    ['a peer who came free', () => world.given.peerOnDuty()],
    ['an away that begins', async () => world.get(AwayService).set((await world.given.peer()).personId, { from: new Date(world.clock.now().getTime() + 3_600_000), until: null })],
  ])('is counted when %s is late by thirty seconds, all in one figure', async (_, begin) => {
    await begin();
    world.clock.forward({ hours: 1, seconds: 30 });
    expect((await look()).overdueObligations).toBeGreaterThan(0);
    await world.sweep();
    expect(await look()).toEqual(WELL);
  });
});
