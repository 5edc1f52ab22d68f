import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OffersService } from '../../src/dispatch/offers.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { AwayService } from '../../src/shifts/away.service.js';
import { DutyService } from '../../src/shifts/duty.service.js';
import type { Given, Person } from '../support/given.js';
import { createWorld, type World } from '../support/world.js';

let world: World;
let given: Given;
let aways: AwayService;
let programme: Programme;
beforeAll(async () => {
  world = await createWorld();
  given = world.given;
  aways = world.get(AwayService);
});
beforeEach(async () => {
  programme = await given.programme();
});
afterAll(() => world.close());

const onDuty = ({ personId }: Person) => world.get(DutyService).ofPerson(personId);

describe('pausing while somebody else acts', () => {
  it('never leaves a peer on duty who checked in at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const peer = await given.peer({ programmes: [programme] });
      await Promise.allSettled([aways.pause(peer.personId), given.checkedIn(peer, { programmes: [programme] })]);
      expect(await onDuty(peer)).toEqual([]);
    }
  });

  it('and accepting ends in an assignment given on or an offer given back, never in between', async () => {
    const peers: Person[] = [];
    for (let n = 0; n < 8; n += 1) {
      peers.push(await given.peerOnDuty({ programmes: [programme] }));
      await given.request({ programme });
    }
    await world.sweep();
    const offers = await world.db.read((tx) =>
      tx.rows<{ id: string; personId: string }>(`SELECT id, person_id FROM offer WHERE person_id = ANY($1) AND status = 'pending'`, [peers.map(({ personId }) => personId)]),
    );
    expect(offers).toHaveLength(8);
    await Promise.all(
      offers.map(({ id, personId }) => {
        const accountId = peers.find((peer) => peer.personId === personId)?.accountId ?? '';
        return Promise.allSettled([world.get(OffersService).accept(id, personId, { kind: 'account', id: accountId }), aways.pause(personId)]);
      }),
    );
    const left = await world.db.read((tx) =>
      tx.one(
        `SELECT (SELECT count(*)::int FROM assignment WHERE person_id = ANY($1) AND ended_at IS NULL) AS live,
                (SELECT count(*)::int FROM offer WHERE person_id = ANY($1) AND status = 'pending') AS pending,
                (SELECT count(*)::int FROM on_duty WHERE person_id = ANY($1)) AS on_duty`,
        [peers.map(({ personId }) => personId)],
      ),
    );
    expect(left).toEqual({ live: 0, pending: 0, onDuty: 0 });
  });
});
