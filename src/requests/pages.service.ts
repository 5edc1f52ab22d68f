import { Injectable } from '@nestjs/common';
import { NotifyService } from '../notify/notify.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Ids } from '../platform/ids.js';
import { DutyService } from '../shifts/duty.service.js';
import { PagesStore, type PagedSubject } from './pages.store.js';

export interface Page {
  readonly subjectType: PagedSubject;
  readonly subjectId: string;
  readonly programmeId: string;
  readonly number: number;
  /** Also on every coordinator's board. */
  readonly board: boolean;
  /** An account that is paged besides the supervisors. */
  readonly owner: string | null;
  /** When the next page takes this one's place. */
  readonly until: Date;
}

/** Sends pages: a row for each recipient that somebody has to acknowledge, and word over each of their channels. */
@Injectable()
export class PagesService {
  constructor(
    private readonly store: PagesStore,
    private readonly duty: DutyService,
    private readonly notify: NotifyService,
    private readonly ids: Ids,
  ) {}

  /** To every supervisor on duty or on call; a page with nobody to go to goes to the boards. Returns how many it reached, the boards as one. */
  async send(tx: Tx, page: Page, now: Date): Promise<number> {
    const people = new Map((await this.duty.supervisorsFor(tx, page.programmeId, now)).map(({ accountId, personId }) => [accountId, personId]));
    if (page.owner && !people.has(page.owner)) {
      const personId = await this.store.personOf(tx, page.owner);
      if (personId) people.set(page.owner, personId);
    }
    let reached = 0;
    for (const personId of people.values()) {
      const channels = await this.notify.tell(tx, { personId, kind: 'page', subjectId: page.subjectId, expiresAt: page.until, now });
      if (channels > 0) reached += 1;
    }
    const boards = page.board || people.size === 0 ? [null] : [];
    await this.store.insert(tx, [...people.keys(), ...boards].map((accountId) => ({ id: this.ids.next(), accountId })), page, now);
    return reached + boards.length;
  }

  /** A supervisor has it: nobody is told about it any more. */
  async answered(tx: Tx, subjectType: PagedSubject, subjectId: string, now: Date): Promise<void> {
    await this.store.acknowledge(tx, subjectType, subjectId, 'everybody', now);
    await this.notify.settle(tx, subjectId, now);
  }

  /** Somebody at the desk has it: the boards are quiet, the supervisors are paged on. */
  async quietBoards(tx: Tx, subjectType: PagedSubject, subjectId: string, accountId: string, now: Date): Promise<void> {
    await this.store.acknowledge(tx, subjectType, subjectId, { accountId }, now);
  }

  /** There is nothing left to tell. */
  async stop(tx: Tx, subjectId: string, now: Date): Promise<void> {
    await this.notify.settle(tx, subjectId, now);
  }
}
