import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { readConfigFile } from '../platform/config-files.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Ids } from '../platform/ids.js';
import { POLICY_KINDS, type PolicyContents, type PolicyKind, type PolicyVersion } from './domain/policy-kind.js';
import { POLICIES_FILE, readStored } from './policy-shape-rules.js';
import { PolicyStore } from './policy.store.js';

/** Policy versions of every kind: immutable rows; the file in `config/` is the default and becomes a new version when it changes. */
@Injectable()
export class PolicyVersions implements OnModuleInit {
  private readonly known = new Map<string, PolicyVersion<PolicyKind>>();
  private readonly standard: PolicyContents = readConfigFile('policies.json', POLICIES_FILE);

  constructor(
    private readonly db: Database,
    private readonly store: PolicyStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The product's own, unless an admin has decided otherwise since: one kind after the other, so that two worlds begin alike. */
  async onModuleInit(): Promise<void> {
    // A policy that begins by a clock ahead of the database's would not be in effect yet.
    await this.db.correctClock();
    for (const kind of POLICY_KINDS) await this.install(kind, this.standard[kind]);
  }

  /** Makes `content` the newest default, unless it already is, or an admin has decided otherwise since. */
  async install<K extends PolicyKind>(kind: K, content: PolicyContents[K]): Promise<void> {
    const policy = { id: this.ids.next(), kind, content, contentHash: hashOf(content), at: this.clock.now() };
    await this.db.withTx((tx) => this.store.insertDefaultIfChanged(tx, policy));
  }

  async installFor<K extends PolicyKind>(tx: Tx, kind: K, programmeId: string, change: (standard: PolicyContents[K]) => PolicyContents[K], at: Date): Promise<void> {
    const content = change(this.standard[kind]);
    await this.store.insert(tx, { id: this.ids.next(), kind, programmeId, content, contentHash: hashOf(content), createdBy: null, at, effectiveFrom: at });
  }

  /** In effect for the programme at `now`. */
  async current<K extends PolicyKind>(tx: Tx, kind: K, programmeId: string, now: Date): Promise<PolicyVersion<K>> {
    const id = await this.store.currentId(tx, kind, programmeId, now);
    if (id === null) throw new Error(`no ${kind} policy is in effect`);
    return this.byId(tx, kind, id);
  }

  async byId<K extends PolicyKind>(tx: Tx, kind: K, id: string): Promise<PolicyVersion<K>> {
    const known = this.known.get(id);
    if (known) return known as PolicyVersion<K>;
    const row = await this.store.byId(tx, kind, id);
    if (!row) throw new Error(`policy version ${id} is missing`);
    const version: PolicyVersion<K> = { id: row.id, number: row.number, content: readStored(kind, row.content, this.standard[kind]) };
    this.known.set(id, version);
    return version;
  }
}

/** SHA-256 over the content with sorted keys: a file that was only re-arranged is the same policy. */
export function hashOf(content: object): string {
  return createHash('sha256').update(JSON.stringify(sorted(content))).digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
