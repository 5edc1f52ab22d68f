import { OffersService } from '../../src/dispatch/offers.service.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import type { Given, Person } from './given.js';
import type { World } from './world.js';

interface Work {
  readonly requestId: string;
  readonly offerId: string;
}

/** A request of the programme that the engine has offered to `peer`, who must be the only one to fit. */
export async function offeredTo(world: World, given: Given, programme: Programme, peer: Person): Promise<Work> {
  const requestId = await given.request({ programme });
  await world.sweep();
  const { id: offerId } = await world.db.read((tx) =>
    tx.one<{ id: string }>(`SELECT id FROM offer WHERE subject_id = $1 AND person_id = $2 AND status = 'pending'`, [requestId, peer.personId]),
  );
  return { requestId, offerId };
}

/** The same, accepted. */
export async function acceptedBy(world: World, given: Given, programme: Programme, peer: Person): Promise<Work> {
  const work = await offeredTo(world, given, programme, peer);
  await world.get(OffersService).accept(work.offerId, peer.personId, { kind: 'account', id: peer.accountId });
  return work;
}
