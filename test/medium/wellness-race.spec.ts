import { expect, it } from '@jest/globals';
import { DispatchService } from '../../src/dispatch/dispatch.service.js';
import { OffersService } from '../../src/dispatch/offers.service.js';
import { StepBackService } from '../../src/dispatch/step-back.service.js';
import { DomainError } from '../../src/platform/errors.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { createWorld } from '../support/world.js';

const RACES = 500;
const IN_ONE_PROGRAMME = 20;

it('a step back at the same instant as an accept leaves no assignment after it, and no request is lost, 500 times', async () => {
  const world = await createWorld();
  try {
    const outcomes = { accepted: 0, refused: 0 };
    const race = async (programme: Programme, whoIsFirst: 'accept' | 'step-back', how: 'at once' | 'one after the other'): Promise<void> => {
      const peer = await world.given.peerOnDuty({ programmes: [programme] });
      const requestId = await world.given.request({ programme });
      await world.get(DispatchService).advance(requestId);
      const [offer] = await world.db.read((tx) => tx.rows<{ id: string }>(`SELECT id FROM offer WHERE person_id = $1 AND status = 'pending'`, [peer.personId]));
      if (!offer) throw new Error('nobody asked this peer');
      const stepBack = async (): Promise<void> => void (await world.get(StepBackService).stepBack(peer.personId));
      const accept = async (): Promise<void> => {
        try {
          await world.get(OffersService).accept(offer.id, peer.personId, { kind: 'account', id: peer.accountId });
          outcomes.accepted += 1;
        } catch (fault) {
          if (!(fault instanceof DomainError) || !['offer-no-longer-open', 'peer-unavailable'].includes(fault.code)) throw fault;
          outcomes.refused += 1;
        }
      };
      const [first, second] = whoIsFirst === 'accept' ? [accept, stepBack] : [stepBack, accept];
      const begun = first();
      if (how === 'one after the other') await begun;
      await Promise.all([begun, second()]);
    };
    const wholly = async (first: 'accept' | 'step-back'): Promise<void> => {
      const before = { ...outcomes };
      await race(await world.given.programme(), first, 'one after the other');
      expect([outcomes.accepted - before.accepted, outcomes.refused - before.refused]).toEqual(first === 'accept' ? [1, 0] : [0, 1]);
    };
    // Which of two at one instant comes first is the machine's affair: what each order does is told apart from it.
    await wholly('accept');
    await wholly('step-back');
    // Where many look at once they are paired in rounds, and nobody is asked at the spot.
    for (let done = 0; done < RACES; done += IN_ONE_PROGRAMME) {
      const programme = await world.given.programme();
      for (let here = 0; here < IN_ONE_PROGRAMME; here += 1) await race(programme, here % 2 === 0 ? 'accept' : 'step-back', 'at once');
    }

    expect(outcomes.accepted + outcomes.refused).toBe(RACES + 2);
    expect(await world.db.read((tx) => tx.rows(`SELECT id FROM assignment WHERE ended_at IS NULL`))).toEqual([]);
    expect(await world.db.read((tx) => tx.rows(`SELECT id FROM offer WHERE status = 'pending'`))).toEqual([]);
    const requests = await world.db.read((tx) => tx.one<{ open: number; owed: number }>(`SELECT count(*)::int AS open, count(next_action_at)::int AS owed FROM crisis_request`));
    expect(requests).toEqual({ open: RACES + 2, owed: RACES + 2 });
    // Whoever was away had nothing begun after their away was there.
    expect(await world.db.read((tx) => tx.rows(`SELECT person_id FROM on_duty WHERE duty_as = 'peer'`))).toEqual([]);
  } finally {
    await world.close();
  }
}, 600_000);
