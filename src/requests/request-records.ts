import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { KeyedHash } from '../platform/seal.js';
import type { CrisisRequest, OpenCount } from './domain/crisis-request.js';
import type { LookingRequest, WaitingForPeer } from './domain/searching.js';
import { RequestsStore, type RequestFilter, type RequestMove } from './requests.store.js';
import { SearchingStore } from './searching.store.js';

/** The rows of requests for the modules that build on this one; what they mean stays in `domain/`. */
@Injectable()
export class RequestRecords {
  constructor(
    private readonly store: RequestsStore,
    private readonly searching: SearchingStore,
    @Inject(KeyedHash) private readonly keyedHash: KeyedHash,
  ) {}

  /**
   * What keeps a peer from this requester: the keys they are known by, and one that is this request's alone, so that it
   * holds for who is anonymous. No key of a requester is written like it, so no other request is ever of the same one.
   */
  async keysToKeepApart(tx: Tx, id: string): Promise<{ keyId: string; keyHash: Buffer }[]> {
    await this.store.addRequesterKey(tx, id, this.keyedHash.keyId, this.keyedHash.of(`request:${id}`));
    return this.store.requesterKeysOf(tx, id);
  }

  find = (tx: Tx, id: string): Promise<CrisisRequest | null> => this.store.find(tx, id);
  lock = (tx: Tx, id: string): Promise<CrisisRequest | null> => this.store.lock(tx, id);
  /** Locks those nobody else holds, by id. */
  lockFree = (tx: Tx, ids: readonly string[]): Promise<CrisisRequest[]> => this.store.lockFree(tx, ids);
  setDirectedTo = (tx: Tx, id: string, personId: string | null): Promise<void> => this.store.setDirectedTo(tx, id, personId);
  markReopened = (tx: Tx, id: string): Promise<void> => this.store.markReopened(tx, id);
  list = (tx: Tx, filter: RequestFilter): Promise<CrisisRequest[]> => this.store.list(tx, filter);
  open = (tx: Tx, programmeIds: readonly string[], limit: number): Promise<CrisisRequest[]> => this.store.open(tx, programmeIds, limit);
  openCounts = (tx: Tx, programmeIds: readonly string[]): Promise<ReadonlyMap<string, OpenCount>> => this.store.openCounts(tx, programmeIds);
  numbersOf = (tx: Tx, ids: readonly string[]): Promise<Map<string, number>> => this.store.numbersOf(tx, ids);
  due = (tx: Tx, now: Date, limit: number): Promise<string[]> => this.store.due(tx, now, limit);
  recordFailure = (tx: Tx, id: string, now: Date): Promise<void> => this.store.recordFailure(tx, id, now);
  waitingForPeer = (tx: Tx, personId: string, limit: number): Promise<WaitingForPeer[]> => this.searching.waitingForPeer(tx, personId, limit);
  looking = (tx: Tx, programmeId: string, limit: number): Promise<LookingRequest[]> => this.searching.looking(tx, programmeId, limit);
  waitingForBuddy = (tx: Tx, programmeIds: readonly string[], limit: number): Promise<string[]> => this.searching.waitingForBuddy(tx, programmeIds, limit);
  waitingForPolicy = (tx: Tx, programmeId: string, limit: number): Promise<string[]> => this.searching.waitingForPolicy(tx, programmeId, limit);
  lookingCount = (tx: Tx, programmeId: string, since: Date, most: number): Promise<number> => this.searching.lookingCount(tx, programmeId, since, most);
  crowded = (tx: Tx, from: number, limit: number): Promise<string[]> => this.searching.crowded(tx, from, limit);
  possibleDuplicates = (tx: Tx, ids: readonly string[], programmeIds: readonly string[]): Promise<Map<string, string>> =>
    this.store.possibleDuplicates(tx, ids, programmeIds);
  /** Returns the new version. */
  save = (tx: Tx, id: string, change: RequestMove): Promise<number> =>
    this.store.save(tx, id, change);
  saveTriage = (tx: Tx, id: string, triage: Parameters<RequestsStore['saveTriage']>[2]): Promise<void> => this.store.saveTriage(tx, id, triage);
  markEnded = (tx: Tx, id: string, at: Date): Promise<void> => this.store.markEnded(tx, id, at);
  markClosed = (tx: Tx, id: string, at: Date): Promise<void> => this.store.markClosed(tx, id, at);
}
