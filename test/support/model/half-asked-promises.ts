import { CourseService } from '../../../src/dispatch/course.service.js';
import { isBusy } from '../../../src/dispatch/domain/gates.js';
import { standing } from '../../../src/dispatch/domain/ladder.js';
import { wantedSeat } from '../../../src/dispatch/domain/next-step.js';
import { urgencyAt } from '../../../src/dispatch/domain/urgency.js';
import { FieldService } from '../../../src/dispatch/field.service.js';
import { Database } from '../../../src/platform/database/database.js';
import type { Tx } from '../../../src/platform/database/tx.js';
import { RequestRecords } from '../../../src/requests/request-records.js';
import type { World } from '../world.js';
import { isPending, type Records } from './records.js';

type Services = Pick<World, 'get'>;

/** Supply wakes demand: nobody who is free and fits stands beside a request that is asked of fewer than its wave. */
export async function besideHalfAsked(services: Services, { now, offers }: Records): Promise<string[]> {
  const asked = [...new Set(offers.filter((offer) => isPending(offer) && !offer.directed).map(({ subjectId }) => subjectId))];
  const found = await Promise.all(asked.map((id) => services.get(Database).withTx((tx) => standingBy(services, tx, id, now))));
  return found.flat();
}

/** Judged by the gates of a search, and by no row that says how many are asked. */
async function standingBy({ get }: Services, tx: Tx, id: string, now: Date): Promise<string[]> {
  const request = await get(RequestRecords).find(tx, id);
  if (!request) return [];
  const course = await get(CourseService).load(tx, request);
  const seat = wantedSeat({ ...course, state: request.state });
  if (!seat || request.directedTo) return [];
  const { content } = course.policy;
  const { rung } = standing(content.byAcuity[urgencyAt(request, content, now)], now.getTime() - (request.searchBeganAt ?? now).getTime());
  const pending = course.pendingOffers.filter((offer) => offer.seat === seat).length;
  if (pending >= rung.waveSize) return [];
  const open = await get(FieldService).open(tx, course, seat, now);
  if (!open.policyServes || !open.supervisorCover) return [];
  const { fitting } = await get(FieldService).all(tx, open, now);
  return fitting
    .filter((candidate) => !candidate.askedThisRound && !isBusy(candidate))
    .map(({ personId }) => `${personId} stands free beside ${id}, which is asked of ${pending} of ${rung.waveSize}`);
}
