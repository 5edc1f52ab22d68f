import { Injectable } from '@nestjs/common';
import { NotifyService } from '../notify/notify.service.js';
import type { Tx } from '../platform/database/tx.js';
import { Ids } from '../platform/ids.js';
import { DutyService } from '../shifts/duty.service.js';
import { PagesStore, type PagedSubject } from './pages.store.js';

interface Page {
  readonly subjectType: PagedSubject;
  readonly subjectId: string;
  readonly programmeId: string;
  readonly number: number;
  /** Clinicians on call are told first; from the second page on the supervisors with them, and at once where no clinician can be told. */
  readonly cliniciansFirst: boolean;
  /** Also on every coordinator's board. */
  readonly board: boolean;
  /** An account that is paged besides the supervisors. */
  readonly owner: string | null;
  /** When the next page takes this one's place. */
  readonly until: Date;
}

interface Sent {
  /** People it could be told to. */
  readonly reached: number;
  /** The same, and the boards as one. */
  readonly recipients: number;
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

  /** To every supervisor on duty or on call, or first to the clinicians; a page that reaches nobody goes to the boards. */
  async send(tx: Tx, page: Page, now: Date): Promise<Sent> {
    const told = new Set<string>();
    let reached = page.cliniciansFirst ? await this.tell(tx, await this.duty.cliniciansFor(tx, page.programmeId, now), told, page, now) : 0;
    if (reached === 0 || page.number > 1) reached += await this.tell(tx, await this.duty.supervisorsFor(tx, page.programmeId, now), told, page, now);
    const personId = page.owner && (await this.store.personOf(tx, page.owner));
    if (page.owner && personId) reached += await this.tell(tx, [{ accountId: page.owner, personId }], told, page, now);
    const boards = page.board || reached === 0 ? [null] : [];
    await this.store.insert(tx, [...told, ...boards].map((accountId) => ({ id: this.ids.next(), accountId })), page, now);
    return { reached, recipients: reached + boards.length };
  }

  /** Each account once a page: `told` has those who were. Returns how many have a channel it went to. */
  private async tell(tx: Tx, people: readonly { accountId: string; personId: string }[], told: Set<string>, page: Page, now: Date): Promise<number> {
    let reached = 0;
    for (const { accountId, personId } of people) {
      if (told.has(accountId)) continue;
      told.add(accountId);
      const channels = await this.notify.tell(tx, { personId, kind: 'page', subjectId: page.subjectId, expiresAt: page.until, now });
      if (channels > 0) reached += 1;
    }
    return reached;
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
