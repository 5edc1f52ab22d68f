import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EncountersService } from '../../src/encounters/encounters.service.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import type { Programme } from '../../src/programmes/domain/programme.js';
import { DebriefsService } from '../../src/supervision/debriefs.service.js';
import { PASSWORD, type Person } from '../support/given.js';
import { itemsOf, type Api } from '../support/http-api.js';
import { listening } from '../support/listening.js';
import { acceptedBy } from '../support/work.js';
import { createWorld, type World } from '../support/world.js';

describe('a debrief a peer wished for', () => {
  let world: World;
  let api: Api;
  let programme: Programme;
  let peer: Person;
  let kim: Person;
  let deputy: Person;
  let lead: Person;
  let id: string;
  beforeEach(async () => {
    world = await createWorld();
    api = await listening(world);
    programme = await world.given.programme();
    peer = await world.given.peerOnDuty({ hours: 12, canSignIn: true });
    [kim, deputy, lead] = [await world.given.supervisor({ canSignIn: true }), await world.given.supervisor({ canSignIn: true }), await world.given.supervisorLead({ canSignIn: true })];
    const { requestId } = await acceptedBy(world, world.given, programme, peer);
    id = (await world.look.assignments(requestId))[0]?.id ?? '';
    await world.get(EncountersService).contactMade(peer.principal, id);
    await world.get(EncountersService).closeOut(peer.principal, id, { outcome: 'supported', reasons: [], intensity: 'critical' });
    await world.db.withTx(async (tx) => {
      // Nobody is told of the contact any more: what is told from here on is about the debrief.
      await tx.run('UPDATE critical_contact SET supervisor_contact_at = opened_at, supervisor_id = $2, next_notice_at = NULL WHERE assignment_id = $1', [id, kim.personId]);
    });
    for (const person of [kim, deputy, lead]) await world.given.reachable(person);
  });
  afterEach(() => world.close());

  const answer = (said: 'yes' | 'later' | 'no'): Promise<void> => world.get(DebriefsService).answer(peer.principal, id, said);
  const as = ({ email }: Person): Promise<Api> => api.signIn(email, PASSWORD);
  const seen = async (by: Person): Promise<unknown[]> => itemsOf(await (await as(by)).get('/supervision/day'), 'debriefs').map(({ id: of, dueAt }) => [of, dueAt]);
  const hold = async (by: Person): Promise<number> => (await (await as(by)).post(`/supervision/debriefs/${id}/held`)).status;
  /** How often supervisor, deputy and lead were told by now. */
  async function told(): Promise<number[]> {
    await world.sweep();
    const rows = await world.db.read((tx) => tx.rows<{ personId: string }>(`SELECT person_id FROM notification WHERE kind = 'inbox' AND subject_id = $1`, [id]));
    return [kim, deputy, lead].map(({ personId }) => rows.filter((row) => row.personId === personId).length);
  }
  function hoursLater(hours: number, ms = 0): Promise<number[]> {
    world.clock.forward({ hours, ms });
    return told();
  }

  it('is due in 72 hours: late, the supervisor hears of it, a day later the deputy, another day later the leads, and then daily', async () => {
    await world.given.stoodBehind(peer, kim, deputy);
    await answer('yes');
    const dueAt = after(world.clock.now(), 72 * HOUR_MS).toISOString();
    expect([await told(), await seen(kim), await seen(deputy), await seen(lead)]).toEqual([[1, 1, 0], [[id, dueAt]], [[id, dueAt]], []]);
    expect(await hoursLater(72, -1)).toEqual([1, 1, 0]);
    expect(await hoursLater(0, 1)).toEqual([2, 1, 0]);
    expect(await hoursLater(24)).toEqual([3, 2, 0]);
    expect([await seen(lead), await hold(lead)]).toEqual([[], 404]);
    expect(await hoursLater(24)).toEqual([4, 3, 1]);
    expect(await seen(lead)).toEqual([[id, dueAt]]);
    expect(await hoursLater(24)).toEqual([5, 4, 2]);
    expect([await hold(lead), await seen(kim), await seen(lead)]).toEqual([204, [], []]);
    expect(await hoursLater(48)).toEqual([5, 4, 2]);
  });

  it('is the leads\' at once where nobody stands behind the peer, and of their own programmes alone', async () => {
    const stranger = await world.given.supervisorLead({ programmes: [], canSignIn: true });
    await answer('yes');
    expect([await told(), (await seen(lead)).length, await seen(stranger), await hold(stranger)]).toEqual([[0, 0, 1], 1, [], 404]);
    expect(await hold(lead)).toBe(204);
  });

  it('is nobody\'s any more once it is not wished, and its time runs from the next wish', async () => {
    await world.given.stoodBehind(peer, kim, deputy);
    await answer('yes');
    world.clock.forward({ hours: 71 });
    await answer('yes');
    expect(await hoursLater(1)).toEqual([2, 1, 0]);
    await answer('later');
    expect([await hoursLater(48), await seen(kim), await hold(kim)]).toEqual([[2, 1, 0], [], 404]);
    await answer('yes');
    expect(await seen(kim)).toEqual([[id, after(world.clock.now(), 72 * HOUR_MS).toISOString()]]);
  });
});
