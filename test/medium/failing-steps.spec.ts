import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditorService } from '../../src/dispatch/auditor.service.js';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { after, HOUR_MS } from '../../src/platform/clock.js';
import { Health } from '../../src/platform/http/health.js';
import { SURGE_FROM } from '../../src/dispatch/domain/surge.js';
import { FAILURE_BOOK, Sweep, type FailureBook } from '../../src/platform/sweep.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { CriticalContactsService } from '../../src/supervision/critical-contacts.service.js';
import type { Person } from '../support/given.js';
import { WELL } from '../support/well.js';
import { acceptedBy } from '../support/work.js';
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

describe('a round that keeps failing', () => {
  const failing = () => world.db.read((tx) => tx.rows<{ failures: number }>(`SELECT failures FROM sweep_failure WHERE source = 'rounds'`));

  it('is counted on while the programme is full of people who look, though it was tried a moment ago, and is over once one went through', async () => {
    const programme = await world.given.programme();
    for (let taken = 0; taken < SURGE_FROM; taken += 1) await world.given.request({ programme });
    await world.sweep();
    const book = world.get<FailureBook>(FAILURE_BOOK);
    for (let tries = 0; tries < 2; tries += 1) await book.count('rounds', book.keyOf('rounds', programme.id), world.clock.now());
    await world.sweep();
    expect(await failing()).toEqual([{ failures: 2 }]);
    world.clock.forward({ seconds: 4 });
    await world.sweep();
    expect(await failing()).toEqual([]);
  });
});

describe('what is owed beside requests', () => {
  const shown = async () => (await world.look.alarms()).filter(({ kind, closedAt }) => kind === 'step-failing' && closedAt === null);

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

  /** A peer somebody stands behind, out of a critical contact whose caller would like to hear from them again. */
  async function afterwards(): Promise<{ supervisor: Person; assignmentId: string }> {
    const programme = await world.given.programme();
    const [supervisor, peer] = [await world.given.supervisor(), await world.given.peerOnDuty()];
    await world.given.stoodBehind(peer, supervisor);
    const { requestId } = await acceptedBy(world, world.given, programme, peer);
    const assignmentId = (await world.look.assignments(requestId))[0]?.id ?? '';
    await world.get(EncountersService).contactMade(peer.principal, assignmentId);
    await world.get(EncountersService).closeOut(peer.principal, assignmentId, { outcome: 'supported', reasons: [], intensity: 'critical', followUp: true });
    await world.sweep();
    return { supervisor, assignmentId };
  }
  async function later(span: { hours?: number; minutes?: number }): Promise<void> {
    world.clock.forward(span);
    await world.sweep();
  }
  /** As the engine writes it, its job lost; and as a sender leaves it that died with it. */
  async function notice(state: 'due' | 'sending', kind = 'page'): Promise<void> {
    await world.given.programme();
    const { personId } = await world.given.peer();
    await world.db.withTx((tx) =>
      tx.run(
        `INSERT INTO notification (id, person_id, channel_kind, kind, subject_id, state, due_at, expires_at, attempts, created_at)
         VALUES (gen_random_uuid(), $1, 'web-push', $2, $1, $3, $4, $5, $6, $4)`,
        [personId, kind, state, world.clock.now(), after(world.clock.now(), HOUR_MS), state === 'sending' ? 1 : 0],
      ),
    );
  }

  it.each<[string, () => Promise<unknown>]>([
    ['a notice nobody sends', () => notice('due')],
    ['a notice whose sender has died', () => notice('sending')],
    ['a follow-up nobody is reminded of', async () => {
      const { supervisor, assignmentId } = await afterwards();
      await world.get(CriticalContactsService).contacted(supervisor.principal, assignmentId);
      await later({ hours: 24 });
      world.clock.forward({ minutes: 15 });
    }],
    ['a peer after a critical contact whom nobody is told of again', async () => {
      await afterwards();
      world.clock.forward({ minutes: 10 });
    }],
    ['a check-in nobody is told of', async () => {
      const { supervisor, assignmentId } = await afterwards();
      await world.get(CriticalContactsService).contacted(supervisor.principal, assignmentId);
      await later({ hours: 24 });
      await world.db.withTx((tx) => tx.run(`UPDATE critical_check_in SET told_at = NULL WHERE told_at IS NOT NULL`));
    }],
    ['a check-in nobody is told of again', async () => {
      const { supervisor, assignmentId } = await afterwards();
      await world.get(CriticalContactsService).contacted(supervisor.principal, assignmentId);
      await later({ hours: 24 });
      await world.db.withTx((tx) => tx.run('UPDATE follow_up SET remind_at = NULL'));
      world.clock.forward({ hours: 4 });
    }],
  ])('is found when it is %s: on the boards after thirty seconds, paged when it lasts, over with the round that sees to it', async (_, plant) => {
    await plant();
    world.clock.forward({ seconds: 29 });
    expect([await look(), await shown()]).toEqual([WELL, []]);
    world.clock.forward({ seconds: 1 });
    expect(await look()).toEqual({ ...WELL, overdueObligations: 1 });
    expect(world.get(Health).degraded).toContain('overdue');
    expect(await shown()).toMatchObject([{ pagesSent: 0 }]);
    world.clock.forward({ seconds: 30 });
    await look();
    expect(await shown()).toMatchObject([{ pagesSent: 1 }]);
    // What is late is seen to in one round, and the alarm about it closed in the next.
    for (let rounds = 0; rounds < 2; rounds += 1) await world.sweep();
    expect([await look(), await shown(), world.get(Health).degraded]).toEqual([WELL, [], []]);
  });

  it('is not counted when it is a letter: how many there are tells of one', async () => {
    await notice('due', 'inbox');
    world.clock.forward({ minutes: 1 });
    expect(await look()).toEqual(WELL);
  });
});
