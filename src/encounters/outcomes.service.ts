import { Injectable } from '@nestjs/common';
import { after, HOUR_MS } from '../platform/clock.js';
import { decodeCursor, encodeCursor, type PageQuery } from '../platform/http/paging.js';
import { Ground } from '../platform/ground.js';
import { SAID_WITHIN_MS } from './domain/encounter.js';
import { OutcomesStore, type MyOutcome } from './outcomes.store.js';

const SHOWN_MS = 30 * 24 * HOUR_MS;
const CURSOR = ['moment', 'uuid'] as const;

/** How it went on with whoever a peer was with: the end of the story without a name in it. */
@Injectable()
export class OutcomesService {
  constructor(
    private readonly store: OutcomesStore,
    private readonly ground: Ground,
  ) {}

  /** One more than the page holds, so that a further page shows itself. */
  page(personId: string, query: PageQuery): Promise<MyOutcome[]> {
    const [endedAt, assignmentId] = decodeCursor(query.cursor, CURSOR) ?? [];
    const now = this.ground.clock.now();
    const [since, sayableSince] = [after(now, -SHOWN_MS), after(now, -SAID_WITHIN_MS)];
    const last = endedAt && assignmentId ? { endedAt: new Date(endedAt), assignmentId } : null;
    return this.ground.db.read((tx) => this.store.endedOf(tx, personId, since, sayableSince, { before: last, limit: query.limit + 1 }));
  }
}

export function outcomeCursorOf(outcome: MyOutcome): string {
  return encodeCursor([outcome.endedAt, outcome.assignmentId]);
}
