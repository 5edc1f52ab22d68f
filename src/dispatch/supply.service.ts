import { Injectable } from '@nestjs/common';
import { Ground } from '../platform/ground.js';
import type { WaitingForPeer } from '../requests/domain/searching.js';
import { RequestRecords } from '../requests/request-records.js';
import type { DutyRow } from '../shifts/domain/duty.js';
import { DutyService } from '../shifts/duty.service.js';
import { DispatchService } from './dispatch.service.js';
import { DispatchStore } from './dispatch.store.js';
import { LEFT_TO_ROUND_MS, SURGE_FROM } from './domain/surge.js';
import { RoundsService } from './rounds.service.js';

/** How many waiting requests one freed peer may set going. */
const SUPPLY_LIMIT = 5;
/** Offers of one round that are made at the same time. */
const AT_ONCE = 4;
/** More leads than wait for a buddy at any time. */
const MOST_WITHOUT_BUDDY = 100;
/** More programmes than an agency has. */
const MOST_PROGRAMMES = 1_000;

/** The round of a programme that runs, and the one after it, should anybody have asked for it. */
interface Lane {
  readonly running: Promise<void>;
  next: Promise<void> | null;
}

/** Supply wakes demand. In one process the rounds of a programme follow each other, so that none proposes what another just did. */
@Injectable()
export class SupplyService {
  private readonly lanes = new Map<string, Lane>();
  /** When a programme last had its round here, in milliseconds of the clock. */
  private readonly lastRoundMs = new Map<string, number>();

  constructor(
    private readonly dispatch: DispatchService,
    private readonly rounds: RoundsService,
    private readonly records: RequestRecords,
    private readonly store: DispatchStore,
    private readonly duty: DutyService,
    private readonly ground: Ground,
  ) {}

  /**
   * Somebody came free. Whoever hands over or waits for a buddy comes before anybody milder, because no round knows of them.
   * Then the most urgent who look get the peers who cost them least; where no round gave this peer anybody, the requests
   * that might be waiting for them are looked at again. A supervisor who comes opens what nobody was asked for, a second
   * peer for a lead who waits among it.
   */
  async supply(personId: string): Promise<void | 'held'> {
    const duties = (await this.duty.ofPerson(personId)).filter(({ draining }) => !draining);
    const asPeer = duties.some(({ dutyAs }) => dutyAs === 'peer');
    const waiting = asPeer ? await this.ground.db.read((tx) => this.records.waitingForPeer(tx, personId, SUPPLY_LIMIT)) : [];
    const firstAlone = waiting.findIndex(({ hasLead }) => !hasLead);
    const before = waiting.slice(0, firstAlone < 0 ? waiting.length : firstAlone);
    const faults: unknown[] = [];
    let held = false;
    const advance = async (id: string): Promise<void> => {
      const became = await this.dispatch.advanceIfFree(id).catch((fault: unknown) => void faults.push(fault));
      held ||= became === 'held';
    };
    const look = async (requests: readonly WaitingForPeer[]): Promise<void> => {
      for (const { id } of requests) {
        if (await this.isAsked(personId)) return;
        await advance(id);
      }
    };
    for (const id of await this.waitingForBuddy(duties)) await advance(id);
    await look(before);
    for (const programmeId of new Set(duties.flatMap(({ programmeIds }) => programmeIds))) {
      await this.round(programmeId).catch((fault: unknown) => faults.push(fault));
    }
    await look(await this.notLeftToRounds(waiting.slice(before.length)));
    if (faults.length > 0) throw faults[0];
    return held ? 'held' : undefined;
  }

  /** Those who came free and were not seen to yet, whatever became of the wakes. */
  due(limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.ground.supply.due(tx, limit));
  }

  /** What is owed since somebody came free; nothing when it was seen to already. It stays owed until this went through, whoever held what they waited for. */
  async settle(personId: string): Promise<void | 'held'> {
    const owed = await this.ground.db.read((tx) => this.ground.supply.of(tx, personId));
    if (!owed) return;
    if ((await this.supply(personId)) === 'held') return 'held';
    await this.ground.db.withTx((tx) => this.ground.supply.settle(tx, owed));
  }

  /**
   * Pairs who looks in a programme with who is free there, and makes the offers. While one round runs, all who ask for the
   * next share it: it begins after whatever they have committed.
   */
  round(programmeId: string): Promise<void> {
    const lane = this.lanes.get(programmeId);
    if (lane) {
      lane.next ??= lane.running.catch(() => undefined).then(() => this.begin(programmeId));
      return lane.next;
    }
    return this.begin(programmeId);
  }

  /** Programmes so full of people who look that the sweep holds their rounds, whatever became of the wakes. */
  dueRounds(limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.records.crowded(tx, SURGE_FROM, limit));
  }

  /** The round of a programme that had none here of late. */
  async dueRound(programmeId: string): Promise<void | 'held'> {
    const sinceMs = this.ground.clock.now().getTime() - (this.lastRoundMs.get(programmeId) ?? 0);
    return sinceMs < LEFT_TO_ROUND_MS ? 'held' : this.round(programmeId);
  }

  private begin(programmeId: string): Promise<void> {
    const lane: Lane = { running: this.roundNow(programmeId), next: null };
    this.lanes.set(programmeId, lane);
    return lane.running.finally(() => {
      if (this.lanes.get(programmeId) === lane && !lane.next) this.lanes.delete(programmeId);
    });
  }

  private async roundNow(programmeId: string): Promise<void> {
    this.lastRoundMs.set(programmeId, this.ground.clock.now().getTime());
    const proposals = [...(await this.rounds.propose(programmeId))];
    const faults: unknown[] = [];
    const lane = async (): Promise<void> => {
      for (let one = proposals.shift(); one; one = proposals.shift()) {
        const { requestId, personIds } = one;
        await this.dispatch.advanceIfFree(requestId, personIds).catch(async (fault: unknown) => {
          faults.push(fault);
          // The next rounds leave it to its own tries.
          await this.ground.db.withTx((tx) => this.records.recordFailure(tx, requestId, this.ground.clock.now()));
        });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    if (faults.length > 0) throw faults[0];
  }

  /** Of the programmes in which these duties are a supervisor's: no round knows of whoever has a lead. */
  private async waitingForBuddy(duties: readonly Pick<DutyRow, 'dutyAs' | 'programmeIds'>[]): Promise<readonly string[]> {
    const programmeIds = duties.flatMap((duty) => (duty.dutyAs === 'supervisor' ? duty.programmeIds : []));
    if (programmeIds.length === 0) return [];
    return this.ground.db.read((tx) => this.records.waitingForBuddy(tx, programmeIds, MOST_WITHOUT_BUDDY));
  }

  /**
   * In a surge the next round comes to whoever is asked of fewer than their wave: a whole search for each of them, with each
   * peer who comes free, would hold up everybody.
   */
  private async notLeftToRounds(waiting: readonly WaitingForPeer[]): Promise<readonly WaitingForPeer[]> {
    const isRounds = ({ halfAsked, hasLead }: WaitingForPeer): boolean => halfAsked && !hasLead;
    if (!waiting.some(isRounds)) return waiting;
    const surging = new Set(await this.dueRounds(MOST_PROGRAMMES));
    return waiting.filter((one) => !isRounds(one) || !surging.has(one.programmeId));
  }

  private async isAsked(personId: string): Promise<boolean> {
    const [occupancy] = await this.ground.db.read((tx) => this.store.occupancyOf(tx, [personId]));
    return occupancy?.pending === true;
  }
}
